"""Segments copied from one group to another of the same patient space."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.commands import segment_jobs
from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.segment_edits import has_chosen, require_unlocked, required
from viewer.commands.segment_operations import with_labels
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.segmentation import Segment, Segmentation


def copy_segment(desk: Desk) -> None:
    """Ask for a segment of any group in the same space, and copy it into this one."""
    found, segment = required(desk)
    require_unlocked(desk, found, segment)
    others = [
        (one, part, grid)
        for one in desk.session.record.value.segmentations
        for grid in (_grid_here(desk, one, found),)
        for part in one.segments
        if grid is not None and one.id != found.id
    ]
    if not others:
        raise Declined(
            "There is no other segment group in this patient space to copy from, nor in one that "
            "was brought in line with it by hand.",
            code="no_segment",
        )

    def answered(number: int) -> None:
        source, part, grid = others[number]
        if source.geometry.frame_of_reference_uid != found.geometry.frame_of_reference_uid:
            desk.session.say(
                f"{part.name} comes from another patient space that was brought in line by hand; "
                "check its place.",
                serious=True,
            )
        elif grid != found.geometry:
            desk.session.say(f"{part.name} lies on another grid: the nearest voxels are taken.")
        work = partial(_copied, source, grid, part, segment.label)
        segment_jobs.change(desk, f"Copy {part.name}", found, work, label=segment.label)

    words = tuple(f"{part.name} ({one.title})" for one, part, _ in others)
    desk.asker.ask_choice(
        "Copy segment", "Which segment is to be added to this one?", words, answered
    )


def _grid_here(desk: Desk, one: Segmentation, target: Segmentation) -> Geometry | None:
    """Return where a group lies in the patient space of another; None where that is unknown."""
    grid, space = one.geometry, target.geometry.frame_of_reference_uid
    if not space or grid.frame_of_reference_uid == space:
        return grid if space and not _of_others(desk, one, target) else None
    places = desk.session.linking.value.everywhere(space, (0.0, 0.0, 0.0))
    offset = places.get(grid.frame_of_reference_uid)
    if offset is None:
        return None
    moved = np.array(grid.affine)
    moved[:3, 3] -= offset
    return Geometry(grid.shape, moved, space)


def _of_others(desk: Desk, one: Segmentation, other: Segmentation) -> bool:
    """Tell whether two groups are of two people, though their files name one patient space."""
    images = desk.session.images.value
    first, second = images.get(one.series_key), images.get(other.series_key)
    if first is None or second is None:
        return False
    return first.study.identity[1:] != second.study.identity[1:]


def _copied(
    source: Segmentation,
    grid: Geometry,
    part: Segment,
    label: int,
    before: Segmentation,
    progress: Progress,
) -> Segmentation:
    progress.report(0.0, part.name)
    mask = np.asarray(source.label_map.whole() == part.label)
    if grid != before.geometry:
        mask = on_grid(mask, grid, before.geometry)
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
        mode="grid-constant",  # "constant" leaves out the outer halves of the voxels at the edges
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
