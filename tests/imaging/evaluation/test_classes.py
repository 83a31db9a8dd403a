"""Figures of several classes are those of scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from viewer.imaging.evaluation import classes as ours
from viewer.imaging.evaluation.resampling import draws


@pytest.fixture(params=["even", "rare", "never called"])
def cases(request):
    chance = np.random.default_rng(len(request.param))
    shares = {"even": (0.3, 0.3, 0.4), "rare": (0.9, 0.08, 0.02)}.get(
        request.param, (0.5, 0.4, 0.1)
    )
    truth = chance.choice(3, 200, p=shares)
    scores = chance.dirichlet((1, 1, 1), 200) + 0.7 * np.eye(3)[truth]
    if request.param == "never called":
        scores[:, 2] = 0.0
    scores /= scores.sum(axis=1, keepdims=True)
    return truth, scores, scores.argmax(axis=1)


def test_the_confusion_matrix_and_each_class_are_those_of_scikit_learn(cases):
    truth, _, called = cases
    matrix = ours.confusions(truth, called, 3, np.ones((1, len(truth))))
    assert np.array_equal(matrix[0], metrics.confusion_matrix(truth, called))
    one = ours.told(matrix)
    want = metrics.precision_recall_fscore_support(truth, called, zero_division=np.nan)
    assert np.allclose(one.precision[0], want[0], atol=1e-9, equal_nan=True)
    assert np.allclose(one.recall[0], want[1], atol=1e-9)
    assert np.allclose(np.nan_to_num(one.f1[0]), np.nan_to_num(want[2]), atol=1e-9)
    assert np.array_equal(one.cases[0], want[3])
    for k in range(3):
        specific = metrics.recall_score(truth != k, called != k)
        assert one.specificity[0, k] == pytest.approx(specific, abs=1e-9)


@pytest.mark.parametrize("average", ["macro", "weighted"])
def test_averages_of_drawn_cases_are_those_of_scikit_learn(cases, average):
    truth, _, called = cases
    drawn = draws([f"p{n // 2}" for n in range(len(truth))], 12, seed=4)
    weights = drawn.counts[:, drawn.of]
    one = ours.told(ours.confusions(truth, called, 3, weights))
    for n, weight in enumerate(weights):
        chosen = np.repeat(np.arange(len(truth)), weight)
        want = metrics.precision_recall_fscore_support(
            truth[chosen], called[chosen], average=average, zero_division=0
        )
        for values, of in zip((one.precision, one.recall, one.f1), want, strict=False):
            got = one.mean(values, weighted=average == "weighted")[n]
            assert got == pytest.approx(of, abs=1e-9)


def test_accuracy_kappa_and_brier_are_those_of_scikit_learn(cases):
    truth, scores, called = cases
    one = ours.told(ours.confusions(truth, called, 3, np.ones((1, len(truth)))))
    for got, want in (
        (one.accuracy[0], metrics.accuracy_score(truth, called)),
        (one.balanced_accuracy[0], metrics.balanced_accuracy_score(truth, called)),
        (one.kappa[0], metrics.cohen_kappa_score(truth, called)),
        (
            ours.brier(truth, scores).mean(),
            metrics.brier_score_loss(truth, scores, labels=[0, 1, 2], scale_by_half=False),
        ),
    ):
        assert got == pytest.approx(want, abs=1e-9)


def test_areas_of_each_class_against_the_rest_are_those_of_scikit_learn(cases):
    truth, scores, _ = cases
    drawn = draws([f"p{n // 2}" for n in range(len(truth))], 12, seed=4)
    for weight in (np.ones(len(truth), np.int32), *drawn.counts[:, drawn.of]):
        if len(np.unique(truth[weight > 0])) < 3:
            continue
        each = ours.areas(truth, scores, weight[None])
        parts = ours.precisions(truth, scores, weight[None])
        for k in range(3):
            of = (truth == k, scores[:, k])
            want = metrics.roc_auc_score(*of, sample_weight=weight)
            assert each[0, k] == pytest.approx(want, abs=1e-9)
            want = metrics.average_precision_score(*of, sample_weight=weight)
            assert parts[0, k] == pytest.approx(want, abs=1e-9)
        want = metrics.roc_auc_score(truth, scores, multi_class="ovr", sample_weight=weight)
        assert each.mean() == pytest.approx(want, abs=1e-9)
        want = metrics.roc_auc_score(
            truth, scores, multi_class="ovr", average="weighted", sample_weight=weight
        )
        got = ours.by_prevalence(each, truth, weight[None])[0]
        assert got == pytest.approx(want, abs=1e-9)


def test_a_class_that_is_neither_there_nor_called_has_no_part_in_averages():
    truth, called = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])
    one = ours.told(ours.confusions(truth, called, 4, np.ones((1, 4))))
    want = metrics.f1_score(truth, called, average="macro")
    assert one.mean(one.f1)[0] == pytest.approx(want, abs=1e-12)
    assert np.isnan(one.f1[0, 2:]).all()
