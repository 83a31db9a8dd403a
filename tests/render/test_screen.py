"""Whatever the grid, the flips and the turns: sides, places and values agree."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from viewer.core.geometry import position_of
from viewer.core.window import Window
from viewer.render.describe import describe
from viewer.render.paint import paint
from viewer.render.screen import turned
from viewer.session.edge import Edge
from viewer.session.look import Look, Viewing
from viewer.session.session import Place

PLANES = (Viewing.AXIAL, Viewing.CORONAL, Viewing.SAGITTAL)
SIDES = {
    Viewing.AXIAL: ("R", "L", "A", "P"),
    Viewing.CORONAL: ("R", "L", "H", "F"),
    Viewing.SAGITTAL: ("A", "P", "H", "F"),
}
LETTER_DIRECTION = {
    "L": (1, 0, 0),
    "R": (-1, 0, 0),
    "P": (0, 1, 0),
    "A": (0, -1, 0),
    "H": (0, 0, 1),
    "F": (0, 0, -1),
}
SIZE = (120, 90)


@pytest.fixture
def bright_voxel(bench):
    return partial(make_bright_voxel, bench)


@pytest.fixture
def looked_at(bench):
    return partial(look_at, bench)


def make_bright_voxel(bench, directions=None, spacing_mm=(2.0, 1.5, 1.0)):
    """One voxel of 1000 off the centre to the left, the back and the head."""
    geometry = bench.grid(
        bench.UPRIGHT if directions is None else directions, (21, 21, 21), spacing_mm
    )
    index = geometry.nearest(np.add(geometry.centre, (6, 4, 7)))
    voxels = np.zeros(geometry.shape, dtype=np.int16)
    voxels[index] = 1000
    return bench.volume_of(voxels, geometry), position_of(geometry.to_patient(index))


def look_at(bench, volume, position, viewing, size=SIZE, **look: object):
    session = bench.session_with(volume, viewing, window=Window(500, 1000), smooth=False, **look)
    session.place.set(Place(position, bench.SPACE))
    return describe(session, 0, size)


def centre_of_bright(picture):
    rows, columns = np.nonzero(picture[..., 0] == 255)
    assert len(rows), "the bright voxel is on the picture"
    return columns.mean(), rows.mean()


@pytest.mark.parametrize("number", range(48))
def test_a_bright_voxel_appears_where_the_scene_says_on_the_side_of_its_letter(
    bench, bright_voxel, looked_at, number
):
    volume, position = bright_voxel(bench.ORIENTATIONS[number])
    for viewing in PLANES:
        scene = looked_at(volume, position, viewing)
        x, y = centre_of_bright(paint(scene))
        assert np.allclose((x, y), scene.to_screen(position), atol=1.0)
        assert (scene.letters.left, scene.letters.right) == SIDES[viewing][:2]
        assert (scene.letters.top, scene.letters.bottom) == SIDES[viewing][2:]
        off = np.asarray(position) - volume.geometry.centre
        assert (x > SIZE[0] / 2) == (off @ LETTER_DIRECTION[scene.letters.right] > 0)
        assert (y > SIZE[1] / 2) == (off @ LETTER_DIRECTION[scene.letters.bottom] > 0)


@pytest.mark.parametrize("number", range(0, 48, 5))
def test_letters_and_places_follow_every_flip_and_turn(bench, bright_voxel, looked_at, number):
    volume, position = bright_voxel(bench.ORIENTATIONS[number])
    for viewing, sideways, upside_down, turns in product(
        PLANES, (False, True), (False, True), range(4)
    ):
        scene = looked_at(
            volume,
            position,
            viewing,
            flipped_sideways=sideways,
            flipped_upside_down=upside_down,
            quarter_turns=turns,
        )
        x, y = centre_of_bright(paint(scene))
        assert np.allclose((x, y), scene.to_screen(position), atol=1.0)
        off = np.asarray(position) - volume.geometry.centre
        assert (x > SIZE[0] / 2) == (off @ LETTER_DIRECTION[scene.letters.right] > 0)
        assert (y > SIZE[1] / 2) == (off @ LETTER_DIRECTION[scene.letters.bottom] > 0)


@pytest.mark.parametrize("viewing", PLANES)
def test_a_flipped_and_turned_view_is_the_flipped_and_turned_picture(
    bench, bright_voxel, looked_at, viewing
):
    volume, position = bright_voxel()
    plain = paint(looked_at(volume, position, viewing))
    for sideways, upside_down, turns in product((False, True), (False, True), range(4)):
        size = SIZE if turns % 2 == 0 else SIZE[::-1]
        scene = looked_at(
            volume,
            position,
            viewing,
            size,
            flipped_sideways=sideways,
            flipped_upside_down=upside_down,
            quarter_turns=turns,
        )
        wanted = plain[:, ::-1] if sideways else plain
        wanted = wanted[::-1] if upside_down else wanted
        wanted = np.rot90(wanted, -turns)
        assert np.mean(paint(scene) != wanted) < 0.002


@given(
    st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: np.linalg.norm(q) > 0.1),
    st.sampled_from(list(Viewing)[:4]),
    st.integers(0, 3),
    st.booleans(),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_on_a_grid_turned_anyhow_a_ball_is_where_the_scene_says(
    bench, quaternion, viewing, turns, flipped
):
    directions = Rotation.from_quat(quaternion).as_matrix()
    geometry = bench.grid(directions, (24, 24, 24), (2.0, 2.0, 2.0))
    place = position_of(np.add(geometry.centre, (6.0, 5.0, -7.0)))
    voxels = np.where(bench.ball(geometry, place, 5), 1000, 0).astype(np.int16)
    scene = look_at(
        bench,
        bench.volume_of(voxels, geometry),
        place,
        viewing,
        quarter_turns=turns,
        flipped_sideways=flipped,
    )
    rows, columns = np.nonzero(paint(scene)[..., 0] > 127)
    assert np.allclose((columns.mean(), rows.mean()), scene.to_screen(place), atol=1.5)


def test_a_quarter_turn_is_clockwise():
    right, down = turned((1, 0, 0), (0, 1, 0), Look(quarter_turns=1))
    assert right == (0, -1, 0)
    assert down == (1, 0, 0)


@pytest.mark.parametrize("viewing", list(Viewing)[:4])
def test_a_screen_point_comes_back_from_the_patient(bench, bright_voxel, looked_at, viewing):
    volume, position = bright_voxel(bench.ORIENTATIONS[17])
    scene = looked_at(volume, position, viewing, zoom=3.0, pan_mm=(4.0, -7.0), quarter_turns=1)
    for point in [(0.0, 0.0), (37.5, 11.25), (119.0, 89.0)]:
        assert np.allclose(scene.to_screen(scene.to_patient(point)), point, atol=1e-6)


def test_at_zoom_one_the_whole_image_just_fits(bench, bright_voxel, looked_at):
    volume, position = bright_voxel()
    scene = looked_at(volume, position, Viewing.AXIAL)
    corners = scene.plane.to_pixel(volume.geometry.corners())
    assert np.isclose(np.ptp(corners[:, 0]), SIZE[1])
    assert np.ptp(corners[:, 1]) <= SIZE[0]
    assert np.allclose(corners.mean(axis=0), [(SIZE[1] - 1) / 2, (SIZE[0] - 1) / 2])


def test_zoom_and_pan_move_the_picture_as_said(bench, bright_voxel, looked_at):
    volume, position = bright_voxel()
    plain = looked_at(volume, position, Viewing.CORONAL)
    moved = looked_at(volume, position, Viewing.CORONAL, zoom=2.0, pan_mm=(5.0, -3.0))
    step_mm = plain.plane.spacing_mm[0]
    assert np.isclose(moved.plane.spacing_mm[0], step_mm / 2)
    x, y = moved.to_screen(plain.to_patient(((SIZE[0] - 1) / 2, (SIZE[1] - 1) / 2)))
    assert np.isclose(x - (SIZE[0] - 1) / 2, 5.0 / (step_mm / 2))
    assert np.isclose(y - (SIZE[1] - 1) / 2, -3.0 / (step_mm / 2))


@pytest.mark.parametrize("turns", range(4))
def test_pan_is_along_the_screen_whatever_the_turn(bench, bright_voxel, looked_at, turns):
    volume, position = bright_voxel()
    look = {"quarter_turns": turns, "flipped_sideways": True}
    before = looked_at(volume, position, Viewing.AXIAL, **look).to_screen(position)
    after = looked_at(volume, position, Viewing.AXIAL, pan_mm=(2.0, 0.0), **look)
    x, y = after.to_screen(position)
    assert x > before[0]
    assert np.isclose(y, before[1])


def test_describe_changes_nothing_in_the_session(bench, bright_voxel, looked_at):
    volume, position = bright_voxel()
    session = bench.session_with(volume)
    session.place.set(Place(position, bench.SPACE))
    names = ("images", "hanging", "place", "shown", "record", "selected", "threshold", "message")
    before = {name: getattr(session, name).value for name in names}
    first, again = (describe(session, 0, SIZE) for _ in range(2))
    assert all(getattr(session, name).value is value for name, value in before.items())
    assert first.plane == again.plane
    assert first.texts == again.texts
    assert np.array_equal(paint(first), paint(again))


def test_a_tiny_view_is_still_a_scene(bench, bright_voxel, looked_at):
    volume, position = bright_voxel()
    scene = looked_at(volume, position, Viewing.AXIAL, (0, 0))
    assert paint(scene).shape == (1, 1, 4)


def test_an_image_of_another_space_shows_its_middle_without_a_crosshair(
    bench, bright_voxel, looked_at
):
    volume, _ = bright_voxel()
    session = bench.session_with(volume)
    session.place.set(Place((500.0, 500.0, 500.0), "another"))
    scene = describe(session, 0, SIZE)
    assert scene.lines == ()
    assert abs(scene.plane.distance_mm(volume.geometry.centre)) <= 1.0
    session.place.set(replace(session.place.value, frame_of_reference_uid=bench.SPACE))
    assert describe(session, 0, SIZE).plane != scene.plane


@pytest.mark.parametrize(("edge", "column"), [(Edge.LEFT, 0), (Edge.RIGHT, 199)])
def test_a_picture_at_an_edge_begins_at_that_edge_and_grows_as_a_panned_one_does(
    bench, edge, column
):
    session = bench.session_with(bench.thorax(), Viewing.AXIAL)
    look = replace(session.hanging.value.cells[0], edge=edge)
    session.hanging.set(session.hanging.value.changed(0, lambda _: look))
    scene = describe(session, 0, (200, 60))
    covered = np.flatnonzero(~np.isnan(columns_of(scene)))
    assert column in (covered[0], covered[-1])
    assert 30 < len(covered) < 150
    assert columns_of(scene)[covered].min() > -0.6
    moved = replace(look, zoom=2.0)
    session.hanging.set(session.hanging.value.changed(0, lambda _: moved))
    nearer = describe(session, 0, (200, 60))
    assert nearer.to_patient((99.5, 29.5)) == pytest.approx(scene.to_patient((99.5, 29.5)))


def columns_of(scene):
    """Return which column of the grid each pixel of the middle row shows; NaN outside."""
    grid, height = scene.picture.geometry, scene.size[1] // 2
    places = [scene.to_patient((x, height)) for x in range(scene.size[0])]
    index = grid.to_index(places)
    inside = ((index > -0.51) & (index < np.array(grid.shape) - 0.49)).all(axis=1)
    return np.where(inside, np.abs(index[:, 2]), np.nan)
