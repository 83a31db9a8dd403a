"""What is said of values before they are filtered, histograms matched, noise measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage
from skimage import exposure

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.recipe import Recipe, recipe_from
from viewer.core.volume import Volume
from viewer.imaging.enhance.apply import enhanced
from viewer.imaging.enhance.catalogue import step_like
from viewer.imaging.enhance.corrections import cut_off
from viewer.imaging.enhance.derive import in_words
from viewer.imaging.enhance.field import Field
from viewer.imaging.enhance.noise import correlation_of, noise_of_all, weighed
from viewer.imaging.enhance.remarks import remarks_on

RNG = np.random.default_rng(9)


def volume() -> Volume:
    values = RNG.normal(100, 10, (8, 30, 32)).astype(np.float32)
    grid = Geometry.from_axes(values.shape, (0, 0, 0), np.eye(3)[::-1], (2, 1, 1), "1.2")
    return Volume(values, grid, "1", "MR", "series")


def test_padding_what_is_no_number_and_far_outliers_are_counted() -> None:
    assert remarks_on(volume()) == ()
    voxels = volume().voxels.copy()
    voxels[:, :2] = -2000
    voxels[2, 5, 5:8] = np.nan
    voxels[3, 9, 9] = 90_000
    said = remarks_on(replace(volume(), voxels=voxels, padding=(-2000.0, -2000.0)))
    assert said[0].startswith("512 voxels are padding")
    assert said[1].startswith("3 voxels are no numbers")
    assert said[2].startswith("1 voxels lie far beyond all others")


def test_outliers_are_cut_off_at_percentiles_and_the_rest_stays() -> None:
    values = volume().voxels.copy()
    values[3, 9, 9] = 90_000
    done = cut_off(Field(values), 0.1, 99.9, Silent())
    low, high = np.percentile(values, (0.1, 99.9))
    assert done.max() == pytest.approx(high)
    between = (values > low) & (values < high)
    assert np.array_equal(done[between], values[between])


def test_a_matched_histogram_is_that_of_scikit_image() -> None:
    values = RNG.gamma(3.0, 20.0, (6, 60, 60)).astype(np.float32)
    reference = RNG.normal(500, 80, (7, 50, 50)).astype(np.float32)
    step = step_like(reference, "CT 4")
    done = enhanced(Field(values), Recipe("", (step,)), Silent())
    theirs = exposure.match_histograms(values, reference)
    middle = (values > np.quantile(values, 0.02)) & (values < np.quantile(values, 0.98))
    assert np.abs(done - theirs)[middle].max() < 4
    assert np.quantile(done, (0.1, 0.5, 0.9)) == pytest.approx(
        np.quantile(reference, (0.1, 0.5, 0.9)), abs=3
    )


def test_the_reference_is_named_in_recipe_file_and_provenance() -> None:
    step = step_like(RNG.normal(0, 1, 1000).astype(np.float32), "CT 4")
    assert in_words(step) == "Histogram matching: CT 4"
    recipe = Recipe("like", (step,))
    assert recipe_from(recipe.as_json()) == recipe
    with pytest.raises(Declined):
        step_like(np.full(4, np.nan, np.float32), "nothing")


def test_noise_is_measured_whatever_the_anatomy() -> None:
    z, y, x = np.indices((6, 96, 96))
    anatomy = 500.0 * (np.hypot(y - 48, x - 48) < 30) + 2 * z
    noisy = (anatomy + RNG.normal(0, 12, anatomy.shape)).astype(np.float32)
    assert noise_of_all(noisy) == pytest.approx(12, rel=0.07)
    within, between = correlation_of(noisy, 12.0)
    assert within < 0.06
    assert between < 0.06


def test_noise_that_neighbours_share_is_found_out() -> None:
    white = RNG.normal(0, 12, (8, 96, 96))
    smooth = ndimage.gaussian_filter(white, (0, 1, 1)).astype(np.float32)
    assert correlation_of(smooth, noise_of_all(smooth))[0] > 0.4
    upright = ndimage.uniform_filter1d(white, 3, axis=0).astype(np.float32)
    within, between = correlation_of(upright, noise_of_all(upright))
    assert within < 0.06
    assert between == pytest.approx(2 / 3, abs=0.08)


def test_where_a_guess_fails_the_measured_value_stays() -> None:
    truth = np.zeros((40, 40), np.float32)
    truth[18:22, 18:22] = 400
    measured = (truth + RNG.normal(0, 5, truth.shape)).astype(np.float32)
    done = weighed(measured, np.zeros_like(truth), 5.0)
    assert np.abs(done - truth)[19:21, 19:21].max() < 15
    assert done[:10].std() < 0.6 * measured[:10].std()
