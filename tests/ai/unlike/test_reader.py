"""The map as a reader gives it: of volumes in HU, of pictures, however they are stored."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.ai.card import load_folder
from viewer.ai.readers import Inputs, reader_of
from viewer.ai.trial import try_model
from viewer.ai.unlike.model import FEATURES, load_unlike, made_up_head, model_of
from viewer.ai.unlike.pictures import larger, slices_of
from viewer.ai.unlike.reader import HIGHEST, TITLE, admit, read_inputs
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.resources import resource_folder
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin, Volume

FOLDER = resource_folder() / "models" / "unlike_head_ct"
SPOT = (7, 47, 36)
"""Upright index of the bright spot: a plane high in the head, then along the back and the left."""


def head_ct():
    """A made-up head of 12 slices of 5 mm and 1 mm pixels in HU, upright, with a bright spot."""
    rows, columns = np.mgrid[0:120, 0:110].astype(np.float64)
    values = np.full((14, 120, 110), -1000.0)
    for number in range(14):
        away = np.hypot((rows - 60) / 54, (columns - 54) / 46)
        size = np.sqrt(max(0.05, 1 - ((number - 6) / 8.5) ** 2))
        tissue = 32 + 2 * np.sin(rows / 5 + number) + 2 * np.cos(columns / 7)
        values[number] = np.where(
            away < 0.88 * size, tissue, np.where(away < size, 900, values[number])
        )
    values[7][np.hypot(rows - SPOT[1], columns - SPOT[2]) < 7] = 72
    affine = np.array([[0.0, 0, 1, -54], [0, 1, 0, -60], [5, 0, 0, -35], [0, 0, 0, 1]])
    return volume_of(values.astype(np.int16), affine)


def volume_of(voxels, affine):
    return Volume(voxels, Geometry(voxels.shape, affine, "1.2"), "[hnsf'U]", "CT", "1.2.3")


def stored_otherwise(volume, axes, flips):
    """The same voxels at the same places, in another order."""
    turned = volume.voxels.transpose(axes)[tuple(slice(None, None, -1 if f else 1) for f in flips)]
    affine = np.eye(4)
    start = np.zeros(3)
    for new, (old, flipped) in enumerate(zip(axes, flips, strict=True)):
        affine[:3, new] = volume.geometry.affine[:3, old] * (-1 if flipped else 1)
        start[old] = volume.voxels.shape[old] - 1 if flipped else 0
    affine[:3, 3] = volume.geometry.to_patient(start)
    return volume_of(np.ascontiguousarray(turned), affine)


def brightest(reading):
    (map_,) = reading.maps
    index = np.argwhere(map_.voxels == map_.voxels.max()).mean(axis=0)
    return map_.geometry.to_patient(index)


def pictures(slices):
    frames = tuple(Frame(one, None, None, Origin("", "")) for one in slices)
    return Stack(frames, "1", "OT", "1.2.4")


def test_the_shipped_model_gives_the_map_of_its_test_vector():
    assert try_model(FOLDER, Silent()).passed
    card = load_unlike().card
    assert card.experimental
    assert card.non_commercial
    assert card.features == FEATURES
    assert all(one.low is not None for part in card.performance for one in part.metrics)


def test_the_test_vector_is_of_nobody():
    assert np.array_equal(load_folder(FOLDER).test_vector["slices"], made_up_head())


def test_weights_that_do_not_fit_are_refused():
    found = load_folder(FOLDER)
    without = {k: v for k, v in found.weights.items() if k != "memory.scale"}
    short = {**found.weights, "memory.remembered": found.weights["memory.remembered"][:, :3]}
    for weights in (without, short, {}):
        with pytest.raises(Unreadable):
            model_of(replace(found, weights=weights))


def test_a_bright_spot_in_a_head_is_the_most_unlike():
    volume = head_ct()
    reading = read_inputs(Inputs(volume), Silent())
    assert not reading.findings
    assert not reading.assessments
    (map_,) = reading.maps
    assert map_.title == TITLE
    assert map_.voxels.shape == volume.voxels.shape
    assert map_.high == HIGHEST
    assert np.allclose(brightest(reading), volume.geometry.to_patient(SPOT), atol=7)
    assert any("none of whom it had seen" in one.sentence for one in reading.notices)
    assert "never_on_hu" in {one.code for one in reading.notices}
    away = np.where(volume.voxels < -500, map_.voxels, 0)
    assert not away.any()


@pytest.mark.parametrize(
    ("axes", "flips"), [((1, 0, 2), (True, False, True)), ((2, 1, 0), (False, True, True))]
)
def test_storing_it_otherwise_changes_nothing(axes, flips):
    volume = head_ct()
    here = read_inputs(Inputs(volume), Silent())
    there = read_inputs(Inputs(stored_otherwise(volume, axes, flips)), Silent())
    assert np.allclose(brightest(here), brightest(there), atol=1e-6)
    same = here.maps[0].voxels.transpose(axes)
    same = same[tuple(slice(None, None, -1 if f else 1) for f in flips)]
    assert np.array_equal(same, there.maps[0].voxels)


def test_other_images_are_declined_with_the_reason():
    volume = head_ct()
    for image, body, code in (
        (replace(volume, modality="MR"), "", "not_ct"),
        (volume, "CHEST", "wrong_region"),
        (pictures(made_up_head()), "", "not_slices"),
    ):
        with pytest.raises(Declined) as why:
            admit(Inputs(image, body_part=body))
        assert why.value.code == code
    empty = volume_of(np.full_like(volume.voxels, 40), volume.geometry.affine)
    with pytest.raises(Declined) as why:
        read_inputs(Inputs(empty), Silent())
    assert why.value.code == "no_skull"


def test_pictures_are_mapped_as_they_lie_and_large_ones_as_small_ones():
    slices = made_up_head().repeat(2, axis=0)
    small = pictures(slices)
    (map_,) = read_inputs(Inputs(small), Silent()).maps
    assert map_.geometry is None
    assert map_.voxels.shape == slices.shape
    row, column = np.unravel_index(map_.voxels[4].argmax(), map_.voxels.shape[1:])
    assert np.hypot(row - 36, column - 44) < 7
    wide = pictures(np.zeros((8, 500, 515), np.uint8))
    assert slices_of(wide).shape == (8, 250, 257)
    assert larger(np.ones((8, 250, 257), np.float32), wide).shape == (8, 500, 515)


def test_it_is_one_of_the_readers():
    assert reader_of("unlike_head_ct").ask().read_inputs is read_inputs


@pytest.mark.data
def test_the_bleed_of_a_real_patient_is_where_the_map_is_high(data):
    from PIL import Image

    from viewer.ai.unlike.lessons import FOLDER as SET
    from viewer.ai.unlike.lessons import lesson_of

    files = sorted((data / SET / "images" / "0104").glob("*.png"))
    (map_,) = read_inputs(
        Inputs(pictures([np.asarray(Image.open(one).convert("L")) for one in files])), Silent()
    ).maps
    ill = lesson_of(data / SET, "0104").ill
    highest = map_.voxels.max(axis=(1, 2))
    assert highest[ill].max() == highest.max()
