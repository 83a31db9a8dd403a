"""The reader's own keys: find a command, press a key, and settle whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Command, Commands, keys_of
from viewer.commands.desk import Desk
from viewer.ui.actions import key_text, shown_title, translated

_ID = Qt.ItemDataRole.UserRole
_OF_FIELDS = frozenset({"Ctrl+A", "Ctrl+X", "Ctrl+Backspace", "Esc"})
"""Keys that fields and dialogs cannot do without."""


class ShortcutsDialog(QDialog):
    """Every command with its keys. `changed` is called when the reader has given another one."""

    def __init__(
        self, desk: Desk, commands: Commands, changed: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys of the commands"))
        self._desk, self._commands, self._changed = desk, commands, changed
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search by name, menu or key"))
        self.search.setAccessibleName(self.tr("Search by name, menu or key"))
        self.list = self._made_list()
        self.key = QKeySequenceEdit(self)
        self.key.setMaximumSequenceLength(1)
        self.key.setAccessibleName(self.tr("New key"))
        self.told = QLabel(self)
        self.told.setObjectName("told")
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._buttons()
        self._lay_out()
        self._listen()
        self._fill()
        self.resize(self.fontMetrics().averageCharWidth() * 95, 560)

    # -- building ------------------------------------------------------------------

    def _made_list(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName(self.tr("Commands and their keys"))
        tree.setHeaderLabels([self.tr("Command"), self.tr("Menu"), self.tr("Keys")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setStretchLastSection(False)
        for column, letters in ((1, 24), (2, 26)):
            tree.setColumnWidth(column, self.fontMetrics().averageCharWidth() * letters)
        return tree

    def _buttons(self) -> None:
        self.replace = self._button(self.tr("Use this key"), "replace")
        self.add = self._button(self.tr("Add as another"), "add")
        self.move_here = self._button(self.tr("Move the key here"), "move")
        self.none = self._button(self.tr("No key"), "none")
        self.reset = self._button(self.tr("As shipped"), "reset")
        self.reset_all = self._button(self.tr("All as shipped"), "reset_all")
        self.move_here.hide()

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("Press the new key:"), self))
        row.addWidget(self.key, 1)
        for button in (self.replace, self.add, self.move_here):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.told)
        below = QDialogButtonBox(self)
        close = below.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.clicked.connect(self.reject)
        for button in (self.none, self.reset, self.reset_all):
            below.addButton(button, QDialogButtonBox.ButtonRole.ResetRole)
        column.addWidget(below)

    def _listen(self) -> None:
        self.search.textChanged.connect(self._sift)
        self.list.currentItemChanged.connect(lambda *_: self._weigh())
        self.key.keySequenceChanged.connect(lambda *_: self._weigh())
        self.replace.clicked.connect(lambda: self._give(others=False))
        self.add.clicked.connect(lambda: self._give(others=True))
        self.move_here.clicked.connect(self._move)
        self.none.clicked.connect(lambda: self._keep("", self.chosen))
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(self._reset_all)

    def _fill(self) -> None:
        for command in self._commands:
            item = QTreeWidgetItem([shown_title(command, self._desk) or translated(command.title)])
            item.setData(0, _ID, command.id)
            item.setToolTip(0, translated(command.help))
            item.setText(1, " › ".join(map(translated, command.menu.split("/"))))
            self.list.addTopLevelItem(item)
        self._show_keys()
        self.list.setCurrentIndex(self.list.model().index(0, 0))

    # -- what is chosen --------------------------------------------------------------

    @property
    def chosen(self) -> Command:
        """The command whose keys are looked at."""
        return self._commands[str(self.list.currentIndex().siblingAtColumn(0).data(_ID))]

    @property
    def pressed(self) -> str:
        """The key that was pressed; empty while there is none."""
        return self.key.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def choose(self, id_: str) -> None:
        """Go to a command."""
        for item in self._items():
            if item.data(0, _ID) == id_:
                self.list.setCurrentItem(item)

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None:
                yield item

    def _sift(self, typed: str) -> None:
        words = typed.casefold().split()
        for item in self._items():
            text = " ".join(item.text(column) for column in range(3)).casefold()
            item.setHidden(not all(word in text for word in words))
        shown = [item for item in self._items() if not item.isHidden()]
        if shown and self.list.currentItem() not in shown:
            self.list.setCurrentItem(shown[0])

    def _show_keys(self) -> None:
        for item in self._items():
            command = self._commands[str(item.data(0, _ID))]
            item.setText(2, key_text(command))
            font = item.font(2)
            font.setBold(command.key != self._commands.shipped_key(command.id))
            item.setFont(2, font)

    # -- giving keys -------------------------------------------------------------------

    def _weigh(self) -> None:
        """Say whose the pressed key is, and allow what can be done with it."""
        key, holder = self.pressed, self._commands.holder(self.pressed)
        taken = holder is not None and bool(key)
        ours = holder is not None and holder.id == self.chosen.id
        forbidden = key in _OF_FIELDS
        free = bool(key) and not taken and not forbidden
        self.replace.setEnabled(free)
        self.add.setEnabled(free)
        self.move_here.setVisible(taken and not ours and not forbidden)
        self.told.setText(self._in_words(key, holder, forbidden=forbidden))

    def _in_words(self, key: str, holder: Command | None, *, forbidden: bool) -> str:
        if not key:
            return ""
        if forbidden:
            return self.tr("{key} is needed in text fields and dialogs.").format(key=key)
        if holder is None:
            return self.tr("{key} is free.").format(key=key)
        return self.tr("{key} belongs to “{command}”. Move it here, or press another.").format(
            key=key, command=translated(holder.title)
        )

    def _give(self, *, others: bool) -> None:
        before = keys_of(self.chosen.key) if others else ()
        self._keep("; ".join((*before, self.pressed)), self.chosen)

    def _move(self) -> None:
        """Take the key from its command and give it to the chosen one."""
        key, holder, chosen = self.pressed, self._commands.holder(self.pressed), self.chosen
        own = dict(self._desk.settings.keys)
        if holder is not None:
            own[holder.id] = "; ".join(one for one in keys_of(holder.key) if one != key)
        self._set({**own, chosen.id: key})

    def _keep(self, keys: str, command: Command) -> None:
        own = dict(self._desk.settings.keys)
        own.pop(command.id, None)
        if keys != self._commands.shipped_key(command.id):
            own[command.id] = keys
        self._set(own)

    def _reset(self) -> None:
        """Give a command its shipped keys back, and take them from whoever has them now."""
        shipped = set(keys_of(self._commands.shipped_key(self.chosen.id)))
        own = {
            id_: "; ".join(key for key in keys_of(keys) if key not in shipped)
            for id_, keys in self._desk.settings.keys.items()
            if id_ != self.chosen.id
        }
        self._set(own)

    def _reset_all(self) -> None:
        self._set({})

    def _set(self, own: dict[str, str]) -> None:
        self._desk.settings = self._desk.settings.model_copy(update={"keys": own})
        self._commands.wear(own)
        self.key.clear()
        self._show_keys()
        self._weigh()
        self._changed()
