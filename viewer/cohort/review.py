"""Read studies from first file to saved result, as the window would, without one.

Nobody judges here: findings stay proposed and the report unverified. Page, SEG
and SR hold what reaches the threshold of the model's card, as the window shows
it at first; the table holds every candidate with its score.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from viewer.ai.card import Card
from viewer.ai.reading import Reading
from viewer.ai.second_reader import read
from viewer.cohort.account import Account, Fate, SeriesAccount, Used, began, refused, relative
from viewer.cohort.apart import apart
from viewer.cohort.plan import Errand, errands, folders, left_out, place
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segmentation
from viewer.core.study import Catalogue, Notice
from viewer.core.volume import Fidelity, Volume
from viewer.io.atomic import Staging
from viewer.io.load import open_series
from viewer.io.report import KeyPicture
from viewer.io.results import Results, Saved, save_results
from viewer.io.scan import scan
from viewer.io.table import findings_table
from viewer.jobs.failing import WorkFailed

Draw: TypeAlias = Callable[[Volume, Finding, tuple[Segmentation, ...]], bytes]
"""Draws the key image of a finding as PNG bytes."""

_PICTURED = 10


@dataclass(frozen=True, slots=True)
class Done:
    """One series that was read and saved: what was found, and the files."""

    errand: Errand
    reading: Reading
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What a review brought: the series that were read, and the account of everything."""

    done: tuple[Done, ...]
    account: Account
    account_file: Path

    @property
    def fates(self) -> frozenset[Fate]:
        """What became of the series that were tried."""
        return frozenset(series.fate for series in self.account.series)


def review(places: Sequence[Path], out: Path, draw: Draw, progress: Progress) -> Review:
    """Read every volume that the second reader accepts; write its results below `out`.

    Raises:
        Declined: if `out` cannot be written.
    """
    began_s = time.monotonic()
    catalogue = scan(places, Part(progress, 0.0, 0.1))
    done, accounts = _read_all(catalogue, places, out, draw, Part(progress, 0.1, 1.0))
    accounts += [_not_tried(errand, places) for errand in left_out(catalogue)]
    account = Account(
        inputs=tuple(place.name for place in places),
        series=tuple(accounts),
        refused=tuple(refused(one, places) for one in catalogue.refused),
        seconds=round(time.monotonic() - began_s, 2),
    )
    return Review(tuple(done), account, _write(out, account))


def _read_all(
    catalogue: Catalogue, given: Sequence[Path], out: Path, draw: Draw, progress: Progress
) -> tuple[list[Done], list[SeriesAccount]]:
    todo = errands(catalogue)
    where = folders(out, todo)
    done: list[Done] = []
    accounts = []
    for number, errand in enumerate(todo):
        taken = sum(before.errand.study.uid == errand.study.uid for before in done)
        folder = place(where[errand.study.uid], taken)
        part = Part(progress, number / len(todo), (number + 1) / len(todo))
        result, account = _tried(_Visit(errand, given, out, folder, draw), part)
        accounts.append(account)
        if result is not None:
            done.append(result)
    return done, accounts


def _not_tried(errand: Errand, given: Sequence[Path]) -> SeriesAccount:
    account = began(errand.study, errand.series, given, Fate.NOT_TRIED)
    sentence = f"This is no volume but a {errand.series.kind}, so no model was asked."
    return replace(account, code="no_volume", sentence=sentence)


@dataclass(frozen=True, slots=True)
class _Visit:
    """All that is needed to read one series."""

    errand: Errand
    given: Sequence[Path]
    out: Path
    folder: Path
    draw: Draw

    def account(self, fate: Fate) -> SeriesAccount:
        return began(self.errand.study, self.errand.series, self.given, fate)


def _tried(visit: _Visit, progress: Progress) -> tuple[Done | None, SeriesAccount]:
    """Read one series; turn what stands in the way into its account, so that the next is tried."""
    try:
        return _read(visit, progress)
    except Declined as error:
        account = visit.account(Fate.DECLINED)
        return None, replace(account, code=error.code, sentence=str(error))
    except Unreadable as error:
        account = visit.account(Fate.UNREADABLE)
        return None, replace(account, code=error.code, sentence=str(error))
    except WorkFailed as error:
        account = visit.account(Fate.FAILED)
        failure = error.failure
        return None, replace(account, code=failure.code, sentence=failure.sentence)


def _read(visit: _Visit, progress: Progress) -> tuple[Done, SeriesAccount]:
    timings_s: dict[str, float] = {}
    series = visit.errand.series
    with _timed(timings_s, "load"):
        loading = open_series(series)
        volume = loading.run(Part(progress, 0.0, 0.15), _unseen)
    if not isinstance(volume, Volume):
        raise Declined(volume.reason or "This series is no volume.", code="no_volume")
    with _timed(timings_s, "read"):
        reading = apart("Second reader", partial(read, volume), Part(progress, 0.15, 0.8))
    with _timed(timings_s, "pictures"):
        pictures = _pictures(volume, reading, visit.draw, Part(progress, 0.8, 0.9))
    with _timed(timings_s, "save"):
        saved = _save(visit, volume, reading, pictures, Part(progress, 0.9, 1.0))
    account = _account(visit, reading, saved, {**timings_s, **dict(reading.timings_s)})
    account = replace(account, warnings=_once(account.warnings, loading.notices))
    return Done(visit.errand, reading, saved.files), account


def _unseen(fidelity: Fidelity) -> None:
    """Nobody looks on while it loads."""


def _once(*groups: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Put notices together, each told once."""
    return tuple(dict.fromkeys(notice for group in groups for notice in group))


def _pictures(
    volume: Volume, reading: Reading, draw: Draw, progress: Progress
) -> tuple[KeyPicture, ...]:
    """Draw the surest findings."""
    pictures = []
    for number, finding in enumerate(reading.shown[:_PICTURED]):
        progress.report(number / _PICTURED, f"key image {number + 1}")
        pictures.append(KeyPicture(finding.id, draw(volume, finding, reading.segmentations)))
    return tuple(pictures)


def _save(
    visit: _Visit,
    volume: Volume,
    reading: Reading,
    pictures: tuple[KeyPicture, ...],
    progress: Progress,
) -> Saved:
    results = Results(
        study=visit.errand.study,
        series=visit.errand.series,
        image=volume,
        findings=reading.shown,
        segmentations=reading.segmentations,
        reader=None,
        pictures=pictures,
        notices=reading.notices,
    )
    saved = save_results(visit.folder, results, progress)
    with Staging(visit.folder) as staging:
        staging.write("findings.csv", findings_table(reading.findings).encode())
        staging.commit()
    return saved


def _account(
    visit: _Visit, reading: Reading, saved: Saved, timings_s: Mapping[str, float]
) -> SeriesAccount:
    account = visit.account(Fate.READ)
    names = (s.name for each in reading.segmentations for s in each.segments)
    return replace(
        account,
        candidates=len(reading.findings),
        findings=len(reading.shown),
        segments=tuple(names),
        folder=visit.folder.relative_to(visit.out).as_posix(),
        results=tuple(relative(path, [visit.out]) for path in saved.files),
        models=tuple(_used(card, reading) for card in reading.models),
        timings_s={name: round(value, 3) for name, value in timings_s.items()},
        warnings=(*account.warnings, *reading.notices, *saved.notices),
    )


def _used(card: Card, reading: Reading) -> Used:
    return Used(
        id=card.id,
        version=card.version,
        title=card.title,
        licence=card.licence,
        weights_sha256=card.weights_sha256,
        threshold=reading.threshold,
        parameters=dict(reading.author.parameters),
    )


def _write(out: Path, account: Account) -> Path:
    with Staging(out) as staging:
        staging.write("review.json", account.as_json().encode())
        (path,) = staging.commit()
    return path


@contextmanager
def _timed(timings_s: dict[str, float], name: str) -> Iterator[None]:
    began_s = time.monotonic()
    yield
    timings_s[name] = time.monotonic() - began_s
