"""A study as the list of studies shows it, and what one may ask of that list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path


class Reading(StrEnum):
    """How far a study is read."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"
    REPORTED = "reported"


class Priority(IntEnum):
    """How soon it is to be read."""

    ROUTINE = 0
    URGENT = 1
    EMERGENCY = 2


class Held(StrEnum):
    """Where the files of a study are: it was only opened, is listed in place, or was copied in."""

    OPENED = "opened"
    IN_PLACE = "in place"
    COPIED = "copied"


class Column(StrEnum):
    """What studies can be sorted by."""

    STATUS = "status"
    PRIORITY = "priority"
    PATIENT = "patient"
    PATIENT_ID = "id"
    BIRTH_DATE = "birth date"
    DATE = "date"
    MODALITIES = "modality"
    DESCRIPTION = "description"
    IMAGES = "images"
    TAGS = "tags"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Listed:
    """One study of the list. Dates as stored (YYYYMMDD); `added_at`, `opened_at` ISO 8601 UTC."""

    id: int
    uid: str
    patient_name: str
    patient_id: str
    issuer: str
    birth_date: str
    sex: str
    date: str
    time: str
    description: str
    accession: str
    modalities: tuple[str, ...]
    images: int
    status: Reading
    priority: Priority
    tags: tuple[str, ...]
    notes: str
    added_at: str
    opened_at: str
    place: Path
    held: Held
    missing: bool

    @property
    def title(self) -> str:
        """What it is called in sentences: the patient, the date and what was done."""
        person = self.patient_name.replace("^", " ").strip() or self.patient_id or "Unnamed"
        plain = len(self.date) == 8 and self.date.isdigit()
        day = f"{self.date[:4]}-{self.date[4:6]}-{self.date[6:]}" if plain else self.date
        what = self.description or " ".join(self.modalities)
        return ", ".join(filter(None, (person, day, what)))


@dataclass(frozen=True, slots=True)
class ListedSeries:
    """One series of a listed study, and its first file."""

    key: str
    uid: str
    modality: str
    number: int
    description: str
    body_part: str
    images: int
    file: Path


@dataclass(frozen=True, slots=True)
class Question:
    """Which studies are asked for; whatever is empty asks for nothing.

    `text` is looked for word by word, each as the beginning of a word, in names, numbers,
    descriptions, notes and tags. `since` and `until` are study dates (YYYYMMDD).
    """

    text: str = ""
    statuses: frozenset[Reading] = frozenset()
    modality: str = ""
    tag: str = ""
    since: str = ""
    until: str = ""
    missing: bool | None = None
    order: Column = Column.DATE
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the answer: the studies from `start`, and how many there are in all."""

    start: int
    studies: tuple[Listed, ...]
    count: int
