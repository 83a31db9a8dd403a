"""Which stored picture a slice or frame came from."""

from __future__ import annotations

from viewer.core.stack import Stack
from viewer.core.study import Instance
from viewer.session.images import OpenImage


def origin_of(opened: OpenImage, number: int) -> tuple[str, int] | None:
    """Return the SOP instance UID and the frame (from 0) of a slice; None where it has none."""
    image = opened.image
    if isinstance(image, Stack):
        if not 0 <= number < len(image.frames):
            return None
        origin = image.frames[number].origin
        return origin.sop_instance_uid, origin.frame
    if 0 <= number < len(image.origins):
        origin = image.origins[number]
        return origin.sop_instance_uid, origin.frame
    found = instance_of(opened, number)
    return None if found is None else (found.sop_instance_uid, found.frame)


def instance_of(opened: OpenImage, number: int) -> Instance | None:
    """Return the stored picture that a slice was read from."""
    image, instances = opened.image, opened.series.instances
    if not isinstance(image, Stack) and not image.origins:
        whole = len(instances) == opened.count and 0 <= number < opened.count
        return instances[number] if whole else None
    origin = origin_of(opened, number)
    same = (one for one in instances if (one.sop_instance_uid, one.frame) == origin)
    return next(same, None)
