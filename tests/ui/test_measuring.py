"""Every tool that measures, drawn with mouse and keys on the window."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QInputDialog

from tests.program import Program
from viewer.commands.measures import select
from viewer.core import code
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.core.study import Catalogue
from viewer.session.images import OpenImage
from viewer.store.serial import pack, unpack

pytestmark = pytest.mark.window
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Place = tuple[float, float]


@dataclass
class Hand:
    """Draws on the axial view, in parts of its width and height."""

    program: Program

    def at(self, place: Place) -> QPoint:
        view = self.program.view()
        return QPoint(round(place[0] * view.width()), round(place[1] * view.height()))

    def take(self, tool: str) -> None:
        self.program.run(f"measure.{tool}")

    def drag(self, *way: Place, cell: int = 0) -> None:
        view, (start, *others) = self.program.view(cell), [self.at(place) for place in way]
        self.program.qtbot.mousePress(view, LEFT, NONE, start)
        before = start
        for place in others:
            for step in range(1, 4):
                self.program.move(before + (place - before) * step / 3, button=LEFT, cell=cell)
            before = place
        self.program.qtbot.mouseRelease(view, LEFT, NONE, before)

    def click(self, *places: Place) -> None:
        for place in places:
            self.program.move(self.at(place))
            self.program.qtbot.mouseClick(self.program.view(), LEFT, NONE, self.at(place))

    def double(self, place: Place) -> None:
        view, spot = self.program.view(), self.at(place)
        self.program.move(spot)
        self.program.qtbot.mouseDClick(view, LEFT, NONE, spot)

    def key(self, key: Qt.Key) -> None:
        self.program.qtbot.keyClick(self.program.view(), key)

    def run(self, command: str) -> None:
        """Say a command once the window knows what is allowed."""
        self.program.qtbot.wait(5)
        self.program.run(command)

    @property
    def said(self) -> tuple[Measurement, ...]:
        return self.program.desk.session.record.value.measurements

    def spot(self, place: Place) -> np.ndarray:
        """Where in the patient a place of the view lies."""
        view = self.program.view()
        there = view.pointer(self.at(place).toPointF(), NONE).position
        return np.array(there)


@pytest.fixture
def hand(shown: Program, opened: OpenImage) -> Hand:
    """The window with the CT in one large view."""
    shown.desk.session.catalogue.set(Catalogue((opened.study,)))
    shown.run("view.maximise")
    shown.settle()
    shown.view().setFocus()
    return Hand(shown)


A, B, C, D = (0.35, 0.4), (0.55, 0.42), (0.6, 0.6), (0.38, 0.62)


def draw(hand: Hand, kind: MeasurementKind) -> None:
    """Draw a figure as its help says."""
    hand.take(kind.value)
    match kind:
        case MeasurementKind.ANGLE:
            hand.click(A, B, C)
        case MeasurementKind.COBB:
            hand.click(A, B, D, C)
        case MeasurementKind.BIDIRECTIONAL:
            hand.drag(A, B)
            hand.click((0.45, 0.5))
        case MeasurementKind.POLYGON:
            hand.click(A, B, C, A)
        case MeasurementKind.POLYLINE | MeasurementKind.SPLINE | MeasurementKind.LIVEWIRE:
            hand.click(A, B, C)
            hand.double(D)
        case MeasurementKind.FREEHAND:
            hand.drag(A, B, C, D)
        case MeasurementKind.PROBE | MeasurementKind.TEXT:
            hand.click(A)
        case _:
            hand.drag(A, C)
    if kind in (MeasurementKind.TEXT, MeasurementKind.ARROW):
        answer(hand, "here")


def answer(hand: Hand, words: str) -> None:
    window = hand.program.window
    hand.program.wait(lambda: any(d.isVisible() for d in window.findChildren(QInputDialog)))
    dialog = next(d for d in window.findChildren(QInputDialog) if d.isVisible())
    dialog.setTextValue(words)
    dialog.accept()


TOOLS = [kind for kind in MeasurementKind if kind is not MeasurementKind.CALIBRATION]


@pytest.mark.parametrize("kind", TOOLS)
def test_a_tool_draws_its_figure_which_is_undone_done_again_and_kept(
    hand: Hand, kind: MeasurementKind
) -> None:
    draw(hand, kind)
    hand.program.wait(lambda: len(hand.said) == 1)
    (figure,) = hand.said
    assert figure.kind is kind
    assert kind.counts[0] <= len(figure.points) <= 200
    if kind not in (MeasurementKind.TEXT, MeasurementKind.ARROW):
        assert all(np.isfinite(one.value) and one.unit.value for one in figure.quantities)
        assert figure.quantities
    (seen,) = hand.program.view().scene.annotations or [None]
    assert seen is None or seen.measurement_id == figure.id
    hand.run("edit.undo")
    assert hand.said == ()
    hand.run("edit.redo")
    assert hand.said == (figure,)
    packed = pack(hand.said)
    assert unpack(packed.text, packed.chunks.__getitem__) == (figure,)
    hand.program.desk.keeper.flush()
    draft = hand.program.desk.keeper.latest("1.8")
    assert draft is not None
    assert draft.measurements == (figure,)


def test_a_length_is_as_long_as_the_way_of_the_mouse(hand: Hand) -> None:
    draw(hand, MeasurementKind.LENGTH)
    truth = float(np.linalg.norm(hand.spot(C) - hand.spot(A)))
    assert hand.said[0].quantity(code.LENGTH).value == pytest.approx(truth, rel=1e-6)


def test_escape_gives_a_figure_up_and_enter_ends_it(hand: Hand) -> None:
    hand.take("polygon")
    hand.click(A, B, C)
    hand.key(Qt.Key.Key_Escape)
    assert (hand.said, hand.program.view().is_dragged) == ((), False)
    hand.click(A, B, C)
    hand.key(Qt.Key.Key_Return)
    assert [len(one.points) for one in hand.said] == [3]


def test_the_right_button_ends_a_path(hand: Hand) -> None:
    hand.take("polyline")
    hand.click(A, B, C)
    view, right = hand.program.view(), Qt.MouseButton.RightButton
    hand.program.qtbot.mouseClick(view, right, NONE, hand.at(D))
    assert [len(one.points) for one in hand.said] == [3]


def test_handles_are_dragged_and_the_line_moves_the_whole(hand: Hand) -> None:
    draw(hand, MeasurementKind.LENGTH)
    hand.run("measure.let_go")
    hand.run("measure.let_go")
    hand.program.settle()
    hand.drag(C, D)
    assert np.linalg.norm(np.array(hand.said[0].points[1]) - hand.spot(D)) < 0.6
    hand.program.settle()
    before = np.array(hand.said[0].points)
    middle = ((A[0] + D[0]) / 2, (A[1] + D[1]) / 2)
    hand.drag(middle, (middle[0] + 0.1, middle[1]))
    by = np.array(hand.said[0].points) - before
    assert np.allclose(by[0], by[1])
    assert np.linalg.norm(by[0]) > 1


def test_keys_move_copy_paste_and_delete_the_chosen_figure(hand: Hand) -> None:
    draw(hand, MeasurementKind.RECTANGLE)
    view, bot = hand.program.view(), hand.program.qtbot
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    start = np.array(hand.said[0].points)
    bot.wait(5)
    bot.keyClick(view, Qt.Key.Key_Right, control | shift)
    assert np.array(hand.said[0].points)[:, 0] == pytest.approx(start[:, 0] + 2)
    bot.keyClick(view, Qt.Key.Key_C, control)
    bot.wait(5)
    bot.keyClick(view, Qt.Key.Key_V, control)
    assert len(hand.said) == 2
    bot.wait(5)
    bot.keyClick(view, Qt.Key.Key_Delete)
    assert len(hand.said) == 1


def test_words_are_dragged_away_and_come_back(hand: Hand) -> None:
    draw(hand, MeasurementKind.ELLIPSE)
    hand.run("measure.let_go")
    hand.run("measure.let_go")
    hand.program.picture()
    view = hand.program.view()
    words = view._words[hand.said[0].id].center().toPoint()
    hand.program.drag(words, words + QPoint(60, 90))
    assert hand.said[0].caption_at is not None
    hand.program.picture()
    moved = view._words[hand.said[0].id]
    assert moved.contains((words + QPoint(60, 90)).toPointF())
    hand.run("measure.caption_back")
    assert hand.said[0].caption_at is None


def test_a_sphere_is_changed_in_any_of_the_three_planes(shown: Program) -> None:
    hand = Hand(shown)
    hand.take("sphere")
    hand.drag((0.5, 0.5), (0.6, 0.5))
    (ball,) = hand.said
    shown.settle()
    radius = ball.quantity(code.RADIUS).value
    select(shown.desk, ball.id)
    shown.settle()
    for cell in (1, 2):
        shown.picture(cell)
        grips = shown.view(cell).scene.annotations[0].handles
        x, y = grips[1]
        shown.drag(QPoint(round(x), round(y)), QPoint(round(x) + 12, round(y)), cell=cell)
        shown.settle()
        now = hand.said[0].quantity(code.RADIUS).value
        assert now > radius + 1
        radius = now


def test_a_face_of_a_box_is_moved_in_another_plane(shown: Program) -> None:
    hand = Hand(shown)
    hand.take("box")
    hand.drag((0.4, 0.4), (0.6, 0.6))
    (box,) = hand.said
    select(shown.desk, box.id)
    shown.settle()
    shown.picture(1)
    grips = shown.view(1).scene.annotations[0].handles
    there = [grip for grip in grips if abs(grip[0]) < 1e5]
    assert len(there) == 4
    x, y = max(there)
    shown.drag(QPoint(round(x), round(y)), QPoint(round(x) + 15, round(y)), cell=1)
    assert hand.said[0].quantity(code.VOLUME).value > box.quantity(code.VOLUME).value * 1.05


def test_ends_snap_to_the_edge_of_the_ball_and_to_other_ends(hand: Hand) -> None:
    from tests.ui.conftest import SPHERE

    hand.run("measure.snap")
    scene = hand.program.view().scene
    x, y = scene.to_screen((SPHERE[0] + 8, SPHERE[1], SPHERE[2]))
    view = hand.program.view()
    start = (x / view.width(), y / view.height())
    hand.take("length")
    hand.drag(start, (start[0] + 0.25, start[1]))
    (first,) = hand.said
    off = np.linalg.norm(np.subtract(first.points[0], SPHERE)[:2])
    assert off == pytest.approx(10, abs=1.5)
    x, y = scene.to_screen(first.points[1])
    end = ((x + 4) / view.width(), (y + 3) / view.height())
    hand.drag((0.3, 0.8), end)
    assert hand.said[-1].points[1] == first.points[1]


def test_figures_of_a_slab_say_that_values_are_those_of_the_slice(hand: Hand) -> None:
    draw(hand, MeasurementKind.RECTANGLE)
    session = hand.program.desk.session
    session.hanging.set(session.hanging.value.changed(0, lambda look: replace(look, slab_mm=20.0)))
    hand.program.picture()
    (seen,) = hand.program.view().scene.annotations
    assert seen.caption[-1] == "of the slice, not the slab"


def test_the_menu_tells_every_tool(shown: Program) -> None:
    ids = {f"measure.{kind.value}" for kind in MeasurementKind}
    assert ids <= set(shown.window.actions_.all)


def test_a_hidden_figure_is_not_drawn_until_all_are_shown_again(hand: Hand) -> None:
    draw(hand, MeasurementKind.ELLIPSE)
    view = hand.program.view()
    hand.run("measure.hide")
    hand.program.picture()
    assert view.scene.annotations == ()
    hand.run("measure.show_hidden")
    hand.program.picture()
    assert len(view.scene.annotations) == 1
    hand.run("measure.show")
    hand.program.picture()
    assert view.scene.annotations == ()
