"""Findings and true lesions as they lie in files: tables, folders of tables, folders of masks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import numpy as np

from viewer.cohort.evaluation_masks import mask_files, patients_in
from viewer.cohort.evaluation_tables import Row, listed, read_rows, require_columns
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.imaging.evaluation.lesions import Spots, spots, spots_in
from viewer.io.segment_files import read_segments

_CENTRE = ("x_mm", "y_mm", "z_mm")
_LOW = ("x_min_mm", "y_min_mm", "z_min_mm")
_HIGH = ("x_max_mm", "y_max_mm", "z_max_mm")
_TABLE, _ACCOUNT = "findings.csv", "review.json"
_MOST_CASES = 20_000


@dataclass(frozen=True, slots=True)
class Spotted:
    """The spots of each case, its patient where known, and the threshold that came with them."""

    cases: Mapping[str, Spots]
    patients: Mapping[str, str]
    notices: tuple[str, ...] = ()
    threshold: float | None = None
    masks: Mapping[str, Path] = field(default_factory=dict)


def read_predictions(place: Path, progress: Progress) -> Spotted:
    """Read findings: one table of all cases, or a folder in which each case has its own.

    Raises:
        Declined: if there are none, or some have a score and others have none.
        Unreadable: if a table is none.
    """
    found = _folder(place, progress) if place.is_dir() else _table(place)
    scores = [one.scores for one in found.cases.values()]
    known = np.isfinite(np.concatenate([np.zeros(0), *scores]))
    if known.all():
        return found
    if known.any():
        raise Declined(
            f"{place.name}: some findings have a score and others have none.", code="no_score"
        )
    sure = {name: _sure(one) for name, one in found.cases.items()}
    words = "The findings have no scores: all count as equally sure, at one operating point."
    return Spotted(sure, found.patients, (*found.notices, words), 1.0)


def _sure(one: Spots) -> Spots:
    return Spots(one.centres, one.diameters_mm, one.boxes, np.ones(len(one)))


def read_truth(place: Path, progress: Progress) -> Spotted:
    """Read true lesions: a table, or a folder of masks (whose lesions are read when asked).

    Raises:
        Declined: if there are none.
        Unreadable: if a file is not what it says.
    """
    if not place.is_dir():
        return _table(place)
    if sorted(place.rglob(_TABLE)):
        return _folder(place, progress)
    files = mask_files(place)
    return Spotted({}, patients_in(files), masks=files)


def lesions_of(truth: Spotted, case: str, smallest_mm: float, progress: Progress) -> Spots:
    """Return the lesions of a case, from its mask if that is where they are."""
    if case not in truth.masks:
        return truth.cases[case]
    read = read_segments(truth.masks[case], progress=progress)
    return spots_in([(one.labels, one.geometry) for one in read.segmentations], smallest_mm)


def _table(path: Path) -> Spotted:
    rows = read_rows(path)
    require_columns(path, rows, ("case", *_CENTRE))
    by_case: dict[str, list[Row]] = defaultdict(list)
    patients: dict[str, str] = {}
    for row in rows:
        name = row.text("case")
        if not name:
            raise Declined(f"{row.where}: there is no name of a case.", code="no_case")
        by_case[name].append(row)
        patient = row.text("patient")
        if patients.setdefault(name, patient) != patient:
            raise Declined(f"{path.name}: {name} is of two patients.", code="other_patient")
    return Spotted({name: _spots(found) for name, found in by_case.items()}, patients)


def _folder(place: Path, progress: Progress) -> Spotted:
    """Read a folder of findings: as `skiagram review` leaves it, or a table for each case."""
    account = place / _ACCOUNT
    if account.is_file():
        return _reviewed(place, account)
    tables = {path.parent.relative_to(place).as_posix(): path for path in place.rglob(_TABLE)}
    if not tables:
        files = (*place.glob("*.csv"), *place.glob("*.json"))
        twice = {one.stem for one in files if sum(o.stem == one.stem for o in files) > 1}
        if twice:
            raise Declined(
                f"{place.name} has {listed(sorted(twice))} more than once.", code="duplicate_cases"
            )
        tables = {path.stem: path for path in files}
    if not tables or len(tables) > _MOST_CASES:
        raise Declined(f"There are no tables of findings in {place.name}.", code="no_cases")
    found: dict[str, Spots] = {}
    for number, (name, path) in enumerate(sorted(tables.items())):
        progress.report(number / len(tables), name)
        found[place.name if name == "." else name] = _spots(read_rows(path))
    return Spotted(found, dict.fromkeys(found, ""))


def _reviewed(place: Path, account: Path) -> Spotted:
    """Read what a review found; a case is called as the folder or file its images came from."""
    found: dict[str, Spots] = {}
    not_read: list[str] = []
    thresholds: set[float] = set()
    for series in _series(account):
        name = _case_name(series)
        if series.get("fate") != "read":
            not_read.append(name)
            continue
        if name in found:
            raise Declined(
                f"The review read more than one series of {name}; a case is one series.",
                code="duplicate_cases",
            )
        found[name] = _spots(read_rows(_inside(place, str(series.get("folder", ""))) / _TABLE))
        thresholds |= _thresholds(series)
    notices = (f"The review did not read {listed(not_read)}.",) if not_read else ()
    threshold = thresholds.pop() if len(thresholds) == 1 else None
    return Spotted(found, dict.fromkeys(found, ""), notices, threshold)


def _thresholds(series: Mapping[str, object]) -> set[float]:
    models = series.get("models")
    told = (
        [one.get("threshold") for one in models or () if isinstance(one, dict)]
        if isinstance(models, list)
        else []
    )
    return {float(one) for one in told if isinstance(one, (int, float))}


def _series(account: Path) -> list[dict[str, object]]:
    try:
        told = json.loads(account.read_text("utf-8"))
        series, inputs = told["series"], told["inputs"]
        return [{**one, "given": inputs} for one in series]
    except (OSError, ValueError, RecursionError, KeyError, TypeError) as error:
        raise Unreadable(f"{account.name} is no account of a review", code="no_table") from error


def _case_name(series: Mapping[str, object]) -> str:
    inputs, given = series.get("inputs"), series.get("given")
    files = [PurePosixPath(str(one)) for one in inputs] if isinstance(inputs, list) else []
    if not files:
        raise Unreadable("The account of the review names no files of a series", code="no_table")
    folder = files[0].parent.as_posix()
    if folder != ".":
        return folder
    if len(files) == 1:
        return files[0].name.partition(".")[0]
    return str(given[0]) if isinstance(given, list) and given else files[0].stem


def _inside(place: Path, folder: str) -> Path:
    """Return a folder below a place; an account may not lead anywhere else."""
    path = (place / folder).resolve()
    if not path.is_relative_to(place.resolve()):
        raise Unreadable(f"The account of the review leads out of {place.name}", code="outside")
    return path


def _spots(rows: Sequence[Row]) -> Spots:
    """Return the spots of lines; a line without a place says only that the case is there."""
    kept = [row for row in rows if any(row.text(name) for name in _CENTRE)]
    return spots(
        np.array([_numbers(row, _CENTRE) for row in kept]).reshape(-1, 3),
        np.array([_optional(row, "diameter_mm") for row in kept], np.float64),
        np.array([_box(row) for row in kept], np.float64).reshape(-1, 2, 3),
        np.array([_optional(row, "score") for row in kept], np.float64),
    )


def _numbers(row: Row, names: Sequence[str]) -> list[float]:
    found = [row.number(name) for name in names]
    if None in found:
        raise Unreadable(f"{row.where}: a place has x, y and z", code="no_number")
    return [one for one in found if one is not None]


def _optional(row: Row, name: str) -> float:
    found = row.number(name)
    return float("nan") if found is None else found


def _box(row: Row) -> list[list[float]]:
    if not row.text(_LOW[0]):
        return [[float("nan")] * 3] * 2
    low, high = _numbers(row, _LOW), _numbers(row, _HIGH)
    if any(a > b for a, b in zip(low, high, strict=True)):
        raise Unreadable(f"{row.where}: a box ends before it begins", code="no_number")
    return [low, high]
