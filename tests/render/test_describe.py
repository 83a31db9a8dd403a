"""What stands on a view: texts, warnings, findings, crosshair, slices."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from viewer.core.code import LUNG
from viewer.core.finding import Status
from viewer.core.geometry import Geometry, position_of
from viewer.core.plane import Plane
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Fidelity, Origin
from viewer.core.window import Window
from viewer.render.caveats import SYNTHETIC
from viewer.render.crosshair import GAP_PX
from viewer.render.describe import cut_of, describe
from viewer.render.lesions import ACCEPTED, PROPOSED, REJECTED, frames_of
from viewer.render.paint import paint
from viewer.render.scale import round_length
from viewer.render.scene import Corner, Letters, Trace
from viewer.render.texts import readable_date, readable_name
from viewer.session.look import Camera, Slab, Viewing
from viewer.session.oblique import Axes
from viewer.session.session import Place
from viewer.session.spots import Spots

SIZE = (300, 240)
PLANES = (Viewing.AXIAL, Viewing.CORONAL, Viewing.SAGITTAL)


def all_texts(scene):
    return " | ".join(line for _, lines in scene.texts for line in lines)


def test_an_empty_cell_says_so(bench):
    session = bench.session_with(bench.thorax())
    session.images.set(session.images.value.without(frozenset({"ct"})))
    scene = describe(session, 0, SIZE)
    assert scene.empty
    assert scene.picture is None
    assert not paint(scene)[..., :3].any()


def test_the_corners_name_patient_study_slice_and_window(bench):
    session = bench.session_with(bench.thorax(), window=Window(-600, 1500))
    scene = describe(session, 0, SIZE)
    text = all_texts(scene)
    for part in ("Doe, Jane", "P1", "1960-01-02", "2024-01-31", "Chest", "C -600  W 1500"):
        assert part in text
    assert "Zoom " in text
    assert [corner for corner, _ in scene.texts] == list(Corner)


def test_the_slice_number_and_its_place_are_those_of_the_cut(bench):
    volume = bench.thorax()
    session = bench.session_with(volume)
    for number in (0, 20, 47):
        z = float(volume.geometry.to_patient((number, 0, 0))[2])
        session.place.set(Place((10.0, -20.0, z), bench.SPACE))
        text = all_texts(describe(session, 0, SIZE))
        assert f"Slice {number + 1}/48" in text
        assert f"{'H' if z >= 0 else 'F'} {abs(z):.1f} mm" in text


@pytest.mark.parametrize("number", range(0, 48, 3))
def test_every_aligned_slice_shows_original_values(bench, number):
    """No value of the picture is a blend: with one pixel per voxel it is the voxels."""
    geometry = bench.grid(bench.ORIENTATIONS[number], (7, 9, 8), (2.0, 2.0, 2.0))
    rng = np.random.default_rng(number)
    voxels = rng.permutation(7 * 9 * 8).reshape(7, 9, 8).astype(np.int16)
    volume = bench.volume_of(voxels, geometry)
    for viewing in PLANES:
        session = bench.session_with(volume, viewing, window=Window(252, 504), smooth=True)
        session.place.set(Place((10.4, -20.3, 30.2), bench.SPACE))
        cut = cut_of(session, 0)
        scene = describe(session, 0, (64, 64))
        assert cut.original
        depth = geometry.to_index(scene.plane.to_patient((10, 10)))
        across = np.abs(geometry.directions @ np.asarray(scene.plane.normal)).argmax()
        assert abs(depth[across] - round(depth[across])) < 1e-6
        index = tuple(geometry.nearest(scene.to_patient((32.0, 32.0))))
        point = scene.to_screen(position_of(geometry.to_patient(index)))
        shown = paint(replace(scene, plane=_unzoomed(scene, geometry, index)))[0, 0, 0]
        assert abs(int(shown) - voxels[index] / 504 * 255) <= 1
        assert 0 <= point[0] < 64


def _unzoomed(scene, geometry, index):
    """The screen moved so that its first pixel is the centre of one voxel."""
    plane = scene.plane
    moved = plane.at(geometry.to_patient(index))
    assert np.allclose(moved.distance_mm(plane.origin), 0, atol=1e-6)
    return Plane(position_of(geometry.to_patient(index)), plane.right, plane.down, plane.spacing_mm)


def test_scrolling_steps_are_those_of_the_grid_along_the_view(bench):
    session = bench.session_with(bench.thorax())
    for viewing, count, step in zip(PLANES, (48, 56, 64), (2.0, 1.5, 1.25), strict=True):
        session.hanging.set(
            session.hanging.value.changed(0, lambda look, v=viewing: replace(look, viewing=v))
        )
        cut = cut_of(session, 0)
        assert (cut.count, cut.step_mm) == (count, step)


def test_an_oblique_grid_is_marked_as_interpolated_except_as_acquired(bench):
    turn = np.deg2rad(20)
    directions = [
        [0, np.sin(turn), np.cos(turn)],
        [0, np.cos(turn), -np.sin(turn)],
        [1, 0, 0],
    ]
    volume = bench.thorax(directions)
    assert "interpolated" in describe(bench.session_with(volume), 0, SIZE).marks
    acquired = describe(bench.session_with(volume, Viewing.ACQUISITION), 0, SIZE)
    assert "interpolated" not in acquired.marks
    assert acquired.letters == Letters("R", "L", "AH", "PF")


def test_a_sheared_grid_is_original_as_acquired_and_where_its_axis_is_straight(bench):
    """Slices pushed along y from one to the next: a sheared grid."""
    affine = bench.grid(bench.UPRIGHT, (48, 56, 64), (2.0, 1.5, 1.25)).affine.copy()
    affine[1, 0] = 0.5
    geometry = Geometry((48, 56, 64), affine, bench.SPACE)
    volume = bench.volume_of(np.zeros(geometry.shape, np.int16), geometry)
    for viewing, mixed in (
        (Viewing.ACQUISITION, False),
        (Viewing.AXIAL, True),
        (Viewing.CORONAL, True),
        (Viewing.SAGITTAL, False),
    ):
        session = bench.session_with(volume, viewing)
        session.place.set(Place(geometry.centre, bench.SPACE))
        assert ("interpolated" in describe(session, 0, SIZE).marks) == mixed


@pytest.mark.parametrize("degrees", [0.05, 0.2])
def test_a_scan_hardly_tilted_is_shown_on_its_own_slices(bench, degrees):
    turn = np.deg2rad(degrees)
    directions = [[0, np.sin(turn), np.cos(turn)], [0, np.cos(turn), -np.sin(turn)], [1, 0, 0]]
    volume = bench.thorax(directions)
    for viewing in PLANES:
        session = bench.session_with(volume, viewing)
        session.place.set(Place((11.0, -22.0, 33.0), bench.SPACE))
        scene, cut = describe(session, 0, SIZE), cut_of(session, 0)
        corners = volume.geometry.to_index(scene.plane.to_patient([(0, 0), (0, 299), (239, 0)]))
        across = np.ptp(corners, axis=0).argmin()
        assert np.abs(corners[:, across] - round(corners[0, across])).max() < 1e-6
        assert cut.original


def test_a_scan_turned_in_its_own_plane_is_original_in_axial_slices(bench):
    turn = np.deg2rad(10)
    directions = [[0, 0, 1], [-np.sin(turn), np.cos(turn), 0], [np.cos(turn), np.sin(turn), 0]]
    volume = bench.thorax(directions)
    assert "interpolated" not in describe(bench.session_with(volume), 0, SIZE).marks
    coronal = describe(bench.session_with(volume, Viewing.CORONAL), 0, SIZE)
    assert "interpolated" in coronal.marks


def test_the_box_of_a_finding_lies_where_its_corners_are(bench):
    session = bench.session_with(bench.thorax())
    finding = bench.finding_at(bench.BALL, 6)
    for viewing in PLANES:
        session = bench.session_with(bench.thorax(), viewing, zoom=2.0, quarter_turns=1)
        session.place.set(Place(bench.BALL, bench.SPACE))
        scene = describe(bench.with_findings(session, finding), 0, SIZE)
        (box,) = scene.boxes
        ends = np.array([scene.to_screen(finding.low), scene.to_screen(finding.high)])
        assert np.allclose([box.low, box.high], [ends.min(axis=0), ends.max(axis=0)])
        assert box.caption == "1 · 0.93 · 12.0 mm"


@pytest.mark.parametrize("seed", range(4))
def test_frames_of_many_lie_round_all_corners_of_their_boxes(bench, seed):
    chance = np.random.default_rng(seed)
    places = chance.uniform(-40, 60, (50, 3))
    found = [bench.finding_at(tuple(place), 1 + n / 10) for n, place in enumerate(places)]
    turned = Axes.along(chance.normal(size=3), chance.normal(size=3))
    plane = Plane((3.0, -2.0, 5.0), turned.right, turned.down, (0.7, 1.3))
    lows, highs = frames_of(Spots.of(found), plane)
    for finding, low, high in zip(found, lows, highs, strict=True):
        corners = np.array(list(product(*zip(finding.low, finding.high, strict=True))))
        rows_columns = plane.to_pixel(corners)
        assert np.allclose(low, rows_columns.min(axis=0)[::-1])
        assert np.allclose(high, rows_columns.max(axis=0)[::-1])


def test_only_findings_that_the_slice_cuts_are_shown(bench):
    session = bench.with_findings(
        bench.session_with(bench.thorax()), bench.finding_at(bench.BALL, 6)
    )
    x, y, z = bench.BALL
    for off, seen in ((0, 1), (5.9, 1), (6.9, 1), (9.1, 0), (-9.1, 0)):
        session.place.set(Place((x, y, z + off), bench.SPACE))
        assert len(describe(session, 0, SIZE).boxes) == seen


def test_findings_beside_the_screen_have_no_captions(bench):
    session = bench.session_with(bench.thorax(), zoom=8.0, pan_mm=(60.0, 0.0))
    session.place.set(Place(bench.BALL, bench.SPACE))
    assert (
        describe(bench.with_findings(session, bench.finding_at(bench.BALL, 6)), 0, SIZE).boxes == ()
    )


def test_a_slab_shows_the_findings_in_it(bench):
    session = bench.session_with(bench.thorax(), slab_mm=40.0, slab=Slab.MAXIMUM)
    bench.with_findings(session, bench.finding_at(bench.BALL, 6))
    x, y, z = bench.BALL
    session.place.set(Place((x, y, z + 20), bench.SPACE))
    scene = describe(session, 0, SIZE)
    assert len(scene.boxes) == 1
    assert "MIP of 40 mm" in all_texts(scene)


@pytest.mark.parametrize(
    ("status", "colour"),
    [
        (Status.PROPOSED, PROPOSED),
        (Status.ACCEPTED, ACCEPTED),
        (Status.EDITED, ACCEPTED),
        (Status.REJECTED, REJECTED),
    ],
)
def test_the_colour_of_a_box_says_what_a_person_made_of_it(bench, status, colour):
    finding = bench.finding_at(bench.BALL, 6, status=status)
    session = bench.with_findings(bench.session_with(bench.thorax()), finding)
    session.place.set(Place(bench.BALL, bench.SPACE))
    (box,) = describe(session, 0, SIZE).boxes
    assert box.colour == colour
    assert box.trace == {
        Status.PROPOSED: Trace.DASHED,
        Status.REJECTED: Trace.DOTTED,
    }.get(status, Trace.SOLID)
    session.selected.set(finding.id)
    (chosen,) = describe(session, 0, SIZE).boxes
    assert chosen.selected


def test_findings_below_the_threshold_keep_the_numbers_of_the_others(bench):
    weak = bench.finding_at(bench.BALL, 6, id="9.1", score=0.2)
    sure = bench.finding_at(bench.BALL, 4, id="9.2")
    session = bench.with_findings(bench.session_with(bench.thorax()), weak, sure)
    session.place.set(Place(bench.BALL, bench.SPACE))
    (box,) = describe(session, 0, SIZE).boxes
    assert box.caption.startswith("2 · ")


@pytest.mark.parametrize("number", range(0, 48, 7))
def test_the_outline_of_a_mask_runs_round_the_ball(bench, number):
    geometry = bench.grid(bench.ORIENTATIONS[number], (60, 60, 60), (1.0, 1.0, 1.0), bench.BALL)
    mask = bench.mask_of(geometry, bench.BALL, 10)
    finding = bench.finding_at(bench.BALL, 10, mask=mask)
    for viewing in (*PLANES, Viewing.ACQUISITION):
        session = bench.session_with(bench.thorax(), viewing)
        session.place.set(Place(bench.BALL, bench.SPACE))
        scene = describe(bench.with_findings(session, finding), 0, SIZE)
        (outline,) = scene.outlines
        off = [np.subtract(scene.to_patient((x, y)), bench.BALL) for x, y in outline.points]
        across = np.asarray(scene.plane.normal)
        radius = [np.linalg.norm(part - across * (part @ across)) for part in off]
        assert min(radius) > 9.0
        assert max(radius) < 11.0


def test_the_crosshair_meets_at_the_place_and_leaves_a_gap(bench):
    session = bench.session_with(bench.thorax())
    session.place.set(Place(bench.BALL, bench.SPACE))
    scene = describe(session, 0, SIZE)
    x, y = scene.to_screen(bench.BALL)
    assert len(scene.lines) == 4
    for line in scene.lines:
        ends = np.array([line.start, line.end])
        assert np.allclose(ends[:, 0], x) or np.allclose(ends[:, 1], y)
        assert np.linalg.norm(ends - (x, y), axis=1).min() >= GAP_PX - 1e-6


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("crosshair", "lines"),
        ("findings", "boxes"),
        ("findings", "outlines"),
        ("segments", "layers"),
        ("texts", "texts"),
    ],
)
def test_every_overlay_can_be_switched_off(bench, name, part):
    volume = bench.thorax()
    session = bench.session_with(volume)
    session.place.set(Place(bench.BALL, bench.SPACE))
    mask = bench.mask_of(volume.geometry, bench.BALL, 6)
    labels = (volume.voxels > 500).astype(np.uint8)
    segments = (Segment(1, "ball", LUNG),)
    shape = Segmentation("8.1", "s", labels, volume.geometry, segments, bench.MODEL, "ct")
    record = replace(
        session.record.value,
        findings=(bench.finding_at(bench.BALL, 6, mask=mask),),
        segmentations=(shape,),
    )
    session.record.set(record)
    assert getattr(describe(session, 0, SIZE), part)
    session.shown.update(**{name: False})
    assert not getattr(describe(session, 0, SIZE), part)


def test_letters_and_warnings_cannot_be_switched_off(bench):
    session = bench.session_with(bench.thorax(synthetic=True))
    session.shown.update(crosshair=False, findings=False, segments=False, texts=False)
    scene = describe(session, 0, SIZE)
    assert scene.letters == Letters("R", "L", "A", "P")
    assert SYNTHETIC in scene.marks


@pytest.mark.parametrize("viewing", list(Viewing))
def test_synthetic_stands_in_every_view_of_synthetic_images(bench, viewing):
    session = bench.session_with(bench.thorax(synthetic=True), viewing)
    assert SYNTHETIC in describe(session, 0, SIZE).marks


@pytest.mark.parametrize(
    ("quality", "mark"),
    [
        (Fidelity.EMPTY, "Loading 97 %"),
        (Fidelity.NEIGHBOUR, "neighbour's copy"),
        (Fidelity.DAMAGED, "damaged slice"),
    ],
)
def test_a_slice_that_is_not_original_is_marked_where_it_is_seen(bench, quality, mark):
    volume = bench.thorax()
    qualities = np.full(48, Fidelity.ORIGINAL, dtype=np.uint8)
    qualities[10] = quality
    session = bench.session_with(volume)
    opened = replace(session.image_in(0), fidelity=Fidelity(qualities))
    session.images.set(session.images.value.with_image(opened))
    for number, marks in ((10, (mark,)), (11, ())):
        z = float(volume.geometry.to_patient((number, 0, 0))[2])
        session.place.set(Place((10.0, -20.0, z), bench.SPACE))
        assert describe(session, 0, SIZE).marks == marks
    session.hanging.set(
        session.hanging.value.changed(0, lambda look: replace(look, viewing=Viewing.CORONAL))
    )
    assert len(describe(session, 0, SIZE).marks) == 1


def test_the_scale_bar_is_as_long_as_it_says(bench):
    scene = describe(bench.session_with(bench.thorax(), zoom=1.7), 0, SIZE)
    bar = scene.scale_bar
    left, right = scene.to_patient((0.0, 0.0)), scene.to_patient((bar.length_px, 0.0))
    assert np.isclose(np.linalg.norm(np.subtract(left, right)), bar.length_mm)
    assert bar.length_px <= SIZE[0] / 4


def test_round_lengths_are_one_two_or_five_times_a_power_of_ten():
    lengths = [round_length(n) for n in (0.7, 1, 1.9, 3, 7, 10, 49.9, 50, 501)]
    assert lengths == [0.5, 1, 1, 2, 5, 10, 20, 50, 500]


def test_the_3d_view_has_letters_texts_and_no_slice(bench):
    volume = bench.thorax()
    for azimuth, letters in (
        (0, ("R", "L", "H", "F")),
        (90, ("A", "P", "H", "F")),
        (180, ("L", "R", "H", "F")),
        (-90, ("P", "A", "H", "F")),
    ):
        session = bench.session_with(volume, Viewing.SPACE, camera=Camera(azimuth=azimuth))
        scene = describe(session, 0, SIZE)
        assert scene.letters == Letters(*letters)
        assert scene.picture is None
        assert "Doe, Jane" in all_texts(scene)
        assert not scene.empty


def test_names_and_dates_are_readable():
    assert readable_name("Doe^Jane^Mary") == "Doe, Jane Mary"
    assert readable_name("Yamada^Tarou=山田^太郎") == "Yamada, Tarou"
    assert readable_name("Anonymous") == "Anonymous"
    assert readable_date("20240131") == "2024-01-31"
    assert readable_date("2024") == "2024"


# -- frames that form no volume ------------------------------------------------------


def frame(pixels, plane=None, spacing_mm=None, **more: object):
    return Frame(pixels, plane, spacing_mm, Origin("", ""), **more)


def stack(*frames: Frame, **more: object):
    return Stack(frames, more.pop("unit", "1"), more.pop("modality", "CR"), "ct", **more)


def test_a_frame_without_a_place_has_pixels_but_no_letters(bench):
    session = bench.session_with(stack(frame(np.zeros((40, 60), np.uint8))), Viewing.ACQUISITION)
    scene = describe(session, 0, SIZE)
    assert not scene.in_patient
    assert not scene.calibrated
    assert scene.letters == Letters()
    assert scene.lines == ()
    assert "not calibrated" in scene.marks
    assert scene.scale_bar.text.endswith("px")
    assert np.isclose(scene.plane.spacing_mm[0], 60 / SIZE[0])


def test_a_frame_with_known_pixels_has_millimetres(bench):
    pixels = np.zeros((40, 60), np.uint8)
    scene = describe(bench.session_with(stack(frame(pixels, spacing_mm=(0.5, 0.25)))), 0, SIZE)
    assert scene.calibrated
    assert scene.scale_bar.text.endswith("mm")
    assert np.isclose(np.ptp(scene.plane.to_pixel([(0, 0, 0), (0, 20, 0)])[:, 0]), SIZE[1])


def test_a_frame_with_a_plane_lies_in_the_patient(bench):
    plane = Plane((0, 0, 0), (0, 1, 0), (0, 0, -1), (1.0, 1.0))
    image = stack(frame(np.zeros((40, 60), np.uint8), plane), frame_of_reference_uid=bench.SPACE)
    session = bench.session_with(image, Viewing.ACQUISITION)
    session.place.set(Place((5.0, 20.0, -30.0), bench.SPACE))
    scene = describe(session, 0, SIZE)
    assert scene.letters == Letters("A", "P", "H", "F")
    assert np.allclose(scene.to_patient(scene.to_screen((0.0, 20.0, -30.0))), (0, 20, -30))
    assert scene.lines


def test_damage_and_the_reason_for_a_stack_are_said(bench):
    good = frame(np.zeros((4, 4), np.uint8))
    bad = frame(np.zeros((4, 4), np.uint8), damage="pixel data ends early")
    image = stack(good, bad, reason="The slices are unevenly spaced.")
    session = bench.session_with(image, Viewing.ACQUISITION, frame=1)
    marks = describe(session, 0, SIZE).marks
    assert "The slices are unevenly spaced." in marks
    assert "pixel data ends early" in marks
    assert "Frame 2/2" in all_texts(describe(session, 0, SIZE))


def test_a_colour_frame_keeps_its_colours(bench):
    pixels = np.zeros((30, 30, 3), np.uint8)
    pixels[:, :15] = (200, 100, 50)
    session = bench.session_with(stack(frame(pixels), modality="US"), Viewing.ACQUISITION)
    scene = describe(session, 0, (90, 60))
    picture = paint(scene)
    assert picture[30, 25].tolist() == [50, 100, 200, 255]
    assert picture[30, 5].tolist() == [0, 0, 0, 255]
    assert " W " not in all_texts(scene)


def test_a_falling_scale_shows_high_values_bright(bench):
    pixels = np.array([[0, 100]], dtype=np.uint8)
    image = stack(frame(pixels, slope=-1.0, intercept=100.0))
    session = bench.session_with(image, Viewing.ACQUISITION, window=Window(50, 100), smooth=False)
    picture = paint(describe(session, 0, (20, 10)))
    assert picture[5, 3, 0] == 255
    assert picture[5, 16, 0] == 0


def test_a_view_through_a_grid_of_one_slice_is_a_scene(bench):
    geometry = Geometry.from_axes((1, 5, 6), (0, 0, 0), bench.UPRIGHT, (1, 1, 1), bench.SPACE)
    volume = bench.volume_of(np.ones((1, 5, 6), np.int16), geometry)
    for viewing in PLANES:
        assert paint(describe(bench.session_with(volume, viewing), 0, SIZE)).any()
