"""Planes turned out of the standard ones: directions, steps, and the point they turn about."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.geometry import Geometry
from viewer.session.look import Viewing
from viewer.session.oblique import STANDARD, Axes, Planes, rotation
from viewer.session.stepping import steps, viewing_axes

SPACE = "1.2.3"
angles = st.floats(-3, 3)
ways = st.tuples(*[st.floats(-1, 1)] * 3).filter(lambda way: np.linalg.norm(way) > 0.1)


def unit(way):
    return np.asarray(way) / np.linalg.norm(way)


def box(spacing=(3.0, 1.0, 0.5)):
    return Geometry.from_axes((20, 30, 40), (5, 6, 7), np.eye(3)[::-1], spacing, SPACE)


@given(ways, angles)
def test_turned_axes_stay_of_length_one_and_at_right_angles(way, angle):
    axes = STANDARD[Viewing.CORONAL].turned(rotation(unit(way), angle))
    frame = np.array([axes.right, axes.down, axes.normal])
    assert np.allclose(frame @ frame.T, np.eye(3), atol=1e-9)


def test_a_quarter_turn_about_the_head_takes_left_to_the_back():
    turned = rotation((0, 0, 1), np.pi / 2) @ (1, 0, 0)
    assert np.allclose(turned, (0, 1, 0))


@given(ways, angles)
def test_planes_that_turn_together_stay_at_right_angles(way, angle):
    planes = Planes().with_turn(SPACE, STANDARD, rotation(unit(way), angle))
    normals = np.array([planes.of(SPACE, viewing).normal for viewing in STANDARD])
    assert np.allclose(np.abs(normals @ normals.T), np.eye(3), atol=1e-9)


def test_planes_of_another_patient_space_are_not_turned():
    planes = Planes().with_turn(SPACE, [Viewing.AXIAL], rotation((1, 0, 0), 0.3))
    assert planes.is_turned(SPACE, Viewing.AXIAL)
    assert not planes.is_turned(SPACE, Viewing.CORONAL)
    assert planes.of("other", Viewing.AXIAL) == STANDARD[Viewing.AXIAL]


@given(angles)
def test_a_turn_and_its_return_leave_nothing_behind(angle):
    there = Planes().with_turn(SPACE, STANDARD, rotation((0, 0, 1), angle))
    assert there.with_turn(SPACE, STANDARD, rotation((0, 0, 1), -angle)) == Planes()
    assert there.straightened(SPACE) == Planes()


def test_a_thousand_turns_do_not_bend_a_plane():
    axes = STANDARD[Viewing.AXIAL]
    for number in range(1000):
        axes = axes.turned(rotation(unit((1, number % 7, 2)), 0.1))
    assert abs(np.dot(axes.right, axes.down)) < 1e-12
    assert np.linalg.norm(axes.normal) == pytest.approx(1, abs=1e-12)


@given(ways, st.floats(0.1, 1.4), st.tuples(*[st.floats(-4, 4)] * 3))
def test_a_turned_slice_goes_through_the_very_place_that_is_asked_for(way, angle, off):
    planes = Planes().with_turn(SPACE, [Viewing.SAGITTAL], rotation(unit(way), angle))
    grid = box()
    line = steps(grid, Viewing.SAGITTAL, planes)
    place = tuple(np.add(grid.centre, off))
    if line.free:
        assert np.allclose(line.at(line.index(place), place), place, atol=1e-9)


@given(st.floats(0.2, 1.3), st.integers(-3, 3))
def test_scrolling_a_turned_plane_goes_along_its_normal_by_whole_steps(angle, count):
    planes = Planes().with_turn(SPACE, [Viewing.CORONAL], rotation((0, 0, 1), angle))
    grid = box()
    line = steps(grid, Viewing.CORONAL, planes)
    place = tuple(np.add(grid.centre, (0.3, 0.2, 0.1)))
    gone = np.subtract(line.at(line.index(place) + count, place), place)
    assert np.allclose(gone, count * line.step_mm * np.asarray(line.axis), atol=1e-9)
    assert np.allclose(line.axis, planes.of(SPACE, Viewing.CORONAL).normal)


def test_a_quarter_turn_shows_voxel_centres_again():
    planes = Planes().with_turn(SPACE, [Viewing.AXIAL], rotation((1, 0, 0), np.pi / 2))
    line = steps(box(), Viewing.AXIAL, planes)
    assert line.aligned
    assert line.step_mm == 1.0


def test_views_that_cannot_be_turned_keep_their_axes():
    planes = Planes().with_turn(SPACE, list(Viewing), rotation((1, 0, 0), 0.4))
    grid = box()
    assert viewing_axes(grid, Viewing.ACQUISITION, planes) == viewing_axes(
        grid, Viewing.ACQUISITION
    )
    assert Axes(*viewing_axes(grid, Viewing.AXIAL, planes)) == planes.of(SPACE, Viewing.AXIAL)
