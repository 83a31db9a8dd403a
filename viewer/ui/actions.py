"""Actions, menus and the tool bar, all made from the list of commands."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from viewer.commands.command import Command, Commands
from viewer.commands.desk import Desk
from viewer.ui.icons import has_icon, icon

_MENUS = ("File", "Edit", "View", "Image", "3D", "Tools", "Measure", "Findings", "Help")
"""The menus that every reader looks for, from the left."""
VIEW_KEYS = {
    *("Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home", "End"),
    *("Tab", "Return", "Enter", "Space", "+", "-", "="),
    *("Del", "Ctrl+C", "Ctrl+V", "Alt+Up", "Alt+Down", "Alt+Left", "Alt+Right"),
}
"""Keys that lists and fields need too: they are the views' only while a view has the focus."""


def translated(text: str) -> str:
    """Return a text of a command in the reader's language."""
    return QCoreApplication.translate("Commands", text)


def shown_title(command: Command, desk: Desk) -> str:
    """Return what a command is called now, in the reader's language."""
    return command.named(desk) if command.named is not None else translated(command.title)


def key_text(command: Command) -> str:
    """Return the keys of a command as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(key.toString(native) for key in _keys(command))


def _keys(command: Command) -> list[QKeySequence]:
    return [QKeySequence(key) for key in command.key.split("; ") if key]


class Actions(QObject):
    """One action for every command, kept as true as the session is."""

    def __init__(self, desk: Desk, commands: Commands, window: QWidget, views: QWidget) -> None:
        super().__init__(window)
        self._desk, self._commands = desk, commands
        self.all = {command.id: self._action(command, window, views) for command in commands}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        session = desk.session
        for news in (
            *(session.catalogue.changed, session.images.changed, session.hanging.changed),
            *(session.links.changed, session.tool.changed, session.shown.changed),
            *(session.record.changed, session.selected.changed, session.threshold.changed),
            *(session.cine.changed, session.playing.changed, desk.runner.changed),
        ):
            news.connect(self.refresh_soon)

    def refresh_soon(self, *_: object) -> None:
        """Bring all actions up to date before the next key is pressed."""
        self._soon.start()

    def refresh(self) -> None:
        """Bring all actions up to date."""
        for command in self._commands:
            action = self.all[command.id]
            action.setEnabled(command.allowed(self._desk))
            action.setVisible(command.listed(self._desk))
            if command.named is not None:
                action.setText(shown_title(command, self._desk).replace("&", "&&"))
            if command.checked is not None:
                action.setChecked(command.checked(self._desk))

    def run(self, id_: str, *_: object) -> None:
        """Do what a command says, then show what has come of it."""
        self._commands.run(id_, self._desk)
        self.refresh()

    def _action(self, command: Command, window: QWidget, views: QWidget) -> QAction:
        title, words = translated(command.title), translated(command.help)
        action = QAction(title, self)
        action.setObjectName(command.id)
        action.setCheckable(command.checked is not None)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setShortcuts(_keys(command))
        action.setStatusTip(words)
        named = f"{title}  ({key_text(command)})" if command.key else title
        action.setToolTip(f"<p><b>{named}</b><br>{words}</p>")
        if has_icon(command.icon):
            action.setIcon(icon(command.icon))
        action.setIconVisibleInMenu(False)
        action.triggered.connect(partial(self.run, command.id))
        if set(command.key.split("; ")) & VIEW_KEYS:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            views.addAction(action)
        else:
            window.addAction(action)
        return action


def fill_menus(bar: QMenuBar, commands: Commands, actions: Actions) -> None:
    """Build the menus from the paths of the commands; within a menu in the order of the list."""
    menus: dict[str, QMenu] = {}
    for path in _MENUS:
        _menu(bar, menus, path, actions)
    for command in commands:
        _menu(bar, menus, command.menu, actions).addAction(actions.all[command.id])


def fill_tool_bar(bar: QToolBar, commands: Commands, actions: Actions) -> None:
    """Put commands with an icon into the tool bar, a line between those of different menus."""
    bar.setIconSize(QSize(20, 20))
    shown = [command for command in commands if has_icon(command.icon)]
    if shown:
        bar.addAction(actions.all[shown[0].id])
    for before, command in pairwise(shown):
        if before.menu != command.menu:
            bar.addSeparator()
        bar.addAction(actions.all[command.id])
    more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    if more is not None:
        more.setIcon(icon("more"))


def _menu(bar: QMenuBar, menus: dict[str, QMenu], path: str, actions: Actions) -> QMenu:
    if path not in menus:
        above, _, name = path.rpartition("/")
        parent = _menu(bar, menus, above, actions) if above else bar
        menu = parent.addMenu(translated(name))
        menu.setObjectName(path)
        menu.setToolTipsVisible(False)
        menu.aboutToShow.connect(actions.refresh)
        menus[path] = menu
    return menus[path]
