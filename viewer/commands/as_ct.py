"""Say that an image whose file does not tell what it is, is a CT in Hounsfield units.

Nothing guesses that. What a reader says is noted with the image, shown in its
views, and can be taken back.
"""

from __future__ import annotations

from dataclasses import replace

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.core.code import HOUNSFIELD, NO_UNIT
from viewer.core.study import Notice
from viewer.core.taken import CODE, NOTED, SAID, UNSAID, is_taken
from viewer.core.volume import Volume
from viewer.session.images import OpenImage


def taken_as_ct(opened: OpenImage) -> OpenImage:
    """Return an open image as a CT in HU; no voxel is touched."""
    return _said(opened, "CT", HOUNSFIELD.value, (NOTED,), (SAID,))


def taken_back(opened: OpenImage) -> OpenImage:
    """Return an open image as its file has it."""
    return _said(opened, UNSAID, NO_UNIT.value, (), ())


def _said(
    opened: OpenImage, modality: str, unit: str, notes: tuple[str, ...], said: tuple[Notice, ...]
) -> OpenImage:
    """Return an image as another thing, with what is noted about that and nothing else."""
    image = opened.image
    if not isinstance(image, Volume):
        raise TypeError("only a volume can be taken as a CT")
    before = tuple(note for note in image.provenance if note != NOTED)
    image = replace(image, modality=modality, unit=unit, provenance=(*before, *notes))
    known = tuple(notice for notice in opened.notices if notice.code != CODE)
    series = replace(opened.series, modality=modality)
    return replace(opened, image=image, series=series, notices=(*known, *said))


def _may_be(desk: Desk) -> bool:
    """Tell whether the active image is a whole volume of which nobody knows what it shows."""
    opened = desk.session.active_image
    if opened is None or not isinstance(opened.image, Volume) or not opened.is_whole:
        return False
    unsaid = opened.image.modality == UNSAID and opened.image.unit == NO_UNIT.value
    return opened.series.format != "DICOM" and (unsaid or is_taken(opened.notices))


def _is_taken(desk: Desk) -> bool:
    opened = desk.session.active_image
    return opened is not None and is_taken(opened.notices)


def _take(desk: Desk) -> None:
    opened = desk.session.active_image
    if opened is None:
        return
    images = desk.session.images
    if is_taken(opened.notices):
        images.set(images.value.with_image(taken_back(opened)))
        desk.session.say("The values are shown as the file has them, without a unit.")
        return
    images.set(images.value.with_image(taken_as_ct(opened)))
    desk.session.say("The values are taken as Hounsfield units of a CT, at your word.")


COMMANDS: tuple[Command, ...] = (
    Command(
        id="image.take_as_hu",
        title="Take values as HU",
        help="Say that a volume whose file does not tell is a CT in Hounsfield units, or not.",
        menu="Image/Unit",
        run=_take,
        allowed=_may_be,
        checked=_is_taken,
    ),
)
