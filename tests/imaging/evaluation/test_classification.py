"""Figures of classification are those of scikit-learn, and of pairs counted one by one."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from viewer.imaging.evaluation import classification as ours
from viewer.imaging.evaluation.resampling import draws


@pytest.fixture(params=["smooth", "tied", "rare"])
def cases(request):
    chance = np.random.default_rng({"smooth": 1, "tied": 2, "rare": 3}[request.param])
    labels = chance.random(300) < (0.03 if request.param == "rare" else 0.4)
    scores = np.clip(chance.normal(0.4 + 0.2 * labels, 0.2), 0, 1)
    return labels, np.round(scores, 1) if request.param == "tied" else scores


def test_areas_are_those_of_scikit_learn(cases):
    labels, scores = cases
    assert ours.area_under(labels, scores) == pytest.approx(
        metrics.roc_auc_score(labels, scores), abs=1e-9
    )
    assert ours.average_precision(labels, scores) == pytest.approx(
        metrics.average_precision_score(labels, scores), abs=1e-9
    )


def test_areas_of_drawn_cases_are_those_of_scikit_learn(cases):
    labels, scores = cases
    drawn = draws([f"p{n // 2}" for n in range(len(labels))], 20, seed=4)
    weights = drawn.counts[:, drawn.of]
    areas = ours.areas_under(labels, scores, weights)
    precisions = ours.average_precisions(labels, scores, weights)
    for weight, area, precision in zip(weights, areas, precisions, strict=True):
        want = metrics.roc_auc_score(labels, scores, sample_weight=weight)
        assert area == pytest.approx(want, abs=1e-9)
        want = metrics.average_precision_score(labels, scores, sample_weight=weight)
        assert precision == pytest.approx(want, abs=1e-9)


def test_curves_are_those_of_scikit_learn(cases):
    labels, scores = cases
    false, hits, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
    curve = ours.roc(labels, scores)
    assert np.allclose(curve.false_positive_rate, false, atol=1e-9)
    assert np.allclose(curve.sensitivity, hits, atol=1e-9)
    assert np.array_equal(curve.thresholds, thresholds)
    precision, recall, thresholds = metrics.precision_recall_curve(labels, scores)
    got = ours.precision_recall(labels, scores)
    assert np.allclose(got[0][::-1], precision[:-1], atol=1e-9)
    assert np.allclose(got[1][::-1], recall[:-1], atol=1e-9)
    assert np.array_equal(got[2][::-1], thresholds)


def test_figures_at_a_threshold_are_those_of_scikit_learn(cases):
    labels, scores = cases
    at = ours.confusion(labels, scores, 0.5)
    called = scores >= 0.5
    table = metrics.confusion_matrix(labels, called)
    counts = [
        [at.true_negative, at.false_positive],
        [at.false_negative, at.true_positive],
    ]
    assert np.array_equal(counts, table)
    for got, want in (
        (at.precision, metrics.precision_score(labels, called)),
        (at.recall, metrics.recall_score(labels, called)),
        (at.f1, metrics.f1_score(labels, called)),
        (at.accuracy, metrics.accuracy_score(labels, called)),
        (at.specificity, metrics.recall_score(~labels, ~called)),
        (at.negative_predictive_value, metrics.precision_score(~labels, ~called)),
        (ours.brier(labels, scores), metrics.brier_score_loss(labels, scores)),
    ):
        assert got == pytest.approx(want, abs=1e-9)


def test_calibration_error_is_that_of_bins_counted_one_by_one(cases):
    labels, scores = cases
    error = 0.0
    for number in range(10):
        high = 1.1 if number == 9 else (number + 1) / 10
        inside = (scores * 10 >= number) & (scores * 10 < high * 10)
        if inside.any():
            error += inside.mean() * abs(scores[inside].mean() - labels[inside].mean())
    assert ours.calibration_error(labels, scores) == pytest.approx(error, abs=1e-9)
    assert sum(one.count for one in ours.reliability(labels, scores)) == len(labels)


def test_the_variance_of_delong_is_that_of_pairs_counted_one_by_one(cases):
    labels, scores = cases
    ill, well = scores[labels], scores[~labels]
    wins = (ill[:, None] > well[None]) + 0.5 * (ill[:, None] == well[None])
    variance = wins.mean(axis=1).var(ddof=1) / len(ill) + wins.mean(axis=0).var(ddof=1) / len(well)
    area, got = ours.delong(labels, scores[None])
    assert float(area[0]) == pytest.approx(wins.mean(), abs=1e-9)
    assert float(got[0]) == pytest.approx(variance, abs=1e-12)
    low, high = ours.delong_interval(labels, scores)
    assert low < wins.mean() <= high


def test_two_models_differ_by_delong_only_where_they_do():
    chance = np.random.default_rng(5)
    labels = chance.random(200) < 0.5
    good, poor = labels + chance.normal(0, 0.5, 200), chance.normal(0, 1, 200)
    assert ours.delong_p(labels, good, poor) < 1e-6
    assert ours.delong_p(labels, good, good) == 1.0


def test_without_ill_or_healthy_there_is_no_area():
    scores = np.array([0.1, 0.9])
    for labels in (np.array([True, True]), np.array([False, False])):
        assert np.isnan(ours.area_under(labels, scores))
        assert np.isnan(ours.delong(labels, scores[None])).all()
    assert np.isnan(ours.average_precision(np.array([False, False]), scores))


def test_the_best_threshold_parts_what_can_be_parted():
    labels = np.array([False, False, True, True])
    assert ours.best_threshold(labels, np.array([0.1, 0.4, 0.6, 0.9])) == 0.6
