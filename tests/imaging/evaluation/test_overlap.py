"""Overlap and surface distances are those of SimpleITK, and of all points against all."""

from __future__ import annotations

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813
from scipy.ndimage import binary_erosion, distance_transform_edt, gaussian_filter
from scipy.spatial.distance import cdist

from viewer.core.geometry import Geometry
from viewer.imaging.evaluation.overlap import Agreement, compare, diameter_mm, surface_distances

SPACINGS = [(1.0, 1.0, 1.0), (5.0, 0.7, 0.7), (0.5, 2.0, 1.3)]


def grid(shape, spacing, turn=0.0):
    affine = np.eye(4)
    cos, sin = np.cos(turn), np.sin(turn)
    turned = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    affine[:3, :3] = turned @ np.diag(spacing[::-1])[:, ::-1]
    affine[:3, 3] = (-30, 20, 100)
    return Geometry(shape, affine)


def blobs(seed, shape=(14, 22, 20)):
    chance = np.random.default_rng(seed)
    return [gaussian_filter(chance.normal(size=shape), 2) > 0.03 for _ in range(2)]


def image(mask, spacing):
    made = sitk.GetImageFromArray(mask.astype(np.uint8))
    made.SetSpacing(spacing[::-1])
    return made


def border(mask):
    return mask & ~binary_erosion(mask)


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize("seed", range(3))
def test_overlap_and_hausdorff_are_those_of_simpleitk(seed, spacing):
    truth, found = blobs(seed)
    got = compare(truth, found, grid(truth.shape, spacing), 2.0)
    overlap = sitk.LabelOverlapMeasuresImageFilter()
    overlap.Execute(image(truth, spacing), image(found, spacing))
    assert got.dice == pytest.approx(overlap.GetDiceCoefficient(), abs=1e-9)
    assert got.jaccard == pytest.approx(overlap.GetJaccardCoefficient(), abs=1e-9)
    far = sitk.HausdorffDistanceImageFilter()
    far.Execute(image(border(truth), spacing), image(border(found), spacing))
    assert got.hausdorff_mm == pytest.approx(far.GetHausdorffDistance(), abs=1e-6)


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize("turn", [0.0, 0.4])
def test_distances_are_those_of_all_points_against_all(spacing, turn):
    truth, found = blobs(9)
    geometry = grid(truth.shape, spacing, turn)
    got = compare(truth, found, geometry, 1.5)
    apart = cdist(*(np.argwhere(border(one)) * np.array(spacing) for one in (truth, found)))
    there, back = apart.min(axis=1), apart.min(axis=0)
    both = np.concatenate([there, back])
    assert got.surface_distance_mm == pytest.approx(both.mean(), abs=1e-6)
    assert got.surface_dice == pytest.approx((both <= 1.5).mean(), abs=1e-6)
    want = max(np.percentile(there, 95), np.percentile(back, 95))
    assert got.hausdorff95_mm == pytest.approx(want, abs=1e-6)


def test_distances_are_those_of_a_distance_map():
    truth, found = blobs(4)
    spacing = (3.0, 1.0, 2.0)
    there, back = surface_distances(truth, found, grid(truth.shape, spacing))
    map_of = distance_transform_edt(~border(found), sampling=spacing)
    assert np.sort(there) == pytest.approx(np.sort(map_of[border(truth)]), abs=1e-9)
    map_of = distance_transform_edt(~border(truth), sampling=spacing)
    assert np.sort(back) == pytest.approx(np.sort(map_of[border(found)]), abs=1e-9)


def test_a_cube_moved_by_a_voxel_is_as_far_as_the_voxel_is_thick():
    truth = np.zeros((12, 12, 12), np.bool_)
    truth[3:8, 3:8, 3:8] = True
    moved = np.roll(truth, 1, axis=0)
    got = compare(truth, moved, grid(truth.shape, (4.0, 1.0, 1.0)), 0.5)
    assert got.hausdorff_mm == pytest.approx(4.0)
    assert got.dice == pytest.approx(0.8)
    assert got.volume_error == 0.0


def test_volumes_are_in_ml_and_the_error_has_a_sign():
    truth = np.zeros((10, 10, 10), np.bool_)
    truth[:5] = True
    got = compare(truth, np.ones_like(truth), grid(truth.shape, (2.0, 1.0, 1.0)), 1.0)
    assert (got.truth_ml, got.found_ml) == (1.0, 2.0)
    assert (got.volume_error_ml, got.volume_error) == (1.0, 1.0)
    assert diameter_mm(got.truth_ml) == pytest.approx(12.407, abs=1e-3)


def test_empty_masks_are_defined():
    nothing = np.zeros((4, 4, 4), np.bool_)
    something = nothing.copy()
    something[1, 1, 1] = True
    geometry = grid(nothing.shape, (1.0, 1.0, 1.0))
    assert compare(nothing, nothing, geometry, 1.0) == Agreement(0, 0, *[None] * 6)
    for pair in ((nothing, something), (something, nothing)):
        got = compare(*pair, geometry, 1.0)
        assert (got.dice, got.jaccard, got.surface_dice) == (0.0, 0.0, 0.0)
        assert got.hausdorff_mm is got.hausdorff95_mm is got.surface_distance_mm is None
    assert compare(nothing, something, geometry, 1.0).volume_error is None


def test_masks_of_another_size_are_a_mistake():
    with pytest.raises(ValueError, match="grid"):
        compare(
            np.zeros((2, 2, 2), np.bool_),
            np.zeros((2, 2, 3), np.bool_),
            grid((2, 2, 2), (1, 1, 1)),
            1.0,
        )
