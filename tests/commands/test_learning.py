from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from tests.ai.test_adapting import verdicts
from viewer.ai.adapting import Adaptation, Side, adapted_reading
from viewer.ai.reading import Reading
from viewer.ai.registry import Registry
from viewer.cli import app
from viewer.commands import improving, learning
from viewer.commands.command import Commands
from viewer.commands.known_models import KnownModel, KnownModels
from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.correction import log_odds
from viewer.core.finding import Finding, Reason, Status
from viewer.session.record import Record
from viewer.store.drafts import Draft
from viewer.store.shelf import Shelf

COMMANDS = Commands([*learning.COMMANDS, *improving.COMMANDS])
ID = "lung_nodules"


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    return Registry(tmp_path_factory.mktemp("own")).usable(ID)[1]


@pytest.fixture
def chosen(desk, card):
    model = KnownModel(ID, True, "Nodules", learns=True, weights_sha256=card.weights_sha256)
    desk.models.set(KnownModels((model,), ID, listed=True))
    return desk


def proposal(card, id_="1.2.3", score=0.6):
    lines = (Reason("size", 9.0, "mm", 0.5), Reason("free", 20.0, "%", -0.2))
    author = card.author()
    return Finding(
        id_, NODULE, None, (1, 1, 1), (0, 0, 0), (2, 2, 2), 2.0, 8.0, "key", author, score,
        explanation=lines,
    )  # fmt: skip


def local(card, count=900, vessel=-0.5):
    weights = card.weights_sha256
    return [replace(one, weights_sha256=weights) for one in verdicts(count, vessel=vessel)]


def test_improving_by_verdicts_and_going_back(chosen, card):
    chosen.keeper.shelf.corrections.keep(local(card))
    COMMANDS.run("models.improve", chosen)
    chosen.settle()
    assert "It is used from the next reading on." in chosen.session.message.value.sentence
    assert len(chosen.learned.value) == 1
    COMMANDS.run("models.go_back", chosen)
    chosen.settle()
    assert chosen.learned.value == ()
    COMMANDS.run("models.go_back", chosen)
    chosen.settle()
    assert "nothing to go back to" in chosen.session.message.value.sentence


def test_a_model_without_scored_findings_can_neither_improve_nor_go_back(desk):
    program = KnownModel("totalsegmentator", False, "TotalSegmentator", state="installed")
    desk.models.set(KnownModels((program,), program.id, listed=True))
    for id_ in ("models.improve", "models.go_back"):
        assert not COMMANDS.run(id_, desk)
        assert "no findings with scores" in desk.session.message.value.sentence


def test_what_is_not_better_is_not_used(chosen, card):
    chosen.keeper.shelf.corrections.keep(local(card, vessel=1.0))
    COMMANDS.run("models.improve", chosen)
    chosen.settle()
    assert chosen.learned.value == ()
    assert "the scores stay as they were" in chosen.session.message.value.sentence


def test_too_few_verdicts_are_said_in_numbers(chosen):
    COMMANDS.run("models.improve", chosen)
    chosen.settle()
    assert "too few verdicts" in chosen.session.message.value.sentence


def test_saved_verdicts_are_kept_if_the_reader_lets_us(desk, hung, card):
    judged = proposal(card).judged(Status.REJECTED, desk.session.reader, "2026-01-01")
    desk.session.do("x", Record((judged, proposal(card, "1.2.4"))))
    learning.keep_verdicts(desk, hung.study.uid)
    desk.keeper.flush()
    (kept,) = desk.keeper.shelf.corrections.of(card.weights_sha256)
    assert (kept.finding_id, kept.right) == ("1.2.3", False)
    second = desk.settings.second_reader.model_copy(update={"keep_verdicts": False})
    desk.settings = desk.settings.model_copy(update={"second_reader": second})
    accepted = proposal(card).judged(Status.ACCEPTED, desk.session.reader, "2026-01-02")
    desk.session.do("x", Record((accepted,)))
    learning.keep_verdicts(desk, hung.study.uid)
    desk.keeper.flush()
    assert desk.keeper.shelf.corrections.of(card.weights_sha256) == (kept,)


def test_a_verdict_that_was_taken_back_teaches_nothing_any_more(desk, hung, card):
    judged = proposal(card).judged(Status.REJECTED, desk.session.reader, "2026-01-01")
    for said in (judged, judged.judged(Status.PROPOSED, desk.session.reader, "2026-01-02")):
        desk.session.do("x", Record((said,)))
        learning.keep_verdicts(desk, hung.study.uid)
        desk.keeper.flush()
        kept = desk.keeper.shelf.corrections.of(card.weights_sha256)
        assert len(kept) == (said is judged)


def test_reading_again_leaves_the_verdicts_of_before(desk, hung, card):
    judged = proposal(card).judged(Status.REJECTED, desk.session.reader, "2026-01-01")
    for said in (judged, proposal(card)):
        desk.session.do("x", Record((said,)))
        learning.keep_verdicts(desk, hung.study.uid)
    desk.keeper.flush()
    assert len(desk.keeper.shelf.corrections.of(card.weights_sha256)) == 1


def test_a_verdict_on_an_adapted_score_teaches_by_the_score_of_the_model(desk, hung, card):
    learned = Adaptation(
        card.weights_sha256, (("free", 3.0), ("size", 0.5)), 0.4, 1.0, "2026", 40, 20, 10, 6,
        Side(0.6, 0.7), Side(0.5, 0.8), (0.1, 0.05, 0.2),
    )  # fmt: skip
    shelf = desk.keeper.shelf
    shelf.corrections.learn(card.weights_sha256, learned.as_json(), use=True)
    seen = learned.adapted(proposal(card))
    accepted = seen.judged(Status.ACCEPTED, desk.session.reader, "2026-01-02")
    desk.session.do("x", Record((accepted,)))
    learning.keep_verdicts(desk, hung.study.uid)
    desk.keeper.flush()
    (kept,) = shelf.corrections.of(card.weights_sha256)
    assert dict(kept.pushes) == pytest.approx({"size": 0.5, "free": -0.2}, abs=0.01)
    assert kept.odds == pytest.approx(log_odds(0.6), abs=0.01)


def test_the_study_that_the_model_doubts_most_is_offered_first(desk, card):
    drafts = desk.keeper.shelf.drafts
    drafts.record("7.1", Draft("sure", (proposal(card, "a", 0.99),)))
    drafts.record("7.2", Draft("doubt", (proposal(card, "b", 0.5), proposal(card, "c", 0.4))))
    judged = proposal(card, "d", 0.5).judged(Status.ACCEPTED, Author("Dr A"), "2026-01-01")
    drafts.record("7.3", Draft("judged", (judged,)))
    COMMANDS.run("models.next_case", desk)
    desk.settle()
    assert desk.asker.offered == [("7.2", "2"), ("7.1", "1")]


def test_readings_are_scored_as_learned_and_say_so(card):
    learned = Adaptation(
        card.weights_sha256, (("free", 5.0), ("size", 1.0)), 0.0, 1.0, "2026", 40, 20, 10, 6,
        Side(0.6, 0.7), Side(0.5, 0.8), (0.1, 0.05, 0.2),
    )  # fmt: skip
    first, second = proposal(card, "a", 0.6), proposal(card, "b", 0.55)
    second = replace(second, explanation=(Reason("size", 1, "", 0.2),))
    reading = Reading((), (first, second), 0.5, (card,), card.author(), ())
    after = adapted_reading(reading, [learned.as_json(), "damaged"])
    assert [finding.id for finding in after.findings] == ["b", "a"]
    assert after.findings[1].score < 0.5
    assert reading.models[0].operating
    assert not after.models[0].operating
    assert [notice.code for notice in after.notices] == ["adapted", "bad_adaptation"]
    other = replace(learned, weights_sha256="ef" * 32)
    assert adapted_reading(reading, [other.as_json()]) is reading


def test_the_command_line_tells_improves_and_goes_back(tmp_path, monkeypatch, card):
    monkeypatch.setenv("SKIAGRAM_HOME", str(tmp_path))
    from viewer.settings import data_folder

    shelf = Shelf.open(data_folder())
    shelf.corrections.keep(local(card))
    shelf.close()

    def run(*words: str):
        return CliRunner().invoke(app, ["models", *words])

    assert "is used from the next reading on" in run("improve", ID).stdout
    (row,) = json.loads(run("verdicts", "--json").stdout)
    assert (row["id"], row["verdicts"], row["patients"]) == (ID, 900, 60)
    assert row["in_use"]
    assert "as before its last improvement" in run("back", ID).stdout
    assert "as it came" in run("verdicts").stdout
    assert run("improve", "one_click").exit_code == 4
