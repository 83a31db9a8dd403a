from __future__ import annotations

import numpy as np

from viewer.core.geometry import Geometry
from viewer.imaging.coarse import coarsened
from viewer.imaging.cube import cube, cube_geometry
from viewer.imaging.isotropic import isotropic, smoothed

GRID = Geometry.from_axes((9, 31, 40), (5.0, -7.0, 3.0), np.eye(3)[::-1], (2.5, 0.7, 0.6))


def ramp(geometry):
    """Return values that are a linear function of the position."""
    places = geometry.to_patient(np.moveaxis(np.indices(geometry.shape), 0, -1))
    return (places @ np.array([2.0, -1.0, 3.0])).astype(np.float32)


def inner(values):
    return values[1:-1, 2:-2, 2:-2]


def test_a_coarse_voxel_is_the_mean_of_its_block_and_lies_at_its_centre():
    coarse = coarsened(ramp(GRID), GRID, 2.0)
    assert coarse.factors == (1, 2, 3)
    assert np.allclose(inner(coarse.values), inner(ramp(coarse.geometry)), atol=1e-3)


def test_a_mask_comes_back_at_its_place():
    inside = np.linalg.norm(ramp(GRID)[..., None] * 0 + position(GRID) - GRID.centre, axis=-1) < 7
    coarse = coarsened(inside.astype(np.float32), GRID, 2.0)
    back = coarse.enlarged(coarse.values >= 0.5)
    overlap = 2 * (back & inside).sum() / (back.sum() + inside.sum())
    assert overlap > 0.9


def position(geometry):
    return geometry.to_patient(np.moveaxis(np.indices(geometry.shape), 0, -1))


def test_equal_steps_keep_every_value_at_its_place():
    fine = isotropic(ramp(GRID), GRID, 1.0)
    assert np.allclose(fine.geometry.spacing_mm, 1.0, atol=0.05)
    assert np.allclose(inner(fine.values)[1:-1], inner(ramp(fine.geometry))[1:-1], atol=0.7)


def test_a_blur_changes_no_mean_inside_and_no_ramp():
    values = ramp(GRID)
    assert np.allclose(smoothed(values, 0.8)[3:-3, 3:-3, 3:-3], values[3:-3, 3:-3, 3:-3], atol=1e-3)


def test_a_cube_holds_the_values_at_its_positions():
    centre = GRID.centre
    values = cube(ramp(GRID), GRID, centre, 1.1, 7, -1000.0)
    assert np.allclose(values, ramp(cube_geometry(GRID, centre, 1.1, 7)), atol=1e-3)


def test_a_cube_beyond_the_picture_is_filled():
    far = tuple(np.array(GRID.centre) + 500)
    assert (cube(ramp(GRID), GRID, far, 1.0, 5, -1000.0) == -1000).all()
