"""The figures of the judged patients, with 95 % intervals over patients, and tables of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import cc3d
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from viewer.ai.card import Metric, OperatingPoint, Performance
from viewer.ai.tumour.finishing import Finishing, Kinds, features_of
from viewer.ai.tumour.judging import (
    LEAST_MARK_ML,
    Crossed,
    Judged,
    Mask,
    above,
    crossed_suv,
    dice,
    hits,
    share_of_maximum,
)
from viewer.imaging.evaluation.overlap import compare
from viewer.imaging.evaluation.resampling import draws, interval

SAMPLES = 2000
SEED = 7
TOLERANCE_MM = 5.0
SCORE_THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
Array = NDArray[np.float64]
WORDS = {"PT": "PET", "CT": "CT", "MR": "MR"}


def named(kinds: Kinds) -> str:
    """Return a combination of images in words."""
    return " + ".join(WORDS[one] for one in kinds)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What one method made of all patients; NaN where nothing was found to measure."""

    name: str
    dice: Array = field(repr=False)
    dice_in_mr: Array = field(repr=False)
    """Where the MR reaches, too."""
    hausdorff95_mm: Array = field(repr=False)
    volume_error: Array = field(repr=False)
    """Size of the error as a part of the true volume."""
    false_marks: Array = field(repr=False)
    """Connected parts of at least 0.5 ml that do not lie on the tumour."""
    missed: Array = field(repr=False)
    """1 where no part lies on the tumour."""


def row(name: str, cases: Sequence[Judged], outline: Callable[[Judged], Mask]) -> Row:
    """Measure one method on all patients."""
    figures = [_measured(one, outline(one)) for one in cases]
    return Row(name, *np.array(figures, np.float64).T)


def _measured(case: Judged, found: Mask) -> tuple[float, ...]:
    truth, grid = case.patient.truth, case.patient.pet.geometry
    agreement = compare(truth, found, grid, TOLERANCE_MM)
    far = agreement.hausdorff95_mm
    error = agreement.volume_error
    own = np.ascontiguousarray(found)
    least = max(1, round(1000 * LEAST_MARK_ML / grid.voxel_volume_mm3))
    parts, count = cc3d.connected_components(
        cc3d.dust(own, threshold=least, connectivity=26) != 0, connectivity=26, return_N=True
    )
    sizes = np.bincount(parts.ravel(), minlength=count + 1)[1:]
    shared = np.bincount(parts[truth].ravel(), minlength=count + 1)[1:]
    on = shared >= 0.1 * sizes
    return (
        dice(found, truth),
        dice(found & case.within_mr, truth & case.within_mr),
        np.nan if far is None else far,
        np.nan if error is None else abs(error),
        float((~on).sum()),
        float(not on.any()),
    )


def rows_of(cases: Sequence[Judged], chosen: Mapping[Kinds, Crossed]) -> list[Row]:
    """Measure the network with every combination of images, and the plain rules."""
    made = []
    for kinds, choice in chosen.items():
        made.append(
            row(named(kinds), cases, lambda one, k=kinds, c=choice: one.found(k, c[one.fold]))  # type: ignore[misc]
        )
    suv = crossed_suv(cases)
    made.append(row("rule: SUV > 2.5", cases, lambda one: above(one, 2.5)))
    made.append(row("rule: 40 % of SUVmax", cases, share_of_maximum))
    made.append(row("rule: best fixed SUV", cases, lambda one: above(one, suv[one.fold])))
    return made


# -- intervals ------------------------------------------------------------------------------------


def spread(values: Array, figure: Callable[[Array], float]) -> tuple[float, float, float]:
    """Return a figure of values (patients) and its 95 % interval over patients; NaN left out."""
    known = values[np.isfinite(values)]
    counts = draws([str(number) for number in range(len(known))], SAMPLES, SEED).counts
    order = np.argsort([str(number) for number in range(len(known))])
    drawn = np.array([figure(np.repeat(known[order], one)) for one in counts])
    low, high = interval(drawn)
    value = figure(known)
    if low is None or high is None:
        return value, value, value
    return value, min(low, value), max(high, value)


def mean(values: Array) -> float:
    """Return the mean."""
    return float(np.mean(values))


def median(values: Array) -> float:
    """Return the median."""
    return float(np.median(values))


def metric(name: str, values: Array, figure: Callable[[Array], float], unit: str = "") -> Metric:
    """Return a figure for a card."""
    value, low, high = (round(number, 3) for number in spread(values, figure))
    return Metric(name, value, low, high, interval_over="patients", unit=unit)


def metrics_of(one: Row) -> tuple[Metric, ...]:
    """Return what a card tells of a method."""
    return (
        metric("Dice, mean", one.dice, mean),
        metric("Dice, median", one.dice, median),
        metric("Dice where MR reaches, mean", one.dice_in_mr, mean),
        metric("HD95, median", one.hausdorff95_mm, median, "mm"),
        metric("Volume error, median", 100 * one.volume_error, median, "%"),
        metric("Tumours found", 1 - one.missed, mean),
        metric("False marks per patient", one.false_marks, mean),
    )


def table(rows: Sequence[Row]) -> str:
    """Return all methods as a table in Markdown."""
    heads = (
        "method",
        "Dice mean (95 %)",
        "median (95 %)",
        "mean where MR reaches",
        "HD95 median, mm",
        "volume error median",
        "tumours found",
        "false marks per patient",
    )
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for one in rows:
        cells = [
            _in_words(spread(one.dice, mean)),
            _in_words(spread(one.dice, median)),
            _in_words(spread(one.dice_in_mr, mean)),
            f"{median(one.hausdorff95_mm[np.isfinite(one.hausdorff95_mm)]):.0f}",
            f"{100 * median(one.volume_error):.0f} %",
            f"{len(one.missed) - int(one.missed.sum())} of {len(one.missed)}",
            _in_words(spread(one.false_marks, mean)),
        ]
        lines.append(f"| {one.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def gain(better: Row, worse: Row) -> str:
    """Return by how much one method's mean Dice is above another's, patient by patient."""
    words = _in_words(spread(better.dice - worse.dice, mean))
    return f"{better.name} above {worse.name}: {words}"


def _in_words(figures: tuple[float, float, float]) -> str:
    value, low, high = figures
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


# -- the score of a part --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """All connected parts of a combination of images: features, whether on tumour, whose."""

    kinds: Kinds
    features: Array = field(repr=False)
    hit: NDArray[np.bool_] = field(repr=False)
    case: NDArray[np.intp] = field(repr=False)
    fold: NDArray[np.intp] = field(repr=False)

    def without_fold(self, fold: int) -> Parts:
        """Return the parts of the other folds."""
        kept = self.fold != fold
        arrays = (self.features[kept], self.hit[kept], self.case[kept], self.fold[kept])
        return Parts(self.kinds, *arrays)


def parts_of(cases: Sequence[Judged], kinds: Kinds, choice: Crossed) -> Parts:
    """Return the parts that cross-validation found with these images."""
    features, hit, case, fold = [np.zeros((0, 3))], [], [], []
    for number, one in enumerate(cases):
        marks = one.marks(kinds, choice[one.fold])
        features.append(features_of(marks))
        hit += [hits(mark, one) for mark in marks]
        case += [number] * len(marks)
        fold += [one.fold] * len(marks)
    return Parts(
        kinds,
        np.concatenate(features),
        np.array(hit, np.bool_),
        np.array(case, np.intp),
        np.array(fold, np.intp),
    )


def calibrated(parts: Sequence[Parts], without_fold: int = -1) -> NDArray[np.float32]:
    """Return the regression of all parts, or of those of the other folds."""
    kept = [one.without_fold(without_fold) for one in parts]
    features = np.concatenate([one.features for one in kept])
    hit = np.concatenate([one.hit for one in kept])
    if hit.all() or not hit.any():
        return np.array([2.0 if hit.all() else -2.0, 0, 0, 0], np.float32)
    model = LogisticRegression(C=1.0)  # type: ignore[no-untyped-call]
    model.fit(features, hit)
    return np.array([model.intercept_[0], *model.coef_[0]], np.float32)


def operating(parts: Sequence[Parts], patients: int) -> tuple[OperatingPoint, ...]:
    """Return what thresholds of the score give with all images, each fold by the others."""
    full = parts[0]
    scores = np.zeros(len(full.hit))
    for fold in np.unique(full.fold):
        finishing = Finishing({}, {}, LEAST_MARK_ML, calibrated(parts, int(fold)))
        here = full.fold == fold
        scores[here] = finishing.scores(full.features[here])
    return tuple(
        OperatingPoint(
            threshold,
            round(len(np.unique(full.case[full.hit & (scores >= threshold)])) / patients, 3),
            round(float((~full.hit & (scores >= threshold)).sum()) / patients, 2),
        )
        for threshold in SCORE_THRESHOLDS
    )


def performance(rows: Sequence[Row], data: str, command: str) -> tuple[Performance, ...]:
    """Return the figures of all methods for a card."""
    return tuple(
        Performance(
            f"{data}; {one.name}",
            len(one.dice),
            f"mean Dice {mean(one.dice):.2f}, median {median(one.dice):.2f}",
            command,
            lesions=len(one.dice),
            metrics=metrics_of(one),
        )
        for one in rows
    )


def per_patient(cases: Sequence[Judged], rows: Mapping[str, Row]) -> str:
    """Return the Dice of each patient as a table in Markdown."""
    names = list(rows)
    lines = [
        "| patient | tumour, ml | " + " | ".join(names) + " |",
        "|---" * (len(names) + 2) + "|",
    ]
    for number, one in enumerate(cases):
        ml = one.patient.truth.sum() * one.patient.pet.geometry.voxel_volume_mm3 / 1000
        cells = [f"{rows[name].dice[number]:.2f}" for name in names]
        lines.append(f"| {one.patient.name} | {ml:.0f} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
