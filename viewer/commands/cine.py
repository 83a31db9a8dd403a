"""Cine: playing moments, frames or slices, as fast as the file says or the reader wants."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.jumping import go_to, row_in
from viewer.commands.moments import has_moments
from viewer.commands.windows import has_image
from viewer.core.study import Series
from viewer.session.cine_order import Way, following
from viewer.session.moments import Playing, Through
from viewer.settings import Settings

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
    _remember(desk, cine_speed=wanted)


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
    goal = _following(desk, group.key, now, there)
    if goal is not None and goal != now:
        session.show_moment(group, goal)


def _next_slice(desk: Desk, cell: int) -> None:
    """Show the next slice or frame of a view."""
    row, opened = row_in(desk, cell), desk.session.image_in(cell)
    if row is None or opened is None:
        return
    goal = _following(desk, opened.key, row.shown, range(row.count))
    if goal is not None:
        go_to(desk, cell, goal)


def _following(desk: Desk, key: str, now: int, there: Sequence[int]) -> int | None:
    """Return the picture to play next, and note which way it goes; stop where none is left."""
    session = desk.session
    playing = session.playing.value
    span = playing.span_of(key)
    if span is not None:
        there = [number for number in there if span.first <= number <= span.last]
    found = following(now, there, playing.way, backwards=playing.backwards)
    if found.backwards != playing.backwards:
        session.playing.update(backwards=found.backwards)
    if found.number is None:
        session.cine.set(None)
    return found.number


def played(desk: Desk, cell: int) -> tuple[str, int, int] | None:
    """Return what cine plays in a view: the key of its series, which is shown, of how many."""
    session = desk.session
    group = session.group_in(cell)
    if group is not None and session.playing.value.through is Through.MOMENTS:
        return group.key, session.moment_in(cell) or 0, len(group.parts)
    row, opened = row_in(desk, cell), session.image_in(cell)
    return None if row is None or opened is None else (opened.key, row.shown, row.count)


def _mark_from(desk: Desk) -> None:
    """Let cine begin at what is shown."""
    _mark(desk, begins=True)


def _mark_to(desk: Desk) -> None:
    """Let cine end at what is shown."""
    _mark(desk, begins=False)


def _mark(desk: Desk, *, begins: bool) -> None:
    found = played(desk, desk.session.hanging.value.active)
    if found is None:
        return
    key, now, count = found
    playing = desk.session.playing.value
    span = playing.span_of(key)
    first, last = (span.first, span.last) if span is not None else (0, count - 1)
    if begins:
        first, last = now, last if last > now else count - 1
    else:
        first, last = first if first < now else 0, now
    desk.session.playing.set(playing.with_span(key, first, last))
    desk.session.say(f"Cine plays {first + 1} to {last + 1} of {count}.")


def _play_all(desk: Desk) -> None:
    found = played(desk, desk.session.hanging.value.active)
    if found is not None:
        desk.session.playing.set(desk.session.playing.value.whole(found[0]))


def _has_range(desk: Desk) -> bool:
    found = played(desk, desk.session.hanging.value.active)
    return found is not None and desk.session.playing.value.span_of(found[0]) is not None


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
    _go(Way.ONCE if desk.session.playing.value.way is Way.LOOP else Way.LOOP, desk)


def _bounce(desk: Desk) -> None:
    _go(Way.LOOP if desk.session.playing.value.way is Way.BOUNCE else Way.BOUNCE, desk)


def _go(way: Way, desk: Desk) -> None:
    desk.session.playing.update(way=way, backwards=False)
    _remember(desk, cine_way=way.value)


def _remember(desk: Desk, **values: object) -> None:
    """Keep how cine was played last."""
    viewing = desk.settings.viewing.changed(**values)
    desk.settings = desk.settings.model_copy(update={"viewing": viewing})


def playing_as_kept(settings: Settings) -> Playing:
    """Return how cine plays at first: as it did last."""
    ways = {way.value: way for way in Way}
    viewing = settings.viewing
    return Playing(per_second=viewing.cine_speed, way=ways.get(viewing.cine_way, Way.LOOP))


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
        checked=lambda desk: desk.session.playing.value.way is Way.LOOP,
    ),
    Command(
        id="cine.bounce",
        title="Cine to and fro",
        help="Play back to the first picture after the last.",
        menu="View/Cine",
        run=_bounce,
        checked=lambda desk: desk.session.playing.value.way is Way.BOUNCE,
    ),
    Command(
        id="cine.from_here",
        title="Cine from here",
        help="Let cine begin at the picture that is shown.",
        menu="View/Cine",
        key="Ctrl+[",
        run=_mark_from,
        allowed=_may_play,
    ),
    Command(
        id="cine.to_here",
        title="Cine to here",
        help="Let cine end at the picture that is shown.",
        menu="View/Cine",
        key="Ctrl+]",
        run=_mark_to,
        allowed=_may_play,
    ),
    Command(
        id="cine.whole",
        title="Cine through all",
        help="Play all pictures again, not only a range.",
        menu="View/Cine",
        run=_play_all,
        allowed=_has_range,
    ),
)
