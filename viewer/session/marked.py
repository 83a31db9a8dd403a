"""In which slices of a view something was found or measured."""

from __future__ import annotations

import numpy as np

from viewer.core.finding import Status
from viewer.core.stack import Stack
from viewer.session.ground import frame_at
from viewer.session.session import Session
from viewer.session.stepping import Steps

_MOST = 2000


def marked_slices(session: Session, cell: int, line: Steps | None) -> tuple[int, ...]:
    """Return the numbers (from 0) of the slices with a visible finding or a measurement."""
    opened = session.image_in(cell)
    if opened is None:
        return ()
    said = session.record.value
    found: set[int] = set()
    if line is not None:
        space = opened.frame_of_reference_uid
        spots = session.visible_spots()
        there = [
            one.series_key == opened.key and one.status is not Status.REJECTED
            for one in spots.findings
        ]
        found = set(line.indices(spots.positions[there]).tolist())
        for one in said.measurements[:_MOST]:
            if one.points and one.anchor.frame_of_reference_uid == space and space:
                middle = np.mean(np.asarray(one.points), axis=0)
                found.add(line.index((float(middle[0]), float(middle[1]), float(middle[2]))))
    elif isinstance(opened.image, Stack):
        numbers = (
            frame_at(opened.image, one.anchor)
            for one in said.measurements[:_MOST]
            if one.anchor.series_key == opened.key
        )
        found = {number for number in numbers if number is not None}
    return tuple(sorted(found))
