"""The small grip at the upper edge of a view, by which what hangs there is taken elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from viewer.ui.careful import careful
from viewer.ui.series_drag import carry_view
from viewer.ui.theme import over_picture as colour

_SIZE = QSize(44, 14)
_PREVIEW_PX = 160
_BESIDE_PX = 16
"""How far it stands from the middle, where the letter of the side is."""


class Grip(QWidget):
    """Dragged onto another view, what hangs in both changes places."""

    def __init__(self, cell: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._cell, self._pressed = cell, QPoint()
        self.setObjectName("grip")
        self.setFixedSize(_SIZE)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        words = self.tr("Drag onto another view to change places with it")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.hide()

    def stand(self) -> None:
        """Stand at the upper edge of the view, beside the letter in its middle."""
        around = self.parentWidget()
        if around is not None:
            self.move(around.width() // 2 + _BESIDE_PX, 2)
            self.raise_()

    @careful
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where a drag may have begun."""
        self._pressed = event.position().toPoint()

    @careful
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to drag the view."""
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        held = event.buttons() & Qt.MouseButton.LeftButton
        if held and far >= QApplication.startDragDistance():
            self._drag()

    def _drag(self) -> None:
        around = self.parentWidget()
        drag = QDrag(self)
        drag.setMimeData(carry_view(self._cell))
        if around is not None:
            drag.setPixmap(around.grab().scaledToWidth(_PREVIEW_PX))
        drag.exec(Qt.DropAction.MoveAction)

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw six dots on a dim bar."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            ground = colour("raised")
            ground.setAlpha(200)
            painter.setBrush(ground)
            painter.drawRoundedRect(self.rect(), 4, 4)
            painter.setBrush(colour("text"))
            for column in (-8, 0, 8):
                for row in (-2.5, 2.5):
                    middle = QPointF(self.width() / 2 + column, self.height() / 2 + row)
                    painter.drawEllipse(middle, 1.3, 1.3)
