"""The rows of the study list, fetched page by page as they come into sight."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont

from viewer.commands.worklist import Listed, Page, Priority, Question
from viewer.store.listed import Column
from viewer.ui.direction import kept_apart
from viewer.ui.panels.studies import written_date
from viewer.ui.theme import colour

PAGE = 200
COLUMNS = (
    Column.STATUS,
    Column.PRIORITY,
    Column.PATIENT,
    Column.PATIENT_ID,
    Column.BIRTH_DATE,
    Column.DATE,
    Column.MODALITIES,
    Column.DESCRIPTION,
    Column.IMAGES,
    Column.TAGS,
    Column.OPENED,
)
_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
Ask = Callable[[Question, int, int, Callable[[Page], None]], None]


class WorklistTable(QAbstractTableModel):
    """The answer to one question; rows that were not fetched yet are empty."""

    def __init__(self, ask: Ask, parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        self.question = Question()
        self._asked = Question()
        self._count = 0
        self._rows: dict[int, Listed] = {}
        self._under_way: set[int] = set()
        self._missing: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fetch)
        self._heads = {
            Column.STATUS: self.tr("Status"),
            Column.PRIORITY: self.tr("Priority"),
            Column.PATIENT: self.tr("Patient"),
            Column.PATIENT_ID: self.tr("ID"),
            Column.BIRTH_DATE: self.tr("Born"),
            Column.DATE: self.tr("Study date"),
            Column.MODALITIES: self.tr("Modality"),
            Column.DESCRIPTION: self.tr("Description"),
            Column.IMAGES: self.tr("Images"),
            Column.TAGS: self.tr("Tags"),
            Column.OPENED: self.tr("Last opened"),
        }
        self._statuses = {
            "unread": self.tr("unread"),
            "reading": self.tr("reading"),
            "read": self.tr("read"),
            "reported": self.tr("reported"),
        }
        self._priorities = {
            Priority.ROUTINE: "",
            Priority.URGENT: self.tr("▲ urgent"),
            Priority.EMERGENCY: self.tr("▲▲ emergency"),
        }

    def show_answer(self, question: Question, row: int = 0) -> None:
        """Ask anew, first for what is round a row; what is shown stays until the answer comes."""
        self._asked = question
        start = row // PAGE * PAGE
        self._ask(question, start, PAGE, lambda page: self._begin(question, page))

    def rows_of(self, numbers: Collection[int]) -> list[int]:
        """Return the rows of studies by their numbers, as far as these were fetched."""
        return sorted(row for row, study in self._rows.items() if study.id in numbers)

    def study(self, row: int) -> Listed | None:
        """Return the study of a row, if it was fetched."""
        return self._rows.get(row)

    def _begin(self, question: Question, page: Page) -> None:
        if question is not self._asked:
            return
        self.beginResetModel()
        self.question, self._count = question, page.count
        self._rows = dict(enumerate(page.studies, start=page.start))
        self._under_way.clear()
        self._missing.clear()
        self.endResetModel()

    def _fetch(self) -> None:
        question = self.question
        for start in sorted(self._missing - self._under_way):
            self._under_way.add(start)
            self._ask(question, start, PAGE, lambda page: self._fetched(question, page))
        self._missing.clear()

    def _fetched(self, question: Question, page: Page) -> None:
        if question is not self.question or page.count != self._count:
            return
        self._under_way.discard(page.start)
        self._rows.update(enumerate(page.studies, start=page.start))
        last = self.index(page.start + len(page.studies) - 1, len(COLUMNS) - 1)
        self.dataChanged.emit(self.index(page.start, 0), last)

    # -- what the view asks ---------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many studies answer the question."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[COLUMNS[section]]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("Click to sort; click again to turn the order")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what one cell shows; ask for its page if need be."""
        study = self._rows.get(index.row())
        if study is None:
            if role == Qt.ItemDataRole.DisplayRole:
                self._missing.add(index.row() // PAGE * PAGE)
                self._soon.start()
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(study, COLUMNS[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole and study.missing:
            return colour("faint")
        if role == Qt.ItemDataRole.FontRole and study.status == "unread":
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(study)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = self._heads[COLUMNS[index.column()]]
            return f"{head}: {self._text(study, COLUMNS[index.column()])}"
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[index.column()] is Column.IMAGES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, study: Listed, column: Column) -> str:
        texts = {
            Column.STATUS: self._statuses[study.status.value],
            Column.PRIORITY: self._priorities[study.priority],
            Column.PATIENT: kept_apart(study.patient_name.replace("^", " ").strip()),
            Column.PATIENT_ID: study.patient_id,
            Column.BIRTH_DATE: written_date(study.birth_date),
            Column.DATE: written_date(study.date),
            Column.MODALITIES: " ".join(study.modalities),
            Column.DESCRIPTION: kept_apart(study.description),
            Column.IMAGES: str(study.images),
            Column.TAGS: ", ".join(study.tags),
            Column.OPENED: study.opened_at[:16].replace("T", " "),
        }
        return texts[column]

    def _tip(self, study: Listed) -> str:
        lines = [kept_apart(study.title), str(study.place)]
        if study.issuer:
            lines.append(self.tr("ID issued by {issuer}").format(issuer=study.issuer))
        if study.missing:
            lines.append(self.tr("Files are missing; look again when the disk is back."))
        if study.notes:
            lines.append(study.notes[:400])
        return "\n".join(lines)
