from __future__ import annotations

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.imaging.blobs import find_blobs

THICK = Geometry.from_axes((24, 80, 90), (-30.0, 10.0, 5.0), np.eye(3)[::-1], (2.5, 0.8, 0.7))


def lung_with(geometry, bodies):
    """Return lung with bodies of soft tissue: functions of positions, negative inside (mm)."""
    fine = np.moveaxis(np.indices(geometry.shape), 0, -1).astype(float)
    values = np.full(geometry.shape, -850.0)
    for body in bodies:
        share = np.mean([body(geometry.to_patient(fine + shift)) < 0 for shift in OFFSETS], axis=0)
        values += share * (30 - values)
    noise = np.random.default_rng(1).normal(0, 12, geometry.shape)
    return (values + noise).astype(np.float32)


OFFSETS = [np.array((a, b, c)) for a in (-0.3, 0.3) for b in (-0.25, 0.25) for c in (-0.25, 0.25)]


def ball(centre, diameter):
    return lambda places: np.linalg.norm(places - centre, axis=-1) - diameter / 2


def tube(centre, diameter, along):
    unit = np.asarray(along) / np.linalg.norm(along)

    def distance(places):
        away = places - centre
        across = away - (away @ unit)[..., None] * unit
        return np.linalg.norm(across, axis=-1) - diameter / 2

    return distance


def everywhere(geometry):
    return np.ones(geometry.shape, dtype=bool)


@pytest.mark.parametrize("diameter", [4.0, 7.0, 12.0, 20.0, 30.0])
def test_a_ball_of_any_size_is_the_first_spot_found(diameter):
    centre = np.add(THICK.centre, (1.3, -2.1, 0.9))
    values = lung_with(THICK, [ball(centre, diameter)])
    first = find_blobs(values, everywhere(THICK), THICK, Silent())[0]
    assert np.linalg.norm(np.subtract(first.position, centre)) < max(1.0, 0.06 * diameter)
    assert 0.6 < first.diameter_mm / diameter < 1.6


@pytest.mark.parametrize(
    ("along", "beside"),
    [
        ((1, 0, 0), (0, 12, 0)),
        ((0, 1, 0), (12, 0, 0)),
        ((0, 0, 1), (0, 12, 0)),
        ((1, 1, 1), (9, -9, 0)),
    ],
)
def test_a_ball_outranks_a_vessel_of_the_same_width_in_every_direction(along, beside):
    centre = np.array(THICK.centre)
    bodies = [tube(centre - beside, 6.0, along), ball(centre + beside, 6.0)]
    first = find_blobs(lung_with(THICK, bodies), everywhere(THICK), THICK, Silent())[0]
    assert np.linalg.norm(np.subtract(first.position, centre + beside)) < 1.5


def test_a_nodule_at_the_pleura_stands_free_of_the_wall():
    wall = THICK.centre[0] + 10
    centre = np.array((wall - 3, THICK.centre[1], THICK.centre[2]))
    values = lung_with(THICK, [ball(centre, 9.0), lambda places: wall - places[..., 0]])
    places = THICK.to_patient(np.moveaxis(np.indices(THICK.shape), 0, -1))
    inside = places[..., 0] < wall
    first = find_blobs(values, inside, THICK, Silent())[0]
    assert np.linalg.norm(np.subtract(first.position, centre)) < 3


def test_what_lies_outside_the_lungs_is_not_looked_at():
    values = lung_with(THICK, [ball(THICK.centre, 10.0)])
    nowhere = np.zeros(THICK.shape, dtype=bool)
    assert find_blobs(values, nowhere, THICK, Silent()) == ()


def test_no_more_spots_are_returned_than_asked_for():
    noisy = np.random.default_rng(2).normal(-850, 600, THICK.shape).astype(np.float32)
    assert len(find_blobs(noisy, everywhere(THICK), THICK, Silent(), most=7)) == 7
