"""The numbers of segments: kept up to date while they are edited, and written into files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.label_map import LabelMap
from viewer.core.progress import Progress
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.volume import Volume
from viewer.imaging.segment_statistics import (
    SegmentStatistics,
    cut_out,
    has_changed,
    statistics_of,
    within,
)
from viewer.io.segment_table import Line, write_statistics
from viewer.session.images import OpenImage
from viewer.session.observable import Observable
from viewer.session.session import Place, Session, segment_key
from viewer.session.whereabouts import jump

Named = tuple[str, Volume]
_JOB = "segment statistics"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One segment with its numbers, None while there are none.

    `labels` and `images` are what they are of. `stale` tells that the segment may have changed
    since, and is being measured anew.
    """

    segmentation: Segmentation
    segment: Segment
    labels: LabelMap | None = None
    images: tuple[Named, ...] = ()
    statistics: SegmentStatistics | None = None
    stale: bool = False

    @property
    def key(self) -> str:
        """What names the segment."""
        return segment_key(self.segmentation, self.segment)

    @property
    def line(self) -> Line:
        """The row as it is written into a file."""
        one = self.segmentation
        return Line(one.title, self.segment, self.statistics, one.status)


Wish = tuple[Row, tuple[Named, ...]]
"""A segment to be measured, and the images under it."""


class Statistics:
    """Knows the numbers of all segments on screen, and has those measured that changed.

    It works only while somebody looks: see `look`.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looking = False
        self.rows = Observable[tuple[Row, ...]](())
        desk.session.record.changed.connect(self._news)
        desk.session.images.changed.connect(self._news)

    def look(self, *, on: bool) -> None:
        """Begin to keep the numbers up to date, or leave off."""
        self._looking = on
        if on:
            self.refresh()
        else:
            for job in self._desk.runner.jobs:
                if job.order.instead_of == _JOB:
                    job.cancel()

    def _news(self, *_: object) -> None:
        if self._looking:
            self.refresh()

    def refresh(self) -> None:
        """List the segments there are, and measure what is new or may have changed."""
        known = {row.key: row for row in self.rows.value}
        rows = tuple(
            _still(known.get(segment_key(one, segment)), one, segment, images)
            for one in shown_segmentations(self._desk.session)
            for images in (images_over(self._desk.session, one),)
            for segment in one.segments
        )
        self.rows.set(rows)
        wanted = tuple(
            (row, images_over(self._desk.session, row.segmentation)) for row in rows if row.stale
        )
        if wanted:
            self._desk.runner.start(
                "Measure segments",
                partial(measure_all, wanted, self._hand_over),
                lambda _: None,
                failed=partial(tell, self._desk),
                instead_of=_JOB,
            )

    def _hand_over(self, row: Row) -> None:
        """Take a row from the job, on its thread."""
        self._desk.post(partial(self._came, row))

    def _came(self, row: Row) -> None:
        """Put in what was measured; late news of an older state does not undo newer."""
        now = tuple(
            self._newer(there, row) if there.key == row.key and there.stale else there
            for there in self.rows.value
        )
        self.rows.set(now)

    def _newer(self, there: Row, row: Row) -> Row:
        """Return a row as it was measured, stale still if the segment is another by now."""
        same = row.labels is there.segmentation.label_map
        images = images_over(self._desk.session, there.segmentation)
        stale = not (same and _are_same(row.images, images))
        return replace(row, segmentation=there.segmentation, segment=there.segment, stale=stale)


def _still(row: Row | None, one: Segmentation, segment: Segment, images: tuple[Named, ...]) -> Row:
    """Return what is known of a segment, stale if labels or images are others by now."""
    if row is None:
        return Row(one, segment, stale=True)
    fresh = row.labels is one.label_map and _are_same(row.images, images)
    if fresh and row.segmentation is one and not row.stale:
        return row
    return replace(row, segmentation=one, segment=segment, stale=not fresh)


def _are_same(some: Sequence[Named], others: Sequence[Named]) -> bool:
    return len(some) == len(others) and all(
        a[0] == b[0] and a[1] is b[1] for a, b in zip(some, others, strict=True)
    )


def measure_all(wishes: Sequence[Wish], then: Callable[[Row], None], progress: Progress) -> None:
    """Measure segments one after the other and hand each over; what did not change is kept.

    Raises:
        Cancelled: between two segments, if nobody wants them any more.
    """
    for number, (row, images) in enumerate(wishes):
        progress.report(number / len(wishes), row.segment.name)
        then(_measured(row, images))


def _measured(row: Row, images: tuple[Named, ...]) -> Row:
    one = row.segmentation
    known = row.statistics
    if row.labels is None or has_changed(row.labels, one.label_map, row.segment.label):
        known = None
    result = replace(row, labels=one.label_map, images=images, statistics=known, stale=False)
    if known is not None and _are_same(row.images, images):
        return result
    cut = cut_out(one.label_map, one.geometry, row.segment.label)
    if cut is None:
        return replace(result, statistics=None)
    if known is None:
        return replace(result, statistics=statistics_of(cut, images))
    before = {id(image[1]): one for image, one in zip(row.images, known.within, strict=True)}
    now = tuple(before.get(id(volume)) or within(cut, name, volume) for name, volume in images)
    return replace(result, statistics=replace(known, within=now))


def shown_segmentations(session: Session) -> tuple[Segmentation, ...]:
    """Return the segmentations of the open images that nobody rejected."""
    there = session.images.value
    return tuple(
        one
        for one in session.record.value.segmentations
        if one.status != "rejected" and there.get(one.series_key) is not None
    )


def images_over(session: Session, one: Segmentation) -> tuple[Named, ...]:
    """Return the open volumes in the space of a segmentation, its own first, with their names."""
    own = session.images.value.get(one.series_key)
    if own is None:
        return ()
    others = (each for each in session.images.value if each is not own and _share(own, each))
    found = [each for each in (own, *others) if each.is_whole]
    return tuple((_title(each), each.image) for each in found if isinstance(each.image, Volume))


def _share(own: OpenImage, other: OpenImage) -> bool:
    """Tell whether two images are of one person and space, and no two moments of one series."""
    uid = own.frame_of_reference_uid
    return (
        bool(uid)
        and other.frame_of_reference_uid == uid
        and other.study.identity[1:] == own.study.identity[1:]
        and not (own.group and own.group == other.group)
    )


def _title(opened: OpenImage) -> str:
    series = opened.series
    return f"{series.number}: {series.title}" if series.number else series.title


def go_to(session: Session, row: Row, index: int | None = None) -> None:
    """Show the centre of a segment, or of its part in one slice, in all views of its space."""
    opened = session.images.value.get(row.segmentation.series_key)
    if row.statistics is None or opened is None:
        return
    shape = row.statistics.shape
    parts = {one.index: one.position for one in shape.slices}
    position = shape.centre if index is None else parts.get(index, shape.centre)
    jump(session, Place(position, opened.frame_of_reference_uid))


def export(desk: Desk) -> None:
    """Ask for a name and write the numbers of all segments there.

    Raises:
        Declined: if there are no segments.
    """
    rows = tuple(
        (Row(one, segment), images_over(desk.session, one))
        for one in shown_segmentations(desk.session)
        for segment in one.segments
    )
    if not rows:
        raise Declined("There are no segments to be measured.", code="no_segments")
    start = desk.settings.start_folder / "segments.csv"
    desk.asker.choose_name(
        "Export the segment statistics (.csv or .json)", start, partial(_export, desk, rows)
    )


def _export(desk: Desk, rows: Sequence[Wish], path: Path) -> None:
    desk.runner.start(
        f"Write {path.name}",
        partial(_write, rows, path),
        lambda files: desk.session.say(f"Saved: {', '.join(map(str, files))}"),
        failed=partial(tell, desk),
    )


def _write(wishes: Sequence[Wish], path: Path, progress: Progress) -> tuple[Path, ...]:
    done: list[Row] = []
    measure_all(wishes, done.append, progress)
    return write_statistics([row.line for row in done], path)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="segments.export_statistics",
        title="Export segment statistics…",
        help="Write size, shape, place and values of every segment as a table (CSV) or JSON.",
        menu="Segment",
        run=export,
        allowed=lambda desk: bool(shown_segmentations(desk.session)),
    ),
)
