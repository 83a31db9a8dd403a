"""Findings, segmentations and measurements to be kept, and how to compare them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import numpy as np

from viewer.core.author import Author
from viewer.core.code import LEFT_LUNG, LUNG, MILLIMETRE, NODULE, Code
from viewer.core.finding import Finding, Judgement, Reason, Status
from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.measurement import Anchor, Measurement, MeasurementKind, Quantity
from viewer.core.segmentation import Mask, Segment, Segmentation

PERSON = Author("Dr Röntgen")
MODEL = Author("reader", True, "1.0", "ab" * 32, (("threshold", "0.5"),))


def geometry(shape: tuple[int, int, int]) -> Geometry:
    return Geometry.from_axes(shape, (-1.5, 2, 1 / 3), np.eye(3), (1.25, 0.7, 0.7), "1.2.3")


def finding(number: int = 1, shape: tuple[int, int, int] = (3, 5, 7)) -> Finding:
    voxels = np.indices(shape).sum(axis=0) % 2 == 0
    return Finding(
        id=f"1.2.{number}",
        kind=NODULE,
        site=None if number % 2 else LUNG,
        position=(1.0, -2.5, 1 / 3),
        low=(0.0, -3.0, 0.0),
        high=(2.0, -2.0, 1.0),
        diameter_mm=7.1,
        volume_mm3=187.4,
        series_key="series",
        author=MODEL,
        score=0.9,
        mean_value=float("nan"),
        mask=Mask(voxels, geometry(shape)),
        explanation=(Reason("size", 7.1, "mm", 0.3),),
        status=Status.ACCEPTED,
        history=(Judgement(Status.ACCEPTED, PERSON, "2026-01-01T00:00:00Z", "größer"),),
        note='with "quotes" and \n lines',
    )


def segmentation(labels: np.ndarray) -> Segmentation:
    shape = labels.shape
    segments = (Segment(1, "Lunge links", LEFT_LUNG, colour=(1, 2, 3)), Segment(2, "Rest", LUNG))
    return Segmentation("1.2", "Lungs", labels, geometry(shape), segments, MODEL, "series")


DIAMETER = Code("81827009", "SCT", "Diameter")


def measurement() -> Measurement:
    return Measurement(
        "1.9",
        MeasurementKind.LENGTH,
        ((0.0, 0.0, 0.1), (3.0, 4.0, 0.1)),
        Anchor("series", "1.2.3", (0.0, 0.0, 1.0)),
        PERSON,
        (Quantity(DIAMETER, 5.0, MILLIMETRE, "estimated"),),
        finding=LUNG,
        colour=(1, 2, 3),
    )


def same(one: object, other: object) -> bool:
    """Compare values to the last bit, their arrays included."""
    if isinstance(one, np.ndarray):
        return (
            isinstance(other, np.ndarray)
            and one.dtype == other.dtype
            and one.shape == other.shape
            and one.tobytes() == other.tobytes()
        )
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, LabelMap):
        return isinstance(other, LabelMap) and same(one.whole(), other.whole())
    if is_dataclass(one):
        return type(one) is type(other) and all(
            same(getattr(one, part.name), getattr(other, part.name)) for part in fields(one)
        )
    return type(one) is type(other) and repr(one) == repr(other)
