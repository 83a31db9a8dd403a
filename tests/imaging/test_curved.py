"""Straightening along a path: a tube becomes straight, its length stays, nothing is twisted."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.volume import Volume
from viewer.imaging.curved import course_along, curve_through, finest, straighten
from viewer.imaging.measuring import measured

SPACING = (1.5, 0.8, 0.8)
TURN = np.array([[0.0, -0.28, 0.96], [0.0, 0.96, 0.28], [1.0, 0.0, 0.0]])


class Silent:
    def report(self, done: float, doing: str = "") -> None:
        pass


def arc(count: int = 9) -> np.ndarray:
    """Points on a quarter of a circle of 40 mm, tilted: 62.8 mm long."""
    angle = np.linspace(0, np.pi / 2, count)
    flat = np.stack([40 * np.cos(angle), 40 * np.sin(angle), 0 * angle], axis=1)
    lean = np.array([[1, 0, 0], [0, 0.8, -0.6], [0, 0.6, 0.8]])
    return flat @ lean.T + (-20.0, -25.0, 0.0)


@cache
def tube(radius: float = 3.0) -> Volume:
    """A bright tube along the arc in an oblique, anisotropic grid."""
    shape = (48, 80, 80)
    half = (np.asarray(shape) - 1) / 2 * np.asarray(SPACING)
    grid = Geometry.from_axes(shape, -half @ TURN, TURN, SPACING, "1.2.3")
    places = grid.to_patient(np.stack(np.indices(shape), axis=-1))
    course = arc(60)
    away = np.min([np.linalg.norm(places - point, axis=-1) for point in course], axis=0)
    level = np.clip((radius - away) / 0.8 + 0.5, 0, 1)
    return Volume((level * 1000).astype(np.int16), grid, "[hnsf'U]", "CT", "ct")


def test_a_tube_is_straight_within_half_a_voxel_and_as_round_as_it_was():
    volume = tube()
    course = course_along(arc(), finest(volume.geometry))
    block = straighten(volume, course, 10.0, Silent()).voxels
    middle = (block.shape[1] - 1) / 2
    for sheet in block[3:-3]:
        weight = np.clip(sheet, 0, None)
        rows, columns = np.indices(weight.shape)
        centre = [(axis * weight).sum() / weight.sum() for axis in (rows, columns)]
        assert np.abs(np.subtract(centre, middle)).max() < 0.5
        area = (weight / 1000).sum() * course.step_mm**2
        assert area == pytest.approx(np.pi * 9, rel=0.08)


def test_the_length_of_a_path_is_right_within_half_a_percent():
    course = course_along(arc(), 0.8)
    assert course.length_mm == pytest.approx(20 * np.pi, rel=0.005)
    gaps = np.linalg.norm(np.diff(course.places, axis=0), axis=1)
    assert gaps == pytest.approx(course.step_mm, rel=0.01)


def test_what_is_said_of_the_length_of_a_path_is_that_of_its_course():
    points = tuple(map(tuple, arc(5)))
    kind = MeasurementKind.POLYLINE
    path = Measurement("1.9", kind, points, Anchor("ct", "1.2.3"), Author("Reader"))
    (length,) = measured(path, None).quantities
    assert length.value == pytest.approx(course_along(arc(5), 0.5).length_mm, rel=1e-3)
    flat = Measurement("1.9", kind, points, Anchor("ct", "1.2.3", (0, 0, 1)), Author("Reader"))
    assert measured(flat, None).quantities[0].value < length.value


def helix(turns: float) -> np.ndarray:
    angle = np.linspace(0, turns * 2 * np.pi, int(16 * turns) + 2)
    return np.stack([20 * np.cos(angle), 20 * np.sin(angle), 5 * angle], axis=1)


@given(st.floats(0.5, 3))
def test_frames_stand_at_right_angles_and_do_not_turn_about_the_path(turns):
    course = course_along(helix(turns), 1.0)
    for one, other in ((course.along, course.across), (course.across, course.beside)):
        assert np.abs((one * other).sum(axis=1)).max() < 1e-6
    change = np.diff(course.across, axis=0)
    spin = (change * course.beside[:-1]).sum(axis=1)
    bend = np.linalg.norm(np.diff(course.along, axis=0), axis=1)
    assert np.abs(spin).max() < 0.05 * bend.max()


def test_a_straight_path_needs_no_smoothing():
    course = course_along([(0, 0, 0), (10, 0, 0), (30, 0, 0)], 0.7)
    assert np.allclose(course.places[:, 1:], 0)
    assert course.length_mm == pytest.approx(30)
    assert np.allclose(course.across, course.across[0])


def test_a_curve_goes_through_all_its_points_and_ends_at_both_ends():
    points = arc(6)
    curve = curve_through(points)
    gaps = np.linalg.norm(curve[:, None] - points[None], axis=-1).min(axis=0)
    assert gaps.max() < 1e-9
    assert np.allclose(curve[[0, -1]], points[[0, -1]])


def test_a_place_on_the_picture_is_the_place_in_the_patient():
    course = course_along(arc(), 0.8)
    for number in (0, 20, len(course.places) - 1):
        for angle in (0.0, 1.0):
            right, _ = course.directions(number, angle)
            there = course.to_patient(number * course.step_mm, 4.0, angle)
            assert np.allclose(there, course.places[number] + 4 * np.asarray(right), atol=1e-6)
            assert course.nearest(course.places[number]) == number


@pytest.mark.parametrize("points", [[(1, 1, 1)], [(1, 1, 1), (1, 1, 1)]])
def test_a_path_without_extent_is_declined(points):
    with pytest.raises(Declined):
        course_along(points, 1.0)


def test_a_block_that_would_fill_the_memory_is_declined():
    volume = tube()
    course = course_along([(0, 0, 0), (0, 0, 3000)], 0.2)
    with pytest.raises(Declined):
        straighten(volume, course, 150.0, Silent())


def test_what_lies_outside_the_image_stands_for_nothing():
    volume = tube()
    course = course_along([(500, 500, 500), (520, 500, 500)], 0.8)
    straight = straighten(volume, course, 5.0, Silent())
    assert straight.value_at((0.0, 0.0, 5.0)) is None
