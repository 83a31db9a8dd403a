"""Segments painted, filled and cut with mouse and keys on the window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QToolButton

from tests.program import Program
from viewer.core.study import Catalogue
from viewer.session.images import OpenImage
from viewer.session.look import Viewing
from viewer.store.serial import pack, unpack

pytestmark = pytest.mark.window
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Place = tuple[float, float]


@dataclass
class Hand:
    """Paints on one view, in parts of its width and height."""

    program: Program
    cell: int = 0

    @property
    def view(self):
        return self.program.view(self.cell)

    def at(self, place: Place) -> QPoint:
        return QPoint(round(place[0] * self.view.width()), round(place[1] * self.view.height()))

    def drag(self, *way: Place, keys=NONE, let_go: bool = True) -> None:
        spots = [self.at(place) for place in way]
        self.program.qtbot.mousePress(self.view, LEFT, keys, spots[0])
        before = spots[0]
        for spot in spots[1:]:
            for step in range(1, 5):
                self.program.move(before + (spot - before) * step / 4, button=LEFT, cell=self.cell)
            before = spot
        if let_go:
            self.program.qtbot.mouseRelease(self.view, LEFT, keys, before)

    def click(self, place: Place) -> None:
        self.program.move(self.at(place), cell=self.cell)
        self.program.qtbot.mouseClick(self.view, LEFT, NONE, self.at(place))

    def key(self, key: Qt.Key, keys=NONE) -> None:
        self.program.qtbot.keyClick(self.view, key, keys)

    def patient(self, place: Place) -> np.ndarray:
        return np.asarray(self.view.pointer(self.at(place).toPointF(), NONE).position)

    @property
    def session(self):
        return self.program.desk.session

    @property
    def labels(self) -> np.ndarray:
        said = self.session.record.value.segmentations
        return said[0].labels if said else np.zeros((1, 1, 1), np.uint8)


@pytest.fixture
def hand(shown: Program, opened: OpenImage) -> Hand:
    shown.desk.session.catalogue.set(Catalogue((opened.study,)))
    shown.view().setFocus()
    return Hand(shown)


def centres(opened: OpenImage) -> np.ndarray:
    return opened.geometry.to_patient(np.moveaxis(np.indices(opened.geometry.shape), 0, -1))


A, B = (0.4, 0.45), (0.6, 0.55)


@pytest.mark.parametrize("cell", [0, 1, 2])
def test_a_stroke_paints_the_voxels_on_its_way_on_the_slice_of_the_view(hand, opened, cell):
    hand.cell = cell
    hand.program.run("segment.paint")
    hand.drag(A, B)
    first, last = hand.patient(A), hand.patient(B)
    viewing = (Viewing.AXIAL, Viewing.CORONAL, Viewing.SAGITTAL)[cell]
    normal = {"axial": (0, 0, 1), "coronal": (0, 1, 0), "sagittal": (1, 0, 0)}[viewing.value]
    places = centres(opened) - first
    off = places @ np.asarray(normal)
    flat = places - off[..., None] * normal
    way = last - first
    share = np.clip(flat @ way / (way @ way), 0, 1)
    far = np.linalg.norm(flat - share[..., None] * way, axis=-1)
    painted = hand.labels == 1
    assert painted[(far < 4.6) & (np.abs(off) < 0.9)].all()
    assert not painted[(far > 5.4) | (np.abs(off) > 1.1)].any()


def test_a_stroke_is_one_step_and_is_seen_while_it_lasts(hand):
    hand.program.run("segment.paint")
    hand.drag(A, B, let_go=False)
    assert hand.session.record.value.segmentations == ()
    assert hand.session.stroke.value.segmentation.label_map.counts()[1] > 10
    hand.program.wait(lambda: bool(hand.view.scene.layers))
    while_it_lasts = hand.view.scene.layers[0].labels.counts()[1]
    hand.program.qtbot.mouseRelease(hand.view, LEFT, NONE, hand.at(B))
    assert hand.session.stroke.value is None
    assert while_it_lasts > 0
    assert len(hand.session.record.value.segmentations) == 1
    assert hand.session.history.undo_title == "Paint"
    hand.session.undo()
    assert hand.session.record.value.segmentations == ()
    hand.session.redo()
    assert hand.labels.any()


def test_escape_gives_a_stroke_up(hand):
    hand.program.run("segment.paint")
    hand.drag(A, B, let_go=False)
    hand.key(Qt.Key.Key_Escape)
    assert hand.session.stroke.value is None
    hand.program.qtbot.mouseRelease(hand.view, LEFT, NONE, hand.at(B))
    assert hand.session.record.value.segmentations == ()


def test_control_erases_and_the_eraser_takes_only_its_segment(hand):
    hand.program.run("segment.paint")
    hand.drag(A, B)
    whole = hand.labels.copy()
    hand.drag(A, A, keys=CTRL)
    assert 0 < (hand.labels == 1).sum() < (whole == 1).sum()
    hand.program.run("segment.add")
    hand.program.run("segment.erase")
    before = hand.labels.copy()
    hand.drag(A, B)
    assert (hand.labels == before).all()


def test_shift_and_the_wheel_size_the_brush(hand):
    hand.program.run("segment.paint")
    before = hand.session.segmenting.value.brush.radius_mm
    place = QPointF(hand.at(A))
    event = QWheelEvent(
        place,
        hand.view.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        SHIFT,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hand.view, event)
    assert hand.session.segmenting.value.brush.radius_mm == pytest.approx(before * 1.15)


def test_a_ball_goes_through_the_slices(hand):
    hand.program.run("segment.paint")
    hand.program.run("brush.ball")
    hand.drag(A, A)
    assert (hand.labels == 1).any(axis=(1, 2)).sum() == 5


def test_only_the_values_in_the_range_are_painted(hand, opened):
    hand.program.run("segment.paint")
    box = hand.program.window.panels["segments"].widget()
    tick = next(one for one in box.findChildren(QCheckBox) if one.text() == "Only values from")
    tick.click()
    brush = hand.session.segmenting.value.brush
    assert (brush.low, brush.high) == (-1000, 200)
    from viewer.commands.segment_tools import change_brush

    change_brush(hand.program.desk, lambda one: type(one)(20.0, low=0.0, high=100.0))
    hand.drag((0.35, 0.5), (0.5, 0.5))
    painted = hand.labels == 1
    assert painted.any()
    assert set(np.unique(opened.image.voxels[painted])) == {40}


def test_the_adaptive_brush_stays_in_what_it_began_in(hand, opened):
    hand.program.run("segment.paint")
    hand.program.run("brush.adaptive")
    inside = hand.session.place.value.position
    hand.program.settle()
    there = hand.view.scene.to_screen(inside)
    place = (there[0] / hand.view.width(), there[1] / hand.view.height())
    hand.drag(place, (place[0] + 0.005, place[1]))
    painted = hand.labels == 1
    assert painted.any()
    assert set(np.unique(opened.image.voxels[painted])) == {40}


def test_a_lasso_fills_what_it_goes_round_and_control_empties_it(hand):
    hand.program.run("segment.fill_lasso")
    corners = [(0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7), (0.3, 0.31)]
    hand.drag(*corners)
    filled = (hand.labels == 1).sum()
    ends = np.abs(hand.patient((0.7, 0.7)) - hand.patient((0.3, 0.3)))
    assert filled * 4 == pytest.approx(ends[0] * ends[1], rel=0.08)
    assert hand.session.record.value.measurements == ()
    inner = [(0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6), (0.4, 0.41)]
    hand.drag(*inner, keys=CTRL)
    assert 0.6 < (hand.labels == 1).sum() / filled < 0.85


@pytest.mark.parametrize("tool", ["segment.fill_polygon", "segment.fill_livewire"])
def test_clicked_corners_are_filled_when_they_close(hand, tool):
    hand.program.run(tool)
    for place in ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7), (0.3, 0.3)):
        hand.click(place)
    hand.program.settle()
    assert (hand.labels == 1).sum() > 50
    assert hand.session.record.value.measurements == ()


def test_scissors_in_3d_cut_in_all_depth(hand):
    hand.program.run("segment.paint")
    hand.program.run("brush.ball")
    hand.drag((0.3, 0.5), (0.7, 0.5))
    whole = (hand.labels == 1).sum()
    hand.program.run("segment.scissors")
    hand.cell = 3
    hand.drag((0.02, 0.02), (0.5, 0.02), (0.5, 0.98), (0.02, 0.98), (0.02, 0.03))
    hand.program.wait(lambda: hand.session.history.undo_title == "Scissors")
    left = (hand.labels == 1).sum()
    assert 0 < left < whole
    columns = np.flatnonzero((hand.labels == 1).any(axis=(0, 1)))
    assert columns[0] > 20


def test_a_slanted_view_is_painted_along_its_plane(hand, opened):
    hand.program.run("mpr.turn_left")
    hand.program.settle()
    hand.program.run("segment.paint")
    active = hand.session.hanging.value.active
    other = next(cell for cell in (1, 2, 0) if cell != active)
    hand.cell = other
    hand.drag(A, B)
    plane = hand.view.scene.plane
    found = centres(opened)[hand.labels == 1]
    assert len(found) > 10
    half = np.abs(np.asarray(plane.normal) @ opened.geometry.affine[:3, :3]).sum() / 2
    assert np.abs(plane.distance_mm(found)).max() <= half + 1e-6


def test_what_is_painted_comes_back_after_the_program_died(hand):
    hand.program.run("segment.paint")
    hand.drag(A, B)
    (group,) = hand.session.record.value.segmentations
    packed = pack(group)
    back = unpack(packed.text, lambda name: bytes(packed.chunks[name]))
    assert (back.labels == group.labels).all()


def test_the_tools_of_the_panel_have_names_and_take_the_hand(hand):
    panel = hand.program.window.panels["segments"].widget()
    buttons = [one for one in panel.findChildren(QToolButton) if one.isCheckable()]
    assert len(buttons) >= 9
    assert all(one.accessibleName() and one.toolTip() for one in buttons)
    paint = next(one for one in buttons if one.accessibleName() == "Paint")
    paint.click()
    assert hand.session.tool.value.value == "paint"
    paint.click()
    assert hand.session.tool.value.value == "crosshair"
