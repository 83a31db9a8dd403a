"""The tools that make segments, and how the brush is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from math import log

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.segment_tools import TOOLS, change_brush
from viewer.commands.windows import active_look
from viewer.core.volume import Volume
from viewer.session.segmenting import LEAST_MM, MOST_MM, Brush, Overwrite
from viewer.session.tools import Tool
from viewer.ui.actions import key_text
from viewer.ui.icons import put_icon
from viewer.ui.numbers import NumberBox
from viewer.ui.words import in_words

_STEPS = 200
_FAR = 1_000_000.0


class BrushBox(QWidget):
    """A row of tools, the size of the brush, and what it takes."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk, self._commands = desk, commands
        self._tools: dict[Tool, QToolButton] = {}
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, _STEPS)
        self._slider.setAccessibleName(self.tr("Radius of the brush"))
        self._radius = NumberBox()
        self._radius.setRange(LEAST_MM, MOST_MM)
        self._radius.setDecimals(1)
        self._radius.setSuffix(" mm")
        self._radius.setAccessibleName(self.tr("Radius of the brush in mm"))
        self._radius.setKeyboardTracking(False)
        self._size = QLabel(self.tr("Radius"))
        self._ball = QCheckBox(self.tr("Ball"))
        self._adaptive = QCheckBox(self.tr("Adaptive"))
        self._others = QCheckBox(self.tr("Keep others"))
        self._ranged = QCheckBox(self.tr("Only values from"))
        self._low, self._high = self._value_box(), self._value_box()
        self._lay_out()
        self._connect()
        self._show()

    def _value_box(self) -> NumberBox:
        box = NumberBox()
        box.setRange(-_FAR, _FAR)
        box.setDecimals(1)
        box.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        box.setKeyboardTracking(False)
        box.setMaximumWidth(84)
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 2)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(1)
        for tool in TOOLS:
            row.addWidget(self._tool_button(tool))
        row.addStretch(1)
        column.addLayout(row)
        size = QHBoxLayout()
        size.addWidget(self._size)
        size.addWidget(self._slider, 1)
        size.addWidget(self._radius)
        column.addLayout(size)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, (box, id_) in enumerate(
            (
                (self._ball, "brush.ball"),
                (self._adaptive, "brush.adaptive"),
                (self._others, "brush.keep_others"),
            )
        ):
            box.setToolTip(in_words(self._commands[id_].help))
            grid.addWidget(box, 0, place)
        column.addLayout(grid)
        ranged = QHBoxLayout()
        self._ranged.setToolTip(in_words(self._commands["brush.range"].help))
        self._low.setAccessibleName(self.tr("Least value that is painted"))
        self._high.setAccessibleName(self.tr("Greatest value that is painted"))
        ranged.addWidget(self._ranged)
        ranged.addWidget(self._low)
        self._to = QLabel(self.tr("to"))
        ranged.addWidget(self._to)
        ranged.addWidget(self._high)
        ranged.addStretch(1)
        column.addLayout(ranged)

    def _tool_button(self, tool: Tool) -> QToolButton:
        command = self._commands[f"segment.{tool.value.replace(' ', '_')}"]
        button = QToolButton()
        put_icon(button, f"seg_{tool.value.replace(' ', '_')}")
        button.setIconSize(QSize(20, 20))
        button.setMinimumHeight(26)
        button.setCheckable(True)
        button.setAutoRaise(True)
        key = f" ({key_text(command)})" if command.key else ""
        button.setToolTip(f"{in_words(command.title)}{key}\n{in_words(command.help)}")
        button.setAccessibleName(in_words(command.title))
        button.clicked.connect(partial(self._take, tool))
        self._tools[tool] = button
        return button

    def _connect(self) -> None:
        session = self._desk.session
        self._slider.valueChanged.connect(self._slid)
        self._radius.valueChanged.connect(self._sized)
        self._ball.toggled.connect(partial(self._set, lambda b, on: replace(b, ball=on)))
        self._adaptive.toggled.connect(partial(self._set, lambda b, on: replace(b, adaptive=on)))
        self._others.toggled.connect(self._keep_others)
        self._ranged.toggled.connect(self._range_on)
        self._low.valueChanged.connect(self._range_typed)
        self._high.valueChanged.connect(self._range_typed)
        session.segmenting.changed.connect(self._news)
        session.tool.changed.connect(self._news)
        session.images.changed.connect(self._news)
        session.hanging.changed.connect(self._news)

    # -- from the session -----------------------------------------------------------------

    def _news(self, *_: object) -> None:
        self._show()

    def _show(self) -> None:
        session = self._desk.session
        brush = session.segmenting.value.brush
        opened = session.active_image
        solid = opened is not None and isinstance(opened.image, Volume)
        for tool, button in self._tools.items():
            button.setChecked(session.tool.value is tool)
            button.setEnabled(solid)
        for field in (self._size, self._slider, self._radius, *self._boxes()):
            field.setEnabled(solid)
        ranged = brush.low is not None
        with _quiet(self._slider, self._radius, *self._boxes(), self._low, self._high):
            self._slider.setValue(_step_of(brush.radius_mm))
            self._radius.setValue(brush.radius_mm)
            for box, on in zip(self._boxes(), self._ticks(), strict=True):
                box.setChecked(on)
            if ranged:
                self._low.setValue(brush.low or 0.0)
                self._high.setValue(brush.high or 0.0)
        for widget in (self._low, self._to, self._high):
            widget.setVisible(ranged)
        suffix = f" {opened.image.unit}" if opened is not None and solid else ""
        for value in (self._low, self._high):
            value.setSuffix(suffix if suffix != " 1" else "")

    def _boxes(self) -> tuple[QCheckBox, ...]:
        return self._ball, self._adaptive, self._others, self._ranged

    def _ticks(self) -> tuple[bool, ...]:
        now = self._desk.session.segmenting.value
        kept = now.overwrite is Overwrite.NOTHING
        return now.brush.ball, now.brush.adaptive, kept, now.brush.low is not None

    # -- to the session ----------------------------------------------------------------------

    def _take(self, tool: Tool, *_: object) -> None:
        session = self._desk.session
        session.tool.set(Tool.CROSSHAIR if session.tool.value is tool else tool)
        self._show()

    def _set(self, change: Callable[[Brush, bool], Brush], on: bool) -> None:  # noqa: FBT001
        change_brush(self._desk, lambda brush: change(brush, on))

    def _slid(self, step: int) -> None:
        change_brush(self._desk, lambda brush: brush.sized(_radius_of(step)))

    def _sized(self, radius_mm: float) -> None:
        change_brush(self._desk, lambda brush: brush.sized(radius_mm))

    def _keep_others(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        now = self._desk.session.segmenting.value
        wanted = Overwrite.NOTHING if on else Overwrite.UNLOCKED
        self._desk.session.segmenting.set(replace(now, overwrite=wanted))

    def _range_on(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        low, high = (self._low.value(), self._high.value()) if on else (None, None)
        if on and low == high:
            window = self._desk.session.window_of(active_look(self._desk))
            low, high = round(window.low, 1), round(window.high, 1)
        change_brush(self._desk, lambda brush: replace(brush, low=low, high=high))

    def _range_typed(self, _: float) -> None:
        low, high = sorted((self._low.value(), self._high.value()))
        change_brush(self._desk, lambda brush: replace(brush, low=low, high=high))


@contextmanager
def _quiet(*widgets: QWidget) -> Iterator[None]:
    """Let widgets show something without telling that they do."""
    for one in widgets:
        one.blockSignals(True)
    try:
        yield
    finally:
        for one in widgets:
            one.blockSignals(False)


def _radius_of(step: int) -> float:
    """Return the radius of a place of the slider: each step is as much larger as the last."""
    return float(round(LEAST_MM * (MOST_MM / LEAST_MM) ** (step / _STEPS), 2))


def _step_of(radius_mm: float) -> int:
    return round(_STEPS * log(radius_mm / LEAST_MM) / log(MOST_MM / LEAST_MM))
