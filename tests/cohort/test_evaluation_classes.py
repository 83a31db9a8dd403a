"""Several classes from files to figures."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from tests.cohort.test_evaluation import judge, refused, rows_of, table

KINDS = ("Glioma", "Meningioma", "Metastasis")


@pytest.fixture
def told(tmp_path):
    chance = np.random.default_rng(8)
    truth = chance.choice(3, 90, p=(0.5, 0.3, 0.2))
    scores = chance.dirichlet((1, 1, 1), 90) + 0.5 * np.eye(3)[truth]
    scores /= scores.sum(axis=1, keepdims=True)
    labels = table(
        tmp_path / "t.csv", "case,patient,label",
        [(f"c{n}", f"p{n // 2}", KINDS[k]) for n, k in enumerate(truth)],
    )  # fmt: skip
    predictions = table(
        tmp_path / "p.csv", "case,score_Glioma,Meningioma,score_metastasis",
        [(f"c{n}", *row) for n, row in enumerate(scores)],
    )  # fmt: skip
    return predictions, labels, truth, scores


def test_scores_of_each_class_give_the_figures_of_scikit_learn(told):
    predictions, labels, truth, scores = told
    result = judge(predictions, labels)
    called = scores.argmax(axis=1)
    for name, want in (
        ("Accuracy", metrics.accuracy_score(truth, called)),
        ("Balanced accuracy", metrics.balanced_accuracy_score(truth, called)),
        ("Macro precision", metrics.precision_score(truth, called, average="macro")),
        ("Macro F1", metrics.f1_score(truth, called, average="macro")),
        ("Weighted F1", metrics.f1_score(truth, called, average="weighted")),
        ("Weighted recall", metrics.recall_score(truth, called, average="weighted")),
        ("Macro ROC AUC", metrics.roc_auc_score(truth, scores, multi_class="ovr")),
        ("Brier score", metrics.brier_score_loss(truth, scores, scale_by_half=False)),
    ):
        figure = result.figure(name)
        assert figure.value == pytest.approx(want, abs=1e-6)
        assert figure.low <= figure.value <= figure.high
    assert (result.cases, result.patients) == (90, 45)


def test_the_confusion_matrix_and_each_class_are_told_by_name(told):
    predictions, labels, truth, scores = told
    result = judge(predictions, labels)
    called = scores.argmax(axis=1)
    matrix = metrics.confusion_matrix(truth, called)
    rows = rows_of(result, "confusion")
    assert [row["truly"] for row in rows] == list(KINDS)
    assert [[row[f"called {kind}"] for kind in KINDS] for row in rows] == matrix.tolist()
    want = metrics.precision_recall_fscore_support(truth, called)
    for k, row in enumerate(rows_of(result, "classes")):
        assert row["precision"] == pytest.approx(want[0][k], abs=1e-6)
        assert row["recall"] == pytest.approx(want[1][k], abs=1e-6)
        assert row["F1"] == pytest.approx(want[2][k], abs=1e-6)
        area = metrics.roc_auc_score(truth == k, scores[:, k])
        assert row["ROC AUC"] == pytest.approx(area, abs=1e-6)
    curves = next(one for one in result.plots if one.name == "roc")
    assert [line.name for line in curves.lines] == list(KINDS)


def test_labels_alone_give_no_curves(told, tmp_path):
    _, labels, truth, scores = told
    called = scores.argmax(axis=1)
    words = [(f"c{n}", KINDS[k].upper()) for n, k in enumerate(called)]
    result = judge(table(tmp_path / "l.csv", "case,label", words), labels)
    want = metrics.f1_score(truth, called, average="macro")
    assert result.figure("Macro F1").value == pytest.approx(want, abs=1e-6)
    assert result.plots == ()
    assert "no curves" in result.notices[0]


def test_numbers_may_be_classes(tmp_path):
    truth = table(tmp_path / "t.csv", "case,label", [(f"c{n}", n % 3) for n in range(12)])
    called = table(tmp_path / "p.csv", "case,label", [(f"c{n}", n % 2) for n in range(12)])
    result = judge(called, truth)
    want = metrics.f1_score([n % 3 for n in range(12)], [n % 2 for n in range(12)], average="macro")
    assert result.figure("Macro F1").value == pytest.approx(want, abs=1e-6)


def test_a_better_model_is_told_from_a_worse_one(told, tmp_path):
    predictions, labels, truth, _ = told
    perfect = [(f"c{n}", *np.eye(3)[k]) for n, k in enumerate(truth)]
    other = table(tmp_path / "o.csv", "case,glioma,meningioma,metastasis", perfect)
    rows = {row["figure"]: row for row in rows_of(judge(predictions, labels, other=other),
                                                  "comparison")}  # fmt: skip
    assert rows["Macro F1"]["other"] == 1
    assert rows["Macro F1"]["95 % to"] < 0
    assert rows["Macro ROC AUC"]["p"] <= 0.02


def test_what_is_called_a_class_that_no_case_is_of_is_wrong(tmp_path):
    labels = [("a", "x"), ("b", "y"), ("c", "x"), ("d", "y")]
    truth = table(tmp_path / "t.csv", "case,label", labels)
    scores = [
        ("a", 0.4, 0.1, 0.5),
        ("b", 0.1, 0.4, 0.5),
        ("c", 0.8, 0.1, 0.1),
        ("d", 0.1, 0.8, 0.1),
    ]
    result = judge(table(tmp_path / "p.csv", "case,score_x,score_y,score_z", scores), truth)
    assert result.figure("Accuracy").value == 0.5
    assert [row["called z"] for row in rows_of(result, "confusion")] == [1, 1, 0]
    want = metrics.brier_score_loss(
        ["x", "y", "x", "y"], [row[1:] for row in scores], labels=["x", "y", "z"],
        scale_by_half=False,
    )  # fmt: skip
    assert result.figure("Brier score").value == pytest.approx(want)
    plain = judge(table(tmp_path / "q.csv", "case,x,y,z", scores), truth)
    assert any("called z: left out" in one for one in plain.notices)


def test_groups_are_judged_one_by_one(told, tmp_path):
    predictions, labels, truth, scores = told
    groups = [(f"c{n}", "A" if n % 4 < 2 else "B") for n in range(90)]
    result = judge(predictions, labels, groups=table(tmp_path / "g.csv", "case,scanner", groups))
    inside = np.array([n % 4 < 2 for n in range(90)])
    row = rows_of(result, "groups")[0]
    assert (row["value"], row["cases"]) == ("A", int(inside.sum()))
    want = metrics.f1_score(truth[inside], scores.argmax(axis=1)[inside], average="macro")
    assert row["macro f1"] == pytest.approx(want, abs=1e-6)


def test_what_cannot_be_judged_is_refused_by_name(told, tmp_path):
    _, labels, *_ = told
    lacking = table(tmp_path / "a.csv", "case,glioma", [(f"c{n}", 0.5) for n in range(90)])
    assert "no column of scores of Meningioma, Metastasis" in str(refused(lacking, labels))
    nothing = table(tmp_path / "b.csv", "case,other", [(f"c{n}", 0.5) for n in range(90)])
    assert refused(nothing, labels).code == "no_column"
    one = table(tmp_path / "c.csv", "case,label", [(f"c{n}", "Glioma") for n in range(90)])
    assert refused(one, one).code == "one_class"
    hole = table(tmp_path / "d.csv", "case,label", [(f"c{n}", "" if n else "x") for n in range(90)])
    assert refused(hole, labels).code == "no_label"
