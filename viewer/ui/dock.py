"""A panel in its dock, with a slim title that folds it away."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QMainWindow, QToolButton, QWidget

from viewer.ui.icons import put_icon
from viewer.ui.panels import Panel


def dock_all(panels: Iterable[Panel], window: QMainWindow) -> dict[str, QDockWidget]:
    """Dock all panels: the first of a side stands alone, the others share a place below it."""
    docks: dict[str, QDockWidget] = {}
    sides: dict[Qt.DockWidgetArea, list[QDockWidget]] = {}
    for panel in panels:
        made = docks[panel.name] = dock(panel, window)
        side = sides.setdefault(panel.area, [])
        side.append(made)
        if len(side) > 2:
            window.tabifyDockWidget(side[1], made)
            side[1].raise_()
    for side in sides.values():
        window.resizeDocks(side[:2], [3, 2], Qt.Orientation.Vertical)
    return docks


def dock(panel: Panel, window: QMainWindow) -> QDockWidget:
    """Put a panel at its side of the window."""
    made = QDockWidget(panel.title, window)
    made.setObjectName(f"panel_{panel.name}")
    made.setFeatures(
        QDockWidget.DockWidgetFeature.DockWidgetClosable
        | QDockWidget.DockWidgetFeature.DockWidgetMovable
    )
    made.setWidget(panel.widget)
    made.setTitleBarWidget(_title(panel, made))
    window.addDockWidget(panel.area, made)
    made.setVisible(panel.shown)
    return made


def _title(panel: Panel, made: QDockWidget) -> QWidget:
    bar = QWidget(made)
    bar.setObjectName("panel_title")
    name = QLabel(panel.title, bar)
    fold = QToolButton(bar)
    put_icon(fold, "close")
    fold.setToolTip(made.tr("Fold this panel away"))
    fold.setAccessibleName(made.tr("Fold away"))
    fold.clicked.connect(made.hide)
    row = QHBoxLayout(bar)
    row.setContentsMargins(10, 3, 4, 3)
    row.addWidget(name, 1)
    row.addWidget(fold)
    return bar
