"""Straightening along paths in the background, whenever a view shows one that has changed."""

from __future__ import annotations

from functools import partial

from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.measurement import Measurement
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.curved import course_along, finest, straighten
from viewer.imaging.stretched import curtain_along, stretch
from viewer.session.curved_look import Along
from viewer.session.curves import Curve, follows_path, path_of, turn_of, width_of
from viewer.session.look import Look, Viewing


def follow_paths(desk: Desk) -> None:
    """Straighten anew whatever the views ask for, from now on."""
    straightener = _Straightener(desk)
    session = desk.session
    for news in (session.record, session.hanging, session.images, session.selected):
        news.changed.connect(lambda *_: straightener.look())


class _Straightener:
    """Starts a job for each view along a path that has not what it shows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wanted: dict[int, tuple[object, ...]] = {}

    def look(self) -> None:
        """Start what is missing, once."""
        session = self._desk.session
        self._forget()
        hanging = session.hanging.value
        for cell in sorted(hanging.shown, key=lambda one: _is_across(hanging.cells[one])):
            look = hanging.cells[cell]
            path = path_of(session, look) if follows_path(look) else None
            if path is None or any(one.serves(path, look) for one in session.curves.value):
                continue
            wish = _wish(path, look)
            if not self._is_coming(wish, look):
                self._wanted[cell] = wish
                self._start(cell, path, look)

    def _is_coming(self, wish: tuple[object, ...], look: Look) -> bool:
        """Tell whether a job makes it; for a cross-section any job of the same course does."""
        course = slice(3) if _is_across(look) else slice(None)
        return any(one[course] == wish[course] for one in self._wanted.values())

    def _unwanted(self, wish: tuple[object, ...]) -> None:
        self._wanted = {cell: one for cell, one in self._wanted.items() if one != wish}

    def _forget(self) -> None:
        """Drop what was made of images and paths that are gone, and how their planes stood."""
        session = self._desk.session
        spaces = frozenset(one.frame_of_reference_uid for one in session.images.value)
        keys = frozenset(one.key for one in session.images.value)
        session.linking.set(session.linking.value.kept(spaces, keys))
        turned = tuple(one for one in session.planes.value.turned if one[0] in spaces)
        session.planes.update(turned=turned)
        paths = {figure.id for figure in session.record.value.measurements}
        kept = tuple(
            one
            for one in session.curves.value
            if one.path_id in paths and session.images.value.get(one.series_key) is not None
        )
        if len(kept) != len(session.curves.value):
            session.curves.set(kept)

    def _start(self, cell: int, path: Measurement, look: Look) -> None:
        opened = self._desk.session.images.value.get(look.series_key)
        if opened is None or not isinstance(opened.image, Volume):
            return
        stretches = _what(look) is Along.STRETCHED
        wish = _wish(path, look)
        self._desk.runner.start(
            "Stretch along the path" if stretches else "Straighten along the path",
            partial(_stretched if stretches else _straightened, path, opened.image, look),
            partial(self._made, wish),
            failed=partial(tell, self._desk),
            cancelled=partial(self._unwanted, wish),
            belongs_to=opened.study.uid,
            instead_of=f"curve {cell}",
        )

    def _made(self, wish: tuple[object, ...], curve: Curve) -> None:
        """Keep what was made, and of the same path only what is still shown."""
        curves = self._desk.session.curves
        own = (curve.path_id, curve.series_key)
        others = tuple(
            one
            for one in curves.value
            if (one.path_id, one.series_key) != own or self._is_shown(one)
        )
        self._unwanted(wish)
        curves.set((*others, curve))

    def _is_shown(self, curve: Curve) -> bool:
        session = self._desk.session
        hanging = session.hanging.value
        looks = [hanging.cells[cell] for cell in hanging.shown]
        along = [(path_of(session, one), one) for one in looks if one.viewing is Viewing.CURVED]
        return any(path is not None and curve.serves(path, look) for path, look in along)


def _is_across(look: Look) -> bool:
    return look.viewing is Viewing.ACROSS


def _what(look: Look) -> Along:
    """Return what is made for a view: of a cross-section only the course is needed."""
    return Along.STRETCHED if _is_across(look) else look.curved.along


def _wish(path: Measurement, look: Look) -> tuple[object, ...]:
    angle = look.curved.angle if _what(look) is Along.STRETCHED else None
    return path.id, look.series_key, path.points, width_of(look), _what(look), angle


def _straightened(path: Measurement, volume: Volume, look: Look, progress: Progress) -> Curve:
    course = course_along(path.points, finest(volume.geometry))
    straight = straighten(volume, course, width_of(look), progress)
    return Curve(path.id, volume.series_key, path.points, width_of(look), course, straight)


def _stretched(path: Measurement, volume: Volume, look: Look, progress: Progress) -> Curve:
    course = course_along(path.points, finest(volume.geometry))
    curtain = curtain_along(course, turn_of(look), width_of(look))
    flat = stretch(volume, curtain, progress)
    made = (path.id, volume.series_key, path.points, width_of(look), course, flat)
    return Curve(*made, curtain, look.curved.angle)
