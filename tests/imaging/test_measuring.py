"""Numbers of measurements, on phantoms whose truth is known."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from viewer.core import code
from viewer.core.author import Author
from viewer.core.geometry import Geometry, position_of
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.volume import Volume
from viewer.imaging import figures
from viewer.imaging.measuring import IN_PIXELS, Ruler, measured, sizes, values_inside

READER = Author("Reader")
TURNS = {
    "straight": np.eye(3),
    "flipped": np.diag([-1.0, 1.0, -1.0]),
    "sagittal": np.array([[1.0, 0, 0], [0, 0, -1.0], [0, 1.0, 0]]),
    "oblique": Rotation.from_euler("zyx", [20, -15, 30], degrees=True).as_matrix(),
}


def ramp(turn: np.ndarray, *, tilt: float = 0.0) -> Volume:
    """A grid of 2 x 0.8 x 1.1 mm in which the value is x + 2y + 3z of the place, plus 1000."""
    directions = turn.copy()
    directions[0] = directions[0] + np.tan(np.radians(tilt)) * directions[1]
    directions[0] /= np.linalg.norm(directions[0])
    geometry = Geometry.from_axes((40, 90, 80), (-20, -30, -40), directions, (2, 0.8, 1.1), "1.2")
    index = np.stack(np.meshgrid(*map(np.arange, geometry.shape), indexing="ij"), axis=-1)
    values = geometry.to_patient(index) @ (1, 2, 3) + 1000
    return Volume(values.astype(np.float32), geometry, "[hnsf'U]", "CT", "series")


def drawn(kind: MeasurementKind, points: np.ndarray, normal: np.ndarray | None) -> Measurement:
    anchor = Anchor("series", "1.2", None if normal is None else position_of(normal))
    return Measurement("1.9", kind, tuple(position_of(p) for p in points), anchor, READER)


def number(measurement: Measurement, name: code.Code) -> float:
    quantity = measurement.quantity(name)
    assert quantity is not None
    return quantity.value


@pytest.mark.parametrize(("turn", "tilt"), [*product(TURNS, (0.0, 20.0))])
@pytest.mark.parametrize("plane", ["of the grid", "oblique"])
def test_a_circle_in_any_plane_has_its_area_and_the_mean_of_its_centre(
    turn: str, tilt: float, plane: str
) -> None:
    volume = ramp(TURNS[turn], tilt=tilt)
    right, down = volume.geometry.directions[2], volume.geometry.directions[1]
    if plane == "oblique":
        spin = Rotation.from_rotvec(0.6 * (right + 0.5 * down) / np.linalg.norm(right + down))
        right, down = spin.apply(right), spin.apply(down)
    centre = volume.geometry.to_patient((20, 45, 40))
    ends = centre + 12 * np.array([-right, right, -down, down])

    found = measured(drawn(MeasurementKind.ELLIPSE, ends, np.cross(right, down)), volume)

    assert number(found, code.AREA) == pytest.approx(np.pi * 144, rel=1e-6)
    assert number(found, code.PERIMETER) == pytest.approx(2 * np.pi * 12, rel=1e-6)
    steepest = float(np.linalg.norm((1, 2, 3)))
    half_a_voxel = 0.5 * steepest * max(volume.geometry.spacing_mm)
    assert abs(number(found, code.MEAN) - (centre @ (1, 2, 3) + 1000)) < half_a_voxel
    slope = np.array([right @ (1, 2, 3), down @ (1, 2, 3)])
    spread = 12 * float(np.linalg.norm(slope)) / 2
    assert number(found, code.STANDARD_DEVIATION) == pytest.approx(spread, rel=0.03)
    assert number(found, code.MAXIMUM) - number(found, code.MINIMUM) <= 2.01 * 12 * steepest


@pytest.mark.parametrize("turn", TURNS)
def test_a_sphere_measures_the_voxels_inside_it(turn: str) -> None:
    volume = ramp(TURNS[turn])
    centre = volume.geometry.to_patient((20, 45, 40))
    edge = centre + np.array([0, 15, 0])
    found = measured(drawn(MeasurementKind.SPHERE, np.array([centre, edge]), None), volume)
    inside = number(found, code.PIXELS_INSIDE) * volume.geometry.voxel_volume_mm3
    assert number(found, code.VOLUME) == pytest.approx(4 / 3 * np.pi * 15**3, rel=1e-9)
    assert inside == pytest.approx(4 / 3 * np.pi * 15**3, rel=0.005)
    assert number(found, code.MEAN) == pytest.approx(float(centre @ (1, 2, 3) + 1000), abs=0.5)


@pytest.mark.parametrize("turn", TURNS)
def test_a_box_measures_the_voxels_inside_it(turn: str) -> None:
    volume = ramp(TURNS[turn])
    edges = np.diag([16.0, 20.0, 24.0])
    corner = volume.geometry.to_patient((20, 45, 40)) - edges.sum(axis=0) / 2 + 1e-4
    points = np.array([corner, *(corner + edges)])
    found = measured(drawn(MeasurementKind.BOX, points, None), volume)
    assert number(found, code.VOLUME) == pytest.approx(16 * 20 * 24)
    counted = number(found, code.PIXELS_INSIDE) * volume.geometry.voxel_volume_mm3
    assert counted == pytest.approx(16 * 20 * 24, rel=0.1)
    middle = corner + edges.sum(axis=0) / 2
    assert number(found, code.MEAN) == pytest.approx(float(middle @ (1, 2, 3) + 1000), abs=3)


def test_a_region_takes_just_the_voxels_whose_centres_it_holds() -> None:
    volume = ramp(TURNS["straight"])
    corners = [(7, 10.5, 20.5), (7, 10.5, 30.4), (7, 15.4, 30.4), (7, 15.4, 20.5)]
    points = volume.geometry.to_patient(corners)
    roi = drawn(MeasurementKind.RECTANGLE, points, volume.geometry.directions[0])
    truth = volume.voxels[7, 11:16, 21:31]
    assert np.sort(values_inside(roi, volume)) == pytest.approx(np.sort(truth.ravel()))


def test_a_region_smaller_than_a_voxel_takes_the_one_in_its_middle() -> None:
    volume = ramp(TURNS["straight"])
    corners = [(7, 10.3, 20.3), (7, 10.3, 20.4), (7, 10.4, 20.4)]
    roi = drawn(MeasurementKind.POLYGON, volume.geometry.to_patient(corners), None)
    assert values_inside(roi, volume) == pytest.approx([volume.voxels[7, 10, 20]])


def test_a_region_outside_the_image_has_a_size_and_no_values() -> None:
    volume = ramp(TURNS["straight"])
    points = volume.geometry.to_patient([(7, 500, 500), (7, 500, 510), (7, 510, 510)])
    found = measured(drawn(MeasurementKind.POLYGON, points, None), volume)
    assert {quantity.name for quantity in found.quantities} == {code.AREA, code.PERIMETER}


def test_values_that_are_no_numbers_are_left_out() -> None:
    volume = ramp(TURNS["straight"])
    voxels = volume.values()
    voxels[7, 12, :] = np.nan
    holed = Volume(voxels, volume.geometry, "1", "MR", "series", slope=2.0, intercept=5.0)
    corners = [(7, 10.5, 20.5), (7, 10.5, 30.4), (7, 13.4, 30.4), (7, 13.4, 20.5)]
    roi = drawn(MeasurementKind.RECTANGLE, volume.geometry.to_patient(corners), None)
    truth = voxels[7, [11, 13], 21:31] * 2.0 + 5.0
    assert sorted(values_inside(roi, holed)) == pytest.approx(sorted(truth.ravel()))


points3 = st.tuples(*[st.floats(-200, 200)] * 3)


@given(st.lists(points3, min_size=2, max_size=2), st.integers(0, 3))
def test_a_length_is_the_distance_of_its_ends(ends: list[tuple[float, ...]], turn: int) -> None:
    spin = [*TURNS.values()][turn]
    (found,) = sizes(MeasurementKind.LENGTH, np.array(ends) @ spin.T)
    assert found.value == pytest.approx(
        float(np.linalg.norm(np.subtract(ends[0], ends[1]))), abs=1e-9
    )
    assert found.unit == code.MILLIMETRE


@pytest.mark.parametrize("degrees", [0.01, 1, 30, 89, 90, 120, 179, 180])
def test_an_angle_is_that_between_its_arms_and_cobb_at_most_a_right_one(degrees: float) -> None:
    spin = Rotation.from_rotvec(np.radians(degrees) * np.array([0, 0, 1.0]))
    arm = np.array([3.0, 0, 0])
    (found,) = sizes(MeasurementKind.ANGLE, np.array([arm, (0, 0, 0), spin.apply(arm)]))
    assert found.value == pytest.approx(degrees, abs=1e-6)
    lines = np.array([(0, 0, 0), arm, (5, 5, 0), np.array([5, 5, 0]) + spin.apply(arm)])
    (cobb,) = sizes(MeasurementKind.COBB, lines)
    assert cobb.value == pytest.approx(min(degrees, 180 - degrees), abs=1e-6)


def test_the_longer_of_two_axes_is_the_long_one_whichever_was_drawn_first() -> None:
    points = np.array([(0, 0, 0), (4, 0, 0), (2, -5, 0), (2, 5, 0)])
    long, short = sizes(MeasurementKind.BIDIRECTIONAL, points)
    assert (long.name, long.value) == (code.LONG_AXIS, 10)
    assert (short.name, short.value) == (code.SHORT_AXIS, 4)


def test_pixels_of_unknown_size_are_counted_and_never_called_mm() -> None:
    points = np.array([(0, 0, 0), (30, 40, 0)])
    (found,) = sizes(MeasurementKind.LENGTH, points, IN_PIXELS)
    assert (found.value, found.unit) == (50, code.PIXEL)
    area, _ = sizes(
        MeasurementKind.RECTANGLE, np.array([(0, 0, 0), (2, 0, 0), (2, 3, 0), (0, 3, 0)]), IN_PIXELS
    )
    assert (area.value, area.unit) == (6, code.SQUARE_PIXEL)


def test_a_length_at_the_detector_says_so_and_pixels_need_not_be_square() -> None:
    ruler = Ruler((0.5, 0.25, 1.0), remark="at the detector")
    (found,) = sizes(MeasurementKind.LENGTH, np.array([(0, 0, 0), (6, 16, 0)]), ruler)
    assert (found.value, found.remark) == (5.0, "at the detector")


def test_a_spline_goes_through_its_handles_and_round_a_circle() -> None:
    turn = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    handles = np.stack([10 * np.cos(turn), 10 * np.sin(turn), np.full(16, 3.0)], axis=1)
    line = figures.spline(handles)
    for handle in handles:
        assert np.linalg.norm(line - handle, axis=1).min() < 1e-9
    assert figures.area(line) == pytest.approx(np.pi * 100, rel=0.005)


def test_a_spline_with_handles_on_each_other_stays_finite() -> None:
    handles = np.array([(0, 0, 0), (0, 0, 0), (5, 0, 0), (5, 5, 0.0)])
    assert np.isfinite(figures.spline(handles)).all()
