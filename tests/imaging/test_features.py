from __future__ import annotations

import numpy as np
import pytest

from viewer.core.geometry import Geometry, position_of
from viewer.imaging.blobs import SIGMA_TO_DIAMETER, Blob
from viewer.imaging.features import FEATURE_NAMES, measure

GRID = Geometry.from_axes((50, 90, 90), (-30.0, 10.0, 5.0), np.eye(3)[::-1], (1.25, 0.7, 0.7))
PLACES = GRID.to_patient(np.moveaxis(np.indices(GRID.shape), 0, -1))
CENTRE = np.add(GRID.centre, (0.2, -0.3, 0.4))


def soft(distance, hu=30.0, lung=-850.0):
    """Return values that rise from lung to tissue over about a voxel where the distance is 0."""
    share = 1 / (1 + np.exp(np.clip(distance / 0.25, -40, 40)))
    noise = np.random.default_rng(3).normal(0, 10, distance.shape)
    return (lung + share * (hu - lung) + noise).astype(np.float32)


def ball(diameter, centre=CENTRE):
    return np.linalg.norm(PLACES - centre, axis=-1) - diameter / 2


def spot(diameter, centre=CENTRE):
    return Blob(position_of(centre), 100.0, diameter / SIGMA_TO_DIAMETER)


def measured(values, diameter, inside=None, centre=CENTRE):
    inside = np.ones(GRID.shape, dtype=bool) if inside is None else inside
    found = measure(values, inside, GRID, spot(diameter, centre))
    assert found is not None
    return found


@pytest.mark.parametrize("diameter", [6.0, 8.0, 12.0, 20.0, 28.0])
def test_a_ball_is_measured_as_large_as_it_is(diameter):
    found = measured(soft(ball(diameter)), diameter)
    assert found.features.diameter_mm == pytest.approx(diameter, rel=0.05)
    assert found.volume_mm3 == pytest.approx(np.pi * diameter**3 / 6, rel=0.12)
    assert np.linalg.norm(np.subtract(found.centre, CENTRE)) < 0.5
    assert found.features.roundness > 0.85
    assert found.features.free_share > 0.9


@pytest.mark.parametrize("seen", [0.6, 1.6])
def test_the_size_does_not_hang_on_the_scale_at_which_the_spot_was_seen(seen):
    found = measured(soft(ball(10.0)), 10.0 * seen)
    assert found.features.diameter_mm == pytest.approx(10.0, rel=0.07)


def test_a_vessel_through_a_nodule_is_cut_off():
    away = PLACES - CENTRE
    vessel = np.linalg.norm(away[..., 1:], axis=-1) - 1.5
    found = measured(soft(np.minimum(ball(10.0), vessel)), 10.0)
    assert found.volume_mm3 == pytest.approx(np.pi * 10.0**3 / 6, rel=0.15)
    assert found.features.vessel_share > 0.02


def test_the_wall_at_the_pleura_is_not_counted():
    wall = CENTRE[0] + 3.0
    values = soft(np.minimum(ball(10.0), wall - PLACES[..., 0]))
    found = measured(values, 10.0, inside=PLACES[..., 0] < wall)
    truth = np.count_nonzero((ball(10.0) < 0) & (PLACES[..., 0] < wall)) * GRID.voxel_volume_mm3
    assert found.volume_mm3 == pytest.approx(truth, rel=0.15)
    assert found.features.wall_share > 0.1


def test_ground_glass_is_outlined_at_its_own_edge():
    found = measured(soft(ball(14.0), hu=-620.0), 14.0)
    assert found.features.diameter_mm == pytest.approx(14.0, rel=0.06)
    assert found.features.mean_hu == pytest.approx(-625, abs=20)


def test_a_part_solid_nodule_is_measured_with_its_halo():
    halo = soft(ball(16.0), hu=-600.0)
    values = np.maximum(halo, soft(ball(8.0)))
    found = measured(values, 12.0)
    assert found.features.diameter_mm == pytest.approx(16.0, rel=0.08)


def test_a_vessel_is_long_and_a_ball_is_round():
    vessel = np.linalg.norm((PLACES - CENTRE)[..., :2], axis=-1) - 2.5
    long = measured(soft(vessel), 5.0).features
    round_ = measured(soft(ball(5.0)), 5.0).features
    assert long.compactness < 0.6 * round_.compactness
    assert long.roundness < round_.roundness


def test_empty_lung_measures_nothing():
    nothing = np.zeros(GRID.shape, dtype=bool)
    assert measure(soft(ball(8.0)), nothing, GRID, spot(8.0)) is None


def test_the_numbers_come_in_the_order_of_their_names():
    found = measured(soft(ball(8.0)), 8.0)
    numbers = dict(zip(FEATURE_NAMES, found.numbers(), strict=True))
    assert numbers["diameter_mm"] == found.features.diameter_mm
    assert numbers["strength_hu"] == 100.0
