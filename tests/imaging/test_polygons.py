"""Outlines that give back the mask they were traced from, holes and all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage
from skimage.draw import polygon2mask

from viewer.imaging.polygons import area, outlines, toggle


def filled(lines: tuple[np.ndarray, ...], shape: tuple[int, int]) -> np.ndarray:
    mask = np.zeros(shape, bool)
    for line in lines:
        toggle(line, mask)
    return mask


def random_mask(seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(size=(26, 31))
    return np.asarray(ndimage.gaussian_filter(noise, 1 + seed % 3) > 0.05)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100_000))
def test_an_outline_filled_gives_the_mask_back(seed: int) -> None:
    mask = random_mask(seed)
    assert (filled(outlines(mask), mask.shape) == mask).all()


def test_a_ring_with_an_island_in_its_hole_is_two_lines() -> None:
    y, x = np.mgrid[:60, :60]
    away = np.hypot(y - 30, x - 30)
    mask = ((away < 25) & (away > 14)) | (away < 6)
    lines = outlines(mask)
    assert len(lines) == 2
    assert (filled(lines, mask.shape) == mask).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 7)])
def test_a_mask_that_fills_its_picture_is_outlined_too(shape: tuple[int, int]) -> None:
    mask = np.ones(shape, bool)
    assert (filled(outlines(mask), shape) == mask).all()


def test_filling_is_that_of_scikit_image() -> None:
    turn = np.linspace(0, 2 * np.pi, 57, endpoint=False)
    line = np.stack([20.3 + 15 * np.sin(turn), 22.7 + 12 * np.cos(2 * turn)], axis=1)
    mask = np.zeros((45, 48), bool)
    toggle(line, mask)
    assert (mask != polygon2mask(mask.shape, line)).sum() <= 2


def test_lines_beyond_the_picture_fill_what_is_in_it() -> None:
    mask = np.zeros((10, 10), bool)
    toggle(np.array([(-50.0, -50.0), (-50.0, 4.5), (60.0, 4.5), (60.0, -50.0)]), mask)
    assert mask[:, :5].all()
    assert not mask[:, 5:].any()


def test_the_area_tells_the_way_round() -> None:
    square = np.array([(0.0, 0.0), (0.0, 4.0), (3.0, 4.0), (3.0, 0.0)])
    assert abs(area(square)) == 12
    assert area(square) == -area(square[::-1])
