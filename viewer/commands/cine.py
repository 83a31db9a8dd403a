"""Cine: playing moments, frames or slices, as fast as the file says or the reader wants."""

from __future__ import annotations

from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.moments import has_moments
from viewer.commands.scrolling import scroll
from viewer.commands.windows import has_image
from viewer.core.study import Series
from viewer.core.volume import Volume
from viewer.session.look import Viewing
from viewer.session.moments import Through
from viewer.session.stepping import steps
from viewer.session.whereabouts import place_in

SLOWEST, FASTEST = 1.0, 60.0
_RATES = (1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0)


def play_on(desk: Desk, cell: int) -> None:
    """Show the next moment, frame or slice; after the last the first, or stop there."""
    group = desk.session.group_in(cell)
    if group is not None and desk.session.playing.value.through is Through.MOMENTS:
        _next_moment(desk, cell, group)
    else:
        _next_slice(desk, cell)


def per_second(desk: Desk, cell: int) -> float:
    """Return how many pictures a second are played in a view."""
    playing = desk.session.playing.value
    if playing.per_second is not None:
        return playing.per_second
    said = _own_speed(desk, cell) if desk.settings.viewing.cine_own_speed else None
    return min(max(said or desk.settings.viewing.cine_per_second, SLOWEST), FASTEST)


def set_speed(desk: Desk, wanted: float | None) -> None:
    """Play so many pictures a second; None for the speed that the file says."""
    if wanted is not None:
        wanted = min(max(wanted, SLOWEST), FASTEST)
    desk.session.playing.update(per_second=wanted)


def _own_speed(desk: Desk, cell: int) -> float | None:
    """Return the speed that the file of a view says, for what it says it of."""
    session = desk.session
    group, opened = session.group_in(cell), session.image_in(cell)
    if group is not None:
        axis = session.axis_of(group.key)
        through = session.playing.value.through
        return axis.per_second if axis and through is Through.MOMENTS else None
    axis = session.axis_of(opened.key) if opened is not None else None
    return axis.per_second if axis else None


def _next_moment(desk: Desk, cell: int, group: Series) -> None:
    """Show the next moment that is wholly there; those still loading are left out."""
    session = desk.session
    now = session.moment_in(cell) or 0
    images = session.images.value
    opened = [images.get(part.key) for part in group.parts]
    there = [number for number, one in enumerate(opened) if one is not None and one.is_whole]
    later = [number for number in there if number > now]
    if later:
        session.show_moment(group, later[0])
    elif not session.playing.value.loop:
        session.cine.set(None)
    elif there:
        session.show_moment(group, there[0])


def _next_slice(desk: Desk, cell: int) -> None:
    session = desk.session
    opened, look = session.image_in(cell), session.hanging.value.cells[cell]
    if opened is None or look.viewing is Viewing.SPACE:
        return
    number, count = look.frame, opened.count
    if isinstance(opened.image, Volume):
        line = steps(opened.image.geometry, look.viewing, session.planes.value)
        place = place_in(session, cell)
        same = place.frame_of_reference_uid == opened.frame_of_reference_uid
        position = place.position if same else opened.image.geometry.centre
        number, count = line.index(position), line.count
    if number < count - 1:
        scroll(desk, cell, 1)
    elif session.playing.value.loop:
        scroll(desk, cell, -number)
    else:
        session.cine.set(None)


def _cine(desk: Desk) -> None:
    running = desk.session.cine.value is not None
    desk.session.cine.set(None if running else desk.session.hanging.value.active)


def _may_play(desk: Desk) -> bool:
    return desk.session.cine.value is not None or has_image(desk) or has_moments(desk)


def _through(through: Through, desk: Desk) -> None:
    desk.session.playing.update(through=through)


def _goes_through(through: Through, desk: Desk) -> bool:
    return desk.session.playing.value.through is through


def _faster(desk: Desk) -> None:
    now = per_second(desk, desk.session.hanging.value.active)
    set_speed(desk, next((rate for rate in _RATES if rate > now + 1e-6), FASTEST))


def _slower(desk: Desk) -> None:
    now = per_second(desk, desk.session.hanging.value.active)
    set_speed(desk, next((rate for rate in reversed(_RATES) if rate < now - 1e-6), SLOWEST))


def _at_own_speed(desk: Desk) -> None:
    set_speed(desk, None)


def _loop(desk: Desk) -> None:
    desk.session.playing.update(loop=not desk.session.playing.value.loop)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="view.cine",
        title="Cine",
        help="Play through the moments, frames or slices of the active view; again to stop.",
        menu="View/Cine",
        key="Space",
        run=_cine,
        allowed=_may_play,
        checked=lambda desk: desk.session.cine.value is not None,
        icon="cine",
    ),
    Command(
        id="cine.through_moments",
        title="Cine through moments",
        help="Play the times of a 4D series at the same slice.",
        menu="View/Cine",
        run=partial(_through, Through.MOMENTS),
        checked=partial(_goes_through, Through.MOMENTS),
    ),
    Command(
        id="cine.through_slices",
        title="Cine through slices",
        help="Play the slices of a 4D series at the same time.",
        menu="View/Cine",
        run=partial(_through, Through.SLICES),
        checked=partial(_goes_through, Through.SLICES),
    ),
    Command(
        id="cine.faster",
        title="Cine faster",
        help="Play more pictures a second.",
        menu="View/Cine",
        key="Shift+Right",
        run=_faster,
        allowed=_may_play,
    ),
    Command(
        id="cine.slower",
        title="Cine slower",
        help="Play fewer pictures a second.",
        menu="View/Cine",
        key="Shift+Left",
        run=_slower,
        allowed=_may_play,
    ),
    Command(
        id="cine.own_speed",
        title="Cine at its own speed",
        help="Play as fast as the file says, or else as the settings do.",
        menu="View/Cine",
        run=_at_own_speed,
        allowed=_may_play,
    ),
    Command(
        id="cine.loop",
        title="Cine in a loop",
        help="Begin again after the last picture, or stop there.",
        menu="View/Cine",
        run=_loop,
        checked=lambda desk: desk.session.playing.value.loop,
    ),
)
