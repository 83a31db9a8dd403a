"""Anatomy from the command line: segments, and an account of how sure they are."""

from __future__ import annotations

import json
import shutil

import nibabel
import numpy as np
import pytest
from typer.testing import CliRunner

from viewer.cli import app
from viewer.cohort.anatomy import Wish, outline
from viewer.cohort.anatomy_forms import Format, Taken
from viewer.core.progress import Silent
from viewer.imaging.anatomy.structures import wanted
from viewer.imaging.phantom.simple import abdomen, head_mr


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "place"
    folder.mkdir()
    body = abdomen(step_mm=6.0)
    affine = np.diag([-1.0, -1.0, 1.0, 1.0]) @ body.geometry.affine[:, [2, 1, 0, 3]]
    nibabel.save(nibabel.Nifti1Image(body.values.T, affine), folder / "trunk.nii.gz")
    return folder


def test_segments_and_an_account_are_written(place, tmp_path):
    out = tmp_path / "out"
    wish = Wish(wanted(["lungs", "body", "brain"]), out, Format.NIFTI, taken=Taken.CT_HU)
    (done,) = outline([place], wish, "", Silent()).made
    account = json.loads((out / done.files[-1]).read_text())
    told = {one["structure"]: one for one in account["structures"]}
    labels = np.asanyarray(nibabel.load(out / done.files[0]).dataobj)
    ml = np.count_nonzero(labels == 1) * 0.216
    assert told["lung_right"]["volume_ml"] == pytest.approx(ml, abs=0.01)
    assert told["lung_right"]["code"] == "3341006"
    assert told["brain"]["certainty"] == 0
    assert told["brain"]["failed"]
    assert "thorax" in account["regions"]


def test_files_that_are_there_are_not_replaced(place, tmp_path):
    wish = Wish(wanted(["body"]), tmp_path / "out", Format.NIFTI, taken=Taken.CT_HU)
    assert outline([place], wish, "", Silent()).made
    (again,) = outline([place], wish, "", Silent()).series
    assert again.code == "exists"


def test_series_that_are_called_alike_do_not_replace_each_other(place, tmp_path):
    (place / "other").mkdir()
    shutil.copy(place / "trunk.nii.gz", place / "other")
    wish = Wish(wanted(["body"]), tmp_path / "out", Format.NIFTI, force=True, taken=Taken.CT_HU)
    made = outline([place], wish, "", Silent()).made
    names = [name for one in made for name in one.files]
    assert len(made) == 2
    assert len(set(names)) == len(names) == len(list((tmp_path / "out").iterdir()))


def test_the_command_line_tells_what_it_found(place, tmp_path):
    arguments = ["anatomy", str(place), "--as", "ct-hu", "--structures", "body"]
    result = CliRunner().invoke(app, [*arguments, "--out", str(tmp_path / "o")])
    assert result.exit_code == 0, result.output
    assert "Body" in result.output
    assert "% sure" in result.output


def test_unknown_structures_and_wrong_images_are_declined(place, tmp_path):
    start = ["anatomy", str(place), "--out", str(tmp_path / "o")]
    wrong = CliRunner().invoke(app, [*start, "--structures", "gizzard"])
    assert wrong.exit_code == 4
    assert "There is no structure gizzard" in wrong.output
    untold = CliRunner().invoke(app, [*start, "--structures", "liver"])
    assert untold.exit_code == 4
    assert not (tmp_path / "o").exists() or not list((tmp_path / "o").iterdir())


def test_an_mr_is_taken_at_a_readers_word(tmp_path):
    folder = tmp_path / "mr"
    folder.mkdir()
    head = head_mr(step_mm=4.0)
    affine = np.diag([-1.0, -1.0, 1.0, 1.0]) @ head.geometry.affine[:, [2, 1, 0, 3]]
    nibabel.save(nibabel.Nifti1Image(head.values.T, affine), folder / "head.nii.gz")
    wish = Wish(wanted(["brain"]), tmp_path / "out", Format.NIFTI, taken=Taken.MR)
    (done,) = outline([folder], wish, "", Silent()).made
    assert done.structures[0].volume_ml > 1000
