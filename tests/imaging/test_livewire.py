"""Lines that follow edges, and values along lines, in grids that lie anyhow."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from viewer.core.geometry import Geometry, position_of
from viewer.core.volume import Volume
from viewer.imaging.figures import simplified
from viewer.imaging.livewire import Sheet, edge_near, livewire
from viewer.imaging.profile import along

TURNS = {
    "straight": np.eye(3),
    "flipped": np.diag([-1.0, 1.0, -1.0]),
    "oblique": Rotation.from_euler("zyx", [20, -15, 30], degrees=True).as_matrix(),
}
RADIUS = 20.0


def disc(turn: str, noise: float = 15.0) -> tuple[Volume, np.ndarray, Sheet]:
    """A bright rod along the slices, in noise; voxels of 2 x 0.8 x 1.1 mm."""
    geometry = Geometry.from_axes((6, 90, 80), (-20, -30, -40), TURNS[turn], (2, 0.8, 1.1), "1")
    middle = geometry.to_patient((3, 45, 40))
    index = np.stack(np.indices(geometry.shape), axis=-1)
    off = geometry.to_patient(index) - middle
    axis = geometry.directions[0]
    across = np.linalg.norm(off - (off @ axis)[..., None] * axis, axis=-1)
    rng = np.random.default_rng(3)
    voxels = np.where(across < RADIUS, 200, 0) + rng.normal(0, noise, geometry.shape)
    volume = Volume(voxels.astype(np.int16), geometry, "1", "MR", "series")
    sheet = Sheet(position_of(geometry.directions[2]), position_of(geometry.directions[1]))
    return volume, middle, sheet


def on_circle(middle: np.ndarray, sheet: Sheet, degrees: float) -> tuple[float, float, float]:
    turn = np.radians(degrees)
    way = np.cos(turn) * np.asarray(sheet.right) + np.sin(turn) * np.asarray(sheet.down)
    return position_of(middle + RADIUS * way)


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("degrees", [20, 60, 100])
def test_a_livewire_follows_an_edge_within_a_voxel(turn: str, degrees: float) -> None:
    volume, middle, sheet = disc(turn)
    start, end = (on_circle(middle, sheet, angle) for angle in (0, degrees))
    line = livewire(volume, sheet, start, end)
    off = np.abs(np.linalg.norm(line - middle, axis=1) - RADIUS)
    assert tuple(line[0]) == start
    assert tuple(line[-1]) == end
    assert off.max() < 1.2
    assert np.abs((line - middle) @ volume.geometry.directions[0]).max() < 1e-6


def test_a_livewire_over_even_ground_is_straight() -> None:
    geometry = Geometry.from_axes((1, 60, 60), (0, 0, 0), np.eye(3)[::-1], (1, 1, 1), "1")
    volume = Volume(np.zeros(geometry.shape, np.int16), geometry, "1", "CT", "series")
    sheet = Sheet((1, 0, 0), (0, 1, 0))
    line = livewire(volume, sheet, (10, 10, 0), (40, 10, 0))
    assert np.abs(line[:, 1] - 10).max() < 1e-9


def test_a_livewire_goes_on_beyond_the_edge_of_the_image() -> None:
    volume, middle, sheet = disc("straight")
    outside = position_of(middle + 80 * np.asarray(sheet.right))
    line = livewire(volume, sheet, position_of(middle), outside)
    assert np.isfinite(line).all()
    assert tuple(line[-1]) == outside


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("off", [-2.0, 1.5])
def test_a_point_is_drawn_to_the_edge_near_it(turn: str, off: float) -> None:
    volume, middle, sheet = disc(turn)
    spot = middle + (RADIUS + off) * np.asarray(sheet.right)
    found = edge_near(volume, sheet, position_of(spot))
    assert found is not None
    assert np.linalg.norm(np.asarray(found) - middle) == pytest.approx(RADIUS, abs=0.9)


def test_no_point_is_drawn_anywhere_over_even_ground() -> None:
    geometry = Geometry.from_axes((1, 60, 60), (0, 0, 0), np.eye(3)[::-1], (1, 1, 1), "1")
    volume = Volume(np.full(geometry.shape, 7, np.int16), geometry, "1", "CT", "series")
    assert edge_near(volume, Sheet((1, 0, 0), (0, 1, 0)), (30, 30, 0)) is None


@pytest.mark.parametrize("turn", TURNS)
def test_values_along_a_line_are_those_of_the_places_it_goes_through(turn: str) -> None:
    geometry = Geometry.from_axes((40, 50, 60), (-20, -30, -40), TURNS[turn], (2, 0.8, 1.1), "1")
    index = np.stack(np.indices(geometry.shape), axis=-1)
    values = geometry.to_patient(index) @ (1.0, 2.0, 3.0)
    volume = Volume(values.astype(np.float32), geometry, "1", "MR", "series", 2.0, 5.0)
    line = geometry.to_patient([(5, 5, 5), (20, 30, 10), (30, 8, 50)])
    places, found = along(line, volume)
    assert found == pytest.approx(places @ (1.0, 2.0, 3.0) * 2 + 5, abs=1e-3)
    steps = np.linalg.norm(np.diff(places, axis=0), axis=1)
    assert steps.max() <= 0.41
    assert np.linalg.norm(places[-1] - line[-1]) < 1e-9


def test_values_outside_the_image_and_beside_padding_are_unknown() -> None:
    geometry = Geometry.from_axes((1, 1, 20), (0, 0, 0), np.eye(3)[::-1], (1, 1, 1), "1")
    voxels = np.arange(20, dtype=np.int16).reshape(1, 1, 20)
    voxels[0, 0, 10] = -2000
    volume = Volume(voxels, geometry, "1", "CT", "series", padding=(-2000, -2000))
    places, values = along(np.array([(-5.0, 0, 0), (15.0, 0, 0)]), volume)
    unknown = places[~np.isfinite(values), 0]
    assert ((unknown < -0.5) | ((unknown > 9) & (unknown < 11))).all()
    assert np.isfinite(values[(places[:, 0] > 0) & (places[:, 0] < 9)]).all()


def test_a_line_is_thinned_within_its_tolerance_in_space() -> None:
    turn = np.linspace(0, np.pi, 400)
    line = np.stack([30 * np.cos(turn), 30 * np.sin(turn), 5 * turn], axis=1)
    thin = simplified(line, 0.25)
    assert len(thin) < 40
    assert (thin[[0, -1]] == line[[0, -1]]).all()
    start, way = thin[:-1], np.diff(thin, axis=0)
    for point in line:
        along_ = np.clip(((point - start) * way).sum(1) / (way**2).sum(1), 0, 1)
        assert np.linalg.norm(start + along_[:, None] * way - point, axis=1).min() <= 0.2501
