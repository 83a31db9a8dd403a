"""What is promised of a threshold is never better than what was measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.session.operating import Expected, Operating

ROWS = (Expected(0.3, 0.9, 4.0), Expected(0.5, 0.8, 1.5), Expected(0.7, 0.6, 0.25))
TOLD = Operating("real: 10 in 10 scans", ROWS)
levels = st.integers(0, 100).map(lambda n: n / 100)


@pytest.mark.parametrize("row", ROWS)
def test_at_a_measured_threshold_its_row_holds(row):
    said = TOLD.at(row.threshold)
    assert said.is_measured
    assert said.low == row.threshold
    assert (said.sensitivity, said.false_marks_per_scan) == (
        row.sensitivity,
        row.false_marks_per_scan,
    )


def test_rounding_of_a_threshold_makes_no_other_one():
    assert TOLD.at(0.1 + 0.2).is_measured
    assert TOLD.at(0.7 - 1e-12).is_measured


@pytest.mark.parametrize("threshold", [0.51, 0.6, 0.69])
def test_between_two_rows_the_worse_of_each_holds(threshold):
    said = TOLD.at(threshold)
    assert not said.is_measured
    assert (said.low, said.high) == (0.5, 0.7)
    assert (said.sensitivity, said.false_marks_per_scan) == (0.6, 1.5)


@pytest.mark.parametrize("threshold", [0.0, 0.29, 0.71, 1.0])
def test_beyond_what_was_measured_nothing_is_promised(threshold):
    assert TOLD.at(threshold) is None


def test_without_rows_nothing_is_promised():
    assert Operating().at(0.5) is None
    assert Operating().span is None


def test_rows_in_any_order_and_twice_the_same_threshold_promise_the_least():
    mixed = Operating("", (*ROWS[::-1], Expected(0.5, 0.75, 2.0)))
    assert mixed.span == (0.3, 0.7)
    assert (mixed.at(0.5).sensitivity, mixed.at(0.5).false_marks_per_scan) == (0.75, 2.0)
    assert mixed.at(0.4).sensitivity == 0.75


@given(
    scores=st.lists(levels, min_size=1, max_size=40),
    false=st.lists(levels, max_size=40),
    measured=st.sets(levels, min_size=1, max_size=6),
    threshold=levels,
)
def test_marks_that_are_counted_are_never_fewer_than_promised(scores, false, measured, threshold):
    def at(level):
        found = sum(one >= level for one in scores) / len(scores)
        return Expected(level, found, float(sum(one >= level for one in false)))

    said = Operating("", tuple(at(level) for level in measured)).at(threshold)
    assert (said is None) == (not min(measured) <= threshold <= max(measured))
    if said is not None:
        truth = at(threshold)
        assert said.sensitivity <= truth.sensitivity
        assert said.false_marks_per_scan >= truth.false_marks_per_scan
