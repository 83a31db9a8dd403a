"""Classical models learned from tables of features, judged on patients they never saw."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from tests.cohort.test_evaluation import judge, refused, rows_of, table
from viewer.core.errors import Declined
from viewer.imaging.evaluation.wish import Learner

COUNT = 80


@pytest.fixture
def lessons(tmp_path):
    """Two features of 80 cases of 40 patients; the first tells the ill, roughly."""
    chance = np.random.default_rng(2)
    labels = np.arange(COUNT) // 2 % 2
    x = np.stack([labels + chance.normal(0, 0.8, COUNT), chance.normal(0, 1, COUNT)], axis=1)
    features = table(
        tmp_path / "f.csv", "case,patient,file,volume,roundness",
        [(f"c{n:02d}", f"p{n // 2}", f"scan{n}.nii", *row) for n, row in enumerate(x)],
    )  # fmt: skip
    truth = table(
        tmp_path / "t.csv", "case,label", [(f"c{n:02d}", labels[n]) for n in range(COUNT)]
    )
    return features, truth, x, labels


def folds_of(tmp_path, of, head="case,patient,fold"):
    rows = [(f"c{n:02d}", f"p{n // 2}", of[n]) for n in range(COUNT)]
    return table(tmp_path / "g.csv", head, rows)


def by_hand(x, labels, learn, test, inner):
    """Learn without any of our code: settings by inner folds, then all that may be learned."""

    def scores(c, rows, on):
        scale = StandardScaler().fit(x[rows])
        model = LogisticRegression(C=c, max_iter=2000).fit(scale.transform(x[rows]), labels[rows])
        return model.predict_proba(scale.transform(x[on]))[:, 1]

    choices = [0.01, 0.1, 1.0, 10.0]
    areas = [
        np.mean([metrics.roc_auc_score(labels[b], scores(c, a, b)) for a, b in inner])
        for c in choices
    ]
    return scores(choices[int(np.argmax(areas))], learn, test)


def test_scores_of_given_folds_are_those_of_scikit_learn_by_hand(lessons, tmp_path):
    from sklearn.model_selection import StratifiedGroupKFold

    features, truth, x, labels = lessons
    patients = np.array([f"p{n // 2}" for n in range(COUNT)])
    of = np.arange(COUNT) // 2 % 3
    want = np.zeros(COUNT)
    for one in range(3):
        learn, test = np.flatnonzero(of != one), np.flatnonzero(of == one)
        cut = StratifiedGroupKFold(4, shuffle=True, random_state=0)
        inner = [
            (learn[a], learn[b])
            for a, b in cut.split(learn[:, None], labels[learn], patients[learn])
        ]
        want[test] = by_hand(x, labels, learn, test, inner)

    result = judge(features, truth, learner=Learner.LOGISTIC, groups=folds_of(tmp_path, of))

    got = {row["case"]: row["score"] for row in rows_of(result, "cases")}
    assert [got[f"c{n:02d}"] for n in range(COUNT)] == pytest.approx(want, abs=1e-6)
    area = metrics.roc_auc_score(labels, want)
    assert result.figure("ROC AUC").value == pytest.approx(area, abs=1e-6)
    assert [row["value"] for row in rows_of(result, "groups")] == ["0", "1", "2"]
    assert "2 features" in " ".join(result.rules)


def test_what_is_learned_beats_chance_and_never_saw_who_is_judged(lessons):
    features, truth, *_ = lessons
    result = judge(features, truth, learner=Learner.SVM, folds=2)
    assert result.figure("ROC AUC").value > 0.6
    assert result.patients == 40
    told = rows_of(result, "learning")
    assert sum(row["patients judged"] for row in told) == 40
    assert all(row["patients learned from"] + row["patients judged"] == 40 for row in told)


def test_labels_of_the_judged_have_no_part_in_their_scores(lessons, tmp_path):
    features, truth, _, labels = lessons
    of = np.where(np.arange(COUNT) // 2 < 25, "train", "test")
    groups = folds_of(tmp_path, of, "case,patient,split")
    before = judge(features, truth, learner=Learner.LOGISTIC, groups=groups)
    turned = [(f"c{n:02d}", int(labels[n]) if of[n] == "train" else 1 - labels[n])
              for n in range(COUNT)]  # fmt: skip
    after = judge(
        features, table(tmp_path / "t2.csv", "case,label", turned), learner=Learner.LOGISTIC,
        groups=groups,
    )  # fmt: skip
    scores = [[row["score"] for row in rows_of(one, "cases")] for one in (before, after)]
    assert scores[0] == scores[1]
    assert before.cases == 30
    areas = [one.figure("ROC AUC").value for one in (before, after)]
    assert areas[0] == pytest.approx(1 - areas[1], abs=1e-9)


def test_a_part_of_the_patients_can_be_put_aside(lessons):
    features, truth, *_ = lessons
    result = judge(features, truth, learner=Learner.LOGISTIC, held_out=0.25)
    assert (result.patients, result.cases) == (10, 20)
    assert "patients put aside" in " ".join(result.rules)


def test_several_classes_and_missing_values_are_learned_from(lessons, tmp_path):
    _, _, x, _ = lessons
    kinds = np.array(["a", "b", "c"])[(np.arange(COUNT) // 2) % 3]
    rows = [(f"c{n:02d}", f"p{n // 2}", 3 * (kinds[n] == "b") + row[1], "" if n % 7 else row[0])
            for n, row in enumerate(x)]  # fmt: skip
    features = table(tmp_path / "m.csv", "case,patient,one,two", rows)
    truth = table(tmp_path / "k.csv", "case,label", [(f"c{n:02d}", k) for n, k in enumerate(kinds)])
    result = judge(features, truth, learner=Learner.LOGISTIC, held_out=0.4)
    of_b = next(row for row in rows_of(result, "classes") if row["class"] == "b")
    assert of_b["ROC AUC"] > 0.9


def test_what_cannot_be_learned_is_refused_in_a_sentence(lessons, tmp_path):
    features, truth, *_ = lessons
    shared = folds_of(tmp_path, np.arange(COUNT) % 2)
    given = {"learner": Learner.LOGISTIC}
    assert refused(features, truth, groups=shared, **given).code == "shared_patients"
    assert refused(features, truth, folds=50, **given).code == "too_few_patients"
    words = table(tmp_path / "w.csv", "case,file", [(f"c{n:02d}", "x") for n in range(COUNT)])
    assert refused(words, truth, **given).code == "no_features"
    rare = [(f"c{n:02d}", int(n == 0)) for n in range(COUNT)]
    assert refused(features, table(tmp_path / "r.csv", "case,label", rare), **given).code in (
        "too_few_patients",
        "shared_patients",
    )


def test_classes_are_told_apart_whatever_the_case_of_their_letters(lessons, tmp_path):
    features, _, _, labels = lessons
    words = [("Benign", "malignant", "benign", "Malignant")[labels[n] + 2 * (n % 3 == 0)]
             for n in range(COUNT)]  # fmt: skip
    truth = table(tmp_path / "w.csv", "case,label", [(f"c{n:02d}", w) for n, w in enumerate(words)])
    result = judge(features, truth, learner=Learner.LOGISTIC)
    assert [row["truly"] for row in rows_of(result, "confusion")] == ["benign", "malignant"]
    assert result.figure("Accuracy").value > 0.6


def test_a_class_that_nobody_put_aside_has_can_still_be_called_in_error(tmp_path):
    kinds = [("x", "y", "z")[n % 3] if n < 48 else ("x", "y")[n % 2] for n in range(60)]
    chance = np.random.default_rng(4)
    rows = [(f"c{n:02d}", *chance.normal(0, 1, 2)) for n in range(60)]
    features = table(tmp_path / "f.csv", "case,a,b", rows)
    truth = table(tmp_path / "t.csv", "case,label", [(f"c{n:02d}", k) for n, k in enumerate(kinds)])
    sides = [(f"c{n:02d}", "train" if n < 48 else "test") for n in range(60)]
    groups = table(tmp_path / "g.csv", "case,split", sides)
    result = judge(features, truth, groups=groups, learner=Learner.LOGISTIC)
    (part,) = rows_of(result, "learning")
    assert result.figure("Accuracy").value == pytest.approx(part["accuracy"])
    assert sum(row["called z"] for row in rows_of(result, "confusion")) > 0


@pytest.mark.parametrize(
    ("column", "wrong", "sentence"),
    [("split", "tset", "c03 is 'tset'"), ("split", "", "c03 is ''"), ("fold", "", "c03 is in no")],
)
def test_a_case_whose_side_is_not_said_is_refused_by_name(
    lessons, tmp_path, column, wrong, sentence
):
    features, truth, _, _ = lessons
    sides = np.where(np.arange(COUNT) // 2 < 25, "train", "test").astype("U8")
    sides[3] = wrong
    groups = folds_of(tmp_path, sides, f"case,patient,{column}")
    with pytest.raises(Declined, match=sentence):
        judge(features, truth, learner=Learner.LOGISTIC, groups=groups)
