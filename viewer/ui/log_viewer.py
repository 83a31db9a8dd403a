"""The log in the window: its last lines, sifted by how grave they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.desk import Desk
from viewer.core.progress import Progress
from viewer.jobs.job import Failure

_MOST_BYTES = 400_000
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def last_lines(file: Path, progress: Progress) -> tuple[str, ...]:
    """Read the end of a log, whole lines only; none if there is no log yet."""
    progress.report(0.0, "log")
    try:
        with file.open("rb") as log:
            size = log.seek(0, 2)
            log.seek(max(size - _MOST_BYTES, 0))
            text = log.read(_MOST_BYTES).decode("utf-8", "replace")
    except FileNotFoundError:
        return ()
    lines = text.splitlines()
    return tuple(lines[1:] if size > _MOST_BYTES else lines)


def sifted(lines: Sequence[str], least: str, word: str) -> list[str]:
    """Return the entries that are grave enough and hold a word; a traceback goes with its entry."""
    wanted = _LEVELS[_LEVELS.index(least) :]
    kept: list[str] = []
    entry: list[str] = []
    for line in (*lines, ""):
        if _level(line) or line == "":
            if (
                entry
                and _level(entry[0]) in wanted
                and word.casefold() in "\n".join(entry).casefold()
            ):
                kept += entry
            entry = []
        entry.append(line)
    return kept


def _level(line: str) -> str:
    words = line.split(" ", 3)
    return words[2] if len(words) > 3 and words[2] in _LEVELS else ""


class LogViewer(QDialog):
    """Shows the last lines; copies them; opens the folder they lie in."""

    def __init__(self, desk: Desk, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("log_viewer")
        self._desk, self._file = desk, file
        self._lines: tuple[str, ...] = ()
        self.setWindowTitle(self.tr("Log"))
        self.level = QComboBox(self)
        self.level.setAccessibleName(self.tr("Least level"))
        self.level.addItem(self.tr("All"), "DEBUG")
        self.level.addItem(self.tr("Warnings and errors"), "WARNING")
        self.level.addItem(self.tr("Errors"), "ERROR")
        self.word = QLineEdit(self)
        self.word.setPlaceholderText(self.tr("Only with these words"))
        self.word.setAccessibleName(self.tr("Only with these words"))
        self.page = QPlainTextEdit(self)
        self.page.setReadOnly(True)
        self.page.setAccessibleName(self.tr("Log"))
        self.page.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.page.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._told = QLabel(self.tr("The log stays on this computer. It may hold names of files."))
        self._told.setObjectName("quiet")
        self._lay_out()
        self.level.currentIndexChanged.connect(self.show_lines)
        self.word.textChanged.connect(self.show_lines)
        self.resize(self.fontMetrics().averageCharWidth() * 120, 520)
        self.read()

    def read(self) -> None:
        """Read the log anew, in the background."""
        self._desk.runner.start(
            self.tr("Read the log"),
            partial(last_lines, self._file),
            self._came,
            failed=self._failed,
            instead_of="log",
        )

    def show_lines(self) -> None:
        """Show what fits, the last line in sight."""
        lines = sifted(self._lines, str(self.level.currentData()), self.word.text())
        self.page.setPlainText("\n".join(lines) or self.tr("Nothing was noted."))
        bar = self.page.verticalScrollBar()
        bar.setValue(bar.maximum())

    def copy(self) -> None:
        """Put what is shown on the clipboard."""
        QGuiApplication.clipboard().setText(self.page.toPlainText())

    def open_folder(self) -> None:
        """Show the folder in the system's own window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))

    def _came(self, lines: tuple[str, ...]) -> None:
        self._lines = lines
        self.show_lines()

    def _failed(self, failure: Failure) -> None:
        self.page.setPlainText(failure.sentence)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.level)
        above.addWidget(self.word, 1)
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole.ActionRole
        buttons.addButton(self.tr("Copy"), role).clicked.connect(self.copy)
        buttons.addButton(self.tr("Open folder"), role).clicked.connect(self.open_folder)
        buttons.addButton(self.tr("Read again"), role).clicked.connect(self.read)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(above)
        column.addWidget(self.page, 1)
        column.addWidget(self._told)
        column.addWidget(buttons)
