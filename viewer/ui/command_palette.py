"""Any command by typing a part of its name: Ctrl+K, a few letters, Enter."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Command, Commands
from viewer.commands.desk import Desk
from viewer.ui.actions import key_text, shown_title, translated
from viewer.ui.careful import careful
from viewer.ui.matching import matching
from viewer.ui.theme import colour

_Index = QModelIndex | QPersistentModelIndex
_ALLOWED = Qt.ItemDataRole.UserRole + 1
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_PAD = 8
_PRESS = QEvent.Type.KeyPress


class FoundCommands(QAbstractListModel):
    """The commands that fit what was typed."""

    def __init__(self, desk: Desk, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._commands = desk, commands
        self.found: list[Command] = list(commands)

    def look_for(self, typed: str) -> None:
        """Show what fits, the best first."""
        self.beginResetModel()
        fitting = matching(self._commands, typed, translated)
        self.found = [command for command in fitting if command.listed(self._desk)]
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many fit."""
        return 0 if parent is not None and parent.isValid() else len(self.found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return title, help or whether it may be run now."""
        command = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_title(command, self._desk)
        if role == Qt.ItemDataRole.StatusTipRole:
            return translated(command.help)
        if role == Qt.ItemDataRole.UserRole:
            return key_text(command)
        if role == _ALLOWED:
            return command.allowed(self._desk)
        return None


class CommandRow(QStyledItemDelegate):
    """Draws a command: its title and key, and its help line below."""

    def sizeHint(self, option: QStyleOptionViewItem, _: _Index) -> QSize:  # noqa: N802 - Qt's name
        """Make room for two lines."""
        return QSize(100, option.fontMetrics.lineSpacing() * 2 + _PAD + 4)

    @careful
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        painter.save()
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colour("accent_dark"))
        area = area.adjusted(_PAD + 4, _PAD // 2, -_PAD - 4, -_PAD // 2)
        allowed = bool(index.data(_ALLOWED))
        top = Qt.AlignmentFlag.AlignTop
        painter.setPen(colour("text" if allowed else "faint"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | top), str(index.data()))
        painter.setPen(colour("quiet" if allowed else "faint"))
        key = str(index.data(Qt.ItemDataRole.UserRole))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | top), key)
        words = str(index.data(Qt.ItemDataRole.StatusTipRole))
        words = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        bottom = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(area, int(bottom), words)
        painter.restore()


class CommandPalette(QDialog):
    """A field, and the commands that fit; Enter runs, Escape goes away."""

    chosen = Signal(str)
    """The id of the command that was chosen."""

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("command_palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Command palette"))
        self._model = FoundCommands(desk, commands, self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setClearButtonEnabled(False)
        self.field.installEventFilter(self)
        self.list = QListView(self)
        self.list.setObjectName("palette_list")
        self.list.setModel(self._model)
        self.list.setItemDelegate(CommandRow(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._look_for)
        self.list.clicked.connect(self._choose)
        self._look_for("")
        self._stand_over(parent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let arrows move in the list and Enter choose, while one types."""
        if isinstance(event, QKeyEvent) and (watched, event.type()) == (self.field, _PRESS):
            return self._typed(event)
        return super().eventFilter(watched, event)

    def _typed(self, event: QKeyEvent) -> bool:
        if event.key() in _LIST_KEYS:
            self.list.event(event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
            return True
        return False

    def _look_for(self, typed: str) -> None:
        self._model.look_for(typed)
        self.list.setCurrentIndex(self._model.index(0))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and index.data(_ALLOWED):
            command = self._model.found[index.row()]
            self.close()
            self.chosen.emit(command.id)

    def _stand_over(self, parent: QWidget) -> None:
        letter = self.fontMetrics().averageCharWidth()
        width = min(letter * 80, parent.width() - 40)
        height = min(self.fontMetrics().lineSpacing() * 26, parent.height() - 80)
        self.resize(width, height)
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - width) // 2, corner.y() + 40)
