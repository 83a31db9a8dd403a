"""Which series are read, in which order, and where their results go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from viewer.core.study import Catalogue, Notice, Series, SeriesKind, Study


@dataclass(frozen=True, slots=True)
class Errand:
    """One series that is to be tried, with its study."""

    study: Study
    series: Series


def errands(catalogue: Catalogue, *, stacks: bool = False) -> tuple[Errand, ...]:
    """Return every volume: study by study, the finest sampling first; of several moments the first.

    One moment is what a model was made for; that the others were not read is said. With `stacks`
    single pictures such as radiographs are among them.
    """
    kinds = (SeriesKind.VOLUME, SeriesKind.STACK) if stacks else (SeriesKind.VOLUME,)
    return tuple(
        Errand(study, series)
        for study in catalogue.studies
        for series in sorted(map(_volume_of, study.series), key=lambda one: -len(one.instances))
        if series.kind in kinds
    )


def _volume_of(series: Series) -> Series:
    """Return the first volume of a series of several, with a word about the others."""
    if series.kind is not SeriesKind.FOUR_D:
        return series
    count, first = len(series.parts), series.parts[0]
    sentence = f"Of the {count} volumes of this series only the first ({first.split}) is read."
    return replace(first, notices=(*first.notices, Notice("first_of_several", sentence)))


def left_out(catalogue: Catalogue, *, stacks: bool = False) -> tuple[Errand, ...]:
    """Return every series that `errands` leaves out."""
    kinds = (SeriesKind.VOLUME, SeriesKind.FOUR_D, *((SeriesKind.STACK,) if stacks else ()))
    return tuple(
        Errand(study, series)
        for study, series in catalogue.all_series()
        if series.kind not in kinds
    )


def place(out: Path, before: Sequence[Errand], errand: Errand) -> Path:
    """Return where a series goes: the first study right into `out`, each other into its own folder.

    `before` are those that have results already. A further series of a study
    goes into a folder below that of the first.
    """
    studies = list(dict.fromkeys(one.study.identity for one in (*before, errand)))
    number = studies.index(errand.study.identity)
    taken = sum(one.study.identity == errand.study.identity for one in before)
    folder = study_folder(out, number) if number else out
    return folder if taken == 0 else folder / f"series-{taken + 1:03d}"


def study_folder(out: Path, number: int) -> Path:
    """Return the folder of one of several studies, numbered from 0; it names no patient."""
    return out / f"study-{number + 1:03d}"
