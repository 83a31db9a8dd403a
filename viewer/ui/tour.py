"""A short walk round the window: a few calm words beside what they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from viewer.ui.careful import careful
from viewer.ui.theme import colour

_WIDE_LETTERS = 46
_GAP = 12


@dataclass(frozen=True, slots=True, eq=False)
class Stop:
    """One stop of the tour: what it is about, and what is said there."""

    about: QWidget
    heading: str
    words: str


class Ring(QWidget):
    """A line round what is spoken of; clicks go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the line."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), 2.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)


class Tour(QFrame):
    """Stops one after the other; it can be left at any of them and stands in nobody's way."""

    ended = Signal()

    def __init__(self, stops: Sequence[Stop], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tour")
        self.setAccessibleName(self.tr("Tour of the window"))
        self._stops, self.number = tuple(stops), 0
        self._window = parent
        self._ring = Ring(parent)
        self._heading, self._words, self._count = QLabel(self), QLabel(self), QLabel(self)
        self._heading.setObjectName("heading")
        self._words.setWordWrap(True)
        self._count.setObjectName("quiet")
        self.back = self._button(self.tr("Back"), self._back)
        self.skip = self._button(self.tr("Skip"), self.end)
        self.next = self._button(self.tr("Next"), self._next)
        self._lay_out()
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * _WIDE_LETTERS)
        self.show_stop()

    @property
    def stop(self) -> Stop:
        """Where the tour stands."""
        return self._stops[self.number]

    def end(self) -> None:
        """Leave the tour."""
        self._ring.deleteLater()
        self.hide()
        self.deleteLater()
        self.ended.emit()

    def show_stop(self) -> None:
        """Say what is to be said here, beside what it is about."""
        last = self.number == len(self._stops) - 1
        self._heading.setText(self.stop.heading)
        self._words.setText(self.stop.words)
        self._count.setText(
            self.tr("{number} of {count}").format(number=self.number + 1, count=len(self._stops))
        )
        self.setAccessibleDescription(self.stop.words)
        self.back.setEnabled(self.number > 0)
        self.next.setText(self.tr("Done") if last else self.tr("Next"))
        self.skip.setVisible(not last)
        self.show()
        self._fit()
        self._stand()
        self.raise_()
        self.next.setFocus()

    @careful
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave with Escape, go on and back with the arrows."""
        step = {Qt.Key.Key_Right: self._next, Qt.Key.Key_Left: self._back}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif step is not None:
            step()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        if self.number == len(self._stops) - 1:
            self.end()
            return
        self.number += 1
        self.show_stop()

    def _back(self) -> None:
        if self.number > 0:
            self.number -= 1
            self.show_stop()

    def _fit(self) -> None:
        """Be as high as the words need at this width."""
        self.ensurePolished()
        wide = max(self.width(), self.minimumSizeHint().width())
        self.setFixedWidth(wide)
        self.resize(wide, self.heightForWidth(wide))

    def _stand(self) -> None:
        """Stand beside what is spoken of, wholly inside the window."""
        window = self._window
        about = self.stop.about
        seen = about.isVisible()
        corner = about.mapTo(window, QPoint(0, 0)) if seen else QPoint(0, 0)
        place = QRect(corner, about.size()) if seen else window.rect()
        self._ring.setGeometry(place.adjusted(-3, -3, 3, 3))
        self._ring.setVisible(seen)
        self._ring.raise_()
        self.move(beside(place, self.size().width(), self.size().height(), window.rect()))

    def _button(self, words: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(run)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        for button in (self.skip, self.back, self.next):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._words)
        column.addLayout(row)


def beside(place: QRect, width: int, height: int, room: QRect) -> QPoint:
    """Return where a card fits: right, left, below or above of a place, else in its middle."""
    right, below = place.right() + _GAP, place.bottom() + _GAP
    left, above = place.left() - width - _GAP, place.top() - height - _GAP
    x = min(max(place.left(), room.left() + _GAP), room.right() - width - _GAP)
    y = min(max(place.top(), room.top() + _GAP), room.bottom() - height - _GAP)
    if right + width <= room.right():
        return QPoint(right, y)
    if left >= room.left():
        return QPoint(left, y)
    if below + height <= room.bottom():
        return QPoint(x, below)
    if above >= room.top():
        return QPoint(x, above)
    middle = place.center()
    return QPoint(middle.x() - width // 2, middle.y() - height // 2)
