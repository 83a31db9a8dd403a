"""Two fingers enlarge, move and turn the picture."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.window
KINDS = Qt.NativeGestureType


def gesture(view, kind, value=0.0):
    at = QPointF(view.rect().center())
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(kind, device, 2, at, at, view.mapToGlobal(at), value, QPointF(), 1)
    QApplication.sendEvent(view, event)


def look(program):
    return program.desk.session.hanging.value.cells[0]


def test_spreading_two_fingers_enlarges(shown):
    before = look(shown).zoom
    gesture(shown.view(0), KINDS.BeginNativeGesture)
    gesture(shown.view(0), KINDS.ZoomNativeGesture, 0.25)
    assert look(shown).zoom == pytest.approx(before * 1.25)


def test_turning_two_fingers_far_enough_turns_by_a_quarter(shown):
    gesture(shown.view(0), KINDS.BeginNativeGesture)
    gesture(shown.view(0), KINDS.RotateNativeGesture, 40)
    assert look(shown).quarter_turns == 0
    gesture(shown.view(0), KINDS.RotateNativeGesture, 40)
    assert look(shown).quarter_turns == 1


def test_an_empty_view_does_not_mind_fingers(program):
    gesture(program.view(0), KINDS.ZoomNativeGesture, 0.5)
    assert look(program).zoom == 1
