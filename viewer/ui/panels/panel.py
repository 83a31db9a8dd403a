"""What the window must know of a panel to dock it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A widget with a name for commands, a title for people and a place to begin with."""

    name: str
    title: str
    widget: QWidget
    area: Qt.DockWidgetArea
    shown: bool = True
