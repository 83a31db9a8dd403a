"""What was found: studies, their series with a small picture, and what was not opened."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QIcon, QImage, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.desk import Desk
from viewer.commands.files import open_paths, open_series
from viewer.commands.recent import Recent, list_recent
from viewer.commands.thumbnails import draw_derived, make_thumbnails
from viewer.core.study import Catalogue, Refusal, Series, SeriesKind, Study
from viewer.imaging.derivation import DERIVED, sources_of
from viewer.session.images import Images
from viewer.session.moments import moments_in_words
from viewer.session.second_reading import marked_and_hidden
from viewer.ui.direction import kept_apart
from viewer.ui.series_drag import carry
from viewer.ui.words import in_words

_KEY = Qt.ItemDataRole.UserRole
_PLACE = Qt.ItemDataRole.UserRole + 1
_THUMBNAIL_PX = 56
_MANY_ALIKE = 3
"""More refusals than this for one kind of reason stand under a heading of their own."""


class SeriesTree(QTreeWidget):
    """A tree from which series can be dragged into a view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pressed = QPoint()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(8)
        self.setIconSize(QSize(_THUMBNAIL_PX, _THUMBNAIL_PX))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where a drag may have begun."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to drag a series."""
        item = self.itemAt(self._pressed)
        key = item.data(0, _KEY) if item is not None else None
        far = (event.position().toPoint() - self._pressed).manhattanLength() > 12
        if not key or not far or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        drag = QDrag(self)
        drag.setMimeData(carry(str(key)))
        if item is not None:
            drag.setPixmap(item.icon(0).pixmap(_THUMBNAIL_PX, _THUMBNAIL_PX))
        drag.exec(Qt.DropAction.CopyAction)


class StudiesPanel(QWidget):
    """Studies with their series; a double click or Return opens one, a drag hangs it in a view."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        gone: list[bool] = []  # thumbnails may still come when the panel is no more
        self.destroyed.connect(lambda *_: gone.append(True))
        self._gone = gone
        self._thumbnails: dict[str, QIcon] = {}
        self._asked: set[str] = set()
        self._drawn_here: set[str] = set()
        self._hidden: set[str] = set()
        self._recent: tuple[Recent, ...] = ()
        self._none = QLabel(self.tr("Drop a folder, a ZIP or files here, or press Ctrl+O."))
        self._none.setWordWrap(True)
        self._none.setObjectName("quiet")
        self._none.setContentsMargins(10, 8, 10, 8)
        self._tree = SeriesTree(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._none)
        column.addWidget(self._tree)
        self._tree.itemActivated.connect(self._activated)
        desk.session.catalogue.changed.connect(self._listed)
        desk.session.images.changed.connect(self._opened)
        desk.session.sealing.changed.connect(self._hidden_or_shown)
        self._listed(desk.session.catalogue.value, Catalogue())
        list_recent(desk, self._remembered)

    def _hidden_or_shown(self, _new: object, _old: object) -> None:
        """List anew where other series wait for the first read than before."""
        now = self._desk.session.catalogue.value
        hidden = {key for study in now.studies for key in self._hidden_of(study)}
        if hidden != self._hidden:
            self._listed(now, now)

    def _hidden_of(self, study: Study) -> dict[str, str]:
        return marked_and_hidden(self._desk.session, study)

    def _activated(self, item: QTreeWidgetItem, _column: int) -> None:
        key = item.data(0, _KEY)
        place = item.data(0, _PLACE)
        if key:
            open_series(self._desk, key)
        elif place:
            open_paths(self._desk, [Path(place)])

    def _listed(self, new: Catalogue, _old: Catalogue) -> None:
        self._tree.clear()
        self._hidden = {key for study in new.studies for key in self._hidden_of(study)}
        for study in new.studies:
            self._add_study(study)
        if new.refused:
            self._add_refused(new.refused)
        self._none.setVisible(not new.studies and not new.refused)
        self._add_recent()
        unasked = self._asked | self._hidden
        wanted = [item for _, item in new.all_series() if item.key not in unasked]
        self._asked.update(item.key for item in wanted)
        make_thumbnails(self._desk, tuple(wanted), self._drawn)
        self._opened(self._desk.session.images.value, Images())

    def _add_study(self, study: Study) -> None:
        patient = study.patient
        name = patient.name.replace("^", " ").strip() or patient.id or self.tr("Unnamed")
        when = [written_date(study.date), kept_apart(study.description)]
        lines = [kept_apart(name), " · ".join(filter(None, when))]
        top = QTreeWidgetItem(["\n".join(filter(None, lines))])
        top.setToolTip(0, self.tr("Patient ID {id}").format(id=patient.id or "–"))
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        self._tree.addTopLevelItem(top)
        hidden = self._hidden_of(study)
        for series in study.series:
            why = hidden.get(series.key, "")
            top.addChild(self._hidden_item(series, why) if why else self._series_item(series))
        top.setExpanded(True)

    def _series_item(self, series: Series) -> QTreeWidgetItem:
        item = QTreeWidgetItem([_lines(series)])
        item.setData(0, _KEY, series.key)
        item.setIcon(0, self._icon_of(series.key))
        item.setToolTip(0, "\n".join(notice.sentence for notice in series.notices))
        if series.kind is SeriesKind.OBJECT:
            item.setIcon(0, QIcon())
        return item

    def _hidden_item(self, series: Series, why: str) -> QTreeWidgetItem:
        """Return a line for what waits for the first read: neither its name nor its picture."""
        title = self.tr("Hidden until first read")
        item = QTreeWidgetItem([f"{title}\n{in_words(why)}"])
        item.setData(0, _KEY, series.key)
        item.setIcon(0, _blank())
        item.setToolTip(
            0,
            self.tr(
                "Another program may have drawn its marks here. It appears when your first read "
                "is stored. A double click shows it now: you are asked why, and that is kept."
            ),
        )
        return item

    def _icon_of(self, key: str) -> QIcon:
        """Return its own picture, or until that is made the one of what it was made from."""
        for one in (key, *sources_of(key)):
            if one in self._thumbnails:
                return self._thumbnails[one]
        return _blank()

    def _add_refused(self, refused: tuple[Refusal, ...]) -> None:
        top = QTreeWidgetItem([self.tr("Not opened: {count}").format(count=len(refused))])
        top.setToolTip(0, self.tr("Unfold to see why"))
        self._tree.addTopLevelItem(top)
        for code, alike in _by_code(refused).items():
            under = top
            if len(alike) > _MANY_ALIKE:
                under = QTreeWidgetItem(
                    [f"{in_words(reason_without_name(alike[0]))} ({len(alike)})"]
                )
                under.setToolTip(0, code)
                top.addChild(under)
            for refusal in alike:
                item = QTreeWidgetItem([in_words(_reason(refusal))])
                item.setToolTip(0, str(refusal.path))
                under.addChild(item)
        self._tree.setRootIsDecorated(True)

    def _remembered(self, recent: tuple[Recent, ...]) -> None:
        self._recent = recent
        self._add_recent()

    def _add_recent(self) -> None:
        """List what was opened lately below what is open, folded away once something is."""
        open_uids = {study.uid for study in self._desk.session.catalogue.value.studies}
        recent = [item for item in self._recent if item.study_uid not in open_uids]
        if not recent:
            return
        top = QTreeWidgetItem([self.tr("Recent studies")])
        self._tree.addTopLevelItem(top)
        self._tree.setRootIsDecorated(True)
        for item in recent:
            top.addChild(_recent_item(item))
        top.setExpanded(not open_uids)

    def _opened(self, new: Images, _old: Images) -> None:
        for item in self._items():
            font = item.font(0)
            font.setUnderline(False)
            key = item.data(0, _KEY)
            font.setBold(any(key in (opened.key, opened.group) for opened in new))
            item.setFont(0, font)
        for opened in new:
            if opened.series.format == DERIVED and opened.key not in self._drawn_here:
                self._drawn_here.add(opened.key)
                draw_derived(self._desk, opened, self._drawn)

    def _drawn(self, key: str, picture: NDArray[np.uint8]) -> None:
        if self._gone:
            return
        self._thumbnails[key] = _icon(picture)
        for item in self._items():
            if item.data(0, _KEY) == key and key not in self._hidden:
                item.setIcon(0, self._thumbnails[key])

    def _items(self) -> list[QTreeWidgetItem]:
        found = []
        for number in range(self._tree.topLevelItemCount()):
            top = self._tree.topLevelItem(number)
            children = [top.child(row) for row in range(top.childCount())] if top else []
            found += [item for item in children if item is not None and item.data(0, _KEY)]
        return found


def _by_code(refused: tuple[Refusal, ...]) -> dict[str, list[Refusal]]:
    """Put together what was not opened for the same kind of reason, the most frequent first."""
    kinds: dict[str, list[Refusal]] = {}
    for refusal in refused:
        kinds.setdefault(refusal.code, []).append(refusal)
    return dict(sorted(kinds.items(), key=lambda kind: -len(kind[1])))


def reason_without_name(refusal: Refusal) -> str:
    """Return why a file was not opened, without saying which."""
    told = refusal.sentence.removeprefix(refusal.path.name).lstrip(" :,")
    return f"{told[:1].upper()}{told[1:]}"


def _reason(refusal: Refusal) -> str:
    """Return why a file was not opened, beginning with its name."""
    name, sentence = refusal.path.name, refusal.sentence
    return sentence if sentence.startswith(name) else f"{name}: {sentence}"


def _recent_item(recent: Recent) -> QTreeWidgetItem:
    person = recent.patient_name.replace("^", " ").strip() or recent.patient_id
    name = person or recent.description or recent.path.name
    modalities = ", ".join(recent.modalities)
    lines = [kept_apart(name), " · ".join(filter(None, [written_date(recent.date), modalities]))]
    item = QTreeWidgetItem(["\n".join(filter(None, lines))])
    item.setData(0, _PLACE, str(recent.path))
    item.setToolTip(0, str(recent.path))
    return item


def written_date(stored: str) -> str:
    """Return a stored date (YYYYMMDD) as it is written; anything else as it is."""
    plain = len(stored) == 8 and stored.isdigit()
    return f"{stored[:4]}-{stored[4:6]}-{stored[6:]}" if plain else stored


def _lines(series: Series) -> str:
    size = f"{series.columns} × {series.rows}" if series.rows else ""
    images = _counted(series) if series.rows else in_words("object")
    numbers = " · ".join(filter(None, [series.modality, images, size]))
    notices = [f"⚠ {in_words(notice.sentence)}" for notice in series.notices[:1]]
    return "\n".join([kept_apart(series.title), numbers, *notices])


def _counted(series: Series) -> str:
    """Return how many images a series has, or how many moments of how many slices."""
    if series.format == DERIVED:
        return in_words("derived, not on disk")
    count = len(series.parts[0].instances if series.parts else series.instances)
    word = "slice" if series.parts else "image"
    images = in_words(f"{count} {word}{'s' if count != 1 else ''}")
    return f"{in_words(moments_in_words(series))} × {images}" if series.parts else images


def _icon(picture: NDArray[np.uint8]) -> QIcon:
    rows, columns = picture.shape
    data = np.ascontiguousarray(picture)
    image = QImage(data.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8)
    square = QPixmap(_THUMBNAIL_PX * 2, _THUMBNAIL_PX * 2)
    square.fill(Qt.GlobalColor.black)
    scaled = image.scaled(
        square.size(),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    painter = QPainter(square)
    painter.drawImage(
        (square.width() - scaled.width()) // 2, (square.height() - scaled.height()) // 2, scaled
    )
    painter.end()
    return QIcon(square)


def _blank() -> QIcon:
    pixmap = QPixmap(_THUMBNAIL_PX, _THUMBNAIL_PX)
    pixmap.fill(Qt.GlobalColor.black)
    return QIcon(pixmap)
