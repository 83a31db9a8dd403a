"""One series on its way from its files to its saved results."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from viewer.ai.admission import admit, admit_grid
from viewer.ai.card import Card
from viewer.ai.reading import Reading
from viewer.ai.second_reader import read
from viewer.cohort.account import Fate, SeriesAccount, Used, relative
from viewer.cohort.apart import apart
from viewer.cohort.plan import Errand
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.progress import Part, Progress
from viewer.core.segmentation import Segmentation
from viewer.core.study import Notice
from viewer.core.volume import Fidelity, Volume
from viewer.io.atomic import Staging
from viewer.io.load import open_series
from viewer.io.report import KeyPicture
from viewer.io.results import Results, Saved, save_results
from viewer.io.table import findings_table

Draw: TypeAlias = Callable[[Volume, Finding, tuple[Segmentation, ...]], bytes]
"""Draws the key image of a finding as PNG bytes."""

_PICTURED = 10


@dataclass(frozen=True, slots=True)
class Done:
    """One series that was read and saved: what was found, and the files."""

    errand: Errand
    reading: Reading
    folder: Path
    files: tuple[Path, ...]
    notices: tuple[Notice, ...]
    timings_s: Mapping[str, float]

    def moved(self, old: Path, new: Path) -> Done:
        """Move the files from one folder into another on the same disk."""
        files = []
        for file in self.files:
            target = new / file.relative_to(old)
            target.parent.mkdir(parents=True, exist_ok=True)
            files.append(file.replace(target))
        return replace(self, folder=new / self.folder.relative_to(old), files=tuple(files))

    def told(self, account: SeriesAccount, out: Path) -> SeriesAccount:
        """Complete the account of the series."""
        names = (s.name for each in self.reading.segmentations for s in each.segments)
        return replace(
            account,
            fate=Fate.READ,
            candidates=len(self.reading.findings),
            findings=len(self.reading.shown),
            segments=tuple(names),
            folder=self.folder.relative_to(out).as_posix(),
            results=tuple(relative(path, [out]) for path in self.files),
            models=tuple(_used(card, self.reading) for card in self.reading.models),
            timings_s={name: round(value, 3) for name, value in self.timings_s.items()},
            warnings=tuple(dict.fromkeys((*account.warnings, *self.notices))),
        )


def admitted(errand: Errand) -> Errand:
    """Return the errand if the second reader, going by the headers alone, was made for it.

    Raises:
        Declined: if it was not.
        Unreadable: if the files cannot be opened.
    """
    image = open_series(errand.series).image
    if not isinstance(image, Volume):
        raise Declined(image.reason or "This series is no volume.", code="no_volume")
    admit(image)
    admit_grid(image)
    return errand


def visit(
    errand: Errand, folder: Path, draw: Draw, progress: Progress, *, malignancy: bool = False
) -> Done:
    """Load one series, let it be read, and save everything into a folder.

    Raises:
        Declined: if the second reader was not made for it, or it could not be saved.
        Unreadable: if its files are not what they were.
        WorkFailed: if the reading broke.
    """
    timings_s: dict[str, float] = {}
    with _timed(timings_s, "load"):
        loading = open_series(errand.series)
        volume = loading.run(Part(progress, 0.0, 0.15), _unseen)
    if not isinstance(volume, Volume):
        raise Declined(volume.reason or "This series is no volume.", code="no_volume")
    with _timed(timings_s, "read"):
        reading = apart("Second reader", partial(read, volume), Part(progress, 0.15, 0.8))
    if malignancy:
        from viewer.cohort.rating import rated

        with _timed(timings_s, "rate"):
            reading = rated(volume, reading)
    with _timed(timings_s, "pictures"):
        pictures = _pictures(volume, reading, draw, Part(progress, 0.8, 0.9))
    notices = (*loading.notices, *reading.notices)
    results = Results(
        study=errand.study,
        series=errand.series,
        image=volume,
        findings=reading.shown,
        segmentations=reading.segmentations,
        pictures=pictures,
        notices=notices,
    )
    with _timed(timings_s, "save"):
        saved = _save(folder, results, reading, Part(progress, 0.9, 1.0))
    timings_s.update({f"read: {name}": seconds for name, seconds in reading.timings_s})
    return Done(errand, reading, folder, saved.files, (*notices, *saved.notices), timings_s)


def _unseen(fidelity: Fidelity) -> None:
    """Nobody looks on while it loads."""


def _pictures(
    volume: Volume, reading: Reading, draw: Draw, progress: Progress
) -> tuple[KeyPicture, ...]:
    """Draw the surest findings."""
    pictures = []
    for number, finding in enumerate(reading.shown[:_PICTURED]):
        progress.report(number / _PICTURED, f"key image {number + 1}")
        pictures.append(KeyPicture(finding.id, draw(volume, finding, reading.segmentations)))
    return tuple(pictures)


def _save(folder: Path, results: Results, reading: Reading, progress: Progress) -> Saved:
    """Save what reaches the threshold; the table alone holds all candidates."""
    saved = save_results(folder, results, progress)
    with Staging(folder) as staging:
        staging.write("findings.csv", findings_table(reading.findings).encode())
        staging.commit()
    return saved


def _used(card: Card, reading: Reading) -> Used:
    first = card is reading.models[0]
    return Used(
        id=card.id,
        version=card.version,
        title=card.title,
        licence=card.licence,
        weights_sha256=card.weights_sha256,
        threshold=reading.threshold if first else card.default_threshold,
        parameters=dict(reading.author.parameters) if first else {},
    )


@contextmanager
def _timed(timings_s: dict[str, float], name: str) -> Iterator[None]:
    began_s = time.monotonic()
    yield
    timings_s[name] = time.monotonic() - began_s
