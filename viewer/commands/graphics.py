"""What files draw over their own pictures, read in the background beside the pixels."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.graphics import Graphics
from viewer.io.load import Loading
from viewer.io.overlays import graphics_over
from viewer.session.images import OpenImage


def read_graphics(desk: Desk, opened: OpenImage, loading: Loading) -> None:
    """Lay over an image what its files draw over it, as soon as that is read."""
    pictures = loading.drawn_over
    if not pictures:
        return
    desk.runner.start(
        f"Graphics of {opened.series.title}",
        partial(graphics_over, pictures),
        partial(_found, desk, opened.key),
        failed=partial(tell, desk),
        instead_of=f"graphics {opened.key}",
        belongs_to=opened.study.uid,
    )


def _found(desk: Desk, key: str, graphics: Graphics) -> None:
    opened = desk.session.images.value.get(key)
    if opened is None:
        return
    notices = tuple(dict.fromkeys((*opened.notices, *graphics.notices)))
    drawn = replace(opened, graphics=graphics, notices=notices)
    desk.session.images.set(desk.session.images.value.with_image(drawn))
    for notice in graphics.notices:
        desk.session.say(notice.sentence, serious=True)
