"""The thin bar at the right of a view: where its slice lies, and where something was found."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from viewer.commands.desk import Desk
from viewer.commands.jumping import Row, go_to, row_in
from viewer.session.marked import marked_slices
from viewer.ui.careful import careful
from viewer.ui.theme import over_picture as colour

WIDTH = 8
_GROOVE = QColor(38, 40, 44)


class SliceBar(QWidget):
    """Shows and moves the slice of one view; click or drag to go there."""

    def __init__(self, desk: Desk, cell: int, view: QWidget) -> None:
        super().__init__(view)
        self._desk, self._cell = desk, cell
        self._row: Row | None = None
        self._marked: tuple[int, ...] = ()
        self.setObjectName("slice_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Slice"))
        self.setToolTip(self.tr("Click or drag to go to a slice  (G to type its number)"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def follow(self) -> None:
        """Show what the view shows now; away where there is but one slice."""
        row = row_in(self._desk, self._cell)
        wanted = self._desk.session.shown.value.slice_bar and row is not None and row.count > 1
        before = (self._row, self._marked)
        self._row = row if wanted else None
        if self._row is not None:
            self._marked = marked_slices(self._desk.session, self._cell, self._row.steps)
        if self.isHidden() == wanted:
            self.setVisible(wanted)
        if wanted:
            self._place()
            if before != (self._row, self._marked):
                self.update()

    def _place(self) -> None:
        view = self.parentWidget()
        if view is not None:
            self.setGeometry(view.width() - WIDTH, 0, WIDTH, view.height())

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw groove, marks and where the slice is."""
        row = self._row
        if row is None:
            return
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), _GROOVE)
            each = self.height() / row.count
            for number in self._marked:
                y = number * each
                painter.fillRect(QRectF(1, y, WIDTH - 2, max(each, 2.0)), colour("warning"))
            high = max(each, 5.0)
            top = min(row.shown * each, self.height() - high)
            painter.fillRect(QRectF(0, top, WIDTH, high), colour("accent"))

    @careful
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the slice below the pointer."""
        self._go(event)

    @careful
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on to the slice below the pointer while the button is down."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        row = self._row
        if row is not None:
            number = int(event.position().y() / max(self.height(), 1) * row.count)
            self._desk.session.hanging.update(active=self._cell)
            go_to(self._desk, self._cell, number)
