from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ai.network_phantom import UPRIGHT, Channel, preparation, volume_of
from viewer.ai.engine.preparing import prepare
from viewer.ai.engine.returning import bytes_from, labelled, returned
from viewer.ai.engine.scaling import Scaling, scaled_grid, weights
from viewer.ai.readers import Inputs
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent

sides = st.integers(1, 40)
factors = st.floats(0.25, 4.0)


@given(sides, sides, factors)
def test_what_is_the_same_everywhere_stays_so(old, new, factor):
    assert np.allclose(weights(old, new, factor).sum(axis=1), 1, atol=1e-6)


@given(st.integers(12, 40), st.floats(0.3, 2.0))
def test_a_slope_stays_where_it_is_away_from_the_border(old, factor):
    new = max(1, round(old / factor))
    places = (old - 1) / 2 + factor * (np.arange(new) - (new - 1) / 2)
    got = weights(old, new, factor) @ np.arange(old, dtype=np.float32)
    inner = (places > 2 * max(1, factor)) & (places < old - 1 - 2 * max(1, factor))
    off = 1e-4 if factor <= 1 else 0.1  # of a voxel: a triangle cut to whole voxels
    assert np.allclose(got[inner], places[inner], atol=off)


def test_the_same_grid_changes_no_value():
    grid = Geometry.from_axes((5, 6, 7), (0, 0, 0), UPRIGHT, (2, 1, 1))
    scaling = Scaling(grid, scaled_grid(grid, (2.0, 0.0, 1.0)))
    block = np.random.default_rng(0).random((5, 6, 7), dtype=np.float32)
    assert np.array_equal(scaling.upright(block), block)
    assert np.array_equal(scaling.flat(block[0]), block[0])


@given(st.tuples(sides, sides, sides), st.tuples(*[st.floats(0.4, 5)] * 3))
def test_both_grids_have_their_middle_in_common(shape, spacing):
    grid = Geometry.from_axes(shape, (3, -5, 8), UPRIGHT, (2.5, 0.7, 0.8), "1.2")
    new = scaled_grid(grid, spacing)
    assert np.allclose(new.centre, grid.centre, atol=1e-6)
    assert np.allclose(new.spacing_mm, spacing, rtol=1e-5)
    assert new.frame_of_reference_uid == "1.2"


@settings(max_examples=8, deadline=None)
@given(st.tuples(*[st.floats(0, 6.28)] * 3), st.tuples(*[st.floats(1.5, 2.9)] * 3))
def test_a_smooth_field_comes_back_within_its_bound(phases, spacing):
    """Waves of 36 mm, made coarser and brought back, are off by no more than their bend allows.

    A triangle of step h takes h^2 / 12 of the second derivative, a line between two voxels
    h^2 / 8; both along three axes, and half a byte twice.
    """
    shape = (30, 44, 40)
    places = np.indices(shape) * np.array((2.0, 1.0, 1.2)).reshape(3, 1, 1, 1)
    waves = [np.sin(2 * np.pi * p / 36 + s) for p, s in zip(places, phases, strict=True)]
    field = 0.5 + 0.5 * waves[0] * waves[1] * waves[2]
    volume = volume_of((field * 10_000).astype(np.int16), (2.0, 1.0, 1.2))
    how = preparation(Channel("CT", 0.0, 10_000.0), spacing_mm=spacing)
    prepared = prepare(how, Inputs(volume), Silent())
    dense = np.rint(prepared.channels * 255).astype(np.uint8)
    back = returned(dense, prepared, Silent()).stored(0) / 255
    inner = (slice(3, -3), slice(5, -5), slice(5, -5))
    bend = 0.5 * (2 * np.pi / 36) ** 2
    bound = bend * (1 / 12 + 1 / 8) * sum(step**2 for step in spacing) + 2 / 255
    assert bound < 0.09
    assert np.abs(back - field)[inner].max() < bound


def test_labels_are_those_of_the_likeliest_output_that_reaches_its_threshold():
    volume = volume_of(np.zeros((1, 1, 4), np.int16))
    prepared = prepare(preparation(), Inputs(volume), Silent())
    dense = np.array([[200, 100, 0, 127], [220, 200, 0, 120]], np.uint8).reshape(2, 1, 1, 4)
    found = labelled(returned(dense, prepared, Silent()), (0.5, 0.8))
    assert found.ravel().tolist() == [2, 0, 0, 0]


@pytest.mark.parametrize(("threshold", "byte"), [(0, 1), (0.5, 128), (1, 255), (0.2, 51)])
def test_a_byte_reaches_a_threshold_as_its_probability_does(threshold, byte):
    assert bytes_from(threshold) == byte
