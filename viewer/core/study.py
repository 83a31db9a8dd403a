"""Whose images they are: patient, study, series and the files of a series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from viewer.core.errors import whole
from viewer.core.plane import Plane


class SeriesKind(StrEnum):
    """What a series can be opened as, judged by its headers alone."""

    VOLUME = "volume"
    STACK = "stack"
    CINE = "cine"
    FOUR_D = "4d"
    """Several volumes of the same place, told apart by time, b-value, echo ...; see `parts`."""
    OBJECT = "object"
    """No pictures of its own: a segmentation, a report, a presentation state."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know about a series: a stable code and a sentence."""

    code: str
    sentence: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentence", whole(self.sentence))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not opened, and why. Nothing is skipped silently."""

    path: Path
    code: str
    sentence: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentence", whole(self.sentence))


@dataclass(frozen=True, slots=True)
class Patient:
    """A person as the images name them. The same ID from another issuer is another person."""

    id: str = ""
    issuer: str = ""
    name: str = ""
    birth_date: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Instance:
    """One picture as it lies in a file: the whole of it, or one of its frames (from 0).

    `side` (R, L or B) and `view` (CC, MLO, AP ...) are those of projections; `towards` are the
    sides of the patient that lie to the right and below in it, where the file names them
    (PS3.3 C.7.6.1.1.1).
    """

    path: Path
    sop_instance_uid: str
    sop_class_uid: str
    transfer_syntax_uid: str
    number: int
    frame: int = 0
    plane: Plane | None = None
    side: str = ""
    view: str = ""
    towards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Pictures that belong together and can be opened as one thing.

    A DICOM series that mixes orientations, spacings, acquisitions or times is
    listed as several of these: same `uid`, different `key`, told apart by `split`.
    Dates and times are as stored (YYYYMMDD, HHMMSS). `instances` are in
    reading order. `rows` and `columns` are 0 for objects. One of kind 4D has its
    volumes in `parts`, each a series with a key of its own, told apart by
    `split_by` ("time", "b-value", ...); its `instances` are theirs, part after part.
    """

    key: str
    uid: str
    study_uid: str
    modality: str
    kind: SeriesKind
    instances: tuple[Instance, ...]
    number: int = 0
    description: str = ""
    body_part: str = ""
    split: str = ""
    rows: int = 0
    columns: int = 0
    frame_of_reference_uid: str = ""
    format: str = "DICOM"
    notices: tuple[Notice, ...] = ()
    synthetic: bool = False
    parts: tuple[Series, ...] = ()
    split_by: str = ""
    contrast: str = ""
    image_type: tuple[str, ...] = ()
    conversion: str = ""
    """How a secondary capture came about (PS3.3 C.8.6.1): SD, SI, DF, WSD ..."""

    @property
    def in_patient(self) -> bool:
        """Tell whether its files say where in the patient it lies, so that sides may be named."""
        return all(notice.code != "unknown_orientation" for notice in self.notices)

    @property
    def title(self) -> str:
        """What the series is called in lists."""
        name = self.description or self.modality or "Series"
        return f"{name} ({self.split})" if self.split else name


@dataclass(frozen=True, slots=True)
class Study:
    """One examination of one patient."""

    uid: str
    patient: Patient
    series: tuple[Series, ...]
    date: str = ""
    time: str = ""
    description: str = ""
    accession_number: str = ""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes two lists of series one study of one person; a UID alone does not."""
        patient = self.patient
        return self.uid, patient.id, patient.issuer, "" if patient.id else patient.name

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its series and of their parts."""
        return frozenset(one.key for series in self.series for one in (series, *series.parts))


def of_one_person(one: Study, other: Study) -> bool:
    """Tell whether two studies are of one person, as far as their files say.

    Those that name nobody count as of one person only where their files share a folder.
    """
    if one.identity[1:] != other.identity[1:]:
        return False
    return any(one.identity[1:]) or bool(_folders(one) & _folders(other))


def _folders(study: Study) -> set[Path]:
    return {one.instances[0].path.parent for one in study.series if one.instances}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that was found in the places that were looked at."""

    studies: tuple[Study, ...] = ()
    refused: tuple[Refusal, ...] = ()

    def all_series(self) -> Iterator[tuple[Study, Series]]:
        """Go through every series together with its study; parts are not series here."""
        for study in self.studies:
            for series in study.series:
                yield study, series

    def group_of(self, key: str) -> Series | None:
        """Return the series of several volumes that a key is the one of, or of a part of."""
        for _, series in self.all_series():
            if series.parts and key in (series.key, *(part.key for part in series.parts)):
                return series
        return None

    def find(self, key: str) -> tuple[Study, Series] | None:
        """Return the series of this key, or the part of one, and its study, if listed."""
        for study, series in self.all_series():
            for one in (series, *series.parts):
                if one.key == key:
                    return study, one
        return None
