"""Names for those who hear the window: every part that takes the keyboard has one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from viewer.ui.view import View

_KINDS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    View,
)


def nameless(root: QWidget) -> Iterator[QWidget]:
    """Go through what a person can act on that says nothing about itself."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget, _KINDS) and _acts(widget) and not spoken_name(widget):
            yield widget


def spoken_name(widget: QWidget) -> str:
    """Return what is said of a widget: its own name, or the words on it."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words


def name_all(window: QWidget) -> None:
    """Name the views, and after its tool tip or its panel what was left without a name."""
    for view in window.findChildren(View):
        named = QCoreApplication.translate("View", "View {number}")
        view.setAccessibleName(named.format(number=view.cell + 1))
    for widget in nameless(window):
        tip = widget.toolTip()
        placeholder = widget.placeholderText() if isinstance(widget, QLineEdit) else ""
        widget.setAccessibleName(placeholder or _plain(tip) or _panel_of(widget))


def _acts(widget: QWidget) -> bool:
    """Tell whether a widget is one of its own, not the inside of another of Qt's."""
    return not widget.objectName().startswith("qt_")


def _plain(tip: str) -> str:
    """Return the first words of a tool tip, without what makes them bold."""
    return re.sub(r"<[^>]*>", " ", tip).strip().partition("  ")[0]


def _panel_of(widget: QWidget) -> str:
    above: QWidget | None = widget
    while above is not None and not isinstance(above, QDockWidget):
        above = above.parentWidget()
    return above.windowTitle() if isinstance(above, QDockWidget) else ""
