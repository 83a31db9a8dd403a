"""Parts and classes against shapes of known size, SimpleITK and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so
from scipy import ndimage
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.imaging.segment import clusters, parts, shape
from viewer.imaging.segment.parts import Wall

SPACING = (2.0, 1.0, 0.8)
SIZE = (24, 50, 80)


def ball(radius_mm: float, across_mm: float = 0.0) -> np.ndarray:
    z, y, x = (
        (axis - (count - 1) / 2) * step
        for axis, count, step in zip(np.indices(SIZE), SIZE, SPACING, strict=True)
    )
    return np.sqrt(z**2 + y**2 + (x - across_mm) ** 2) <= radius_mm


def ml(mask: np.ndarray) -> float:
    return float(mask.sum() * np.prod(SPACING) / 1000)


@pytest.mark.parametrize("side", list(Wall))
def test_a_wall_lies_on_its_side_of_the_surface_and_is_as_thick_as_asked(side: Wall) -> None:
    found = parts.wall(ball(12), 4.0, SPACING, side)
    inner, outer = {
        Wall.INSIDE: (8, 12), Wall.OUTSIDE: (12, 16), Wall.MIDDLE: (10, 14)
    }[side]  # fmt: skip
    assert ml(found) == pytest.approx(4 / 3 * np.pi * (outer**3 - inner**3) / 1000, rel=0.1)
    assert not (found & ball(inner - 1.3)).any()
    assert not (found & ~ball(outer + 1.3)).any()


def test_instances_are_those_of_itk_without_the_small_ones() -> None:
    mask = ball(6, -20) | ball(9, 12)
    mask[2, 3, 3] = True
    found = parts.instances(mask, 0.01, SPACING)
    labels = sitk.ConnectedComponent(sitk.GetImageFromArray(mask.astype(np.uint8)), True)
    truth = sitk.GetArrayFromImage(sitk.RelabelComponent(labels, 7))
    assert (found == truth).all()
    assert set(np.unique(found)) == {0, 1, 2}


def test_a_plane_parts_a_segment_at_its_place() -> None:
    mask = ball(10)
    found = parts.split_by_plane(mask, (11.5, 24.5, 39.5), (0, 0, 1))
    assert ((found > 0) == mask).all()
    assert (found == 1).sum() == (found == 2).sum()
    assert not (found[:, :, 40:] == 1).any()
    oblique = parts.split_by_plane(mask, (11.5, 24.5, 39.5), (1, 1, 0))
    z, y, _ = np.indices(SIZE)
    assert ((oblique == 2) == (mask & (z - 11.5 + y - 24.5 > 0))).all()
    with pytest.raises(Declined, match="direction"):
        parts.split_by_plane(mask, (0, 0, 0), (0, 0, 0))


def test_touching_bodies_are_parted_at_their_neck_and_one_body_is_not() -> None:
    left, right = ball(12, -9), ball(12, 9)
    found = parts.split_touching(left | right, SPACING, 2.0, Silent())
    assert set(np.unique(found)) == {0, 1, 2}
    assert (found[:, :, :39][left[:, :, :39]] == found[12, 25, 28]).all()
    assert (found[:, :, 41:][right[:, :, 41:]] == found[12, 25, 51]).all()
    assert parts.split_touching(left | right, SPACING, 8.0).max() == 1
    assert parts.split_touching(ball(12), SPACING, 2.0).max() == 1
    thin = np.zeros(SIZE, bool)
    thin[3, 5] = True
    assert (parts.split_touching(thin, SPACING, 2.0) == thin).all()
    assert not parts.split_touching(np.zeros(SIZE, bool), SPACING, 2.0).any()


def test_smoothed_together_segments_leave_neither_gap_nor_overlap() -> None:
    chance = np.random.default_rng(1)
    labels = parts.split_by_plane(ball(13), (11.5, 24.5, 39.5), (0, 0, 1))
    rough = labels.copy()
    flipped = (chance.random(SIZE) < 0.08) & (labels > 0)
    rough[flipped] = 3 - rough[flipped]
    found = parts.smoothed_together(rough, 2.0, SPACING, Silent())
    inside = ball(10)
    assert (found[inside] > 0).all()
    assert (found != labels)[inside].sum() < 0.1 * flipped[inside].sum()
    assert ml(found > 0) == pytest.approx(ml(labels > 0), rel=0.05)


def test_merged_segments_are_one_and_a_mask_blanks_the_rest() -> None:
    labels = parts.split_by_plane(ball(10), (11.5, 24.5, 39.5), (0, 0, 1))
    assert (parts.merged(labels, (1, 2), 2) == 2 * ball(10)).all()
    values = np.random.default_rng(1).normal(0, 1, SIZE).astype(np.float32)
    kept = parts.masked(values, ball(10), -1000)
    assert (kept[~ball(10)] == -1000).all()
    assert (kept[ball(10)] == values[ball(10)]).all()
    assert (parts.masked(values, ball(10), 7, inside=True)[ball(10)] == 7).all()


def test_the_median_of_a_mask_is_the_median_in_an_ellipsoid_of_mm() -> None:
    rough = ball(9) ^ (np.random.default_rng(2).random(SIZE) < 0.05)
    z, y, x = np.indices((3, 5, 7)) - np.array([1, 2, 3])[:, None, None, None]
    foot = (z * 2.0) ** 2 + (y * 1.0) ** 2 + (x * 0.8) ** 2 <= 2.5**2
    truth = ndimage.convolve(rough.astype(int), foot.astype(int), mode="constant")
    assert (shape.median(rough, 2.5, SPACING) == (truth > foot.sum() / 2)).all()


# -- classes ---------------------------------------------------------------------------------


def three_tissues() -> np.ndarray:
    chance = np.random.default_rng(8)
    drawn = [
        chance.normal(m, s, n) for m, s, n in ((0, 20, 3000), (100, 15, 2000), (220, 30, 1000))
    ]
    values = np.concatenate(drawn).astype(np.float32)
    chance.shuffle(values)
    return values.reshape(6, 20, 50)


def test_k_means_are_those_of_scikit_learn() -> None:
    values = three_tissues()
    truth = np.sort(
        KMeans(3, n_init=3, random_state=0).fit(values.reshape(-1, 1)).cluster_centers_.ravel()
    )
    assert clusters.means(values, 3) == pytest.approx(truth, abs=1)
    found = clusters.k_means(values, 3, Silent())
    nearest = np.abs(values[..., None] - truth).argmin(axis=-1) + 1
    assert (found == nearest).mean() > 0.995


def test_a_gaussian_mixture_is_that_of_scikit_learn() -> None:
    values = three_tissues()
    truth = GaussianMixture(3, random_state=0, n_init=2).fit(values.reshape(-1, 1))
    order = np.argsort(truth.means_.ravel())
    found = clusters.mixture(values, 3)
    assert found.shares == pytest.approx(truth.weights_[order], abs=0.02)
    assert found.means == pytest.approx(truth.means_.ravel()[order], abs=3)
    deviations = np.sqrt(truth.covariances_.ravel()[order])
    assert found.deviations == pytest.approx(deviations, rel=0.08)
    assert found.chances(values).sum(axis=0) == pytest.approx(1, abs=1e-5)


def test_neighbours_have_a_say_in_a_mixture_and_blocks_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = ball(12)
    values = (60 * body + np.random.default_rng(3).normal(0, 30, SIZE)).astype(np.float32)
    values[0, 0, 0] = np.nan
    alone = clusters.gaussian_mixture(values, 2, 0.0, SPACING, Silent())
    soft = clusters.gaussian_mixture(values, 2, 2.0, SPACING, Silent())
    assert ((soft == 2) ^ body).sum() < 0.35 * ((alone == 2) ^ body).sum()
    assert soft[0, 0, 0] == 0
    monkeypatch.setattr(clusters, "_BLOCK", 4 * values[0].size)
    assert (clusters.gaussian_mixture(values, 2, 2.0, SPACING, Silent()) == soft).mean() > 0.9999


def test_fewer_values_than_classes_are_declined() -> None:
    two = np.zeros((2, 4, 5), np.float32)
    two[1] = 1
    for way in (clusters.means, clusters.mixture):
        with pytest.raises(Declined, match="fewer"):
            way(two, 3)


def test_patches_are_as_wide_as_asked_and_follow_edges() -> None:
    body = ball(12)
    values = (100 * body + np.random.default_rng(3).normal(0, 5, SIZE)).astype(np.float32)
    patches = clusters.supervoxels(values, 8.0, 0.05, SPACING, Silent())
    expected = values.size * np.prod(SPACING) / 8**3
    assert 0.5 * expected < patches.max() < 1.6 * expected
    inside = np.bincount(patches.ravel(), body.ravel()) / np.maximum(
        np.bincount(patches.ravel()), 1
    )
    assert (np.minimum(inside, 1 - inside)[1:] < 0.15).mean() > 0.9
    flat = clusters.supervoxels(values[:1], 8.0, 0.05, SPACING, Silent())
    assert flat.shape == (1, *SIZE[1:])
    with pytest.raises(Declined, match="Patches"):
        clusters.supervoxels(values, 0.1, 0.05, SPACING, Silent())
