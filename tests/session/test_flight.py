"""Flying along a line: where the eye is, where it looks, that it does not roll."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.session.camera import Camera
from viewer.session.flight import Flight, cameras_along


def up_of(camera):
    roll = np.deg2rad(camera.roll)
    across = np.cross(camera.upright, camera.towards)
    return np.asarray(camera.upright) * np.cos(roll) - across * np.sin(roll)


def helix():
    turn = np.linspace(0, 4 * np.pi, 200)
    return np.stack([30 * np.cos(turn), 30 * np.sin(turn), -12 * turn], axis=1)


def test_the_eye_goes_along_the_line_and_looks_ahead():
    cameras = cameras_along(np.array([[0, 0, 0], [0, 0, -100.0]]))
    assert len(cameras) == 101
    assert cameras[50].middle == pytest.approx((0, 0, -50), abs=0.5)
    assert all(camera.inside and camera.perspective for camera in cameras)
    assert np.allclose([c.towards for c in cameras], (0, 0, 1), atol=1e-6)


def test_the_picture_never_jumps_round():
    for line in (helix(), np.array([[0, 0, 0], [0, 1, -60.0], [40, 1, -100.0], [40, 60, -100.0]])):
        cameras = cameras_along(line)
        ups = np.array([up_of(camera) for camera in cameras])
        towards = np.array([camera.towards for camera in cameras])
        assert np.allclose(np.linalg.norm(ups, axis=1), 1)
        assert np.allclose((ups * towards).sum(axis=1), 0, atol=1e-6)
        assert np.linalg.norm(np.diff(ups, axis=0), axis=1).max() < 0.35
        assert np.linalg.norm(np.diff([c.middle for c in cameras], axis=0), axis=1).max() < 1.2


def test_it_flies_by_the_clock_and_stops_at_the_end():
    flight = Flight("ct", (Camera(),) * 101, speed_mm=20)
    half = flight.after(2.5)
    assert half.at == 50
    assert half.going
    assert half.after(99).ended
    assert not half.after(99).going


def test_it_goes_faster_and_slower_within_bounds():
    flight = Flight("ct", (Camera(),) * 3)
    assert flight.with_speed(1).speed_mm == 40
    assert flight.with_speed(-99).speed_mm == 2
    assert flight.with_speed(99).speed_mm == 80


@pytest.mark.parametrize("line", [[[0, 0, 0], [0, 0, 1]], [[0, 0, 0], [0, 0, 1e6]]])
def test_a_line_too_short_or_too_long_is_not_flown(line):
    with pytest.raises(ValueError, match="a line of"):
        cameras_along(np.array(line, dtype=float))
