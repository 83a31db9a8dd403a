"""Icons drawn once as SVG, coloured and rendered for the sizes of any screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from viewer.core.resources import resource_folder
from viewer.ui.theme import colours

_SIZES_PX = (16, 20, 24, 32, 40, 48, 64)
_SHADES = ((QIcon.Mode.Normal, "text"), (QIcon.Mode.Disabled, "faint"))


def has_icon(name: str) -> bool:
    """Tell whether there is a drawing of this name."""
    return bool(name) and (resource_folder() / "icons" / f"{name}.svg").is_file()


def icon(name: str) -> QIcon:
    """Return the icon of a name, in the colours of the window."""
    source = (resource_folder() / "icons" / f"{name}.svg").read_text("utf-8")
    made = QIcon()
    for mode, shade in _SHADES:
        drawing = source.replace("currentColor", colours()[shade]).encode()
        renderer = QSvgRenderer(QByteArray(drawing))
        for size in _SIZES_PX:
            made.addPixmap(_drawn(renderer, size), mode)
    return made


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter)
    return pixmap
