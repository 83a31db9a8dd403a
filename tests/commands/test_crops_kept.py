from __future__ import annotations

import threading
import time
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.commands.test_learning import ID, local, proposal
from tests.commands.test_reading import FIRST, reading_of
from tests.patience import PATIENCE_S
from viewer.ai.adapting import Adaptation, Side, adaptation_from
from viewer.ai.explanation import NETWORK
from viewer.ai.improving import Improved
from viewer.ai.registry import Registry
from viewer.ai.tuning.weights import folder_beside
from viewer.cli import app
from viewer.commands import improving, learning, reading, worklist
from viewer.commands.command import Commands
from viewer.core.author import Author
from viewer.core.crop import Crop
from viewer.core.errors import Declined
from viewer.core.finding import Finding, Reason, Status
from viewer.core.progress import Silent
from viewer.io.sample import sample_study
from viewer.jobs.job import State
from viewer.session.record import Record
from viewer.store.listed import Held
from viewer.store.shelf import Shelf

COMMANDS = Commands([*improving.COMMANDS])
CONTENT = b"weights"


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    return Registry(tmp_path_factory.mktemp("own")).usable(ID)[1]


def crop(id_: str) -> Crop:
    return Crop(id_, np.full((2, 4, 4, 4), 7, np.uint8))


def trained(card, *, better: bool = True) -> Improved:
    learned = Adaptation(
        card.weights_sha256, (), 0.0, 1.0, "2026", 40, 20, 10, 6,
        Side(0.6, 0.7), Side(0.5, 0.8), (0.1, 0.05 if better else -0.05, 0.2),
        sha256(CONTENT).hexdigest(), "last block", 0.1,
    )  # fmt: skip
    return Improved(learned, CONTENT)


def saved(desk, opened, card, *said: Finding) -> tuple[Crop, ...]:
    """Judge proposals, save, and return the crops that are kept of them."""
    desk.session.do("x", Record(tuple(said)))
    learning.keep_verdicts(desk, opened.study.uid)
    desk.keeper.flush()
    return desk.keeper.shelf.crops.of(card.weights_sha256)


def agree(desk) -> None:
    desk.asker.yes = True
    COMMANDS.run("models.keep_crops", desk)


def test_crops_are_kept_only_after_the_reader_read_what_they_are_and_agreed(desk):
    assert not improving.keeps_crops(desk)
    COMMANDS.run("models.keep_crops", desk)
    assert not improving.keeps_crops(desk)
    assert "not encrypted" in desk.asker.asked[0]
    agree(desk)
    assert improving.keeps_crops(desk)
    assert COMMANDS["models.keep_crops"].checked(desk)


def test_the_crop_of_a_judged_finding_is_kept_with_its_verdict_and_no_other(desk, hung, card):
    learning.hold_crops(desk, [crop("1.2.3"), crop("1.2.4")])
    judged = proposal(card).judged(Status.REJECTED, desk.session.reader, "2026-01-01")
    (kept,) = saved(desk, hung, card, judged, proposal(card, "1.2.4"))
    assert kept.finding_id == "1.2.3"
    np.testing.assert_array_equal(kept.voxels, crop("").voxels)


def test_a_crop_goes_when_its_verdict_is_taken_back(desk, hung, card):
    learning.hold_crops(desk, [crop("1.2.3")])
    judged = proposal(card).judged(Status.REJECTED, desk.session.reader, "2026-01-01")
    assert saved(desk, hung, card, judged)
    back = judged.judged(Status.PROPOSED, desk.session.reader, "2026-01-02")
    assert saved(desk, hung, card, back) == ()


def test_an_erased_study_takes_its_crops_along(desk, hung, card, tmp_path):
    learning.hold_crops(desk, [crop("1.2.3")])
    judged = proposal(card).judged(Status.ACCEPTED, desk.session.reader, "2026-01-01")
    assert saved(desk, hung, card, judged)
    shelf = desk.keeper.shelf
    shelf.studies.add(tmp_path, [hung.study], Held.OPENED)
    (listed,) = shelf.studies.of_uid(hung.study.uid)
    shelf.erase(listed, Author("Dr. Roe"))
    assert shelf.crops.counts() == {}


def test_crops_on_their_way_to_the_disk_go_with_an_erased_study(desk, hung, card, tmp_path):
    learning.hold_crops(desk, [crop("1.2.3")])
    judged = proposal(card).judged(Status.ACCEPTED, desk.session.reader, "2026-01-01")
    desk.session.do("x", Record((judged,)))
    shelf, busy = desk.keeper.shelf, threading.Event()
    shelf.studies.add(tmp_path, [hung.study], Held.OPENED)
    desk.keeper.write(lambda: busy.wait(PATIENCE_S) and None)
    learning.keep_verdicts(desk, hung.study.uid)
    threading.Timer(0.2, busy.set).start()
    worklist._erase(desk.keeper, shelf.studies.of_uid(hung.study.uid), Author("Roe"), Silent())
    busy.set()
    desk.keeper.flush()
    assert shelf.crops.counts() == {}
    assert shelf.corrections.counts() == {}


def test_agreeing_no_more_stops_keeping_and_offers_to_delete(desk, hung, card):
    agree(desk)
    learning.hold_crops(desk, [crop("1.2.3")])
    judged = proposal(card).judged(Status.ACCEPTED, desk.session.reader, "2026-01-01")
    assert saved(desk, hung, card, judged)
    learning.hold_crops(desk, [crop("1.2.5")])
    COMMANDS.run("models.keep_crops", desk)
    desk.keeper.flush()
    assert not improving.keeps_crops(desk)
    assert desk.crops == {}
    assert desk.keeper.shelf.crops.counts() == {}
    assert desk.keeper.shelf.corrections.counts()


def test_a_reading_that_ends_after_consent_was_taken_back_leaves_no_crops(desk, hung):
    made = replace(reading_of(hung), crops=(crop("1.2.3"),))
    agree(desk)
    reading._came(desk, hung, FIRST, made)
    assert list(desk.crops) == ["1.2.3"]
    COMMANDS.run("models.keep_crops", desk)
    reading._came(desk, hung, FIRST, made)
    assert desk.crops == {}


def test_forgetting_all_stops_what_is_being_learned(desk):
    def wait(progress):
        while True:
            progress.report(0.5)
            time.sleep(0.01)

    job = desk.runner.start("Improve", wait, lambda _: None, instead_of=improving._NAME)
    other = desk.runner.start("Other", wait, lambda _: None)
    desk.asker.yes = True
    COMMANDS.run("models.forget_verdicts", desk)
    assert job.state is State.CANCELLED
    assert not other.state.ended
    other.cancel()


def test_of_crops_that_wait_for_a_verdict_only_the_latest_are_held(desk, monkeypatch):
    monkeypatch.setattr(learning, "_MOST_HELD", 2)
    for id_ in "abc":
        learning.hold_crops(desk, [crop(id_)])
    assert list(desk.crops) == ["b", "c"]


def test_forgetting_all_takes_crops_and_weights_along(desk, hung, card):
    shelf, own = desk.keeper.shelf, improving.own_models()
    improving.take_in(shelf, own, trained(card), Silent())
    learning.hold_crops(desk, [crop("1.2.3")])
    judged = proposal(card).judged(Status.ACCEPTED, desk.session.reader, "2026-01-01")
    assert saved(desk, hung, card, judged)
    assert [one.name for one in folder_beside(own).iterdir()]
    desk.asker.yes = True
    COMMANDS.run("models.forget_verdicts", desk)
    desk.keeper.flush()
    assert shelf.crops.counts() == {}
    assert shelf.corrections.in_use() == ()
    assert not list(folder_beside(own).iterdir())


def test_weights_are_written_only_where_they_are_used(desk, card):
    shelf, own = desk.keeper.shelf, improving.own_models()
    assert improving.take_in(shelf, own, trained(card, better=False), Silent()) == ()
    assert not folder_beside(own).exists()
    (text,) = improving.take_in(shelf, own, trained(card), Silent())
    (file,) = folder_beside(own).iterdir()
    assert file.name == f"{adaptation_from(text).tuned_sha256}.safetensors"
    assert file.stat().st_mode & 0o077 == 0


def test_a_verdict_on_a_trained_score_teaches_by_the_score_of_the_model(desk, hung, card):
    learned = trained(card).learned
    shelf = desk.keeper.shelf
    shelf.corrections.learn(card.weights_sha256, learned.as_json(), use=True)
    lines = (Reason("size", 9.0, "mm", 0.5), Reason(NETWORK, 2.0, "", -0.2))
    came = replace(proposal(card), explanation=lines)
    seen = learned.tuned(learned.adapted(came), Reason(NETWORK, 9.0, "", 1.3), 1.5)
    assert seen.author.weights_sha256 != card.weights_sha256
    learning.hold_crops(desk, [crop(came.id)])
    kept = saved(desk, hung, card, seen.judged(Status.ACCEPTED, desk.session.reader, "2026"))
    (verdict,) = shelf.corrections.of(card.weights_sha256)
    assert dict(verdict.pushes) == pytest.approx({"size": 0.5, NETWORK: -0.2}, abs=2e-3)
    assert [one.finding_id for one in kept] == [came.id]


def test_a_trained_version_takes_the_place_of_what_the_model_proposed_before(card):
    learned, came = trained(card).learned, proposal(card)
    seen = learned.tuned(learned.adapted(came), Reason(NETWORK, 1.0), 1.0)
    record = Record((came,)).with_reading("key", seen.author.as_it_came, (seen,), ())
    assert record.findings == (seen,)
    again = record.with_reading("key", came.author.as_it_came, (came,), ())
    assert again.findings == (came,)


def test_the_command_line_counts_crops_and_tells_the_trained_weights(tmp_path, monkeypatch, card):
    monkeypatch.setenv("SKIAGRAM_HOME", str(tmp_path))
    from viewer.settings import data_folder

    shelf = Shelf.open(data_folder())
    some = local(card, count=12)
    shelf.corrections.keep(some)
    shelf.crops.keep(some[:5], {one.finding_id: crop(one.finding_id) for one in some})
    improving.take_in(shelf, data_folder() / "models", trained(card), Silent())
    shelf.close()
    said = CliRunner().invoke(app, ["models", "verdicts"]).stdout
    assert "5 with image crops" in said
    assert sha256(CONTENT).hexdigest() in said
    assert "as before" in CliRunner().invoke(app, ["models", "back", ID]).stdout
    assert "as it came" in CliRunner().invoke(app, ["models", "verdicts"]).stdout


@pytest.mark.parametrize("asked", [(), ("--learned",)])
def test_a_review_scores_as_models_came_unless_it_is_asked_to_use_what_they_learned(
    tmp_path, monkeypatch, card, asked
):
    monkeypatch.setenv("SKIAGRAM_HOME", str(tmp_path))
    from viewer.settings import data_folder

    shelf = Shelf.open(data_folder())
    texts = improving.take_in(shelf, data_folder() / "models", trained(card), Silent())
    shelf.close()
    given = []

    def apart(title, work, progress):
        given.append(work.args[0].learned)
        raise Declined("Enough.", code="enough")

    monkeypatch.setattr("viewer.cohort.visit.apart", apart)
    place = sample_study(tmp_path / "sample", Silent(), shape=(64, 136, 136))
    words = ["review", str(place), "--out", str(tmp_path / "out"), "--model", ID, *asked]
    CliRunner().invoke(app, words)
    assert given == [texts if asked else ()]
