"""Matching and FROC: by hand, and against a plain count at each threshold."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.imaging.evaluation.detection import (
    RATES,
    Scan,
    drawn_point,
    drawn_sensitivity,
    froc,
    point,
)
from viewer.imaging.evaluation.matching import (
    match,
    shared,
    within_boxes,
    within_distance,
)
from viewer.imaging.evaluation.resampling import draws


def scan(patient, hits, false, lesions):
    scores = np.array([*hits, *false], float)
    hit = np.arange(len(scores)) < len(hits)
    return Scan(patient, scores, hit, ~hit, lesions)


def by_hand():
    """Two scans, three lesions: hits at 0.9 and 0.5, false marks at 0.8, 0.5 and 0.2."""
    return [scan("a", [0.9], [0.8, 0.2], 2), scan("b", [0.5], [0.5], 1)]


def many(seed=0, count=12):
    chance = np.random.default_rng(seed)
    found = []
    for number in range(count):
        lesions = int(chance.integers(0, 4))
        hits = np.round(chance.random(int(chance.integers(0, lesions + 1))) * 0.7 + 0.3, 2)
        false = np.round(chance.random(int(chance.integers(0, 30))), 2)
        found.append(scan(f"p{number // 2}", hits, false, lesions))
    return found


def counted(scans, rate):
    """The best sensitivity of all thresholds with at most so many false marks per scan."""
    best, lesions = 0.0, sum(one.lesions for one in scans)
    for threshold in {score for one in scans for score in one.scores}:
        false = sum(int((one.scores[one.false] >= threshold).sum()) for one in scans)
        hits = sum(int((one.scores[one.hits] >= threshold).sum()) for one in scans)
        if false / len(scans) <= rate + 1e-12:
            best = max(best, hits / lesions)
    return best


def test_the_curve_is_that_by_hand():
    curve = froc(by_hand())
    assert curve.thresholds.tolist() == [0.9, 0.8, 0.5, 0.2]
    assert curve.sensitivity == pytest.approx([1 / 3, 1 / 3, 2 / 3, 2 / 3])
    assert curve.false_per_scan == pytest.approx([0, 0.5, 1, 1.5])
    assert [curve.at(rate) for rate in RATES] == pytest.approx([1 / 3] * 3 + [2 / 3] * 4)
    assert curve.cpm == pytest.approx((3 / 3 + 8 / 3) / 7)


def test_figures_at_a_threshold_are_those_by_hand():
    at = point(by_hand(), 0.5)
    assert (at.hits, at.false, at.missed) == (2, 2, 1)
    assert at.recall == pytest.approx(2 / 3)
    assert at.precision == pytest.approx(1 / 2)
    assert at.f1 == pytest.approx(4 / 7)
    assert at.false_per_scan == pytest.approx(1.0)


@pytest.mark.parametrize("seed", range(5))
def test_the_curve_is_that_of_a_plain_count(seed):
    scans = many(seed)
    curve = froc(scans)
    assert [curve.at(rate) for rate in RATES] == pytest.approx(
        [counted(scans, rate) for rate in RATES], abs=1e-12
    )


def test_each_draw_is_the_curve_of_the_scans_drawn():
    scans = many(7)
    drawn = draws([one.patient for one in scans], 25, seed=3)
    got = drawn_sensitivity(scans, drawn, RATES)
    at = drawn_point(scans, drawn, 0.5)
    for counts, row, figures in zip(drawn.counts, got, at, strict=True):
        taken = [one for one, of in zip(scans, drawn.of, strict=True) for _ in range(counts[of])]
        curve, there = froc(taken), point(taken, 0.5)
        assert row == pytest.approx([curve.at(rate) for rate in RATES], abs=1e-12)
        want = [there.recall, there.precision, there.f1, there.false_per_scan]
        assert figures == pytest.approx(want, abs=1e-12, nan_ok=True)


def test_scans_without_marks_and_without_lesions_count_as_scans():
    scans = [scan("a", [0.9], [], 1), scan("b", [], [], 0), scan("c", [], [0.95], 0)]
    curve = froc(scans)
    assert curve.false_per_scan == pytest.approx([1 / 3, 1 / 3])
    assert curve.at(0.125) == 0.0
    assert curve.at(0.5) == 1.0
    assert np.isnan(froc(scans[1:]).sensitivity).all()


def test_no_mark_at_all_is_a_sensitivity_of_nothing():
    scans = [scan("a", [], [], 2)]
    assert froc(scans).cpm == 0.0
    assert drawn_sensitivity(scans, draws(["a"], 3, 0), (1.0,)).tolist() == [[0.0]] * 3


def test_a_lesion_is_given_to_the_surest_finding_and_to_one_alone():
    centres = np.array([[0.0, 0, 1], [0, 0, 0.2], [0, 0, 9]])
    found = match(
        np.array([0.9, 0.5, 0.7]), within_distance(centres, np.zeros((1, 3)), np.array([5.0]))
    )
    assert found.lesion.tolist() == [0, -1, -1]
    assert found.again.tolist() == [False, True, False]


def test_a_finding_takes_the_closest_lesion_that_is_free():
    lesions = np.array([[0.0, 0, 0], [0, 0, 4]])
    centres = np.array([[0.0, 0, 1], [0, 0, 1.5]])
    found = match(np.array([0.5, 0.9]), within_distance(centres, lesions, np.array([5.0, 5.0])))
    assert found.lesion.tolist() == [1, 0]


def test_a_centre_on_the_edge_of_a_box_or_sphere_is_in_it():
    box = np.array([[[0.0, 0, 0], [2, 4, 6]]])
    centres = np.array([[2.0, 4, 6], [2.1, 0, 0], [1, 2, 3]])
    assert np.isfinite(within_boxes(centres, box)[:, 0]).tolist() == [True, False, True]
    far = within_distance(np.array([[0.0, 3, 4]]), np.zeros((1, 3)), np.array([5.0]))
    assert far.tolist() == [[-5.0]]


def test_what_boxes_share_is_that_by_hand():
    boxes = np.array([[[0.0, 0, 0], [2, 2, 2]], [[5, 5, 5], [6, 6, 6]]])
    lesions = np.array([[[1.0, 0, 0], [3, 2, 2]]])
    assert shared(boxes, lesions, 0.3)[:, 0].tolist() == [pytest.approx(1 / 3), -np.inf]
    assert shared(boxes, lesions, 0.34)[0, 0] == -np.inf


def test_a_lesion_hit_twice_is_no_scan():
    with pytest.raises(ValueError, match="once"):
        scan("a", [0.9, 0.8], [], 1)
