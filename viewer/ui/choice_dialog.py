"""One of many words, found by typing a part of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_NUMBER = Qt.ItemDataRole.UserRole
_LETTERS, _LETTERS_OF_SENTENCES = 52, 96
"""How wide it is for words, and for whole sentences."""


class ChoiceDialog(QDialog):
    """A field, the words that fit, OK and Cancel; arrows move in the list while one types."""

    def __init__(
        self,
        title: str,
        question: str,
        choices: Sequence[str],
        then: Callable[[int], None],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("choice")
        self.setWindowTitle(title)
        self._choices, self._then = choices, then
        label = QLabel(question, self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Type to search"))
        self.field.setAccessibleName(question)
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        label.setBuddy(self.field)
        self._buttons = QDialogButtonBox(self)
        self._buttons.addButton(self.tr("Choose"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        for widget in (label, self.field, self.list, self._buttons):
            column.addWidget(widget)
        self._listen()
        self._look_for("")
        metrics = self.fontMetrics()
        wide = max((len(choice) for choice in choices), default=0) > _LETTERS
        letters = _LETTERS_OF_SENTENCES if wide else _LETTERS
        self.resize(metrics.averageCharWidth() * letters, metrics.lineSpacing() * 24)

    def _listen(self) -> None:
        self.field.textChanged.connect(self._look_for)
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(self._choose)
        self._buttons.accepted.connect(self._choose)
        self._buttons.rejected.connect(self.reject)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let arrows move in the list and Enter choose, while one types."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in _LIST_KEYS:
            self.list.event(event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
            return True
        return super().eventFilter(watched, event)

    def _look_for(self, typed: str) -> None:
        """Show the words in which all that was typed occurs, those that begin so first."""
        parts = typed.casefold().split()
        fitting = [
            (not all(f" {part}" in f" {text.casefold()}" for part in parts), number)
            for number, text in enumerate(self._choices)
            if all(part in text.casefold() for part in parts)
        ]
        self.list.clear()
        for _, number in sorted(fitting):
            item = QListWidgetItem(self._choices[number])
            item.setData(_NUMBER, number)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _choose(self, *_: object) -> None:
        if self.list.currentRow() < 0:
            return
        number = int(self.list.currentItem().data(_NUMBER))
        self.accept()
        self._then(number)
