"""The slider at the left edge of a fused view: how much of the upper series is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QWidget

from viewer.commands.desk import Desk
from viewer.commands.fusing import set_opacity

_WIDE, _FROM_EDGE, _LONG = 18, 6, 140
_BELOW, _SHARE = 0.55, 0.3
"""Where it begins, under the letter of the side, and how much of the height it may take."""
_LEAST = 50


class FusionBar(QSlider):
    """Shows and sets the opacity of what lies over one view, in percent."""

    def __init__(self, desk: Desk, cell: int, view: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._desk, self._cell = desk, cell
        self.setObjectName("fusion_bar")
        self.setRange(0, 100)
        self.setPageStep(10)
        self.setAccessibleName(self.tr("Opacity of the upper series"))
        self.setToolTip(self.tr("How much of the upper series is shown  (Alt+Up, Alt+Down)"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.valueChanged.connect(self._moved)
        self.hide()

    def follow(self) -> None:
        """Show what the view shows now; away where nothing lies over it."""
        fusion = self._desk.session.hanging.value.look(self._cell).fusion
        view = self.parentWidget()
        high = 0 if view is None else min(_LONG, round(view.height() * _SHARE))
        wanted = fusion is not None and high >= _LEAST
        if wanted and fusion is not None and view is not None:
            self.setGeometry(_FROM_EDGE, round(view.height() * _BELOW), _WIDE, high)
            self.blockSignals(True)
            self.setValue(round(fusion.opacity * 100))
            self.blockSignals(False)
        if self.isHidden() == wanted:
            self.setVisible(wanted)

    def _moved(self, percent: int) -> None:
        set_opacity(self._desk, self._cell, percent / 100)
