"""Many views share the time in which the window does not answer."""

from time import perf_counter

import pytest
from PySide6.QtWidgets import QWidget

from viewer.ui.turns import Turns, turns_of

pytestmark = pytest.mark.window


def test_who_waited_comes_before_who_was_drawn(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    turns = turns_of(widget)
    assert turns is turns_of(widget)
    assert not turns.waits(0)
    turns.used(perf_counter() - 1.0)
    assert turns.waits(1)
    assert turns.waits(2)
    qtbot.waitUntil(lambda: turns._used_ms == 0.0)
    assert turns.waits(0)
    assert not turns.waits(1)
    assert not turns.waits(2)
    assert not turns.waits(0)


def test_a_view_that_is_gone_keeps_nobody_waiting(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    turns = Turns(widget)
    turns.used(perf_counter() - 1.0)
    assert turns.waits(7)
    qtbot.waitUntil(lambda: not turns.waits(0))
