"""Segments copied from one group to another of the same patient space."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.commands import segment_jobs
from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.segment_edits import has_chosen, required
from viewer.commands.segment_operations import with_labels
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.segmentation import Segment, Segmentation
from viewer.session.session import segment_key


def copy_segment(desk: Desk) -> None:
    """Ask for a segment of any group in the same space, and copy it into this one."""
    found, segment = required(desk)
    others = [
        (one, part)
        for one in desk.session.record.value.segmentations
        for part in one.segments
        if segment_key(one, part) != segment_key(found, segment) and _same_space(one, found)
    ]
    if not others:
        raise Declined(
            "There is no other segment in this patient space to copy from.", code="no_segment"
        )

    def answered(number: int) -> None:
        source, part = others[number]
        same = source.geometry == found.geometry
        if not same:
            desk.session.say(
                f"{part.name} lies on another grid: the nearest voxels are taken.", serious=False
            )
        segment_jobs.change(
            desk, f"Copy {part.name}", found, partial(_copied, source, part, segment.label)
        )

    words = tuple(f"{part.name} ({one.title})" for one, part in others)
    desk.asker.ask_choice(
        "Copy segment", "Which segment is to be added to this one?", words, answered
    )


def _same_space(one: Segmentation, other: Segmentation) -> bool:
    uid = one.geometry.frame_of_reference_uid
    return bool(uid) and uid == other.geometry.frame_of_reference_uid


def _copied(
    source: Segmentation, part: Segment, label: int, before: Segmentation, progress: Progress
) -> Segmentation:
    progress.report(0.0, part.name)
    mask = np.asarray(source.label_map.whole() == part.label)
    if source.geometry != before.geometry:
        mask = on_grid(mask, source.geometry, before.geometry)
    labels = before.label_map.whole().astype(np.uint16)
    labels[mask & (labels == 0)] = label
    return with_labels(before, labels)


def on_grid(mask: NDArray[np.bool_], grid: Geometry, other: Geometry) -> NDArray[np.bool_]:
    """Return a mask on another grid of the same space: each voxel as the nearest of the mask."""
    from scipy.ndimage import affine_transform

    way = np.linalg.inv(grid.affine) @ other.affine
    moved = affine_transform(
        mask.astype(np.uint8),
        way[:3, :3],
        way[:3, 3],
        other.shape,
        order=0,
        cval=0,
        prefilter=False,
    )
    return np.asarray(moved > 0)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="segment.copy_from",
        title="Add a copy of another segment…",
        help="Copy a segment of any group in this patient space into the one that is worked on.",
        menu="Segment/Combine",
        run=copy_segment,
        allowed=has_chosen,
    ),
)
