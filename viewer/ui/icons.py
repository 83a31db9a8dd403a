"""Icons drawn once as SVG, coloured and rendered for the sizes of any screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from viewer.commands.command import Command
from viewer.core.resources import resource_folder
from viewer.settings import Theme
from viewer.ui.theme import colours

_SIZES_PX = (16, 20, 24, 32, 40, 48, 64)
_SHADES = ((QIcon.Mode.Normal, "text"), (QIcon.Mode.Disabled, "disabled"))
_DRAWING = "drawing"


@cache
def has_icon(name: str) -> bool:
    """Tell whether there is a drawing of this name."""
    return bool(name) and (resource_folder() / "icons" / f"{name}.svg").is_file()


def icon_of(command: Command) -> str:
    """Return the name of a command's drawing; empty where there is none.

    A drawing called like a command ("measure_length") is its own without being named.
    """
    name = command.icon or command.id.replace(".", "_")
    return name if has_icon(name) else ""


def icon(name: str) -> QIcon:
    """Return the icon of a name, in the colours of the window."""
    worn = colours()
    return _made(name, tuple(worn[shade] for _, shade in _SHADES))


@cache
def _made(name: str, shades: tuple[str, ...]) -> QIcon:
    source = (resource_folder() / "icons" / f"{name}.svg").read_text("utf-8")
    made = QIcon()
    for (mode, _), shade in zip(_SHADES, shades, strict=True):
        drawing = source.replace("currentColor", shade).encode()
        renderer = QSvgRenderer(QByteArray(drawing))
        for size in _SIZES_PX:
            made.addPixmap(_drawn(renderer, size), mode)
    return made


@cache
def kept_icon(name: str, _: Theme) -> QIcon:
    """Return the icon of a name, drawn once for each theme."""
    return icon(name)


def put_icon(target: QAction | QAbstractButton, name: str) -> None:
    """Give a button or action an icon that follows the theme."""
    target.setProperty(_DRAWING, name)
    target.setIcon(icon(name))


def draw_anew(root: QObject) -> None:
    """Draw all icons below an object in the colours that are worn now."""
    targets: list[QAction | QAbstractButton] = [
        *root.findChildren(QAction),
        *root.findChildren(QAbstractButton),
    ]
    for target in targets:
        name = target.property(_DRAWING)
        if name:
            target.setIcon(icon(str(name)))


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter)
    return pixmap
