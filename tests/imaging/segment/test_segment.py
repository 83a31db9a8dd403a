"""Classical segmentation against independent implementations and shapes of known size."""

from __future__ import annotations

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from viewer.core.progress import Silent
from viewer.imaging.enhance.field import Field
from viewer.imaging.segment import between, growing, seeds, shape, thresholds
from viewer.imaging.segment.shape import Together

SPACING = (2.0, 1.0, 0.8)


def ball(radius_mm: float, size: tuple[int, int, int] = (24, 44, 52)) -> np.ndarray:
    z, y, x = np.indices(size)
    middle = [(n - 1) / 2 for n in size]
    away = [(axis - m) * step for axis, m, step in zip((z, y, x), middle, SPACING, strict=True)]
    return np.sqrt(sum(part**2 for part in away)) <= radius_mm


def volume_mm3(mask: np.ndarray) -> float:
    return float(mask.sum() * np.prod(SPACING))


def scene() -> np.ndarray:
    """A bright ball and a bright bar that do not touch, on dark ground, with noise."""
    values = 100.0 * ball(10)
    values[2, 3:6, 5:45] = 100
    return (values + np.random.default_rng(3).normal(0, 8, values.shape)).astype(np.float32)


# -- thresholds ----------------------------------------------------------------------------


def test_otsu_is_that_of_itk_and_parts_the_ball_from_the_ground() -> None:
    level = thresholds.otsu(scene())
    image = sitk.GetImageFromArray(scene())
    engine = sitk.OtsuThresholdImageFilter()
    engine.SetNumberOfHistogramBins(256)
    engine.Execute(image)
    assert level == pytest.approx(engine.GetThreshold(), abs=3)
    assert (scene() > level)[12, 22, 26]


def test_three_classes_are_parted_between_their_means() -> None:
    values = np.random.default_rng(1).normal(0, 3, (6, 30, 30))
    values[:, :, 10:20] += 50
    values[:, :, 20:] += 120
    low, high = thresholds.multi_otsu(values.astype(np.float32), 3)
    assert 7 < low < 40
    assert 60 < high < 110


def test_hysteresis_keeps_weak_voxels_that_hang_on_strong_ones() -> None:
    values = np.zeros((1, 20, 20), np.float32)
    values[0, 5, 2:15] = 50
    values[0, 5, 8] = 90
    values[0, 15, 2:15] = 50
    found = thresholds.hysteresis(values, 40, 80)
    assert found[0, 5, 2:15].all()
    assert not found[0, 15].any()


def test_a_local_threshold_follows_a_slope_of_the_ground() -> None:
    _, _, x = np.indices((1, 40, 60))
    values = (10.0 * x).astype(np.float32)
    values[0, 20, 10:50:8] += 60
    found = thresholds.local(values, 5, 40.0)
    assert found[0, 20, 10:50:8].all()
    assert found.sum() == 5


# -- growing -------------------------------------------------------------------------------


def test_growing_fills_what_is_connected_and_nothing_else() -> None:
    grown = growing.connected(scene(), (12, 22, 26), 50, 200)
    truth = sitk.GetArrayFromImage(
        sitk.ConnectedThreshold(sitk.GetImageFromArray(scene()), [(26, 22, 12)], 50, 200)
    ).astype(bool)
    assert (grown.mask == truth).all()
    assert not grown.mask[2].any()
    assert not grown.at_border


def test_growing_from_a_voxel_out_of_range_finds_nothing() -> None:
    assert not growing.connected(scene(), (0, 0, 0), 50, 200).mask.any()


def test_confident_growing_finds_the_range_by_itself_as_itk_does() -> None:
    grown = growing.confident(scene(), (12, 22, 26), spread=3.0, rounds=4)
    truth = sitk.GetArrayFromImage(
        sitk.ConfidenceConnected(sitk.GetImageFromArray(scene()), [(26, 22, 12)], 4, 3.0, 1, 1)
    ).astype(bool)
    overlap = 2 * (grown.mask & truth).sum() / (grown.mask.sum() + truth.sum())
    assert overlap > 0.98
    assert grown.low > 40


def test_a_region_that_runs_out_of_its_block_says_so() -> None:
    assert growing.tolerant(scene(), (0, 0, 0), 1000).at_border


# -- shape ---------------------------------------------------------------------------------


def test_islands_are_numbered_from_the_largest() -> None:
    mask = ball(8) | (scene() > 1e9)
    mask[2, 3:6, 5:45] = True
    mask[20, 40, 50] = True
    labels, sizes = shape.islands(mask)
    assert list(sizes) == sorted(sizes, reverse=True)
    assert len(sizes) == 3
    assert (shape.largest(mask) == (labels == 1)).all()
    assert shape.without_small(mask, 2).sum() == mask.sum() - 1
    assert shape.touching(mask, (20, 40, 50)).sum() == 1
    assert not shape.touching(mask, (0, 0, 0)).any()


def test_holes_are_filled_in_space_or_slice_by_slice() -> None:
    shell = ball(10) & ~ball(6)
    assert (shape.filled(shell) == ball(10)).all()
    tube = shell.copy()
    tube[: tube.shape[0] // 2] = False
    assert not (shape.filled(tube) == shape.filled(tube, by_slice=True)).all()
    assert not shape.filled(np.zeros((3, 4, 5), bool)).any()
    rough = np.random.default_rng(4).random((9, 14, 15)) < 0.7
    assert (shape.filled(rough) == ndimage.binary_fill_holes(rough)).all()
    flat = np.stack([ndimage.binary_fill_holes(one) for one in rough])
    assert (shape.filled(rough, by_slice=True) == flat).all()


@pytest.mark.parametrize("margin", [-4.0, -2.0, 2.0, 4.0])
def test_a_margin_is_in_mm_whatever_the_voxels(margin: float) -> None:
    done = shape.grown(ball(10), margin, SPACING)
    truth = 4 / 3 * np.pi * (10 + margin) ** 3
    assert volume_mm3(done) == pytest.approx(truth, rel=0.12)
    off = ndimage.distance_transform_edt(~ball(10), sampling=SPACING)
    if margin > 0:
        assert (done == (off <= margin)).all()


def test_a_margin_is_that_of_itk() -> None:
    image = sitk.GetImageFromArray(ball(9).astype(np.uint8))
    image.SetSpacing(SPACING[::-1])
    away = sitk.GetArrayFromImage(
        sitk.SignedMaurerDistanceMap(image, squaredDistance=False, useImageSpacing=True)
    )
    done = shape.grown(ball(9), 3.0, SPACING)
    assert (done == (away <= 3.0 + 1e-6)).mean() > 0.999


def test_a_shell_is_as_thick_as_asked() -> None:
    wall = shape.hollow(ball(10), 3.0, SPACING)
    assert not wall[12, 22, 26]
    assert wall.sum() + shape.grown(ball(10), -3.0, SPACING).sum() == ball(10).sum()


def test_opening_takes_thin_things_and_closing_fills_thin_gaps() -> None:
    mask = ball(8)
    mask[12, 22, :] = True
    assert not shape.opened(mask, 2.0, SPACING)[12, 22, 2]
    split = ball(9).copy()
    split[:, 22] = False
    assert shape.closed(split, 2.0, SPACING)[12, 22, 26]
    assert not split[12, 22, 26]


def test_smoothing_keeps_the_volume_and_takes_the_roughness() -> None:
    rough = ball(9) ^ ((np.random.default_rng(2).random(ball(9).shape) < 0.06) & ball(11))
    done = shape.smooth(rough, 2.0, SPACING)
    assert done.sum() == pytest.approx(rough.sum(), rel=0.02)
    assert (done ^ ball(9)).sum() < 0.5 * (rough ^ ball(9)).sum()
    assert shape.majority(rough, 1).sum() == pytest.approx(ball(9).sum(), rel=0.1)


masks = st.builds(
    lambda seed: np.random.default_rng(seed).random((4, 6, 5)) < 0.4, st.integers(0, 10_000)
)


@settings(max_examples=40)
@given(masks, masks)
def test_sums_of_masks_obey_de_morgan(one: np.ndarray, other: np.ndarray) -> None:
    union = shape.together(one, other, Together.UNION)
    assert (~union == shape.together(~one, ~other, Together.INTERSECTION)).all()
    either = shape.together(one, other, Together.EITHER)
    rest = shape.together(union, one & other, Together.DIFFERENCE)
    assert (either == rest).all()


@settings(max_examples=40)
@given(masks, st.floats(0.5, 4))
def test_a_margin_only_adds_and_its_reverse_only_takes(mask: np.ndarray, margin: float) -> None:
    assert (shape.grown(mask, margin, SPACING) | ~mask).all()
    assert (mask | ~shape.grown(mask, -margin, SPACING)).all()


# -- between slices ------------------------------------------------------------------------


def test_slices_between_drawn_ones_follow_the_shape() -> None:
    truth = ball(14)
    drawn = np.zeros_like(truth)
    used = np.flatnonzero(truth.any(axis=(1, 2)))
    drawn[used[::4]] = truth[used[::4]]
    drawn[used[-1]] = truth[used[-1]]
    done = between.filled_between(drawn, 0, SPACING[1:])
    overlap = 2 * (done & truth).sum() / (done.sum() + truth.sum())
    assert overlap > 0.94
    assert (done[used[::4]] == truth[used[::4]]).all()
    across = np.moveaxis(drawn, 0, 2)
    assert (between.filled_between(across, 2, SPACING[1:]) == np.moveaxis(done, 0, 2)).all()


def test_shapes_that_do_not_overlap_are_led_over() -> None:
    mask = np.zeros((9, 40, 40), bool)
    mask[0, 5:12, 5:12] = True
    mask[8, 28:35, 28:35] = True
    done = between.filled_between(mask, 0)
    sizes = done.sum(axis=(1, 2))
    assert (sizes > 30).all()
    assert done[4, 19, 19]


# -- seeds ---------------------------------------------------------------------------------


def marks() -> np.ndarray:
    found = np.zeros(scene().shape, np.uint8)
    found[12, 21:24, 25:28] = 1
    found[1, 30:33, 10:40] = 2
    found[22, 10:30, 5] = 2
    return found


@pytest.mark.parametrize("way", ["grow", "walk", "flood"])
def test_marks_inside_and_outside_find_the_ball(way: str) -> None:
    field = Field(scene(), SPACING)
    match way:
        case "grow":
            found = seeds.grow_from_seeds(field, marks(), Silent())
        case "walk":
            found = seeds.walk(field, marks(), 130, Silent())
        case _:
            found = seeds.flood(field, marks(), 1.0, Silent())
    inside = found == 1
    overlap = 2 * (inside & ball(10)).sum() / (inside.sum() + ball(10).sum())
    assert overlap > 0.93
    assert (found[marks() > 0] == marks()[marks() > 0]).all()


def test_growing_from_seeds_gives_every_voxel_to_a_mark() -> None:
    found = seeds.grow_from_seeds(Field(scene(), SPACING), marks(), Silent())
    assert set(np.unique(found)) == {1, 2}


def test_nothing_marked_is_no_segmentation() -> None:
    for way in (seeds.grow_from_seeds, lambda f, m, p: seeds.walk(f, m, 1, p)):
        with pytest.raises(ValueError, match="marked"):
            way(Field(scene(), SPACING), np.zeros(scene().shape, np.uint8), Silent())
