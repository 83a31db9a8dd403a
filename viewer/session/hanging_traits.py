"""What can be asked of a series before it is hung, in sentences that a reader understands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from viewer.core.study import Series, SeriesKind, Study

LONGEST_WORD = 120
_ORIENTATIONS = ("sagittal", "coronal", "axial")
_STRAIGHT = 0.8
"""How near to an axis of the patient slices must lie to be called after it (37 degrees)."""
_KINDS = {
    SeriesKind.VOLUME: "volume",
    SeriesKind.STACK: "stack",
    SeriesKind.CINE: "cine",
    SeriesKind.FOUR_D: "4D",
    SeriesKind.OBJECT: "object",
}
_PROJECTIONS = frozenset({"CR", "DX", "MG", "RF", "XA", "RG", "IO", "PX"})


class Trait(StrEnum):
    """What is asked."""

    MODALITY = "modality"
    BODY_PART = "body part"
    WORDS = "words"
    WITHOUT = "without"
    KIND = "kind"
    ORIENTATION = "orientation"
    SIDE = "side"
    VIEW = "view"
    CONTRAST = "contrast"


_SENTENCES = {
    Trait.MODALITY: "The modality is {}.",
    Trait.BODY_PART: "The body part is {}.",
    Trait.WORDS: "The description says {}.",
    Trait.WITHOUT: "The description does not say {}.",
    Trait.KIND: "It is a {}.",
    Trait.ORIENTATION: "Its slices are {}.",
    Trait.SIDE: "It shows the side {}.",
    Trait.VIEW: "The view is {}.",
    Trait.CONTRAST: "Contrast was given: {}.",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that is asked; `word` may hold several, parted by commas: one must fit.

    What is not `asked` is a hint: of several series that fit, the one it fits is taken.
    """

    trait: Trait
    word: str
    asked: bool = True

    def __post_init__(self) -> None:
        if not 0 < len(self.word.strip()) <= LONGEST_WORD or not self.word.isprintable():
            raise ValueError("a condition asks for a word, and not for a long one")
        if not self.words:
            raise ValueError("a condition asks for a word")

    @property
    def words(self) -> tuple[str, ...]:
        """The words, one of which must fit."""
        return tuple(filter(None, (word.strip().casefold() for word in self.word.split(","))))

    @property
    def sentence(self) -> str:
        """This as a sentence."""
        return _SENTENCES[self.trait].format(self.word.replace(",", " or ").replace("  ", " "))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A series that may be hung, or one picture of it (`frame`); `earlier` is of a prior study."""

    study: Study
    series: Series
    frame: int = 0
    earlier: bool = False

    def fits(self, condition: Condition) -> bool:
        """Tell whether what is asked holds for this."""
        said = self.said(condition.trait).casefold()
        match condition.trait:
            case Trait.WORDS:
                return any(_speaks_of(said, word) for word in condition.words)
            case Trait.WITHOUT:
                return not any(_speaks_of(said, word) for word in condition.words)
            case Trait.BODY_PART:
                whole = f"{said} {self.study.description}".casefold()
                return any(_speaks_of(whole, word) for word in condition.words)
        return said in condition.words

    def said(self, trait: Trait) -> str:
        """Return what the files say of this; empty if nothing."""
        series = self.series
        match trait:
            case Trait.MODALITY:
                return series.modality
            case Trait.BODY_PART:
                return series.body_part
            case Trait.WORDS | Trait.WITHOUT:
                return f"{series.description} {series.split}"
            case Trait.KIND:
                return kind_of(series)
            case Trait.ORIENTATION:
                return orientation_of(series)
            case Trait.CONTRAST:
                return "yes" if series.contrast else "no"
        picture = series.instances[self.frame] if self.frame < len(series.instances) else None
        if picture is None:
            return ""
        return picture.side if trait is Trait.SIDE else picture.view


def candidates_of(study: Study, *, earlier: bool = False) -> tuple[Candidate, ...]:
    """Return all that may be hung of a study; projections picture by picture."""
    found: list[Candidate] = []
    for series in study.series:
        if series.kind is SeriesKind.OBJECT:
            continue
        single = kind_of(series) == "projection" and series.kind is SeriesKind.STACK
        frames = range(len(series.instances)) if single else range(1)
        found += [Candidate(study, series, frame, earlier) for frame in frames]
    return tuple(found)


def kind_of(series: Series) -> str:
    """Return what a series is, in one word."""
    flat = series.kind in (SeriesKind.STACK, SeriesKind.CINE)
    if flat and series.modality in _PROJECTIONS and series.kind is SeriesKind.STACK:
        return "projection"
    return _KINDS[series.kind]


def orientation_of(series: Series) -> str:
    """Return how slices were taken: axial, coronal, sagittal or oblique; empty if not known."""
    one = series.parts[0] if series.parts else series
    plane = one.instances[0].plane if one.instances else None
    if plane is None:
        return ""
    along = [abs(part) for part in plane.normal]
    strongest = max(range(3), key=along.__getitem__)
    return _ORIENTATIONS[strongest] if along[strongest] >= _STRAIGHT else "oblique"


def space_of(series: Series) -> str:
    """Return the frame of reference of a series; empty where it has none."""
    return series.frame_of_reference_uid


def words_of(series: Series) -> tuple[str, ...]:
    """Return the words of a description that tell something, in its order."""
    words = re.split(r"[^0-9a-z+]+", series.description.casefold())
    return tuple(dict.fromkeys(w for w in words if len(w) > 1 and not w.isdigit()))


def _speaks_of(said: str, word: str) -> bool:
    """Tell whether a text has a word, or one that begins with it ("t1" in "AX_T1W SE")."""
    return re.search(rf"(?<![0-9a-z]){re.escape(word)}", said) is not None
