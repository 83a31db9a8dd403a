"""What is left of a volume in 3D: crop, planes, scalpel, bone; and what is met on a ray."""

from __future__ import annotations

from dataclasses import replace
from inspect import Parameter, Signature, signature
from math import isnan

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.finding import Status
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.progress import Silent
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.window import Window
from viewer.render.describe import describe
from viewer.render.eye import Eye, Sight, Stand
from viewer.render.filming import shoot
from viewer.render.over_space import (
    Frames,
    annotation_in_space,
    boxes_over,
    over,
    warnings_over,
)
from viewer.render.parts import bounds_of, carved, half_spaces
from viewer.render.pick import picked
from viewer.render.scene import Scene
from viewer.render.space import Space
from viewer.session.camera import SIDES, Camera
from viewer.session.look import SpaceLook, Viewing
from viewer.session.session import Place
from viewer.session.space_look import Clip, Crop, Cut, Facing
from viewer.session.take import Take, turntable
from viewer.session.transfer import AVERAGE, BONE, MINIP, MIP, SKIN

SIZE = (160, 160)
WINDOW = Window(40, 400)
BALLS = {"left": (40.0, 0.0, 0.0), "back": (0.0, 40.0, 0.0), "head": (0.0, 0.0, 40.0)}
"""A ball of bone 8 mm in radius towards each of three sides of the middle."""
CAMERAS = [Camera(40, 25), Camera(-60, 10, perspective=True)]


@pytest.fixture(scope="module", params=[13, 30], ids=lambda n: f"order {n}")
def volume(request):
    from tests.render.conftest import ORIENTATIONS, ball, grid, volume_of

    geometry = grid(ORIENTATIONS[request.param], (60, 64, 68), (2.0, 1.9, 1.8), (0, 0, 0))
    voxels = np.full(geometry.shape, -1000, dtype=np.int16)
    rng = np.random.default_rng(3)
    for place in BALLS.values():
        inside = ball(geometry, place, 8)
        voxels[inside] = 900 + rng.integers(-60, 60, inside.sum())
    return volume_of(voxels, geometry)


def with_space(test):
    """Run a test with a `Space` of its own, closed and forgotten when it ends."""
    names = [name for name in signature(test).parameters if name != "space"]

    def run(**given):  # noqa: ANN003
        with Space() as made:
            test(space=made, **given)

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    run.__signature__ = Signature([Parameter(n, Parameter.KEYWORD_ONLY) for n in names])
    return run


def seen(space, volume, camera, look=SpaceLook(BONE), place=(0.0, 0.0, 0.0)):  # noqa: B008
    """Which balls are seen in a picture, by the light in their middle."""
    part = carved(volume, volume.geometry, look, (), Silent())
    planes = half_spaces(look, place)
    space.show(part, look.transfer, camera=camera, planes=planes, sides_known=False)
    screen = space.render_to_array(SIZE)
    found = set()
    for name, ball in BALLS.items():
        x, y = (round(n) for n in space.to_screen(ball, SIZE))
        if screen[y - 1 : y + 2, x - 1 : x + 2, :3].max() > 60:
            found.add(name)
    return found, screen


@pytest.mark.parametrize("camera", CAMERAS)
@with_space
def test_a_crop_box_leaves_what_lies_in_it_and_nothing_else(space, volume, camera):
    assert seen(space, volume, camera)[0] == set(BALLS)
    for name, place in BALLS.items():
        low, high = (tuple(p + d for p in place) for d in (-10, 10))
        found, _ = seen(space, volume, camera, SpaceLook(BONE, crop=Crop(low, high)))
        assert found == {name}


@with_space
def test_a_box_round_everything_changes_nothing(space, volume):
    _, whole = seen(space, volume, CAMERAS[0])
    look = SpaceLook(BONE, crop=bounds_of(volume.geometry))
    _, boxed = seen(space, volume, CAMERAS[0], look)
    assert np.abs(whole.astype(int) - boxed).mean() < 0.5


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize(
    ("facing", "normal", "name"),
    [
        (Facing.SAGITTAL, (1.0, 0.0, 0.0), "left"),
        (Facing.CORONAL, (0.0, 1.0, 0.0), "back"),
        (Facing.AXIAL, (0.0, 0.0, 1.0), "head"),
    ],
)
@with_space
def test_a_plane_through_the_crosshair_shows_one_side(space, volume, camera, facing, normal, name):
    clip = Clip(facing, normal)
    place = (20.0, 20.0, 20.0)
    found, _ = seen(space, volume, camera, SpaceLook(BONE, clips=(clip,)), place)
    assert found == {name}
    flipped, _ = seen(space, volume, camera, SpaceLook(BONE, clips=(clip.flipped(),)), place)
    assert flipped == set(BALLS) - {name}


def round_about(volume, camera, place, radius_px=14, size=SIZE, *, keeps=False):
    sight = Sight.of(camera, Stand.of_grid(volume.geometry), size)
    x, y = sight.to_screen(place)
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    line = tuple((x + radius_px * np.cos(t), y + radius_px * np.sin(t)) for t in turns)
    return Cut(line, camera, size, keeps)


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("name", BALLS)
@with_space
def test_the_scalpel_takes_what_lies_behind_its_line_and_no_more(space, volume, camera, name):
    cut = round_about(volume, camera, BALLS[name])
    found, _ = seen(space, volume, Camera(20, 35), SpaceLook(BONE, cuts=(cut,)))
    assert found == set(BALLS) - {name}
    kept = replace(cut, keeps=True)
    found, _ = seen(space, volume, Camera(20, 35), SpaceLook(BONE, cuts=(kept,)))
    assert found == {name}


@with_space
def test_cuts_are_taken_back_one_by_one_and_voxels_stay(space, volume):
    before = volume.voxels.copy()
    look = SpaceLook(BONE)
    for name in ("left", "head"):
        look = look.with_cut(round_about(volume, CAMERAS[1], BALLS[name]))
    assert seen(space, volume, CAMERAS[0], look)[0] == {"back"}
    assert seen(space, volume, CAMERAS[0], replace(look, cuts=look.cuts[:1]))[0] == {"back", "head"}
    assert seen(space, volume, CAMERAS[0], look.whole)[0] == set(BALLS)
    assert np.array_equal(volume.voxels, before)


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("transfer", [BONE, MIP], ids=lambda one: one.name)
def test_a_pick_hits_the_ball_within_a_voxel(volume, camera, transfer):
    sight = Sight.of(camera, Stand.of_grid(volume.geometry), SIZE)
    for place in BALLS.values():
        point = sight.to_screen(place)
        hit = picked(volume, transfer, WINDOW, (), sight, point)
        away = float(np.linalg.norm(np.subtract(hit, place)))
        if transfer is BONE:
            assert away == pytest.approx(8, abs=2.0)
            assert np.dot(np.subtract(hit, place), sight.eye.towards) > 0
        else:
            assert away <= 9
        assert sight.to_screen(hit) == pytest.approx(point, abs=0.01)
    assert picked(volume, transfer, WINDOW, (), sight, (2.0, 2.0)) is None


def test_a_pick_goes_past_what_is_clipped_away(volume):
    sight = Sight.of(Camera(), Stand.of_grid(volume.geometry), SIZE)
    clip = SpaceLook(clips=(Clip(Facing.SAGITTAL, (-1.0, 0.0, 0.0)),))
    point = sight.to_screen(BALLS["left"])
    assert picked(volume, BONE, WINDOW, half_spaces(clip, (0, 0, 0)), sight, point) is None


def test_a_mean_comes_from_nowhere(volume):
    sight = Sight.of(Camera(), Stand.of_grid(volume.geometry), SIZE)
    assert picked(volume, AVERAGE, WINDOW, (), sight, sight.to_screen(BALLS["back"])) is None


@pytest.mark.parametrize(("transfer", "brighter"), [(MINIP, False), (AVERAGE, True)])
@with_space
def test_least_and_mean_values_are_seen_where_they_lie(space, volume, transfer, brighter):
    voxels = np.full(volume.geometry.shape, -700, dtype=np.int16)
    from tests.render.conftest import ball

    voxels[ball(volume.geometry, BALLS["left"], 8)] = 900 if brighter else -1000
    made = replace(volume, voxels=voxels)
    space.show(made, transfer, camera=Camera(15, 10), sides_known=False)
    screen = space.render_to_array(SIZE).astype(int)
    x, y = (round(n) for n in space.to_screen(BALLS["left"], SIZE))
    beside = screen[y, SIZE[0] - x, 0]
    assert (screen[y, x, 0] > beside + 10) if brighter else (screen[y, x, 0] < beside - 10)
    space.interactive(on=True)
    coarse = space.render_to_array(SIZE).astype(int)
    assert abs(coarse[y, x, 0] - screen[y, x, 0]) < 40


@with_space
def test_emptied_voxels_neither_darken_nor_dilute(bench, space):
    geometry = bench.grid(bench.UPRIGHT, (40, 40, 40), (2.0, 2.0, 2.0), (0, 0, 0))
    whole = np.full(geometry.shape, -300, dtype=np.int16)
    half = whole.copy()
    half[:20] = -3000
    for transfer in (replace(MINIP, knots=AVERAGE.knots), AVERAGE):
        drawn = []
        for values in (whole, half):
            space.show(
                bench.volume_of(values, geometry), transfer, camera=SIDES["H"], sides_known=False
            )
            drawn.append(int(space.render_to_array(SIZE)[80, 80, 0]))
        assert drawn[0] == pytest.approx(255 * 0.4, abs=2)
        assert drawn[1] == pytest.approx(drawn[0], abs=2)
    space.show(None, BONE)


# -- the eye ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", SIDES)
def test_each_side_looks_at_the_patient_from_there(bench, name):
    axes = {"L": (1, 0, 0), "R": (-1, 0, 0), "P": (0, 1, 0), "A": (0, -1, 0),
            "H": (0, 0, 1), "F": (0, 0, -1)}  # fmt: skip
    eye = Eye.of(SIDES[name])
    assert np.allclose(eye.towards, axes[name], atol=1e-9)
    letters = eye.letters
    for letter, way in (
        (letters.right, eye.right),
        (letters.left, -np.asarray(eye.right)),
        (letters.top, eye.up),
        (letters.bottom, -np.asarray(eye.up)),
    ):
        assert np.allclose(way, axes[letter], atol=1e-9)


@pytest.mark.parametrize("name", SIDES)
@with_space
def test_all_48_orders_are_seen_alike_from_each_side(bench, name, space):
    camera = replace(SIDES[name], perspective=name in "AH")
    for directions in bench.ORIENTATIONS[:: 5 if name in "AH" else 11]:
        geometry = bench.grid(directions, (40, 44, 48), (2.0, 1.8, 1.6), (0, 0, 0))
        place = (18.0, 12.0, 15.0)
        voxels = np.full(geometry.shape, -1000, dtype=np.int16)
        voxels[bench.ball(geometry, place, 8)] = 1500
        space.show(bench.volume_of(voxels, geometry), BONE, camera=camera, sides_known=False)
        screen = space.render_to_array(SIZE)
        rows, columns = np.nonzero(screen[..., :3].max(axis=2) > 60)
        wanted = space.to_screen(place, SIZE)
        assert np.allclose((columns.mean(), rows.mean()), wanted, atol=2.5)


def test_a_ray_goes_through_what_is_seen_at_its_point():
    stand = Stand((10.0, -20.0, 30.0), 120.0)
    for camera in (*CAMERAS, Camera(10, 20, roll=33.0, middle=(1.0, 2.0, 3.0), inside=True)):
        sight = Sight.of(camera, stand, (200, 100))
        start, way = sight.ray((31.0, 77.0))
        for distance in (20.0, 90.0):
            assert sight.to_screen(start + distance * way) == pytest.approx((31.0, 77.0))


def test_what_lies_behind_the_eye_is_nowhere_on_the_screen():
    camera = Camera(middle=(0.0, 0.0, 0.0), inside=True)
    sight = Sight.of(camera, Stand((0, 0, 0), 100), SIZE)
    assert isnan(sight.to_screen((0.0, -50.0, 0.0))[0])
    assert sight.to_screen((0.0, 50.0, 0.0)) == pytest.approx((79.5, 79.5))


def test_roll_turns_the_picture_and_not_the_eye():
    plain, rolled = (Eye.of(Camera(30, 40, roll=r)) for r in (0.0, 90.0))
    assert plain.towards == rolled.towards
    assert np.allclose(rolled.up, -np.asarray(plain.right))


@with_space
def test_from_inside_a_hollow_ball_its_wall_is_all_round(bench, space):
    geometry = bench.grid(bench.UPRIGHT, (60, 60, 60), (1.0, 1.0, 1.0), (0, 0, 0))
    voxels = np.where(bench.ball(geometry, (0, 0, 0), 20), -1000, 40).astype(np.int16)
    for azimuth in (0, 120):
        camera = Camera(azimuth, middle=(0.0, 0.0, 0.0), perspective=True, inside=True)
        volume = bench.volume_of(voxels, geometry)
        space.show(volume, SKIN, camera=camera, sides_known=False)
        screen = space.render_to_array(SIZE)
        assert (screen[..., :3].max(axis=2) > 45).mean() > 0.95


# -- what lies over the picture ---------------------------------------------------------


def figure(kind, points):
    anchor = Anchor("ct", "1.2.3")
    return Measurement("m", kind, points, anchor, Author("A. Reader"))


@pytest.mark.parametrize("camera", CAMERAS)
def test_measurements_lie_in_space_where_they_were_drawn(camera):
    sight = Sight.of(camera, Stand((0, 0, 0), 100), SIZE)
    ends = ((-20.0, 5.0, 9.0), (30.0, -8.0, 14.0))
    drawn = annotation_in_space(figure(MeasurementKind.LENGTH, ends), sight)
    wanted = [sight.to_screen(end) for end in ends]
    assert np.allclose(drawn.strokes[0].points, wanted)
    ball = annotation_in_space(figure(MeasurementKind.SPHERE, (ends[0], ends[1])), sight)
    size = np.ptp(ball.strokes[0].points, axis=0)[0] / 2
    radius = float(np.linalg.norm(np.subtract(*ends)))
    assert size == pytest.approx(sight.radius_px(ends[0], radius), rel=0.02)
    point = annotation_in_space(figure(MeasurementKind.PROBE, ends[:1]), sight)
    assert point.handles == (pytest.approx(wanted[0]),)


def test_findings_have_a_frame_with_number_and_status(bench):
    volume = bench.thorax()
    session = bench.session_with(volume, Viewing.SPACE)
    bench.with_findings(session, bench.finding_at((30.0, -20.0, 30.0), 8))
    sight = Sight.of(Camera(), Stand.of_grid(volume.geometry), SIZE)
    (box,) = boxes_over(session, session.image_in(0), sight)
    x, y = sight.to_screen((30.0, -20.0, 30.0))
    assert box.low[0] < x < box.high[0]
    assert box.low[1] < y < box.high[1]
    assert box.caption.startswith("1 · 0.93")


def test_frames_that_are_remembered_are_those_that_are_made_anew(bench):
    volume = bench.thorax()
    session = bench.session_with(volume, Viewing.SPACE)
    opened, chance = session.image_in(0), np.random.default_rng(5)
    places = chance.uniform(-120, 120, (60, 3))
    found = [
        bench.finding_at(tuple(place), 4 + n % 5, id=str(n), score=0.5 + n / 200)
        for n, place in enumerate(places)
    ]
    remembered, numbers = Frames(), []
    judged = [replace(one, status=Status.ACCEPTED) if one.id == "7" else one for one in found]
    for findings, threshold, selected, camera in (
        (found, 0.5, "", Camera()),
        (found, 0.6, "", Camera()),
        (found, 0.5, "9", Camera()),
        (judged, 0.5, "7", Camera()),
        (judged, 0.5, "7", Camera(zoom=2.5)),
        (judged[::-1], 0.5, "7", Camera(zoom=2.5)),
        (judged[1:], 0.5, "8", Camera(zoom=2.5)),
        ([], 0.5, "8", Camera()),
    ):
        bench.with_findings(session, *findings)
        session.threshold.set(threshold)
        session.selected.set(selected)
        sight = Sight.of(camera, Stand.of_grid(volume.geometry), SIZE)
        boxes = boxes_over(session, opened, sight, remembered)
        assert boxes == boxes_over(session, opened, sight)
        numbers.append(len(boxes))
    assert numbers[0] > numbers[1] > 0 == numbers[-1]
    assert 0 < numbers[4] < numbers[3]


def test_the_crop_box_is_drawn_and_the_reader_is_warned_of_what_is_missing(bench):
    volume = bench.thorax()
    session = bench.session_with(volume, Viewing.SPACE)
    opened = session.image_in(0)
    crop = Crop((0.0, -30.0, 10.0), (20.0, -10.0, 40.0))
    look = SpaceLook(crop=crop, bone_removed=True)
    sight = Sight.of(Camera(20, 20), Stand.of_grid(volume.geometry), SIZE)
    assert len(over(session, opened, look, Scene(SIZE), sight).lines) == 12
    marks = warnings_over(session, opened, look)
    assert marks == ("BONE REMOVED: automatic, check", "NOT ALL SHOWN: cropped")
    assert warnings_over(session, opened, SpaceLook(crop=bounds_of(volume.geometry))) == ()


def test_outlined_bone_is_removed_as_it_was_outlined(bench):
    volume = bench.thorax()
    labels = bench.ball(volume.geometry, bench.BALL, 6).astype(np.uint8)
    rib = Segment(1, "rib_left_3", Code("113197003", "SCT", "Rib"))
    shape = Segmentation("8.1", "s", labels, volume.geometry, (rib,), bench.MODEL, "ct")
    look = SpaceLook(bone_removed=True)
    part = carved(volume, volume.geometry, look, (shape,), Silent())
    assert part.voxels[labels > 0].max() < -1000
    far = ~bench.ball(volume.geometry, bench.BALL, 9)
    assert np.array_equal(part.voxels[far], volume.voxels[far])


def test_a_take_is_drawn_picture_by_picture(bench):
    volume = bench.thorax()
    cameras = turntable(Camera(10, 5), 3)
    take = Take(volume, SpaceLook(BONE), WINDOW, cameras, (96, 64), marks=("SYNTHETIC",))
    frames = list(shoot(take, Silent()))
    assert [frame.shape for frame in frames] == [(64, 96, 3)] * 3
    assert not np.array_equal(frames[0], frames[1])


def test_slices_show_where_the_crop_box_is(bench):
    volume = bench.thorax()
    crop = Crop((0.0, -30.0, 10.0), (20.0, -12.0, 40.0))
    session = bench.session_with(volume, Viewing.AXIAL, space=SpaceLook(crop=crop))
    for z, seen in ((20.0, True), (45.0, False)):
        session.place.set(Place((10.0, -20.0, z), "1.2.3"))
        scene = describe(session, 0, (300, 280))
        assert bool(scene.outlines) is seen
        if seen:
            low, high = scene.to_screen((0.0, -30.0, z)), scene.to_screen((20.0, -12.0, z))
            points = scene.outlines[0].points
            assert points.min(axis=0) == pytest.approx(low)
            assert points.max(axis=0) == pytest.approx(high)
