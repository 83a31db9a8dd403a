"""The models of this computer: what they are for, how good they are, and whether they compute."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.improving import improved_here
from viewer.commands.known_models import KnownModel, KnownModels, Tested
from viewer.commands.models import choose, refresh
from viewer.ui.theme import colour
from viewer.ui.words import in_words, spoken

_BUTTONS = (
    ("reading.chosen", 0, 0),
    ("models.improve", 0, 1),
    ("models.go_back", 0, 2),
    ("models.next_case", 0, 3),
    ("models.add_folder", 1, 0),
    ("models.add_zip", 1, 1),
    ("models.test", 1, 2),
    ("models.remove", 1, 3),
)
_COLOURS = {Tested.PASSED: "good", Tested.FAILED: "warning"}
_LEAST_LINES = 5
"""Room for the list and for the card, however the panel is docked."""
_SHORT_LICENCE = 30
_ID = Qt.ItemDataRole.UserRole


class ModelsPanel(QWidget):
    """A list, the card of the chosen model, and what can be done with it."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk, self._commands = desk, commands
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setHeaderLabels([self.tr("Model"), self.tr("Version"), self.tr("State")])
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(self._chosen)
        self.card = QLabel()
        self.card.setAccessibleName(self.tr("Card of the model"))
        self.card.setWordWrap(True)
        self.card.setTextFormat(Qt.TextFormat.RichText)
        self.card.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.card.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.card.linkActivated.connect(self._unfold)
        self._unfolded = False
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out()
        desk.models.changed.connect(self._changed)
        desk.session.hanging.changed.connect(self._allow)
        desk.learned.changed.connect(self._relearned)
        self._show(desk.models.value)

    def _lay_out(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.card)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(area)
        parts.setStretchFactor(1, 1)
        line = self.fontMetrics().lineSpacing()
        self.list.setMinimumHeight(_LEAST_LINES * line)
        area.setMinimumHeight(_LEAST_LINES * line)
        parts.setSizes([_LEAST_LINES * line, 5 * _LEAST_LINES * line])
        short = {
            "reading.chosen": self.tr("Read"),
            "models.improve": self.tr("Improve"),
            "models.go_back": self.tr("Go back"),
            "models.next_case": self.tr("Cases…"),
            "models.add_folder": self.tr("Folder…"),
            "models.add_zip": self.tr("ZIP…"),
            "models.test": self.tr("Test"),
            "models.remove": self.tr("Remove…"),
        }
        grid = QGridLayout()
        for id_, row, column in _BUTTONS:
            command = self._commands[id_]
            button = QPushButton(short[id_])
            button.setObjectName(id_)
            button.setAccessibleName(in_words(command.title))
            button.clicked.connect(lambda _=False, id_=id_: self._commands.run(id_, self._desk))
            grid.addWidget(button, row, column)
            self._buttons[id_] = button
        column_ = QVBoxLayout(self)
        column_.addWidget(parts, 1)
        column_.addLayout(grid)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look into the folders when the panel comes on screen for the first time."""
        super().showEvent(event)
        if not self._desk.models.value.listed:
            refresh(self._desk)

    def _relearned(self, *_: object) -> None:
        self._show(self._desk.models.value)

    def _changed(self, new: KnownModels, _: KnownModels) -> None:
        self._show(new)

    def _show(self, now: KnownModels) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for model in now.models:
            row = self._row(model)
            self.list.addTopLevelItem(row)
            if model.id == now.chosen:
                self.list.setCurrentItem(row)
        self.list.blockSignals(False)
        self.card.setText(self._card(now.current))
        self._allow()

    def _allow(self, *_: object) -> None:
        for id_, button in self._buttons.items():
            command = self._commands[id_]
            button.setEnabled(command.allowed(self._desk))
            reason = "" if command.why is None else command.why(self._desk)
            told = [in_words(text) for text in (command.title, command.help, reason) if text]
            button.setToolTip("\n".join(told))

    def _row(self, model: KnownModel) -> QTreeWidgetItem:
        state = self.tr("damaged") if model.problem else in_words(model.tested.value)
        state = in_words(model.state) or state
        badges = " · ".join(in_words(badge) for badge in model.badges)
        name = f"{in_words(model.title)}\n{badges}" if badges else in_words(model.title)
        row = QTreeWidgetItem([name, model.version, state])
        row.setData(0, _ID, model.id)
        row.setToolTip(0, model.problem or in_words(model.intended_use))
        shade = "warning" if model.problem else _COLOURS.get(model.tested, "")
        if shade:
            row.setForeground(2, colour(shade))
        return row

    def _chosen(self, row: QTreeWidgetItem | None, _: QTreeWidgetItem | None) -> None:
        if row is not None:
            choose(self._desk, str(row.data(0, _ID)))

    # -- the card ------------------------------------------------------------------------------

    def _card(self, model: KnownModel | None) -> str:
        if model is None:
            return escape(self.tr("No model is chosen."))
        if model.problem:
            return self._part(self.tr("Cannot be used"), model.problem)
        of = self.tr("comes with the program") if model.built_in else self.tr("added")
        of = self.tr("a program of others") if model.state else of
        title = f"{in_words(model.title)} {model.version}"
        parts = [f"<p><b>{escape(title)}</b> ({escape(of)})</p>", self._badges(model)]
        parts += [
            self._part(self.tr("For"), in_words(model.intended_use)),
            self._part(self.tr("Not for"), in_words(model.not_for)),
            self._part(self.tr("Accepts"), _in_parts(model.accepts)),
            self._part(self.tr("Licence"), in_words(model.licence)),
            self._figures(model),
        ]
        if model.outcome:
            parts.append(self._part(self.tr("Test"), in_words(model.outcome)))
        learned = improved_here(self._desk, model.weights_sha256)
        if learned:
            parts.insert(2, self._part(self.tr("Improved here"), in_words(learned)))
        if spoken():
            told = self.tr("What its authors wrote stands as they wrote it, some of it in English.")
            parts.append(f"<p><i>{escape(told)}</i></p>")
        return "".join(parts)

    def _badges(self, model: KnownModel) -> str:
        """Show what must be seen at first sight, and the licence where it is a short word."""
        told = [(badge, "warning", "ground") for badge in model.badges]
        if len(model.licence) <= _SHORT_LICENCE:
            told.append((model.licence, "raised", "text"))
        return "".join(
            f'<span style="background:{colour(back).name()};color:{colour(ink).name()}">'
            f"&nbsp;{escape(in_words(badge))}&nbsp;</span>&nbsp; "
            for badge, back, ink in told
        )

    def _part(self, head: str, text: str) -> str:
        return f"<p><b>{escape(head)}:</b> {escape(text)}</p>"

    def _figures(self, model: KnownModel) -> str:
        head = self.tr("Figures, 95 % intervals in brackets")
        if not model.figures:
            return self._part(head, self.tr("none; nothing is known of how good it is"))
        told = model.all_figures if self._unfolded else model.figures
        lines = "".join(f"<li>{escape(in_words(figure))}</li>" for figure in told)
        link = ""
        if model.all_figures != model.figures:
            words = self.tr("Key figures only") if self._unfolded else self.tr("All figures")
            shade = colour("accent").name()
            link = f'<p><a href="figures" style="color:{shade}">{escape(words)}</a></p>'
        return f"<p><b>{escape(head)}:</b></p><ul>{lines}</ul>{link}"

    def _unfold(self, _: str) -> None:
        """Show all figures of the card, or the few it leads with."""
        self._unfolded = not self._unfolded
        self.card.setText(self._card(self._desk.models.value.current))


def _in_parts(text: str) -> str:
    """Return what is parted by "; ", each part for itself in the reader's language."""
    return "; ".join(map(in_words, text.split("; ")))
