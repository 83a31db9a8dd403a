"""The DICOM header of the picture in the active view: a tree to search and to copy from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.desk import Desk
from viewer.commands.tags import Seen, Tag, found, read_tags, seen_picture
from viewer.jobs.job import Failure
from viewer.ui.careful import careful
from viewer.ui.theme import colour

_PATIENCE_MS = 150
_SHOWN = 200
_TAG = Qt.ItemDataRole.UserRole
_FILLED = Qt.ItemDataRole.UserRole + 1


class Tree(QTreeWidget):
    """A tree whose Ctrl+C copies what its panel says, not the first column."""

    copied = Signal()

    @careful
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that something is to be copied."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)


class TagsPanel(QWidget):
    """Rows of tag, name, VR and value; what a sequence holds is listed when it is unfolded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._session = desk, desk.session
        self._seen: Seen | None = None
        self._tags: tuple[Tag, ...] = ()
        self._unfolded: set[tuple[str, ...]] = set()
        self._heading = QLabel()
        self._heading.setObjectName("quiet")
        self._heading.setWordWrap(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search tag, keyword, name or value"))
        self.search.setClearButtonEnabled(True)
        self.tree = _tree(self)
        self.copy_value = self._action(self.tr("Copy value"), "Ctrl+C", _value)
        self.copy_row = self._action(self.tr("Copy row"), "Ctrl+Shift+C", _row)
        column = QVBoxLayout(self)
        column.addWidget(self._heading)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PATIENCE_MS)
        self._soon.timeout.connect(self._look)
        self._listen()

    def _listen(self) -> None:
        self.tree.copied.connect(self.copy_value.trigger)
        self.search.textChanged.connect(self._fill)
        self.tree.itemExpanded.connect(self._unfold)
        self.tree.itemCollapsed.connect(lambda item: self._unfolded.discard(_way(item)))
        self.tree.customContextMenuRequested.connect(self._menu)
        for observable in (self._session.hanging, self._session.images, self._session.place):
            observable.changed.connect(self._changed)

    # -- which picture ---------------------------------------------------------

    def _changed(self, _new: object, _old: object) -> None:
        if self.isVisible():
            self._soon.start()

    @careful
    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read what is looked at now."""
        super().showEvent(event)
        self._look()

    @careful
    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Read nothing that nobody sees."""
        self._soon.stop()
        super().hideEvent(event)

    def _look(self) -> None:
        seen = seen_picture(self._session)
        if seen is None:
            self._seen = None
            self._empty(self._why_nothing())
        elif seen != self._seen:
            self._seen = seen
            read_tags(self._desk, seen, partial(self._read, seen), partial(self._failed, seen))

    def _why_nothing(self) -> str:
        opened = self._session.active_image
        if opened is None:
            return self.tr("No image in the active view.")
        return self.tr("This image does not come from a DICOM file.")

    def _read(self, seen: Seen, tags: tuple[Tag, ...]) -> None:
        if seen != self._seen:
            return
        self._heading.setText(
            self.tr("{file}, image {number} of {count}").format(
                file=seen.path.name, number=seen.number + 1, count=seen.count
            )
        )
        self._tags = tags
        self._fill()

    def _failed(self, seen: Seen, failure: Failure) -> None:
        if seen == self._seen:
            self._empty(failure.sentence)

    def _empty(self, sentence: str) -> None:
        self._heading.setText(sentence)
        self._tags = ()
        self._fill()

    # -- rows ----------------------------------------------------------------------

    def _fill(self) -> None:
        """List what the search leaves, unfolded where it was, or where something was found."""
        at = self.tree.verticalScrollBar().value()
        self.tree.setUpdatesEnabled(False)
        self.tree.clear()
        self.tree.addTopLevelItems(_rows(found(self._tags, self.search.text())))
        for number in range(self.tree.topLevelItemCount()):
            _span(self.tree.topLevelItem(number))
            self._open(self.tree.topLevelItem(number))
        self.tree.setUpdatesEnabled(True)
        self.tree.verticalScrollBar().setValue(at)

    def _open(self, item: QTreeWidgetItem | None) -> None:
        if item is None or not item.data(0, _TAG).inside:
            return
        if not (item.data(0, _TAG).opened or _way(item) in self._unfolded):
            return
        self._add_inside(item)
        self.tree.blockSignals(True)
        item.setExpanded(True)
        self.tree.blockSignals(False)
        for number in range(item.childCount()):
            self._open(item.child(number))

    def _unfold(self, item: QTreeWidgetItem) -> None:
        self._unfolded.add(_way(item))
        self._add_inside(item)

    def _add_inside(self, item: QTreeWidgetItem) -> None:
        if not item.data(0, _FILLED):
            item.setData(0, _FILLED, True)
            item.addChildren(_rows(item.data(0, _TAG).inside))
            for number in range(item.childCount()):
                _span(item.child(number))

    # -- copying ---------------------------------------------------------------

    def _action(self, title: str, key: str, text: Callable[[Tag], str]) -> QAction:
        action = QAction(title, self.tree)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: self._copy(text))
        self.tree.addAction(action)
        return action

    def _copy(self, text: Callable[[Tag], str]) -> None:
        chosen = [item.data(0, _TAG) for item in self.tree.selectedItems()]
        if chosen:
            QGuiApplication.clipboard().setText("\n".join(text(tag) for tag in chosen))

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.copy_value, self.copy_row])
        menu.popup(self.tree.viewport().mapToGlobal(place))


def _value(tag: Tag) -> str:
    return tag.value or tag.name


def _row(tag: Tag) -> str:
    return f"{tag.number}\t{tag.name}\t{tag.vr}\t{tag.value}"


def _rows(tags: Iterable[Tag]) -> list[QTreeWidgetItem]:
    return [_item(tag) for tag in tags]


def _item(tag: Tag) -> QTreeWidgetItem:
    line = " ".join(tag.value[: 2 * _SHOWN].split())
    short = line if len(line) <= _SHOWN else f"{line[:_SHOWN]} …"
    item = QTreeWidgetItem([tag.number, tag.name, tag.vr, short])
    item.setData(0, _TAG, tag)
    item.setToolTip(1, f"{tag.name}\n{tag.keyword}".strip())
    item.setToolTip(3, tag.value if short != tag.value else "")
    if tag.inside:
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
    if not tag.number:
        item.setText(0, tag.name)
        item.setForeground(0, colour("faint"))
    return item


def _span(item: QTreeWidgetItem | None) -> None:
    """Give items of a sequence and remarks the whole line, which Qt does only in a tree."""
    if item is not None and not item.data(0, _TAG).number:
        item.setFirstColumnSpanned(True)


def _way(item: QTreeWidgetItem) -> tuple[str, ...]:
    """Return what leads to a row, the same in every picture of a series."""
    way: list[str] = []
    at: QTreeWidgetItem | None = item
    while at is not None:
        way.append(at.text(0))
        at = at.parent()
    return tuple(reversed(way))


def _tree(parent: QWidget) -> Tree:
    tree = Tree(parent)
    tree.setColumnCount(4)
    tree.setHeaderLabels([parent.tr("Tag"), parent.tr("Name"), parent.tr("VR"), parent.tr("Value")])
    tree.setUniformRowHeights(True)
    tree.setAllColumnsShowFocus(True)
    tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    wide = tree.fontMetrics().horizontalAdvance
    for column, widest in enumerate(("(0000,0000)0000", "Series instance UID", "VR0")):
        tree.setColumnWidth(column, wide(widest) + 16)
    tree.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Interactive)
    tree.header().setStretchLastSection(True)
    return tree
