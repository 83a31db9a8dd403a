"""The studio for filters: a recipe of steps with their settings, tried on what is on screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.enhancing import add, move, remove, set_parameter
from viewer.core.errors import Declined
from viewer.core.recipe import Step
from viewer.imaging.enhance.catalogue import FILTERS, Parameter, filter_of
from viewer.session.enhancing import Enhancing
from viewer.ui.numbers import NumberBox
from viewer.ui.panels.enhance_recipes import KeptRecipes
from viewer.ui.panels.enhance_target import RegionQuality, TargetChoice
from viewer.ui.words import in_words

_BUTTONS = (
    ("enhance.compare", 0, 0),
    ("enhance.swipe", 0, 1),
    ("enhance.apply", 1, 0),
    ("enhance.clear", 1, 1),
    ("enhance.save", 2, 0),
    ("enhance.load", 2, 1),
)
_ALONE = (("enhance.denoise", 0, 0), ("enhance.resample", 1, 0))


class EnhancePanel(QWidget):
    """Steps from top to bottom; each has its settings, and can be moved and removed."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk, self._commands = desk, commands
        self._shown: tuple[Step, ...] = ()
        self._add = QPushButton(self.tr("Add a filter"))
        self._add.setMenu(self._filters())
        self._add.setAccessibleName(self.tr("Add a filter"))
        self._none = QLabel(
            self.tr(
                "Add a filter to try it on the slices on screen. The original is never changed."
            )
        )
        self._none.setWordWrap(True)
        self._none.setObjectName("quiet")
        self._quality = QLabel()
        self._quality.setObjectName("quiet")
        self._quality.setWordWrap(True)
        self._quality.setToolTip(
            self.tr("Of the slice seen last: its noise before and after, and how alike both are.")
        )
        self._steps = QVBoxLayout()
        self._steps.setSpacing(8)
        self._buttons: dict[str, QPushButton] = {}
        self._target = TargetChoice(desk)
        self._recipes = KeptRecipes(desk, commands)
        self._regions = RegionQuality(desk)
        self._lay_out()
        desk.session.enhancing.changed.connect(self._changed)
        desk.session.hanging.changed.connect(self._news)
        desk.session.images.changed.connect(self._news)
        self._refresh(desk.session.enhancing.value)

    # -- building --------------------------------------------------------------------

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.addWidget(self._add)
        column.addWidget(self._none)
        column.addLayout(self._steps)
        column.addWidget(self._quality)
        column.addWidget(self._regions)
        column.addWidget(self._target)
        column.addLayout(self._commands_grid(_BUTTONS))
        column.addWidget(self._recipes)
        column.addLayout(self._commands_grid(_ALONE))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _filters(self) -> QMenu:
        menu = QMenu(self)
        groups: dict[str, QMenu] = {}
        for one in FILTERS:
            if one.asks:
                continue
            if one.group not in groups:
                groups[one.group] = menu.addMenu(in_words(one.group))
            action = groups[one.group].addAction(in_words(one.title))
            action.setObjectName(f"add_{one.id}")
            action.setToolTip(in_words(one.help))
            action.triggered.connect(partial(self._try, partial(add, self._desk, one.id)))
        match = self._commands["enhance.match"]
        action = groups["Contrast"].addAction(in_words(match.title))
        action.setObjectName(match.id)
        action.setToolTip(in_words(match.help))
        action.triggered.connect(partial(self._run, match.id))
        menu.aboutToShow.connect(lambda: action.setEnabled(match.allowed(self._desk)))
        return menu

    def _commands_grid(self, buttons: tuple[tuple[str, int, int], ...]) -> QGridLayout:
        grid = QGridLayout()
        for id_, row, column in buttons:
            command = self._commands[id_]
            button = QPushButton(in_words(command.title))
            button.setToolTip(in_words(command.help))
            button.setObjectName(id_)
            button.clicked.connect(partial(self._run, id_))
            grid.addWidget(button, row, column)
            self._buttons[id_] = button
        return grid

    # -- news --------------------------------------------------------------------------

    def _changed(self, new: Enhancing, _: Enhancing) -> None:
        self._refresh(new)

    def _news(self, *_: object) -> None:
        self._allow()

    def _refresh(self, now: Enhancing) -> None:
        if [step.filter for step in now.recipe.steps] != [step.filter for step in self._shown]:
            self._fill(now.recipe.steps)
        self._shown = now.recipe.steps
        self._none.setVisible(not now.recipe.steps)
        self._quality.setText(" · ".join(now.quality))
        self._quality.setVisible(bool(now.quality) and now.shown and bool(now.recipe.steps))
        self._allow()

    def _allow(self) -> None:
        for id_, button in self._buttons.items():
            button.setEnabled(self._commands[id_].allowed(self._desk))

    def _fill(self, steps: tuple[Step, ...]) -> None:
        while (item := self._steps.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, step in enumerate(steps):
            self._steps.addWidget(self._step(number, step, last=number == len(steps) - 1))

    def _step(self, number: int, step: Step, *, last: bool) -> QGroupBox:
        found = filter_of(step)
        box = QGroupBox(f"{number + 1}. {in_words(found.title)}")
        box.setToolTip(in_words(found.help))
        form = QFormLayout(box)
        if step.note:
            form.addRow(QLabel(step.note))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        settings = found.settings(step)
        for parameter in found.parameters:
            if parameter.hidden:
                continue
            field = self._field(number, parameter, settings[parameter.name])
            form.addRow("" if parameter.switch else in_words(parameter.title), field)
        row = QHBoxLayout()
        row.addStretch(1)
        for words, sign, act, allowed in (
            (self.tr("Move up"), "▲", partial(move, self._desk, number, -1), number > 0),
            (self.tr("Move down"), "▼", partial(move, self._desk, number, 1), not last),
            (self.tr("Remove"), "✕", partial(remove, self._desk, number), True),
        ):
            row.addWidget(self._small(words, sign, act, allowed=allowed))
        form.addRow(row)
        return box

    def _small(
        self, words: str, sign: str, act: Callable[[], None], *, allowed: bool
    ) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setEnabled(allowed)
        button.clicked.connect(partial(self._try, act))
        return button

    def _field(self, number: int, parameter: Parameter, value: float) -> QWidget:
        if parameter.switch:
            tick = QCheckBox(in_words(parameter.title))
            tick.setChecked(value > 0)
            tick.toggled.connect(partial(self._set, number, parameter.name))
            return tick
        spin = NumberBox()
        spin.setRange(parameter.low, parameter.high)
        spin.setDecimals(0 if parameter.whole else 2)
        spin.setValue(value)
        spin.setSuffix(f" {in_words(parameter.unit)}" if parameter.unit else "")
        spin.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        spin.setKeyboardTracking(False)
        spin.setAccessibleName(in_words(parameter.title))
        spin.valueChanged.connect(partial(self._set, number, parameter.name))
        return spin

    # -- what is done --------------------------------------------------------------------

    def _run(self, id_: str, *_: object) -> None:
        self._commands.run(id_, self._desk)

    def _set(self, number: int, name: str, value: float) -> None:
        self._try(partial(set_parameter, self._desk, number, name, float(value)))

    def _try(self, act: Callable[[], None], *_: object) -> None:
        try:
            act()
        except Declined as why:
            self._desk.session.say(str(why), serious=True)
