"""What can be looked for: names, coded words, colours, and where a label lies.

Codes are those of SNOMED CT as DICOM uses them (PS3.16 CID 7151 ff.), or our own
where DICOM names none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from viewer.core.code import (
    AIRWAY,
    ANATOMICAL_STRUCTURE,
    LEFT_LUNG,
    RIGHT_LUNG,
    TISSUE,
    Code,
)
from viewer.core.errors import Declined
from viewer.core.segmentation import Colour, Segment


class Region(StrEnum):
    """A part of the body that images may show."""

    ANY = "any"
    HEAD = "head"
    THORAX = "thorax"
    TRUNK = "trunk"
    ABDOMEN = "abdomen"


class Layer(StrEnum):
    """Structures of one layer never overlap; each layer is a label group of its own."""

    ORGANS = "Anatomy"
    OUTLINES = "Anatomy: outlines"
    SKULL = "Anatomy: skull"


@dataclass(frozen=True, slots=True)
class Structure:
    """One structure: how it is asked for, what it is called, and on what it can be found."""

    id: str
    title: str
    code: Code
    colour: Colour
    region: Region
    label: int
    layer: Layer = Layer.ORGANS
    category: Code = ANATOMICAL_STRUCTURE
    group: str = ""
    """Structures of a group are found together and asked for by its name."""
    modalities: tuple[str, ...] = ("CT",)

    @property
    def segment(self) -> Segment:
        """The segment that stands for it."""
        return Segment(self.label, self.title, self.code, self.category, self.colour)


def _own(value: str, meaning: str) -> Code:
    return Code(value, "99SKIAGRAM", meaning)


BODY = Structure(
    "body", "Body", Code("38266002", "SCT", "Entire body"), (177, 122, 101), Region.ANY, 1,
    Layer.OUTLINES,
)  # fmt: skip
LUNG_RIGHT = Structure(
    "lung_right", "Right lung", RIGHT_LUNG, (197, 165, 145), Region.THORAX, 1, group="lungs"
)
LUNG_LEFT = Structure(
    "lung_left", "Left lung", LEFT_LUNG, (172, 138, 115), Region.THORAX, 2, group="lungs"
)
AIRWAYS = Structure("airways", "Trachea and bronchi", AIRWAY, (182, 228, 255), Region.THORAX, 3)
BONE = Structure("bone", "Bone", Code("272673000", "SCT", "Bone"), (241, 214, 145), Region.ANY, 4)
SUBCUTANEOUS_FAT = Structure(
    "fat_subcutaneous", "Subcutaneous fat", _own("subcutaneous_fat", "Subcutaneous fat"),
    (230, 200, 80), Region.TRUNK, 5, category=TISSUE, group="tissues",
)  # fmt: skip
VISCERAL_FAT = Structure(
    "fat_visceral", "Visceral fat", _own("visceral_fat", "Visceral fat"), (240, 150, 60),
    Region.TRUNK, 6, category=TISSUE, group="tissues",
)  # fmt: skip
MUSCLE = Structure(
    "muscle", "Muscle", Code("127954009", "SCT", "Skeletal muscle"), (192, 104, 88),
    Region.TRUNK, 7, category=TISSUE, group="tissues",
)  # fmt: skip
LIVER = Structure(
    "liver", "Liver", Code("10200004", "SCT", "Liver"), (221, 130, 101), Region.ABDOMEN, 8
)
SPLEEN = Structure(
    "spleen", "Spleen", Code("78961009", "SCT", "Spleen"), (157, 108, 162), Region.ABDOMEN, 9
)
KIDNEY_RIGHT = Structure(
    "kidney_right", "Right kidney", Code("9846003", "SCT", "Right kidney"), (185, 102, 83),
    Region.ABDOMEN, 10, group="kidneys",
)  # fmt: skip
KIDNEY_LEFT = Structure(
    "kidney_left", "Left kidney", Code("18639004", "SCT", "Left kidney"), (205, 122, 103),
    Region.ABDOMEN, 11, group="kidneys",
)  # fmt: skip
AORTA = Structure(
    "aorta", "Aorta", Code("15825003", "SCT", "Aorta"), (224, 97, 76), Region.TRUNK, 12
)
HEART = Structure(
    "heart", "Heart region", Code("80891009", "SCT", "Heart"), (206, 110, 84), Region.THORAX, 13
)
BRAIN = Structure(
    "brain", "Brain", Code("12738006", "SCT", "Brain"), (250, 250, 225), Region.HEAD, 14,
    modalities=("CT", "MR"),
)  # fmt: skip
SKULL = Structure(
    "skull", "Skull", Code("89546000", "SCT", "Skull"), (241, 214, 145), Region.HEAD, 2,
    Layer.SKULL,
)  # fmt: skip
STRUCTURES: tuple[Structure, ...] = (
    BODY, LUNG_RIGHT, LUNG_LEFT, AIRWAYS, HEART, AORTA, LIVER, SPLEEN, KIDNEY_RIGHT,
    KIDNEY_LEFT, BONE, MUSCLE, SUBCUTANEOUS_FAT, VISCERAL_FAT, SKULL, BRAIN,
)  # fmt: skip

ALL = "all"


def names() -> tuple[str, ...]:
    """Return the words that structures are asked for by: groups, single ones, "all"."""
    words = [ALL]
    for one in STRUCTURES:
        words += [word for word in (one.group, one.id) if word and word not in words]
    return tuple(words)


def wanted(words: Iterable[str]) -> tuple[Structure, ...]:
    """Return the structures that some words ask for, in the order of the list.

    Raises:
        Declined: if a word names no structure.
    """
    asked = [word.strip().lower() for word in words if word.strip()]
    for word in asked:
        if word not in names():
            raise Declined(
                f"There is no structure {word}; there are: {', '.join(names())}.",
                code="no_structure",
            )
    if not asked or ALL in asked:
        return STRUCTURES
    return tuple(one for one in STRUCTURES if one.id in asked or one.group in asked)


def titles(structures: Sequence[Structure]) -> str:
    """Return their names as one list of words."""
    return ", ".join(one.title.lower() for one in structures)
