"""Actions, menus and the tool bar, all made from the list of commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from itertools import groupby, pairwise

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QMenu,
    QMenuBar,
    QToolBar,
    QToolButton,
    QWidget,
)

from viewer.commands.command import Command, Commands, keys_of
from viewer.commands.desk import Desk
from viewer.ui.icons import icon_of, put_icon
from viewer.ui.words import in_words

_MENUS = ("File", "Edit", "View", "Image", "3D", "Tools", "Measure", "Segment", "Findings", "Help")
"""The menus that every reader looks for, from the left."""
_TELLING = ("Findings/Read with",)
"""Menus whose tool tips say why something is not to be had."""
VIEW_KEYS = {
    *("Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home", "End"),
    *("Tab", "Return", "Enter", "Space", "+", "-", "="),
    *("Escape", "Del", "Ctrl+C", "Ctrl+V", "Ctrl+Backspace"),
    *(f"Ctrl+Shift+{side}" for side in ("Up", "Down", "Left", "Right")),
}
"""Keys that lists and fields need too: they are the views' only while a view has the focus."""


def translated(text: str) -> str:
    """Return a text of a command in the reader's language."""
    return in_words(text)


def shown_title(command: Command, desk: Desk) -> str:
    """Return what a command is called now, in the reader's language."""
    return in_words(command.named(desk)) if command.named is not None else translated(command.title)


def key_text(command: Command) -> str:
    """Return the keys of a command as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(key.toString(native) for key in _keys(command))


def _keys(command: Command) -> list[QKeySequence]:
    return [QKeySequence(key) for key in keys_of(command.key)]


class Actions(QObject):
    """One action for every command, kept as true as the session is."""

    def __init__(self, desk: Desk, commands: Commands, window: QWidget, views: QWidget) -> None:
        super().__init__(window)
        self._desk, self._commands = desk, commands
        self._window, self._views = window, views
        self.intercept: Callable[[str], bool] = _never
        self.all = {command.id: self._action(command) for command in commands}
        self.rekey()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        session = desk.session
        for news in (
            *(session.catalogue.changed, session.images.changed, session.hanging.changed),
            *(session.links.changed, session.tool.changed, session.shown.changed),
            session.hidden.changed,
            *(session.listing.changed, session.sealing.changed, session.reads.changed),
            *(session.record.changed, session.selected.changed, session.threshold.changed),
            *(session.cine.changed, session.playing.changed, desk.runner.changed),
        ):
            news.connect(self.refresh_soon)

    def refresh_soon(self, *_: object) -> None:
        """Bring all actions up to date before the next key is pressed."""
        self._soon.start()

    def refresh(self) -> None:
        """Bring all actions up to date; what had been asked for soon is done with it."""
        self._soon.stop()
        for command in self._commands:
            action = self.all[command.id]
            action.setEnabled(command.allowed(self._desk))
            action.setVisible(command.listed(self._desk))
            if command.named is not None:
                action.setText(shown_title(command, self._desk).replace("&", "&&"))
            if command.checked is not None:
                action.setChecked(command.checked(self._desk))
            if command.why is not None:
                reason = command.why(self._desk)
                tip = _tip(command)
                said = escape(in_words(reason), quote=False)
                action.setToolTip(f"{tip}<p>{said}</p>" if reason else tip)

    def run(self, id_: str, *_: object) -> None:
        """Do what a command says, then show what has come of it."""
        if self.intercept(id_):
            return
        self._commands.run(id_, self._desk)
        self.refresh()

    def rekey(self) -> None:
        """Give every action the keys that its command has now, and say them in its tool tip."""
        for command in self._commands:
            action = self.all[command.id]
            action.setShortcuts(_keys(command))
            action.setToolTip(_tip(command))
            self._views.removeAction(action)
            self._window.removeAction(action)
            of_views = bool(set(keys_of(command.key)) & VIEW_KEYS)
            action.setShortcutContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
                if of_views
                else Qt.ShortcutContext.WindowShortcut
            )
            (self._views if of_views else self._window).addAction(action)
        for button in self._window.findChildren(QAbstractButton):
            if button.objectName() in self.all:
                button.setToolTip(self.all[button.objectName()].toolTip())

    def _action(self, command: Command) -> QAction:
        words = translated(command.help)
        action = QAction(translated(command.title), self)
        action.setObjectName(command.id)
        action.setCheckable(command.checked is not None)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setStatusTip(words)
        action.setWhatsThis(_tip(command))
        drawing = icon_of(command)
        if drawing:
            put_icon(action, drawing)
        action.setIconVisibleInMenu(False)
        action.triggered.connect(partial(self.run, command.id))
        return action


def _never(_: str) -> bool:
    return False


def _tip(command: Command) -> str:
    title, words = translated(command.title), translated(command.help)
    named = (
        f"{escape(title, quote=False)}  ({escape(key_text(command), quote=False)})"
        if command.key
        else escape(title, quote=False)
    )
    return f"<p><b>{named}</b><br>{escape(words, quote=False)}</p>"


def fill_menus(bar: QMenuBar, commands: Commands, actions: Actions) -> None:
    """Build the menus from the paths of the commands; within a menu in the order of the list."""
    menus: dict[str, QMenu] = {}
    for path in _MENUS:
        _menu(bar, menus, path, actions)
    for command in commands:
        _menu(bar, menus, command.menu, actions).addAction(actions.all[command.id])
    for menu in menus.values():
        _part(menu)


def _part(menu: QMenu) -> None:
    """Draw a line where several commands and several menus meet."""
    runs = [list(run) for _, run in groupby(menu.actions(), key=lambda one: one.menu() is None)]
    for before, after in pairwise(runs):
        if min(len(before), len(after)) > 1:
            menu.insertSeparator(after[0])


def tool_groups(commands: Commands) -> dict[str, list[Command]]:
    """Return the commands of the tool bar by the menu that they stand in."""
    drawn = [command for command in commands if icon_of(command)]
    drawn.sort(key=lambda command: _MENUS.index(_top(command)))
    return {menu: list(group) for menu, group in groupby(drawn, key=_top)}


def _top(command: Command) -> str:
    top = command.menu.partition("/")[0]
    return top if top in _MENUS else _MENUS[-1]


def fill_tool_bar(bar: QToolBar, commands: Commands, actions: Actions, hidden: set[str]) -> None:
    """Put commands with a drawing into the tool bar, menu by menu, but for groups put away."""
    bar.clear()
    bar.setIconSize(QSize(20, 20))
    for menu, group in tool_groups(commands).items():
        if menu in hidden:
            continue
        if bar.actions():
            bar.addSeparator()
        for command in group:
            bar.addAction(actions.all[command.id])
            button = bar.widgetForAction(actions.all[command.id])
            button.setAccessibleName(translated(command.title))
            button.setAccessibleDescription(translated(command.help))
    more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    if more is not None:
        put_icon(more, "more")
        more.setAccessibleName(QCoreApplication.translate("Actions", "More tools"))
        more.setToolTip(QCoreApplication.translate("Actions", "Tools that found no room"))


def _menu(bar: QMenuBar, menus: dict[str, QMenu], path: str, actions: Actions) -> QMenu:
    if path not in menus:
        above, _, name = path.rpartition("/")
        parent = _menu(bar, menus, above, actions) if above else bar
        menu = parent.addMenu(translated(name))
        menu.setObjectName(path)
        menu.setToolTipsVisible(path in _TELLING)
        menu.aboutToShow.connect(actions.refresh)
        menus[path] = menu
    return menus[path]
