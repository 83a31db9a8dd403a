"""Segments emptied, or taken away with their voxels, in a job: a large one takes a while."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from viewer.commands import segment_jobs
from viewer.commands.desk import Desk
from viewer.commands.segment_edits import choose, group, remove_group, require_unlocked, required
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation


def clear_segment(desk: Desk) -> None:
    """Take all voxels out of the segment that is worked on."""
    found, segment = required(desk)
    require_unlocked(desk, found, segment)
    work = partial(_without, segment.label)
    title = f"Empty {segment.name}"
    segment_jobs.change(desk, title, found, work, label=segment.label, by_hand=True)


def remove_segment(desk: Desk) -> None:
    """Take the segment that is worked on away, with its voxels; the last one with its group."""
    found, segment = required(desk)
    require_unlocked(desk, found, segment)
    if len(found.segments) == 1:
        remove_group(desk)
        return

    def done() -> None:
        now, worked = group(desk, found.id), desk.session.segmenting.value
        if now and (worked.segmentation_id, worked.label) == (found.id, segment.label):
            choose(desk, now.id, now.segments[0].label)

    work = partial(_without, segment.label)
    segment_jobs.change(
        desk,
        f"Remove {segment.name}",
        found,
        work,
        label=segment.label,
        by_hand=True,
        drops=True,
        then=done,
    )


def _without(label: int, found: Segmentation, progress: Progress) -> Segmentation:
    """Return a group with none of its voxels in a segment."""
    progress.report(0.0, "looking for the segment")
    box = found.label_map.extent(label)
    if box is None:
        return found
    progress.report(0.3, "emptying the segment")
    block = found.label_map.box(box)
    block[block == label] = 0
    progress.report(0.6, "emptying the segment")
    start = (box[0].start, box[1].start, box[2].start)
    return replace(found, label_map=found.label_map.with_box(start, block))
