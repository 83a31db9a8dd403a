"""Cases of several classes judged by what they are: confusion, averages, each against the rest."""

from __future__ import annotations

import numpy as np

from viewer.cohort.evaluation_cases import paired
from viewer.cohort.evaluation_class_cases import (
    Given,
    called_in,
    class_names,
    class_of,
    left_out,
    rows_by_case,
    says_classes,
)
from viewer.cohort.evaluation_class_figures import calibration_figures, class_figures
from viewer.cohort.evaluation_class_tables import (
    case_table,
    class_table,
    comparison,
    confusion_table,
    group_table,
    pr_plot,
    reliability_plot,
    reliability_table,
    roc_plot,
)
from viewer.cohort.evaluation_tables import listed, require_columns
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.imaging.evaluation.resampling import draws
from viewer.imaging.evaluation.result import Evaluation
from viewer.imaging.evaluation.wish import Task, Wish

__all__ = ["evaluate_classes", "says_classes"]

_RULES = (
    "Of several classes a case is called the one with the highest score, or what its label says.",
    "Macro averages count each class alike, weighted ones by its cases.",
    "A class that is there and never called has a precision of 0 in averages.",
    "ROC and average precision of a class are of it against all the rest; ties count half.",
)
_CHANCES = (
    "Brier score: summed over the classes, 0 to 2. Calibration: the highest score of each case "
    "against whether it was right, ten bins of equal width."
)


def evaluate_classes(wish: Wish, progress: Progress) -> Evaluation:
    """Judge what cases of several classes were called.

    Raises:
        Declined: if the cases of both sides are not the same, or there is only one class.
        Unreadable: if a file is not what it says, or a class has no name or score.
        Cancelled: if it is no longer wanted.
    """
    rows, truth = rows_by_case(wish.predictions), rows_by_case(wish.truth)
    require_columns(wish.truth, tuple(truth.values()), ("case", "label"))
    patients = {name: row.text("patient") for name, row in truth.items()}
    cases = paired({n: row.text("patient") for n, row in rows.items()}, patients, wish.groups)
    kept = [one.name for one in cases.every]
    names = class_names([truth[name] for name in kept], [rows[name] for name in kept], wish)
    true = np.array([class_of(truth[name], names) for name in kept])
    if len(np.unique(true)) < 2:
        raise Declined("There is only one class in the truth.", code="one_class")
    ours = called_in([rows[name] for name in kept], names)
    given = Given(cases, names, true, ours, draws(cases.patients, wish.samples, wish.seed))
    progress.report(0.2, "intervals")
    figures, tables = class_figures(given), [confusion_table(given), class_table(given)]
    plots = [] if ours.scores is None else [roc_plot(given), pr_plot(given)]
    progress.report(0.6, "calibration")
    rules, notices = list(_RULES), list(cases.notices)
    unused = left_out(rows[kept[0]], names)
    if unused:
        notices.append(f"No class of the truth is called {listed(unused)}: left out.")
    if ours.are_chances:
        rules.append(_CHANCES)
        figures += calibration_figures(given)
        tables.append(reliability_table(given))
        plots.append(reliability_plot(given))
    elif ours.scores is not None:
        notices.append("Scores do not add up to 1: no calibration, no Brier score.")
    else:
        notices.append("There are no scores of classes: no curves, no calibration.")
    if wish.other is not None:
        more = rows_by_case(wish.other)
        paired({n: row.text("patient") for n, row in more.items()}, patients, wish.groups)
        tables.append(comparison(given, called_in([more[name] for name in kept], names)))
    groups = group_table(given, wish)
    tables += [groups] if groups.rows else []
    tables.append(case_table(given))
    return Evaluation(
        Task.CLASSIFICATION,
        tuple(figures),
        tuple(tables),
        tuple(plots),
        tuple(rules),
        tuple(notices),
        len(kept),
        len(set(cases.patients)),
        wish.samples,
        wish.seed,
    )
