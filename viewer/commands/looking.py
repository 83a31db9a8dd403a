"""Looking through places: at once what was there before, then what is there now."""

from __future__ import annotations

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
First: TypeAlias = Callable[[Catalogue], Series | None]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is there, and what was listed before that was known."""

    found: Catalogue
    before: Catalogue | None


def look_through(desk: Desk, paths: Sequence[Path], listed: Listed, first: First) -> None:
    """Hand over what is in some places.

    What an earlier look found is handed over at once, if the series to begin with is still as
    it was; what has changed since is put right in the list as soon as it is noticed.
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
    progress.report(0.0, "looking")
    before = listed_before(paths, known)
    begin = first(before) if before is not None else None
    if before is None or begin is None or not untouched(begin):
        return _Looked(scan(paths, progress, known), None)
    early(before)
    return _Looked(scan(paths, progress, known), before)


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
