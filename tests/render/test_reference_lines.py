"""Where the slices of other views cut a view, as lines no longer than their pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.plane import Plane
from viewer.core.stack import Frame, Stack
from viewer.core.study import Series, SeriesKind
from viewer.core.volume import Origin
from viewer.render.describe import describe
from viewer.render.reference_lines import ACTIVE, COLOUR
from viewer.session.look import Look, Viewing
from viewer.session.session import Place

SIZE = (300, 240)
HEIGHTS = (10.0, 20.0, 40.0)


def with_stack(bench, lean=0.0, space=None, active=0):
    """A sagittal view of a volume, beside it a stack of short axial pictures leaning forward."""
    session = bench.session_with(bench.thorax(), Viewing.SAGITTAL)
    down = (0.0, float(np.cos(lean)), float(np.sin(lean)))
    planes = [Plane((0.0, -40.0, z), (1.0, 0.0, 0.0), down, (1.0, 1.0)) for z in HEIGHTS]
    frames = tuple(
        Frame(np.zeros((31, 21), np.int16), plane, (1, 1), Origin("", "")) for plane in planes
    )
    stack = Stack(frames, "1", "MR", "mr", frame_of_reference_uid=space or bench.SPACE)
    first = session.image_in(0)
    series = Series("mr", "1.3", "1.1", "MR", SeriesKind.STACK, ())
    beside = replace(first, series=series, image=stack)
    session.images.set(session.images.value.with_image(beside))
    hanging = session.hanging.value.changed(1, lambda _: Look("mr", Viewing.ACQUISITION, frame=1))
    for cell in (2, 3):
        hanging = hanging.changed(cell, lambda _: Look())
    session.hanging.set(replace(hanging, active=active))
    session.shown.update(crosshair=False)
    return session


def ends(scene):
    return [[scene.to_patient(end) for end in (line.start, line.end)] for line in scene.lines]


@pytest.mark.parametrize("lean", [0.0, 0.5])
def test_a_line_lies_in_both_slices_and_is_as_long_as_the_picture(bench, lean):
    session = with_stack(bench, lean)
    scene = describe(session, 0, SIZE)
    ((start, end),) = ends(scene)
    plane = session.image_in(1).image.frames[1].plane
    assert np.allclose([plane.distance_mm(start), plane.distance_mm(end)], 0, atol=1e-6)
    assert np.linalg.norm(np.subtract(start, end)) == pytest.approx(31.0, abs=1e-6)
    assert scene.lines[0].colour == COLOUR


def test_the_line_of_the_active_view_stands_out_and_its_ends_can_be_shown(bench):
    session = with_stack(bench, active=1)
    (line,) = describe(session, 0, SIZE).lines
    assert line.colour == ACTIVE
    session.shown.update(reference_ends=True)
    lines = describe(session, 0, SIZE).lines
    assert [line.dashed for line in lines] == [False, True, True]


def test_lines_can_be_hidden(bench):
    session = with_stack(bench)
    session.shown.update(reference_lines=False)
    assert describe(session, 0, SIZE).lines == ()


def test_slices_of_another_patient_space_leave_no_line(bench):
    assert describe(with_stack(bench, space="9.9"), 0, SIZE).lines == ()


def test_parallel_slices_leave_no_line(bench):
    session = with_stack(bench)
    session.place.set(Place((200.0, 0.0, 20.0), bench.SPACE))
    hanging = session.hanging.value
    session.hanging.set(hanging.changed(0, lambda look: replace(look, viewing=Viewing.AXIAL)))
    assert describe(session, 0, SIZE).lines == ()
