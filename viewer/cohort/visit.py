"""One series on its way from its files to its saved results."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from viewer.ai.asking import INPUT, Request, read
from viewer.ai.card import Card
from viewer.ai.external.exchange import Exchange
from viewer.ai.readers import Image, Inputs
from viewer.ai.reading import Reading
from viewer.cohort.account import Fate, SeriesAccount, Stated, Used, relative
from viewer.cohort.apart import apart
from viewer.cohort.calling import Call
from viewer.cohort.plan import Errand
from viewer.core.ages import years_between
from viewer.core.assessment import Assessment
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding
from viewer.core.progress import Part, Progress, Silent
from viewer.core.segmentation import Segmentation
from viewer.core.study import Notice, Series
from viewer.core.technique import Technique
from viewer.core.volume import Fidelity, Volume
from viewer.io.atomic import Staging
from viewer.io.exchange import read_from_program, write_for_program
from viewer.io.load import load, open_series
from viewer.io.map_files import stage_map
from viewer.io.map_forms import MapForm
from viewer.io.report import KeyPicture
from viewer.io.results import Results, Saved, save_results
from viewer.io.table import findings_table
from viewer.io.technique import technique_of

Draw: TypeAlias = Callable[[Volume, Finding, tuple[Segmentation, ...]], bytes]
"""Draws the key image of a finding as PNG bytes."""

_PICTURED = 10
NODULES = "lung_nodules"
"""The model whose findings can be rated."""


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
            statements=tuple(map(_stated, self.reading.assessments)),
            maps=tuple(one.title for one in self.reading.maps),
            folder=self.folder.relative_to(out).as_posix(),
            results=tuple(relative(path, [out]) for path in self.files),
            models=tuple(_used(card, self.reading) for card in self.reading.models),
            timings_s={name: round(value, 3) for name, value in self.timings_s.items()},
            warnings=tuple(dict.fromkeys((*account.warnings, *self.notices))),
        )


def visit(
    call: Call,
    folder: Path,
    draw: Draw,
    progress: Progress,
    *,
    own: Path,
    malignancy: bool = False,
    maps: MapForm = MapForm.NIFTI,
    learned: tuple[str, ...] = (),
) -> Done:
    """Load one series, let a model read it, and save everything into a folder.

    `learned` is what was learned from verdicts here and is to be used; see `ai.adapting`.

    Raises:
        Declined: if the model was not made for it, or it could not be saved.
        Unreadable: if its files are not what they were.
        WorkFailed: if the reading broke.
    """
    errand, timings_s = call.errand, dict[str, float]()
    with _timed(timings_s, "load"):
        loading = open_series(errand.series)
        image = loading.run(Part(progress, 0.0, 0.1), _unseen)
        call, along, left_out = taken_along(call, Part(progress, 0.1, 0.15))
    exchange = Exchange(write_for_program, read_from_program)
    request = Request(
        call.offer.id,
        inputs_for(call, image, along),
        own,
        _sources(call),
        learned=learned,
        exchange=exchange,
    )
    with _timed(timings_s, "read"):
        reading = apart(call.offer.title, partial(read, request), Part(progress, 0.15, 0.8))
    if malignancy and call.offer.id == NODULES and isinstance(image, Volume):
        from viewer.cohort.rating import rated

        with _timed(timings_s, "rate"):
            reading = rated(image, reading)
    with _timed(timings_s, "pictures"):
        pictures = _pictures(image, reading, draw, Part(progress, 0.8, 0.9))
    notices = (*loading.notices, *left_out, *reading.notices)
    results = Results(
        study=errand.study,
        series=errand.series,
        image=image,
        findings=reading.shown,
        segmentations=reading.segmentations,
        assessments=reading.assessments,
        pictures=pictures,
        notices=notices,
    )
    with _timed(timings_s, "save"):
        saved = _save(folder, results, reading, maps, Part(progress, 0.9, 1.0))
    timings_s.update({f"read: {name}": seconds for name, seconds in reading.timings_s})
    return Done(errand, reading, folder, saved.files, (*notices, *saved.notices), timings_s)


def taken_along(
    call: Call, progress: Progress
) -> tuple[Call, tuple[Image, ...], tuple[Notice, ...]]:
    """Load what a model takes along; what cannot be loaded is left out, with a word about it."""
    wanted = call.companions
    kept: list[Errand] = []
    images: list[Image] = []
    notices: list[Notice] = []
    for number, one in enumerate(wanted):
        part = Part(progress, number / len(wanted), (number + 1) / len(wanted))
        try:
            images.append(load(one.series, part))
        except (Unreadable, Declined) as why:
            notices.append(Notice("left_out", f"{one.series.title} was left out: {why}"))
            continue
        kept.append(one)
    return replace(call, companions=tuple(kept)), tuple(images), tuple(notices)


def inputs_for(call: Call, image: Image, along: tuple[Image, ...]) -> Inputs:
    """Return all that a model is given."""
    all_ = (call.errand, *call.companions)
    return Inputs(
        image,
        along,
        call.errand.series.body_part,
        tuple(one.study.date for one in all_),
        tuple(one.series.description for one in all_),
        tuple(_technique(one.series) for one in all_),
        years_between(call.errand.study.patient.birth_date, call.errand.study.date),
    )


def _technique(series: Series) -> Technique:
    if series.format != "DICOM" or not series.instances:
        return Technique()
    middle = series.instances[len(series.instances) // 2]
    try:
        return technique_of(middle.path, middle.frame, Silent())
    except (Unreadable, OSError):
        return Technique()  # what is not told is not known; the pixels are judged on their own


def _sources(call: Call) -> tuple[str, ...]:
    return tuple(one.series.uid for one in (call.errand, *call.companions))


def _unseen(fidelity: Fidelity) -> None:
    """Nobody looks on while it loads."""


def _pictures(
    image: Image, reading: Reading, draw: Draw, progress: Progress
) -> tuple[KeyPicture, ...]:
    """Draw the surest findings of a volume."""
    pictures: list[KeyPicture] = []
    if not isinstance(image, Volume):
        return ()
    for number, finding in enumerate(reading.shown[:_PICTURED]):
        progress.report(number / _PICTURED, f"key image {number + 1}")
        pictures.append(KeyPicture(finding.id, draw(image, finding, reading.segmentations)))
    return tuple(pictures)


def _save(
    folder: Path, results: Results, reading: Reading, maps: MapForm, progress: Progress
) -> Saved:
    """Save what reaches the threshold, and maps; the table alone holds all candidates."""
    saved = save_results(folder, results, progress)
    with Staging(folder) as staging:
        table = findings_table(reading.findings, reading.assessments)
        staging.write("findings.csv", table.encode())
        for number, one in enumerate(reading.maps, start=1):
            stage_map(staging, one, number, results.series, maps)
        written = staging.commit()
    return replace(saved, files=tuple(dict.fromkeys((*saved.files, *written))))


def _used(card: Card, reading: Reading) -> Used:
    first = card is reading.models[0]
    told = dict(reading.author.parameters)
    return Used(
        id=card.id,
        version=card.version,
        title=card.title,
        licence=card.licence,
        weights_sha256=card.weights_sha256,
        threshold=reading.threshold if first else card.default_threshold,
        parameters=told if first else {},
        inputs=tuple(value for name, value in told.items() if name.startswith(INPUT)),
        engine=told.get("engine", ""),
        device=told.get("device", ""),
        read_at=told.get("read_at", ""),
        experimental=card.experimental,
        non_commercial=card.non_commercial,
    )


def _stated(one: Assessment) -> Stated:
    code = f"{one.kind.scheme} {one.kind.value}"
    return Stated(one.kind.meaning, code, one.score, one.threshold, one.sentence)


@contextmanager
def _timed(timings_s: dict[str, float], name: str) -> Iterator[None]:
    began_s = time.monotonic()
    yield
    timings_s[name] = time.monotonic() - began_s
