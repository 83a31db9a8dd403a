"""Stretching along a path: nothing on the unrolled surface is longer or shorter than it was."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.volume import Volume
from viewer.imaging.curved import course_along, finest
from viewer.imaging.stretched import curtain_along, stretch, way_across

SPACING = (1.5, 0.8, 0.8)
TURN = np.array([[0.0, -0.28, 0.96], [0.0, 0.96, 0.28], [1.0, 0.0, 0.0]])
BANDS_MM = (12.0, 30.0, 47.0)
"""Where along the tube it is dark."""


class Silent:
    def report(self, done: float, doing: str = "") -> None:
        pass


def winding(count: int = 13) -> np.ndarray:
    """Points on a line that winds through space, as a tortuous vessel does."""
    t = np.linspace(0, 1, count)
    return np.stack(
        [12 * np.sin(2.2 * np.pi * t), 9 * np.cos(1.5 * np.pi * t), 50 * t - 25], axis=1
    )


@cache
def phantom() -> Volume:
    """A bright tube along the winding line, dark at three known lengths, in an oblique grid."""
    shape = (54, 72, 72)
    half = (np.asarray(shape) - 1) / 2 * np.asarray(SPACING)
    grid = Geometry.from_axes(shape, -half @ TURN, TURN, SPACING, "1.2.3")
    places = grid.to_patient(np.stack(np.indices(shape), axis=-1))
    course = course_along(winding(), 0.25)
    best, at = np.full(shape, np.inf), np.zeros(shape)
    for number, point in enumerate(course.places):
        away = np.linalg.norm(places - point, axis=-1)
        at = np.where(away < best, number * course.step_mm, at)
        best = np.minimum(best, away)
    level = np.clip((3.0 - best) / 0.8 + 0.5, 0, 1)
    for band in BANDS_MM:
        level *= np.clip(np.abs(at - band) - 1.0, 0, 1)
    return Volume((level * 1000).astype(np.int16), grid, "[hnsf'U]", "CT", "ct")


@pytest.mark.parametrize("angle", [0.0, 0.6, 2.4, 4.0])
def test_lengths_along_a_tube_are_right_within_half_a_voxel_from_every_side(angle):
    volume = phantom()
    course = course_along(winding(), finest(volume.geometry))
    curtain = curtain_along(course, angle, 10.0)
    picture = stretch(volume, curtain, Silent()).voxels[:, 0]
    middle = (curtain.columns - 1) / 2
    steps = np.linalg.norm(np.diff(curtain.course, axis=0), axis=1)
    run = np.concatenate([[0.0], np.cumsum(steps)])
    rows, columns = curtain.course[:, 1] / curtain.step_mm, curtain.course[:, 0] / curtain.step_mm
    seen = picture[rows.round().astype(int), (columns + middle).round().astype(int)]
    for band in BANDS_MM:
        near = np.abs(run - band) < 3.0
        dark = 1000 - np.clip(seen[near], 0, 1000)
        found = float((run[near] * dark).sum() / dark.sum())
        assert found == pytest.approx(band, abs=0.5 * max(SPACING))
    assert run[-1] == pytest.approx(course.length_mm, abs=0.5 * min(SPACING))


@given(st.floats(0, 6.3), st.floats(0.5, 2.5))
def test_the_unrolled_path_is_as_long_as_the_path(angle, turns):
    round_ = np.linspace(0, turns * 2 * np.pi, int(16 * turns) + 2)
    helix = np.stack([20 * np.cos(round_), 20 * np.sin(round_), 6 * round_], axis=1)
    course = course_along(helix, 1.0)
    curtain = curtain_along(course, angle, 10.0)
    own = np.linalg.norm(np.diff(course.places, axis=0), axis=1)
    seen = np.linalg.norm(np.diff(curtain.course, axis=0), axis=1)
    assert np.allclose(own, seen, atol=1e-9)
    assert (np.diff(curtain.course[:, 1]) >= 0).all()


@given(st.floats(0, 6.3))
def test_a_place_on_the_picture_is_the_place_in_the_patient(angle):
    course = course_along(winding(), 0.4)
    curtain = curtain_along(course, angle, 10.0)
    for number in (0, 40, len(course.places) - 1):
        right, down = curtain.course[number]
        there = curtain.to_patient(right, down)
        assert np.allclose(there, course.places[number], atol=0.1)
        moved = course.places[number] + 5.0 * np.asarray(curtain.way)
        assert curtain.shown_at(moved, course, number) == pytest.approx((right + 5.0, down))


def test_the_picture_is_turned_about_the_length_of_the_path():
    course = course_along(winding(), 0.8)
    start, quarter = way_across(course, 0.0), way_across(course, np.pi / 2)
    chord = course.places[-1] - course.places[0]
    assert start[0] > 0.8
    assert abs(start @ quarter) < 1e-9
    assert abs(start @ chord) < 1e-9
    assert abs(quarter @ chord) < 1e-9
    assert way_across(course, np.pi) == pytest.approx(-start)


def test_a_ring_is_stretched_too():
    round_ = np.linspace(0, 2 * np.pi, 24)
    ring = np.stack([20 * np.cos(round_), 20 * np.sin(round_), 0 * round_], axis=1)
    course = course_along(ring, 0.8)
    curtain = curtain_along(course, np.pi / 2, 5.0)
    assert curtain.height_mm > 40
    assert np.isfinite(curtain.feet).all()


def test_what_lies_outside_the_image_stands_for_nothing():
    course = course_along([(500, 500, 500), (520, 500, 500)], 0.8)
    flat = stretch(phantom(), curtain_along(course, 0.0, 5.0), Silent())
    assert flat.value_at((0.0, 0.0, 5.0)) is None


def test_a_picture_that_would_fill_the_memory_is_declined():
    course = course_along([(0, 0, 0), (0, 0, 3000)], 0.1)
    with pytest.raises(Declined):
        curtain_along(course, 0.0, 150.0)
