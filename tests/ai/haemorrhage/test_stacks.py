"""Pictures in a brain window are read as they lie, and say nothing of place or side."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.haemorrhage.reader import admit, read_with
from viewer.ai.haemorrhage.training import synthetic
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin

NOWHERE = Origin("", "")


def stack(pictures):
    frames = tuple(Frame(one, None, None, NOWHERE) for one in pictures)
    return Stack(frames, "1", "OT", "pictures")


def slices(bleeds):
    """Slices of a synthetic head; every other one bleeds, or none."""
    made = synthetic(8, 256)
    return made if bleeds else np.repeat(made[:1], 8, axis=0)


def test_pictures_with_a_bleed_are_named_and_have_no_findings(model):
    bleeding = np.repeat(slices(True)[1::2], 2, axis=0)
    reading = read_with(Inputs(stack(bleeding)), model, Silent())
    whole, *pictures = reading.assessments
    assert whole.score >= reading.threshold
    assert pictures
    assert all(one.sentence.startswith("Picture ") for one in pictures)
    assert "columns" in pictures[0].sentence
    assert reading.findings == ()
    told = " ".join(one.sentence for one in reading.assessments)
    assert "left" not in told
    assert "right" not in told


def test_the_map_of_pictures_lies_on_their_pixels_and_nowhere_in_a_patient(model):
    bleeding = np.repeat(slices(True)[1::2], 2, axis=0)
    (clots,) = read_with(Inputs(stack(bleeding)), model, Silent()).maps
    assert clots.geometry is None
    assert clots.voxels.shape == bleeding.shape
    middle = 128
    side = middle + 256 // 6
    assert clots.voxels[4, middle, side] > clots.voxels[4, middle, 256 - side] + 50


def test_pictures_without_a_bleed_are_not_named(model):
    reading = read_with(Inputs(stack(slices(False))), model, Silent())
    assert len(reading.assessments) == 1
    assert reading.assessments[0].score < reading.threshold


@pytest.mark.parametrize(
    ("pictures", "code"),
    [
        (slices(True)[:2], "not_slices"),
        (slices(True).astype(np.uint16), "no_window"),
        ((slices(True) // 3).astype(np.uint8), "no_head"),
        (np.where(slices(True) == 103, 230, slices(True)).astype(np.uint8), "no_window"),
        (np.zeros((8, 256, 256), np.uint8), "no_head"),
        (slices(True)[:, :40, :40], "wrong_size"),
    ],
)
def test_other_pictures_are_declined(model, pictures, code):
    with pytest.raises(Declined) as why:
        read_with(Inputs(stack(pictures)), model, Silent())
    assert why.value.code == code
    assert str(why.value).endswith(".")


def test_a_single_picture_is_declined_without_looking_at_it():
    with pytest.raises(Declined, match="3 to 400 slices"):
        admit(Inputs(stack(slices(True)[:1])))
