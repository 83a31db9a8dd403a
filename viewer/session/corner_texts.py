"""Which texts stand in the corners of a view: by kind of image, by level, and without names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from viewer.core.technique import Technique


class Item(StrEnum):
    """One thing that can be said in a corner."""

    NAME = "patient's name"
    PATIENT_ID = "patient's ID"
    BORN = "birth date and sex"
    DATE = "date"
    STUDY = "study"
    SERIES = "series"
    MOMENT = "moment"
    SLICE = "slice number"
    POSITION = "position"
    THICKNESS = "spacing or slab"
    WINDOW = "window"
    SHOWN = "inverted, colours, pixels"
    ZOOM = "zoom"
    TUBE = "kV and mAs"
    DOSE = "dose"
    KERNEL = "kernel and tilt"
    SEQUENCE = "sequence and field"
    TIMES = "TR, TE, TI and flip angle"
    SLICE_THICKNESS = "slice thickness"
    CONTRAST = "contrast"
    TRACER = "tracer and activity"
    CORRECTIONS = "corrections"
    PROJECTION = "side and view"
    COMPRESSION = "compression"
    EXPOSURE_INDEX = "exposure index"
    ULTRASOUND = "probe, MI and TI"


NAMES = frozenset({Item.NAME, Item.PATIENT_ID, Item.BORN})
"""What says who the patient is; left out where names are hidden."""
SHORT = frozenset(
    {Item.NAME, Item.DATE, Item.SERIES, Item.MOMENT, Item.SLICE, Item.PROJECTION, Item.WINDOW}
)
"""What is left where only little is to be said."""


class Level(StrEnum):
    """How much is said."""

    ALL = "all"
    SHORT = "short"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Corners:
    """The items of the four corners, each from top to bottom."""

    top_left: tuple[Item, ...]
    top_right: tuple[Item, ...]
    bottom_left: tuple[Item, ...]
    bottom_right: tuple[Item, ...]


_WHO = (Item.NAME, Item.PATIENT_ID, Item.BORN)
_WHAT = (Item.DATE, Item.STUDY, Item.SERIES, Item.MOMENT)
_WHERE = (Item.SLICE, Item.POSITION, Item.THICKNESS)
_HOW = (Item.WINDOW, Item.SHOWN, Item.ZOOM)


def _corners(*technique: Item) -> Corners:
    """Technique stands at the end of its corner, so that nothing moves when it comes late."""
    return Corners(_WHO, (*_WHAT, *technique), _WHERE, _HOW)


PLAIN = _corners()
USUAL: Mapping[str, Corners] = MappingProxyType(
    {
        "CT": _corners(Item.TUBE, Item.DOSE, Item.KERNEL, Item.CONTRAST, Item.SLICE_THICKNESS),
        "MR": _corners(Item.SEQUENCE, Item.TIMES, Item.CONTRAST, Item.SLICE_THICKNESS),
        "PT": _corners(Item.TRACER, Item.CORRECTIONS, Item.SLICE_THICKNESS),
        "NM": _corners(Item.TRACER, Item.CORRECTIONS, Item.SLICE_THICKNESS),
        "CR": _corners(Item.PROJECTION, Item.TUBE, Item.EXPOSURE_INDEX),
        "DX": _corners(Item.PROJECTION, Item.TUBE, Item.EXPOSURE_INDEX),
        "RG": _corners(Item.PROJECTION, Item.TUBE, Item.EXPOSURE_INDEX),
        "XA": _corners(Item.PROJECTION, Item.TUBE),
        "RF": _corners(Item.PROJECTION, Item.TUBE),
        "MG": _corners(Item.PROJECTION, Item.TUBE, Item.COMPRESSION, Item.DOSE),
        "US": _corners(Item.ULTRASOUND),
    }
)
"""What is said of each kind of image unless a reader arranged it otherwise."""


@dataclass(frozen=True, slots=True)
class CornerTexts:
    """What a reader wants to read in the corners. `off` are items that are switched off."""

    level: Level = Level.ALL
    names_hidden: bool = False
    off: frozenset[Item] = frozenset()
    arranged: tuple[tuple[str, Corners], ...] = ()

    def corners(self, modality: str) -> Corners:
        """Return what is to be said of such an image."""
        wanted = arranged_for(self, modality)
        return Corners(
            self._kept(wanted.top_left),
            self._kept(wanted.top_right),
            self._kept(wanted.bottom_left),
            self._kept(wanted.bottom_right),
        )

    def switched(self, item: Item) -> CornerTexts:
        """Return these with one item on that was off, or the other way round."""
        return replace(self, off=self.off ^ {item})

    def _kept(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(item for item in items if self.says(item))

    def says(self, item: Item) -> bool:
        """Tell whether an item is said at all."""
        if self.level is Level.NONE or item in self.off:
            return False
        if self.names_hidden and item in NAMES:
            return False
        return self.level is Level.ALL or item in SHORT


def arranged_for(texts: CornerTexts, modality: str) -> Corners:
    """Return all that a reader wants in the corners of such an image, be it switched off or not."""
    own = dict(texts.arranged).get(modality)
    return own if own is not None else USUAL.get(modality, PLAIN)


def rearranged(texts: CornerTexts, modality: str, corners: Corners | None) -> CornerTexts:
    """Return them with other corners for a kind of image; None for the usual ones."""
    others = tuple(pair for pair in texts.arranged if pair[0] != modality)
    plain = corners is None or corners == USUAL.get(modality, PLAIN)
    own = () if plain or corners is None else ((modality, corners),)
    return replace(texts, arranged=(*others, *own))


@dataclass(frozen=True, slots=True, eq=False)
class Techniques:
    """How the pictures were taken that were looked at, by file and frame."""

    known: Mapping[tuple[str, int], Technique] = field(default_factory=dict)

    def of(self, sop_instance_uid: str, frame: int) -> Technique | None:
        """Return what is known of a picture."""
        return self.known.get((sop_instance_uid, frame))

    def with_one(
        self, sop_instance_uid: str, frame: int, technique: Technique, most: int = 20_000
    ) -> Techniques:
        """Return these with one more; the oldest are forgotten."""
        kept = dict(self.known)
        while len(kept) >= most:
            del kept[next(iter(kept))]
        kept[sop_instance_uid, frame] = technique
        return Techniques(kept)
