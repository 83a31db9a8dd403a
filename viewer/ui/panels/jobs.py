"""What runs in the background: progress, time left, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.desk import Desk
from viewer.jobs.job import Job, State
from viewer.ui.status import ElidedLabel
from viewer.ui.words import in_words

_LINES = 8
"""Room for one job with its bar and its button, however the panel is docked."""


class JobRow(QWidget):
    """One job: what it is, how far it is, and a button to stop it."""

    def __init__(self, job: Job, parent: QWidget) -> None:
        super().__init__(parent)
        self._job = job
        self._title = QLabel(in_words(job.title))
        self._title.setWordWrap(True)
        self._doing = ElidedLabel()
        self._doing.setObjectName("quiet")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        stop = QPushButton(self.tr("Stop"))
        stop.setToolTip(self.tr("Stop this job; nothing comes of it"))
        stop.clicked.connect(job.cancel)
        line = QHBoxLayout()
        line.addWidget(self._bar, 1)
        line.addWidget(stop)
        column = QVBoxLayout(self)
        column.addWidget(self._title)
        column.addLayout(line)
        column.addWidget(self._doing)
        self.refresh()

    def refresh(self) -> None:
        """Show how the job stands now."""
        standing = self._job.standing
        self._bar.setValue(round(standing.fraction * 1000))
        if standing.state is State.WAITING:
            self._doing.setText(self.tr("waiting for its turn"))
            return
        left = f" · {left_in_words(standing.left_s)}" if standing.left_s is not None else ""
        self._doing.setText(f"{standing.fraction:.0%} · {in_words(standing.doing)}{left}")


def left_in_words(seconds: float) -> str:
    """Return a time left as a person says it."""
    if seconds < 90:
        return in_words(f"{max(round(seconds), 1)} s left")
    return in_words(f"{round(seconds / 60)} min left")


class JobsPanel(QWidget):
    """All jobs that have not ended, oldest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._rows: dict[int, JobRow] = {}
        self._none = QLabel(self.tr("Nothing runs in the background."))
        self._none.setObjectName("quiet")
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.addWidget(self._none)
        self._list.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        desk.runner.changed.connect(self._show)
        self._show(desk.runner.jobs)

    def _show(self, jobs: tuple[Job, ...]) -> None:
        running = {job.number for job in jobs}
        for number in [number for number in self._rows if number not in running]:
            row = self._rows.pop(number)
            self._list.removeWidget(row)
            row.deleteLater()
        for job in jobs:
            if job.number not in self._rows:
                self._rows[job.number] = JobRow(job, self)
                self._list.insertWidget(self._list.count() - 1, self._rows[job.number])
            self._rows[job.number].refresh()
        self._none.setVisible(not jobs)
