"""Patients are drawn, and kept on one side, as a whole."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import bootstrap, chi2

from viewer.core.errors import Declined
from viewer.imaging.evaluation.resampling import (
    chance_of_no_difference,
    draws,
    folds,
    hold_out,
    interval,
    mcnemar,
    mean_interval,
    refuse_shared,
)

PATIENTS = [f"p{n // 3}" for n in range(60)]


def test_all_rows_of_a_patient_are_drawn_together():
    drawn = draws(PATIENTS, 50, seed=1)
    assert drawn.counts.sum(axis=1).tolist() == [20] * 50
    assert (drawn.of.reshape(-1, 3) == drawn.of.reshape(-1, 3)[:, :1]).all()


def test_the_same_seed_draws_the_same():
    assert np.array_equal(draws(PATIENTS, 9, 2).counts, draws(PATIENTS, 9, 2).counts)
    assert not np.array_equal(draws(PATIENTS, 9, 2).counts, draws(PATIENTS, 9, 3).counts)


def test_the_interval_of_a_mean_is_about_that_of_scipy():
    values = np.random.default_rng(0).normal(5, 2, 80)
    got = mean_interval(values, draws([str(n) for n in range(80)], 4000, 0))
    want = bootstrap((values,), np.mean, method="percentile", rng=1).confidence_interval
    assert got == pytest.approx((want.low, want.high), abs=0.05)


def test_rows_of_one_patient_make_nothing_surer():
    values = np.random.default_rng(0).normal(5, 2, 30)
    alone = mean_interval(values, draws([str(n) for n in range(30)], 500, 0))
    copied = mean_interval(
        np.repeat(values, 10), draws([str(n) for n in range(30) for _ in range(10)], 500, 0)
    )
    assert copied == pytest.approx(alone)


def test_what_is_undefined_is_left_out_of_a_mean():
    values = np.array([1.0, np.nan, 1.0, np.nan])
    assert mean_interval(values, draws(list("abcd"), 200, 0)) == (1.0, 1.0)
    assert interval(np.full(10, np.nan)) == (None, None)


def test_mcnemar_is_the_exact_test_and_near_that_by_chi_square():
    first = np.repeat([True, True, False, False], [30, 40, 15, 10])
    second = np.repeat([True, False, True, False], [30, 40, 15, 10])
    got = mcnemar(first, second)
    assert (got.only_first, got.only_second) == (40, 15)
    assert got.p == pytest.approx(chi2.sf((40 - 15 - 1) ** 2 / 55, 1), abs=2e-4)
    assert mcnemar(first, first).p == 1.0


def test_a_difference_that_is_always_there_is_no_chance():
    assert chance_of_no_difference(np.full(1000, 0.1)) == 0.001
    assert chance_of_no_difference(np.array([-1.0, 1.0] * 50)) == 1.0
    assert chance_of_no_difference(np.array([np.nan])) is None


@pytest.mark.parametrize("count", [2, 3, 5, 20])
def test_folds_part_patients_evenly(count):
    fold = folds(PATIENTS, count, seed=0)
    refuse_shared(PATIENTS, [str(n) for n in fold])
    sizes = np.bincount(fold)
    assert len(sizes) == count
    assert sizes.max() - sizes.min() <= 3


def test_a_patient_on_two_sides_is_refused_by_name():
    with pytest.raises(Declined, match=r"p0, p1 are in several") as refused:
        refuse_shared(["p0", "p0", "p1", "p1", "p2"], ["a", "b", "b", "c", "a"])
    assert refused.value.code == "shared_patients"


def test_who_is_put_aside_is_so_with_all_rows():
    aside = hold_out(PATIENTS, 0.25, seed=0)
    assert aside.sum() == 15
    refuse_shared(PATIENTS, [str(one) for one in aside])


def test_too_few_patients_are_not_parted():
    for work in (lambda: folds(["a", "a"], 2, 0), lambda: hold_out(["a", "a"], 0.5, 0)):
        with pytest.raises(Declined) as refused:
            work()
        assert refused.value.code == "too_few_patients"
