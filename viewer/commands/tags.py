"""The header of the picture that is looked at, read in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from viewer.commands.desk import Desk
from viewer.core.stack import Stack
from viewer.core.study import Instance
from viewer.io.tag_list import Tag, found, tags_of
from viewer.jobs.job import Failure
from viewer.session.images import OpenImage
from viewer.session.session import Session

__all__ = ["Seen", "Tag", "found", "read_tags", "seen_picture"]


@dataclass(frozen=True, slots=True)
class Seen:
    """The stored picture in the active view: its file, and which frame of it (from 0)."""

    path: Path
    frame: int
    number: int
    count: int
    study_uid: str


def seen_picture(session: Session) -> Seen | None:
    """Return the stored picture in the active view; None where there is none of DICOM.

    In a view across the slices of a volume it is the slice through the crosshair.
    """
    opened = session.active_image
    if opened is None or opened.series.format != "DICOM":
        return None
    number = _number(session, opened)
    instance = _instance(opened, number)
    if instance is None:
        return None
    return Seen(instance.path, instance.frame, number, opened.count, opened.study.uid)


def read_tags(
    desk: Desk,
    seen: Seen,
    then: Callable[[tuple[Tag, ...]], None],
    failed: Callable[[Failure], None],
) -> None:
    """Read the header of a picture and hand its rows over; a later wish replaces an earlier."""
    desk.runner.start(
        f"Tags of {seen.path.name}",
        partial(tags_of, seen.path, seen.frame),
        then,
        failed=failed,
        instead_of="tags",
        belongs_to=seen.study_uid,
    )


def _number(session: Session, opened: OpenImage) -> int:
    """Return which slice or frame is looked at."""
    hanging, place = session.hanging.value, session.place.value
    if isinstance(opened.image, Stack):
        return min(max(hanging.cells[hanging.active].frame, 0), opened.count - 1)
    if place.frame_of_reference_uid != opened.frame_of_reference_uid:
        return opened.count // 2
    return opened.image.geometry.nearest(place.position)[0]


def _instance(opened: OpenImage, number: int) -> Instance | None:
    """Return the stored picture that a slice was read from."""
    image, instances = opened.image, opened.series.instances
    if isinstance(image, Stack):
        origin = image.frames[number].origin
    elif image.origins:
        origin = image.origins[number]
    else:
        return instances[number] if len(instances) == opened.count else None
    wanted = (origin.sop_instance_uid, origin.frame)
    same = (one for one in instances if (one.sop_instance_uid, one.frame) == wanted)
    return next(same, None)
