"""The segments of the open images, and the tools that make them by hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.commands import segment_edits as edits
from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.segments import measure
from viewer.core.errors import Declined
from viewer.core.segmentation import Segment, Segmentation
from viewer.session.record import Record
from viewer.session.segmenting import Segmenting
from viewer.session.session import segment_key
from viewer.ui.actions import key_text
from viewer.ui.icons import icon, put_icon
from viewer.ui.panels.brush import BrushBox
from viewer.ui.segment_names import segment_name
from viewer.ui.words import in_words

_KEY = Qt.ItemDataRole.UserRole
_NAME, _VOLUME, _LOCK = range(3)
_MORE = (
    *("segment.add_group", "segment.rename", "segment.name_by_code", "segment.is_lesion"),
    *("segment.lock", "segment.clear", "segment.remove", "segment.remove_group"),
)


class SegmentsPanel(QWidget):
    """Tools and brush above; below a tree: each group with its segments."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk, self._commands = desk, commands
        self._session = desk.session
        self._shown: tuple[Segmentation, ...] = ()
        self._items: dict[str, QTreeWidgetItem] = {}
        self._none = QLabel(
            self.tr(
                "No segments yet. Take the brush and paint, or let the second reader outline "
                "lungs and airways."
            )
        )
        self._none.setWordWrap(True)
        self._none.setObjectName("quiet")
        self._none.setContentsMargins(10, 8, 10, 8)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._tree = self._made_tree()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(BrushBox(desk, commands))
        column.addWidget(self._none, 1)
        column.addWidget(self._tree, 1)
        column.addLayout(self._buttons())
        self._session.record.changed.connect(self._changed)
        self._session.segmenting.changed.connect(self._chosen)
        self._session.images.changed.connect(self._allow)
        self._session.hanging.changed.connect(self._allow)
        self._fill(self._session.record.value.segmentations)
        self._allow()

    # -- building -------------------------------------------------------------------------

    def _made_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(3)
        tree.setHeaderLabels([self.tr("Segment"), self.tr("Volume (ml)"), ""])
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_LOCK, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(_LOCK, 28)
        tree.setRootIsDecorated(False)
        tree.setAccessibleName(self.tr("Segments"))
        tree.itemChanged.connect(self._ticked)
        tree.itemSelectionChanged.connect(self._selected)
        tree.itemClicked.connect(self._clicked)
        tree.itemDoubleClicked.connect(self._double_clicked)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._menu_at)
        return tree

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 8, 6)
        self._add = QPushButton(self.tr("Add segment"))
        put_icon(self._add, "seg_add")
        self._add.setToolTip(self._tip("segment.add"))
        self._add.clicked.connect(partial(self._run, "segment.add"))
        self._colour = QPushButton(self.tr("Colour…"))
        self._colour.setToolTip(self.tr("Draw the segment in another colour."))
        self._colour.clicked.connect(self._ask_colour)
        more = QToolButton()
        put_icon(more, "more")
        more.setToolTip(self.tr("More about segments"))
        more.setAccessibleName(self.tr("More about segments"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        more.setMenu(self._menu)
        for widget in (self._add, self._colour):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(more)
        return row

    def _tip(self, id_: str) -> str:
        command = self._commands[id_]
        key = f" ({key_text(command)})" if command.key else ""
        return f"{in_words(command.help)}{key}"

    def _fill_menu(self) -> None:
        self._menu.clear()
        for id_ in _MORE:
            command = self._commands[id_]
            action = self._menu.addAction(in_words(command.title))
            action.setToolTip(in_words(command.help))
            action.setEnabled(command.allowed(self._desk))
            if command.checked is not None:
                action.setCheckable(True)
                action.setChecked(command.checked(self._desk))
            action.triggered.connect(partial(self._run, id_))

    # -- what is listed ----------------------------------------------------------------------

    def _changed(self, new: Record, _old: Record) -> None:
        if new.segmentations == self._shown:
            return
        if _heads(new.segmentations) != _heads(self._shown):
            self._fill(new.segmentations)
            return
        drawn = [b for a, b in zip(self._shown, new.segmentations, strict=True) if a is not b]
        self._shown = new.segmentations
        for one in drawn:
            measure(self._desk, one, partial(self._measured, one))

    def _fill(self, segmentations: tuple[Segmentation, ...]) -> None:
        self._shown = segmentations
        self._tree.blockSignals(True)
        self._tree.clear()
        self._items.clear()
        for segmentation in segmentations:
            top = QTreeWidgetItem([f"{in_words(segmentation.title)} · {segmentation.author}", ""])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._tree.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)
            self._add_segments(top, segmentation)
            top.setExpanded(True)
        self._tree.blockSignals(False)
        self._none.setVisible(not segmentations)
        self._tree.setVisible(bool(segmentations))
        self._chosen()

    def _add_segments(self, top: QTreeWidgetItem, segmentation: Segmentation) -> None:
        for segment in segmentation.segments:
            item = QTreeWidgetItem([segment_name(segment, segmentation), "…", ""])
            item.setIcon(_NAME, _swatch(segment.colour))
            item.setTextAlignment(
                _VOLUME, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            key = segment_key(segmentation, segment)
            item.setData(_NAME, _KEY, key)
            seen = key not in self._session.hidden.value
            item.setCheckState(_NAME, Qt.CheckState.Checked if seen else Qt.CheckState.Unchecked)
            item.setToolTip(
                _NAME,
                f"{in_words(segment.type.meaning)} ({segment.type.scheme} {segment.type.value})",
            )
            item.setToolTip(_LOCK, self.tr("Click: nothing may change this segment, or all may."))
            self._items[key] = item
            top.addChild(item)
        measure(self._desk, segmentation, partial(self._measured, segmentation))

    def _measured(self, segmentation: Segmentation, volumes_mm3: dict[int, float]) -> None:
        """Write volumes beside the segments they belong to, if those are still listed."""
        self._tree.blockSignals(True)
        for segment in segmentation.segments:
            item = self._items.get(segment_key(segmentation, segment))
            if item is not None:
                item.setText(_VOLUME, _in_ml(volumes_mm3[segment.label]))
        self._tree.blockSignals(False)

    def _chosen(self, *_: object) -> None:
        """Mark the segment that is worked on, and those that are locked."""
        now: Segmenting = self._session.segmenting.value
        here = f"{now.segmentation_id}/{now.label}"
        self._tree.blockSignals(True)
        for key, item in self._items.items():
            item.setSelected(key == here)
            item.setIcon(_LOCK, icon("seg_lock") if key in now.locked else QIcon())
            seen = key not in self._session.hidden.value
            item.setCheckState(_NAME, Qt.CheckState.Checked if seen else Qt.CheckState.Unchecked)
        self._tree.blockSignals(False)
        self._colour.setEnabled(edits.has_chosen(self._desk))

    def _allow(self, *_: object) -> None:
        self._add.setEnabled(self._commands["segment.add"].allowed(self._desk))

    # -- what is clicked ------------------------------------------------------------------------

    def _run(self, id_: str, *_: object) -> None:
        self._say(partial(self._commands[id_].run, self._desk))

    def _say(self, act: partial[None]) -> None:
        try:
            act()
        except Declined as why:
            self._session.say(str(why), serious=True)

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        key = item.data(_NAME, _KEY)
        if key is None or column != _NAME:
            return
        hidden = self._session.hidden.value
        seen = item.checkState(_NAME) is Qt.CheckState.Checked
        self._session.hidden.set(hidden - {key} if seen else hidden | {key})

    def _selected(self) -> None:
        keys = [item.data(_NAME, _KEY) for item in self._tree.selectedItems()]
        if keys and keys[0] is not None:
            id_, _, label = str(keys[0]).rpartition("/")
            now = self._session.segmenting.value
            if (now.segmentation_id, now.label) != (id_, int(label)):
                self._session.segmenting.set(now.at(id_, int(label)))

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        key = item.data(_NAME, _KEY)
        if column == _LOCK and key is not None:
            edits.toggle_lock(self._desk, str(key))

    def _double_clicked(self, item: QTreeWidgetItem, column: int) -> None:
        if column == _NAME and item.data(_NAME, _KEY) is not None:
            self._run("segment.rename")

    def _menu_at(self, place: QPoint) -> None:
        self._fill_menu()
        self._menu.popup(self._tree.viewport().mapToGlobal(place))

    def _ask_colour(self) -> None:
        found = edits.chosen(self._desk)
        if found is None:
            return
        dialog = QColorDialog(QColor(*found[1].colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Colour of the segment"))
        dialog.colorSelected.connect(self._coloured)
        dialog.open()

    def _coloured(self, shade: QColor) -> None:
        wanted = (shade.red(), shade.green(), shade.blue())
        self._say(partial(edits.recolour, self._desk, wanted))


def _heads(
    segmentations: tuple[Segmentation, ...],
) -> list[tuple[str, str, str, tuple[Segment, ...]]]:
    """Return all that the tree says of groups but for their volumes."""
    return [(one.id, one.title, str(one.author), one.segments) for one in segmentations]


def _in_ml(volume_mm3: float) -> str:
    """Return a volume in ml, with so many digits that a small one is not nothing."""
    if not volume_mm3:
        return "0"
    return f"{volume_mm3 / 1000:.{1 if volume_mm3 > 999 else 3}f}"


def _swatch(colour: tuple[int, int, int]) -> QIcon:
    pixmap = QPixmap(12, 12)
    pixmap.fill(QColor(*colour))
    return QIcon(pixmap)
