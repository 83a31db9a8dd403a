"""A raster of views to choose a grid from, as one inserts a table."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from viewer.session.look import MOST_COLUMNS, MOST_ROWS, Layout
from viewer.ui.careful import careful
from viewer.ui.theme import colour

_BOX_PX, _GAP_PX = 34, 4
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Raster(QWidget):
    """Boxes in rows and columns; those that would be shown are lit."""

    pointed = Signal(object)
    taken = Signal(object)

    def __init__(self, now: Layout, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows, self.columns = now.rows, now.columns
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Rows and columns of views"))
        self.setFixedSize(self.sizeHint())

    @property
    def layout_(self) -> Layout:
        """The grid that is pointed at."""
        return Layout(self.rows, self.columns)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for room for all boxes."""
        step = _BOX_PX + _GAP_PX
        return QSize(MOST_COLUMNS * step + _GAP_PX, MOST_ROWS * step + _GAP_PX)

    def box(self, row: int, column: int) -> QRectF:
        """Return where a box is."""
        step = _BOX_PX + _GAP_PX
        return QRectF(_GAP_PX + column * step, _GAP_PX + row * step, _BOX_PX, _BOX_PX)

    def _point(self, rows: int, columns: int) -> None:
        self.rows = min(max(rows, 1), MOST_ROWS)
        self.columns = min(max(columns, 1), MOST_COLUMNS)
        self.pointed.emit(self.layout_)
        self.update()

    @careful
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Light the boxes up to the pointer."""
        place: QPointF = event.position()
        step = _BOX_PX + _GAP_PX
        self._point(int(place.y() // step) + 1, int(place.x() // step) + 1)

    @careful
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take the grid that is pointed at."""
        self.mouseMoveEvent(event)
        self.taken.emit(self.layout_)

    @careful
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go by arrows, take with Return."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._point(self.rows + step[0], self.columns + step[1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit(self.layout_)
        else:
            super().keyPressEvent(event)

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the boxes."""
        with QPainter(self) as painter:
            for row in range(MOST_ROWS):
                for column in range(MOST_COLUMNS):
                    lit = row < self.rows and column < self.columns
                    painter.setPen(QPen(colour("accent" if lit else "faint"), 2 if lit else 1))
                    painter.setBrush(colour("accent_dark" if lit else "panel"))
                    painter.drawRect(self.box(row, column))


class GridPicker(QWidget):
    """A small window over the views; Escape or a click elsewhere leaves all as it was."""

    chosen = Signal(object)

    def __init__(self, now: Layout, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("grid_picker")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.raster = Raster(now, self)
        self.told = QLabel(self)
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.raster)
        column.addWidget(self.told)
        self.raster.pointed.connect(self._pointed)
        self.raster.taken.connect(self._taken)
        self._pointed(now)

    def open_over(self, views: QWidget) -> None:
        """Stand at the upper left of the views, with the keyboard."""
        self.adjustSize()
        self.move(views.mapToGlobal(views.rect().topLeft()) + self.rect().topLeft())
        self.show()
        self.raster.setFocus()

    def _pointed(self, layout: Layout) -> None:
        words = self.tr("{rows} × {columns} views")
        self.told.setText(words.format(rows=layout.rows, columns=layout.columns))

    def _taken(self, layout: Layout) -> None:
        self.chosen.emit(layout)
        self.close()
