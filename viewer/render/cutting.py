"""Where a view of a session cuts its image, whichever way it looks at it."""

from __future__ import annotations

from viewer.core.plane import Plane
from viewer.core.volume import Volume
from viewer.render.curved import cut_along
from viewer.render.cut import Cut, cut_stack, cut_volume
from viewer.render.screen import screen_plane, square_about
from viewer.session.curves import follows_path
from viewer.session.look import Look, Viewing
from viewer.session.session import Session
from viewer.session.whereabouts import place_in


def cut_in(session: Session, cell: int) -> Cut | None:
    """Return where a view cuts its image; nothing in 3D and where there is nothing to cut."""
    opened = session.image_in(cell)
    look = session.hanging.value.cells[cell]
    if opened is None or look.viewing is Viewing.SPACE:
        return None
    place = place_in(session, cell)
    if follows_path(look):
        return cut_along(session, cell, place)
    if isinstance(opened.image, Volume):
        return cut_volume(opened.image, look, place, session.planes.value)
    return cut_stack(opened.image, look, place)


def screen_of(cut: Cut, look: Look, size: tuple[int, int]) -> Plane:
    """Lay a screen of (width, height) pixels over a cut."""
    if cut.side_mm is not None:
        return square_about(cut.through, cut.right, cut.down, cut.side_mm, look, size)
    return screen_plane(cut.geometry, cut.through, cut.right, cut.down, look, size, cut.fit)
