"""Numbers and surfaces of segments from the command line."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from typer.testing import CliRunner
from vtkmodules.vtkIOGeometry import vtkSTLReader

from viewer.cli import app
from viewer.core.author import Author
from viewer.core.code import LEFT_LUNG, NODULE
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.volume import Volume
from viewer.io.nifti_write import write_nifti
from viewer.io.volume_files import write_nifti_volume

GRID = Geometry.from_axes((20, 40, 40), (-30, 10, 100), np.eye(3)[::-1], (2, 1, 1))


@pytest.fixture
def files(tmp_path):
    """A box of 6 x 10 x 12 voxels of 2 mm3 at 50, a ball, and the image below them."""
    labels = np.zeros(GRID.shape, np.uint8)
    labels[2:8, 5:15, 4:16] = 1
    places = GRID.to_patient(np.moveaxis(np.indices(GRID.shape), 0, -1))
    labels[np.linalg.norm(places - GRID.to_patient((13, 28, 28)), axis=-1) <= 7] = 2
    segments = (Segment(1, "Box", NODULE), Segment(2, "Ball", LEFT_LUNG))
    one = Segmentation("1.2.3", "Things", labels, GRID, segments, Author("Roe"), "", "accepted")
    write_nifti(tmp_path / "things.nii.gz", one)
    voxels = np.where(labels == 1, 50, -20).astype(np.int16)
    write_nifti_volume(tmp_path / "image.nii.gz", Volume(voxels, GRID, "1", "CT", "key"))
    return tmp_path


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def rows(path):
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def test_segments_of_a_file_are_measured_into_two_tables(files):
    out = files / "numbers.csv"
    done = run(
        "statistics", files / "things.nii.gz", "--image", files / "image.nii.gz", "--out", out
    )
    assert done.exit_code == 0, done.output
    box, ball = rows(out)
    assert (box["segment"], ball["segment"]) == ("Box", "Ball")
    assert float(box["volume [ml]"]) == pytest.approx(6 * 10 * 12 * 2 / 1000)
    assert abs(float(box["long axis in slice [mm]"]) - np.hypot(10, 12)) <= 0.75
    assert float(ball["centre of mass z LPS [mm]"]) == pytest.approx(126, abs=0.01)
    (mean,) = (name for name in box if name.endswith("mean [no unit]"))
    assert float(box[mean]) == 50
    assert float(ball[mean]) == -20
    slices = [row for row in rows(files / "numbers_slices.csv") if row["segment"] == "Box"]
    assert [row["slice"] for row in slices] == [str(n) for n in range(3, 9)]
    assert {row["area [mm²]"] for row in slices} == {"120"}


def test_json_holds_the_same_with_its_histogram(files):
    out = files / "numbers.json"
    assert run("statistics", files / "things.nii.gz", "--out", out).exit_code == 0
    box = json.loads(out.read_text("utf-8"))[0]
    assert box["voxels"] == 720
    assert box["feret"]["length_mm"] == pytest.approx(np.sqrt(12**2 + 10**2 + 12**2), abs=1.2)
    assert len(box["slices"]) == 6


def test_a_label_map_without_any_label_is_declined_and_nothing_written(files):
    labels = np.zeros(GRID.shape, np.uint8)
    write_nifti(
        files / "none.nii.gz", Segmentation("1.2", "None", labels, GRID, (), Author("Roe"), "")
    )
    result = run("statistics", files / "none.nii.gz", "--out", files / "none.csv")
    assert result.exit_code == 4
    assert "There are no segments in none.nii.gz." in result.output
    assert not (files / "none.csv").exists()


def test_nothing_is_replaced_unasked(files):
    out = files / "numbers.csv"
    words = ("statistics", files / "things.nii.gz", "--out", out)
    assert run(*words).exit_code == 0
    again = run(*words)
    assert again.exit_code == 4
    assert "there already" in again.output
    assert run(*words, "--force").exit_code == 0


@pytest.mark.parametrize("space", ["lps", "ras"])
def test_surfaces_are_written_where_the_segments_lie(files, space):
    done = run("surfaces", files / "things.nii.gz", "--out", files / "s", "--space", space)
    assert done.exit_code == 0, done.output
    assert "at most" in done.output
    reader = vtkSTLReader()
    reader.SetFileName(str(files / "s" / "things_ball.stl"))
    reader.Update()
    low_x, high_x, low_y, high_y, low_z, high_z = reader.GetOutput().GetBounds()
    centre = GRID.to_patient((13, 28, 28)) * ([1, 1, 1] if space == "lps" else [-1, -1, 1])
    found = [(low_x + high_x) / 2, (low_y + high_y) / 2, (low_z + high_z) / 2]
    assert np.allclose(found, centre, atol=0.3)
    assert high_x - low_x == pytest.approx(14, abs=1)


def test_a_file_that_is_not_there_or_a_wrong_ending_is_said(files):
    assert run("surfaces", files / "none.nii", "--out", files).exit_code == 3
    assert run("statistics", files / "things.nii.gz", "--out", files / "a.txt").exit_code == 2


def test_a_real_segmentation_is_measured_under_its_pet(data, tmp_path):
    seg = next(path for path in (data / "pet_headneck_qin01" / "SEG").rglob("*") if path.is_file())
    out = tmp_path / "seg.csv"
    assert run("statistics", seg, "--out", out).exit_code == 0
    first = rows(out)[0]
    assert float(first["volume [ml]"]) == pytest.approx(2.281, abs=0.001)


def test_contours_without_their_images_are_declined(data, tmp_path):
    contours = next((data / "petctmr_sarcoma_dicom" / "STS_022" / "PET" / "mask").rglob("*.dcm"))
    done = run("surfaces", contours, "--out", tmp_path / "s")
    assert done.exit_code == 4
    assert "need the images" in done.output
    images = contours.parents[1] / "image"
    done = run("surfaces", contours, "--image", images, "--out", tmp_path / "s", "--format", "ply")
    assert done.exit_code == 0, done.output
