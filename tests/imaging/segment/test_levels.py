"""Thresholds of histograms against scikit-image and ITK, distances and fronts against theirs."""

from __future__ import annotations

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage
from skimage import filters

from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.imaging.segment import marching, thresholds
from viewer.imaging.segment.distance import away
from viewer.imaging.segment.levels import Counts, Rule

SPACING = (2.0, 1.0, 0.8)


def two_tissues() -> np.ndarray:
    chance = np.random.default_rng(4)
    parts = [chance.normal(-50, 20, 20_000), chance.normal(120, 30, 6_000)]
    return np.concatenate(parts).astype(np.float32).reshape(13, 40, 50)


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_finds_the_threshold_of_scikit_image(rule: Rule) -> None:
    values = two_tissues()
    truth = getattr(filters, f"threshold_{rule.value}")(values)
    width = float(np.ptp(values)) / 256
    assert Counts.of(values).level(rule) == pytest.approx(truth, abs=1.01 * width)


def test_yen_li_and_triangle_are_near_those_of_itk() -> None:
    image = sitk.GetImageFromArray(two_tissues())
    for rule, engine in (
        (Rule.LI, sitk.LiThresholdImageFilter()),
        (Rule.YEN, sitk.YenThresholdImageFilter()),
    ):
        engine.Execute(image)
        assert Counts.of(two_tissues()).level(rule) == pytest.approx(engine.GetThreshold(), abs=12)


def test_several_classes_are_those_of_scikit_image() -> None:
    values = two_tissues()
    assert Counts.of(values).several(4) == pytest.approx(
        filters.threshold_multiotsu(values, 4), abs=float(np.ptp(values)) / 200
    )
    assert Counts.of(values).several(2) == (Counts.of(values).level(Rule.OTSU),)


def test_what_is_no_number_is_not_counted() -> None:
    values = two_tissues()
    holed = values.copy()
    holed[:, :5] = np.nan
    assert Counts.of(holed).counts.sum() == np.isfinite(holed).sum()
    assert np.isfinite(Counts.of(holed).level(Rule.OTSU))


def test_one_value_alone_has_no_threshold() -> None:
    for values in (np.ones((3, 4, 5), np.float32), np.full((3, 4, 5), np.nan, np.float32)):
        with pytest.raises(Declined, match="same"):
            Counts.of(values)


def test_sauvola_is_that_of_scikit_image_wherever_zero_lies() -> None:
    values = two_tissues()
    found = thresholds.sauvola(values, 4, 0.3, progress=Silent())
    least, span = values.min(), np.ptp(values) / 2
    for one, done in zip(values, found, strict=True):
        level = filters.threshold_sauvola(one - least, 9, 0.3, r=span)
        assert (done == (one - least > level)).mean() > 0.999
    assert (thresholds.sauvola(values + 1000, 4, 0.3) == found).mean() > 0.999


# -- distances and fronts --------------------------------------------------------------------


@settings(max_examples=30)
@given(
    st.integers(0, 10_000),
    st.tuples(st.floats(0.3, 5), st.floats(0.3, 5), st.floats(0.3, 5)),
    st.tuples(st.integers(1, 7), st.integers(1, 9), st.integers(1, 11)),
)
def test_distances_are_exact_whatever_the_spacing(
    seed: int, spacing: tuple[float, float, float], shape: tuple[int, int, int]
) -> None:
    mask = np.random.default_rng(seed).random(shape) < 0.1
    mask.flat[seed % mask.size] = True
    truth = ndimage.distance_transform_edt(~mask, sampling=spacing)
    assert away(mask, spacing) == pytest.approx(truth, rel=1e-5, abs=1e-5)


def test_nothing_is_infinitely_far_away() -> None:
    assert away(np.zeros((2, 3, 4), bool), SPACING).min() > 1e14


def test_a_front_arrives_when_that_of_itk_does() -> None:
    speed = np.ones((20, 40, 50), np.float32)
    speed[:, :, 30:] = 0.1
    speed += 0.2 * np.random.default_rng(1).random(speed.shape).astype(np.float32)
    start = np.zeros(speed.shape, bool)
    start[10, 20, 10] = True
    image = sitk.GetImageFromArray(speed)
    image.SetSpacing(SPACING[::-1])
    truth = sitk.GetArrayFromImage(sitk.FastMarching(image, [(10, 20, 10)], 1.0, 1e9))
    assert marching.arrival(speed, start, SPACING, Silent()) == pytest.approx(truth, rel=1e-4)


def test_on_even_ground_the_front_is_a_ball_in_mm() -> None:
    start = np.zeros((31, 61, 75), bool)
    start[15, 30, 37] = True
    time = marching.arrival(np.ones(start.shape, np.float32), start, SPACING, Silent())
    truth = ndimage.distance_transform_edt(~start, sampling=SPACING)
    assert np.abs(time - truth).max() < 2.5
    ball = marching.of_volume(time, 20.0, SPACING)
    assert ball.sum() * np.prod(SPACING) / 1000 == pytest.approx(20.0, rel=0.01)
    assert truth[ball].max() < 1.25 * (20_000 * 3 / 4 / np.pi) ** (1 / 3)


def test_a_front_stays_where_values_are_like_those_of_its_seeds() -> None:
    z, y, x = np.indices((20, 40, 50))
    rod = (np.abs(y - 20) < 4) & (np.abs(z - 10) < 3)
    values = np.where(rod, 100, 0) + np.random.default_rng(2).normal(0, 8, rod.shape)
    seeds = rod & (x < 4)
    speed = marching.speed_from(values.astype(np.float32), seeds, 2.0)
    time = marching.arrival(speed, seeds, SPACING, Silent())
    found = marching.of_volume(time, rod.sum() * np.prod(SPACING) / 1000, SPACING)
    assert (found & rod).sum() > 0.97 * rod.sum()
    with pytest.raises(Declined, match="seeds"):
        marching.speed_from(values.astype(np.float32), np.zeros_like(rod), 2.0)
