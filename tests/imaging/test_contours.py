from __future__ import annotations

import numpy as np
import pytest

from viewer.core.plane import Plane
from viewer.imaging.contours import contours, contours_in_patient


def area(line) -> float:
    row, column = line[:-1].T
    return abs(float(row @ np.roll(column, -1) - column @ np.roll(row, -1))) / 2


def test_a_disc_is_outlined_half_way_between_in_and_out():
    row, column = np.mgrid[:60, :70]
    labels = ((row - 30) ** 2 + (column - 40) ** 2 <= 15**2).astype(np.uint8) * 2
    (line,) = contours(labels, 2)
    assert np.array_equal(line[0], line[-1])
    assert area(line) == pytest.approx((labels > 0).sum(), rel=0.04)
    assert np.allclose((line.min(axis=0) + line.max(axis=0)) / 2, (30, 40))
    assert line[:, 0].max() == 45.5


def test_a_label_at_the_border_and_its_hole_are_closed():
    labels = np.ones((8, 8), dtype=np.uint16)
    labels[3:5, 3:5] = 0
    lines = contours(labels, 1)
    assert len(lines) == 2
    assert all(np.array_equal(line[0], line[-1]) for line in lines)


def test_nothing_has_no_outline():
    assert contours(np.zeros((5, 5), np.uint8), 1) == ()


def test_an_outline_lies_on_its_plane():
    labels = np.zeros((9, 9), np.uint8)
    labels[4, 4] = 1
    plane = Plane((10, 20, 30), (0, 1, 0), (0, 0, -1), (2, 3))
    (line,) = contours_in_patient(labels, 1, plane)
    assert np.allclose(line.mean(axis=0), plane.to_patient((4, 4)), atol=0.6)
    assert np.allclose(line[:, 0], 10)
