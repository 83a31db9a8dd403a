"""Segments go from one file format into another by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import nibabel
import numpy as np
import pytest
from typer.testing import CliRunner

from viewer import cli
from viewer.cohort.segment_converting import Wish, convert_segments
from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.io.segment_files import read_segments

pytestmark = pytest.mark.data


def run(*arguments: object):
    return CliRunner().invoke(cli.app, ["convert-segments", *map(str, arguments)])


@pytest.fixture
def pet(data: Path) -> Path:
    return data / "petctmr_sarcoma_dicom" / "STS_022" / "PET"


def test_contours_become_a_label_map_and_contours_again(pet, tmp_path):
    mask = pet / "mask" / "RS.dcm"
    done = run(mask, tmp_path / "a.nii.gz", "--images", pet, "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["segments"] == ["GTV_Mass_PET"]
    assert "loses" in [one["code"] for one in said["notices"]]
    first = nibabel.load(tmp_path / "a.nii.gz").get_fdata()
    assert first.any()
    wish = Wish(tmp_path / "b.dcm", images=pet, form=None)
    convert_segments(tmp_path / "a.nii.gz", wish, Silent())
    (back,) = read_segments(tmp_path / "b.dcm").segmentations
    assert int((back.labels > 0).sum()) == int((first > 0).sum())
    run(tmp_path / "b.dcm", tmp_path / "c.dcm", "--to", "rtstruct", "--images", pet)
    run(tmp_path / "c.dcm", tmp_path / "c.nii.gz", "--images", pet)
    assert np.array_equal(nibabel.load(tmp_path / "c.nii.gz").get_fdata() > 0, first > 0)


def test_what_cannot_be_is_said_with_its_exit_code(pet, tmp_path, data):
    mask = pet / "mask" / "RS.dcm"
    done = run(mask, tmp_path / "a.nii.gz")
    assert done.exit_code == 4
    assert "need the images" in done.stderr
    done = run(mask, tmp_path / "a.xyz", "--images", pet)
    assert done.exit_code == 4
    assert "does not tell which format" in done.stderr
    assert run(tmp_path / "no.dcm", tmp_path / "a.nii.gz").exit_code == 3
    (tmp_path / "a.nii.gz").touch()
    assert run(mask, tmp_path / "a.nii.gz", "--images", pet).exit_code == 4
    liver = data / "seg_sr_rt_objects" / "dcmqi_segmentations" / "liver.dcm"
    with pytest.raises(Declined, match="another patient"):
        convert_segments(liver, Wish(tmp_path / "l.seg.nrrd", images=pet), Silent())


def test_segments_of_others_need_no_images_to_become_nrrd(data, tmp_path):
    source = data / "seg_sr_rt_objects" / "dcmqi_segmentations" / "partial_overlaps.dcm"
    done = run(source, tmp_path / "a.seg.nrrd")
    assert done.exit_code == 0, done.output
    back = read_segments(tmp_path / "a.seg.nrrd").segmentations
    meant = read_segments(source).segmentations
    assert len(back) == len(meant)
    for one, other in zip(back, meant, strict=True):
        assert np.array_equal(one.labels, other.labels)
        assert one.segments == other.segments
