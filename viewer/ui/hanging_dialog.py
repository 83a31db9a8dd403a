"""The hanging protocols: their order, what they ask for in sentences, import and export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.desk import Desk
from viewer.commands.hangings import export_to, import_from, keep_protocols
from viewer.session.hanging_rules import LONGEST_NAME, Protocol, Slot, with_word
from viewer.session.hanging_traits import LONGEST_WORD, Condition

_WHERE = Qt.ItemDataRole.UserRole
_OF_STUDY = -1


class HangingDialog(QDialog):
    """A list of protocols on the left, the sentences of the chosen one on the right."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._filling = desk, False
        self.setObjectName("hangings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Hanging protocols"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Protocols in their order; ticked ones are in use"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.name = QLineEdit(self)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(self.tr("Name"))
        self.least = QSpinBox(self)
        self.least.setAccessibleName(self.tr("Fewest series for which it is used"))
        self.rules = QTreeWidget(self)
        self.rules.setAccessibleName(self.tr("What is asked; ticked sentences must hold"))
        self.rules.setHeaderLabels([self.tr("What is asked"), self.tr("Word")])
        self.rules.setColumnWidth(0, self.fontMetrics().averageCharWidth() * 52)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self._lay_out()
        self._listen()
        self._fill()
        self.resize(self.fontMetrics().averageCharWidth() * 125, 560)

    # -- building ------------------------------------------------------------------

    def _lay_out(self) -> None:
        left, right, both = QVBoxLayout(), QGridLayout(), QHBoxLayout()
        left.addWidget(QLabel(self.tr("The reader's own first, then from the top:"), self))
        left.addWidget(self.list, 1)
        self.up = self._button(self.tr("Up"), "up")
        self.down = self._button(self.tr("Down"), "down")
        self.copy = self._button(self.tr("Copy"), "copy")
        self.delete = self._button(self.tr("Delete"), "delete")
        row = QHBoxLayout()
        for button in (self.up, self.down, self.copy, self.delete):
            row.addWidget(button)
        left.addLayout(row)
        right.addWidget(QLabel(self.tr("Name"), self), 0, 0)
        right.addWidget(self.name, 0, 1)
        right.addWidget(QLabel(self.tr("Used from so many series on"), self), 1, 0)
        right.addWidget(self.least, 1, 1)
        right.addWidget(self.rules, 2, 0, 1, 2)
        right.addWidget(self.told, 3, 0, 1, 2)
        right.setColumnStretch(1, 1)
        both.addLayout(left, 2)
        both.addLayout(right, 5)
        column = QVBoxLayout(self)
        column.addLayout(both, 1)
        below = QDialogButtonBox(self)
        close = below.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.clicked.connect(self.reject)
        self.export = self._button(self.tr("Export…"), "export")
        self.take_in = self._button(self.tr("Import…"), "import")
        for button in (self.export, self.take_in):
            below.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        column.addWidget(below)

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _listen(self) -> None:
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.list.itemChanged.connect(self._ticked)
        self.rules.itemChanged.connect(self._ruled)
        self.name.editingFinished.connect(self._renamed)
        self.least.valueChanged.connect(self._counted)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.copy.clicked.connect(self._copy)
        self.delete.clicked.connect(self._delete)
        self.export.clicked.connect(self._export)
        self.take_in.clicked.connect(self._import)
        self._desk.protocols.changed.connect(self._news)

    # -- what is chosen --------------------------------------------------------------

    @property
    def protocols(self) -> tuple[Protocol, ...]:
        """All of them."""
        return self._desk.protocols.value

    @property
    def chosen(self) -> Protocol | None:
        """The protocol whose sentences are shown."""
        row = self.list.currentRow()
        return self.protocols[row] if 0 <= row < len(self.protocols) else None

    def _news(self, *_: object) -> None:
        if not self._filling:
            self._fill()

    def _fill(self) -> None:
        row, self._filling = max(self.list.currentRow(), 0), True
        self.list.clear()
        for one in self.protocols:
            grid = one.layout.value if one.layout else "–"
            item = QListWidgetItem(f"{one.name}  ({grid})")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_tick(on=one.enabled))
            self.list.addItem(item)
        self._filling = False
        self.list.setCurrentRow(min(row, len(self.protocols) - 1))
        self._show()

    def _show(self) -> None:
        if self._filling:
            return
        self._filling, chosen = True, self.chosen
        self.rules.clear()
        if chosen is not None:
            self.name.setText(chosen.name)
            self.least.setRange(1, len(chosen.slots))
            self.least.setValue(chosen.least)
            self._add(self.tr("The study"), _OF_STUDY, chosen.study, own=not chosen.shipped)
            for number, slot in enumerate(chosen.slots):
                self._add(
                    self._title(number, slot), number, slot.conditions, own=not chosen.shipped
                )
            shipped = self.tr("This one comes with the program: copy it to change it.")
            self.told.setText(shipped if chosen.shipped else self.tr("Ticked sentences must hold."))
        own = chosen is not None and not chosen.shipped
        for widget in (self.name, self.least, self.delete):
            widget.setEnabled(own)
        self._filling = False

    def _title(self, number: int, slot: Slot) -> str:
        words = self.tr("View {number}, {viewing}").format(
            number=number + 1, viewing=slot.viewing.value
        )
        if slot.earlier:
            words += self.tr(", of the study before")
        if slot.with_slot is not None:
            words += self.tr(", in the same space as view {other}").format(other=slot.with_slot + 1)
        return words if slot.conditions else words + self.tr(": empty")

    def _add(self, title: str, number: int, asked: tuple[Condition, ...], *, own: bool) -> None:
        top = QTreeWidgetItem([title])
        top.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.rules.addTopLevelItem(top)
        for row, one in enumerate(asked):
            item = QTreeWidgetItem([one.sentence, one.word])
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            changing = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable
            item.setFlags(flags | changing if own else flags)
            item.setCheckState(0, _tick(on=one.asked))
            item.setData(0, _WHERE, (number, row))
            top.addChild(item)
        top.setExpanded(True)

    # -- changing --------------------------------------------------------------------

    def _keep(self, protocols: tuple[Protocol, ...], row: int | None = None) -> None:
        self._filling = True
        keep_protocols(self._desk, protocols)
        self._filling = False
        if row is not None:
            self.list.setCurrentRow(row)
        self._fill()

    def _put(self, changed: Protocol) -> None:
        """Keep a protocol as it is now; what is being edited on screen is left alone."""
        self._filling = True
        listed = tuple(changed if one.id == changed.id else one for one in self.protocols)
        keep_protocols(self._desk, listed)
        self._filling = False

    def _ticked(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        if not self._filling and 0 <= row < len(self.protocols):
            on = item.checkState() is Qt.CheckState.Checked
            self._put(replace(self.protocols[row], enabled=on))

    def _ruled(self, item: QTreeWidgetItem) -> None:
        """Take a tick or another word; a word that asks for nothing is put back."""
        chosen, where = self.chosen, item.data(0, _WHERE)
        if self._filling or chosen is None or where is None or chosen.shipped:
            return
        number, row = where
        before = chosen.study if number == _OF_STUDY else chosen.slots[number].conditions
        on = item.checkState(0) is Qt.CheckState.Checked
        word = item.text(1).strip()[:LONGEST_WORD]
        try:
            new = with_word(before[row], word, asked=on)
        except ValueError:
            self._write(item, before[row])
            return
        self._write(item, new)
        after = (*before[:row], new, *before[row + 1 :])
        if number == _OF_STUDY:
            self._put(replace(chosen, study=after))
            return
        slot = replace(chosen.slots[number], conditions=after)
        slots = (*chosen.slots[:number], slot, *chosen.slots[number + 1 :])
        self._put(replace(chosen, slots=slots))

    def _write(self, item: QTreeWidgetItem, condition: Condition) -> None:
        self._filling = True
        item.setText(0, condition.sentence)
        item.setText(1, condition.word)
        self._filling = False

    def _renamed(self) -> None:
        chosen, name = self.chosen, self.name.text().strip()
        if chosen is not None and name and name != chosen.name and name.isprintable():
            self._put(replace(chosen, name=name))
            self._fill()

    def _counted(self, least: int) -> None:
        chosen = self.chosen
        if not self._filling and chosen is not None and not chosen.shipped:
            self._put(replace(chosen, least=least))

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        other, listed = row + step, list(self.protocols)
        if 0 <= row < len(listed) and 0 <= other < len(listed):
            listed[row], listed[other] = listed[other], listed[row]
            self._keep(tuple(listed), other)

    def _copy(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            name = self.tr("{name}, copy").format(name=chosen.name)[:LONGEST_NAME]
            own = replace(chosen, id=uuid4().hex, name=name, shipped=False)
            self._keep((own, *self.protocols), 0)

    def _delete(self) -> None:
        chosen = self.chosen
        if chosen is not None and not chosen.shipped:
            self._keep(tuple(one for one in self.protocols if one.id != chosen.id))

    def _export(self) -> None:
        own = tuple(one for one in self.protocols if not one.shipped) or self.protocols
        suggested = self._desk.settings.start_folder / "hanging-protocols.json"

        def named(path: Path) -> None:
            export_to(self._desk, path, own)

        self._desk.asker.choose_name(self.tr("Export hanging protocols"), suggested, named)

    def _import(self) -> None:
        def chosen(paths: list[Path]) -> None:
            for path in paths:
                import_from(self._desk, path)

        start = self._desk.settings.start_folder
        self._desk.asker.choose_files(self.tr("Import hanging protocols"), start, chosen)


def _tick(*, on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
