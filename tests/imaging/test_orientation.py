from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.core.plane import side_letters
from viewer.imaging.orientation import (
    Orientation,
    acquired,
    array_axes,
    covering_shape,
    grid_plane,
    scroll_step_mm,
    slicing_axis,
    snapped,
    standard_plane,
)
from viewer.imaging.reslice import reslice

TURNS = [(order, signs) for order in permutations(range(3)) for signs in product((1, -1), repeat=3)]
LETTERS = {
    Orientation.AXIAL: ("L", "P"),
    Orientation.CORONAL: ("L", "F"),
    Orientation.SAGITTAL: ("P", "F"),
}
SPACING = {0: 0.5, 1: 1.0, 2: 3.0}


def grid(order, signs) -> Geometry:
    """A grid of 4 x 6 x 8 voxels along x, y, z, stored in any order and direction."""
    directions = np.array([np.eye(3)[a] * s for a, s in zip(order, signs, strict=True)])
    shape = tuple((8, 6, 4)[axis] for axis in order)
    spacing = [SPACING[axis] for axis in order]
    return Geometry.from_axes(shape, (-20, 30, 7), directions, spacing)


def where(geometry) -> np.ndarray:
    """Voxels that hold a number for the place they are at."""
    index = np.stack(np.meshgrid(*map(np.arange, geometry.shape), indexing="ij"), axis=-1)
    return (geometry.to_patient(index) @ [100, 10, 1]).astype(np.float32)


@pytest.mark.parametrize(("order", "signs"), TURNS)
def test_every_standard_plane_shows_the_place_it_says_in_every_orientation(order, signs):
    geometry = grid(order, signs)
    voxels = where(geometry)
    middle = geometry.nearest(geometry.centre)
    for kind in Orientation:
        position = tuple(geometry.to_patient(middle))
        plane = standard_plane(geometry, kind, position)
        shape = covering_shape(geometry, plane)
        picture = reslice(voxels, geometry, plane, shape)
        assert np.shares_memory(picture, voxels)
        assert (side_letters(plane.right), side_letters(plane.down)) == LETTERS[kind]
        pixels = np.stack(np.meshgrid(*map(np.arange, shape), indexing="ij"), axis=-1)
        assert np.allclose(picture, plane.to_patient(pixels) @ [100, 10, 1], atol=1e-2)
        assert picture.size * geometry.shape[slicing_axis(geometry, kind)] == voxels.size


@pytest.mark.parametrize(("order", "signs"), TURNS)
def test_array_axes_are_told_apart(order, signs):
    geometry = grid(order, signs)
    assert tuple(np.array(order)[list(array_axes(geometry))]) == (0, 1, 2)
    assert LETTERS[acquired(geometry)] == LETTERS[list(Orientation)[[2, 1, 0].index(order[0])]]


def tilted() -> Geometry:
    c, s = np.cos(0.3), np.sin(0.3)
    return Geometry.from_axes((5, 6, 7), (0, 0, 0), [[0, s, c], [0, -c, s], [1, 0, 0]], (4, 1, 1))


def test_a_plane_along_a_tilted_grid_cuts_no_voxel_askew():
    geometry = tilted()
    plane = grid_plane(geometry, Orientation.AXIAL, tuple(geometry.to_patient((2, 3, 3))))
    picture = reslice(where(geometry), geometry, plane, covering_shape(geometry, plane))
    assert np.array_equal(picture, where(geometry)[2, ::-1])
    assert side_letters(plane.down)[0] == "P"


def test_a_plane_of_the_body_covers_a_tilted_grid():
    geometry = tilted()
    plane = standard_plane(geometry, Orientation.AXIAL, geometry.centre, (0.5, 0.5))
    shape = covering_shape(geometry, plane)
    places = plane.to_pixel(geometry.corners())
    assert (places >= -0.51).all()
    assert (places <= np.array(shape) - 0.49).all()


def test_a_plane_snaps_to_the_nearest_slice():
    geometry = tilted()
    between = tuple(geometry.to_patient((2.3, 3, 3)))
    plane = snapped(geometry, grid_plane(geometry, Orientation.AXIAL, between))
    assert geometry.to_index(plane.origin)[0] == pytest.approx(2)
    far = grid_plane(geometry, Orientation.AXIAL, tuple(geometry.to_patient((9, 3, 3))))
    assert geometry.to_index(snapped(geometry, far).origin)[0] == pytest.approx(4)
    askew = standard_plane(geometry, Orientation.AXIAL, between)
    assert snapped(geometry, askew) is askew
    assert scroll_step_mm(geometry, plane) == pytest.approx(4)
