"""How the picture at rest in a view was taken: read from its file, once, in the background."""

from __future__ import annotations

from functools import partial

from viewer.commands.desk import Desk
from viewer.core.stack import Stack
from viewer.core.study import Instance
from viewer.core.technique import Technique
from viewer.io.technique import technique_of
from viewer.jobs.job import Failure
from viewer.session.images import OpenImage
from viewer.session.look import Viewing
from viewer.session.stored_picture import instance_of
from viewer.session.whereabouts import place_in


def want_technique(desk: Desk, cell: int) -> None:
    """Have the header of the picture in a view read, unless it is known or not to be shown."""
    session = desk.session
    if not session.shown.value.texts or session.cine.value is not None:
        return
    picture = _picture(desk, cell)
    if picture is None or session.techniques.value.of(*_name(picture)) is not None:
        return

    def known(technique: Technique) -> None:
        session.techniques.set(session.techniques.value.with_one(*_name(picture), technique))

    def nothing(_: Failure) -> None:
        known(Technique())

    opened = session.image_in(cell)
    desk.runner.start(
        f"Technique of {picture.path.name}",
        partial(technique_of, picture.path, picture.frame),
        known,
        failed=nothing,
        instead_of=f"technique {cell}",
        belongs_to=opened.study.uid if opened is not None else "",
    )


def _name(picture: Instance) -> tuple[str, int]:
    return picture.sop_instance_uid, picture.frame


def _picture(desk: Desk, cell: int) -> Instance | None:
    session = desk.session
    opened, look = session.image_in(cell), session.hanging.value.look(cell)
    if opened is None or opened.series.format != "DICOM" or look.viewing is Viewing.SPACE:
        return None
    return instance_of(opened, _number(desk, cell, opened))


def _number(desk: Desk, cell: int, opened: OpenImage) -> int:
    look, place = desk.session.hanging.value.look(cell), place_in(desk.session, cell)
    if isinstance(opened.image, Stack):
        return min(max(look.frame, 0), opened.count - 1)
    if place.frame_of_reference_uid != opened.frame_of_reference_uid:
        place_of = opened.image.geometry.centre
        return opened.image.geometry.nearest(place_of)[0]
    return opened.image.geometry.nearest(place.position)[0]
