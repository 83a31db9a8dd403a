"""A small field over a view, into which the number of a slice is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from viewer.commands.desk import Desk
from viewer.commands.jumping import jump, row_in
from viewer.core.errors import Declined
from viewer.ui.careful import careful

_OWN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class JumpField(QLineEdit):
    """Asks for a slice, goes there with Enter, and is gone with Escape or another click."""

    def __init__(self, desk: Desk, cell: int, view: QWidget) -> None:
        super().__init__(view)
        self._desk, self._cell = desk, cell
        self.setObjectName("jump_field")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Slice to go to"))
        self.setToolTip(self.tr("A number such as 42, a step such as +5, or a place: H 35 mm"))
        self.setMaxLength(24)
        self.returnPressed.connect(self._go)

    def ask(self) -> None:
        """Show the field in the middle of the lower part of its view."""
        row, view = row_in(self._desk, self._cell), self.parentWidget()
        if row is None or view is None:
            self.close()
            return
        self.setPlaceholderText(self.tr("slice 1 to {count}").format(count=row.count))
        wide = self.fontMetrics().averageCharWidth() * 20
        self.resize(wide, self.sizeHint().height())
        self.move((view.width() - wide) // 2, max(view.height() - 3 * self.height(), 0))
        self.show()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Escape for the field while it has the keyboard."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    @careful
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Give up with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    @careful
    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Go away when something else is clicked."""
        super().focusOutEvent(event)
        self.close()

    @careful
    def _go(self) -> None:
        try:
            jump(self._desk, self._cell, self.text())
        except Declined as why:
            self._desk.session.say(str(why))
            self.selectAll()
            return
        self._leave()

    def _leave(self) -> None:
        view = self.parentWidget()
        if view is not None:
            view.setFocus()
        self.close()
