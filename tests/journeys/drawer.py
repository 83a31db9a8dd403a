"""A person who segments: draws on views, works the panel of operations, answers dialogs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QMenu,
    QPushButton,
    QWidget,
)

from tests.journeys.walker import PLAIN, Walker
from viewer.core.geometry import Position
from viewer.core.segmentation import Segmentation
from viewer.session.images import OpenImage
from viewer.session.segmenting import Segmenting
from viewer.session.tools import Tool
from viewer.ui.choice_dialog import ChoiceDialog

LEFT = Qt.MouseButton.LeftButton
Place = tuple[float, float]
"""A place on a view, in parts of its width and height."""


@dataclass
class Drawer:
    """Draws on one view of a walker's program."""

    walker: Walker
    cell: int = 0

    # -- on a view -----------------------------------------------------------------------

    @property
    def view(self) -> QWidget:
        """The view that is drawn on."""
        return self.walker.view(self.cell)

    def at(self, place: Place) -> QPoint:
        """Return the pixel of a place."""
        return QPoint(round(place[0] * self.view.width()), round(place[1] * self.view.height()))

    def pixel(self, position: Position) -> QPoint:
        """Go to a position in the patient and return the pixel that shows it."""
        self.walker.session.place.update(position=position)
        self.walker.settle()
        across, down = self.walker.scene(self.cell).to_screen(position)
        wide, high = self.view.scene.size
        return QPoint(
            round(across * self.view.width() / wide), round(down * self.view.height() / high)
        )

    def draw(self, *spots: QPoint, keys: Qt.KeyboardModifier = PLAIN, let_go: bool = True) -> None:
        """Press, move from one spot to the next, let go."""
        self.walker.qtbot.mousePress(self.view, LEFT, keys, spots[0])
        before = spots[0]
        for spot in spots[1:]:
            for step in range(1, 5):
                there = before + (spot - before) * step / 4
                self.walker.move(there, button=LEFT, cell=self.cell)
            before = spot
        if let_go:
            self.walker.qtbot.mouseRelease(self.view, LEFT, keys, before)

    def drag(self, *way: Place, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Draw through places."""
        self.draw(*(self.at(place) for place in way), keys=keys)

    def click(self, spot: QPoint) -> None:
        """Move there and click; wait for what comes of it."""
        self.walker.move(spot, cell=self.cell)
        self.walker.qtbot.mouseClick(self.view, LEFT, PLAIN, spot)
        self.walker.rest()

    # -- in the panels -------------------------------------------------------------------

    def panel(self, name: str) -> QWidget:
        """Return a panel, shown by its key if it is not on screen."""
        if not self.walker.window.panel_shown(name):
            self.walker.run(f"panel.{name}")
        return self.walker.window.panels[name].widget()

    def choose_operation(self, id_: str) -> None:
        """Choose an operation in the menu of the panel, by clicks."""
        panel = self.panel("operations")
        buttons = panel.findChildren(QPushButton)
        button = next(one for one in buttons if one.accessibleName() == "Operation")
        self.choose_in_menu(button, f"do_{id_}")

    def choose_in_menu(self, button: QPushButton, name: str) -> None:
        """Click on a button with a menu, on a group in it, and on the entry of a name."""
        menu = button.menu()
        group, entry = next(
            (group, entry)
            for group in menu.actions()
            for entry in group.menu().actions()
            if entry.objectName() == name
        )

        self.walker.qtbot.mouseClick(button, LEFT)
        self._click_entry(menu, group)
        self._click_entry(group.menu(), entry)

    def _click_entry(self, menu: QMenu, entry: QAction) -> None:
        self.walker.wait(menu.isVisible)
        self.walker.qtbot.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(entry).center())

    def field(self, kind: type[QWidget], title: str) -> QWidget:
        """Return a field of the panel of operations by the name it has for those who hear it."""
        panel = self.panel("operations")

        def seen() -> list[QWidget]:
            fields = panel.findChildren(kind)
            return [one for one in fields if one.accessibleName() == title and one.isVisible()]

        self.walker.wait(lambda: bool(seen()))
        return seen()[-1]

    def type_value(self, title: str, text: str) -> None:
        """Type a number into a field of the panel of operations."""
        field = self.field(QAbstractSpinBox, title)
        field.setFocus()
        field.selectAll()
        self.walker.qtbot.keyClicks(field, text)
        self.walker.qtbot.keyClick(field, Qt.Key.Key_Return)

    def choose_word(self, title: str, number: int) -> None:
        """Choose an entry of a list in the panel of operations by keys."""
        box = self.field(QComboBox, title)
        box.setFocus()
        self.walker.qtbot.keyClick(box, Qt.Key.Key_Home)
        for _ in range(number):
            self.walker.qtbot.keyClick(box, Qt.Key.Key_Down)

    def tick_try(self) -> None:
        """Click on "Show what it would do"."""
        panel = self.panel("operations")
        tick = next(
            one for one in panel.findChildren(QCheckBox) if one.text() == "Show what it would do"
        )
        self.walker.qtbot.mouseClick(tick, LEFT, PLAIN, QPoint(8, tick.height() // 2))

    def do_it(self) -> None:
        """Click on "Do it" and wait until it is done."""
        panel = self.panel("operations")
        button = next(one for one in panel.findChildren(QPushButton) if one.text() == "Do it")
        before = self.walker.session.record.value
        self.walker.qtbot.mouseClick(button, LEFT)
        self.walker.wait(lambda: self.walker.session.record.value is not before)
        self.walker.rest()

    # -- in dialogs ----------------------------------------------------------------------

    def choose(self, words: str) -> None:
        """Type into the list that is asked from, and take what fits first."""
        choice = self.walker.dialog(ChoiceDialog)
        self.walker.qtbot.keyClicks(choice.field, words)
        take = next(b for b in choice.findChildren(QPushButton) if b.text() == "Choose")
        self.walker.qtbot.mouseClick(take, LEFT)

    def name_file(self, path: Path) -> None:
        """Give a file to the dialog that asks for one."""
        dialog = self.walker.dialog(QFileDialog)
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(str(path))
        dialog.accept()
        self.walker.wait(lambda: not dialog_open(self.walker))

    # -- what came of it -----------------------------------------------------------------

    @property
    def opened(self) -> OpenImage:
        """The image that is drawn on."""
        opened = self.walker.session.active_image
        assert opened is not None
        return opened

    @property
    def group(self) -> Segmentation:
        """The group of segments that is worked on."""
        id_ = self.walker.session.segmenting.value.segmentation_id
        said = self.walker.session.record.value.segmentations
        return next(one for one in said if one.id == id_)

    @property
    def labels(self) -> np.ndarray:
        """Its labels."""
        return self.group.labels

    def volume_ml(self, label: int = 1) -> float:
        """Return how much one of its segments holds."""
        voxel = float(np.prod(self.group.geometry.spacing_mm))
        return int((self.labels == label).sum()) * voxel / 1000

    def begin_anew(self) -> None:
        """Take back all that was segmented and set."""
        session = self.walker.session
        session.record.set(replace(session.record.value, segmentations=(), findings=()))
        session.segmenting.set(Segmenting())
        session.tool.set(Tool.CROSSHAIR)


def dialog_open(walker: Walker) -> bool:
    """Tell whether a file is asked for."""
    return any(one.isVisible() for one in walker.window.findChildren(QFileDialog))
