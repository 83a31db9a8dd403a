"""How well bleeds are found: slices called ill, boxes hit, bleeds of patients, with intervals.

A mark hits a box if its middle lies in it, or, more strictly, if both share 0.3 of what they
cover together (IoU). A second mark on a box that was hit counts neither way. Intervals are of
1,000 draws of patients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Metric
from viewer.imaging.evaluation.classification import areas_under, average_precisions
from viewer.imaging.evaluation.detection import Scan, drawn_sensitivity, froc
from viewer.imaging.evaluation.resampling import Draws, draws, interval

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]
Notion = Literal["centre", "iou"]
LEAST_IOU = 0.3
DRAWN, SEED = 1000, 7
RATES = (0.25, 0.5, 1.0)
"""False marks per patient at which the share of boxes that are hit is told."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What was said of one head: slices' truth and scores, boxes (NaN for none), marks."""

    patient: str
    ill: NDArray[np.bool_] = field(repr=False)
    scores: Array = field(repr=False)
    boxes: Array = field(repr=False)
    marks: tuple[tuple[int, Box, float], ...] = field(repr=False)
    """Slice, box, score."""
    bleeds: tuple[int, ...] = ()
    """Which bleed each mark belongs to; empty where they are not joined."""


def hits(mark: Box, box: Array, notion: Notion) -> bool:
    """Tell whether a mark hits the box of its slice."""
    if not np.isfinite(box[0]):
        return False
    if notion == "centre":
        row, column = (mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2
        return bool(box[0] <= row <= box[2] and box[1] <= column <= box[3])
    return iou(mark, box) >= LEAST_IOU


def iou(mark: Box, box: Array) -> float:
    """Return the share of what two boxes cover together that both cover."""
    high = np.minimum(mark[2:], box[2:])
    low = np.maximum(mark[:2], box[:2])
    both = float(np.prod((high - low).clip(0)))
    each = [float(np.prod(np.subtract(one[2:], one[:2]))) for one in (mark, box)]
    return both / max(sum(each) - both, 1e-9)


def scan_of(one: Judged, notion: Notion) -> Scan:
    """Return the marks on the slices of a head, each a hit, false, or neither."""
    order = sorted(range(len(one.marks)), key=lambda k: -one.marks[k][2])
    hit, false = np.zeros(len(order), np.bool_), np.zeros(len(order), np.bool_)
    taken: set[int] = set()
    for k in order:
        number, box, _ = one.marks[k]
        good = hits(box, one.boxes[number], notion)
        hit[k] = good and number not in taken
        false[k] = not good
        if good:
            taken.add(number)
    scores = np.array([mark[2] for mark in one.marks], np.float64)
    return Scan(one.patient, scores, hit, false, int(one.ill.sum()))


def bleed_scan(one: Judged, notion: Notion) -> Scan:
    """Return the bleeds of a head, each with its highest score; every head here has one.

    A bleed hits if its surest mark does.
    """
    best: dict[int, int] = {}
    for k, bleed in enumerate(one.bleeds):
        if bleed not in best or one.marks[k][2] > one.marks[best[bleed]][2]:
            best[bleed] = k
    ranked = sorted(best.values(), key=lambda k: -one.marks[k][2])
    good = np.array(
        [hits(one.marks[k][1], one.boxes[one.marks[k][0]], notion) for k in ranked], np.bool_
    )
    first = good & (np.cumsum(good) == 1)
    scores = np.array([one.marks[k][2] for k in ranked], np.float64)
    return Scan(one.patient, scores, first, ~good, 1)


def slice_metrics(heads: Sequence[Judged], label: str = "") -> tuple[Metric, ...]:
    """Return AUC and average precision of slices with a bleed against those without."""
    labels, scores, drawn = _slices(heads)
    every = np.ones((1, len(labels)))
    made = []
    for name, measure in (("AUC", areas_under), ("average precision", average_precisions)):
        value = float(measure(labels, scores, every)[0])
        spread = measure(labels, scores, drawn.counts[:, drawn.of])
        made.append(metric(f"{name} of slices{label}", value, spread))
    return tuple(made)


def slice_gain(first: Sequence[Judged], second: Sequence[Judged], name: str) -> Metric:
    """Return by how much the AUC of slices is higher than that of another model on the same."""
    labels, scores, drawn = _slices(first)
    others = _slices(second)[1]
    every = np.ones((1, len(labels)))
    weights = drawn.counts[:, drawn.of]
    value = areas_under(labels, scores, every) - areas_under(labels, others, every)
    spread = areas_under(labels, scores, weights) - areas_under(labels, others, weights)
    return metric(name, float(value[0]), spread)


def box_metrics(heads: Sequence[Judged], notion: Notion, label: str = "") -> tuple[Metric, ...]:
    """Return the share of boxes that are hit at some false marks per patient."""
    scans = [scan_of(one, notion) for one in heads]
    found = froc(scans)
    drawn = draws([one.patient for one in heads], DRAWN, SEED)
    spread = drawn_sensitivity(scans, drawn, RATES)
    how = "middle inside" if notion == "centre" else f"IoU {LEAST_IOU}"
    return tuple(
        metric(f"boxes hit ({how}) at {rate:g} false marks per patient{label}", found.at(rate), row)
        for rate, row in zip(RATES, spread.T, strict=True)
    )


def _slices(heads: Sequence[Judged]) -> tuple[NDArray[np.bool_], Array, Draws]:
    labels = np.concatenate([one.ill for one in heads])
    scores = np.concatenate([one.scores for one in heads]).astype(np.float64)
    names = [one.patient for one in heads for _ in one.ill]
    return labels, scores, draws(names, DRAWN, SEED)


def metric(name: str, value: float, spread: Array) -> Metric:
    """Return a number with the interval of its draws."""
    low, high = interval(spread)
    if low is None or high is None:
        return Metric(name, round(value, 4))
    return Metric(
        name,
        round(value, 4),
        round(min(low, value), 4),
        round(max(high, value), 4),
        interval_over="patients",
    )
