"""The shape of a nodule against bodies whose numbers are known."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Mask
from viewer.imaging.nodule_shape import SHAPE_NAMES, nodule_shape


def grid(shape, spacing):
    return Geometry.from_axes(shape, (-20, 30, 40), np.eye(3)[::-1], spacing)


def ellipsoid(half_mm, spacing=(0.7, 0.7, 0.7)):
    """A solid ellipsoid with half axes along z, y, x."""
    shape = tuple(int(2 * half / step) + 7 for half, step in zip(half_mm, spacing, strict=True))
    middle = (np.array(shape) - 1) / 2
    away = (np.indices(shape).T - middle) * spacing / half_mm
    inside = (np.square(away).sum(axis=-1) <= 1).T
    return Mask(np.ascontiguousarray(inside), grid(shape, spacing))


def spiky(spacing=(0.7, 0.7, 0.7), height=0.5):
    """A ball of 8 mm radius with many spikes."""
    shape = tuple(int(30 / step) for step in spacing)
    z, y, x = ((np.indices(shape).T - (np.array(shape) - 1) / 2) * spacing).T
    radius = np.sqrt(x**2 + y**2 + z**2)
    round_, up = np.arctan2(y, x), np.arccos(np.clip(z / np.maximum(radius, 1e-6), -1, 1))
    rim = 8 * (1 + height * np.cos(7 * round_) * np.sin(up) ** 3)
    return Mask(np.ascontiguousarray(radius <= rim), grid(shape, spacing))


@pytest.mark.parametrize("spacing", [(0.7, 0.7, 0.7), (1.25, 0.7, 0.7), (2.5, 0.7, 0.7)])
def test_a_ball_is_round_smooth_and_as_large_as_it_is(spacing):
    shape = nodule_shape(ellipsoid((8, 8, 8), spacing))
    assert shape.volume_diameter_mm == pytest.approx(16, rel=0.02)
    assert shape.longest_mm == pytest.approx(16, abs=0.7)
    assert shape.shortest_mm == pytest.approx(16, abs=0.9)
    assert shape.height_mm == pytest.approx(16, abs=spacing[0])
    assert shape.surface_to_volume == pytest.approx(3 / 8, rel=0.05)
    assert shape.sphericity > 0.95
    assert shape.solidity > 0.95
    assert shape.elongation > 0.95
    assert shape.flatness > 0.93
    assert shape.roughness < 0.06
    assert shape.asymmetry < 0.05
    assert shape.circularity > 0.87
    assert shape.axial_solidity > 0.95


def test_an_ellipsoid_has_the_ratio_of_its_axes_and_is_not_rough():
    shape = nodule_shape(ellipsoid((4, 6, 12)))
    assert shape.elongation == pytest.approx(0.5, abs=0.02)
    assert shape.flatness == pytest.approx(1 / 3, abs=0.02)
    assert shape.longest_mm == pytest.approx(24, abs=0.7)
    assert shape.shortest_mm == pytest.approx(12, abs=0.9)
    assert shape.compactness == pytest.approx(4 * 6 / 12**2, rel=0.1)
    assert shape.roughness < 0.06


def test_spikes_make_it_rough_and_less_solid_and_not_asymmetric():
    ball, star = nodule_shape(ellipsoid((8, 8, 8))), nodule_shape(spiky())
    assert star.roughness > 3 * ball.roughness
    assert star.solidity < 0.85
    assert star.axial_solidity < 0.85
    assert star.circularity < 0.6
    assert star.sphericity < 0.9 * ball.sphericity


def test_a_cone_leans_to_its_base_as_it_should():
    """The third standardised moment of a solid cone along its axis is that of Beta(3, 1)."""
    z, y, x = np.indices((42, 45, 45))
    cone = np.hypot(y - 22, x - 22) <= z / 2
    shape = nodule_shape(Mask(cone, grid(cone.shape, (0.5, 0.5, 0.5))))
    assert shape.asymmetry == pytest.approx(0.861, abs=0.03)


def test_all_orders_of_storing_give_the_same_numbers():
    mask = spiky((1.0, 0.8, 0.7), 0.3)
    voxels = mask.voxels.copy()
    voxels[:, :9] = False
    wanted = nodule_shape(Mask(voxels, mask.geometry)).numbers()
    for axes, flips in product(permutations(range(3)), product((1, -1), repeat=3)):
        turned = voxels.transpose(axes)[tuple(slice(None, None, flip) for flip in flips)]
        affine = mask.geometry.affine.copy()
        affine[:3, :3] = affine[:3, list(axes)] * flips
        ends = [
            length - 1 if flip < 0 else 0 for length, flip in zip(turned.shape, flips, strict=True)
        ]
        affine[:3, 3] = mask.geometry.affine[:3, 3] - affine[:3, :3] @ ends
        stored = Mask(np.ascontiguousarray(turned), Geometry(turned.shape, affine))
        assert nodule_shape(stored).numbers() == pytest.approx(wanted, rel=1e-4, abs=1e-5)


def test_only_the_largest_piece_counts():
    mask = ellipsoid((5, 5, 5))
    voxels = np.pad(mask.voxels, 4)
    alone = nodule_shape(Mask(voxels, grid(voxels.shape, (0.7, 0.7, 0.7)))).numbers()
    voxels[0, 0, 0] = True
    both = nodule_shape(Mask(voxels, grid(voxels.shape, (0.7, 0.7, 0.7)))).numbers()
    assert both == pytest.approx(alone)


def test_a_few_voxels_in_one_slice_still_have_finite_numbers():
    voxels = np.zeros((1, 6, 6), bool)
    voxels[0, 2:4, 2:5] = True
    numbers = nodule_shape(Mask(voxels, grid(voxels.shape, (2.5, 0.7, 0.7)))).numbers()
    assert len(numbers) == len(SHAPE_NAMES)
    assert np.isfinite(numbers).all()


def test_what_is_no_nodule_is_declined():
    nothing = np.zeros((4, 4, 4), bool)
    with pytest.raises(Declined, match="too small"):
        nodule_shape(Mask(nothing, grid((4, 4, 4), (1, 1, 1))))
    vast = np.ones((200, 200, 101), bool)
    with pytest.raises(Declined, match="too large"):
        nodule_shape(Mask(vast, grid(vast.shape, (1, 1, 1))))
