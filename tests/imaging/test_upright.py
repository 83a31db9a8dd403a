from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.core.segmentation import Mask
from viewer.imaging.upright import Turn

UPRIGHT = Geometry.from_axes((4, 5, 6), (10.0, -20.0, 30.0), np.eye(3)[::-1], (2.5, 0.7, 0.8))
VALUES = np.arange(120, dtype=np.float32).reshape(4, 5, 6)
ORDERS = list(product(permutations(range(3)), product((False, True), repeat=3)))


def restored(order, flips):
    """Store the upright grid in another order, with some axes reversed."""
    values = VALUES.transpose(order)
    slices = tuple(slice(None, None, -1) if flip else slice(None) for flip in flips)
    affine = np.eye(4)
    start = np.zeros(3)
    for new, (old, flip) in enumerate(zip(order, flips, strict=True)):
        affine[:3, new] = UPRIGHT.affine[:3, old] * (-1 if flip else 1)
        start[old] = UPRIGHT.shape[old] - 1 if flip else 0
    affine[:3, 3] = UPRIGHT.to_patient(start)
    return values[slices], Geometry(values.shape, affine)


@pytest.mark.parametrize(("order", "flips"), ORDERS)
def test_all_orders_and_flips_of_one_scan_become_the_same_array(order, flips):
    stored, geometry = restored(order, flips)
    turn = Turn.of(geometry)
    assert np.array_equal(turn.upright(stored), VALUES)
    assert np.allclose(turn.geometry.affine, UPRIGHT.affine)
    assert np.array_equal(turn.stored(turn.upright(stored)), stored)


@pytest.mark.parametrize(("order", "flips"), ORDERS)
def test_a_mask_goes_back_to_the_voxels_it_came_from(order, flips):
    stored, geometry = restored(order, flips)
    turn = Turn.of(geometry)
    part = turn.geometry.crop((1, 2, 3), (3, 4, 6))
    mask = turn.stored_mask(Mask(VALUES[1:3, 2:4, 3:6] % 2 == 0, part))
    where = geometry.to_index(mask.geometry.to_patient(np.argwhere(mask.voxels)))
    found = stored[tuple(np.rint(where).astype(int).T)]
    assert np.allclose(where, np.rint(where))
    assert sorted(found) == sorted(v for v in VALUES[1:3, 2:4, 3:6].ravel() if v % 2 == 0)
    assert np.allclose(mask.geometry.directions, geometry.directions)


def test_a_tilted_grid_keeps_its_tilt():
    turned = np.array([[0, 0.2, 0.98], [0, 0.98, -0.2], [1, 0, 0]])
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    tilted = Geometry.from_axes((4, 5, 6), (0, 0, 0), turned, (1, 1, 1))
    assert Turn.of(tilted).geometry == tilted
