"""Balls, boxes and figures across the slices, as each stored slice cuts them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.plane import Plane
from viewer.core.presentation import DrawingKind
from viewer.core.study import Instance, Series, SeriesKind
from viewer.io.drawings import drawings_of

STEP, ROWS, COLUMNS = 2.0, 1.5, 0.75
"""mm between slices, between rows, between columns."""


def plane(number: int, spacing=(ROWS, COLUMNS)) -> Plane:
    return Plane((-10.0, -20.0, STEP * number), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), spacing)


def series(spacing=(ROWS, COLUMNS)) -> Series:
    made = tuple(
        Instance(Path(f"{n}.dcm"), f"1.{n + 1}", "1.2", "", n, plane=plane(n, spacing))
        for n in range(10)
    )
    return Series("ct", "1.9", "1.8", "CT", SeriesKind.VOLUME, made, rows=64, columns=64)


def figure(kind: MeasurementKind, points, normal=None, label: str = "") -> Measurement:
    anchor = Anchor("ct", "frame", normal)
    return Measurement("1.9", kind, points, anchor, Author("Reader"), label=label)


def lines(found):
    """What is drawn by the number of its slice, without words."""
    return {
        int(uid.split(".")[1]) - 1: [one for one in made if one.kind is not DrawingKind.TEXT]
        for (uid, _), made in found.items()
    }


def mm(spots, number: int) -> np.ndarray:
    pixels = np.asarray(spots)[:, ::-1]
    return plane(number).to_patient(pixels)


def test_a_ball_is_as_wide_on_every_slice_as_it_is_there():
    middle, radius = np.array((0.0, 5.0, 8.5)), 5.0
    ball = figure(MeasurementKind.SPHERE, (tuple(middle), (0.0, 10.0, 8.5)), label="node")
    found, left_out = drawings_of([ball], series())
    assert left_out == ()
    drawn = lines(found)
    assert sorted(drawn) == [2, 3, 4, 5, 6]
    for number, (one,) in drawn.items():
        assert one.kind is DrawingKind.ELLIPSE, "rows are twice as far apart as columns"
        ends = mm(one.points, number)
        wide = (radius**2 - (STEP * number - middle[2]) ** 2) ** 0.5
        assert np.linalg.norm(ends - (*middle[:2], STEP * number), axis=1) == pytest.approx(wide)
        assert one.points[1][0] - one.points[0][0] > one.points[3][1] - one.points[2][1]
    (words,) = [one for made in found.values() for one in made if one.kind is DrawingKind.TEXT]
    assert words in found["1.5", 0], "the words stand on the slice in the middle"
    assert words.words == ("node",)


def test_a_ball_is_a_circle_where_pixels_are_squares():
    ball = figure(MeasurementKind.SPHERE, ((0.0, 5.0, 8.0), (3.0, 5.0, 8.0)))
    found, _ = drawings_of([ball], series((0.5, 0.5)))
    drawn = lines(found)
    (circle,) = drawn[4]
    assert circle.kind is DrawingKind.CIRCLE
    assert np.hypot(*np.subtract(*circle.points)) * 0.5 == pytest.approx(3.0)
    assert sorted(drawn) == [3, 4, 5]


def test_a_box_is_the_rectangle_that_each_slice_cuts_of_it():
    low, sides = np.array((-2.0, -3.0, 5.0)), np.diag((6.0, 9.0, 6.5))
    box = figure(MeasurementKind.BOX, tuple(map(tuple, (low, *(low + sides)))))
    drawn = lines(drawings_of([box], series())[0])
    assert sorted(drawn) == [3, 4, 5]
    for number, (one,) in drawn.items():
        corners = mm(one.points, number)
        assert len(corners) == 5
        assert np.allclose(corners[0], corners[-1])
        assert np.allclose(corners.min(axis=0)[:2], low[:2], atol=1e-6)
        assert np.allclose(corners.max(axis=0)[:2], (low + sides.sum(axis=0))[:2], atol=1e-6)


def test_an_area_on_a_plane_across_the_slices_is_a_line_on_each():
    turn = np.array((0.0, 0.6, 0.8))
    corners = [np.array((0.0, 4.0, 9.0)) + a * np.eye(3)[0] + b * turn
               for a, b in ((-4, -5), (4, -5), (4, 5), (-4, 5))]  # fmt: skip
    area = figure(MeasurementKind.POLYGON, tuple(map(tuple, corners)), (0.0, -0.8, 0.6))
    drawn = lines(drawings_of([area], series())[0])
    assert sorted(drawn) == [3, 4, 5, 6]
    for number, (one,) in drawn.items():
        ends = mm(one.points, number)
        assert np.linalg.norm(ends[1] - ends[0]) == pytest.approx(8.0)
        assert np.allclose(ends[:, 1], 4 + (STEP * number - 9) * 0.6 / 0.8)


def test_a_line_across_the_slices_is_on_each_the_part_that_is_nearest_to_it():
    length = figure(MeasurementKind.LENGTH, ((-3.0, 0.0, 5.0), (6.0, 0.0, 11.0)), (0.0, 1.0, 0.0))
    drawn = lines(drawings_of([length], series())[0])
    assert sorted(drawn) == [2, 3, 4, 5, 6]
    joined = np.concatenate([mm(drawn[n][0].points, n)[:, 0] for n in (3, 4, 5)])
    assert joined == pytest.approx([-3.0, 0.0, 0.0, 3.0, 3.0, 6.0])
    upright = figure(MeasurementKind.LENGTH, ((1.0, 2.0, 3.0), (1.0, 2.0, 9.0)), (0.0, 1.0, 0.0))
    dots = lines(drawings_of([upright], series())[0])
    assert {one.kind for made in dots.values() for one in made} == {DrawingKind.POINT}


def test_an_area_between_two_slices_is_drawn_on_the_nearer_one():
    corners = ((0.0, 0.0, 6.7), (5.0, 0.0, 6.7), (5.0, 5.0, 6.7))
    drawn = lines(drawings_of([figure(MeasurementKind.POLYGON, corners, (0, 0, 1))], series())[0])
    assert sorted(drawn) == [3]
    assert len(drawn[3][0].points) == 4


def test_what_touches_no_slice_is_named():
    ball = figure(MeasurementKind.SPHERE, ((0.0, 5.0, 60.0), (0.0, 8.0, 60.0)), label="far")
    small = figure(MeasurementKind.SPHERE, ((0.0, 5.0, 9.0), (0.0, 5.4, 9.0)), label="small")
    found, left_out = drawings_of([ball, small], series())
    assert found == {}
    assert [one.label for one in left_out] == ["far", "small"]
