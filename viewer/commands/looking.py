"""Looking through places: what is there, and on a slow disk first what was there before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.known_file import KnownFiles
from viewer.core.progress import Progress
from viewer.core.study import Catalogue, Series, Study
from viewer.io.known import untouched
from viewer.io.scan import listed_before, scan

Listed: TypeAlias = Callable[[Catalogue], None]
_PATIENCE_S = 0.4
"""How long to wait for the disk before telling from memory."""
First: TypeAlias = Callable[[Catalogue], Series | None]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is there, and what was listed before that was known."""

    found: Catalogue
    before: Catalogue | None


def look_through(desk: Desk, paths: Sequence[Path], listed: Listed, first: First) -> None:
    """Hand over what is in some places.

    Where that takes long, what an earlier look found is handed over first, if the series to
    begin with is still as it was; what has changed since is put right as soon as it is noticed.
    """
    names = paths[0].name if len(paths) == 1 else f"{len(paths)} places"
    early = partial(_hand_over, desk, listed)
    desk.runner.start(
        f"Look through {names}",
        partial(_look, list(paths), desk.keeper.known_files, first, early),
        partial(_looked, desk, listed),
        failed=partial(tell, desk),
    )


def _hand_over(desk: Desk, listed: Listed, catalogue: Catalogue) -> None:
    desk.post(partial(listed, catalogue))


def _look(
    paths: list[Path], known: KnownFiles, first: First, early: Listed, progress: Progress
) -> _Looked:
    foretelling = _Foretelling(paths, known, first, early)
    try:
        found = scan(paths, progress, known)
    finally:
        before = foretelling.end()
    return _Looked(found, before)


class _Foretelling:
    """Hands over what an earlier look found, once the present one proves to be slow."""

    def __init__(self, paths: list[Path], known: KnownFiles, first: First, early: Listed) -> None:
        self._paths, self._known, self._first, self._early = paths, known, first, early
        self._lock, self._over = threading.Lock(), False
        self._before: Catalogue | None = None
        self._timer = threading.Timer(_PATIENCE_S, self._tell)
        self._timer.name = "foretelling"
        self._timer.start()

    def end(self) -> Catalogue | None:
        """Return what was handed over; nothing is from now on."""
        self._timer.cancel()
        with self._lock:
            self._over = True
        self._timer.join()
        return self._before

    def _tell(self) -> None:
        with self._lock:
            before = None if self._over else listed_before(self._paths, self._known)
            begin = self._first(before) if before is not None else None
            if before is not None and begin is not None and untouched(begin):
                self._before = before
                self._early(before)


def _looked(desk: Desk, listed: Listed, looked: _Looked) -> None:
    if looked.before is None:
        listed(looked.found)
        return
    if looked.found.studies != looked.before.studies:
        _drop_what_is_no_more(desk, looked.before, looked.found)
        desk.session.say("Files have come, changed or gone; the list of studies is up to date.")
    desk.session.add_to_catalogue(looked.found)


def _drop_what_is_no_more(desk: Desk, before: Catalogue, found: Catalogue) -> None:
    """Take off the list what an earlier look found and this one did not; what is open stays."""
    still = {(study.identity, series.key): series for study, series in found.all_series()}
    stale = {
        (study.identity, series.key): series
        for study, series in before.all_series()
        if still.get((study.identity, series.key)) != series
    }
    opened = {image.key for image in desk.session.images.value}

    def stays(study: Study, series: Series) -> bool:
        is_open = not opened.isdisjoint({series.key, *(part.key for part in series.parts)})
        return is_open or stale.get((study.identity, series.key)) != series

    listed = desk.session.catalogue.value
    studies = (
        replace(study, series=tuple(one for one in study.series if stays(study, one)))
        for study in listed.studies
    )
    left = tuple(study for study in studies if study.series)
    desk.session.catalogue.set(Catalogue(left, listed.refused))
