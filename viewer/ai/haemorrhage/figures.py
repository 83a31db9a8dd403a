"""The figures of the bleed finder, with intervals, beside those of what it would replace."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from viewer.ai.card import Metric, OperatingPoint, Performance
from viewer.ai.haemorrhage.comparing import (
    Head,
    boosting,
    by_bleeds,
    by_features,
    by_network,
    by_rule,
    regression,
)
from viewer.ai.haemorrhage.judging import (
    DRAWN,
    SEED,
    Judged,
    bleed_scan,
    box_metrics,
    metric,
    slice_gain,
    slice_metrics,
)
from viewer.ai.haemorrhage.pictures import BRAIN, Bytes
from viewer.ai.haemorrhage.words import THRESHOLD
from viewer.imaging.evaluation.detection import Scan, drawn_point, point
from viewer.imaging.evaluation.resampling import draws

COMMAND = "python -m viewer.ai.train head_haemorrhage --sixteen-bit"
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_WINDOWS = ((80.0, 40.0), (100.0, 40.0))

Change = Callable[[Bytes], Bytes]


def figures_of(
    heads: Sequence[Head], again: Callable[[Change], Sequence[Head]]
) -> tuple[tuple[OperatingPoint, ...], tuple[Performance, ...]]:
    """Return the operating table and all figures.

    Args:
        heads: Judged by networks that never saw them.
        again: Asks about the same heads with something changed on their slices.
    """
    ours, network = by_network(heads), by_network(heads, bright=False)
    rule = by_rule(heads)
    classical = {
        "logistic regression on bright parts": by_features(heads, regression),
        "gradient boosting on bright parts": by_features(heads, boosting),
    }
    scans = [bleed_scan(one, "centre") for one in by_bleeds(heads)]
    figures = [
        _slices("cross-validated; regression of network and brightness", ours),
        _patients(scans),
        _slices("the network alone, the same folds", network),
        _slices("plain rule: parts brighter than the brain, the same folds", rule),
        *(_slices(f"{name}, the same folds", one) for name, one in classical.items()),
        _gains(ours, {"network alone": network, "plain rule": rule, **classical}),
    ]
    for width, centre in _WINDOWS:
        name = f"shown as through a window of {width:g} about {centre:g} HU"
        figures.append(_slices(name, by_network(list(again(_through(width, centre))))))
    turned = by_network(list(again(lambda one: np.ascontiguousarray(one.transpose(0, 2, 1)))))
    figures.append(_whole_only("lying on their side, as the files are stored", turned))
    table = tuple(_operating(scans, value) for value in THRESHOLDS)
    return table, tuple(figures)


def _slices(name: str, heads: Sequence[Judged]) -> Performance:
    metrics = (
        *slice_metrics(heads),
        *box_metrics(heads, "centre"),
        *box_metrics(heads, "iou"),
    )
    return _figure(name, heads, metrics)


def _whole_only(name: str, heads: Sequence[Judged]) -> Performance:
    return _figure(name, heads, slice_metrics(heads))


def _figure(name: str, heads: Sequence[Judged], metrics: tuple[Metric, ...]) -> Performance:
    ill = sum(int(one.ill.sum()) for one in heads)
    total = sum(len(one.ill) for one in heads)
    return Performance(
        f"PHE-SICH-CT-IDS, {len(heads)} patients by cross-validation: {total} slices, {ill} with a"
        f" box; {name}",
        len(heads),
        "; ".join(one.in_words for one in metrics),
        COMMAND,
        lesions=ill,
        metrics=metrics,
    )


def _patients(scans: Sequence[Scan]) -> Performance:
    drawn = draws([one.patient for one in scans], DRAWN, SEED)
    here = point(scans, THRESHOLD)
    spread = drawn_point(scans, drawn, THRESHOLD)
    first = [bool(len(one.hits) and one.hits[0]) for one in scans]
    sure = np.array([[float(hit)] for hit in first])
    top = (drawn.counts[:, drawn.of] @ sure)[:, 0] / len(scans)
    metrics = (
        metric(f"bleeds found at {THRESHOLD:g} (middle inside)", here.recall, spread[:, 0]),
        metric(f"false bleeds per patient at {THRESHOLD:g}", here.false_per_scan, spread[:, 3]),
        metric("patients whose surest bleed is the bleed", float(np.mean(first)), top),
    )
    return Performance(
        f"the same patients as wholes: each of {len(scans)} has one bleed, joined over slices;"
        " nobody is without one, so there is no specificity for patients",
        len(scans),
        "; ".join(one.in_words for one in metrics),
        COMMAND,
        lesions=len(scans),
        metrics=metrics,
    )


def _gains(ours: Sequence[Judged], others: dict[str, list[Judged]]) -> Performance:
    metrics = tuple(
        slice_gain(ours, one, f"AUC of slices above that of: {name}")
        for name, one in others.items()
    )
    return _figure("differences on the same patients", ours, metrics)


def _operating(scans: Sequence[Scan], threshold: float) -> OperatingPoint:
    here = point(scans, threshold)
    return OperatingPoint(threshold, round(here.recall, 4), round(here.false_per_scan, 4))


def _through(width: float, centre: float) -> Change:
    """Return what shows slices as if they had been made in another window than is taken."""

    def changed(slices: Bytes) -> Bytes:
        hu = slices.astype(np.float32) / 255 * BRAIN.width + BRAIN.centre - BRAIN.width / 2
        grey = (hu - (centre - width / 2)) / width * 255
        # black and white were cut off: nobody knows what was beyond
        grey = np.where(slices == 0, 0, np.where(slices == 255, 255, grey))
        return np.rint(grey).clip(0, 255).astype(np.uint8)

    return changed
