"""Laying one picture over another: each way against plain arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.imaging.fuse import Mix, average, fuse, multiplicative, weighted

EVERY = np.stack(np.meshgrid(np.arange(256), np.arange(256)), axis=-1).astype(np.uint8)
BELOW, ABOVE = EVERY[..., 0], EVERY[..., 1]
LOW, HIGH = BELOW.astype(np.float64), ABOVE.astype(np.float64)


@pytest.mark.parametrize("opacity", [0.0, 0.2, 0.5, 0.6, 1.0])
def test_every_pair_of_bytes_is_mixed_as_arithmetic_says(opacity):
    share = opacity
    truths = {
        weighted: (1 - share) * LOW + share * HIGH,
        multiplicative: LOW * ((1 - share) + share * HIGH / 255),
        average: (1 - share) * LOW + share * (LOW + HIGH) / 2,
    }
    for way, truth in truths.items():
        assert np.abs(way(BELOW, ABOVE, opacity) - truth).max() <= 0.501


@given(st.floats(0, 1), st.sampled_from(Mix))
def test_where_nothing_is_known_above_the_lower_picture_is_unchanged(opacity, mix):
    rng = np.random.default_rng(0)
    below, above = (rng.integers(0, 256, (7, 9, 4), dtype=np.uint8) for _ in range(2))
    known = rng.random((7, 9)) > 0.5
    mixed = fuse(below, above, known, opacity, mix)
    assert (mixed[~known] == below[~known]).all()
    whole = {Mix.WEIGHTED: weighted, Mix.MULTIPLICATIVE: multiplicative, Mix.AVERAGE: average}
    assert (mixed[known] == whole[mix](below, above, opacity)[known]).all()


@pytest.mark.parametrize("mix", Mix)
def test_no_opacity_changes_nothing_and_white_stays_opaque(mix):
    below = np.full((2, 2, 4), 255, np.uint8)
    assert (fuse(below, below, np.ones((2, 2), bool), 0.7, mix) == 255).all()
    dark = np.zeros_like(below)
    assert (fuse(below, dark, np.ones((2, 2), bool), 0.0, mix) == below).all()


def test_the_average_never_hides_what_lies_below():
    below, above = np.uint8([[[200]]]), np.uint8([[[0]]])
    assert average(below, above, 1.0) == 100
    assert weighted(below, above, 1.0) == 0
    assert multiplicative(below, above, 1.0) == 0


def test_pictures_of_different_sizes_and_wrong_shares_are_mistakes():
    small, large = np.zeros((2, 2, 4), np.uint8), np.zeros((3, 2, 4), np.uint8)
    with pytest.raises(ValueError, match="a picture"):
        fuse(small, large, np.ones((2, 2), bool), 0.5, Mix.WEIGHTED)
    with pytest.raises(ValueError, match="opacity"):
        weighted(small, small, 1.5)
