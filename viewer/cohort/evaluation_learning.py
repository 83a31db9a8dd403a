"""Classical models learned from a table of features and judged on patients they never saw.

Cross-validation, or a part of the patients put aside; both over patients. Settings are chosen by
inner folds of the learning patients alone, and missing values filled with their medians.
"""

from __future__ import annotations

import csv
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from viewer.cohort.evaluation_classes import evaluate_classes
from viewer.cohort.evaluation_classification import evaluate_classification
from viewer.cohort.evaluation_lessons import OWN, Lessons, read_lessons
from viewer.cohort.evaluation_tables import Row
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.imaging.evaluation.classification import area_under
from viewer.imaging.evaluation.resampling import Array, hold_out, refuse_shared
from viewer.imaging.evaluation.result import Cell, Evaluation, Table, known
from viewer.imaging.evaluation.wish import Learner, Wish

_INNER = 4
_JUDGED = ("test", "hold-out", "holdout")
_LEARNED = ("train", "training", "learn")
_TITLES = {
    Learner.LOGISTIC: "logistic regression",
    Learner.SVM: "support vector machine",
    Learner.FOREST: "random forest",
    Learner.BOOSTING: "gradient boosting",
}


class Model(Protocol):
    """What scikit-learn's models have in common; the library says nothing of types."""

    def fit(self, rows: Array, labels: NDArray[np.intp]) -> Self:
        """Learn from rows (n, features)."""

    def predict_proba(self, rows: Array) -> Array:
        """Return the probabilities (n, classes)."""


class Parts(Protocol):
    """What cuts cases into folds."""

    def split(
        self, rows: Array, labels: NDArray[np.intp], patients: NDArray[np.str_]
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """Go through the learning and the other cases of each fold."""


class Search(Protocol):
    """A search for the best settings."""

    best_estimator_: Model
    best_params_: Mapping[str, object]

    def fit(self, rows: Array, labels: NDArray[np.intp]) -> Self:
        """Try all settings."""


Fold = tuple[NDArray[np.intp], NDArray[np.intp]]


def evaluate_learning(wish: Wish, progress: Progress) -> Evaluation:
    """Learn from a table of features, and judge what is said of patients put aside.

    Raises:
        Declined: if there are too few patients or no features, or a patient would be on both sides.
        Unreadable: if a file is not what it says, or a feature is no number.
        Cancelled: if it is no longer wanted.
    """
    if wish.learner is None:
        raise ValueError("nothing is to be learned")
    if wish.other is not None:
        raise Declined(
            "What is learned here is not compared with other predictions: judge the scores of "
            "both afterwards.",
            code="no_other",
        )
    lessons, groups = read_lessons(wish)
    parts, sides = splits(lessons, groups, wish)
    scores = np.full((len(lessons.cases), len(lessons.names)), np.nan)
    told: list[tuple[Cell, ...]] = []
    for number, (learn, test) in enumerate(parts):
        progress.report(0.7 * number / len(parts), f"part {number + 1} of {len(parts)}")
        model, settings = fitted(wish.learner, lessons, learn, wish.seed)
        scores[test] = model.predict_proba(lessons.rows[test])
        told.append(_told(number, lessons, (learn, test), scores, settings))
    with tempfile.TemporaryDirectory(prefix="skiagram-learned-") as folder:
        judged = _written(Path(folder), lessons, scores, sides, groups, wish)
        work = evaluate_classification if lessons.two else evaluate_classes
        result = work(judged, Part(progress, 0.7, 1.0))
    head = (
        "part", "patients learned from", "cases learned from", "patients judged", "cases judged",
        "settings", "ROC AUC" if lessons.two else "accuracy",
    )  # fmt: skip
    table = Table("learning", "What was learned from, and judged by", head, tuple(told))
    *others, cases = result.tables
    return replace(
        result,
        tables=(*others, table, cases),
        rules=(*result.rules, *_rules(wish, lessons, sides)),
    )


def _rules(wish: Wish, lessons: Lessons, sides: Sequence[str]) -> Iterator[str]:
    title = _TITLES[wish.learner or Learner.LOGISTIC]
    count, features = len(set(sides)), len(lessons.features)
    if "test" in sides:
        yield f"Learned here: {title} of {features} features, judged on patients put aside."
    else:
        yield f"Learned here: {title} of {features} features, in {count} folds over patients."
    yield (
        "Settings were chosen by inner folds of the learning patients alone; missing values are "
        "the median of those learned from."
    )


# -- who is learned from, who is judged --------------------------------------------------------


def splits(
    lessons: Lessons, groups: Mapping[str, Row], wish: Wish
) -> tuple[list[Fold], tuple[str, ...]]:
    """Return who is learned from and judged in each part, and the side of each case.

    A `split` or `fold` of the groups counts; otherwise patients are parted by seed, with like
    shares of the classes.

    Raises:
        Declined: if a patient would be on both sides, or there are too few.
    """
    split = [groups[name].text("split").lower() if name in groups else "" for name in lessons.cases]
    fold = [groups[name].text("fold") if name in groups else "" for name in lessons.cases]
    everyone = np.arange(len(lessons.cases))
    if any(split) or wish.held_out is not None:
        aside = np.array([one in _JUDGED for one in split])
        if any(split):
            _refuse_unknown(lessons, split)
        else:
            aside = hold_out(lessons.patients.tolist(), wish.held_out or 0.0, wish.seed)
        sides = tuple("test" if one else "train" for one in aside)
        refuse_shared(lessons.patients.tolist(), sides, "split")
        if aside.all() or not aside.any():
            raise Declined("Nobody is learned from, or nobody is judged.", code="no_test")
        return [(everyone[~aside], everyone[aside])], sides
    if any(fold) and not all(fold):
        case = lessons.cases[fold.index("")]
        raise Declined(f"{case} is in no fold, others are.", code="no_fold")
    if any(fold):
        refuse_shared(lessons.patients.tolist(), fold)
        of = np.array(fold)
    else:
        of = _folds(lessons, everyone, wish.folds, wish.seed)
    if len(np.unique(of)) < 2:
        raise Declined("All cases are in one fold.", code="no_test")
    parts = [(everyone[of != one], everyone[of == one]) for one in np.unique(of)]
    return parts, tuple(f"{one}" for one in of)


def _refuse_unknown(lessons: Lessons, split: Sequence[str]) -> None:
    """Take no case as learned from whose side is not said, or said in another word."""
    for case, side in zip(lessons.cases, split, strict=True):
        if side not in (*_JUDGED, *_LEARNED):
            raise Declined(
                f"The split of {case} is {side!r}: it is {' or '.join(_LEARNED)} for what is "
                f"learned from, {' or '.join(_JUDGED)} for what is judged.",
                code="bad_split",
            )


def _folds(lessons: Lessons, rows: NDArray[np.intp], count: int, seed: int) -> NDArray[np.intp]:
    """Return the fold of each of some rows, from 1, patient by patient, with like shares."""
    from sklearn.model_selection import StratifiedGroupKFold

    patients = lessons.patients[rows]
    if count > len(set(patients.tolist())):
        raise Declined(
            f"{len(set(patients.tolist()))} patients cannot be parted into {count} folds.",
            code="too_few_patients",
        )
    parts: Callable[..., Parts] = StratifiedGroupKFold
    cut = parts(count, shuffle=True, random_state=seed)
    of = np.zeros(len(rows), np.intp)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a class rarer than there are folds
        try:
            for number, (_, test) in enumerate(
                cut.split(np.zeros(len(rows)), lessons.labels[rows], patients), start=1
            ):
                of[test] = number
        except ValueError as error:
            raise Declined(
                f"There are too few cases of a class for {count} folds.", code="too_few_patients"
            ) from error
    return of


# -- learning --------------------------------------------------------------------------------


def fitted(
    learner: Learner, lessons: Lessons, learn: NDArray[np.intp], seed: int
) -> tuple[Model, str]:
    """Choose settings by inner folds of these cases, and learn from all of them.

    Return the model and its settings. Support vectors get probabilities by the same folds (Platt).

    Raises:
        Declined: if a class has too few patients among them.
    """
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.model_selection import GridSearchCV

    labels, patients = lessons.labels[learn], lessons.patients[learn]
    least = len(lessons.patients)
    for number, name in enumerate(lessons.names):
        count = len(set(patients[labels == number].tolist()))
        least = min(least, count)
        if count < 2:
            raise Declined(
                f"Only {count} of the patients to be learned from has {name}: at least 2 are "
                "needed on that side.",
                code="too_few_patients",
            )
    of = _folds(lessons, learn, min(_INNER, least), seed)
    inner = [(np.flatnonzero(of != one), np.flatnonzero(of == one)) for one in np.unique(of)]
    estimator, settings = _choice(learner, seed)
    search: Callable[..., Search] = GridSearchCV
    calibrated: Callable[..., Model] = CalibratedClassifierCV
    scoring = "roc_auc" if lessons.two else "balanced_accuracy"
    rows = lessons.rows[learn]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an inner fold without a class has no area
        found = search(estimator, settings, scoring=scoring, cv=inner).fit(rows, labels)
        model = found.best_estimator_
        if learner is Learner.SVM:
            model = calibrated(model, method="sigmoid", cv=inner, ensemble=False).fit(rows, labels)
    return model, _in_words(found.best_params_)


def _in_words(settings: Mapping[str, object]) -> str:
    return ", ".join(
        f"{name.rpartition('__')[2]} {value:g}" if isinstance(value, int | float) else str(value)
        for name, value in settings.items()
    )


def _choice(learner: Learner, seed: int) -> tuple[object, dict[str, list[float]]]:
    """Return a model with its settings to choose among."""
    from viewer.ai.learners import boosting, chain, filled, forest, regression, vectors

    if learner is Learner.LOGISTIC:
        strengths = [0.01, 0.1, 1.0, 10.0]
        return filled(regression(2000)), {"pipeline__logisticregression__C": strengths}
    if learner is Learner.SVM:
        return filled(vectors()), {"pipeline__svc__C": [0.3, 1.0, 3.0]}
    if learner is Learner.FOREST:
        trees = forest(200, random_state=seed)
        return filled(trees), {"randomforestclassifier__min_samples_leaf": [1, 3, 8]}
    steps = boosting(learning_rate=0.06, max_iter=60, random_state=seed)
    return chain(steps), {"histgradientboostingclassifier__max_leaf_nodes": [4, 8]}


def _told(
    number: int, lessons: Lessons, part: Fold, scores: Array, settings: str
) -> tuple[Cell, ...]:
    learn, test = part
    labels = lessons.labels[test]
    if lessons.two:
        quality = known(area_under(labels == 1, scores[test, 1]))
    else:
        quality = float((scores[test].argmax(axis=1) == labels).mean())
    sides = (lessons.patients[learn], lessons.patients[test])
    counts = [(len(set(side.tolist())), len(side)) for side in sides]
    return (number + 1, *counts[0], *counts[1], settings, quality)


def _written(
    folder: Path,
    lessons: Lessons,
    scores: Array,
    sides: Sequence[str],
    groups: Mapping[str, Row],
    wish: Wish,
) -> Wish:
    """Write what was said of each case as a table, and return the wish to judge it."""
    judged = np.isfinite(scores).all(axis=1)
    kept = np.flatnonzero(judged)
    head = ["score"] if lessons.two else [f"score_{name}" for name in lessons.names]
    values = scores[:, 1:] if lessons.two else scores
    _write(
        folder / "scores.csv", ["case", *head],
        [(lessons.cases[n], *(f"{one:.17g}" for one in values[n])) for n in kept],
    )  # fmt: skip
    labels = [(lessons.cases[n], lessons.names[lessons.labels[n]]) for n in kept]
    _write(folder / "truth.csv", ["case", "label"], labels)
    more = (
        [one for one in next(iter(groups.values())).cells if one and one not in OWN]
        if groups
        else []
    )
    rows = []
    for n in kept:
        name = lessons.cases[n]
        own = [groups[name].text(one) for one in more]
        fold = [] if "test" in sides else [sides[int(n)]]
        rows.append((name, str(lessons.patients[n]), *fold, *own))
    _write(
        folder / "groups.csv", ["case", "patient", *([] if "test" in sides else ["fold"]), *more],
        rows,
    )  # fmt: skip
    return replace(
        wish,
        predictions=folder / "scores.csv",
        truth=folder / "truth.csv",
        groups=folder / "groups.csv",
        learner=None,
    )


def _write(path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
