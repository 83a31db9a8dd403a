"""Volumes whose files do not tell what they are, read as CT in HU at the caller's word."""

from __future__ import annotations

import json

import nibabel
import numpy as np
import pytest

from viewer import cli
from viewer.core.progress import Silent
from viewer.core.taken import all_as_ct, is_taken
from viewer.io.load import load
from viewer.io.scan import scan


@pytest.fixture
def untold(tmp_path):
    values = np.zeros((30, 24, 24), np.int16) + 500
    nibabel.save(nibabel.Nifti1Image(values.T, np.diag([-2.0, -2, 4, 1])), tmp_path / "a.nii.gz")
    return tmp_path


def test_a_volume_taken_at_a_word_is_ct_in_hu_and_says_why(untold):
    ((_, series),) = all_as_ct(scan([untold], Silent())).all_series()
    volume = load(series, Silent())
    assert (series.modality, volume.modality, volume.unit) == ("CT", "CT", "[hnsf'U]")
    assert is_taken(series.notices)
    assert "reader's word" in volume.provenance[-1]


def test_without_a_word_nothing_is_taken_for_hu(untold):
    ((_, series),) = scan([untold], Silent()).all_series()
    volume = load(series, Silent())
    assert (volume.modality, volume.unit) == ("OT", "1")


def test_the_command_line_takes_the_word(untold, tmp_path, capsys, monkeypatch):
    out = tmp_path / "out"
    words = ["review", str(untold / "a.nii.gz"), "--as", "ct-hu", "--out", str(out), "--json"]
    monkeypatch.setattr("sys.argv", ["skiagram", *words])
    with pytest.raises(SystemExit):
        cli.main()
    (series,) = json.loads(capsys.readouterr().out)["series"]
    assert series["modality"] == "CT"
    assert "taken_as_hu" in [warning["code"] for warning in series["warnings"]]
