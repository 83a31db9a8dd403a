"""Turned planes on the screen: places, letters and lines agree, however voxels are stored."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.code import NODULE
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.window import Window
from viewer.imaging.reslice import Interpolation, reslice
from viewer.render.crossing import COLOURS
from viewer.render.describe import describe
from viewer.render.paint import paint
from viewer.session.hold import Grasp
from viewer.session.look import Viewing
from viewer.session.oblique import STANDARD, Planes, rotation
from viewer.session.session import Place, Tool
from viewer.session.turning import set_planes

SIZE = (150, 120)
TILT = np.asarray((1.0, 2.0, -1.5)) / np.linalg.norm((1.0, 2.0, -1.5))


def tilted(bench, angle=0.6):
    return Planes().with_turn(bench.SPACE, STANDARD, rotation(TILT, angle))


@pytest.mark.parametrize("number", range(48))
def test_a_ball_is_seen_where_the_scene_says_on_every_turned_plane(bench, number):
    volume = bench.thorax(bench.ORIENTATIONS[number])
    for viewing in STANDARD:
        session = bench.session_with(volume, viewing, window=Window(500, 1000))
        session.place.set(Place(bench.BALL, bench.SPACE))
        session.planes.set(tilted(bench))
        session.shown.update(crosshair=False, texts=False)
        scene = describe(session, 0, SIZE)
        rows, columns = np.nonzero(paint(scene)[..., 0] > 200)
        x, y = scene.to_screen(bench.BALL)
        assert abs(scene.plane.distance_mm(bench.BALL)) < 1e-6, "the plane goes through the place"
        assert np.hypot(columns.mean() - x, rows.mean() - y) * scene.plane.spacing_mm[0] < 1.0
        assert "interpolated" in scene.marks


@pytest.mark.parametrize("viewing", list(STANDARD))
def test_the_letters_of_a_turned_plane_name_where_its_sides_point(bench, viewing):
    session = bench.session_with(bench.thorax(), viewing)
    session.planes.set(tilted(bench))
    scene = describe(session, 0, SIZE)
    axes = session.planes.value.of(bench.SPACE, viewing)
    first = {(0, 1): "L", (0, -1): "R", (1, 1): "P", (1, -1): "A", (2, 1): "H", (2, -1): "F"}
    strongest = int(np.argmax(np.abs(axes.right)))
    assert scene.letters.right[0] == first[strongest, int(np.sign(axes.right[strongest]))]
    assert len(scene.letters.right) > 1, "an oblique side has more than one letter"
    assert scene.letters.left != scene.letters.right


def test_the_place_and_the_size_stay_on_the_screen_while_a_plane_is_turned(bench):
    session = bench.session_with(bench.thorax(), Viewing.CORONAL, quarter_turns=1)
    session.place.set(Place(bench.BALL, bench.SPACE))
    before = describe(session, 0, SIZE)
    set_planes(session, tilted(bench, 0.9))
    after = describe(session, 0, SIZE)
    assert np.allclose(before.to_screen(bench.BALL), after.to_screen(bench.BALL), atol=0.6)
    assert after.plane.spacing_mm == pytest.approx(before.plane.spacing_mm)


def test_each_line_lies_where_its_plane_cuts_the_view(bench):
    session = bench.session_with(bench.thorax(), Viewing.AXIAL)
    session.place.set(Place(bench.BALL, bench.SPACE))
    session.planes.set(tilted(bench))
    scene = describe(session, 0, SIZE)
    for viewing in (Viewing.CORONAL, Viewing.SAGITTAL):
        normal = np.asarray(session.planes.value.of(bench.SPACE, viewing).normal)
        lines = [line for line in scene.lines if line.colour == COLOURS[viewing]]
        assert lines
        for line in lines:
            for end in (line.start, line.end):
                assert abs(np.subtract(scene.to_patient(end), bench.BALL) @ normal) < 1e-6


def test_a_thick_plane_is_drawn_with_both_edges_of_its_slab(bench):
    session = bench.session_with(bench.thorax(), Viewing.AXIAL)
    session.place.set(Place(bench.BALL, bench.SPACE))
    looks = session.hanging.value
    session.hanging.set(looks.changed(1, lambda look: replace(look, slab_mm=12.0)))
    scene = describe(session, 0, SIZE)
    coronal = np.asarray(STANDARD[Viewing.CORONAL].normal)
    off = [
        np.subtract(scene.to_patient(line.start), bench.BALL) @ coronal
        for line in scene.lines
        if line.dashed and line.colour == COLOURS[Viewing.CORONAL]
    ]
    assert sorted(off) == pytest.approx([-6.0, 6.0])


def test_labels_are_cut_by_the_turned_plane(bench):
    volume = bench.thorax()
    labels = (volume.voxels > 500).astype(np.uint8)
    segments = (Segment(1, "ball", NODULE),)
    shape = Segmentation("8.1", "m", labels, volume.geometry, segments, bench.MODEL, "ct")
    session = bench.session_with(volume, Viewing.SAGITTAL)
    session.record.set(replace(session.record.value, segmentations=(shape,)))
    session.place.set(Place(bench.BALL, bench.SPACE))
    session.planes.set(tilted(bench))
    scene = describe(session, 0, SIZE)
    seen = reslice(
        labels,
        volume.geometry,
        scene.plane,
        (SIZE[1], SIZE[0]),
        interpolation=Interpolation.NEAREST,
    )
    rows, columns = np.nonzero(seen)
    x, y = scene.to_screen(bench.BALL)
    assert np.hypot(columns.mean() - x, rows.mean() - y) * scene.plane.spacing_mm[0] < 1.0
    assert len(scene.layers) == 1


def test_a_figure_drawn_on_a_turned_plane_is_seen_in_that_plane_alone(bench):
    session = bench.session_with(bench.thorax(), Viewing.CORONAL)
    session.place.set(Place(bench.BALL, bench.SPACE))
    session.planes.set(tilted(bench))
    axes = session.planes.value.of(bench.SPACE, Viewing.CORONAL)
    ends = tuple(tuple(np.add(bench.BALL, far * np.asarray(axes.right))) for far in (-8, 8))
    anchor = Anchor("ct", bench.SPACE, axes.normal)
    figure = Measurement("7.1", MeasurementKind.LENGTH, ends, anchor, bench.READER)
    session.record.set(replace(session.record.value, measurements=(figure,)))
    (seen,) = describe(session, 0, SIZE).annotations
    there = [describe(session, 0, SIZE).to_screen(end) for end in ends]
    assert np.allclose(seen.handles, there)
    session.planes.set(Planes())
    assert describe(session, 0, SIZE).annotations == ()


def test_handles_are_there_for_the_crosshair_tool_alone(bench):
    session = bench.session_with(bench.thorax(), Viewing.AXIAL)
    grips = describe(session, 0, (300, 240)).grips
    assert {grip.hold.grasp for grip in grips} == set(Grasp)
    assert {grip.hold.viewing for grip in grips} == {Viewing.CORONAL, Viewing.SAGITTAL}
    session.tool.set(Tool.PAN)
    assert describe(session, 0, (300, 240)).grips == ()
