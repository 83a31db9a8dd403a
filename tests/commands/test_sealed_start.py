"""What a reader chose to be hidden is hidden after a new start of the program."""

from __future__ import annotations

import queue
from contextlib import contextmanager

from tests.commands.conftest import Answers
from viewer import app
from viewer.core.read import ReadKind
from viewer.core.study import Catalogue
from viewer.settings import Settings, load, save


def settings_of(name: str, kept: Settings | None = None) -> Settings:
    kept = kept or Settings()
    return kept.model_copy(update={"reader": kept.reader.changed(name=name)})


@contextmanager
def started(settings: Settings):
    """The program without its window, from start to end."""
    calls: queue.Queue = queue.Queue()
    desk, commands = app.build(settings, calls.put, Answers())
    try:
        yield desk, commands, calls
    finally:
        desk.keeper.flush()
        app.close(desk)


def hides(desk, uid="1.8"):
    return desk.session.sealing.value.hides(uid)


def written(desk, calls):
    """Wait for the disk, and do what was to be done then."""
    desk.keeper.flush()
    while not calls.empty():
        calls.get()()
    desk.keeper.flush()


def show(desk, opened):
    desk.session.catalogue.set(Catalogue((opened.study,)))
    desk.session.show(opened)


def test_a_study_hidden_for_one_reader_is_hidden_at_his_next_start_and_for_nobody_else(opened):
    with started(settings_of("Dr. Roe")) as (desk, commands, calls):
        show(desk, opened)
        commands.run("second_reading.this_study", desk)
        assert hides(desk)
        written(desk, calls)
    with started(settings_of("Dr. Roe")) as (desk, *_):
        assert hides(desk)
        assert not hides(desk, "9.9")
    with started(settings_of("Dr. Poe")) as (desk, *_):
        assert not hides(desk)


def test_a_bypass_is_in_the_audit_trail_with_its_reason_and_holds_at_the_next_start(opened):
    with started(settings_of("Dr. Roe")) as (desk, commands, calls):
        show(desk, opened)
        commands.run("second_reading.this_study", desk)
        desk.asker.text = "teaching"
        commands.run("second_reading.show_early", desk)
        written(desk, calls)
        line = desk.keeper.shelf.audit.lines("1.8")[-1]
        what = "showed the second reader before the first read"
        assert (line.who, line.what, line.detail) == ("Dr. Roe", what, "teaching")
        assert desk.keeper.shelf.reads.of("1.8")[-1].kind is ReadKind.SHOWN_EARLY
        assert desk.keeper.shelf.reads.of("1.8")[-1].reason == "teaching"
    with started(settings_of("Dr. Roe")) as (desk, *_):
        assert not hides(desk)


def test_hidden_on_every_study_is_a_setting_of_the_reader_that_is_kept():
    with started(settings_of("Dr. Roe")) as (desk, commands, _):
        commands.run("second_reading.every_study", desk)
        assert hides(desk, "9.9")
        save(desk.settings)
    kept = load().settings
    assert kept.second_reader.read_first
    with started(kept) as (desk, commands, _):
        assert hides(desk, "9.9")
        commands.run("second_reading.every_study", desk)
        save(desk.settings)
    with started(load().settings) as (desk, *_):
        assert not hides(desk, "9.9")
