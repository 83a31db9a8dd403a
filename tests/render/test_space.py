"""3D: our grids in VTK, sides, colours, surfaces, findings; nothing left behind."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vtkmodules.vtkCommonCore import vtkObjectBase

from viewer.core.code import LUNG
from viewer.core.finding import Status
from viewer.core.geometry import Geometry
from viewer.core.progress import Cancelled, Silent
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.window import Window
from viewer.render import space as space_module
from viewer.render.bare import bare
from viewer.render.bodies import actors_of, bodies_of
from viewer.render.eye import Eye, Sight, Stand
from viewer.render.lesions import colour_of
from viewer.render.presets import stored_knots
from viewer.render.shrink import shrink
from viewer.render.space import Space, picture
from viewer.render.vtk_grid import geometry_of, image_of, pose_of, voxels_of
from viewer.session.look import Camera
from viewer.session.transfer import BONE, LUNG_AND_BONE, MIP, TRANSFERS

SIZE = (160, 120)
angles = st.floats(-180, 180)
steps = st.floats(0.2, 8)


def rotation(a, b, c):
    a, b, c = np.deg2rad([a, b, c])
    turn = [
        np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]]),
        np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]]),
        np.array([[1, 0, 0], [0, np.cos(c), -np.sin(c)], [0, np.sin(c), np.cos(c)]]),
    ]
    return turn[0] @ turn[1] @ turn[2]


@given(angles, angles, angles, st.tuples(steps, steps, steps), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_grid_comes_back_from_vtk(a, b, c, spacing_mm, mirrored):
    directions = rotation(a, b, c) * (-1 if mirrored else 1)
    grid = Geometry.from_axes((3, 4, 5), (1.0, -2.0, 3.0), directions, spacing_mm, "1.2")
    voxels = np.arange(60, dtype=np.int16).reshape(3, 4, 5)
    image = image_of(voxels, grid)
    back = geometry_of(image, pose_of(grid), "1.2")
    assert back.shape == grid.shape
    assert np.allclose(back.affine, grid.affine, atol=1e-9)
    assert np.array_equal(voxels_of(image), voxels)


def test_vtk_looks_at_our_voxels_without_a_copy():
    voxels = np.zeros((3, 4, 5), dtype=np.int16)
    image = image_of(voxels, Geometry((3, 4, 5), np.eye(4)))
    voxels[2, 1, 3] = 77
    assert image.GetScalarComponentAsDouble(3, 1, 2, 0) == 77
    assert np.shares_memory(voxels_of(image), voxels)


def test_vtk_keeps_voxels_alive_that_nobody_else_holds():
    image = image_of(np.full((3, 4, 5), 9, dtype=np.int16), Geometry((3, 4, 5), np.eye(4)))
    gc.collect()
    assert (voxels_of(image) == 9).all()


def bright_middle(seen):
    """The middle of what is bright, the cube in the corner left out."""
    seen = seen.copy()
    seen[-30:, :40] = 0
    rows, columns = np.nonzero(seen[..., :3].max(axis=2) > 90)
    assert len(rows), "something is seen"
    return columns.mean(), rows.mean()


def seen_of(volume, **how: object):
    with Space() as space:
        space.show(volume, BONE, **how)
        return space.render_to_array(SIZE)


def test_a_picture_that_leaves_the_window_names_its_sides_and_what_is_synthetic(bench):
    plain, marked = (picture(bench.thorax(synthetic=n), BONE, SIZE) for n in (False, True))
    assert (plain[50:70, :25, :3] > 150).any()
    assert (plain[50:70, -25:, :3] > 150).any()
    assert not np.array_equal(plain[:40], marked[:40])


def ball_volume(bench, directions, off=(20.0, 14.0, 17.0)):
    geometry = bench.grid(directions, (40, 44, 48), (2.0, 1.8, 1.6))
    place = tuple(np.add(geometry.centre, off))
    voxels = np.full(geometry.shape, -3000, dtype=np.int16)
    voxels[bench.ball(geometry, place, 8)] = 1500
    return bench.volume_of(voxels, geometry), place


@pytest.mark.parametrize(
    ("camera", "on_the_right", "above"),
    [
        (Camera(0, 0), True, True),
        (Camera(90, 0), True, True),
        (Camera(180, 0), False, True),
        (Camera(-90, 0), False, True),
        (Camera(0, 89), True, True),
        (Camera(0, -89), True, False),
    ],
)
def test_a_ball_to_the_left_back_and_head_is_seen_on_its_side(bench, camera, on_the_right, above):
    volume, place = ball_volume(bench, bench.UPRIGHT)
    with Space() as space:
        space.show(volume, BONE, camera=camera)
        x, y = bright_middle(space.render_to_array(SIZE))
        assert np.allclose((x, y), space.to_screen(place, SIZE), atol=2.5)
    assert (x > SIZE[0] / 2) == on_the_right
    assert (y < SIZE[1] / 2) == above


def test_from_the_front_the_patients_left_is_on_the_right(bench):
    volume, _ = ball_volume(bench, bench.UPRIGHT, off=(25.0, 0.0, 0.0))
    x, _ = bright_middle(seen_of(volume))
    assert x > SIZE[0] / 2 + 10


def test_all_48_orders_of_a_scan_look_the_same_in_space(bench):
    with Space() as space:
        for directions in bench.ORIENTATIONS:
            volume, place = ball_volume(bench, directions)
            space.show(volume, BONE, camera=Camera(30, 20))
            seen = bright_middle(space.render_to_array(SIZE))
            assert np.allclose(seen, space.to_screen(place, SIZE), atol=2.5)


@pytest.mark.parametrize("preset", TRANSFERS, ids=lambda one: one.name)
def test_no_preset_shows_an_empty_picture_of_a_thorax(bench, preset):
    volume = bench.thorax()
    voxels = volume.voxels.copy()
    voxels[bench.ball(volume.geometry, (10.0, -20.0, 20.0), 12)] = -1000
    volume = bench.volume_of(voxels, volume.geometry)
    seen = picture(shrink(volume, Silent()), preset, SIZE)
    assert seen.shape == (SIZE[1], SIZE[0], 4)
    assert (seen[20:-20, 40:-40, :3].max(axis=2) > 40).mean() > 0.005


def test_other_images_than_ct_are_shown_by_their_window(bench):
    volume, _ = ball_volume(bench, bench.UPRIGHT)
    other = bench.volume_of(volume.voxels, volume.geometry, modality="MR", unit="1")
    knots = stored_knots(LUNG_AND_BONE, other, Window(500, 1000))
    assert 0 < knots[0][0] < knots[-1][0] <= 1500
    assert picture(other, MIP, SIZE, window=Window(500, 1000))[..., :3].max() > 200


def test_a_finding_is_a_ball_of_its_colour(bench):
    finding = bench.finding_at((30.0, -20.0, 30.0), 8)
    with Space() as space:
        space.show(bench.thorax(), LUNG_AND_BONE, findings=(finding,), selected=finding.id)
        chosen = space.render_to_array(SIZE)
        space.show(None, BONE, findings=(finding,))
        alone = space.render_to_array(SIZE)
        x, y = (round(n) for n in space.to_screen(finding.position, SIZE))
    blue, green, red = (int(n) for n in alone[y, x, :3])
    assert red > green > blue
    assert chosen.any()


def test_surfaces_of_segments_lie_where_the_segments_are(bench):
    volume = bench.thorax()
    labels = (volume.voxels > 500).astype(np.uint8)
    segments = (Segment(1, "ball", LUNG, colour=(40, 250, 40)), Segment(2, "none", LUNG))
    shape = Segmentation("8.1", "s", labels, volume.geometry, segments, bench.MODEL, "ct")
    (body,) = bodies_of(shape, Silent(), opacity=1.0)
    assert np.allclose(body.surface.vertices.mean(axis=0), bench.BALL, atol=1.0)
    with Space() as space:
        space.show(volume, BONE, bodies=(body,))
        space.show(None, BONE, bodies=(body,))
        seen = space.render_to_array(SIZE)
        x, y = (round(n) for n in space.to_screen(bench.BALL, SIZE))
    assert seen[y, x].argmax() == 3
    assert int(seen[y, x, 1]) > 2 * int(seen[y, x, 0])


def test_turning_draws_the_same_picture_coarsely(bench):
    volume, _ = ball_volume(bench, bench.UPRIGHT)
    with Space() as space:
        space.show(volume, BONE)
        fine = space.render_to_array(SIZE)
        space.interactive(on=True)
        coarse = space.render_to_array(SIZE)
        space.interactive(on=False)
        again = space.render_to_array(SIZE)
    assert np.allclose(bright_middle(fine), bright_middle(coarse), atol=3)
    assert np.array_equal(fine, again)
    assert not np.array_equal(fine, coarse)


def test_zoom_makes_it_larger(bench):
    volume, _ = ball_volume(bench, bench.UPRIGHT, off=(0.0, 0.0, 0.0))
    small, large = (seen_of(volume, camera=Camera(zoom=z)) for z in (1.0, 2.0))
    areas = [np.count_nonzero(n[20:-20, 45:, :3].max(axis=2) > 90) for n in (small, large)]
    assert 3.0 < areas[1] / areas[0] < 5.0


@given(angles, st.floats(-89, 89))
def test_the_eye_stands_upright(azimuth, elevation):
    eye = Eye.of(Camera(azimuth, elevation))
    axes = np.array([eye.right, eye.up, eye.towards])
    assert np.allclose(axes @ axes.T, np.eye(3), atol=1e-9)
    assert np.isclose(np.linalg.det(axes), 1)
    assert eye.up[2] > 0


def test_a_tall_picture_still_shows_the_whole_width():
    stand = Stand((0, 0, 0), 100.0)
    assert Sight.of(Camera(), stand, (100, 200)).pixel_mm * 100 == pytest.approx(200)
    assert Sight.of(Camera(), stand, (200, 100)).pixel_mm * 100 == pytest.approx(200)


def test_nothing_of_vtk_is_left_after_a_picture(bench):
    volume, _ = ball_volume(bench, bench.UPRIGHT)
    picture(volume, BONE, SIZE, findings=(bench.finding_at(bench.BALL),))
    gc.collect()
    before = _vtk_objects()
    for _ in range(2):
        picture(volume, BONE, SIZE, findings=(bench.finding_at(bench.BALL),))
    gc.collect()
    assert _vtk_objects() <= before


def _vtk_objects():
    return sum(issubclass(type(item), vtkObjectBase) for item in gc.get_objects())


# -- making a volume small ---------------------------------------------------------


@pytest.mark.parametrize("number", range(0, 48, 11))
def test_a_small_volume_lies_where_the_large_one_lies(bench, number):
    volume, place = ball_volume(bench, bench.ORIENTATIONS[number])
    small = shrink(volume, Silent(), longest=20)
    assert max(small.geometry.shape) <= 20
    index = np.argwhere(small.voxels > 700)
    assert np.allclose(small.geometry.to_patient(index).mean(axis=0), place, atol=1.5)


def test_blocks_are_averaged(bench):
    voxels = np.arange(8 * 8 * 8, dtype=np.float32).reshape(8, 8, 8)
    geometry = bench.grid(bench.UPRIGHT, (8, 8, 8))
    volume = bench.volume_of(voxels, geometry, modality="MR", unit="1")
    small = shrink(volume, Silent(), longest=4)
    wanted = voxels.reshape(4, 2, 4, 2, 4, 2).mean(axis=(1, 3, 5))
    assert np.allclose(small.voxels, wanted)


def test_the_couch_goes_and_the_body_stays(bench):
    volume = bench.thorax()
    voxels = volume.voxels.copy()
    voxels[:, -2, 8:40] = 200
    voxels[bench.ball(volume.geometry, (10.0, -20.0, 20.0), 12)] = -1000
    couched = bench.volume_of(voxels, volume.geometry)
    alone = bare(couched, Silent())
    assert (alone.voxels[:, -2, 8:40] < -1000).all()
    inside = bench.ball(volume.geometry, (10.0, -20.0, 30.0), 30)
    assert np.array_equal(alone.voxels[inside], voxels[inside])


def test_an_image_that_is_no_ct_keeps_its_surroundings(bench):
    volume = bench.thorax(modality="MR", unit="1")
    assert bare(volume, Silent()) is volume


def test_making_it_small_stops_when_nobody_wants_it(bench):
    class Impatient:
        def report(self, done, doing=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        shrink(bench.thorax(), Impatient(), longest=20)


def test_the_cube_names_no_sides_that_are_unknown(bench):
    volume, _ = ball_volume(bench, bench.UPRIGHT)
    drawn = {}
    for known in (True, False):
        with Space() as space:
            space.show(volume, BONE, sides_known=known)
            drawn[known] = space.render_to_array(SIZE)[-19:, :25, :3]
    assert drawn[True].std() > 20
    assert drawn[False].std() < 5


def test_many_findings_are_one_thing_to_draw_each_in_its_place_size_and_colour(bench):
    places = [(x, -20.0, z) for x in (-30.0, 10.0, 50.0) for z in (0.0, 40.0)]
    states = (Status.PROPOSED, Status.ACCEPTED, Status.REJECTED) * 2
    radii = (6.0, 7.0, 8.0, 9.0, 10.0, 11.0)
    found = [
        bench.finding_at(place, radius, id=str(n), status=status)
        for n, (place, radius, status) in enumerate(zip(places, radii, states, strict=True))
    ]
    assert len(actors_of(found)) == 1
    assert len(actors_of(found, "2")) == 2
    assert actors_of(()) == []
    with Space() as space:
        for shown in (found, [replace(one, status=Status.ACCEPTED) for one in found], found[:2]):
            space.show(None, BONE, findings=shown, stand=Stand((10.0, -20.0, 20.0), 60.0))
            drawn = space.render_to_array(SIZE)[..., :3].astype(int)
            for finding in found:
                x, y = (round(n) for n in space.to_screen(finding.position, SIZE))
                dark = drawn[y, x].max() < 30
                assert dark == all(finding.id != one.id for one in shown)
                if not dark:
                    (now,) = (one for one in shown if one.id == finding.id)
                    wanted = np.array(colour_of(now))[::-1]
                    assert (
                        np.abs(drawn[y, x] / drawn[y, x].max() - wanted / wanted.max()).max() < 0.1
                    )
                    edge = space.to_screen(
                        (
                            finding.position[0] + 0.8 * finding.diameter_mm / 2,
                            *finding.position[1:],
                        ),
                        SIZE,
                    )
                    assert drawn[y, round(edge[0])].max() > 30


def test_findings_that_did_not_change_are_not_made_again(bench, monkeypatch):
    made = []
    monkeypatch.setattr(space_module, "actors_of", lambda *of: made.append(of) or actors_of(*of))
    one, other = bench.finding_at((30.0, -20.0, 30.0), 8), bench.finding_at((0.0, 0.0, 0.0), id="2")
    with Space() as space:
        for findings, selected in (
            ((one, other), ""),
            ((one, other), ""),
            ((one, other), one.id),
            ((other, one), one.id),
            ((one,), one.id),
            ((), one.id),
        ):
            space.show(None, BONE, findings=findings, selected=selected)
    assert [(len(findings), selected) for findings, selected in made] == [
        (2, ""),
        (2, one.id),
        (2, one.id),
        (1, one.id),
        (0, one.id),
    ]
