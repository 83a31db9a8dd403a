"""Masks judged against true ones: overlap and surface distances, by structure, size and group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.cohort.evaluation_cases import Cases, paired, too_many
from viewer.cohort.evaluation_masks import mask_files, patients_in, read_pair
from viewer.cohort.evaluation_parts import MEAN_HEAD, by_size, mean_row
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.imaging.evaluation.overlap import Agreement, compare, diameter_mm
from viewer.imaging.evaluation.resampling import (
    Array,
    chance_of_no_difference,
    draws,
    interval,
    mean_interval,
)
from viewer.imaging.evaluation.result import Cell, Evaluation, Figure, Line, Plot, Table, known
from viewer.imaging.evaluation.wish import Task, Wish

_MOST_ROWS = 200_000
_TOLD = 10
_SHOWN = (
    ("Dice", "dice", ""),
    ("Jaccard", "jaccard", ""),
    ("Surface Dice", "surface_dice", ""),
    ("HD95", "hausdorff95_mm", "mm"),
    ("Hausdorff distance", "hausdorff_mm", "mm"),
    ("Average surface distance", "surface_distance_mm", "mm"),
    ("Volume error", "volume_error_ml", "ml"),
)
_EMPTY = (
    "Where prediction and truth are both empty nothing is measured; where one is empty, "
    "overlaps are 0 and there is no distance: averages of distances leave it out."
)
_SURFACE = (
    "Surfaces are the centres of voxels with a face neighbour outside, in mm; HD95 is the "
    "larger of both sides' 95th percentiles."
)
_RULES = (
    "Structures are paired by name, or where no name is on both sides, by number.",
    _EMPTY,
    _SURFACE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """How one structure of one case agrees with the truth."""

    case: str
    patient: str
    structure: str
    agreement: Agreement
    only: str = ""
    """On which side alone it is, if so: its name may be another on the other side."""


def evaluate_segmentation(wish: Wish, progress: Progress) -> Evaluation:
    """Judge masks.

    Raises:
        Declined: if the cases of both sides are not the same, or a mask is on another grid.
        Unreadable: if a file is not what it says.
        Cancelled: if it is no longer wanted.
    """
    ours, truth = _files(wish.predictions), _files(wish.truth)
    patients = patients_in(truth)
    cases = paired(patients_in(ours), patients, wish.groups)
    whole = 0.5 if wish.other is not None else 0.95
    judged = judge_all(cases, ours, truth, wish, Part(progress, 0.0, whole))
    if not judged:
        raise Declined("There is no structure in any mask.", code="no_structures")
    tables = [_structure_table(judged, wish), _size_table(judged, wish)]
    if wish.other is not None:
        theirs = _files(wish.other)
        paired(patients_in(theirs), patients, wish.groups)
        more = judge_all(cases, theirs, truth, wish, Part(progress, whole, 0.95))
        tables.append(_comparison(judged, more, wish))
    progress.report(0.95, "tables")
    groups = _group_table(judged, cases, wish)
    tables += [groups] if groups.rows else []
    tables.append(_case_table(judged))
    return Evaluation(
        Task.SEGMENTATION,
        _figures(judged, wish),
        tuple(tables),
        (_plot(judged),),
        _rules(wish),
        (*cases.notices, *_alone(judged)),
        len(cases.every),
        len(set(cases.patients)),
        wish.samples,
        wish.seed,
    )


def _alone(judged: list[Judged]) -> list[str]:
    """Say which structures are on one side only; it may be that they have another name there."""
    said = {"prediction": "is predicted but not in the truth", "truth": "is not predicted"}
    return [
        f"{one.structure} of {one.case} {said[one.only]}: it counts as not found at all, unless "
        "both are empty."
        for one in judged
        if one.only
    ][:_TOLD]


def _files(place: Path) -> dict[str, Path]:
    """Return masks by case; a single file is one case, whatever it is called."""
    if place.is_file():
        return {"case": place}
    return mask_files(place)


def judge_all(
    cases: Cases, ours: Mapping[str, Path], truth: Mapping[str, Path], wish: Wish, whole: Progress
) -> list[Judged]:
    """Compare the structures of all cases, one case in memory at a time."""
    judged: list[Judged] = []
    count = len(cases.every)
    for number, case in enumerate(cases.every):
        part = Part(whole, number / count, (number + 1) / count)
        part.report(0.0, case.name)
        judged += _judge(case.name, case.patient, (ours[case.name], truth[case.name]), wish, part)
        if len(judged) > _MOST_ROWS:
            raise Declined("There are more structures than can be judged.", code="too_many")
    return judged


def _judge(
    case: str, patient: str, files: tuple[Path, Path], wish: Wish, progress: Progress
) -> list[Judged]:
    geometry, pairs = read_pair(*files, case, Part(progress, 0.0, 0.4))
    result = []
    for number, one in enumerate(pairs):
        progress.report(0.4 + 0.6 * number / len(pairs), f"{case}: {one.name}")
        agreement = compare(
            one.true.voxels(geometry), one.found.voxels(geometry), geometry, wish.tolerance_mm
        )
        result.append(Judged(case, patient, one.name, agreement, one.only))
    return result


def values_of(judged: list[Judged], name: str) -> Array:
    """Return a figure of all that was judged; NaN where it is undefined."""
    values = [getattr(one.agreement, name) for one in judged]
    return np.array([np.nan if one is None else one for one in values], np.float64)


def _figures(judged: list[Judged], wish: Wish) -> tuple[Figure, ...]:
    drawn = draws([one.patient for one in judged], wish.samples, wish.seed)
    figures = []
    for title, name, unit in _SHOWN:
        values = values_of(judged, name)
        there = values[np.isfinite(values)]
        bounds = mean_interval(values, drawn)
        mean = float(there.mean()) if len(there) else None
        figures.append(Figure(f"Mean {title}", mean, *bounds, len(there), "structures", unit))
        if name in ("dice", "hausdorff95_mm"):
            middle = float(np.median(there)) if len(there) else None
            figures.append(
                Figure(f"Median {title}", middle, count=len(there), of="structures", unit=unit)
            )
    return tuple(figures)


def _structure_table(judged: list[Judged], wish: Wish) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for structure in dict.fromkeys(one.structure for one in judged):
        those = [one for one in judged if one.structure == structure]
        dice = values_of(those, "dice")
        there = dice[np.isfinite(dice)]
        means = []
        for _, name, _ in _SHOWN[1:]:
            values = values_of(those, name)
            defined = values[np.isfinite(values)]
            means.append(float(defined.mean()) if len(defined) else None)
        distances = int(np.isfinite(values_of(those, "hausdorff95_mm")).sum())
        middle = float(np.median(there)) if len(there) else None
        row = mean_row(dice, [one.patient for one in those], wish)
        rows.append((structure, *row, middle, distances, *means))
    head = ("structure", *MEAN_HEAD[:3], "mean Dice", *MEAN_HEAD[4:], "median Dice")
    more = [f"mean {title}{f' [{unit}]' if unit else ''}" for title, _, unit in _SHOWN[1:]]
    return Table("structures", "By structure", (*head, "with distances", *more), tuple(rows))


def _size_table(judged: list[Judged], wish: Wish) -> Table:
    sizes = np.array([diameter_mm(one.agreement.truth_ml) or np.nan for one in judged])
    patients = [one.patient for one in judged]
    title = "Dice by size of the true structure (diameter of a ball of its volume)"
    return by_size(sizes, values_of(judged, "dice"), patients, wish, title)


def _group_table(judged: list[Judged], cases: Cases, wish: Wish) -> Table:
    left_out = too_many(cases)
    rows: list[tuple[Cell, ...]] = []
    for column, value, inside in cases.parts():
        if column in left_out:
            continue
        names = {cases.every[number].name for number in inside}
        those = [one for one in judged if one.case in names]
        if those:
            row = mean_row(values_of(those, "dice"), [one.patient for one in those], wish)
            rows.append((column, value, *row))
    return Table("groups", "Dice by group", ("group", "value", *MEAN_HEAD), tuple(rows))


def _case_table(judged: list[Judged]) -> Table:
    names = [one.name for one in fields(Agreement)]
    rows: list[tuple[Cell, ...]] = []
    for one in judged:
        told = one.agreement
        figures = [getattr(told, name) for name in names]
        errors = (told.volume_error_ml, told.volume_error)
        rows.append((one.case, one.patient, one.structure, *figures, *errors))
    head = ("case", "patient", "structure", *names, "volume_error_ml", "volume_error")
    return Table("cases", "Each structure of each case", head, tuple(rows))


def _comparison(ours: list[Judged], theirs: list[Judged], wish: Wish) -> Table:
    """Compare two on the structures that either side or the truth has."""
    second = {(one.case, one.structure): one for one in theirs}
    both = [one for one in ours if (one.case, one.structure) in second]
    other = [second[(one.case, one.structure)] for one in both]
    drawn = draws([one.patient for one in both], wish.samples, wish.seed)
    rows: list[tuple[Cell, ...]] = []
    for title, name, unit in _SHOWN[:-1]:
        first, more = values_of(both, name), values_of(other, name)
        gap = np.where(np.isfinite(first) & np.isfinite(more), first - more, np.nan)
        there = np.isfinite(gap)
        if not there.any():
            continue
        sums = drawn.each(len(gap), partial(_means, gap, drawn.of))
        rows.append(
            (
                f"Mean {title}{f' [{unit}]' if unit else ''}", float(first[there].mean()),
                float(more[there].mean()), float(gap[there].mean()), *interval(sums),
                chance_of_no_difference(sums), int(there.sum()),
            )
        )  # fmt: skip
    head = ("figure", "predictions", "other", "difference", "95 % from", "95 % to", "p")
    title = "Predictions and other, on the structures where both are defined"
    return Table("comparison", title, (*head, "structures"), tuple(rows))


def _means(values: Array, of: NDArray[np.intp], counts: NDArray[np.int32]) -> Array:
    weights = counts[:, of]
    there = np.isfinite(values)
    total = (weights * there).sum(axis=1).astype(np.float64)
    summed = weights @ np.where(there, values, 0.0)
    return np.asarray(np.divide(summed, total, out=np.full(len(total), np.nan), where=total > 0))


def _plot(judged: list[Judged]) -> Plot:
    """Return the Dice of each structure of each case as points."""
    names = list(dict.fromkeys(one.structure for one in judged))
    there = [one for one in judged if one.agreement.dice is not None]
    x = tuple(float(names.index(one.structure) + 1) for one in there)
    y = tuple(known(one.agreement.dice or 0.0) or 0.0 for one in there)
    ticks = tuple((float(number), name) for number, name in enumerate(names, start=1))
    line = Line("Cases", x, y, joined=False)
    return Plot("dice", "Dice by structure", "Structure", "Dice", (line,), ticks=ticks)


def _rules(wish: Wish) -> tuple[str, ...]:
    return (*_RULES, f"Surface Dice is the part of both surfaces within {wish.tolerance_mm:g} mm.")
