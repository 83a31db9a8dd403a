"""How well a map finds the bleeds that it was never told of, in numbers.

A mark is a local peak of a map; it hits a box of its slice that it lies in. A slice scores what
its highest peak does. All numbers are over patients that the map was not learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.card import Metric, OperatingPoint
from viewer.ai.unlike.lessons import Box, Lesson
from viewer.imaging.evaluation.classification import area_under, areas_under
from viewer.imaging.evaluation.detection import Scan, drawn_sensitivity, froc
from viewer.imaging.evaluation.resampling import draws, interval

RATES = (1.0, 4.0)
"""False marks per patient at which sensitivity is told."""
OPERATING = (4.0, 2.0, 1.0, 0.5)
MOST_MARKS = 3
"""Peaks of one slice that count, the highest."""
APART = 7
"""Rows and columns in which there is one peak."""
SAMPLES = 1000

Maps = Sequence[NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Judged:
    """The figures of one kind of map."""

    slices: Metric
    boxes: tuple[Metric, ...]
    pointing: Metric
    operating: tuple[OperatingPoint, ...]

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """All of them."""
        return (self.slices, *self.boxes, self.pointing)


def judged(lessons: Sequence[Lesson], maps: Maps) -> Judged:
    """Judge one map (slice, SIDE, SIDE) for each patient."""
    labels = np.concatenate([one.ill for one in lessons])
    scores = np.concatenate([one.max(axis=(1, 2)) for one in maps]).astype(np.float64)
    of = [one.patient for one in lessons for _ in one.boxes]
    drawn = draws(of, SAMPLES, 0)
    areas = drawn.each(len(of), lambda counts: areas_under(labels, scores, counts[:, drawn.of]))
    scans = [scan_of(one, map_) for one, map_ in zip(lessons, maps, strict=True)]
    return Judged(
        _metric("slice AUC", area_under(labels, scores), areas),
        _sensitivities(scans),
        _pointing(lessons, maps),
        _operating(scans),
    )


def _operating(scans: Sequence[Scan]) -> tuple[OperatingPoint, ...]:
    """Return what to expect at the lowest threshold that keeps to each rate."""
    curve = froc(scans)
    found = []
    for rate in OPERATING:
        last = int((curve.false_per_scan <= rate + 1e-9).sum()) - 1
        if last >= 0:
            numbers = (curve.thresholds, curve.sensitivity, curve.false_per_scan)
            found.append(OperatingPoint(*(round(float(one[last]), 4) for one in numbers)))
    return tuple(found)


def _sensitivities(scans: Sequence[Scan]) -> tuple[Metric, ...]:
    curve = froc(scans)
    several = drawn_sensitivity(scans, draws([one.patient for one in scans], SAMPLES, 0), RATES)
    return tuple(
        _metric(f"boxes hit at {rate:g} false marks per patient", curve.at(rate), several[:, k])
        for k, rate in enumerate(RATES)
    )


def _pointing(lessons: Sequence[Lesson], maps: Maps) -> Metric:
    """Tell in how many slices with a box the highest value lies in one."""
    hits, of = [], []
    for lesson, map_ in zip(lessons, maps, strict=True):
        for number in np.flatnonzero(lesson.ill):
            row, column = np.unravel_index(map_[number].argmax(), map_[number].shape)
            hits.append(any(_in(box, row, column) for box in lesson.boxes[number]))
            of.append(lesson.patient)
    values = np.array(hits, dtype=np.float64)
    drawn = draws(of, SAMPLES, 0)
    means = drawn.each(
        len(of), lambda counts: counts[:, drawn.of] @ values / counts[:, drawn.of].sum(axis=1)
    )
    return _metric("slices with a bleed whose highest value lies in it", values.mean(), means)


def _metric(name: str, value: float, drawn: NDArray[np.float64]) -> Metric:
    low, high = interval(drawn)
    return Metric(name, round(float(value), 4), *_rounded(low, high), "patients")


def _rounded(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    return (None if low is None else round(low, 4)), (None if high is None else round(high, 4))


def scan_of(lesson: Lesson, map_: NDArray[np.float32]) -> Scan:
    """Return the marks of one patient; only the highest in a box is its hit, others count not."""
    scores, hits, false = [], [], []
    for number, boxes in enumerate(lesson.boxes):
        left = set(range(len(boxes)))
        for score, row, column in peaks(map_[number]):
            inside = {k for k, box in enumerate(boxes) if _in(box, row, column)}
            scores.append(score)
            hits.append(bool(inside & left))
            false.append(not inside)
            left -= inside
    return Scan(
        lesson.patient,
        np.array(scores),
        np.array(hits, dtype=np.bool_),
        np.array(false, dtype=np.bool_),
        sum(len(boxes) for boxes in lesson.boxes),
    )


def peaks(one: NDArray[np.float32]) -> list[tuple[float, int, int]]:
    """Return the highest peaks of a slice: value, row, column."""
    top = (one == ndimage.maximum_filter(one, APART)) & (one > 0)
    rows, columns = np.nonzero(top)
    found = sorted(
        zip(one[top].tolist(), rows.tolist(), columns.tolist(), strict=True), reverse=True
    )
    return found[:MOST_MARKS]


def _in(box: Box, row: float, column: float) -> bool:
    return box[0] <= row <= box[2] and box[1] <= column <= box[3]
