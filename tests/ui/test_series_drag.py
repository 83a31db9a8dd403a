"""A series is dragged from the study panel into one view."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from viewer.core.study import Catalogue
from viewer.ui.series_drag import carried, carry

pytestmark = pytest.mark.window
_COPY, _LEFT, _NONE = (
    Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
)  # fmt: skip


def enter(cell, data):
    event = QDragEnterEvent(cell.rect().center(), _COPY, data, _LEFT, _NONE)
    cell.dragEnterEvent(event)
    return event.isAccepted()


def drop(cell, data):
    cell.dropEvent(QDropEvent(QPointF(cell.rect().center()), _COPY, data, _LEFT, _NONE))


def test_a_series_dropped_on_a_view_hangs_there_and_only_there(shown, opened):
    session = shown.desk.session
    other = replace(opened, series=replace(opened.series, key="other"))
    study = replace(opened.study, series=(opened.series, other.series))
    session.catalogue.set(Catalogue((study,)))
    session.images.set(session.images.value.with_image(other))
    cell, data = shown.window.grid.cells[2], carry("other")
    assert enter(cell, data)
    drop(cell, data)
    assert [look.series_key for look in session.hanging.value.cells] == [
        "key", "key", "other", "key",
    ]  # fmt: skip


def test_files_dragged_over_a_view_are_left_to_the_window(shown):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp")])
    assert carried(data) == ""
    assert not enter(shown.window.grid.cells[0], data)
