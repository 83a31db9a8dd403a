from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from viewer.ai.adapting import (
    Adaptation,
    adapt,
    adaptation_from,
    as_it_came,
    informative,
    is_held_out,
)
from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.correction import Correction, correction_of, log_odds
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding, Reason, Status
from viewer.core.progress import Silent

MODEL = "ab" * 32
READER = Author("Dr A")
WHEN = "2026-01-02T03:04:05"


def verdicts(count: int, *, seed: int = 1, vessel: float = 1.0, patients: int = 60):
    """Verdicts that follow the size, where the model also trusts how free a spot lies."""
    random = np.random.default_rng(seed)
    made = []
    for number in range(count):
        size, free = random.normal(0, 1.5, 2)
        right = bool(random.random() < expit(size + vessel * free))
        patient = f"p{number % patients}"
        pushes = (("free", float(free)), ("size", float(size)))
        made.append(Correction(f"f{number}", MODEL, patient, "1.2", WHEN, right, pushes))
    return made


@pytest.fixture(scope="module")
def learned() -> Adaptation:
    return adapt(verdicts(900, vessel=-0.5), WHEN, Silent())


def test_a_push_that_misleads_here_is_weighed_down(learned):
    factors = dict(learned.factors)
    assert factors["size"] == pytest.approx(1, abs=0.35)
    assert factors["free"] == pytest.approx(-0.5, abs=0.25)
    assert learned.is_better
    assert learned.after.area > learned.before.area + 0.05


def test_where_the_model_is_right_already_nothing_new_is_used():
    same = adapt(verdicts(900, vessel=1.0), WHEN, Silent())
    assert not same.is_better
    assert dict(same.factors)["free"] == pytest.approx(1, abs=0.2)


def test_patients_held_out_are_never_learned_from(learned):
    given = verdicts(900, vessel=-0.5)
    held = {one.patient for one in given if is_held_out(one.patient, MODEL)}
    assert 5 <= len(held) <= 25
    assert learned.held_patients == len(held)
    turned = [replace(o, right=not o.right) if o.patient in held else o for o in given]
    again = adapt(turned, WHEN, Silent())
    assert again.factors == learned.factors
    assert not again.is_better


@pytest.mark.parametrize("count", [0, 20])
def test_too_few_verdicts_are_declined_in_numbers(count):
    with pytest.raises(Declined, match="too few verdicts"):
        adapt(verdicts(count, patients=8), WHEN, Silent())


def test_verdicts_on_two_models_are_declined():
    other = [replace(one, weights_sha256="cd" * 32) for one in verdicts(5)]
    with pytest.raises(Declined, match="several models"):
        adapt([*verdicts(5), *other], WHEN, Silent())


def test_what_was_learned_is_kept_as_text(learned):
    assert adaptation_from(learned.as_json()) == learned
    for broken in ("", "[]", '{"factors": 3}', learned.as_json().replace('"shift"', '"shaft"')):
        with pytest.raises(Unreadable):
            adaptation_from(broken)


def finding(score: float = 0.7) -> Finding:
    odds = log_odds(score)
    lines = (Reason("size", 9.0, "mm", 0.5), Reason("free", 20.0, "%", odds - 0.8), Reason("x", 1))
    return Finding(
        "1.2.3", NODULE, None, (0, 0, 0), (-1, -1, -1), (1, 1, 1), 2.0, 8.0, "s",
        Author("Model", True, "1", MODEL), score, explanation=lines,
    )  # fmt: skip


def test_an_adapted_finding_tells_so_and_its_pushes_still_add_up(learned):
    before = finding()
    after = learned.adapted(before)
    factors = dict(learned.factors)
    odds = 0.3 + learned.shift + factors["size"] * 0.5 + factors["free"] * (log_odds(0.7) - 0.8)
    assert log_odds(after.score) == pytest.approx(odds, abs=1e-6)
    assert after.explanation[0].contribution == pytest.approx(0.5 * factors["size"], abs=1e-3)
    assert after.author.parameters[-1] == ("adapted by corrections", learned.name)
    assert before.score == 0.7
    other = replace(before, author=Author("Other", True, "1", "cd" * 32))
    assert learned.adapted(other) is other


def test_an_adapted_finding_can_be_had_as_the_model_gave_it(learned):
    before = finding()
    again = as_it_came(learned.adapted(before), {learned.name: learned})
    assert again.score == pytest.approx(before.score, abs=0.005)
    assert again.explanation[0].contribution == pytest.approx(0.5, abs=0.01)
    assert again.author == before.author
    bare = replace(before, explanation=())
    whole = replace(learned, factors=(("score", 0.5),))
    came = as_it_came(whole.adapted(bare), {whole.name: whole})
    assert came.score == pytest.approx(bare.score)


def test_what_nobody_can_tell_any_more_is_not_made_up(learned):
    adapted = learned.adapted(finding())
    assert as_it_came(adapted, {}) is None
    mute = replace(learned, factors=(("free", 0.0), ("size", 1.0)))
    assert as_it_came(mute.adapted(finding()), {mute.name: mute}) is None
    assert as_it_came(finding(), {}) == finding()


@pytest.mark.parametrize(
    ("status", "right"),
    [(Status.ACCEPTED, True), (Status.EDITED, True), (Status.REJECTED, False)],
)
def test_a_verdict_teaches_what_pushed_the_score(status, right):
    judged = finding().judged(status, READER, WHEN)
    taught = correction_of(judged, "p", "1.2")
    assert taught.right is right
    assert taught.odds == pytest.approx(log_odds(0.7))
    assert dict(taught.pushes)["size"] == 0.5


def test_what_nobody_judged_or_no_model_said_teaches_nothing():
    assert correction_of(finding(), "p", "1.2") is None
    own = replace(finding(), author=READER, score=None).judged(Status.ACCEPTED, READER, WHEN)
    assert correction_of(own, "p", "1.2") is None


def test_a_score_without_reasons_is_weighed_as_a_whole():
    bare = replace(finding(0.9), explanation=()).judged(Status.REJECTED, READER, WHEN)
    taught = correction_of(bare, "p", "1.2")
    assert taught.pushes == (("score", pytest.approx(log_odds(0.9))),)


def test_the_case_in_doubt_comes_first():
    assert informative({"sure": [6.0, -7.0], "none": [], "doubt": [0.1, -0.3], "one": [0.2]}) == (
        "doubt",
        "one",
        "sure",
    )
