"""Keys that views hear themselves: X held for the 3D cursor, Escape at the end of a path."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from viewer.session.session import Session, Tool


def pointing_key(event: QKeyEvent) -> bool:
    """Tell whether the key of the 3D cursor went down or up; a key that repeats is held."""
    plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
    return event.key() == Qt.Key.Key_X and plain and not event.isAutoRepeat()


def end_path(session: Session, event: QKeyEvent) -> bool:
    """End the path that is being drawn, if that was meant; the next click begins another."""
    ends = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    meant = event.key() in ends and session.tool.value is Tool.PATH
    if meant and session.selected.value:
        session.selected.set("")
        return True
    return False
