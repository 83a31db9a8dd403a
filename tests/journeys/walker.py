"""A person at the window: opens, scrolls, presses keys, answers dialogs, reads what is said."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMessageBox,
    QPushButton,
    QTableView,
    QTreeWidget,
)

from tests.journeys.hands import WatchedBot
from tests.program import Program
from viewer.core.finding import Finding
from viewer.core.study import Series
from viewer.render.scene import Scene
from viewer.session.images import OpenImage
from viewer.session.session import Message, Session

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@dataclass
class Walker(Program):
    """The program, and a pair of hands and eyes."""

    heard: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session.message.changed.connect(self._hear)

    def _hear(self, new: Message, _: Message) -> None:
        self.heard.append(new)

    # -- hands -------------------------------------------------------------

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key while the active view has the keyboard."""
        view = self.view(self.session.hanging.value.active)
        view.setFocus()
        self.qtbot.wait(1)
        self.qtbot.keyClick(view, key, keys)

    def drop(self, *paths: Path) -> None:
        """Drop files or folders onto the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        entered = QDragEnterEvent(QPoint(100, 100), copy, mime, left, PLAIN)
        dropped = QDropEvent(QPointF(100, 100), copy, mime, left, PLAIN)
        with self.on_duty():
            for event in (entered, dropped):
                QApplication.sendEvent(self.window, event)

    def wheel(self, *about: object, **named: object) -> None:
        """Turn the wheel over a view."""
        with self.on_duty():
            super().wheel(*about, **named)

    def move(self, *about: object, **named: object) -> None:
        """Move the mouse over a view."""
        with self.on_duty():
            super().move(*about, **named)

    def run(self, command: str) -> None:
        """Say a command, as its menu entry does."""
        with self.on_duty():
            super().run(command)

    def on_duty(self) -> AbstractContextManager[None]:
        """Have the watchdog watch, if there is one."""
        return self.qtbot.dog.on_duty() if isinstance(self.qtbot, WatchedBot) else nullcontext()

    def double_click_series(self, series: Series) -> None:
        """Double-click on a series in the panel of studies."""
        tree = self.window.panels["studies"].findChild(QTreeWidget)
        tops = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
        items = [top.child(row) for top in tops for row in range(top.childCount())]
        item = next(item for item in items if item.data(0, Qt.ItemDataRole.UserRole) == series.key)
        tree.scrollToItem(item)
        place = tree.visualItemRect(item).center()
        self.qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def answer_folder(self, folder: Path) -> None:
        """Choose a folder in the dialog that asks for one."""
        dialog = self.dialog(QFileDialog)
        dialog.setDirectory(str(folder))
        dialog.selectFile(str(folder))
        dialog.accept()

    def answer_yes(self) -> str:
        """Say yes to the question on screen; return the question."""
        box = self.dialog(QMessageBox)
        words = box.text()
        yes = next(b for b in box.findChildren(QPushButton) if b.text() == "Yes")
        self.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
        return words

    def dialog(self, kind: type) -> QFileDialog | QMessageBox:
        """Return the dialog of a kind, waiting until it is there."""
        self.wait(lambda: any(d.isVisible() for d in self.window.findChildren(kind)))
        return next(d for d in self.window.findChildren(kind) if d.isVisible())

    def open(self, folder: Path) -> OpenImage:
        """Drop a folder onto the window; return its image when all of it is there."""
        self.drop(folder)
        return self.loaded()

    def loaded(self) -> OpenImage:
        """Return the active image when all of it is there and no thread reads any more."""
        self.wait(lambda: self.session.active_image is not None and not self.loading)
        opened = self.session.active_image
        assert opened is not None
        return opened

    def read(self) -> tuple[Finding, ...]:
        """Let the second reader look; return what it proposes."""
        self.press(Qt.Key.Key_R, CTRL)
        self.wait(lambda: bool(self.session.record.value.findings))
        return self.session.record.value.findings

    # -- eyes --------------------------------------------------------------

    @property
    def session(self) -> Session:
        """What is open."""
        return self.desk.session

    @property
    def loading(self) -> bool:
        """Tell whether a series is still on its way."""
        opened = self.session.active_image
        fidelity = opened.fidelity if opened is not None else None
        busy = any(
            job.title.startswith(("Load ", "Open ", "Look ")) for job in self.desk.runner.jobs
        )
        return busy or (fidelity is not None and not (fidelity.quality >= 2).all())

    def rest(self) -> None:
        """Wait until nothing runs in the background."""
        self.wait(lambda: not self.desk.runner.jobs)

    def scene(self, cell: int = 0) -> Scene:
        """Return what a slice view shows, painted now."""
        view = self.view(cell)
        view.grab()
        return view.scene

    def text(self, cell: int = 0) -> str:
        """Return all that stands in the corners of a slice view."""
        return "\n".join(line for _, lines in self.scene(cell).texts for line in lines)

    def slice_number(self, cell: int = 0) -> int:
        """Return the number of the slice, as the view writes it."""
        return int(re.search(r"Slice (\d+)/", self.text(cell))[1])

    def crosshair(self, cell: int = 0) -> tuple[float, float]:
        """Return where the lines of a view would cross, in its pixels."""
        lines = self.scene(cell).lines
        (x,) = {line.start[0] for line in lines if line.start[0] == line.end[0]}
        (y,) = {line.start[1] for line in lines if line.start[1] == line.end[1]}
        return x, y

    def table(self) -> list[list[str]]:
        """Return the rows of the findings panel as they are on screen."""
        view = self.window.panels["findings"].findChild(QTableView)
        model = view.model()
        columns = range(model.columnCount())
        return [
            [str(model.index(row, column).data()) for column in columns]
            for row in range(model.rowCount())
        ]

    @property
    def serious(self) -> list[str]:
        """All that was said so that it stays until it is dismissed."""
        return [message.sentence for message in self.heard if message.serious]

    @property
    def said(self) -> str:
        """The last sentence."""
        return self.heard[-1].sentence if self.heard else ""

    @property
    def workers(self) -> list[psutil.Process]:
        """The worker processes of this program that live."""
        return [child for child in psutil.Process().children() if _is_worker(child)]


def _is_worker(process: psutil.Process) -> bool:
    try:
        living = process.status() != psutil.STATUS_ZOMBIE
        return living and "viewer.jobs.worker" in process.cmdline()
    except psutil.Error:
        return False
