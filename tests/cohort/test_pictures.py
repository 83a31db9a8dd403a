"""3D pictures and turntables from the command line."""

from __future__ import annotations

import cv2
import nibabel as nib
import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from viewer.cli import app
from viewer.cohort import pictures


@pytest.fixture
def place(tmp_path):
    """A NIfTI file with a bright ball off its middle."""
    off = np.linalg.norm(np.indices((30, 32, 34)) - np.array([[[[9]]], [[[16]]], [[[22]]]]), axis=0)
    values = np.where(off < 6, 1000, 0).astype(np.int16)
    folder = tmp_path / "in"
    folder.mkdir()
    nib.save(nib.Nifti1Image(values, np.diag([2.0, 2.0, 2.0, 1.0])), folder / "ball.nii.gz")
    return folder


def said(*words):  # noqa: ANN002
    return CliRunner().invoke(app, ["picture", *map(str, words)])


def test_a_picture_shows_the_volume_from_where_it_was_asked(place, tmp_path):
    columns = {}
    for azimuth in (0, 180):
        out = tmp_path / f"{azimuth}.png"
        size = ("--size", 200, 160)
        result = said(place, "--preset", "mip", "--azimuth", azimuth, "--out", out, *size)
        assert result.exit_code == 0, result.output
        seen = cv2.imread(str(out))
        assert seen.shape == (160, 200, 3)
        columns[azimuth] = np.nonzero(seen[30:120, 35:165].max(axis=2) > 150)[1].mean()
    assert abs(columns[0] - columns[180]) > 10


def test_a_turntable_has_its_pictures(place, tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "_ROUND", 6)
    out = tmp_path / "round.gif"
    result = said(place, "--preset", "MIP", "--turntable", out, "--size", 96, 96)
    assert result.exit_code == 0, result.output
    with Image.open(out) as film:
        assert film.n_frames == 6


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--preset", "Nothing"), "There are: Lung and bone"),
        (("--series", "nobody"), "There is no volume nobody there"),
        (("--size", "5", "5"), "64 to 4096"),
    ],
)
def test_what_cannot_be_drawn_is_declined(place, tmp_path, words, sentence):
    result = said(place, "--out", tmp_path / "x.png", *words)
    assert result.exit_code == 4
    assert sentence in result.output
    assert not (tmp_path / "x.png").exists()


def test_an_unknown_movie_is_declined(place, tmp_path):
    result = said(place, "--turntable", tmp_path / "x.avi", "--size", 64, 64)
    assert result.exit_code == 4
    assert not (tmp_path / "x.avi").exists()
