"""Which tool the middle and the right mouse button have."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.desk import Desk
from viewer.session.buttons import DRAGGED, Buttons
from viewer.ui.actions import translated


class MouseDialog(QDialog):
    """Two lists of tools; what is chosen holds at once. `changed` is called then."""

    def __init__(self, desk: Desk, changed: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mouse_buttons")
        self.setWindowTitle(self.tr("Mouse buttons"))
        self._desk, self._changed = desk, changed
        now = desk.session.buttons.value
        self.middle = self._tools(now.middle, self.tr("Middle button"))
        self.right = self._tools(now.right, self.tr("Right button"))
        form = QFormLayout()
        form.addRow(QLabel(self.tr("Left button")), QLabel(self.tr("the tool that is chosen")))
        form.addRow(self.tr("Middle button"), self.middle)
        form.addRow(self.tr("Right button"), self.right)
        form.addRow(QLabel(self.tr("Short right click")), QLabel(self.tr("menu")))
        buttons = QDialogButtonBox(self)
        usual = buttons.addButton(self.tr("As shipped"), QDialogButtonBox.ButtonRole.ResetRole)
        usual.clicked.connect(self._reset)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(buttons)
        for tools in (self.middle, self.right):
            tools.currentIndexChanged.connect(self._chosen)

    def _tools(self, chosen: str, name: str) -> QComboBox:
        tools = QComboBox(self)
        tools.setAccessibleName(name)
        for tool in DRAGGED:
            tools.addItem(translated(tool.capitalize()), tool)
        tools.setCurrentIndex(tools.findData(chosen))
        return tools

    def _reset(self) -> None:
        usual = Buttons()
        self.middle.setCurrentIndex(self.middle.findData(usual.middle))
        self.right.setCurrentIndex(self.right.findData(usual.right))

    def _chosen(self) -> None:
        words = {"middle": self.middle.currentData(), "right": self.right.currentData()}
        settings = self._desk.settings
        mouse = settings.mouse.changed(**words)
        self._desk.settings = settings.model_copy(update={"mouse": mouse})
        self._desk.session.buttons.set(Buttons.named(mouse.middle, mouse.right))
        self._changed()
