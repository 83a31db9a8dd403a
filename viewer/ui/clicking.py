"""The one-click tool on a slice view: the ring at the pointer, the wheel, the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from viewer.commands import clicking as verbs
from viewer.commands.desk import Desk
from viewer.session.clicking import Clicking
from viewer.session.tools import Tool
from viewer.ui.careful import careful
from viewer.ui.theme import over_picture as colour
from viewer.ui.view import View
from viewer.ui.words import in_words

_EVERY_MS = 60
_RING = 9.0
_GAP = 6.0
_WIDEST = 320.0
_NOTCH = 120
_GOOD, _BAD = QColor(120, 235, 160), QColor(255, 150, 90)
_GROW = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_KEYS = (
    *_GROW, Qt.Key.Key_Minus, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape,
)  # fmt: skip


class Ring(QWidget):
    """A ring at the pointer: closed where a click works, else crossed out and with the reason."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("click_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._view = parent
        self._why_not, self._centre = "", QPointF()
        self.hide()

    def show_at(self, place: QPointF, why_not: str) -> None:
        """Stand round a place of the view, and say why a click would not work there."""
        words = in_words(why_not) if why_not else ""
        size = self._size(words)
        left = place.x() - _RING - 2
        if left + size.width() > self._view.width():
            left = place.x() + _RING + 2 - size.width()
        self._centre = QPointF(place.x() - left, _RING + 2)
        self._why_not = words
        self.setAccessibleDescription(words)
        self.setGeometry(
            round(left), round(place.y() - _RING - 2), round(size.width()), round(size.height())
        )
        self.show()
        self.update()

    def _size(self, words: str) -> QSizeF:
        ring = 2 * _RING + 4
        if not words:
            return QSizeF(ring, ring)
        text = self._text_area(words)
        return QSizeF(max(text.width() + 4, ring), ring + _GAP + text.height())

    def _text_area(self, words: str) -> QRectF:
        metrics = QFontMetricsF(self.font())
        flags = int(Qt.TextFlag.TextWordWrap)
        return metrics.boundingRect(QRectF(0, 0, _WIDEST, 400), flags, words)

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ring and the sentence."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(_BAD if self._why_not else _GOOD, 1.8))
            painter.drawEllipse(self._centre, _RING, _RING)
            if self._why_not:
                away = _RING * 0.7
                painter.drawLine(
                    self._centre - QPointF(away, away), self._centre + QPointF(away, away)
                )
                top = 2 * _RING + 4 + _GAP
                area = QRectF(0, top, self.width(), self.height() - top)
                painter.fillRect(area, QColor(0, 0, 0, 150))
                painter.setPen(colour("text"))
                painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._why_not)


class ClickHand(QObject):
    """What the one-click tool hears on a slice view beside its clicks."""

    def __init__(self, desk: Desk, view: View) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self.ring = Ring(view)
        self._place: QPointF | None = None
        self._turned = 0
        self._soon = QTimer(self, singleShot=True, interval=_EVERY_MS)
        self._soon.timeout.connect(self._look)
        view.installEventFilter(self)
        desk.session.clicking.changed.connect(self._clicked)
        desk.session.tool.changed.connect(self._tool)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the pointer; keep wheel and keys that change the outline."""
        if watched is not self._view or self._desk.session.tool.value is not Tool.CLICK:
            return False
        match event.type():
            case QEvent.Type.MouseMove if isinstance(event, QMouseEvent):
                self._place = event.position()
                self._soon.start()
            case QEvent.Type.Leave:
                self._left()
            case QEvent.Type.MouseButtonDblClick if isinstance(event, QMouseEvent):
                return self._click_again(event)
            case QEvent.Type.Wheel if isinstance(event, QWheelEvent):
                return self._wheel(event)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent):
                if self._wants(event):
                    event.accept()
                    return True
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
                return self._wants(event) and self._key(Qt.Key(event.key()))
        return False

    def _wants(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        clicking = self._desk.session.clicking.value
        there = clicking.proposed or clicking.waiting
        return there and not plain and event.key() in _KEYS

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            verbs.drop(self._desk)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            verbs.take(self._desk)
        else:
            verbs.resize(self._desk, 1 if key in _GROW else -1)
        return True

    def _wheel(self, event: QWheelEvent) -> bool:
        """Grow or shrink over the lesion; elsewhere, or with a key, the wheel is the view's."""
        position = self._view.pointer(event.position(), event.modifiers()).position
        clicking = self._desk.session.clicking.value
        if event.modifiers() or position is None or not clicking.is_at(position):
            return False
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        for _ in range(abs(notches)):
            verbs.resize(self._desk, 1 if notches > 0 else -1)
        event.accept()
        return True

    def _click_again(self, event: QMouseEvent) -> bool:
        """Take the second of two quick clicks for a click of its own."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        pointer = self._view.pointer(event.position(), event.modifiers())
        if pointer.position is not None:
            verbs.click(
                self._desk, self._view.cell, pointer.position, cut=pointer.ctrl or pointer.shift
            )
        return True

    # -- hovering ----------------------------------------------------------------------

    def _look(self) -> None:
        place = self._place
        if place is None or self._view.is_dragged:
            return
        position = self._view.pointer(place, Qt.KeyboardModifier.NoModifier).position
        if position is None:
            self.ring.hide()
        else:
            verbs.hover(self._desk, self._view.cell, position)

    def _left(self) -> None:
        self._place = None
        self._soon.stop()
        self.ring.hide()
        verbs.leave(self._desk)

    def _clicked(self, new: Clicking, old: Clicking) -> None:
        hover = new.hover
        if hover is not None and hover.cell == self._view.cell and self._place is not None:
            if hover is not old.hover:
                self.ring.show_at(self._place, hover.why_not)
        else:
            self.ring.hide()
        if new.mask is not old.mask:
            self._view.refresh()

    def _tool(self, new: Tool, _: Tool) -> None:
        if new is not Tool.CLICK:
            self._soon.stop()
            self.ring.hide()
