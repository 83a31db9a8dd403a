"""The slim line at the bottom: message, running job, value and place under the cursor."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QStatusBar, QWidget

from viewer.commands.desk import Desk
from viewer.jobs.job import Job, State
from viewer.render.probe import Probe
from viewer.session.session import Message
from viewer.ui.careful import careful
from viewer.ui.words import in_words

_NAMED = re.compile(r"(\D+?) (-?\d.*)")
_WIDEST_VALUE = "MinIP −10000.00 (no unit)"
_WIDEST_PLACE = "L 1000.0  P 1000.0  H 1000.0 mm"

_AROUND = 8
"""Room above and below the words: the line never grows, so that no view ever moves."""


class StatusLine(QStatusBar):
    """Says in words what goes on; every part keeps its place."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self.setFixedHeight(self.fontMetrics().lineSpacing() + _AROUND)
        self._message = QLabel(self)
        self._message.setObjectName("message")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._value = self._fixed("value", _WIDEST_VALUE)
        self._place = self._fixed("place", _WIDEST_PLACE)
        self._place.setToolTip(
            self.tr(
                "Position in the patient in mm: L left or R right, P back or A front, "
                "H towards the head or F towards the feet."
            )
        )
        self._job = JobLine(desk, self)
        self.addWidget(self._message, 1)
        self.addPermanentWidget(self._job)
        self.addPermanentWidget(self._value)
        self.addPermanentWidget(self._place)
        desk.session.message.changed.connect(self._said)

    def show_probe(self, found: Probe) -> None:
        """Say what is under the cursor."""
        self._value.setText(_value_in_words(found.value))
        self._place.setText(found.place)

    def _fixed(self, name: str, widest: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest))
        return label

    def _said(self, new: Message, _: Message) -> None:
        if not new.serious:
            self._message.setText(in_words(new.sentence))
            self._message.setToolTip(in_words(new.sentence))


class ElidedLabel(QLabel):
    """A line that gives way where there is too little room, rather than widen the window."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a few letters only."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Write as much as there is room for."""
        room, middle = self.contentsRect(), Qt.TextElideMode.ElideMiddle
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            words = self.fontMetrics().elidedText(self.text(), middle, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)


class JobLine(QWidget):
    """The oldest running job: what it is, how far, how long still."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ElidedLabel(self)
        self._words.setObjectName("quiet")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(90)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self._words)
        row.addWidget(self._bar)
        desk.runner.changed.connect(self.show_jobs)
        self.show_jobs(desk.runner.jobs)

    def show_jobs(self, jobs: tuple[Job, ...]) -> None:
        """Show how work stands."""
        running = [job for job in jobs if job.state is State.RUNNING]
        self._words.setVisible(bool(running))
        self._bar.setVisible(bool(running))
        if not running:
            return
        job = running[0]
        self._bar.setValue(round(job.fraction * 1000))
        self._words.setText(self._in_words(job, len(jobs) - 1))

    def _in_words(self, job: Job, others: int) -> str:
        words = in_words(job.title)
        if job.left_s is not None:
            words = self.tr("{title}, {seconds} s left").format(
                title=words, seconds=max(round(job.left_s), 1)
            )
        if others > 0:
            words = self.tr("{first} (+{others})").format(first=words, others=others)
        return words


def _value_in_words(text: str) -> str:
    """Return values under the pointer, parted by two spaces, with what they are in our language."""
    return "  ".join(map(_part_in_words, text.split("  ")))


def _part_in_words(part: str) -> str:
    named = _NAMED.fullmatch(part)
    return in_words(part) if named is None else f"{in_words(named[1])} {in_words(named[2])}"
