"""The window of the study list: find a study, see how far it is read, open it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.worklist import (
    Listed,
    Priority,
    Question,
    Reading,
    ask_page,
    erase,
    look_again,
    open_listed,
    remove,
    set_notes,
    set_priority,
    set_status,
    set_tags,
)
from viewer.store.listed import Column
from viewer.ui.worklist_table import COLUMNS, WorklistTable

_TYPING_MS = 120
_MODALITIES = ("CT", "MR", "PT", "CR", "DX", "MG", "US", "XA", "NM", "SEG", "SR")
_WIDTHS = (9, 12, 24, 15, 13, 13, 12, 27, 8, 15, 18)
"""Of the columns, in letters."""
_TAG_SIGN = ","
_MOST_KEPT = 500


class Worklist(QDialog):
    """All studies of this computer; a double click or Return opens one."""

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._commands = desk, commands
        self._order, self._descending = Column.DATE, True
        self._kept: set[int] = set()
        self._shown: int | None = None
        self.setObjectName("worklist")
        self.setWindowTitle(self.tr("Study list"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.field = self._search_field()
        self.status = self._combo(self.tr("Status"), self._status_choices())
        self.modality = self._combo(
            self.tr("Modality"), [(self.tr("All modalities"), ""), *((m, m) for m in _MODALITIES)]
        )
        self.table_model = WorklistTable(partial(ask_page, desk), self)
        self.table = self._table()
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setObjectName("quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count = QLabel(self)
        self.tags = self._edit(self.tr("Tags"), self.tr("Tags, parted by commas"), self._tagged)
        self.notes = self._edit(self.tr("Note"), self.tr("A note on this study"), self._noted)
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._soon.timeout.connect(self.ask)
        self.field.textChanged.connect(lambda *_: self._soon.start())
        self.table_model.modelReset.connect(self._answered)
        desk.keeper.listed.changed.connect(self._changed)
        self.ask()
        look_again(desk, quietly=True)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * 170, metrics.lineSpacing() * 42)
        self.field.setFocus()

    def ask(self) -> None:
        """Ask for what the fields say."""
        self._ask_from(0)

    def _ask_from(self, row: int) -> None:
        wanted = str(self.status.currentData())
        statuses = frozenset(Reading(word) for word in wanted.split() if word)
        self.table_model.show_answer(
            Question(
                self.field.text(),
                statuses,
                str(self.modality.currentData()),
                order=self._order,
                descending=self._descending,
            ),
            row,
        )

    @property
    def chosen(self) -> tuple[Listed, ...]:
        """The studies of the rows that are chosen."""
        found = (self.table_model.study(row) for row in self._chosen_rows)
        return tuple(study for study in found if study is not None)

    @property
    def _chosen_rows(self) -> list[int]:
        chosen = self.table.selectionModel().selection()
        ranges = [chosen.at(number) for number in range(chosen.size())]
        return sorted(row for one in ranges for row in range(one.top(), one.bottom() + 1))

    # -- what happens -----------------------------------------------------------------

    def _changed(self, _new: int, _old: int) -> None:
        """Show what is in the list now; whoever was chosen stays so."""
        self._kept = {study.id for study in self.chosen}
        self._ask_from(max(self.table.currentIndex().row(), 0))

    def _answered(self) -> None:
        count = self.table_model.rowCount()
        asked = self.table_model.question
        self.count.setText(
            self.tr("1 study") if count == 1 else self.tr("{count} studies").format(count=count)
        )
        self.table.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        plain = not (asked.text or asked.statuses or asked.modality)
        self.empty.setText(
            self.tr(
                "No study is listed yet. List a folder in place or copy one in with the buttons "
                "below; what you open is listed by itself."
            )
            if plain
            else self.tr("No study answers this. Use fewer or other words.")
        )
        rows = self.table_model.rows_of(self._kept)[:_MOST_KEPT]
        self._kept = set()
        self.table.setCurrentIndex(self.table_model.index(rows[0] if rows else 0, 0))
        select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in rows:
            self.table.selectionModel().select(self.table_model.index(row, 0), select)
        self._chose()

    def _chose(self, *_: object) -> None:
        chosen = self.chosen
        one = chosen[0] if len(chosen) == 1 else None
        same = one is not None and one.id == self._shown
        self._shown = one.id if one else None
        texts = (f"{_TAG_SIGN} ".join(one.tags), one.notes) if one else ("", "")
        for field, text in zip((self.tags, self.notes), texts, strict=True):
            field.setEnabled(one is not None)
            if not (same and field.hasFocus()):
                field.setText(text)
        self.open_button.setEnabled(bool(chosen))

    def _sorted(self, section: int) -> None:
        column = COLUMNS[section]
        self._descending = not self._descending if column is self._order else False
        self._order = column
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(section, order)
        self.ask()

    def _open(self, *_: object) -> None:
        chosen = self.chosen
        if chosen:
            self.accept()
            open_listed(self._desk, chosen[0])

    def _tagged(self) -> None:
        words = [word.strip() for word in self.tags.text().split(_TAG_SIGN)]
        for one in self.chosen:
            if tuple(filter(None, words)) != one.tags:
                set_tags(self._desk, one, words)

    def _noted(self) -> None:
        for one in self.chosen:
            if self.notes.text() != one.notes:
                set_notes(self._desk, one, self.notes.text())

    def _menu(self, place: QPoint) -> None:
        chosen = self.chosen
        if not chosen:
            return
        menu = QMenu(self)
        menu.addAction(self._action(self.tr("Open"), self._open))
        status = menu.addMenu(self.tr("Status"))
        for word, shown in zip(Reading, self._status_words(), strict=True):
            status.addAction(self._action(shown, partial(set_status, self._desk, chosen, word)))
        priority = menu.addMenu(self.tr("Priority"))
        for level, shown in zip(Priority, self._priority_words(), strict=True):
            priority.addAction(
                self._action(shown, partial(set_priority, self._desk, chosen, level))
            )
        menu.addSeparator()
        menu.addAction(
            self._action(self.tr("Look for missing files"), partial(look_again, self._desk))
        )
        menu.addAction(
            self._action(self.tr("Remove from the list…"), partial(remove, self._desk, chosen))
        )
        menu.addAction(
            self._action(self.tr("Erase from this computer…"), partial(erase, self._desk, chosen))
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(place))

    # -- from Qt -----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let Return open what is chosen and the arrows lead from the field to the rows."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open()
                return True
            if watched is self.field and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
                self.table.setFocus()
                return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Hear of no more news."""
        self._forget_news()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """End, however it was ended."""
        self._forget_news()
        super().done(result)

    def _forget_news(self) -> None:
        self._soon.stop()
        self._desk.keeper.listed.changed.disconnect(self._changed, missing_ok=True)

    # -- building ----------------------------------------------------------------------

    def _search_field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(self.tr("Search names, IDs, descriptions, notes, tags"))
        field.setAccessibleName(self.tr("Search"))
        field.setToolTip(self.tr("Beginnings of words; all of them must occur"))
        field.setClearButtonEnabled(True)
        field.installEventFilter(self)
        return field

    def _combo(self, name: str, choices: list[tuple[str, str]]) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.setToolTip(self.tr("Show only these"))
        for text, word in choices:
            combo.addItem(text, word)
        combo.currentIndexChanged.connect(lambda *_: self.ask())
        return combo

    def _status_choices(self) -> list[tuple[str, str]]:
        words = zip(self._status_words(), (one.value for one in Reading), strict=True)
        return [
            (self.tr("Any status"), ""),
            (self.tr("To be read"), "unread reading"),
            *words,
        ]

    def _status_words(self) -> list[str]:
        return [self.tr("Unread"), self.tr("Reading"), self.tr("Read"), self.tr("Reported")]

    def _priority_words(self) -> list[str]:
        return [self.tr("Routine"), self.tr("Urgent"), self.tr("Emergency")]

    def _table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.table_model)
        table.setAccessibleName(self.tr("Studies"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu)
        table.doubleClicked.connect(self._open)
        table.installEventFilter(self)
        table.selectionModel().selectionChanged.connect(self._chose)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.5))
        header = table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setHighlightSections(False)
        header.setSortIndicator(COLUMNS.index(Column.DATE), Qt.SortOrder.DescendingOrder)
        header.sectionClicked.connect(self._sorted)
        for column, letters in enumerate(_WIDTHS):
            header.resizeSection(column, letters * self.fontMetrics().averageCharWidth() + 12)
        return table

    def _edit(self, name: str, words: str, changed: Callable[[], None]) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setPlaceholderText(words)
        field.setToolTip(self.tr("Kept as soon as you leave the field"))
        field.editingFinished.connect(changed)
        return field

    def _action(self, text: str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda *_: do())
        return action

    def _button(self, text: str, tip: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda *_: do())
        return button

    def _verb(self, id_: str) -> QPushButton:
        command = self._commands[id_]
        words = self._desk.words
        run = partial(self._commands.run, id_, self._desk)
        return self._button(words(command.title), words(command.help), run)

    def _lay_out(self) -> None:
        top, below, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.field, 1)
        for widget in (self.status, self.modality, self.count):
            top.addWidget(widget)
        below.addWidget(self.tags, 1)
        below.addWidget(self.notes, 2)
        last.addWidget(self._verb("studies.add_in_place"))
        last.addWidget(self._verb("studies.copy_in"))
        last.addStretch(1)
        self.open_button = self._button(
            self.tr("Open"), self.tr("Open the chosen study (Return)"), self._open
        )
        last.addWidget(self.open_button)
        last.addWidget(self._button(self.tr("Close"), self.tr("Close the list"), self.reject))
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(below)
        column.addLayout(last)
