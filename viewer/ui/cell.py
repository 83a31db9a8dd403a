"""One place of the grid: a slice or the 3D view, whichever its look asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from viewer.commands.desk import Desk
from viewer.commands.files import open_series
from viewer.session.look import Hanging, Viewing
from viewer.ui.careful import careful
from viewer.ui.clicking import ClickHand
from viewer.ui.grip import Grip
from viewer.ui.series_drag import carried, carried_view
from viewer.ui.slice_view import SliceView
from viewer.ui.view import View

if TYPE_CHECKING:
    from viewer.ui.space_view import SpaceView


class Cell(QWidget):
    """Holds a slice view, and a 3D view from the first time it is wanted."""

    probed = Signal(object)

    def __init__(self, desk: Desk, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self.number = desk, number
        self.setObjectName(f"cell_{number}")
        self.setAcceptDrops(True)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.slice_view = SliceView(desk, number, self)
        self.slice_view.probed.connect(self.probed)
        self._stack.addWidget(self.slice_view)
        self.click_hand = ClickHand(desk, self.slice_view)
        self._space: SpaceView | None = None
        self.grip = Grip(number, self)
        desk.session.hanging.changed.connect(self._hung)
        self._hung(desk.session.hanging.value, desk.session.hanging.value)

    @property
    def view(self) -> View:
        """What is on screen in this place."""
        current = self._stack.currentWidget()
        return current if isinstance(current, View) else self.slice_view

    @careful
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take a series of the study panel or another view; files are the window's."""
        data = event.mimeData()
        if carried(data) or carried_view(data) not in (None, self.number):
            event.acceptProposedAction()
        else:
            event.ignore()

    @careful
    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Hang the series that was dropped here, and only here; change places with a view."""
        event.acceptProposedAction()
        other, hanging = carried_view(event.mimeData()), self._desk.session.hanging
        if other is not None:
            if other < len(hanging.value.cells):
                hanging.set(hanging.value.swapped(other, self.number))
            return
        open_series(self._desk, carried(event.mimeData()), self.number)

    @careful
    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Offer the grip, unless something is being dragged over the view."""
        if event.buttons() == Qt.MouseButton.NoButton:
            self._offer_grip(self._desk.session.hanging.value)
        super().enterEvent(event)

    @careful
    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Put the grip away."""
        self.grip.hide()
        super().leaveEvent(event)

    @careful
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the grip in the middle."""
        super().resizeEvent(event)
        self.grip.stand()

    def close_views(self) -> None:
        """Give back what views hold outside Qt."""
        if self._space is not None:
            self._space.close_studio()

    def _offer_grip(self, hanging: Hanging) -> None:
        """Show the grip where there is another view to change places with."""
        filled = bool(hanging.look(self.number).series_key)
        self.grip.setVisible(filled and len(hanging.shown) > 1)
        self.grip.stand()

    def _hung(self, new: Hanging, old: Hanging) -> None:
        if self.underMouse() and new is not old:
            self._offer_grip(new)
        spatial = new.look(self.number).viewing is Viewing.SPACE
        wanted = self._space_view() if spatial else self.slice_view
        if self._stack.currentWidget() is not wanted:
            self._stack.setCurrentWidget(wanted)
            self.grip.raise_()

    def _space_view(self) -> SpaceView:
        if self._space is None:
            from viewer.ui.space_view import SpaceView

            self._space = SpaceView(self._desk, self.number, self)
            self._stack.addWidget(self._space)
        return self._space
