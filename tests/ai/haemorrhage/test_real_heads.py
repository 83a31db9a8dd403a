"""Real heads: their boxes lie where they are drawn, and HU through the window changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.haemorrhage.head import head_slices
from viewer.ai.haemorrhage.patients import FOLDER, read_patient, read_picture
from viewer.ai.haemorrhage.pictures import BRAIN, SIDE
from viewer.ai.haemorrhage.reader import read_with
from viewer.ai.readers import Inputs
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin, Volume

pytestmark = pytest.mark.data
NAME = "0167"
PIXEL_MM, SLICE_MM = 0.9, 5.0
"""Nobody knows them for these pictures; about those of any head."""


@pytest.fixture(scope="session")
def pictures(data):
    files = sorted((data / FOLDER / "images" / NAME).glob("*.png"))
    return np.stack([read_picture(file) for file in files])


def pseudo_hu(pictures):
    """A volume whose HU give these pictures in the window, black as air and white as bone."""
    hu = np.rint(pictures / 255 * BRAIN.width + BRAIN.centre - BRAIN.width / 2)
    hu = np.where(pictures == 0, -1000, np.where(pictures == 255, 1000, hu)).astype(np.int16)
    steps = (SLICE_MM, PIXEL_MM, PIXEL_MM)
    a, b, c = hu.shape
    grid = Geometry.from_axes((a, b, c), (0, 0, 0), np.eye(3)[::-1], steps)
    return Volume(hu, grid, "[hnsf'U]", "CT", "pseudo")


def test_boxes_lie_round_what_is_bright(data):
    patient = read_patient(data / FOLDER, NAME)
    assert patient.ill.sum() == 3
    inside = patient.boxes[patient.ill]
    assert (inside[:, :2] > 0).all()
    assert (inside[:, 2:] < SIDE).all()
    assert patient.clots[patient.ill].any()
    assert not patient.clots[~patient.ill].any()


def test_hu_through_the_window_say_the_same_as_the_pictures(pictures, model):
    volume = pseudo_hu(pictures)
    by_hu = read_with(Inputs(volume), model, Silent())
    frames = tuple(Frame(one, None, None, Origin("", "")) for one in pictures)
    by_picture = read_with(Inputs(Stack(frames, "1", "OT", "pictures")), model, Silent())
    assert by_hu.assessments[0].score == pytest.approx(by_picture.assessments[0].score, abs=0.1)
    best = by_hu.findings[0]
    row, column = best.position[1] / PIXEL_MM, best.position[0] / PIXEL_MM
    clots = by_picture.maps[0].voxels[round(best.position[2] / SLICE_MM)]
    assert clots[round(row) - 4 : round(row) + 5, round(column) - 4 : round(column) + 5].max() > 128


def test_only_the_slices_of_the_brain_are_looked_at(pictures):
    volume = pseudo_hu(pictures)
    head = head_slices(Inputs(volume), Silent())
    assert 10 < len(head.pictures) < len(pictures)
    assert head.brain.any()
