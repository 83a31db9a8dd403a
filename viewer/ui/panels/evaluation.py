"""How good predictions are: choose folders, run, read tables and curves, export."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.desk import Desk
from viewer.commands.evaluating import Asked, Evaluating, Side
from viewer.core.progress import Progress
from viewer.imaging.evaluation.result import Evaluation, Plot, Table
from viewer.imaging.evaluation.wish import Learner, Rule, Task, Wish
from viewer.ui.evaluation_pdf import write_pdf
from viewer.ui.panels.evaluation_tables import ResultPlot, ResultTable, of_figures
from viewer.ui.words import in_words


class EvaluationPanel(QWidget):
    """Shows what `Evaluating` knows; everything is asked of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.evaluating = Evaluating(desk, _evaluate, write_pdf)
        self.places: dict[Side, QLabel] = {}
        self.buttons: dict[tuple[Side, str], QToolButton] = {}
        self._tables: tuple[Table, ...] = ()
        self._plots: tuple[Plot, ...] = ()
        self._make_choices()
        self._make_results()
        self._lay_out()
        self._listen()
        self._show_asked(self.evaluating.asked.value)
        self._show_result(None)

    # -- building ------------------------------------------------------------------

    def _make_choices(self) -> None:
        self.task = _combo(self.tr("Task"), self.tr("What kind of result is judged"))
        for title, task in (
            (self.tr("As the files tell"), None),
            (self.tr("Detection"), Task.DETECTION),
            (self.tr("Classification"), Task.CLASSIFICATION),
            (self.tr("Segmentation"), Task.SEGMENTATION),
        ):
            self.task.addItem(title, task)
        self.rule = _combo(self.tr("Hit"), self.tr("When a finding hits a lesion"))
        for title, rule in (
            (self.tr("Centre in the lesion"), Rule.CENTRE),
            (self.tr("Centres within 5 mm"), Rule.DISTANCE),
            (self.tr("Boxes share a tenth"), Rule.IOU),
        ):
            self.rule.addItem(title, rule)
        self.tolerance = QDoubleSpinBox()
        self.tolerance.setRange(0, 50)
        self.tolerance.setSingleStep(0.5)
        self.tolerance.setSuffix(" mm")
        self.tolerance.setAccessibleName(self.tr("Tolerance of surface Dice"))
        self.tolerance.setToolTip(self.tr("How far surfaces may be apart and still agree"))
        self.learner = _combo(
            self.tr("Learn"), self.tr("A model to be learned from a table of features, and judged")
        )
        for title, learner in (
            (self.tr("Nothing: these are predictions"), None),
            (self.tr("Logistic regression of features"), Learner.LOGISTIC),
            (self.tr("Support vectors of features"), Learner.SVM),
            (self.tr("Random forest of features"), Learner.FOREST),
            (self.tr("Gradient boosting of features"), Learner.BOOSTING),
        ):
            self.learner.addItem(title, learner)
        self.folds = QSpinBox()
        self.folds.setRange(2, 100)
        self.folds.setSuffix(self.tr(" folds"))
        self.folds.setAccessibleName(self.tr("Folds over patients"))
        self.folds.setToolTip(
            self.tr("Into how many parts patients are put; each is judged by what the others teach")
        )
        self.start = QPushButton(self.tr("Evaluate"))
        self.start.setToolTip(self.tr("Compare predictions with the truth, patient by patient"))
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Give up the evaluation that runs"))
        self.export = QPushButton(self.tr("Export…"))
        self.export.setToolTip(self.tr("Write page, PDF, figures, tables and plots into a folder"))

    def _make_results(self) -> None:
        self.which = _combo(self.tr("Table"), self.tr("The table that is shown"))
        self.table = ResultTable(self)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.table)
        self.proxy.setSortRole(Qt.ItemDataRole.UserRole)
        self.view = QTableView()
        self.view.setModel(self.proxy)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setAccessibleName(self.tr("Figures of the evaluation"))
        self.view.setWordWrap(False)
        self.view.verticalHeader().hide()
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(200)
        self.curve = _combo(self.tr("Curve"), self.tr("The curve that is shown"))
        self.plot = ResultPlot()
        self.plot.widget.setAccessibleName(self.tr("Curves of the evaluation"))
        self.notes = QTextBrowser()
        self.notes.setAccessibleName(self.tr("How it was judged"))
        self.heading = QLabel()
        self.heading.setObjectName("quiet")
        self.heading.setWordWrap(True)
        self.tabs = QTabWidget()

    def _lay_out(self) -> None:
        choices = QWidget()
        form = QFormLayout(choices)
        form.setContentsMargins(6, 4, 6, 0)
        form.addRow(self.tr("Predictions"), self._place(Side.PREDICTIONS, clear=False))
        form.addRow(self.tr("Truth"), self._place(Side.TRUTH, clear=False))
        form.addRow(self.tr("Compare with"), self._place(Side.OTHER, clear=True))
        form.addRow(self.tr("Groups"), self._place(Side.GROUPS, clear=True))
        form.addRow(self.tr("Task"), self.task)
        form.addRow(self.tr("Hit"), self.rule)
        form.addRow(self.tr("Tolerance"), self.tolerance)
        form.addRow(self.tr("Learn"), _side_by_side(self.learner, self.folds))
        doing = QHBoxLayout()
        doing.setContentsMargins(6, 4, 6, 0)
        for button in (self.start, self.stop, self.export):
            doing.addWidget(button)
        self.tabs.addTab(choices, self.tr("Cases"))
        self.tabs.addTab(_column(self.which, self.view), self.tr("Tables"))
        self.tabs.addTab(_column(self.curve, self.plot.widget, self.plot.legend), self.tr("Curves"))
        self.tabs.addTab(self.notes, self.tr("Rules"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(doing)
        whole.addWidget(self.heading)
        whole.addWidget(self.tabs, 1)

    def _place(self, side: Side, *, clear: bool) -> QWidget:
        """Return the line of a place: its name, and the buttons that choose it."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        label = self.places[side] = QLabel()
        line.addWidget(label, 1)
        choices = [(self.tr("File…"), self.tr("Choose a table or a single mask"), "file")]
        if side is not Side.GROUPS:
            title, tip = self.tr("Folder…"), self.tr("Choose a folder of tables or masks")
            choices.insert(0, (title, tip, "folder"))
        if clear:
            choices.append(("✕", self.tr("Choose none"), "clear"))
        for title, tip, kind in choices:
            button = self.buttons[side, kind] = QToolButton()
            button.setText(title)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(self._place_clicked)
            line.addWidget(button)
        return row

    def _listen(self) -> None:
        evaluating = self.evaluating
        evaluating.asked.changed.connect(self._asked_news)
        evaluating.running.changed.connect(self._running_news)
        evaluating.result.changed.connect(self._result_news)
        self.start.clicked.connect(evaluating.evaluate)
        self.stop.clicked.connect(evaluating.stop)
        self.export.clicked.connect(evaluating.export)
        self.task.activated.connect(self._changed)
        self.rule.activated.connect(self._changed)
        self.learner.activated.connect(self._changed)
        self.tolerance.valueChanged.connect(self._changed)
        self.folds.valueChanged.connect(self._changed)
        self.which.currentIndexChanged.connect(self._show_table)
        self.curve.currentIndexChanged.connect(self._show_plot)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the curve anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.plot.dress()
            self._show_plot()

    # -- from the reader -----------------------------------------------------------------

    def _place_clicked(self) -> None:
        sender = self.sender()
        side, kind = next(key for key, button in self.buttons.items() if button is sender)
        if kind == "folder":
            self.evaluating.choose_folder(side)
        elif kind == "file":
            self.evaluating.choose_file(side)
        else:
            self.evaluating.chose(side, None)

    def _changed(self, *_: object) -> None:
        task, learner = self.task.currentData(), self.learner.currentData()
        self.evaluating.asked.update(  # Qt keeps words as plain text
            task=Task(task) if task else None,
            rule=Rule(self.rule.currentData()),
            tolerance_mm=self.tolerance.value(),
            learner=Learner(learner) if learner else None,
            folds=self.folds.value(),
        )

    # -- news ------------------------------------------------------------------------

    def _asked_news(self, new: Asked, _old: Asked) -> None:
        self._show_asked(new)

    def _running_news(self, _new: bool, _old: bool) -> None:  # noqa: FBT001 - news of a value
        self._show_asked(self.evaluating.asked.value)

    def _result_news(self, new: Evaluation | None, _old: Evaluation | None) -> None:
        self._show_result(new)

    def _show_asked(self, asked: Asked) -> None:
        paths = (asked.predictions, asked.truth, asked.other, asked.groups)
        for side, path in zip(Side, paths, strict=True):
            self.places[side].setText(self.tr("none") if path is None else path.name)
            self.places[side].setToolTip("" if path is None else str(path))
        self.task.setCurrentIndex(self.task.findData(asked.task))
        self.rule.setCurrentIndex(self.rule.findData(asked.rule))
        self.learner.setCurrentIndex(self.learner.findData(asked.learner))
        for box in (self.tolerance, self.folds):
            box.blockSignals(True)
        self.tolerance.setValue(asked.tolerance_mm)
        self.folds.setValue(asked.folds)
        for box in (self.tolerance, self.folds):
            box.blockSignals(False)
        running = self.evaluating.running.value
        self.start.setEnabled(asked.wish is not None and not running)
        self.stop.setEnabled(running)
        learns = asked.learner is not None
        self.task.setEnabled(not learns)
        self.rule.setEnabled(not learns and asked.task in (None, Task.DETECTION))
        self.tolerance.setEnabled(not learns and asked.task in (None, Task.SEGMENTATION))
        self.folds.setEnabled(learns)

    def _show_result(self, result: Evaluation | None) -> None:
        self.export.setEnabled(result is not None)
        if result is None:
            self.heading.setText(
                self.tr(
                    "Choose predictions and truth of the same cases: findings, scores or masks."
                )
            )
            return
        self.heading.setText(
            self.tr("{cases} cases of {patients} patients; 95 % intervals over patients").format(
                cases=result.cases, patients=result.patients
            )
        )
        self._tables = (of_figures(result.figures), *result.tables)
        self._plots = result.plots
        _fill(self.which, [in_words(one.title) for one in self._tables])
        _fill(self.curve, [in_words(one.title) for one in self._plots])
        self._show_table()
        self._show_plot()
        if self.tabs.currentIndex() == 0:
            self.tabs.setCurrentIndex(1)
        self.notes.setPlainText("\n\n".join(map(in_words, (*result.notices, *result.rules))))

    def _show_table(self, *_: object) -> None:
        index = self.which.currentIndex()
        if 0 <= index < len(self._tables):
            self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
            self.table.show_table(self._tables[index])

    def _show_plot(self, *_: object) -> None:
        index = self.curve.currentIndex()
        if 0 <= index < len(self._plots):
            self.plot.show_plot(self._plots[index])


def _evaluate(wish: Wish, progress: Progress) -> Evaluation:
    """Do the work, whose libraries are loaded when it is asked for."""
    from viewer.cohort.evaluation import evaluate

    return evaluate(wish, progress)


def _combo(name: str, tip: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setToolTip(tip)
    return combo


def _side_by_side(wide: QWidget, narrow: QWidget) -> QWidget:
    widget = QWidget()
    line = QHBoxLayout(widget)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(wide, 1)
    line.addWidget(narrow)
    return widget


def _column(top: QWidget, middle: QWidget, *below: QWidget) -> QWidget:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(4, 4, 4, 4)
    column.addWidget(top)
    column.addWidget(middle, 1)
    for one in below:
        column.addWidget(one)
    return widget


def _fill(combo: QComboBox, titles: list[str]) -> None:
    combo.blockSignals(True)
    combo.clear()
    combo.addItems(titles)
    combo.blockSignals(False)
