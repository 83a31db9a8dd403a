"""The looks of the window: colours by name, one style sheet, fonts in points."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from viewer.core.resources import resource_folder

_ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "warning",
    QPalette.ColorRole.Highlight: "accent_dark",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Accent: "accent",
}
_FAMILIES = ["Inter", "Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans"]
_POINTS = 9.5


@cache
def colours() -> Mapping[str, str]:
    """Return the colours of the window by their names."""
    text = (resource_folder() / "style" / "dark.toml").read_text("utf-8")
    return {name: str(value) for name, value in tomllib.loads(text).items()}


def colour(name: str) -> QColor:
    """Return one colour of the window."""
    return QColor(colours()[name])


def dress(application: QApplication) -> None:
    """Give the whole program its looks, once."""
    application.setStyle("Fusion")
    font = QFont()
    font.setFamilies(_FAMILIES)
    font.setPointSizeF(_POINTS)
    application.setFont(font)
    application.setPalette(_palette())
    application.setStyleSheet(_style_sheet())


def _palette() -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, colour(name))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("faint"))
    return palette


def _style_sheet() -> str:
    text = (resource_folder() / "style" / "dark.qss").read_text("utf-8")
    return re.sub(r"@(\w+)", lambda found: colours()[found[1]], text)
