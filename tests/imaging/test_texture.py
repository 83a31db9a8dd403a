"""Texture features against scikit-image and patterns of known answer."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage
from skimage.feature import (
    graycoprops,
    hessian_matrix,
    hessian_matrix_eigvals,
    local_binary_pattern,
)

from viewer.imaging.texture import HARALICK, Bank, Kind, Scale, gabor, haralick, patterns


def noise(shape: tuple[int, int] = (40, 48)) -> np.ndarray:
    return np.random.default_rng(1).normal(0, 0.5, shape).astype(np.float32)


@pytest.mark.filterwarnings("ignore:Applying .local_binary_pattern")
def test_local_patterns_are_those_of_scikit_image() -> None:
    truth = local_binary_pattern(noise().astype(float), 8, 1, "uniform")
    assert (patterns(noise())[1:-1, 1:-1] == truth[1:-1, 1:-1]).all()


@pytest.mark.parametrize(("row", "column"), [(20, 25), (1, 2), (39, 47), (0, 30)])
def test_co_occurrence_is_counted_pair_by_pair(row: int, column: int) -> None:
    picture = noise()
    levels = ((picture + 1) * 4).clip(0, 7).astype(int)
    table = np.zeros((8, 8))
    for y in range(max(row - 2, 0), min(row + 3, 40)):
        for x in range(max(column - 3, 0), min(column + 4, 48)):
            for down, right in ((0, 1), (1, 1), (1, 0), (1, -1)):
                if y + down < 40 and 0 <= x + right < 48:
                    one, other = levels[y, x], levels[y + down, x + right]
                    table[one, other] += 1
                    table[other, one] += 1
    shares = (table / table.sum())[:, :, None, None]
    found = dict(zip(HARALICK, haralick(picture, 6.0, (1.5, 1.0))[:, row, column], strict=True))
    for name in ("contrast", "dissimilarity", "homogeneity", "energy", "correlation"):
        assert found[name] == pytest.approx(graycoprops(shares, name)[0, 0], abs=1e-4)
    known = shares[shares > 0]
    assert found["entropy"] == pytest.approx(-(known * np.log2(known)).sum(), abs=1e-4)


def test_waves_answer_along_their_own_direction_and_even_ground_does_not() -> None:
    y, x = np.indices((60, 60))
    along = gabor(np.sin(2 * np.pi * x / 8).astype(np.float32), 8.0, (1.0, 1.0))[:, 30, 30]
    across = gabor(np.sin(2 * np.pi * y / 8).astype(np.float32), 8.0, (1.0, 1.0))[:, 30, 30]
    assert along.argmax() in (0, 4)
    assert along[0] > 5 * along[2]
    assert across[2] > 5 * across[0]
    assert gabor(np.full((60, 60), 3, np.float32), 8.0, (1.0, 1.0)).max() < 1e-4
    thick = gabor(np.sin(2 * np.pi * y / 4).astype(np.float32), 8.0, (2.0, 1.0))[:, 30, 30]
    assert thick[2] == pytest.approx(across[2], rel=0.1)


def test_scales_and_edges_are_those_of_gaussian_derivatives() -> None:
    picture = ndimage.gaussian_filter(noise((80, 90)), 2).astype(np.float32)
    bank = Bank((Kind.VALUE, Kind.EDGE), (1.5,))
    found = dict(zip(bank.names(), bank.of(picture, (1.0, 1.0)), strict=True))
    inner = (slice(10, -10), slice(10, -10))
    soft = ndimage.gaussian_filter(picture, 1.5)
    assert found["value at 1.5 mm"][inner] == pytest.approx(soft[inner], abs=2e-3)
    slope = 1.5 * ndimage.gaussian_gradient_magnitude(picture, 1.5)
    assert np.corrcoef(found["slope at 1.5 mm"][inner].ravel(), slope[inner].ravel())[0, 1] > 0.99
    bends = hessian_matrix_eigvals(hessian_matrix(picture, 1.5, use_gaussian_derivatives=True))
    greater = found["greater curvature at 1.5 mm"][inner].ravel()
    assert np.corrcoef(greater, bends[0][inner].ravel())[0, 1] > 0.99


def test_every_feature_has_a_name_and_is_a_number_even_where_values_are_not() -> None:
    bank = Bank(tuple(Kind))
    holed = noise() * 100 + 40
    holed[:5] = np.nan
    scale = Scale.of(holed)
    features = bank.of(scale.scaled(holed), (0.7, 0.9))
    assert len(features) == len(bank.names()) == len(set(bank.names()))
    assert np.isfinite(features).all()
    assert Scale.of(np.full(4, np.nan)) == Scale(0.0, 1.0)
