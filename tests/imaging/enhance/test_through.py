"""Planes through what a recipe makes: the same values as in the whole volume."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.core.crossing import Crossing, Slice, Where
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry, position_of
from viewer.core.plane import Plane
from viewer.core.progress import Silent
from viewer.core.recipe import Recipe, Step
from viewer.core.volume import Volume
from viewer.imaging.enhance.catalogue import FILTERS, Filter
from viewer.imaging.enhance.derive import enhanced_volume, sample_of
from viewer.imaging.enhance.through import enhanced_through, is_exact
from viewer.imaging.reslice import reslice

SHAPE = (40, 70, 76)


def volume() -> Volume:
    z, y, x = np.indices(SHAPE)
    values = 100 + 2.0 * x + 60 * (np.hypot(y - 35, x - 38) < 14) + 3 * z
    values = values + np.random.default_rng(3).normal(0, 5, SHAPE)
    turn, _ = np.linalg.qr(np.random.default_rng(4).normal(size=(3, 3)))
    grid = Geometry.from_axes(SHAPE, (10, -20, 5), turn * np.sign(np.linalg.det(turn)),
                              (2.0, 0.9, 0.8), "1.2")  # fmt: skip
    return Volume(values.astype(np.float32), grid, "1", "MR", "series")


VOLUME = volume()


def crossing(seed: int) -> Crossing:
    normal = np.random.default_rng(seed).normal(size=3)
    normal /= np.linalg.norm(normal)
    return Crossing(position_of(normal), float(normal @ VOLUME.geometry.centre) + 2.3)


def picture(of: Volume, where: Crossing) -> np.ndarray:
    normal = np.asarray(where.normal)
    right = np.cross(normal, (0.3, 0.5, 0.8))
    right /= np.linalg.norm(right)
    down = np.cross(normal, right)
    centre = np.asarray(VOLUME.geometry.centre)
    through = centre + (where.along_mm - centre @ normal) * normal
    corner = through - 40 * right - 40 * down
    plane = Plane(position_of(corner), position_of(right), position_of(down), (0.7, 0.7))
    return reslice(of.voxels, of.geometry, plane, (115, 115))


EXACT = [one for one in FILTERS if one.reach is not None]


@pytest.mark.parametrize("one", EXACT, ids=lambda one: one.id)
def test_a_plane_at_any_angle_cuts_the_values_of_the_whole(one: Filter) -> None:
    recipe, where = Recipe("", (Step(one.id),)), crossing(len(one.id))
    part = enhanced_through(VOLUME, recipe, where, sample_of(VOLUME), Silent())
    whole = enhanced_volume(VOLUME, recipe, Silent())
    shown, truth = picture(part, where), picture(whole, where)
    assert np.isfinite(truth).mean() > 0.2
    assert shown == pytest.approx(truth, abs=2e-3, nan_ok=True)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_slice_along_any_axis_is_that_of_the_whole_even_if_whole_slices_are_needed(
    axis: int,
) -> None:
    recipe = Recipe("", (Step("clahe"), Step("gaussian")))
    part = enhanced_through(VOLUME, recipe, Slice(axis, 17), sample_of(VOLUME), Silent())
    whole = enhanced_volume(VOLUME, recipe, Silent())
    assert part.geometry.shape[axis] == 1
    assert part.voxels == pytest.approx(np.take(whole.voxels, [17], axis), abs=1e-3)


def test_only_blocks_that_the_plane_meets_are_filtered() -> None:
    normal = VOLUME.geometry.directions[0] + 0.7 * VOLUME.geometry.directions[1]
    normal = normal / np.linalg.norm(normal)
    where = Crossing(position_of(normal), float(normal @ VOLUME.geometry.centre))
    recipe = Recipe("", (Step("laplacian"),))
    part = enhanced_through(VOLUME, recipe, where, sample_of(VOLUME), Silent())
    assert (part.voxels == 0).mean() > 0.2


def test_a_step_that_goes_by_what_another_has_changed_is_known_to_be_approximate() -> None:
    blur, bend = Step("gaussian"), Step("gamma")
    assert is_exact(Recipe("", (bend, blur)))
    assert is_exact(Recipe("", (bend, bend)))
    assert not is_exact(Recipe("", (blur, bend)))


def test_what_would_take_too_long_is_declined_with_the_time() -> None:
    recipe = Recipe("", (Step("median"),))
    with pytest.raises(Declined, match="would take about") as refused:
        enhanced_through(VOLUME, recipe, crossing(1), sample_of(VOLUME), Silent(), most_seconds=0.0)
    assert refused.value.code == "no_preview"


def test_a_step_that_needs_all_of_the_image_is_known_to_be_approximate() -> None:
    assert not is_exact(Recipe("", (Step("median"), Step("bias"))))
    where: Where = crossing(5)
    recipe = Recipe("", (Step("frangi"),))
    part = enhanced_through(VOLUME, recipe, where, sample_of(VOLUME), Silent())
    assert part.unit == "1"
    assert np.isfinite(part.voxels).all()


def test_a_plane_beside_the_volume_has_a_sheet_of_it_and_no_error() -> None:
    far = Crossing(position_of(VOLUME.geometry.directions[0]), 1e5)
    part = enhanced_through(VOLUME, Recipe("", (Step("mean"),)), far, sample_of(VOLUME), Silent())
    assert part.voxels.size >= 1
