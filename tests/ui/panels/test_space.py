"""The 3D panel: transfer functions by mouse and keys, crop box, surfaces."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from viewer.commands.space import bounds_in_space, look_in_space, set_transfer
from viewer.core.author import Author
from viewer.core.code import LESION
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.imaging.histogram import histogram
from viewer.session.images import OpenImage
from viewer.session.transfer import BONE, LUNG_AND_BONE, MR
from viewer.ui.panels.space import SpacePanel

pytestmark = pytest.mark.window


def image(modality="CT", unit="[hnsf'U]"):
    geometry = Geometry.from_axes((20, 22, 24), (0, 0, 0), np.eye(3)[::-1], (2, 2, 2), "frame")
    values = np.random.default_rng(1).integers(-1000, 1500, geometry.shape).astype(np.int16)
    instance = Instance(Path("a.dcm"), "1.2.3", "1.2.840.10008.5.1.4.1.1.2", "", 1)
    series = Series("key", "1.9", "1.8", modality, SeriesKind.VOLUME, (instance,))
    study = Study("1.8", Patient("P1"), (series,))
    windows = (("", Window(500, 1000)),)
    return OpenImage(
        study, series, Volume(values, geometry, unit, modality, "key", windows=windows)
    )


@pytest.fixture
def panel(qtbot, desk):
    made = SpacePanel(desk)
    qtbot.addWidget(made)
    made.resize(320, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def filled(panel, desk, settle):
    desk.session.show(image())
    set_transfer(desk, BONE)
    settle()
    return panel


def transfer(desk):
    return look_in_space(desk).space.transfer


def drag(qtbot, editor, start, end, keys=Qt.KeyboardModifier.NoModifier):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    qtbot.mousePress(editor, Qt.MouseButton.LeftButton, keys, start.toPoint())
    for part in (0.5, 1.0):
        place = start + (end - start) * part
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, editor.mapToGlobal(place),
            Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, keys,
        )  # fmt: skip
        QApplication.sendEvent(editor, event)
    qtbot.mouseRelease(editor, Qt.MouseButton.LeftButton, keys, end.toPoint())


def test_without_a_volume_it_is_shut(panel):
    assert not panel.isEnabled()


def test_a_point_is_dragged_to_another_value_and_opacity(qtbot, desk, filled):
    editor = filled.editor
    start = editor.place_of(1)
    drag(qtbot, editor, start, start + QPointF(12, -25))
    value, *_, opacity = transfer(desk).knots[1]
    assert value > 262
    assert opacity > 0.3
    assert transfer(desk).knots[0] == BONE.knots[0]
    assert transfer(desk).name == "Bone"


def test_with_shift_all_points_move(qtbot, desk, filled):
    start = filled.editor.place_of(2)
    drag(qtbot, filled.editor, start, start + QPointF(20, 0), Qt.KeyboardModifier.ShiftModifier)
    moved = np.array(transfer(desk).knots)[:, 0] - np.array(BONE.knots)[:, 0]
    assert moved.min() > 20
    assert np.ptp(moved) < 1e-6


def test_a_double_click_adds_a_point_and_removes_it(qtbot, desk, filled):
    editor = filled.editor
    between = (editor.place_of(2) + editor.place_of(3)) / 2 + QPointF(0, 30)
    qtbot.mouseDClick(editor, Qt.MouseButton.LeftButton, pos=between.toPoint())
    assert len(transfer(desk).knots) == 5
    qtbot.mouseDClick(editor, Qt.MouseButton.LeftButton, pos=editor.place_of(3).toPoint())
    assert transfer(desk) == BONE


def test_all_of_it_is_done_by_keys_as_well(qtbot, desk, filled):
    editor = filled.editor
    editor.setFocus()
    for _ in range(2):
        qtbot.keyClick(editor, Qt.Key.Key_PageDown)
    assert editor.point == 1
    qtbot.keyClick(editor, Qt.Key.Key_Right)
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert transfer(desk).knots[1][0] > BONE.knots[1][0]
    assert transfer(desk).knots[1][4] > BONE.knots[1][4]
    qtbot.keyClick(editor, Qt.Key.Key_Insert)
    assert len(transfer(desk).knots) == 5
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert len(transfer(desk).knots) == 4


def test_a_point_is_given_a_colour_and_reset_takes_all_back(qtbot, desk, filled):
    assert not filled.shade.isEnabled()
    qtbot.mouseClick(
        filled.editor, Qt.MouseButton.LeftButton, pos=filled.editor.place_of(1).toPoint()
    )
    assert filled.shade.isEnabled()
    filled._coloured(QColor(255, 0, 0))
    assert transfer(desk).knots[1][1:4] == (1.0, 0.0, 0.0)
    qtbot.mouseClick(filled.back, Qt.MouseButton.LeftButton)
    assert transfer(desk) == BONE


def test_another_appearance_is_chosen_from_the_list(desk, filled):
    filled.presets.setCurrentIndex(0)
    filled.presets.activated.emit(0)
    assert transfer(desk) == LUNG_AND_BONE


def test_the_histogram_stands_behind(desk, filled):
    seen = filled.editor.grab().toImage()
    filled.editor.show_counts(None)
    assert filled.editor.grab().toImage() != seen
    filled.editor.show_counts(histogram(desk.session.image_in(3).image))
    assert filled.editor.grab().toImage() == seen


def test_images_without_hu_are_edited_in_their_own_values(qtbot, panel, desk, settle):
    desk.session.show(image("MR", "1"))
    set_transfer(desk, MR)
    settle()
    start = panel.editor.place_of(1)
    drag(qtbot, panel.editor, start, start + QPointF(15, 0))
    made = transfer(desk)
    assert made.relative
    assert made.knots[0] == pytest.approx(MR.knots[0])
    assert 0.41 < made.knots[1][0] < 0.75


def test_sliders_crop_along_the_patients_axes(desk, filled):
    box = bounds_in_space(desk)
    filled.sides[2, 0].setValue(500)
    crop = look_in_space(desk).space.crop
    assert crop.high == pytest.approx(box.high)
    assert crop.low == pytest.approx((box.low[0], box.low[1], (box.low[2] + box.high[2]) / 2))
    filled.sides[2, 1].setValue(100)
    assert look_in_space(desk).space.crop == crop
    assert filled.sides[2, 1].value() == 1000


def test_each_surface_has_a_slider(desk, filled, settle):
    opened = desk.session.image_in(3)
    labels = np.ones(opened.geometry.shape, dtype=np.uint8)
    segment = Segment(1, "Ball", LESION)
    made = Segmentation(
        "2.25.2", "Balls", labels, opened.geometry, (segment,), Author("A. Reader"), "key"
    )
    record = desk.session.record
    record.set(replace(record.value, segmentations=(made,)))
    slider = filled._surfaces.itemAt(1).widget()
    assert slider.accessibleName() == "Opacity of Ball"
    slider.setValue(90)
    assert look_in_space(desk).space.opacity_of("2.25.2/1") == 0.9


def test_everything_in_it_has_a_name_for_those_who_listen(filled):
    named = [filled.presets, filled.editor, *filled.sides.values()]
    assert all(widget.accessibleName() for widget in named)
    assert all(widget.toolTip() for widget in filled.sides.values())
