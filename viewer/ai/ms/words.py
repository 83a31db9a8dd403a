"""Codes and colours of lesions of the brain and their change.

No coding scheme has one code for "new lesion of the brain", so that what changed is said in the
program's own codes; the site and the type of segments are standard (SCT 12738006 Brain, DCM 110702
White Matter T2 Hyperintensity, CID 7140).
"""

from __future__ import annotations

from viewer.ai.ms.change import Kind
from viewer.core.code import MORPHOLOGICALLY_ABNORMAL, Code
from viewer.core.segmentation import Segment

BRAIN = Code("12738006", "SCT", "Brain")
LESION_OF_BRAIN = Code("301766008", "SCT", "Lesion of Brain")
HYPERINTENSITY = Code("110702", "DCM", "White Matter T2 Hyperintensity")
KINDS: dict[Kind, Code] = {
    Kind.NEW: Code("brain_lesion_new", "99SKIAGRAM", "New lesion of the brain"),
    Kind.GROWN: Code("brain_lesion_grown", "99SKIAGRAM", "Grown lesion of the brain"),
    Kind.SHRUNK: Code("brain_lesion_shrunk", "99SKIAGRAM", "Shrunk lesion of the brain"),
    Kind.VANISHED: Code("brain_lesion_gone", "99SKIAGRAM", "Vanished lesion of the brain"),
}
CHANGED = Code("brain_lesion_changed", "99SKIAGRAM", "Changed lesion of the brain, order unknown")
_COLOURS = {
    Kind.NEW: (230, 70, 60),
    Kind.GROWN: (240, 160, 40),
    Kind.SHRUNK: (80, 180, 230),
    Kind.VANISHED: (70, 110, 220),
}
_NAMES = {
    Kind.NEW: "New",
    Kind.GROWN: "Grown",
    Kind.SHRUNK: "Shrunk",
    Kind.VANISHED: "Vanished",
}
_UNDATED = {
    Kind.NEW: "Only on the second image",
    Kind.GROWN: "Larger on the second image",
    Kind.SHRUNK: "Smaller on the second image",
    Kind.VANISHED: "Only on the first image",
}
LABELS = {kind: number for number, kind in enumerate(_NAMES, start=1)}


def name_of(kind: Kind, *, dated: bool) -> str:
    """Say a kind of change; without dates nothing is called new or grown."""
    return (_NAMES if dated else _UNDATED)[kind]


def segments_of(*, dated: bool) -> tuple[Segment, ...]:
    """Return the segments of a label map of change."""
    return tuple(
        Segment(
            label,
            name_of(kind, dated=dated),
            HYPERINTENSITY,
            MORPHOLOGICALLY_ABNORMAL,
            _COLOURS[kind],
        )
        for kind, label in LABELS.items()
    )


LESIONS = (Segment(1, "Bright lesions", HYPERINTENSITY, MORPHOLOGICALLY_ABNORMAL, (230, 159, 0)),)
