"""Judging: nothing is chosen on the patients that it is judged on."""

from dataclasses import dataclass

import numpy as np
import pytest

from viewer.ai.engine.lesions import lesions_of
from viewer.ai.engine.returning import Returned
from viewer.ai.tumour.figures import mean, operating, parts_of, row, rows_of, spread
from viewer.ai.tumour.finishing import Settled
from viewer.ai.tumour.judging import (
    Judged,
    above,
    crossed,
    crossed_suv,
    dice,
    hits,
    share_of_maximum,
)
from viewer.ai.tumour.lessons import COMBINATIONS
from viewer.core.geometry import Geometry
from viewer.core.volume import Volume
from viewer.imaging.upright import Turn

SHAPE = (12, 12, 12)
GRID = Geometry.from_axes(SHAPE, (0, 0, 0), np.eye(3)[::-1], (5, 5, 5))


@dataclass(frozen=True)
class Patient:
    name: str
    pet: Volume
    truth: np.ndarray


def case(fold, level, suv, name="a"):
    """Return a patient whose tumour has this probability (0 to 1) and SUV, the rest a bit less."""
    truth = np.zeros(SHAPE, np.bool_)
    truth[4:8, 4:8, 4:8] = True
    probable = np.where(truth, level, level - 0.12) * 255
    values = np.where(truth, suv, suv - 0.6).astype(np.float32)
    pet = Volume(values, GRID, "{SUVbw}g/ml", "PT", name)
    upright = np.rint(probable.clip(0, 255)).astype(np.uint8)[None]
    answer = Returned(upright, Turn.of(GRID), GRID, name)
    whole = np.ones(SHAPE, np.bool_)
    answers = dict.fromkeys(COMBINATIONS, answer)
    return Judged(Patient(name, pet, truth), fold, answers, whole, whole)


@pytest.fixture
def cases():
    """Fold 0 would want a threshold that folds 1 and 2 would not."""
    return [
        case(0, 0.3, 2.0, "a"),
        case(1, 0.7, 4.0, "b"),
        case(1, 0.7, 4.0, "c"),
        case(2, 0.7, 4.0, "d"),
        case(2, 0.7, 4.0, "e"),
    ]


def test_the_threshold_of_a_fold_comes_from_the_others(cases):
    choice = crossed(cases, ("PT",))
    assert 0.58 < choice[0].threshold <= 0.7
    assert not cases[0].found(("PT",), choice[0]).any()


def test_the_fixed_suv_of_a_fold_comes_from_the_others(cases):
    assert 3.4 <= crossed_suv(cases)[0] < 4.0


def test_plain_rules_take_what_is_bright(cases):
    assert np.array_equal(above(cases[1], 3.5), cases[1].patient.truth)
    assert share_of_maximum(cases[1], 0.9).sum() == cases[1].patient.truth.sum()
    assert dice(above(cases[0], 2.5), cases[0].patient.truth) == 0


def test_dice_is_twice_the_shared_part_of_both():
    one, two = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert dice(one, two) == 0.5
    assert dice(one, one) == 1
    assert dice(one & False, two & False) == 1


def test_a_mark_hits_only_where_the_tumour_is(cases):
    answer = cases[1].answers["PT",]
    apart = answer.upright.copy()
    apart[0, 4:8, 4:8, 4:8] = 0
    apart[0, :2, :2, :2] = 255
    lesions = lesions_of(answer, 0, 0.65)
    assert [hits(one, cases[1]) for one in lesions] == [True]
    elsewhere = Returned(apart, answer.turn, answer.geometry, "b")
    assert [hits(one, cases[1]) for one in lesions_of(elsewhere, 0, 0.9)] == [False]


def test_a_row_counts_what_was_found_missed_and_wrong(cases):
    found = cases[1].patient.truth.copy()
    found[:3, :3, :3] = True
    outlines = {"a": np.zeros(SHAPE, np.bool_), "b": found}
    made = row("some", cases[:2], lambda one: outlines[one.patient.name])
    assert made.missed.tolist() == [1, 0]
    assert made.false_marks.tolist() == [0, 1]
    assert made.dice[1] == pytest.approx(2 * 64 / (64 + 64 + 27))
    assert made.volume_error.tolist() == pytest.approx([1, 27 / 64])


def test_every_combination_and_rule_gets_a_row_and_the_table_of_scores_falls(cases):
    chosen = {kinds: crossed(cases, kinds) for kinds in COMBINATIONS}
    rows = rows_of(cases, chosen)
    assert len(rows) == 10
    parts = [parts_of(cases, kinds, chosen[kinds]) for kinds in COMBINATIONS]
    points = operating(parts, len(cases))
    sensitivities = [one.sensitivity for one in points]
    assert sensitivities == sorted(sensitivities, reverse=True)
    assert sensitivities[0] == pytest.approx(0.8)


def test_an_interval_holds_its_figure_and_narrows_with_more_patients():
    chance = np.random.default_rng(0)
    few, many = chance.normal(0.6, 0.2, 10), chance.normal(0.6, 0.2, 200)
    value, low, high = spread(few, mean)
    assert low < value < high
    assert spread(many, mean)[2] - spread(many, mean)[1] < high - low


def test_asking_apart_is_the_mean_of_the_answers(cases):
    one = cases[1]
    low = Returned(np.full((1, *SHAPE), 20, np.uint8), Turn.of(GRID), GRID, "b")
    high = Returned(np.full((1, *SHAPE), 60, np.uint8), Turn.of(GRID), GRID, "b")
    mixed = Judged(one.patient, 1, {("PT",): low, ("PT", "CT"): high}, one.within, one.within)
    assert np.all(mixed.answer(("PT", "CT"), "first").upright == 40)
    assert mixed.found(("PT", "CT"), Settled("first", 0.1, 0.0)).all()
