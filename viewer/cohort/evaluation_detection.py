"""Findings judged against lesions: FROC, figures at a threshold, by size and by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from viewer.cohort.evaluation_cases import Cases, paired, too_many
from viewer.cohort.evaluation_certainty import certainty
from viewer.cohort.evaluation_parts import by_size
from viewer.cohort.evaluation_spots import Spotted, lesions_of, read_predictions, read_truth
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.imaging.evaluation.detection import (
    RATES,
    Froc,
    Scan,
    drawn_point,
    drawn_sensitivity,
    froc,
    point,
)
from viewer.imaging.evaluation.lesions import Spots, closeness
from viewer.imaging.evaluation.matching import Match, match
from viewer.imaging.evaluation.resampling import (
    Array,
    Draws,
    chance_of_no_difference,
    draws,
    interval,
)
from viewer.imaging.evaluation.result import Cell, Evaluation, Figure, Line, Plot, Table, known
from viewer.imaging.evaluation.wish import Repeats, Rule, Task, Wish

_BAND = tuple(float(rate) for rate in np.geomspace(1 / 16, 16, 33))
_MOST_PAIRS = 4_000_000
_ONE_TO_ONE = (
    "Each finding has one lesion at most and each lesion one finding: by falling score each "
    "takes the closest that is free."
)
_AVERAGED = (
    "Sensitivity at a rate is the best of all thresholds with at most so many false positives "
    "per scan; CPM is its mean over 1/8, 1/4, 1/2, 1, 2, 4 and 8."
)
_AT = ("Sensitivity", "Precision", "F1", "False positives per scan")


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A case with its findings, its lesions, and which is which."""

    findings: Spots
    lesions: Spots
    matched: Match
    scan: Scan


def evaluate_detection(wish: Wish, progress: Progress) -> Evaluation:
    """Judge findings.

    Raises:
        Declined: if the cases of both sides are not the same, or a patient is on two sides.
        Unreadable: if a file is not what it says.
        Cancelled: if it is no longer wanted.
    """
    ours = read_predictions(wish.predictions, Part(progress, 0.0, 0.1))
    truth = read_truth(wish.truth, Part(progress, 0.1, 0.2))
    names = truth.patients
    cases = paired(ours.patients, names, wish.groups)
    reads = _matched(ours, truth, cases, wish, Part(progress, 0.2, 0.7))
    if not sum(len(one.lesions) for one in reads):
        raise Declined("There is no lesion in the truth.", code="no_lesions")
    scans = [one.scan for one in reads]
    drawn = draws(cases.patients, wish.samples, wish.seed)
    curve = froc(scans)
    threshold, told = _threshold(wish, ours, curve)
    progress.report(0.7, "intervals")
    sensitivity = drawn_sensitivity(scans, drawn, (*RATES, *_BAND))
    progress.report(0.85, "groups")
    figures = [*_froc_figures(curve, sensitivity), *_at_threshold(scans, drawn, threshold)]
    tables = [
        _froc_table(curve, sensitivity),
        _operating_table(scans, curve),
        _size_table(reads, cases, wish, threshold),
        _case_table(reads, cases, threshold),
    ]
    sure = certainty(scans, drawn)
    figures += sure.figures
    tables += sure.tables
    lines = [_line("Predictions", curve, sensitivity)]
    if wish.other is not None:
        theirs = read_predictions(wish.other, Part(progress, 0.85, 0.87))
        paired(theirs.patients, names, wish.groups)
        more = [
            one.scan for one in _matched(theirs, truth, cases, wish, Part(progress, 0.87, 0.95))
        ]
        drawn_more = drawn_sensitivity(more, drawn, (*RATES, *_BAND))
        tables.append(_comparison(curve, froc(more), sensitivity, drawn_more))
        lines.append(_line("Other", froc(more), drawn_more))
    groups = _group_table(scans, cases, wish, threshold)
    tables += [groups] if groups.rows else []
    return Evaluation(
        Task.DETECTION,
        tuple(figures),
        tuple(tables),
        (_plot(lines), *sure.plots),
        (*_rules(wish), *_pieces(truth, wish), told, *sure.rules),
        (*ours.notices, *truth.notices, *cases.notices),
        len(cases.every),
        len(set(cases.patients)),
        wish.samples,
        wish.seed,
    )


def _matched(
    ours: Spotted, truth: Spotted, cases: Cases, wish: Wish, progress: Progress
) -> list[_Read]:
    reads = []
    count = len(cases.every)
    for number, case in enumerate(cases.every):
        progress.report(number / count, case.name)
        part = Part(progress, number / count, (number + 1) / count)
        lesions = lesions_of(truth, case.name, wish.smallest_mm, part)
        findings = ours.cases[case.name]
        _require_enough(case.name, findings, lesions, wish.rule)
        near = closeness(findings, lesions, wish.rule, wish.reach)
        found = match(findings.scores, near)
        hits = found.lesion >= 0
        ignored = found.again & (wish.repeats is Repeats.IGNORED)
        scan = Scan(case.patient, findings.scores, hits, ~hits & ~ignored, len(lesions))
        reads.append(_Read(findings, lesions, found, scan))
    return reads


def _require_enough(case: str, findings: Spots, lesions: Spots, rule: Rule) -> None:
    if len(findings) * len(lesions) > _MOST_PAIRS:
        raise Declined(f"{case} has too many findings and lesions to be matched.", code="too_many")
    if rule is Rule.CENTRE and not lesions.pieces:
        boxed = np.asarray(np.isfinite(lesions.boxes).all(axis=(1, 2)))
        if not (boxed | np.isfinite(lesions.diameters_mm)).all():
            raise Declined(
                f"The lesions of {case} have neither diameters nor boxes; match by distance.",
                code="no_extent",
            )
    both = (findings, lesions)
    if rule is Rule.IOU and not all(np.isfinite(one.all_boxes).all() for one in both):
        raise Declined(
            f"Findings or lesions of {case} have neither diameters nor boxes; match by distance.",
            code="no_extent",
        )


def _threshold(wish: Wish, ours: Spotted, curve: Froc) -> tuple[float, str]:
    if wish.threshold is not None:
        return wish.threshold, f"The threshold {wish.threshold:g} was given."
    if ours.threshold is not None:
        return ours.threshold, f"The threshold {ours.threshold:g} came with the predictions."
    inside = curve.thresholds[curve.false_per_scan <= 1]
    value = float(inside[-1]) if len(inside) else 1.0
    return value, (
        f"The threshold {value:g} is the lowest with at most 1 false positive per scan on these "
        "very cases, so figures at it flatter."
    )


def _rules(wish: Wish) -> tuple[str, ...]:
    said = {
        Rule.CENTRE: "A finding hits a lesion if its centre lies in it: in its mask, in its box, "
        "or in the sphere of its diameter.",
        Rule.DISTANCE: f"A finding hits a lesion if their centres are at most {wish.reach:g} mm "
        "apart.",
        Rule.IOU: f"A finding hits a lesion if their boxes share at least {wish.reach:g} of what "
        "both cover.",
    }
    again = {
        Repeats.FALSE: "A further finding on a lesion already found counts as false.",
        Repeats.IGNORED: "A further finding on a lesion already found counts as nothing.",
    }
    return (
        said[wish.rule],
        _ONE_TO_ONE,
        again[wish.repeats],
        _AVERAGED,
    )


def _pieces(truth: Spotted, wish: Wish) -> tuple[str, ...]:
    if not truth.masks:
        return ()
    least = f" of {wish.smallest_mm:g} mm or more in diameter" if wish.smallest_mm else ""
    return (f"Each connected piece of a mask{least} is a lesion.",)


def _froc_figures(curve: Froc, sensitivity: Array) -> list[Figure]:
    cpm = sensitivity[:, : len(RATES)].mean(axis=1)
    found = [Figure("CPM", known(curve.cpm), *interval(cpm), curve.lesions, "lesions")]
    for number, rate in enumerate(RATES):
        bounds = interval(sensitivity[:, number])
        name = f"Sensitivity at {rate:g} per scan"
        found.append(Figure(name, known(curve.at(rate)), *bounds, curve.lesions, "lesions"))
    return found


def _at_threshold(scans: Sequence[Scan], drawn: Draws, threshold: float) -> list[Figure]:
    at, more = point(scans, threshold), drawn_point(scans, drawn, threshold)
    values = (at.recall, at.precision, at.f1, at.false_per_scan)
    counts = (at.hits + at.missed, at.hits + at.false, at.hits + at.missed, at.scans)
    of = ("lesions", "findings", "lesions", "scans")
    return [
        Figure("Threshold", threshold),
        *(
            Figure(name, known(value), *interval(more[:, number]), counts[number], of[number])
            for number, (name, value) in enumerate(zip(_AT, values, strict=True))
        ),
    ]


def _froc_table(curve: Froc, sensitivity: Array) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (rate, known(curve.at(rate)), *interval(sensitivity[:, number]))
        for number, rate in enumerate(RATES)
    ]
    head = ("false positives per scan", "sensitivity", "95 % from", "95 % to")
    return Table("froc", "Sensitivity at rates of false positives", head, tuple(rows))


def _operating_table(scans: Sequence[Scan], curve: Froc) -> Table:
    """Return what each threshold gives; of very many an even choice."""
    step = max(1, len(curve.thresholds) // 200)
    rows: list[tuple[Cell, ...]] = []
    for threshold in curve.thresholds[::step]:
        at = point(scans, float(threshold))
        rows.append(
            (
                at.threshold, at.hits, at.false, at.missed, known(at.recall),
                known(at.precision), known(at.f1), known(at.false_per_scan),
            )
        )  # fmt: skip
    head = ("threshold", "hits", "false", "missed", "sensitivity", "precision", "F1")
    return Table(
        "operating", "What a threshold gives", (*head, "false positives per scan"), tuple(rows)
    )


def _size_table(reads: Sequence[_Read], cases: Cases, wish: Wish, threshold: float) -> Table:
    """Return the sensitivity by the diameter of lesions."""
    patients, sizes, found = [], [], []
    for case, one in zip(cases.every, reads, strict=True):
        kept = one.findings.scores >= threshold
        hit = set(one.matched.lesion[kept].tolist())
        patients += [case.patient] * len(one.lesions)
        sizes += one.lesions.diameters_mm.tolist()
        found += [float(number in hit) for number in range(len(one.lesions))]
    return by_size(
        np.array(sizes), np.array(found), patients, wish, "Sensitivity by size of lesion"
    )


def _group_table(scans: Sequence[Scan], cases: Cases, wish: Wish, threshold: float) -> Table:
    left_out = too_many(cases)
    rows: list[tuple[Cell, ...]] = []
    for column, value, inside in cases.parts():
        if column in left_out:
            continue
        those = [scans[number] for number in inside]
        drawn = draws([cases.patients[number] for number in inside], wish.samples, wish.seed)
        curve, at = froc(those), point(those, threshold)
        cpm = drawn_sensitivity(those, drawn, RATES).mean(axis=1)
        rows.append(
            (
                column, value, len(those), len(drawn.counts[0]), curve.lesions,
                known(curve.cpm) if curve.lesions else None, *interval(cpm),
                known(at.recall), known(at.precision), known(at.false_per_scan),
            )
        )  # fmt: skip
    head = ("group", "value", "scans", "patients", "lesions", "CPM", "95 % from", "95 % to")
    more = ("sensitivity", "precision", "false positives per scan")
    return Table("groups", "By group", (*head, *more), tuple(rows))


def _case_table(reads: Sequence[_Read], cases: Cases, threshold: float) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for case, one in zip(cases.every, reads, strict=True):
        at = point([one.scan], threshold)
        rows.append((case.name, case.patient, len(one.lesions), at.hits, at.missed, at.false))
    head = ("case", "patient", "lesions", "hits", "missed", "false")
    return Table("cases", "Each case, at the threshold", head, tuple(rows))


def _comparison(first: Froc, second: Froc, drawn: Array, drawn_more: Array) -> Table:
    rows: list[tuple[Cell, ...]] = []
    names = ("CPM", *(f"Sensitivity at {rate:g} per scan" for rate in RATES))
    ours = [first.cpm, *(first.at(rate) for rate in RATES)]
    theirs = [second.cpm, *(second.at(rate) for rate in RATES)]
    for number, name in enumerate(names):
        gap = (drawn - drawn_more)[:, : len(RATES)]
        chosen = gap.mean(axis=1) if number == 0 else gap[:, number - 1]
        difference = known(ours[number] - theirs[number])
        bounds = interval(chosen)
        rows.append(
            (
                name, known(ours[number]), known(theirs[number]), difference, *bounds,
                chance_of_no_difference(chosen),
            )
        )  # fmt: skip
    head = ("figure", "predictions", "other", "difference", "95 % from", "95 % to", "p")
    return Table("comparison", "Predictions and other, on the same patients", head, tuple(rows))


def _line(name: str, curve: Froc, sensitivity: Array) -> Line:
    bounds = [interval(sensitivity[:, len(RATES) + n]) for n in range(len(_BAND))]
    at = tuple(curve.at(rate) for rate in _BAND)
    low = tuple(
        one if one is not None else value for (one, _), value in zip(bounds, at, strict=True)
    )
    high = tuple(
        one if one is not None else value for (_, one), value in zip(bounds, at, strict=True)
    )
    return Line(name, _BAND, at, low, high)


def _plot(lines: Sequence[Line]) -> Plot:
    ticks = tuple((rate, f"{rate:g}") for rate in RATES)
    return Plot(
        "froc", "FROC", "False positives per scan", "Sensitivity", tuple(lines),
        logarithmic=True, ticks=ticks,
    )  # fmt: skip
