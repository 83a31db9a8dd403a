"""Back and forward through what was looked at, and how: arrangement, windows, zoom and place.

This is not undo: nothing that is said about images goes back with it. Changes that follow
one another at once, as those of a drag, are one step; what cine plays is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from viewer.session.look import Hanging, Look
from viewer.session.oblique import Planes
from viewer.session.session import Place, Session

_MOST = 100
_AT_ONCE_S = 0.7
"""Changes that are no further apart belong to one gesture."""


@dataclass(frozen=True, slots=True)
class Sight:
    """All that is to be brought back."""

    hanging: Hanging
    place: Place
    planes: Planes

    def same_as(self, other: Sight) -> bool:
        """Tell whether both look alike; which view is the active one does not matter."""
        active = other.hanging.active
        here = replace(self.hanging, active=active) if active < len(self.hanging.cells) else None
        return (here, self.place, self.planes) == (other.hanging, other.place, other.planes)


class ViewHistory:
    """Remembers the last sights of a session; of those of one gesture only where it began."""

    def __init__(self, session: Session, clock: Callable[[], float] = monotonic) -> None:
        self._session, self._clock = session, clock
        self._back: list[Sight] = []
        self._forward: list[Sight] = []
        self._last = self._now()
        self._changed_at = -_AT_ONCE_S * 2
        self._moving = False
        for news in (session.hanging, session.place, session.planes):
            news.changed.connect(self._changed)

    @property
    def can_go_back(self) -> bool:
        """Tell whether something was looked at before."""
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        """Tell whether the reader went back."""
        return bool(self._forward)

    def back(self) -> bool:
        """Look as before the last change; tell whether there was one."""
        return self._go(self._back, self._forward)

    def forward(self) -> bool:
        """Look as before the reader went back; tell whether he did."""
        return self._go(self._forward, self._back)

    def _now(self) -> Sight:
        session = self._session
        return Sight(session.hanging.value, session.place.value, session.planes.value)

    def _changed(self, *_: object) -> None:
        if self._moving:
            return
        before, self._last = self._last, self._now()
        if self._session.cine.value is not None or self._last.same_as(before):
            return
        at, earlier = self._clock(), self._changed_at
        self._changed_at = at
        self._forward.clear()
        if at - earlier > _AT_ONCE_S and not _only_filled(self._last.hanging, before.hanging):
            self._back.append(before)
            del self._back[:-_MOST]

    def _go(self, here: list[Sight], there: list[Sight]) -> bool:
        if not here:
            return False
        there.append(self._now())
        del there[:-_MOST]
        self._show(here.pop())
        self._changed_at = self._clock() - 2 * _AT_ONCE_S
        return True

    def _show(self, sight: Sight) -> None:
        session, self._moving = self._session, True
        try:
            session.planes.set(sight.planes)
            session.place.set(sight.place)
            session.hanging.set(self._still_there(sight.hanging))
        finally:
            self._moving = False
            self._last = self._now()

    def _still_there(self, hanging: Hanging) -> Hanging:
        """Return an arrangement without what was closed since; no view is lost by it."""
        session = self._session

        def kept(look: Look) -> Look:
            key = look.series_key
            there = session.images.value.get(key) or session.catalogue.value.group_of(key)
            return look if not key or there is not None else Look(viewing=look.viewing)

        hanging = hanging.all_changed(kept)
        more = session.hanging.value.cells[len(hanging.cells) :]
        return replace(hanging, cells=(*hanging.cells, *more))


def _only_filled(new: Hanging, old: Hanging) -> bool:
    """Tell whether nothing but views that were empty look at something else now."""
    if new.layout != old.layout or new.second != old.second or new.cells == old.cells:
        return False
    numbers = range(max(len(new.cells), len(old.cells)))
    return all(new.look(n) == old.look(n) or not old.look(n).series_key for n in numbers)
