"""The list of recent studies, and what goes with it."""

import shutil

import pytest

from viewer.commands import files
from viewer.commands.command import Commands
from viewer.commands.recent import COMMANDS, list_recent
from viewer.io import known


@pytest.fixture
def seen(desk, few_slices, tmp_path, monkeypatch):
    """A desk on which a study was opened that was there for long."""
    monkeypatch.setattr(known, "_SETTLED_S", -60.0)
    place = shutil.copytree(few_slices, tmp_path / "images")
    files.open_paths(desk, [place])
    desk.settle()
    desk.keeper.flush()
    return desk, place


def recent_of(desk):
    got = []
    list_recent(desk, got.append)
    desk.settle()
    return got[0]


def test_recent_studies_and_what_was_noted_of_their_files_are_forgotten_together(seen):
    desk, place = seen
    assert len(recent_of(desk)) == 1
    assert len(desk.keeper.known_files.recall(place, known.reader())) == 6
    desk.asker.yes = True
    Commands(COMMANDS).run("files.forget_recent", desk)
    desk.keeper.flush()
    assert recent_of(desk) == ()
    assert desk.keeper.known_files.recall(place, known.reader()) == ()
    assert len([path for path in place.rglob("*") if path.is_file()]) == 6


def test_nothing_is_forgotten_without_a_yes(seen):
    desk, place = seen
    Commands(COMMANDS).run("files.forget_recent", desk)
    desk.keeper.flush()
    assert len(recent_of(desk)) == 1
    assert len(desk.keeper.known_files.recall(place, known.reader())) == 6
