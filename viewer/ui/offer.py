"""A question about several things at once: a table of them, and what may become of the chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.ui.words import in_words


def _tr(text: str) -> str:
    return QCoreApplication.translate("OfferDialog", text)


class OfferDialog(QDialog):
    """Rows to choose from and a button for each answer; the first is the one of Return."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        words: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        answers: Sequence[str],
        then: Callable[[str, tuple[int, ...]], None],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("offer")
        self.setWindowTitle(title)
        self._then = then
        said = QLabel(words, self)
        said.setWordWrap(True)
        self.table = self._filled(title, heads, rows)
        buttons = QDialogButtonBox(self)
        for number, answer in enumerate(answers):
            self._add_button(buttons, answer, first=number == 0)
        column = QVBoxLayout(self)
        column.addWidget(said)
        column.addWidget(self.table)
        column.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 100, metrics.lineSpacing() * 20)
        self.table.selectAll()
        self.table.setFocus()

    def _filled(
        self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> QTableWidget:
        table = QTableWidget(len(rows), len(heads), self)
        table.setAccessibleName(title)
        table.setToolTip(_tr("Choose rows; the buttons below are about these"))
        table.setHorizontalHeaderLabels(list(heads))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                table.setItem(number, place, QTableWidgetItem(text))
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def _add_button(self, buttons: QDialogButtonBox, answer: str, *, first: bool) -> None:
        button = QPushButton(in_words(answer), self)
        button.setAccessibleName(in_words(answer))
        button.setDefault(first)
        buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(lambda *_: self._answer(answer))

    def _answer(self, answer: str) -> None:
        chosen = tuple(sorted({item.row() for item in self.table.selectedIndexes()}))
        self.accept()
        self._then(answer, chosen)
