"""Which text stands in which corner, for each kind of image: five lists, as they lie in a view."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.corner_texts import arrange
from viewer.commands.desk import Desk
from viewer.session.corner_texts import USUAL, Corners, Item, arranged_for
from viewer.ui.words import in_words

_ITEM = Qt.ItemDataRole.UserRole
_LEFT_OUT = 4


class CornerDialog(QDialog):
    """Texts are dragged from list to list, or moved by buttons; views follow at once."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._filling = desk, False
        self.setObjectName("corners")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Texts in the corners"))
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Kind of image"))
        self.kind.addItems(self._kinds())
        names = (
            *(self.tr("Upper left"), self.tr("Upper right")),
            *(self.tr("Lower left"), self.tr("Lower right"), self.tr("Left out")),
        )
        self.lists = tuple(self._list(name) for name in names)
        self.buttons = tuple(
            self._button(name, partial(self._send, n)) for n, name in enumerate(names)
        )
        self.up = self._button(self.tr("Up"), partial(self._shift, -1))
        self.down = self._button(self.tr("Down"), partial(self._shift, 1))
        self.usual = self._button(self.tr("As usual"), self._reset)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._keep)
        self._lay_out(names)
        self.kind.currentTextChanged.connect(lambda _: self._fill())
        opened = desk.session.active_image
        self.kind.setCurrentText(opened.image.modality if opened is not None else "CT")
        self._fill()
        self.resize(self.fontMetrics().averageCharWidth() * 90, 560)

    # -- building ------------------------------------------------------------------

    def _kinds(self) -> list[str]:
        opened = self._desk.session.active_image
        own = {opened.image.modality} if opened is not None and opened.image.modality else set()
        kept = {modality for modality, _ in self._desk.session.corner_texts.value.arranged}
        return sorted({*USUAL, *own, *kept})

    def _list(self, name: str) -> QListWidget:
        made = QListWidget(self)
        made.setAccessibleName(name)
        made.setToolTip(self.tr("Drag texts from list to list, or choose one and a button below"))
        made.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        made.setDefaultDropAction(Qt.DropAction.MoveAction)
        made.currentRowChanged.connect(partial(self._took, made))
        made.model().rowsInserted.connect(self._moved)
        made.model().rowsRemoved.connect(self._moved)
        return made

    def _button(self, words: str, clicked: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(clicked)
        return button

    def _lay_out(self, names: tuple[str, ...]) -> None:
        column, grid = QVBoxLayout(self), QGridLayout()
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("Kind of image"), self))
        row.addWidget(self.kind)
        row.addStretch(1)
        row.addWidget(self.usual)
        column.addLayout(row)
        for number, (name, one) in enumerate(zip(names, self.lists, strict=True)):
            place = (2 * (number // 2), number % 2) if number < _LEFT_OUT else (0, 2)
            grid.addWidget(QLabel(name, self), *place)
            high = 3 if number == _LEFT_OUT else 1
            grid.addWidget(one, place[0] + 1, place[1], high, 1)
        column.addLayout(grid, 1)
        moving = QHBoxLayout()
        moving.addWidget(QLabel(self.tr("Move to"), self))
        for button in (*self.buttons, self.up, self.down):
            moving.addWidget(button)
        column.addLayout(moving)
        below = QDialogButtonBox(self)
        close = below.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.clicked.connect(self.reject)
        column.addWidget(below)

    # -- showing and keeping ---------------------------------------------------------

    @property
    def _modality(self) -> str:
        return self.kind.currentText()

    def _fill(self) -> None:
        """Show what is said now of images of this kind."""
        self._filling = True
        now = arranged_for(self._desk.session.corner_texts.value, self._modality)
        corners = (now.top_left, now.top_right, now.bottom_left, now.bottom_right)
        there = {item for corner in corners for item in corner}
        left_out = tuple(item for item in Item if item not in there)
        for one, items in zip(self.lists, (*corners, left_out), strict=True):
            one.clear()
            for item in items:
                row = QListWidgetItem(in_words(item.value))
                row.setData(_ITEM, item.value)
                one.addItem(row)
        self._filling = False

    def _moved(self, *_: object) -> None:
        """Keep what was dragged, once it has arrived."""
        if not self._filling:
            self._later.start()

    def _keep(self) -> None:
        found = [
            tuple(Item(one.item(row).data(_ITEM)) for row in range(one.count()))
            for one in self.lists[:_LEFT_OUT]
        ]
        arrange(self._desk, self._modality, Corners(*found))

    def _reset(self) -> None:
        arrange(self._desk, self._modality, None)
        self._fill()

    # -- moving ------------------------------------------------------------------------

    def _took(self, taken: QListWidget, row: int) -> None:
        """Let one text at a time be the chosen one."""
        if row < 0 or self._filling:
            return
        for one in self.lists:
            if one is not taken:
                one.setCurrentRow(-1)
                one.clearSelection()

    def _chosen(self) -> QListWidget | None:
        return next((one for one in self.lists if one.currentRow() >= 0), None)

    def _send(self, number: int) -> None:
        """Move the chosen text to the end of another list."""
        source, goal = self._chosen(), self.lists[number]
        if source is not None and source is not goal:
            goal.addItem(source.takeItem(source.currentRow()))
            goal.setCurrentRow(goal.count() - 1)

    def _shift(self, steps: int) -> None:
        """Move the chosen text up or down in its list."""
        source = self._chosen()
        if source is None:
            return
        row = source.currentRow()
        goal = min(max(row + steps, 0), source.count() - 1)
        if goal != row:
            source.insertItem(goal, source.takeItem(row))
            source.setCurrentRow(goal)
