"""The looks of the window: colours by name, one style sheet, fonts in points.

Which theme is worn is known to the application alone. Pictures are always on
black, so what is painted over them asks `over_picture` for its colours.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from viewer.core.resources import resource_folder
from viewer.settings import Theme

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
_WORN = "worn_theme"


@cache
def colours_of(theme: Theme) -> Mapping[str, str]:
    """Return the colours of a theme by their names."""
    text = (resource_folder() / "style" / f"{theme.value}.toml").read_text("utf-8")
    return {name: str(value) for name, value in tomllib.loads(text).items()}


def worn() -> Theme:
    """Return the theme that the window wears: dark or light."""
    application = QGuiApplication.instance()
    said = application.property(_WORN) if application is not None else None
    return Theme(said) if said else Theme.DARK


def colours() -> Mapping[str, str]:
    """Return the colours of the window by their names."""
    return colours_of(worn())


def colour(name: str) -> QColor:
    """Return one colour of the window."""
    return QColor(colours()[name])


def over_picture(name: str) -> QColor:
    """Return a colour for what is painted over a picture, which is on black in every theme."""
    return QColor(colours_of(Theme.DARK)[name])


def dress(
    application: QApplication, theme: Theme = Theme.DARK, *, letters_percent: int = 100
) -> None:
    """Give the whole program its looks."""
    application.setProperty(_WORN, _seen(application, theme).value)
    application.setStyle("Fusion")
    font = QFont()
    font.setFamilies(_FAMILIES)
    font.setPointSizeF(_POINTS * letters_percent / 100)
    application.setFont(font)
    application.setPalette(_palette())
    application.setStyleSheet(_style_sheet())


def _seen(application: QApplication, theme: Theme) -> Theme:
    """Return dark or light; where the system does not say, dark."""
    if theme is not Theme.SYSTEM:
        return theme
    bright = application.styleHints().colorScheme() is Qt.ColorScheme.Light
    return Theme.LIGHT if bright else Theme.DARK


def _palette() -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, colour(name))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("disabled"))
    return palette


def _style_sheet() -> str:
    text = (resource_folder() / "style" / "window.qss").read_text("utf-8")
    return re.sub(r"@(\w+)", lambda found: colours()[found[1]], text)
