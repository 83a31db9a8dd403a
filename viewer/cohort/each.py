"""What work on series of a place has in common: which ones, one after the other, as volumes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from viewer.cohort.stems import stems_of
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Part, Progress
from viewer.core.study import Catalogue, Notice, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.io.load import open_series

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A series to be worked on, its study, and what the names of its files begin with."""

    study: Study
    series: Series
    stem: str


def chosen_of(catalogue: Catalogue, key: str) -> tuple[Chosen, ...]:
    """Return all series, or the one of this key or series UID; parts each by itself.

    Raises:
        Declined: if there is no such series.
    """
    pairs = [pair for pair in catalogue.all_series() if key in ("", pair[1].key, pair[1].uid)]
    if key and not pairs:
        found = catalogue.find(key)
        if found is None:
            raise Declined(f"There is no series {key} there.", code="no_series")
        pairs = [found]
    parts = [(study, part) for study, one in pairs for part in (one.parts or (one,))]
    stems = stems_of(series for _, series in parts)
    return tuple(Chosen(*pair, stem) for pair, stem in zip(parts, stems, strict=True))


def each(
    chosen: tuple[Chosen, ...],
    work: Callable[[Chosen, Progress], T],
    refused: Callable[[Series, str, str], T],
    progress: Progress,
) -> tuple[T, ...]:
    """Work on one after the other; what cannot be done is told with its code and sentence."""
    results = []
    for number, one in enumerate(chosen):
        part = Part(progress, number / len(chosen), (number + 1) / len(chosen))
        try:
            results.append(work(one, part))
        except (Declined, Unreadable) as why:
            results.append(refused(one.series, why.code, str(why)))
    return tuple(results)


def volume_of(series: Series, what: str, progress: Progress) -> tuple[Volume, tuple[Notice, ...]]:
    """Load a volume; return it with what is to be known of it.

    Args:
        series: What to load.
        what: What volumes are for here, such as "only volumes are segmented".
        progress: Told as it goes.

    Raises:
        Declined: if it is none.
    """
    none = Declined(f"{series.title} is no volume; {what}.", code="no_volume")
    if series.kind is not SeriesKind.VOLUME:
        raise none
    loading = open_series(series)
    image = loading.run(progress, lambda _: None)
    if not isinstance(image, Volume):
        raise none
    return image, tuple(dict.fromkeys((*series.notices, *loading.notices)))
