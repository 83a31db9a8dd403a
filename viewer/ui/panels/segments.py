"""The segments of the open images: colour, name, volume, author, and a tick to see them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.desk import Desk
from viewer.commands.segments import measure
from viewer.core.segmentation import Segmentation
from viewer.session.record import Record
from viewer.session.session import segment_key

_KEY = Qt.ItemDataRole.UserRole


class SegmentsPanel(QWidget):
    """A tree: each segmentation with its segments below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._session = desk.session
        self._shown: tuple[Segmentation, ...] = ()
        self._none = QLabel(
            self.tr("No segments yet. The second reader outlines lungs and airways.")
        )
        self._none.setWordWrap(True)
        self._none.setObjectName("quiet")
        self._none.setContentsMargins(10, 8, 10, 8)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._tree = QTreeWidget()
        self._tree.setColumnCount(2)
        self._tree.setHeaderLabels([self.tr("Segment"), self.tr("Volume (ml)")])
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setStretchLastSection(False)
        self._tree.setRootIsDecorated(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._none)
        column.addWidget(self._tree)
        self._tree.itemChanged.connect(self._ticked)
        self._session.record.changed.connect(self._changed)
        self._fill(self._session.record.value.segmentations)

    def _changed(self, new: Record, _old: Record) -> None:
        if new.segmentations != self._shown:
            self._fill(new.segmentations)

    def _fill(self, segmentations: tuple[Segmentation, ...]) -> None:
        self._shown = segmentations
        self._tree.blockSignals(True)
        self._tree.clear()
        for segmentation in segmentations:
            top = QTreeWidgetItem([f"{segmentation.title} · {segmentation.author}", ""])
            top.setFirstColumnSpanned(True)
            self._tree.addTopLevelItem(top)
            self._add_segments(top, segmentation)
            top.setExpanded(True)
        self._tree.blockSignals(False)
        self._none.setVisible(not segmentations)
        self._tree.setVisible(bool(segmentations))

    def _add_segments(self, top: QTreeWidgetItem, segmentation: Segmentation) -> None:
        for segment in segmentation.segments:
            item = QTreeWidgetItem([segment.name, "…"])
            item.setIcon(0, _swatch(segment.colour))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            key = segment_key(segmentation, segment)
            item.setData(0, _KEY, key)
            seen = key not in self._session.hidden.value
            item.setCheckState(0, Qt.CheckState.Checked if seen else Qt.CheckState.Unchecked)
            item.setToolTip(
                0, f"{segment.type.meaning} ({segment.type.scheme} {segment.type.value})"
            )
            top.addChild(item)
        measure(self._desk, segmentation, partial(self._measured, segmentation))

    def _measured(self, segmentation: Segmentation, volumes_mm3: dict[int, float]) -> None:
        """Write volumes beside the segments they belong to, if those are still listed."""
        self._tree.blockSignals(True)
        texts = {
            segment_key(segmentation, segment): f"{volumes_mm3[segment.label] / 1000:.1f}"
            for segment in segmentation.segments
        }
        for number in range(self._tree.topLevelItemCount()):
            top = self._tree.topLevelItem(number)
            for item in (top.child(row) for row in range(top.childCount())) if top else ():
                if item is not None and item.data(0, _KEY) in texts:
                    item.setText(1, texts[item.data(0, _KEY)])
        self._tree.blockSignals(False)

    def _ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        key = item.data(0, _KEY)
        if key is None:
            return
        hidden = self._session.hidden.value
        seen = item.checkState(0) is Qt.CheckState.Checked
        self._session.hidden.set(hidden - {key} if seen else hidden | {key})


def _swatch(colour: tuple[int, int, int]) -> QIcon:
    pixmap = QPixmap(12, 12)
    pixmap.fill(QColor(*colour))
    return QIcon(pixmap)
