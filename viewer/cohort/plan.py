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


def folders(out: Path, errands: Sequence[Errand]) -> dict[str, Path]:
    """Return the folder of each study by its UID: `out` itself when there is only one."""
    uids = list(dict.fromkeys(errand.study.uid for errand in errands))
    if len(uids) == 1:
        return {uids[0]: out}
    return {uid: out / f"study-{number:03d}" for number, uid in enumerate(uids, start=1)}


def place(folder: Path, taken: int) -> Path:
    """Return where the next series of a study goes: beside the first, in a folder of its own."""
    return folder if taken == 0 else folder / f"series-{taken + 1:03d}"
