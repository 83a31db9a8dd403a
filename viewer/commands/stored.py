"""Which stored picture a view shows, and how to come to one."""

from __future__ import annotations

from dataclasses import replace

from viewer.commands.desk import Desk
from viewer.commands.jumping import row_in
from viewer.core.geometry import Position, position_of
from viewer.core.graphics import Shown
from viewer.core.stack import Stack
from viewer.session.images import OpenImage
from viewer.session.look import Viewing
from viewer.session.stepping import steps
from viewer.session.stored_picture import origin_of
from viewer.session.whereabouts import go, place_in

_ALONG = 0.999


def number_in(desk: Desk, cell: int) -> int | None:
    """Return the stored slice or frame (from 0) that a view shows; None where it shows none."""
    session = desk.session
    opened, row = session.image_in(cell), row_in(desk, cell)
    if opened is None or row is None:
        return None
    if isinstance(opened.image, Stack):
        return row.shown
    look, grid = session.hanging.value.cells[cell], opened.image.geometry
    line = steps(grid, look.viewing, session.planes.value)
    along = sum(a * b for a, b in zip(line.axis, grid.directions[0], strict=True))
    if abs(along) < _ALONG or look.slab_mm > 0:
        return None
    place = place_in(session, cell)
    same = place.frame_of_reference_uid == opened.frame_of_reference_uid
    index = grid.to_index(place.position if same else grid.centre)
    return min(max(round(float(index[0])), 0), opened.count - 1)


def shown_in(desk: Desk, cell: int) -> Shown | None:
    """Return the stored picture that a view shows, if it shows one and its file names it."""
    number, opened = number_in(desk, cell), desk.session.image_in(cell)
    origin = None if opened is None or number is None else origin_of(opened, number)
    return origin if origin is not None and origin[0] else None


def number_of_picture(opened: OpenImage, shown: Shown) -> int | None:
    """Return which slice or frame of an image a stored picture is."""
    for number in range(opened.count):
        if origin_of(opened, number) == shown:
            return number
    return None


def bring(desk: Desk, opened: OpenImage, number: int) -> None:
    """Show a stored slice or frame in the active view, or wherever else its series hangs."""
    session = desk.session
    hanging = session.hanging.value
    hung = [n for n in hanging.shown if hanging.cells[n].series_key == opened.key]
    if not hung:
        return
    cell = hanging.active if hanging.active in hung else hung[0]
    if isinstance(opened.image, Stack):
        session.hanging.set(hanging.changed(cell, lambda look: replace(look, frame=number)))
        return
    go(session, cell, _middle(opened, number))


def _middle(opened: OpenImage, number: int) -> Position:
    """Return the middle of a slice of a volume."""
    grid = opened.geometry
    if grid is None:
        return (0.0, 0.0, 0.0)
    _, rows, columns = grid.shape
    return position_of(grid.to_patient((number, (rows - 1) / 2, (columns - 1) / 2)))


def is_stored(desk: Desk) -> bool:
    """Tell whether the active view shows a stored picture."""
    session = desk.session
    cell = session.hanging.value.active
    opened = session.active_image
    if opened is None or session.hanging.value.cells[cell].viewing is Viewing.SPACE:
        return False
    return opened.series.format == "DICOM"
