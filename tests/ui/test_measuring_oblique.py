"""Figures drawn and changed with the mouse on planes that are turned."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from tests.ui.test_measuring import Hand, draw, hand
from viewer.commands.measures import select
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.session.oblique import STANDARD, rotation
from viewer.session.turning import set_planes

pytestmark = pytest.mark.window
__all__ = ["hand"]
TILT = np.asarray((1.0, 2.0, -1.5)) / np.linalg.norm((1.0, 2.0, -1.5))
SPHERE = np.array((-20.0, 10.0, 30.0))


@pytest.fixture
def oblique(hand: Hand) -> Hand:
    """The window with one large view of a plane that runs along no side of a voxel."""
    session = hand.program.desk.session
    space = session.active_image.frame_of_reference_uid
    set_planes(session, session.planes.value.with_turn(space, STANDARD, rotation(TILT, 0.6)))
    session.shown.update(findings=False, texts=False, crosshair=False)
    hand.program.settle()
    assert "interpolated" in hand.program.view().scene.marks
    return hand


def plane(hand: Hand):
    return hand.program.view().scene.plane


def on_plane(hand: Hand, figure: Measurement) -> float:
    """How far the points of a figure lie off the plane of the view at most, mm."""
    return float(np.abs(plane(hand).distance_mm(np.array(figure.points))).max())


def pixel_of(hand: Hand, position) -> QPoint:
    x, y = hand.program.view().scene.to_screen(position)
    return QPoint(round(x + 0.5), round(y + 0.5))


KINDS = (
    *(MeasurementKind.LENGTH, MeasurementKind.ANGLE, MeasurementKind.BIDIRECTIONAL),
    *(MeasurementKind.ELLIPSE, MeasurementKind.POLYGON, MeasurementKind.LIVEWIRE),
    *(MeasurementKind.FREEHAND, MeasurementKind.PROBE),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_lies_in_the_plane_on_which_it_was_drawn(oblique: Hand, kind) -> None:
    draw(oblique, kind)
    oblique.program.wait(lambda: len(oblique.said) == 1)
    (figure,) = oblique.said
    assert on_plane(oblique, figure) < 1e-6
    assert abs(abs(np.dot(figure.anchor.normal, plane(oblique).normal)) - 1) < 1e-9
    assert figure.anchor.sop_instance_uid == "", "a mixed picture is no stored one"
    oblique.program.settle()
    assert [one.measurement_id for one in oblique.program.view().scene.annotations] == [figure.id]
    oblique.run("edit.undo")
    assert oblique.said == ()


def test_a_figure_is_not_shown_on_another_slice_of_its_plane(oblique: Hand) -> None:
    draw(oblique, MeasurementKind.ELLIPSE)
    oblique.program.wheel(oblique.program.middle(), 4)
    oblique.program.settle()
    assert oblique.program.view().scene.annotations == ()


def test_the_ball_is_as_wide_on_a_turned_plane_as_it_is(oblique: Hand) -> None:
    view, mm = oblique.program.view(), plane(oblique).spacing_mm[0]
    middle = pixel_of(oblique, SPHERE)
    row = oblique.program.picture()[middle.y(), :, 0].astype(float)
    inside = np.flatnonzero(row > 128)
    assert len(inside) * mm == pytest.approx(20, abs=1), "half a voxel at either side"
    across = QPoint(round(10 / mm), 0)
    oblique.take("length")
    oblique.program.drag(middle - across, middle + across)
    (figure,) = oblique.said
    assert figure.quantities[0].value == pytest.approx(2 * across.x() * mm, rel=0.005)
    assert figure.quantities[0].value == pytest.approx(20, abs=1)
    assert view.scene.plane.distance_mm(SPHERE) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("kind", [MeasurementKind.ELLIPSE, MeasurementKind.RECTANGLE])
def test_values_of_an_area_are_those_of_the_turned_plane(oblique: Hand, kind) -> None:
    middle = pixel_of(oblique, SPHERE)
    off = QPoint(*(round(5 / plane(oblique).spacing_mm[0]),) * 2)
    oblique.take(kind.value)
    oblique.program.drag(middle - off, middle + off)
    oblique.program.wait(lambda: len(oblique.said) == 1 and len(oblique.said[0].quantities) > 2)
    (figure,) = oblique.said
    said = {one.name.meaning.lower(): one.value for one in figure.quantities}
    share = np.pi / 4 if kind is MeasurementKind.ELLIPSE else 1.0
    assert said["area"] == pytest.approx(100 * share, rel=0.06)
    assert said["mean"] == pytest.approx(40, abs=0.5)


def test_a_handle_and_the_whole_are_dragged_in_the_turned_plane(oblique: Hand) -> None:
    middle, off = pixel_of(oblique, SPHERE), QPoint(60, 0)
    oblique.take("length")
    oblique.program.drag(middle - off, middle + off)
    (first,) = oblique.said
    select(oblique.program.desk, first.id)
    oblique.program.settle()
    oblique.program.drag(middle + off, middle + off + QPoint(0, 50))
    (second,) = oblique.said
    mm = plane(oblique).spacing_mm[0]
    assert second.points[0] == first.points[0]
    assert np.linalg.norm(np.subtract(second.points[1], first.points[1])) == pytest.approx(
        50 * mm, rel=0.02
    )
    assert on_plane(oblique, second) < 1e-6
    oblique.program.settle()
    half = middle + QPoint(0, 25)
    oblique.program.drag(half, half + QPoint(30, 30))
    (third,) = oblique.said
    assert third.quantities[0].value == pytest.approx(second.quantities[0].value, abs=1e-6)
    moved = np.subtract(third.points, second.points)
    assert np.allclose(moved[0], moved[1], atol=1e-6)
    assert np.linalg.norm(moved[0]) == pytest.approx(30 * 2**0.5 * mm, rel=0.03)
    assert on_plane(oblique, third) < 1e-6
    oblique.run("edit.undo")
    oblique.run("edit.undo")
    assert oblique.said == (first,)


def test_a_figure_comes_back_when_the_plane_is_turned_away_and_back(oblique: Hand) -> None:
    session = oblique.program.desk.session
    draw(oblique, MeasurementKind.LENGTH)
    before = session.planes.value
    oblique.run("mpr.straighten")
    oblique.program.settle()
    assert oblique.program.view().scene.annotations == ()
    set_planes(session, before)
    oblique.program.settle()
    assert len(oblique.program.view().scene.annotations) == 1


def test_a_copy_for_the_next_slice_lies_in_the_next_turned_slice(oblique: Hand) -> None:
    draw(oblique, MeasurementKind.LENGTH)
    here = plane(oblique)
    oblique.run("measure.copy_next")
    oblique.program.settle()
    first, second = oblique.said
    assert on_plane(oblique, second) < 1e-6
    gone = np.subtract(second.points, first.points)
    assert np.allclose(np.cross(gone, here.normal), 0, atol=1e-6)
    assert abs(here.distance_mm(plane(oblique).origin)) == pytest.approx(np.linalg.norm(gone[0]))
