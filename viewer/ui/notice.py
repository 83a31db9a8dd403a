"""A calm bar for what the reader must know; it stays until it is dismissed.

It lies over the lower edge of the views, so that no picture moves when it
comes, and neither names nor warnings, which stand at the top, are hidden.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from viewer.session.session import Message, Session
from viewer.ui.careful import careful
from viewer.ui.icons import put_icon
from viewer.ui.words import in_words

_WIDEST_PX = 900
_EDGE_PX = 8


class NoticeBar(QFrame):
    """Shows serious messages one at a time, the newest first, with their number."""

    idle_escape = Signal()
    """Escape was pressed while there was nothing to dismiss."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName(self.tr("Notice"))
        self._waiting: list[str] = []
        self._under: QWidget | None = None
        self._sentence = QLabel(self)
        self._sentence.setObjectName("sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._count = QLabel(self)
        self._count.setObjectName("quiet")
        self._close = QToolButton(self)
        self._close.setObjectName("dismiss")
        put_icon(self._close, "close")
        self._close.setToolTip(self.tr("Dismiss (Esc)"))
        self._close.setAccessibleName(self.tr("Dismiss"))
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._count)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), parent, self.escape)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focused)
        session.message.changed.connect(self._said)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now; empty when it is away."""
        return self._waiting[-1] if self._waiting else ""

    def lie_over(self, under: QWidget) -> None:
        """Lie over the lower edge of a widget from now on."""
        self._under = under
        self.setParent(under)
        under.installEventFilter(self)

    def dismiss(self) -> None:
        """Put the shown sentence away; the one before it comes back, if there is one."""
        if self._waiting:
            self._waiting.pop()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the size of what it lies over."""
        if watched is self._under and event.type() == QEvent.Type.Resize:
            self._stand()
        return False

    def escape(self) -> None:
        """Dismiss what is shown; say so where there is nothing to dismiss."""
        if self._waiting:
            self.dismiss()
        else:
            self.idle_escape.emit()

    def _focused(self, _: QWidget | None, now: QWidget | None) -> None:
        """Leave Escape to the views while one has the keyboard: two takers get nothing."""
        inside = self._under is not None and now is not None and self._under.isAncestorOf(now)
        self._shortcut.setEnabled(not inside)

    def _said(self, new: Message, _: Message) -> None:
        if not new.serious:
            return
        if not new.sentence:
            self._waiting.clear()
            self._show()
            return
        if new.sentence in self._waiting:
            self._waiting.remove(new.sentence)
        self._waiting.append(new.sentence)
        self._show()

    def _show(self) -> None:
        self._sentence.setText(in_words(self.sentence))
        more = len(self._waiting) - 1
        self._count.setText(self.tr("and {count} more").format(count=more) if more > 0 else "")
        self.setVisible(bool(self._waiting))
        self._stand()

    @careful
    def _stand(self) -> None:
        if self._under is None or not self._waiting:
            return
        room = self._under.rect()
        width = min(room.width() - 2 * _EDGE_PX, _WIDEST_PX)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        left = (room.width() - width) // 2
        self.setGeometry(left, room.height() - height - _EDGE_PX, width, height)
        self.raise_()
