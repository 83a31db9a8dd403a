"""A verdict that is undone after it was saved teaches nothing; one that is redone does again."""

import threading
from contextlib import suppress

import pytest

from viewer.commands import edit, improving, learning
from viewer.commands.command import Commands
from viewer.commands.known_models import KnownModel, KnownModels
from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.finding import Finding, Status
from viewer.session.record import Record

COMMANDS = Commands([*edit.COMMANDS])
MODEL = Author("nodules", is_model=True, version="1", weights_sha256="ab" * 32)


@pytest.fixture
def proposal(desk, hung):
    """A proposal of a model in the study on the desk."""
    made = Finding(
        "1.2.3", NODULE, None, (1, 1, 1), (0, 0, 0), (2, 2, 2), 2.0, 8.0, "key", MODEL, 0.6
    )
    desk.session.do("Second reader", Record((made,)))
    return made


def judge(desk, proposal, status):
    judged = proposal.judged(status, desk.session.reader, "2026-01-01")
    desk.session.do("Judge", desk.session.record.value.with_finding(judged))


def save(desk):
    learning.keep_verdicts(desk, "1.8")


def kept(desk):
    desk.keeper.flush()
    return [one.right for one in desk.keeper.shelf.corrections.of(MODEL.weights_sha256)]


def test_a_saved_verdict_that_is_undone_is_withdrawn_before_the_next_save(desk, proposal):
    judge(desk, proposal, Status.ACCEPTED)
    save(desk)
    assert kept(desk) == [True]
    COMMANDS.run("edit.undo", desk)
    assert kept(desk) == []
    save(desk)
    assert kept(desk) == []


def test_redoing_it_keeps_it_again_as_it_was_saved(desk, proposal):
    judge(desk, proposal, Status.REJECTED)
    save(desk)
    COMMANDS.run("edit.undo", desk)
    COMMANDS.run("edit.redo", desk)
    assert kept(desk) == [False]


def test_after_undo_and_save_a_redo_waits_for_the_next_save(desk, proposal):
    judge(desk, proposal, Status.REJECTED)
    save(desk)
    COMMANDS.run("edit.undo", desk)
    save(desk)
    COMMANDS.run("edit.redo", desk)
    assert kept(desk) == []
    save(desk)
    assert kept(desk) == [False]


def test_another_verdict_counts_from_its_own_save_on(desk, proposal):
    judge(desk, proposal, Status.ACCEPTED)
    save(desk)
    COMMANDS.run("edit.undo", desk)
    judge(desk, proposal, Status.REJECTED)
    assert kept(desk) == []
    save(desk)
    assert kept(desk) == [False]


def test_undoing_a_change_of_mind_that_was_not_saved_leaves_what_was_saved(desk, proposal):
    judge(desk, proposal, Status.ACCEPTED)
    save(desk)
    judge(desk, proposal, Status.REJECTED)
    COMMANDS.run("edit.undo", desk)
    assert kept(desk) == [True]


def test_undoing_what_was_never_saved_keeps_nothing(desk, proposal):
    judge(desk, proposal, Status.ACCEPTED)
    COMMANDS.run("edit.undo", desk)
    COMMANDS.run("edit.redo", desk)
    assert kept(desk) == []


def test_improving_waits_for_an_undo_that_is_on_its_way_to_the_disk(desk, proposal, monkeypatch):
    seen = []

    def look(shelf, own, id_, progress):
        seen.append(shelf.corrections.of(MODEL.weights_sha256))
        raise improving.Declined("enough")

    monkeypatch.setattr(improving, "lessons_of", look)
    desk.models.set(KnownModels((KnownModel("nodules", True, "Nodules"),), "nodules", listed=True))
    judge(desk, proposal, Status.ACCEPTED)
    save(desk)
    gate = threading.Event()
    desk.keeper.write(gate.wait)
    COMMANDS.run("edit.undo", desk)
    improving.improve(desk)
    with suppress(AssertionError):
        desk.settle(lambda: bool(seen), 0.3)
    gate.set()
    desk.settle(lambda: bool(seen))
    assert seen == [()]
