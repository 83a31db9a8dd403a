"""What a model gave before a person changed it, as content items of a finding in a report."""

from __future__ import annotations

import numpy as np
from highdicom import sr
from pydicom.dataset import Dataset

from viewer.core.code import CUBIC_MILLIMETRE, MILLIMETRE, Code
from viewer.core.finding import Original
from viewer.core.geometry import Array, position_of
from viewer.io.concepts import coded, our_code
from viewer.io.sr_tree import find, number_of, points_of

ORIGINAL_CENTRE = our_code("original_centre", "Center as the algorithm gave it")
ORIGINAL_BOX = our_code("original_box", "Enclosing box as the algorithm gave it")
ORIGINAL_DIAMETER = our_code("original_diameter", "Diameter as the algorithm gave it")
ORIGINAL_VOLUME = our_code("original_volume", "Volume as the algorithm gave it")
_CONTAINS = sr.RelationshipTypeValues.CONTAINS


def original_items(original: Original | None, frame: str) -> list[sr.ContentItem]:
    """Return the items of a finding that a person changed; none for any other."""
    if original is None:
        return []

    def points(name: Code, kind: str, *places: object) -> sr.ContentItem:
        return sr.Scoord3DContentItem(coded(name), kind, _array(*places), frame, None, _CONTAINS)

    def number(name: Code, value: float, unit: Code) -> sr.ContentItem:
        return sr.NumContentItem(
            coded(name), float(value), coded(unit), relationship_type=_CONTAINS
        )

    return [
        points(ORIGINAL_CENTRE, "POINT", original.position),
        points(ORIGINAL_BOX, "MULTIPOINT", original.low, original.high),
        number(ORIGINAL_DIAMETER, original.diameter_mm, MILLIMETRE),
        number(ORIGINAL_VOLUME, original.volume_mm3, CUBIC_MILLIMETRE),
    ]


def original_of(group: Dataset) -> Original | None:
    """Return what the algorithm had given, where a finding says so."""
    centre = next((points_of(item)[0] for item in find(group, ORIGINAL_CENTRE)), None)
    box = next((points_of(item) for item in find(group, ORIGINAL_BOX)), None)
    if centre is None or box is None:
        return None
    diameter, volume = number_of(group, ORIGINAL_DIAMETER), number_of(group, ORIGINAL_VOLUME)
    return Original(
        position_of(centre),
        position_of(box.min(axis=0)),
        position_of(box.max(axis=0)),
        0.0 if diameter is None else diameter[0],
        0.0 if volume is None else volume[0],
    )


def _array(*places: object) -> Array:
    return np.array(places, np.float64)
