"""Turning and shifting one image onto another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage
from scipy.spatial.transform import Rotation

from viewer.core.geometry import Geometry
from viewer.core.progress import Cancelled, Silent
from viewer.imaging.rigid import aligned, half_of, sampled

GRID = Geometry.from_axes((40, 44, 36), (-60, -70, -60), np.eye(3)[::-1], (3.0, 3.0, 3.0))
numbers = st.floats(-0.9, 0.9)


def motion(turn, shift):
    matrix = np.eye(4)
    matrix[:3, :3] = Rotation.from_rotvec(turn).as_matrix()
    matrix[:3, 3] = shift
    return matrix


def blobs():
    noise = np.random.default_rng(3).normal(0, 1, GRID.shape)
    smooth = ndimage.gaussian_filter(noise, 2.5)
    index = np.indices(GRID.shape) - np.array([20, 22, 18])[:, None, None, None]
    ball = (index**2).sum(axis=0) < 15**2
    return np.where(ball, 100 + 2000 * smooth.clip(-0.04, 0.04), 0).astype(np.float32)


@given(st.tuples(numbers, numbers, numbers), st.tuples(numbers, numbers, numbers))
def test_half_a_motion_done_twice_is_the_whole(turn, shift):
    whole = motion(turn, np.array(shift) * 30)
    half = half_of(whole)
    assert np.allclose(half @ half, whole, atol=1e-9)


def test_an_image_is_found_where_the_motion_says():
    values = blobs()
    shifted = sampled(values, GRID, motion((0, 0, 0), (0, 0, 6.0)), GRID)
    assert np.allclose(shifted[:-2], values[2:])
    assert np.isnan(shifted[-1]).all()


def test_a_turned_head_is_turned_back_within_a_millimetre():
    values = blobs()
    wanted = motion((0.03, -0.05, 0.04), (4.0, -3.0, 5.0))
    moved = np.nan_to_num(sampled(values, GRID, np.linalg.inv(wanted), GRID))
    found = aligned(values, GRID, moved, GRID, Silent())
    places = GRID.to_patient(np.argwhere(values > 0)[::31])
    off = places @ (found.matrix - wanted)[:3, :3].T + (found.matrix - wanted)[:3, 3]
    assert np.linalg.norm(off, axis=1).max() < 1.0
    assert found.fit > 0.9
    assert found.degrees == pytest.approx(np.degrees(np.linalg.norm((0.03, -0.05, 0.04))), abs=0.5)


def test_it_stops_when_nobody_wants_it_any_more():
    class Gone:
        def report(self, done, _doing=""):
            if done > 0.02:
                raise Cancelled

    with pytest.raises(Cancelled):
        aligned(blobs(), GRID, blobs(), GRID, Gone())
