"""A calm bar for what the reader must know; it stays until it is dismissed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from viewer.session.session import Message, Session
from viewer.ui.icons import icon


class NoticeBar(QFrame):
    """Shows serious messages one at a time, the newest first, with their number."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._waiting: list[str] = []
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
        self._close.setIcon(icon("close"))
        self._close.setToolTip(self.tr("Dismiss (Esc)"))
        self._close.setAccessibleName(self.tr("Dismiss"))
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._count)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), parent, self.dismiss)
        session.message.changed.connect(self._said)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now; empty when it is away."""
        return self._waiting[-1] if self._waiting else ""

    def dismiss(self) -> None:
        """Put the shown sentence away; the one before it comes back, if there is one."""
        if self._waiting:
            self._waiting.pop()
        self._show()

    def _said(self, new: Message, _: Message) -> None:
        if not new.serious or not new.sentence:
            return
        if new.sentence in self._waiting:
            self._waiting.remove(new.sentence)
        self._waiting.append(new.sentence)
        self._show()

    def _show(self) -> None:
        self._sentence.setText(self.sentence)
        more = len(self._waiting) - 1
        self._count.setText(self.tr("and {count} more").format(count=more) if more > 0 else "")
        self.setVisible(bool(self._waiting))
