"""The account of a review, as a machine reads it: what went in, what was used, what came out."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from importlib import metadata
from pathlib import Path

import viewer
from viewer.core.study import Notice, Refusal, Series, Study

_TOLD_LIBRARIES = ("numpy", "scipy", "numba", "SimpleITK", "torch", "pydicom", "highdicom")


class Fate(StrEnum):
    """What became of a series."""

    READ = "read"
    DECLINED = "declined"
    """Not what the model was made for, or not to be saved; the sentence says which."""
    UNREADABLE = "unreadable"
    FAILED = "failed"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Used:
    """A model that took part; findings below `threshold` are listed, not reported.

    `inputs` are the UIDs of the series it was given, `read_at` is when it was done.
    """

    id: str
    version: str
    title: str
    licence: str
    weights_sha256: str
    threshold: float
    parameters: Mapping[str, str]
    inputs: tuple[str, ...] = ()
    engine: str = ""
    device: str = ""
    read_at: str = ""
    experimental: bool = False
    non_commercial: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """What a model says of an image as a whole; it speaks for `kind` from `threshold` on."""

    kind: str
    code: str
    score: float | None
    threshold: float
    sentence: str


@dataclass(frozen=True, slots=True)
class SeriesAccount:
    """What became of one series. Paths are relative to what was given, and to the results."""

    study_uid: str
    series_uid: str
    key: str
    modality: str
    description: str
    split: str
    inputs: tuple[str, ...]
    fate: Fate = Fate.NOT_TRIED
    code: str = ""
    sentence: str = ""
    candidates: int = 0
    findings: int = 0
    segments: tuple[str, ...] = ()
    statements: tuple[Stated, ...] = ()
    maps: tuple[str, ...] = ()
    folder: str = ""
    results: tuple[str, ...] = ()
    models: tuple[Used, ...] = ()
    timings_s: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[Notice, ...] = ()
    synthetic: bool = False


def once_declined(accounts: Sequence[SeriesAccount]) -> tuple[SeriesAccount, ...]:
    """Return accounts in which models that nobody named decline a series together, or not at all.

    Where one of them read a series, that the others were not made for it is no news.
    """
    read = {one.key for one in accounts if one.fate is Fate.READ}
    declined: dict[str, SeriesAccount] = {}
    kept: list[SeriesAccount] = []
    for one in accounts:
        if one.fate is not Fate.DECLINED:
            kept.append(one)
        elif one.key not in read and one.key not in declined:
            declined[one.key] = one
            kept.append(one)
        elif one.key not in read:
            first = declined[one.key]
            if one.sentence not in first.sentence:
                declined[one.key] = replace(first, sentence=f"{first.sentence} {one.sentence}")
    return tuple(declined.get(one.key, one) if one.fate is Fate.DECLINED else one for one in kept)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not opened, named relative to what was given."""

    path: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Account:
    """All that is to be known of one review."""

    inputs: tuple[str, ...]
    series: tuple[SeriesAccount, ...]
    refused: tuple[Refused, ...]
    seconds: float
    program: str = "Skiagram"
    version: str = viewer.__version__
    python: str = field(default_factory=platform.python_version)
    libraries: Mapping[str, str] = field(
        default_factory=lambda: {name: metadata.version(name) for name in _TOLD_LIBRARIES}
    )
    made_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())

    def as_json(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, default=str)


def began(study: Study, series: Series, given: Sequence[Path]) -> SeriesAccount:
    """Return the account of a series before anything came out of it."""
    files = dict.fromkeys(relative(instance.path, given) for instance in series.instances)
    return SeriesAccount(
        study.uid, series.uid, series.key, series.modality, series.description, series.split,
        tuple(files), warnings=series.notices, synthetic=series.synthetic,
    )  # fmt: skip


def refused(refusal: Refusal, given: Sequence[Path]) -> Refused:
    """Return a refusal with its path made relative."""
    return Refused(relative(refusal.path, given), refusal.code, refusal.sentence)


def relative(path: Path, given: Sequence[Path]) -> str:
    """Return a path below the given place it came from; its name alone if below none."""
    for place in given:
        if path != place and path.is_relative_to(place):
            return path.relative_to(place).as_posix()
    return path.name
