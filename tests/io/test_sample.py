from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pydicom
import pytest

from viewer.core.progress import Cancelled, Silent
from viewer.imaging.phantom import thorax
from viewer.io.sample import sample_study

SHAPE = (40, 128, 128)


@pytest.fixture(scope="module")
def series(tmp_path_factory) -> Path:
    return sample_study(tmp_path_factory.mktemp("sample"), Silent(), seed=3, shape=SHAPE)


def slices(series: Path) -> list[pydicom.Dataset]:
    images = [pydicom.dcmread(path) for path in sorted(series.iterdir())]
    return sorted(images, key=lambda image: float(image.ImagePositionPatient[2]))


def test_every_slice_reopens_as_it_was_made(series):
    made = thorax(3, shape=SHAPE)
    images = slices(series)
    assert np.array_equal([image.pixel_array for image in images], made.volume.voxels)
    for index, image in enumerate(images):
        place = made.volume.geometry.to_patient((index, 0, 0))
        assert np.allclose([float(v) for v in image.ImagePositionPatient], place, atol=1e-5)
    spacing = [float(image.SpacingBetweenSlices) for image in images[:1]]
    spacing += [float(value) for value in images[0].PixelSpacing]
    assert np.allclose(spacing, made.volume.geometry.spacing_mm)


def test_every_slice_says_that_it_is_synthetic(series):
    for image in slices(series):
        assert image.PatientID == "SYNTHETIC-THORAX"
        assert image.PatientName == "SYNTHETIC^Thorax phantom"
        assert image.ImageComments == "SYNTHETIC"
        assert image.SeriesDescription == "SYNTHETIC thorax CT"


def test_the_truth_lies_beside_the_images(series):
    truth = json.loads((series.parent / "truth.json").read_text())
    made = thorax(3, shape=SHAPE)
    assert truth["synthetic"] is True
    assert len(truth["nodules"]) == len(made.truth)
    assert np.allclose(truth["nodules"][0]["position_mm"], made.truth[0].position, atol=1e-3)
    assert {path.suffix for path in series.iterdir()} == {".dcm"}


def test_it_is_written_once_and_made_whole_again(series, tmp_path):
    before = sorted(path.stat().st_mtime_ns for path in series.iterdir())
    assert sample_study(series.parents[1], Silent(), seed=3, shape=SHAPE) == series
    assert sorted(path.stat().st_mtime_ns for path in series.iterdir()) == before
    copy = tmp_path / series.parent.name
    shutil.copytree(series.parent, copy)
    (copy / "series" / "IM0003.dcm").unlink()
    again = sample_study(tmp_path, Silent(), seed=3, shape=SHAPE)
    assert again == copy / "series"
    assert len(list(again.iterdir())) == SHAPE[0]


def test_identifiers_are_the_same_on_every_computer(series, tmp_path):
    again = sample_study(tmp_path, Silent(), seed=3, shape=(40, 128, 128))
    for one, other in zip(slices(series), slices(again), strict=True):
        assert one.SOPInstanceUID == other.SOPInstanceUID
        assert one.SeriesInstanceUID == other.SeriesInstanceUID
    assert len({image.SOPInstanceUID for image in slices(series)}) == SHAPE[0]


def test_a_cancelled_sample_leaves_nothing_behind(tmp_path):
    class Stopped:
        def report(self, done: float, doing: str = "") -> None:
            if done > 0.9:
                raise Cancelled

    with pytest.raises(Cancelled):
        sample_study(tmp_path, Stopped(), shape=SHAPE)
    assert list(tmp_path.iterdir()) == []


def checker() -> str | None:
    beside = str(Path(sys.executable).parent)
    return shutil.which("dciodvfy", path=os.pathsep.join([beside, os.environ["PATH"]]))


@pytest.mark.skipif(checker() is None, reason="dciodvfy is not installed")
def test_the_standard_checker_finds_no_error(series):
    for path in sorted(series.iterdir())[::13]:
        said = subprocess.run([checker(), path], capture_output=True, text=True, check=False)
        assert "Error" not in said.stdout + said.stderr
