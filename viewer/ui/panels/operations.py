"""What is done to segments as a whole: chosen, set, tried on screen, done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.segment_operations import (
    ALL,
    choose,
    choose_other,
    parameters,
    set_parameter,
    toggle_try,
)
from viewer.core.errors import Declined
from viewer.core.recipe import Setting
from viewer.imaging.enhance.catalogue import Parameter
from viewer.imaging.segment.catalogue import operation_of
from viewer.imaging.segment.operation import Choice, Need, Operation
from viewer.session.segmenting import Segmenting
from viewer.session.session import segment_key
from viewer.ui.actions import key_text
from viewer.ui.numbers import NumberBox
from viewer.ui.segment_names import segment_name
from viewer.ui.words import in_words


class OperationsPanel(QWidget):
    """A button with all operations, the settings of the chosen one, and the one that does it."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk, self._commands = desk, commands
        self._shown = ""
        self._choice = QPushButton(self.tr("Choose an operation"))
        self._choice.setMenu(self._operations())
        self._choice.setAccessibleName(self.tr("Operation"))
        self._help = QLabel(
            self.tr("Thresholds, growing, smoothing and more, for the segment that is worked on.")
        )
        self._help.setWordWrap(True)
        self._help.setObjectName("quiet")
        self._target = QLabel()
        self._target.setWordWrap(True)
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._other = _narrow_box()
        self._other.setAccessibleName(self.tr("Second segment"))
        self._other.activated.connect(self._other_chosen)
        self._try = QCheckBox(self.tr("Show what it would do"))
        self._try.setToolTip(in_words(commands["segment.try"].help))
        self._try.toggled.connect(self._toggled)
        self._do = QPushButton(self.tr("Do it"))
        do = commands["segment.apply"]
        self._do.setToolTip(f"{in_words(do.help)} ({key_text(do)})")
        self._do.clicked.connect(partial(self._guarded, partial(self._run, "segment.apply")))
        self._lay_out()
        session = desk.session
        session.segmenting.changed.connect(self._changed)
        session.record.changed.connect(self._news)
        session.images.changed.connect(self._news)
        session.hanging.changed.connect(self._news)
        self._show(session.segmenting.value)

    # -- building ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.addWidget(self._choice)
        column.addWidget(self._help)
        column.addWidget(self._target)
        column.addLayout(self._form)
        row = QHBoxLayout()
        row.addWidget(self._try, 1)
        row.addWidget(self._do)
        column.addLayout(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _operations(self) -> QMenu:
        menu = QMenu(self)
        groups: dict[str, QMenu] = {}
        for one in ALL:
            if one.group not in groups:
                groups[one.group] = menu.addMenu(in_words(one.group))
                groups[one.group].setToolTipsVisible(True)
            action = groups[one.group].addAction(in_words(one.title))
            action.setObjectName(f"do_{one.id}")
            action.setToolTip(in_words(one.help))
            action.triggered.connect(partial(self._guarded, partial(choose, self._desk, one.id)))
        return menu

    # -- from the session ---------------------------------------------------------------------

    def _changed(self, new: Segmenting, _: Segmenting) -> None:
        self._show(new)

    def _news(self, *_: object) -> None:
        self._show(self._desk.session.segmenting.value)

    def _show(self, now: Segmenting) -> None:
        step = now.operation
        if step is not None and step.filter != self._shown:
            self._shown = step.filter
            self._fill(operation_of(step, ALL))
        self._target.setText(self._about(now))
        self._fill_others(now)
        self._try.blockSignals(True)
        self._try.setChecked(now.tried)
        self._try.blockSignals(False)
        allowed = self._commands["segment.apply"].allowed(self._desk)
        self._try.setEnabled(allowed)
        self._do.setEnabled(allowed)

    def _about(self, now: Segmenting) -> str:
        for group in self._desk.session.record.value.segmentations:
            segment = group.segment(now.label)
            if group.id == now.segmentation_id and segment is not None:
                return self.tr("For {name}").format(name=segment_name(segment, group))
        return self.tr("For a new segment")

    def _fill(self, operation: Operation) -> None:
        self._choice.setText(in_words(operation.title))
        self._help.setText(in_words(operation.help))
        while self._form.rowCount():
            taken = self._form.takeRow(0)
            for item in (taken.labelItem, taken.fieldItem):
                widget = item.widget() if item is not None else None
                if widget is not None and widget is not self._other:
                    widget.hide()
                    widget.deleteLater()
        for one in parameters(operation):
            switch = isinstance(one, Parameter) and one.switch
            self._form.addRow("" if switch else in_words(one.title), self._field(one))
        self._other.setVisible(Need.OTHER in operation.needs)
        if Need.OTHER in operation.needs:
            self._form.addRow(self.tr("Second segment"), self._other)

    def _fill_others(self, now: Segmenting) -> None:
        here = f"{now.segmentation_id}/{now.label}"
        words: list[tuple[str, str]] = [(self.tr("(choose)"), "")]
        for group in self._desk.session.record.value.segmentations:
            for segment in group.segments:
                key = segment_key(group, segment)
                if key != here:
                    words.append((f"{segment_name(segment, group)} ({in_words(group.title)})", key))
        self._other.blockSignals(True)
        self._other.clear()
        for text, key in words:
            self._other.addItem(text, key)
        self._other.setCurrentIndex(max(self._other.findData(now.other), 0))
        self._other.blockSignals(False)

    def _field(self, one: Parameter | Choice) -> QWidget:
        if isinstance(one, Choice):
            box = _narrow_box()
            for word, title in one.words:
                box.addItem(in_words(title), word)
            box.setCurrentIndex(box.findData(one.usual))
            box.setAccessibleName(in_words(one.title))
            box.activated.connect(lambda _, box=box: self._set(one.name, box.currentData()))
            return box
        if one.switch:
            tick = QCheckBox(in_words(one.title))
            tick.setChecked(one.usual > 0)
            tick.toggled.connect(lambda on: self._set(one.name, float(on)))
            return tick
        return self._number(one)

    def _number(self, one: Parameter) -> NumberBox:
        spin = NumberBox()
        spin.setRange(one.low, one.high)
        spin.setDecimals(0 if one.whole else 2)
        spin.setValue(one.usual)
        spin.setSuffix(f" {in_words(one.unit)}" if one.unit else "")
        spin.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        spin.setKeyboardTracking(False)
        spin.setAccessibleName(in_words(one.title))
        spin.setMaximumWidth(150)
        spin.valueChanged.connect(lambda value: self._set(one.name, float(value)))
        return spin

    # -- to the session --------------------------------------------------------------------------

    def _set(self, name: str, value: Setting) -> None:
        self._guarded(partial(set_parameter, self._desk, name, value))

    def _other_chosen(self, number: int) -> None:
        choose_other(self._desk, str(self._other.itemData(number)))

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on != self._desk.session.segmenting.value.tried:
            toggle_try(self._desk)

    def _run(self, id_: str) -> None:
        self._commands[id_].run(self._desk)

    def _guarded(self, act: Callable[[], None], *_: object) -> None:
        try:
            act()
        except Declined as why:
            self._desk.session.say(str(why), serious=True)


def _narrow_box() -> QComboBox:
    """Return a list that may be narrower than its longest word, so that the panel may, too."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box
