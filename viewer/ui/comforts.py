"""The window's own conveniences: theme, right clicks, dialogs of its own, going round its areas."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QMainWindow,
    QMenu,
    QToolBar,
    QWhatsThis,
    QWidget,
)

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.help import panel_page, shortcuts_page
from viewer.session.look import Viewing
from viewer.settings import log_file
from viewer.ui.actions import Actions, fill_tool_bar, tool_groups, translated
from viewer.ui.context_menu import open_menu
from viewer.ui.grid import Grid
from viewer.ui.icons import draw_anew
from viewer.ui.log_viewer import LogViewer
from viewer.ui.mouse_buttons import MouseDialog
from viewer.ui.shortcuts import ShortcutsDialog
from viewer.ui.theme import dress
from viewer.ui.tour import Stop, Tour
from viewer.ui.view import View
from viewer.ui.worklist import Worklist


class Comforts(QObject):
    """What the window hands over to be a good place to sit at."""

    def __init__(
        self,
        desk: Desk,
        commands: Commands,
        actions: Actions,
        remember: Callable[[Desk], None],
        window: QMainWindow,
        grid: Grid,
    ) -> None:
        super().__init__(window)
        self._desk, self._commands, self._actions = desk, commands, actions
        self._remember, self._window, self._grid = remember, window, grid
        self._dialogs: dict[str, QDialog] = {}
        self._tour: Tour | None = None
        self._tools = {
            "keys": self._keys,
            "mouse": self._mouse,
            "log": self._log,
            "worklist": self._worklist,
            "tour": self.take_tour,
            "here": self._here,
            "whats_this": QWhatsThis.enterWhatsThisMode,
        }

    # -- theme ---------------------------------------------------------------------

    def wear(self) -> None:
        """Show theme and letters as the settings say now."""
        application = QApplication.instance()
        appearance = self._desk.settings.appearance
        if isinstance(application, QApplication):
            dress(application, appearance.theme, letters_percent=appearance.letters_percent)
        draw_anew(self._window)
        self._actions.refresh()
        self._remember(self._desk)

    # -- tools ---------------------------------------------------------------------

    def open_tool(self, name: str) -> None:
        """Open something of the window's own by its name."""
        if name in self._tools:
            self._tools[name]()

    def _keys(self) -> None:
        self._show("keys", ShortcutsDialog(self._desk, self._commands, self._rekeyed, self._window))

    def _mouse(self) -> None:
        self._show(
            "mouse", MouseDialog(self._desk, partial(self._remember, self._desk), self._window)
        )

    def _log(self) -> None:
        self._show("log", LogViewer(self._desk, log_file(), self._window))

    def _worklist(self) -> None:
        self._show("worklist", Worklist(self._desk, self._commands, self._window))

    def _rekeyed(self) -> None:
        self._actions.rekey()
        self._remember(self._desk)

    def _show(self, name: str, dialog: QDialog) -> None:
        before = self._dialogs.pop(name, None)
        if before is not None:
            before.close()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs[name] = dialog
        dialog.finished.connect(lambda *_: self._dialogs.pop(name, None))
        dialog.show()

    # -- tour ----------------------------------------------------------------------

    def take_tour(self) -> None:
        """Walk round the window from the beginning."""
        if self._tour is not None:
            self._tour.end()
        self._tour = Tour(tour_stops(self._window), self._window)
        self._tour.ended.connect(self._toured)

    def _toured(self) -> None:
        self._tour = None
        settings = self._desk.settings
        seen = settings.appearance.changed(tour_seen=True)
        self._desk.settings = settings.model_copy(update={"appearance": seen})
        self._remember(self._desk)
        self._grid.focus()

    # -- help where one is -----------------------------------------------------------

    def _here(self) -> None:
        """Open the page of the area that has the keyboard."""
        area = place_of(QApplication.focusWidget())
        page = panel_page(area, tuple(self._commands), self._desk.words)
        if page:
            self._desk.asker.show_page(self.tr("Help"), page)
        else:
            everything = shortcuts_page(tuple(self._commands), self._desk.words)
            self._desk.asker.show_page(self.tr("Keys and commands"), everything)

    # -- areas -----------------------------------------------------------------------

    def go_round(self, step: int) -> None:
        """Give the keyboard to the next area: views, panels that are shown, tool bar."""
        areas = self._areas()
        focused = QApplication.focusWidget()
        here = [
            number
            for number, area in enumerate(areas)
            if focused is not None and (area is focused or area.isAncestorOf(focused))
        ]
        wanted = areas[((here[0] if here else 0) + step) % len(areas)]
        if wanted is self._grid:
            self._grid.focus()
            return
        target = first_focusable(wanted)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _areas(self) -> list[QWidget]:
        docks = self._window.findChildren(QDockWidget)
        shown = [one for one in docks if one.isVisible() and not one.visibleRegion().isEmpty()]
        bars = [one for one in self._window.findChildren(QToolBar) if one.isVisible()]
        areas: list[QWidget] = [self._grid, *shown, *bars]
        return [one for one in areas if one is self._grid or first_focusable(one) is not None]

    def escape(self) -> None:
        """Give up the tour or the figure that is drawn, or lead the keyboard back to the views."""
        if self._tour is not None:
            self._tour.end()
            return
        for view in self._window.findChildren(View):
            if view.is_dragged:
                view.give_up()
        self._grid.focus()

    # -- right clicks ----------------------------------------------------------------

    def context_menu(self, event: QContextMenuEvent) -> None:
        """Offer what fits the place of a right click, or the widget that has the keyboard."""
        event.accept()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            under: QWidget | None = QApplication.focusWidget()
            at = under.mapToGlobal(under.rect().center()) if under is not None else QPoint()
        else:
            under, at = self._window.childAt(event.pos()), event.globalPos()
        bar = _ancestor(under, QToolBar)
        if isinstance(bar, QToolBar):
            self._bar_menu(bar, at)
            return
        place = place_of(under)
        if place == "view":
            place = self._in_view(under)
        open_menu(place, self._actions, self._window, at)

    def _in_view(self, under: QWidget | None) -> str:
        """Return what kind of thing was clicked in a view; it has been chosen by the click."""
        view = _ancestor(under, View)
        hanging = self._desk.session.hanging.value
        if isinstance(view, View) and hanging.cells[view.cell].viewing is Viewing.SPACE:
            return "space"
        taken = view.taken if isinstance(view, View) else ""
        return taken or "view"

    def _bar_menu(self, bar: QToolBar, at: QPoint) -> None:
        """Let groups of the tool bar be put away and brought back."""
        menu = QMenu(self._window)
        hidden = set(self._desk.settings.appearance.tools)
        for name in tool_groups(self._commands):
            action = QAction(translated(name), menu)
            action.setCheckable(True)
            action.setChecked(name not in hidden)
            action.toggled.connect(partial(self._toggle_group, bar, name))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _toggle_group(self, bar: QToolBar, name: str, shown: bool) -> None:  # noqa: FBT001 - Qt's
        settings = self._desk.settings
        hidden = set(settings.appearance.tools) - {name}
        tools = tuple(sorted(hidden if shown else {*hidden, name}))
        appearance = settings.appearance.changed(tools=tools)
        self._desk.settings = settings.model_copy(update={"appearance": appearance})
        fill_tool_bar(bar, self._commands, self._actions, set(tools))
        self._remember(self._desk)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the system where its colours change."""
        if event.type() == QEvent.Type.ThemeChange:
            self.wear()
        return super().eventFilter(watched, event)


def place_of(widget: QWidget | None) -> str:
    """Return the name of the area that a widget belongs to: a panel's, "view" or "window"."""
    if _ancestor(widget, View) is not None:
        return "view"
    dock = _ancestor(widget, QDockWidget)
    return dock.objectName().removeprefix("panel_") if dock is not None else "window"


def first_focusable(area: QWidget) -> QWidget | None:
    """Return the first widget of an area that takes the keyboard."""
    return next(
        (
            one
            for one in area.findChildren(QWidget)
            if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ),
        None,
    )


def _ancestor(widget: QWidget | None, kind: type[QWidget]) -> QWidget | None:
    while widget is not None and not isinstance(widget, kind):
        widget = widget.parentWidget()
    return widget


def tour_stops(window: QMainWindow) -> tuple[Stop, ...]:
    """Return the stops of the tour, each at a real part of the window."""

    def said(text: str) -> str:
        return QCoreApplication.translate("Tour", text)

    def part(kind: type[QWidget], name: str) -> QWidget:
        found = window.findChild(kind, name)
        return found if isinstance(found, QWidget) else window

    return (
        Stop(
            part(QDockWidget, "panel_studies"),
            said("Studies"),
            said(
                "Drop a folder, a ZIP or files anywhere. Drag a series into a view to see it there."
            ),
        ),
        Stop(
            part(Grid, "grid"),
            said("Views"),
            said(
                "The wheel goes through the slices, the right button drags the window, the middle "
                "one moves the picture. A short right click offers more."
            ),
        ),
        Stop(
            part(QToolBar, "tools"),
            said("Tools"),
            said("The left button does what is chosen here. Every tool tip names its key."),
        ),
        Stop(
            part(QDockWidget, "panel_findings"),
            said("Findings"),
            said("What a model proposes waits here. It only counts once you have accepted it."),
        ),
        Stop(
            window.statusBar(),
            said("Value and place"),
            said("What lies under the pointer, in its unit, and where it is in the patient."),
        ),
        Stop(
            window.menuBar(),
            said("Everything else"),
            said(
                "Ctrl+K finds any command by its name, F1 helps with where you are, and Help shows "
                "this tour again."
            ),
        ),
    )
