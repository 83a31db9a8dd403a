"""The shapes of the segments of a file as a table, rated where they are nodules."""

from __future__ import annotations

import csv

import nibabel
import numpy as np
import pytest
from typer.testing import CliRunner

from viewer.cli import app
from viewer.cohort.nodule_features import HEAD


@pytest.fixture
def files(tmp_path):
    """A block of lung with a ball of 12 mm in it and one of 8 mm in fat, and their labels."""
    x, y, z = np.indices((96, 64, 40))
    one = np.linalg.norm([(x - 28) * 0.7, (y - 32) * 0.7, (z - 20) * 1.25], axis=0) <= 6
    two = np.linalg.norm([(x - 80) * 0.7, (y - 32) * 0.7, (z - 20) * 1.25], axis=0) <= 4
    values = np.where(x < 60, -850, -90).astype(np.int16)
    values[one | two] = 40
    affine = np.diag([0.7, 0.7, 1.25, 1])
    labels = (one + 2 * two).astype(np.uint8)
    for name, array in (("ct.nii.gz", values), ("seg.nii.gz", labels)):
        nibabel.save(nibabel.Nifti1Image(array, affine), tmp_path / name)
    return tmp_path


def say(files, *words: str):
    given = [files / "seg.nii.gz", "--image", files / "ct.nii.gz", "--out", files / "a.csv"]
    return CliRunner().invoke(app, ["features", *map(str, given), *words])


def test_each_segment_has_its_shape_and_a_nodule_its_rating(files):
    told = say(files)
    assert told.exit_code == 0, told.output
    rows = list(csv.DictReader((files / "a.csv").read_text().splitlines()))
    assert tuple(rows[0]) == HEAD
    assert [float(row["volume_diameter_mm"]) for row in rows] == pytest.approx([12, 8], rel=0.03)
    low, risk, high = (float(rows[0][f"rated_{end}"]) for end in ("low", "risk", "high"))
    assert 0 < low < risk < high < 1
    assert "not pathology" in rows[0]["remark"]
    assert rows[1]["rated_risk"] == ""
    assert "no lung" in rows[1]["remark"]


def test_a_table_is_replaced_by_force_alone(files):
    (files / "a.csv").write_text("mine")
    assert say(files).exit_code == 4
    assert (files / "a.csv").read_text() == "mine"
    assert say(files, "--force").exit_code == 0
