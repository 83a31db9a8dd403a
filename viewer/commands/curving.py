"""Straightening along paths in the background, whenever a view shows one that has changed."""

from __future__ import annotations

from functools import partial

from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.measurement import Measurement
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.curved import course_along, finest, straighten
from viewer.session.curves import Curve, follows_path, path_of, width_of
from viewer.session.look import Look


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
        self._wanted: dict[tuple[str, str], tuple[object, ...]] = {}

    def look(self) -> None:
        """Start what is missing, once."""
        session = self._desk.session
        self._forget()
        hanging = session.hanging.value
        for cell in hanging.shown:
            look = hanging.cells[cell]
            path = path_of(session, look) if follows_path(look) else None
            if path is None or any(one.serves(path, look) for one in session.curves.value):
                continue
            wish: tuple[object, ...] = (path.points, width_of(look))
            if self._wanted.get((path.id, look.series_key)) != wish:
                self._wanted[path.id, look.series_key] = wish
                self._start(path, look)

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

    def _start(self, path: Measurement, look: Look) -> None:
        opened = self._desk.session.images.value.get(look.series_key)
        if opened is None or not isinstance(opened.image, Volume):
            return
        self._desk.runner.start(
            "Straighten along the path",
            partial(_make, path, opened.image, width_of(look)),
            self._made,
            failed=partial(tell, self._desk),
            belongs_to=opened.study.uid,
            instead_of=f"curve {path.id} {look.series_key}",
        )

    def _made(self, curve: Curve) -> None:
        curves = self._desk.session.curves
        others = tuple(
            one
            for one in curves.value
            if (one.path_id, one.series_key) != (curve.path_id, curve.series_key)
        )
        self._wanted.pop((curve.path_id, curve.series_key), None)
        curves.set((*others, curve))


def _make(path: Measurement, volume: Volume, half_width_mm: float, progress: Progress) -> Curve:
    course = course_along(path.points, finest(volume.geometry))
    straight = straighten(volume, course, half_width_mm, progress)
    return Curve(path.id, volume.series_key, path.points, half_width_mm, course, straight)
