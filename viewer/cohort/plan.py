"""Which series are read, in which order, and where their results go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from viewer.core.study import Catalogue, Series, SeriesKind, Study


@dataclass(frozen=True, slots=True)
class Errand:
    """One series that is to be tried, with its study."""

    study: Study
    series: Series


def errands(catalogue: Catalogue) -> tuple[Errand, ...]:
    """Return every series that is a volume: study by study, the finest sampling first."""
    return tuple(
        Errand(study, series)
        for study in catalogue.studies
        for series in sorted(study.series, key=lambda series: -len(series.instances))
        if series.kind is SeriesKind.VOLUME
    )


def left_out(catalogue: Catalogue) -> tuple[Errand, ...]:
    """Return every series that is no volume."""
    return tuple(
        Errand(study, series)
        for study, series in catalogue.all_series()
        if series.kind is not SeriesKind.VOLUME
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
