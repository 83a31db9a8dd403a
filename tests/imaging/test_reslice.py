from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import map_coordinates

from viewer.core.geometry import Geometry
from viewer.core.plane import Plane, position_of
from viewer.imaging.reslice import Interpolation, reslice
from viewer.imaging.values import COMMON, RARE

AXES = np.eye(3)
TURNS = [(order, signs) for order in permutations(range(3)) for signs in product((1, -1), repeat=3)]


def turned(order, signs) -> np.ndarray:
    return np.array([AXES[axis] * sign for axis, sign in zip(order, signs, strict=True)])


def rotation(angles) -> np.ndarray:
    a, b, c = angles
    x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return x @ y @ z


def noise(shape, kind=np.int16) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 200, shape).astype(kind)


def expected(voxels, geometry, plane, shape, order=1) -> np.ndarray:
    """The same picture by scipy, NaN where a pixel is in no voxel."""
    pixels = np.stack(np.meshgrid(*map(np.arange, shape), indexing="ij"), axis=-1)
    index = geometry.to_index(plane.to_patient(pixels))
    picture = map_coordinates(
        voxels.astype(float), np.moveaxis(index, -1, 0), order=order, mode="nearest"
    )
    inside = (index >= -0.5) & (index < np.array(voxels.shape) - 0.5)
    return np.where(inside.all(axis=-1), picture, np.nan)


angles = st.tuples(*[st.floats(-3.1, 3.1)] * 3)


@settings(max_examples=60, deadline=None)
@given(angles, angles, st.floats(0.3, 2.0), st.sampled_from([1, -1]))
def test_any_plane_of_any_grid_is_what_scipy_makes_of_it(grid_turn, plane_turn, zoom, hand):
    directions = rotation(grid_turn)
    directions[0] *= hand
    geometry = Geometry.from_axes((7, 11, 13), (5, -3, 8), directions, (2.5, 0.7, 1.1))
    right, down, _ = rotation(plane_turn)
    centre = np.array(geometry.centre) - right * 8 * zoom - down * 6 * zoom
    plane = Plane(position_of(centre), position_of(right), position_of(down), (zoom, zoom))
    voxels = noise(geometry.shape)
    picture = reslice(voxels, geometry, plane, (12, 16))
    truth = expected(voxels, geometry, plane, (12, 16))
    # Pixels on the very face of the grid may fall on either side of it.
    assert np.isnan(picture).sum() == pytest.approx(np.isnan(truth).sum(), abs=6)
    both = np.isfinite(picture) & np.isfinite(truth)
    assert np.allclose(picture[both], truth[both], atol=0.02)


@pytest.mark.parametrize(("order", "signs"), TURNS)
def test_planes_along_the_grid_agree_with_scipy_in_every_orientation(order, signs):
    geometry = Geometry.from_axes((5, 6, 7), (10, 20, 30), turned(order, signs), (3, 1, 0.5))
    voxels = noise(geometry.shape)
    for axes, zoom in product(permutations(range(3), 2), (0.45, 1.3)):
        right, down = AXES[axes[0]], -AXES[axes[1]]
        origin = np.array(geometry.centre) - right * 4 - down * 4 + 0.31
        plane = Plane(position_of(origin), position_of(right), position_of(down), (zoom, zoom))
        picture = reslice(voxels, geometry, plane, (20, 19))
        truth = expected(voxels, geometry, plane, (20, 19))
        assert np.array_equal(np.isnan(picture), np.isnan(truth))
        assert np.allclose(picture, truth, atol=0.02, equal_nan=True)


@pytest.mark.parametrize(("order", "signs"), TURNS)
def test_a_plane_on_the_grid_shows_the_voxels_themselves(order, signs):
    geometry = Geometry.from_axes((5, 6, 7), (1, 2, 3), turned(order, signs), (3, 1, 0.5))
    voxels = noise(geometry.shape)
    plane = Plane(
        position_of(geometry.to_patient((2, 5, 0))),
        position_of(geometry.directions[2]),
        position_of(-geometry.directions[1]),
        (1, 0.5),
    )
    picture = reslice(voxels, geometry, plane, (6, 7))
    assert picture.dtype == voxels.dtype
    assert np.shares_memory(picture, voxels)
    assert np.array_equal(picture, voxels[2, ::-1, :])


def test_a_plane_on_the_grid_equals_one_a_hair_beside_it():
    geometry = Geometry.from_axes((5, 6, 7), (0, 0, 0), AXES, (1, 1, 1))
    voxels = noise(geometry.shape)
    exact = Plane((2, 0, 0), (0, 0, 1), (0, 1, 0), (1, 1))
    tilt = np.deg2rad(0.03)
    beside = Plane((2, 0, 0), (np.sin(tilt), 0, np.cos(tilt)), (0, 1, 0), (1, 1))
    fast = reslice(voxels, geometry, exact, (6, 7))
    slow = reslice(voxels, geometry, beside, (6, 7))
    assert np.allclose(fast, slow, atol=1.0)
    assert not np.shares_memory(slow, voxels)


def test_outside_the_grid_is_nan_or_what_was_asked_for():
    geometry = Geometry.from_axes((3, 4, 4), (0, 0, 0), AXES[::-1], (1, 1, 1))
    voxels = noise(geometry.shape)
    plane = Plane((-2, -2, 1), (1, 0, 0), (0, 1, 0), (1, 1))
    picture = reslice(voxels, geometry, plane, (8, 8))
    assert np.isnan(picture).sum() == 64 - 16
    assert np.array_equal(picture[2:6, 2:6], voxels[1])
    assert (reslice(voxels, geometry, plane, (8, 8), outside=-5) == -5).sum() == 64 - 16
    off = Plane((0, 0, 9), (1, 0, 0), (0, 1, 0), (1, 1))
    assert np.isnan(reslice(voxels, geometry, off, (4, 4))).all()


def test_nearest_keeps_labels_as_they_are():
    geometry = Geometry.from_axes((3, 4, 4), (0, 0, 0), AXES[::-1], (1, 1, 1))
    labels = noise(geometry.shape, np.uint16)
    flat = Plane((0, 0, 1.2), (1, 0, 0), (0, 1, 0), (0.3, 0.3))
    picture = reslice(labels, geometry, flat, (11, 11), interpolation=Interpolation.NEAREST)
    steps = np.rint(np.arange(11) * 0.3).astype(int)
    assert picture.dtype == np.uint16
    assert np.array_equal(picture, labels[1][np.ix_(steps, steps)])
    slanted = Plane((0, 0, 0), (0.8, 0, 0.6), (0, 1, 0), (0.5, 0.5))
    cut = reslice(labels, geometry, slanted, (8, 10), interpolation=Interpolation.NEAREST)
    assert set(np.unique(cut)) <= {0, *np.unique(labels)}


@pytest.mark.parametrize("kind", [*COMMON, *RARE, np.bool_, np.int64, np.float16])
def test_every_number_type_can_be_cut(kind):
    geometry = Geometry.from_axes((3, 4, 5), (0, 0, 0), AXES[::-1], (1, 1, 1))
    voxels = noise(geometry.shape).astype(kind)
    for right in ((1, 0, 0), (0.8, 0, 0.6)):
        plane = Plane((0, 0, 1), right, (0, 1, 0), (0.9, 0.9))
        truth = expected(voxels, geometry, plane, (4, 4))
        assert np.allclose(reslice(voxels, geometry, plane, (4, 4)), truth, equal_nan=True)


def test_a_single_slice_can_be_cut_slanted():
    geometry = Geometry.from_axes((1, 8, 8), (0, 0, 0), AXES[::-1], (5, 1, 1))
    voxels = noise(geometry.shape)
    plane = Plane((0, 0, 0), (0.96, 0, 0.28), (0, 1, 0), (1, 1))
    truth = expected(voxels, geometry, plane, (8, 8))
    assert np.allclose(reslice(voxels, geometry, plane, (8, 8)), truth, equal_nan=True, atol=0.02)


def test_voxels_in_any_order_of_memory_give_the_same_picture():
    geometry = Geometry.from_axes((5, 6, 7), (0, 0, 0), AXES[::-1], (1, 1, 1))
    voxels = noise(geometry.shape)
    plane = Plane((0, 0, 1), (0.8, 0, 0.6), (0, 1, 0), (0.7, 0.7))
    straight = reslice(voxels, geometry, plane, (8, 8))
    assert np.array_equal(
        reslice(np.asfortranarray(voxels), geometry, plane, (8, 8)), straight, equal_nan=True
    )
