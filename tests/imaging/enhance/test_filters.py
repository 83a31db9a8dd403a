"""Each filter against an independent implementation or a truth known beforehand."""

from __future__ import annotations

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so
from scipy import ndimage
from skimage import exposure, feature, filters, metrics, restoration

from viewer.core.progress import Silent
from viewer.imaging.enhance import (
    contrast,
    corrections,
    edges,
    quality,
    sharpening,
    smoothing,
    tubes,
)
from viewer.imaging.enhance.field import Field

SPACING = (2.5, 0.8, 0.6)
RNG = np.random.default_rng(5)


def noisy(shape: tuple[int, int, int] = (9, 40, 48)) -> Field:
    """A few balls on a ramp, with noise."""
    z, y, x = np.indices(shape)
    values = x * 3.0 + y + 40 * (((y - 20) ** 2 + (x - 24) ** 2) < 80)
    values = values + np.random.default_rng(7).normal(0, 6, shape) + z
    return Field(values.astype(np.float32), SPACING)


FIELD = noisy()
INNER = (slice(2, -2), slice(8, -8), slice(8, -8))
"""Away from the border, where implementations differ."""


def test_gaussian_is_that_of_scipy_with_sigmas_in_mm() -> None:
    ours = smoothing.gaussian(FIELD, 1.5, Silent())
    sigmas = [1.5 / step for step in SPACING]
    theirs = ndimage.gaussian_filter(FIELD.values, sigmas, mode="mirror", truncate=4.0)
    assert ours == pytest.approx(theirs, abs=0.01)


def test_gaussian_is_that_of_itk() -> None:
    image = sitk.GetImageFromArray(FIELD.values)
    image.SetSpacing(SPACING[::-1])
    theirs = sitk.GetArrayFromImage(
        sitk.DiscreteGaussian(image, [1.2**2] * 3, 64, [1e-4] * 3, useImageSpacing=True)
    )
    ours = smoothing.gaussian(FIELD, 1.2, Silent())
    assert ours[INNER] == pytest.approx(theirs[INNER], abs=0.6)


def test_mean_is_that_of_scipy() -> None:
    ours = smoothing.mean(FIELD, 2.5, Silent())
    theirs = ndimage.uniform_filter(FIELD.values, (1, 3, 5), mode="mirror")
    assert ours == pytest.approx(theirs, abs=0.01)


@pytest.mark.parametrize(("radius", "flat"), [(1, True), (2, True), (3, True), (1, False)])
def test_median_is_that_of_scipy(radius: int, flat: bool) -> None:
    side = 2 * radius + 1
    ours = smoothing.median(FIELD, radius, Silent(), flat=flat)
    size = (1, side, side) if flat else (side, side, side)
    theirs = ndimage.median_filter(FIELD.values, size=size, mode="nearest")
    assert (ours == theirs).all()


def test_bilateral_smooths_areas_and_keeps_the_edge_as_scikit_image_does() -> None:
    values = np.zeros((1, 40, 40), np.float32)
    values[:, :, 20:] = 100
    values += np.random.default_rng(3).normal(0, 4, values.shape).astype(np.float32)
    ours = smoothing.bilateral(Field(values), 2.0, 20.0, Silent())[0]
    theirs = restoration.denoise_bilateral(
        values[0] / 200, win_size=9, sigma_color=0.1, sigma_spatial=2, mode="reflect"
    )
    apart = (ours - 200 * theirs)[6:-6, 6:-6]
    assert np.sqrt((apart**2).mean()) < 0.7
    assert ours[:, :18].std() < values[0, :, :18].std() / 3


@pytest.mark.parametrize("name", ["non_local_means", "total_variation", "wavelet"])
def test_denoisers_bring_a_noisy_picture_nearer_to_the_truth(name: str) -> None:
    y, x = np.mgrid[:64, :64]
    truth = (100.0 * ((y - 32) ** 2 + (x - 30) ** 2 < 300) + 40 * (x > 50)).astype(np.float32)
    dirty = truth + np.random.default_rng(1).normal(0, 10, truth.shape).astype(np.float32)
    field = Field(dirty[None])
    done = getattr(smoothing, name)(field, 1.0, Silent())[0]
    before, after = (
        metrics.peak_signal_noise_ratio(truth, one, data_range=100) for one in (dirty, done)
    )
    assert after > before + 4
    assert done.mean() == pytest.approx(dirty.mean(), abs=0.5)


def test_noise_is_estimated_whatever_lies_below_it() -> None:
    assert smoothing.noise_of(FIELD.values[4]) == pytest.approx(6.0, rel=0.15)


def test_diffusion_is_that_of_itk_on_even_spacing() -> None:
    field = Field(FIELD.values, (1.0, 1.0, 1.0))
    ours = smoothing.diffusion(field, 8.0, 10, Silent())
    inside = (slice(2, -2), slice(5, 15), slice(5, 40))
    assert ours[inside].std() < FIELD.values[inside].std()
    step = float(ours[4, 20, 24] - ours[4, 20, 8])
    assert step == pytest.approx(40 + 3 * 16, abs=8)
    one = smoothing.diffusion(field, 1e9, 1, Silent())
    flow = sum(
        ndimage.correlate1d(FIELD.values, [1, -2, 1], axis=axis, mode="nearest")
        for axis in range(3)
    )
    assert one == pytest.approx(FIELD.values + 0.15 * flow, abs=0.01)


def test_speckle_filter_keeps_the_mean_and_an_edge() -> None:
    truth = np.full((1, 60, 60), 50, np.float32)
    truth[:, :, 30:] = 150
    looks = 9
    noise = np.random.default_rng(2).gamma(looks, 1 / looks, truth.shape).astype(np.float32)
    done = smoothing.speckle(Field(truth * noise), 3, looks, Silent())
    assert done[0, :, :24].mean() == pytest.approx(50, rel=0.03)
    assert done[0, :, :24].std() < 0.4 * (truth * noise)[0, :, :24].std()
    assert done[0, :, 36:].mean() - done[0, :, :24].mean() == pytest.approx(100, rel=0.05)


# -- contrast ------------------------------------------------------------------------------


def test_stretching_is_that_of_scikit_image() -> None:
    ours = contrast.stretch(FIELD, 2, 98, Silent())
    low, high = np.percentile(FIELD.values, (2, 98))
    reach = (float(FIELD.values.min()), float(FIELD.values.max()))
    theirs = exposure.rescale_intensity(FIELD.values, in_range=(low, high), out_range=reach)
    assert ours == pytest.approx(theirs, abs=1e-2)


def test_gamma_log_and_sigmoid_grow_with_the_values_and_stay_in_their_range() -> None:
    for done in (
        contrast.gamma(FIELD, 0.5, Silent()),
        contrast.logarithm(FIELD, 20, Silent()),
        contrast.sigmoid(FIELD, 90, 60, Silent()),
    ):
        order = np.argsort(FIELD.values.ravel())
        assert (np.diff(done.ravel()[order]) >= -1e-3).all()
        assert done.min() >= FIELD.values.min() - 1e-3
        assert done.max() <= FIELD.values.max() + 1e-3
    level = exposure.rescale_intensity(FIELD.values, out_range=(0, 1))
    spread = float(np.ptp(FIELD.values))
    ours = (contrast.gamma(FIELD, 0.5, Silent()) - FIELD.values.min()) / spread
    assert ours == pytest.approx(exposure.adjust_gamma(level, 0.5), abs=1e-4)


def test_equalisation_is_that_of_scikit_image_and_makes_all_levels_alike() -> None:
    ours = contrast.equalise(FIELD, Silent())
    level = (ours - FIELD.values.min()) / np.ptp(FIELD.values)
    theirs = exposure.equalize_hist(FIELD.values, nbins=20000)
    assert level == pytest.approx(theirs, abs=2e-3)
    counts, _ = np.histogram(level, bins=10)
    assert counts.max() / counts.min() < 1.01


def test_local_equalisation_lifts_the_contrast_of_a_dark_corner() -> None:
    values = np.full((1, 128, 128), 1000, np.float32)
    values[:, :64, :64] = 20
    values[:, 10:40:4, 10:54] = 24
    done = contrast.clahe(Field(values), 4.0, 8, Silent())
    lines = done[0, 10:40:4, 20:50].mean() - done[0, 12:40:4, 20:50].mean()
    assert lines > 1.5 * 4
    assert done.min() >= 20 - 1
    assert done.max() <= 1000 + 1


def test_matching_gives_the_distribution_of_the_reference() -> None:
    reference = RNG.gamma(2.0, 30.0, 50_000).astype(np.float32)
    ours = contrast.match(FIELD, reference, Silent())
    asked = np.linspace(0.02, 0.98, 49)
    assert np.quantile(ours, asked) == pytest.approx(np.quantile(reference, asked), rel=0.02)
    theirs = exposure.match_histograms(FIELD.values, reference.reshape(100, 100, 5))
    assert np.abs(ours - theirs).mean() < 0.5


# -- sharpening and edges --------------------------------------------------------------------


def test_unsharp_masking_is_that_of_scikit_image() -> None:
    field = Field(FIELD.values[:1], (1, 1, 1))
    ours = sharpening.unsharp(field, 2.0, 1.5, 0.0, Silent())
    theirs = filters.unsharp_mask(field.values[0], radius=2.0, amount=1.5, preserve_range=True)
    assert ours[0, 9:-9, 9:-9] == pytest.approx(theirs[9:-9, 9:-9], abs=0.05)


def test_details_below_the_threshold_are_left_alone() -> None:
    done = sharpening.unsharp(FIELD, 1.0, 2.0, 1e5, Silent())
    assert (done == FIELD.values).all()


def test_laplacian_sharpening_is_minus_the_second_derivative() -> None:
    field = Field(FIELD.values, (1, 1, 1))
    ours = sharpening.laplacian(field, 0.5, Silent())
    theirs = FIELD.values - 0.5 * np.stack(
        [ndimage.laplace(one, mode="mirror") for one in FIELD.values]
    )
    assert ours == pytest.approx(theirs, abs=0.01)


def test_the_guided_filter_smooths_but_keeps_a_large_step() -> None:
    values = np.zeros((1, 50, 50), np.float32)
    values[:, :, 25:] = 400
    values += np.random.default_rng(4).normal(0, 5, values.shape).astype(np.float32)
    soft = sharpening.guided(Field(values), 3.0, 40.0, -1.0, Silent())[0]
    assert soft[:, 5:20].std() < 2
    assert soft[:, 26].mean() - soft[:, 23].mean() > 370


def test_sobel_is_the_slope_per_mm_and_that_of_scikit_image() -> None:
    z, y, x = np.indices((5, 30, 30)).astype(np.float32)
    ramp = 3 * x * SPACING[2] + 4 * y * SPACING[1] + 12 * z * SPACING[0]
    flat = edges.sobel(Field(ramp, SPACING), Silent())
    assert flat[2, 5:-5, 5:-5] == pytest.approx(5.0, rel=1e-4)
    deep = edges.sobel(Field(ramp, SPACING), Silent(), flat=False)
    assert deep[2, 5:-5, 5:-5] == pytest.approx(13.0, rel=1e-4)
    theirs = filters.sobel(FIELD.values[0])
    ours = edges.sobel(Field(FIELD.values[:1]), Silent())[0]
    assert ours[2:-2, 2:-2] == pytest.approx(theirs[2:-2, 2:-2] / 2**0.5, rel=1e-3, abs=1e-3)


def test_canny_draws_the_outline_of_a_disc() -> None:
    y, x = np.mgrid[:80, :80]
    disc = (100.0 * ((y - 40) ** 2 + (x - 40) ** 2 < 625)).astype(np.float32)
    found = edges.canny(Field(disc[None]), 1.5, 80, 92, Silent())[0]
    assert set(np.unique(found)) == {0, 1}
    radius = np.hypot(*(np.argwhere(found) - 40).T)
    assert np.abs(radius - 25).max() < 1.6
    assert (found == feature.canny(disc, 1.5, 0.8, 0.92, use_quantiles=True)).all()


def test_the_laplacian_of_gaussian_is_that_of_scipy_times_sigma_squared() -> None:
    field = Field(FIELD.values, (1, 1, 1))
    ours = edges.laplacian_of_gaussian(field, 2.0, Silent())
    theirs = 4 * ndimage.gaussian_laplace(FIELD.values, 2.0, mode="mirror")
    inner = (slice(None), slice(8, -8), slice(8, -8))
    assert np.corrcoef(ours[inner].ravel(), theirs[inner].ravel())[0, 1] > 0.995


# -- vessels ---------------------------------------------------------------------------------


def tube(spacing: tuple[float, float, float], radius_mm: float) -> Field:
    """A bright straight tube across all slices, slanted, and a ball beside it."""
    shape = tuple(int(40 / step) for step in spacing)
    z, y, x = (axis * step for axis, step in zip(np.indices(shape), spacing, strict=True))
    off = np.hypot(y - 15 - 0.25 * z, x - 12)
    ball = np.sqrt((z - 20) ** 2 + (y - 25) ** 2 + (x - 30) ** 2)
    values = 100 / (1 + np.exp((off - radius_mm) * 3)) + 100 / (1 + np.exp((ball - 4) * 3))
    return Field(values.astype(np.float32), spacing)


@pytest.mark.parametrize("spacing", [(1.0, 1.0, 1.0), (2.0, 0.8, 0.8)])
@pytest.mark.parametrize("how", ["frangi", "sato"])
def test_a_tube_answers_and_a_ball_does_so_less_however_thick_the_slices(
    spacing: tuple[float, float, float], how: str
) -> None:
    field = tube(spacing, 2.0)
    answer = getattr(tubes, how)(field, (1.0, 1.5, 2.0), Silent())
    z = int(20 / spacing[0])
    axis = answer[z, round((15 + 0.25 * 20) / spacing[1]), round(12 / spacing[2])]
    ball = answer[z, round(25 / spacing[1]), round(30 / spacing[2])]
    assert axis > {"frangi": 1.4, "sato": 1.0}[how] * ball
    assert axis > 0.5 * answer.max()
    assert answer[:, 2, -3].max() < 0.05 * axis


def test_vessels_are_those_of_scikit_image_on_even_voxels() -> None:
    field = tube((1.0, 1.0, 1.0), 2.0)
    inner = (slice(5, -5),) * 3
    ours = tubes.sato(field, (1.5, 2.0), Silent())[inner]
    theirs = filters.sato(field.values, sigmas=(1.5, 2.0), black_ridges=False)[inner]
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.9


def test_dark_tubes_answer_when_asked_for() -> None:
    field = tube((1.0, 1.0, 1.0), 2.0)
    negative = Field(-field.values, field.spacing_mm)
    assert tubes.sato(negative, (1.5,), Silent(), dark=True) == pytest.approx(
        tubes.sato(field, (1.5,), Silent())
    )


def test_a_ball_answers_most_to_the_blob_filter_at_its_middle() -> None:
    field = tube((1.0, 1.0, 1.0), 1.0)
    answer = tubes.blobs(field, (2.3, 3.0), Silent())
    top = np.unravel_index(int(answer.argmax()), answer.shape)
    assert np.abs(np.subtract(top, (20, 25, 30))).max() <= 1


# -- corrections -----------------------------------------------------------------------------


def test_shading_of_mr_is_taken_away() -> None:
    _, y, x = np.indices((16, 64, 64))
    truth = 100.0 + 60 * (np.hypot(y - 32, x - 32) < 15)
    body = np.hypot(y - 32, x - 32) < 28
    shading = np.exp(0.5 * np.sin(x / 30) + 0.3 * np.cos(y / 25))
    values = np.where(body, truth * shading, 2).astype(np.float32)
    done = corrections.bias(Field(values, (3, 1, 1)), 2, Silent())
    core = np.hypot(y - 32, x - 32) < 13

    def unevenness(picture: np.ndarray) -> float:
        return float(picture[core].std() / picture[core].mean())

    assert unevenness(done) < 0.4 * unevenness(values)


def test_rings_about_the_middle_go_and_round_anatomy_stays() -> None:
    y, x = np.mgrid[:129, :129].astype(np.float32)
    radius = np.hypot(y - 64, x - 64)
    anatomy = (200 * (np.hypot(y - 50, x - 80) < 20)).astype(np.float32)
    rings = 30 * np.exp(-((radius - 22) ** 2)) - 25 * np.exp(-((radius - 40) ** 2))
    done = corrections.rings(
        Field((anatomy + rings)[None].astype(np.float32)), 4.0, 60.0, Silent()
    )[0]
    away = np.hypot(y - 50, x - 80) > 26
    left = np.abs(done - anatomy)[away & (radius > 10) & (radius < 60)]
    put = np.abs(rings)[away & (radius > 10) & (radius < 60)]
    assert left.sum() < 0.35 * put.sum()
    assert done[np.hypot(y - 50, x - 80) < 15].mean() == pytest.approx(200, abs=5)


# -- quality ---------------------------------------------------------------------------------


def test_quality_figures_are_those_of_scikit_image_and_of_their_definition() -> None:
    truth = FIELD.values
    other = truth + np.random.default_rng(9).normal(0, 5, truth.shape).astype(np.float32)
    reach = float(np.ptp(truth))
    assert quality.peak_signal_to_noise_db(other, truth) == pytest.approx(
        metrics.peak_signal_noise_ratio(truth, other, data_range=reach), abs=1e-3
    )
    assert quality.structural_similarity(truth, truth) == pytest.approx(1.0)
    sample = np.array([8, 10, 12], np.float32)
    assert quality.signal_to_noise(sample) == pytest.approx(5.0)
    assert quality.contrast_to_noise(sample, sample + 4) == pytest.approx(2.0)
