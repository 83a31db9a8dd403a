from __future__ import annotations

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.imaging.airways import segment_airways

GRID = Geometry.from_axes((60, 90, 90), (0, 0, 0), np.eye(3)[::-1], (2.0, 2.0, 2.0))
PLACES = np.moveaxis(np.indices(GRID.shape), 0, -1).astype(float)


def neck_and_chest(*, leak):
    """Return HU with a windpipe of 16 mm from the top that ends in air-filled lung or above it."""
    slices, rows, columns = np.moveaxis(PLACES, -1, 0)
    body = (rows - 45) ** 2 + (columns - 45) ** 2 < 38**2
    pipe = ((rows - 45) ** 2 + (columns - 45) ** 2 < 4**2) & (slices > 20)
    lung = (np.abs(columns - 45) < 28) & (np.abs(rows - 45) < 20) & (slices < (22 if leak else 18))
    values = np.where(body, 40.0, -1000.0)
    values[lung] = -870.0
    values[pipe] = -1000.0
    noise = np.random.default_rng(5).normal(0, 5, values.shape)
    return (values + noise).astype(np.float32), ~body, pipe


def test_the_windpipe_is_found():
    values, outside, pipe = neck_and_chest(leak=False)
    found = segment_airways(values, outside, GRID, Silent())
    assert np.count_nonzero(found & pipe) > 0.95 * np.count_nonzero(pipe)
    assert np.count_nonzero(found & ~pipe) < 0.1 * np.count_nonzero(pipe)


def test_growing_stops_before_it_leaks_into_the_lung():
    values, outside, pipe = neck_and_chest(leak=True)
    found = segment_airways(values, outside, GRID, Silent())
    assert np.count_nonzero(found & pipe) > 0.9 * np.count_nonzero(pipe)
    assert np.count_nonzero(found) < 1.2 * np.count_nonzero(pipe)


def test_a_body_without_a_windpipe_has_no_airways():
    values, outside, pipe = neck_and_chest(leak=False)
    values[pipe] = 40.0
    assert not segment_airways(values, outside, GRID, Silent()).any()
