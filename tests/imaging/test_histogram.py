from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.core.volume import Volume
from viewer.imaging.histogram import auto_window, full_window, histogram


def volume(voxels, slope=1.0, intercept=0.0) -> Volume:
    geometry = Geometry.from_axes(voxels.shape, (0, 0, 0), np.eye(3), (1, 1, 1))
    return Volume(voxels, geometry, "1", "MR", "key", slope=slope, intercept=intercept)


NOISE = np.random.default_rng(8).normal(500, 50, (40, 50, 60)).astype(np.float32)


def test_all_values_of_a_small_volume_are_counted():
    made = histogram(volume(NOISE), bins=32)
    counts, edges = np.histogram(NOISE, 32)
    assert np.array_equal(made.counts, counts)
    assert np.allclose(made.edges, edges)
    assert made.share == 1


def test_a_large_volume_is_sampled_evenly():
    made = histogram(volume(NOISE), bins=8, most=5000)
    assert made.counts.sum() <= 5000
    middle = (made.edges[:-1] + made.edges[1:]) / 2
    assert (made.counts * middle).sum() / made.counts.sum() == pytest.approx(500, abs=5)


def test_values_are_real_world_values():
    made = histogram(volume(np.arange(27, dtype=np.int16).reshape(3, 3, 3), 2, -10))
    assert (made.edges[0], made.edges[-1]) == (-10, 42)


def test_the_automatic_window_leaves_padding_and_outliers_out():
    voxels = NOISE.copy()
    voxels[:20] = 0
    voxels[30, 0, :5] = 1e6
    window = auto_window(volume(voxels))
    assert window.low == pytest.approx(500 - 2.33 * 50, abs=8)
    assert window.high == pytest.approx(500 + 2.33 * 50, abs=8)


def test_one_value_everywhere_still_has_a_window():
    flat = volume(np.full((3, 3, 3), 7, np.uint8))
    assert auto_window(flat).centre == 7
    assert full_window(flat).centre == 7


def test_the_full_window_reaches_every_value():
    window = full_window(volume(NOISE, -1.0))
    assert window.low == pytest.approx(-NOISE.max())
    assert window.high == pytest.approx(-NOISE.min())


def test_what_is_not_a_number_is_not_counted():
    voxels = NOISE.copy()
    voxels[0] = np.nan
    assert histogram(volume(voxels)).counts.sum() == NOISE[1:].size
    assert auto_window(volume(voxels)).width > 0


@pytest.mark.parametrize("kind", [np.int16, np.float32])
def test_known_padding_is_no_value_and_the_lowest_value_is_one(kind):
    voxels = NOISE.astype(kind)
    voxels[:20] = -3000
    voxels[30, :, :40] = 400
    padded = replace(volume(voxels, 2.0), padding=(-3005, -3000))
    made = histogram(padded)
    assert made.counts.sum() == voxels[20:].size
    assert made.edges[0] == pytest.approx(2 * voxels[20:].min())
    assert full_window(padded).low == pytest.approx(2 * voxels[20:].min())
    assert full_window(padded).high == pytest.approx(2 * voxels.max())
    assert auto_window(padded).low == pytest.approx(2 * (500 - 2.33 * 50), abs=8)


def test_nothing_but_padding_has_windows_too():
    empty = replace(volume(np.full((3, 3, 3), -5, np.int16)), padding=(-5, -5))
    assert auto_window(empty).width > 0
    assert full_window(empty).width > 0
