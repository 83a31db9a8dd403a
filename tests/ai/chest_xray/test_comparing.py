"""Judging models: nested, calibrated, and with intervals over patients."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.chest_xray.cases import folds
from viewer.ai.chest_xray.comparing import classical, combined, kinds, nested, platt
from viewer.ai.chest_xray.figures import Truth, metrics, row
from viewer.imaging.evaluation.classification import area_under


@pytest.fixture(scope="module")
def known():
    random = np.random.default_rng(3)
    labels = np.arange(120) < 60
    patients = np.array([f"p{number // 2}" for number in range(120)])
    rows = random.normal(size=(120, 4)) + 1.2 * labels[:, None] * [1, 1, 0, 0]
    return labels, patients, rows


@pytest.fixture(scope="module")
def judged(known, tmp_path_factory):
    labels, patients, rows = known
    judge = classical(kinds()[0], rows, labels, patients)
    return nested("regression", judge, labels, patients, 3, tmp_path_factory.mktemp("k") / "a.npz")


def test_nobody_is_judged_by_a_run_that_learned_from_the_patient(known, tmp_path):
    labels, patients, _ = known
    asked = []

    def judge(learn, test, name):
        asked.append((name, set(patients[learn]), set(patients[test])))
        return labels[test].astype(float) + 0.1

    nested("any", judge, labels, patients, 3, tmp_path / "kept.npz")

    assert all(not (learned & tested) for _, learned, tested in asked)
    outer = {name: tested for name, _, tested in asked if "." not in name}
    for name, learned, tested in asked:
        if "." in name:
            assert not (learned | tested) & outer[name.split(".")[0]]


def test_what_was_judged_is_kept(known, tmp_path):
    labels, patients, _ = known
    calls = []

    def judge(_learn, test, name):
        calls.append(name)
        return labels[test].astype(float)

    for _ in range(2):
        nested("any", judge, labels, patients, 3, tmp_path / "kept.npz")

    assert len(calls) == 3 * 3


def test_scores_are_calibrated(known, judged):
    labels, *_ = known
    assert judged.scores.min() > 0
    assert judged.scores.max() < 1
    assert judged.scores.mean() == pytest.approx(labels.mean(), abs=0.08)
    assert area_under(labels, judged.odds) > 0.8


def test_chance_alone_is_not_found_to_be_good(known, tmp_path):
    labels, patients, _ = known
    rows = np.random.default_rng(8).normal(size=(120, 4))
    judge = classical(kinds()[0], rows, labels, patients)
    one = nested("chance", judge, labels, patients, 3, tmp_path / "kept.npz")
    assert 0.3 < area_under(labels, one.odds) < 0.7


def test_two_that_say_the_same_are_no_better_together(known, judged):
    labels, patients, _ = known
    both = combined("both", (judged, judged), labels, folds(labels, patients, 3))
    alone = area_under(labels, judged.scores)
    assert area_under(labels, both.scores) == pytest.approx(alone, abs=0.01)


def test_a_line_makes_odds_probable():
    random = np.random.default_rng(1)
    odds = random.normal(size=4000)
    labels = random.random(4000) < 1 / (1 + np.exp(-(2 * odds + 1)))
    line = platt(odds, labels)
    assert (line.slope, line.offset) == pytest.approx((2, 1), abs=0.2)


def test_figures_carry_intervals_over_patients(known, judged):
    labels, patients, _ = known
    truth = Truth(labels, patients)
    area = truth.area(judged.scores)
    assert area.low < area.value < area.high
    assert area.value == pytest.approx(area_under(labels, judged.scores))
    assert row(judged, truth).count("|") == 9
    assert all(one.low is not None for one in metrics(judged, truth)[:-1])


def test_one_is_not_better_than_itself(known, judged):
    labels, patients, _ = known
    gain, p = Truth(labels, patients).gain(judged.odds, judged.odds)
    assert (gain.low, gain.value, gain.high) == (0, 0, 0)
    assert p == 1
