"""The strip under the views: which moment or frame is shown, and how fast it is played."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QWidget,
)

from viewer.commands.cine import FASTEST, SLOWEST, per_second, set_speed
from viewer.commands.desk import Desk
from viewer.commands.moments import go_to_moment
from viewer.commands.scrolling import scroll
from viewer.core.stack import Stack
from viewer.core.study import SeriesKind
from viewer.session.look import Hanging
from viewer.session.moments import moment_name
from viewer.session.session import Session
from viewer.ui.careful import careful
from viewer.ui.icons import put_icon
from viewer.ui.numbers import NumberBox
from viewer.ui.theme import colour

_WIDEST = "heart phase 100 of 100 · 1000.0 ms"


@dataclass(frozen=True, slots=True)
class Run:
    """The moments of the 4D series, or the frames of the clip, in one view."""

    cell: int
    key: str
    count: int
    shown: int
    name: str
    there: frozenset[int]
    of_moments: bool


def run_shown(session: Session) -> Run | None:
    """Return what the active view can run through, or else the first view that can."""
    hanging = session.hanging.value
    cells = sorted(hanging.shown, key=lambda cell: cell != hanging.active)
    runs = (_run(session, cell) for cell in cells)
    return next((run for run in runs if run is not None), None)


def _run(session: Session, cell: int) -> Run | None:
    group, number = session.group_in(cell), session.moment_in(cell)
    opened = session.image_in(cell)
    if group is not None and number is not None:
        images = session.images.value
        opens = [images.get(part.key) for part in group.parts]
        there = frozenset(n for n, one in enumerate(opens) if one is not None and one.is_whole)
        name = _with_place(moment_name(group, number), session, group.key, number)
        return Run(cell, group.key, len(opens), number, name, there, of_moments=True)
    if opened is None or opened.series.kind is not SeriesKind.CINE or opened.count < 2:
        return None
    if not isinstance(opened.image, Stack):
        return None
    frame = min(max(session.hanging.value.cells[cell].frame, 0), opened.count - 1)
    name = _with_place(f"frame {frame + 1} of {opened.count}", session, opened.key, frame)
    everything = frozenset(range(opened.count))
    return Run(cell, opened.key, opened.count, frame, name, everything, of_moments=False)


def _with_place(name: str, session: Session, key: str, number: int) -> str:
    """Return a name with the time of that moment, where it is not in the name already."""
    axis = session.axis_of(key)
    if axis is None or number >= len(axis.at) or axis.unit not in ("ms", "s", "%"):
        return name
    if name.endswith(f" {axis.unit}"):
        return name
    return f"{name} · {axis.at[number]:.4g} {axis.unit}"


class MomentSlider(QSlider):
    """A slider that shows below its groove which moments are there already."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._there: frozenset[int] = frozenset()
        self._span: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setPageStep(1)

    def show_there(self, there: frozenset[int]) -> None:
        """Mark these moments as loaded."""
        if there != self._there:
            self._there = there
            self.update()

    def show_span(self, span: tuple[int, int] | None) -> None:
        """Mark the range that cine plays; None for all."""
        if span != self._span:
            self._span = span
            self.update()

    @careful
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the slider, and a dot for each moment: bright where it is loaded."""
        super().paintEvent(event)
        count, option = self.maximum() + 1, QStyleOptionSlider()
        self.initStyleOption(option)
        style, slider = self.style(), QStyle.ComplexControl.CC_Slider
        handle = style.subControlRect(slider, option, QStyle.SubControl.SC_SliderHandle, self)
        room = self.width() - handle.width()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            wide = min(max(room / max(count, 1) - 1.0, 1.0), 4.0)
            if self._span is not None:
                first, last = (
                    handle.width() / 2 + room * end / max(count - 1, 1) for end in self._span
                )
                painter.setBrush(colour("warning"))
                painter.drawRect(QRectF(first - 2, 0.0, last - first + 4, 2.0))
            for number in range(count):
                x = handle.width() / 2 + room * number / max(count - 1, 1)
                painter.setBrush(colour("accent" if number in self._there else "faint"))
                painter.drawRect(QRectF(x - wide / 2, self.height() - 3.0, wide, 2.0))


class MomentBar(QWidget):
    """Play, slider, name and speed; on screen only while a view has something to run through."""

    done = Signal()
    """A speed was typed: the keys are the views' again."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("moment_bar")
        self._desk, self._session = desk, desk.session
        self._run: Run | None = None
        self.play = QToolButton(self)
        put_icon(self.play, "cine")
        self.play.setCheckable(True)
        self.play.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.play.setToolTip(self.tr("Play, or stop  (Space)"))
        self.play.setAccessibleName(self.tr("Play"))
        self.slider = MomentSlider(self)
        self.slider.setAccessibleName(self.tr("Moment"))
        self.slider.setToolTip(
            self.tr("Moment  (Alt+Left, Alt+Right, or the wheel with Ctrl and Shift)")
        )
        self.name = QLabel(self)
        self.name.setObjectName("moment_name")
        self.name.setMinimumWidth(self.name.fontMetrics().horizontalAdvance(_WIDEST))
        self.speed, self.pace, self.rate = self._speed(), self._pace(), QLabel(self)
        self.rate.setObjectName("cine_rate")
        self.rate.setToolTip(self.tr("Pictures that were really shown in the last second"))
        self.rate.setMinimumWidth(self.rate.fontMetrics().horizontalAdvance("00.0 fps"))
        self._ticks: deque[float] = deque(maxlen=120)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 6, 2)
        row.addWidget(self.play)
        row.addWidget(self.slider, 1)
        row.addWidget(self.name)
        row.addWidget(self.pace)
        row.addWidget(self.speed)
        row.addWidget(self.rate)
        self._listen()
        self._show()

    def _speed(self) -> NumberBox:
        box = NumberBox(self)
        box.setRange(SLOWEST, FASTEST)
        box.setDecimals(1)
        box.setSuffix(self.tr(" per second"))
        box.setKeyboardTracking(False)
        box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        box.setAccessibleName(self.tr("Pictures per second"))
        box.setToolTip(self.tr("How fast cine plays  (Shift+Left, Shift+Right)"))
        return box

    def _pace(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(round(SLOWEST), round(FASTEST))
        slider.setFixedWidth(90)
        slider.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        slider.setAccessibleName(self.tr("Speed of cine"))
        slider.setToolTip(self.tr("How fast cine plays  (Shift+Left, Shift+Right)"))
        return slider

    def tick(self) -> None:
        """Take down that cine showed a picture, and tell how many there were in a second."""
        now = perf_counter()
        self._ticks.append(now)
        while now - self._ticks[0] > 1.0:
            self._ticks.popleft()
        span = now - self._ticks[0]
        if len(self._ticks) > 2 and span > 0.25:
            self.rate.setText(f"{(len(self._ticks) - 1) / span:.1f} fps")

    def _listen(self) -> None:
        session = self._session
        self.play.clicked.connect(self._play)
        self.slider.valueChanged.connect(self._moved)
        self.speed.valueChanged.connect(self._paced)
        self.pace.valueChanged.connect(self._paced)
        self.speed.lineEdit().returnPressed.connect(self.done)
        session.hanging.changed.connect(self._hung)
        for news in (session.images, session.cine, session.playing, session.axes):
            news.changed.connect(self._show)

    # -- news ------------------------------------------------------------------

    def _hung(self, new: Hanging, old: Hanging) -> None:
        """Look again where another image, moment or frame is shown, or in other views."""

        def seen(hanging: Hanging) -> object:
            looks = [(look.series_key, look.frame) for look in hanging.cells]
            return looks, hanging.shown, hanging.active

        if seen(new) != seen(old):
            self._show()

    def _show(self, *_: object) -> None:
        run = self._run = run_shown(self._session)
        self.setVisible(run is not None)
        if run is None:
            return
        for widget in (self.slider, self.speed, self.play, self.pace):
            widget.blockSignals(True)
        self.slider.setRange(0, run.count - 1)
        self.slider.setValue(run.shown)
        self.slider.show_there(run.there)
        span = self._session.playing.value.span_of(run.key)
        last = run.count - 1
        ends = None if span is None else (min(span.first, last), min(span.last, last))
        self.slider.show_span(ends)
        self.speed.setValue(per_second(self._desk, run.cell))
        self.play.setChecked(self._session.cine.value is not None)
        self.pace.setValue(round(self.speed.value()))
        if self._session.cine.value is None:
            self._ticks.clear()
            self.rate.clear()
        for widget in (self.slider, self.speed, self.play, self.pace):
            widget.blockSignals(False)
        missing = run.count - len(run.there)
        self.name.setText(run.name)
        self.name.setToolTip(
            self.tr("{count} of them are not loaded yet.").format(count=missing) if missing else ""
        )

    # -- from the reader ---------------------------------------------------------

    def _moved(self, number: int) -> None:
        run = self._run
        if run is None:
            return
        if run.of_moments:
            go_to_moment(self._desk, run.cell, number)
        else:
            scroll(self._desk, run.cell, number - run.shown)

    def _paced(self, wanted: float) -> None:
        set_speed(self._desk, wanted)

    def _play(self) -> None:
        running = self._session.cine.value is not None
        self._session.cine.set(None if running or self._run is None else self._run.cell)
