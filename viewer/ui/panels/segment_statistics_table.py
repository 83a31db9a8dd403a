"""Segments and their slices as rows of numbers, each column with its unit and its meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QPixmap

from viewer.commands.segment_statistics import Row
from viewer.core.units import in_words
from viewer.imaging.segment_shape import SegmentShape, SliceArea
from viewer.imaging.segment_statistics import Within
from viewer.imaging.segment_values import SegmentValues
from viewer.ui.segment_names import segment_name
from viewer.ui.theme import colour
from viewer.ui.words import in_words as translated

_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_SWATCH = 10
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SegmentStatistics", text)


@dataclass(frozen=True, slots=True)
class Column:
    """A title, what it means, and how its number is got from a row."""

    title: str
    tip: str
    of_shape: Callable[[SegmentShape], float] | None = None
    of_values: Callable[[SegmentValues], float] | None = None
    decimals: int = 1


def columns() -> tuple[Column, ...]:
    """Return the columns behind the name, in the reader's language."""
    return (
        Column(
            _tr("Volume (ml)"), _tr("All voxels of the segment together."),
            lambda s: s.volume_ml, decimals=2,
        ),
        Column(
            _tr("Long axis (mm)"),
            _tr("The longest line within one acquired slice (RECIST), right to half a voxel."),
            lambda s: s.axes.long.length_mm,
        ),
        Column(
            _tr("Short axis (mm)"),
            _tr("The longest line at right angles to the long axis in the same slice."),
            lambda s: s.axes.short.length_mm,
        ),
        Column(
            _tr("3D diameter (mm)"), _tr("The longest line in any direction (Feret)."),
            lambda s: s.feret.length_mm,
        ),
        Column(
            _tr("Surface (mm²)"),
            _tr("The area of the mesh that is shown in 3D: smoothed, but not shrunk."),
            lambda s: s.area_mm2, decimals=0,
        ),
        Column(
            _tr("Sphericity"), _tr("1 for a ball, less for all else."),
            lambda s: s.sphericity, decimals=3,
        ),
        Column(
            _tr("Elongation"),
            _tr("The second principal axis by the longest; 1 is not elongated (IBSI)."),
            lambda s: s.elongation, decimals=3,
        ),
        Column(_tr("Mean"), _tr("Mean of the values."), None, lambda v: v.mean),
        Column(_tr("SD"), _tr("Standard deviation of the voxels."), None, lambda v: v.sd),
        Column(_tr("Minimum"), _tr("The least value."), None, lambda v: v.minimum),
        Column(_tr("5 %"), _tr("The 5th percentile."), None, lambda v: v.percentiles[0]),
        Column(_tr("25 %"), _tr("The 25th percentile."), None, lambda v: v.percentiles[1]),
        Column(_tr("Median"), _tr("The value in the middle."), None, lambda v: v.median),
        Column(_tr("75 %"), _tr("The 75th percentile."), None, lambda v: v.percentiles[3]),
        Column(_tr("95 %"), _tr("The 95th percentile."), None, lambda v: v.percentiles[4]),
        Column(_tr("Maximum"), _tr("The greatest value."), None, lambda v: v.maximum),
        Column(_tr("Voxels"), _tr("Voxels of the segment."), lambda s: s.voxels, decimals=0),
        *_places(),
    )  # fmt: skip


def _places() -> tuple[Column, ...]:
    tip, side = _tr("Centre of mass, LPS."), _tr("Side of the box along the body.")

    def centre(axis: int) -> Callable[[SegmentShape], float]:
        return lambda shape: shape.centre[axis]

    def extent(axis: int) -> Callable[[SegmentShape], float]:
        return lambda shape: shape.extent_mm[axis]

    return (
        *(Column(f"{name} (mm)", tip, centre(n)) for n, name in enumerate("xyz")),
        *(Column(f"Δ{name} (mm)", side, extent(n)) for n, name in enumerate("xyz")),
    )


class _Table(QAbstractTableModel):
    """What both tables have in common: titles, and numbers that are right-aligned."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._titles: tuple[str, ...] = ()
        self._tips: tuple[str, ...] = ()

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title, and what it means."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return self._tips[section] if role == Qt.ItemDataRole.ToolTipRole else None


class SegmentTable(_Table):
    """Segments in the order of the record; sorting is the proxy's."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.image = ""
        self._columns = columns()
        self._head("")

    def show_rows(self, rows: tuple[Row, ...], image: str) -> None:
        """Replace all rows, with the values of the image of this name."""
        same = [row.key for row in rows] == [row.key for row in self.rows]
        self.image = image
        if same:
            self.rows = rows
            last = self.index(len(rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        found = [one for one in map(self.values, rows) if one is not None]
        self._head(in_words(found[0].unit) if found else "")

    def values(self, row: Row) -> SegmentValues | None:
        """Return the values of the chosen image in a segment, if there are any."""
        there = row.statistics.within if row.statistics is not None else ()
        return next((one.values for one in there if one.image == self.image), None)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many segments there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says, sorts by, and looks like."""
        row, place = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _named(row) if place == 0 else self._text(row, self._columns[place - 1])
        if role == Qt.ItemDataRole.UserRole:
            return _named(row).casefold() if place == 0 else self._sort_key(row, place)
        if role == Qt.ItemDataRole.DecorationRole and place == 0:
            return _swatch(row)
        if role == Qt.ItemDataRole.TextAlignmentRole and place:
            return _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole:
            return colour("faint") if row.stale else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row)
        return None

    def number(self, row: Row, column: Column) -> float | None:
        """Return the number of a column, None while there is none."""
        if row.statistics is None:
            return None
        if column.of_shape is not None:
            return float(column.of_shape(row.statistics.shape))
        values = self.values(row)
        return None if values is None or column.of_values is None else column.of_values(values)

    def _text(self, row: Row, column: Column) -> str:
        number = self.number(row, column)
        if number is not None:
            return f"{number:.{column.decimals}f}"
        return "…" if row.stale else "–"

    def _sort_key(self, row: Row, place: int) -> float:
        number = self.number(row, self._columns[place - 1])
        return float("-inf") if number is None else number

    def _tip(self, row: Row) -> str:
        lines = [
            f"{_named(row)} · {translated(row.segmentation.title)} · {row.segmentation.author}"
        ]
        if row.statistics is None:
            lines.append(_tr("Is being measured.") if row.stale else _tr("It has no voxels."))
            return "\n".join(lines)
        lines += filter(None, map(remark_on, row.statistics.within))
        return "\n".join(lines)

    def _head(self, unit: str) -> None:
        def titled(column: Column) -> str:
            return f"{column.title} ({unit})" if column.of_values and unit else column.title

        titles = (_tr("Segment"), *map(titled, self._columns))
        changed = titles != self._titles
        self._titles = titles
        self._tips = ("", *(column.tip for column in self._columns))
        if changed:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(titles) - 1)


def remark_on(within: Within) -> str:
    """Say in the reader's language what must be known of an image's values; often nothing."""
    found = within.values
    if found is None:
        return f"{within.image}: {translated(within.why_not)}"
    parts = []
    if found.resampled:
        parts.append(_tr("segment resampled onto its grid (nearest neighbour)"))
    if found.outside > 0:
        parts.append(_tr("{part} of the segment lie outside").format(part=f"{found.outside:.1%}"))
    if found.missing:
        parts.append(_tr("{count} voxels without a value left out").format(count=found.missing))
    return f"{within.image}: {'; '.join(parts)}." if parts else ""


def _named(row: Row) -> str:
    return segment_name(row.segment, row.segmentation)


def _swatch(row: Row) -> QPixmap:
    made = QPixmap(_SWATCH, _SWATCH)
    made.fill(QColor(*row.segment.colour))
    return made


class SliceTable(_Table):
    """The slices of one segment, from the first stored one on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.slices: tuple[SliceArea, ...] = ()
        self._means: dict[int, float] = {}
        self._head("")

    def show_slices(self, slices: Sequence[SliceArea], values: SegmentValues | None) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.slices = tuple(slices)
        self._means = dict(values.slices) if values is not None else {}
        self._head(in_words(values.unit) if values is not None else "")
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many slices there are."""
        return 0 if parent.isValid() else len(self.slices)

    def mean(self, one: SliceArea) -> float | None:
        """Return the mean of the values in a slice, if there are any."""
        return self._means.get(one.index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says and sorts by."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        one = self.slices[index.row()]
        mean = self.mean(one)
        numbers = (one.index + 1, one.position[2], one.area_mm2, mean)
        number = numbers[index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return float("-inf") if number is None else number
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if number is None:
            return "–"
        return str(number) if index.column() == 0 else f"{number:.1f}"

    def _head(self, unit: str) -> None:
        mean = f"{_tr('Mean')} ({unit})" if unit else _tr("Mean")
        self._titles = (_tr("Slice"), "z (mm)", _tr("Area (mm²)"), mean)
        self._tips = (
            _tr("As it is stored, from 1."),
            _tr("Of its centre of mass, LPS."),
            _tr("Of the voxels in this slice."),
            _tr("Mean of the values."),
        )
