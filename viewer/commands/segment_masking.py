"""A series cut out along a segment: everything outside it, or inside, set to one value."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.enhance_apply import Applied, check_loaded, made_from, show_made
from viewer.commands.segment_edits import has_chosen, required
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Series
from viewer.core.volume import Volume
from viewer.session.images import OpenImage

_MOST = 1e9


def mask(desk: Desk, *, inside: bool) -> None:
    """Ask for the value, and make a series with it outside the segment, or inside.

    Raises:
        Declined: if no segment is chosen, or it lies on another grid than its image.
    """
    found, segment = required(desk)
    opened = desk.session.images.value.get(found.series_key)
    if opened is None or not isinstance(opened.image, Volume):
        raise Declined("The series of the segment is not open.", code="not_open")
    if opened.image.geometry != found.geometry:
        raise Declined(
            "The segment lies on another grid than its image; copy it to a group of the image.",
            code="other_grid",
        )
    check_loaded(desk, opened)
    volume = opened.image

    def answered(text: str) -> None:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = np.inf
        if not abs(value) <= _MOST:
            desk.session.say(f"“{text.strip()}” is no value; nothing was masked.", serious=True)
            return
        _begin(desk, opened, volume, (found, segment), value, inside=inside)

    least = float(volume.voxels.min()) * volume.slope + volume.intercept
    usual = "-1000" if volume.unit == "[hnsf'U]" else f"{least:g}"
    place = "inside" if inside else "outside"
    desk.asker.ask_text("Mask series", f"Which value {place} the segment?", usual, answered)


def _begin(
    desk: Desk,
    opened: OpenImage,
    volume: Volume,
    what: tuple[Segmentation, Segment],
    value: float,
    *,
    inside: bool,
) -> None:
    desk.runner.start(
        f"Mask by {what[1].name}",
        partial(_masked, opened.series, volume, what, value, inside),
        partial(show_made, desk, opened),
        failed=partial(tell, desk),
        instead_of=f"mask {opened.key}",
        belongs_to=opened.study.uid,
        needs_bytes=volume.voxels.size * 6,
    )


def _masked(
    series: Series,
    volume: Volume,
    what: tuple[Segmentation, Segment],
    value: float,
    inside: bool,  # noqa: FBT001 - handed on by a partial
    progress: Progress,
) -> Applied:
    found, segment = what
    progress.report(0.0, "masking")
    gone = np.asarray(found.label_map.whole() == segment.label)
    if not gone.any():
        raise Declined(f"{segment.name} is empty; nothing was masked.", code="empty_segment")
    values = volume.values()
    progress.report(0.5, "masking")
    values[gone if inside else ~gone] = np.float32(value)
    made = replace(volume, voxels=values, slope=1.0, intercept=0.0, padding=None)
    place = "inside" if inside else "outside"
    words = f"values {place} {segment.name} set to {value:g}"
    mark = f"{words} {found.id} {int(np.count_nonzero(gone))}"
    made = replace(made, provenance=(*volume.provenance, f"Derived: {words}."))
    return made_from(series, made, "masked", [words], mark)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="segment.mask_outside",
        title="Mask series outside…",
        help="Make a new series with one value everywhere outside the segment.",
        menu="Segment/Combine",
        run=partial(mask, inside=False),
        allowed=has_chosen,
    ),
    Command(
        id="segment.mask_inside",
        title="Mask series inside…",
        help="Make a new series with one value everywhere inside the segment.",
        menu="Segment/Combine",
        run=partial(mask, inside=True),
        allowed=has_chosen,
    ),
)
