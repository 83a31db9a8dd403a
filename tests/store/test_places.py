"""What is known of files, by the place in which they were found."""

from __future__ import annotations

import pytest

from viewer.core.known_file import FileMark, KnownFile
from viewer.store.database import Database
from viewer.store.index import Recent
from viewer.store.places import Places
from viewer.store.shelf import Shelf

READER = "version 1"


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "some.sqlite")
    yield database
    database.close()


def known(name: str, study: str = "1.2", size: int = 10, told: str = "{}") -> KnownFile:
    return KnownFile(name, FileMark(size, 20, 30, (1 << 63) - 1), study, told)


def test_what_is_kept_of_a_place_comes_back(database, tmp_path):
    places, files = Places(database), (known("/a/1"), known("/a/2", told='"Jane"'))
    places.keep(tmp_path, READER, files, [])
    assert set(places.recall(tmp_path, READER)) == set(files)
    assert places.recall(tmp_path / "other", READER) == ()


def test_a_changed_file_takes_the_place_of_its_former_self_and_gone_ones_go(database, tmp_path):
    places = Places(database)
    places.keep(tmp_path, READER, [known("/a/1"), known("/a/2")], [])
    places.keep(tmp_path, READER, [known("/a/1", size=11)], ["/a/2"])
    assert places.recall(tmp_path, READER) == (known("/a/1", size=11),)


def test_what_another_version_wrote_down_is_not_given_out_and_then_dropped(database, tmp_path):
    places = Places(database)
    places.keep(tmp_path, READER, [known("/a/1"), known("/a/2")], [])
    assert places.recall(tmp_path, "version 2") == ()
    places.keep(tmp_path, "version 2", [known("/a/1")], [])
    assert places.recall(tmp_path, "version 2") == (known("/a/1"),)
    assert places.recall(tmp_path, READER) == ()


def test_places_not_seen_for_longest_go_first(database, tmp_path):
    places = Places(database, most_places=2)
    for name in ("a", "b", "c"):
        places.keep(tmp_path / name, READER, [known(f"/{name}")], [])
    assert [bool(places.recall(tmp_path / name, READER)) for name in "abc"] == [False, True, True]


def test_the_number_of_files_is_bounded(database, tmp_path):
    places = Places(database, most_files=3)
    places.keep(tmp_path / "a", READER, [known(f"/a/{n}") for n in range(2)], [])
    places.keep(tmp_path / "b", READER, [known(f"/b/{n}") for n in range(2)], [])
    assert places.recall(tmp_path / "a", READER) == ()
    assert len(places.recall(tmp_path / "b", READER)) == 2


def test_forgetting_a_study_takes_it_out_of_every_place(tmp_path):
    shelf = Shelf.open(tmp_path / "home")
    here, there = tmp_path / "here", tmp_path
    inside = [known(f"{here}/1", "1.2"), known(f"{here}/note", "")]
    shelf.places.keep(here, READER, inside, [])
    shelf.places.keep(there, READER, [*inside, known("/x/1", "1.2"), known("/x/2", "7.7")], [])
    recent = Recent(here, "1.2", "Doe^Jane", "P1", "20260203", "", ("CT",), 1, "")
    shelf.forget(recent)
    assert shelf.places.recall(here, READER) == ()
    assert shelf.places.recall(there, READER) == (known("/x/2", "7.7"),)
    shelf.forget_all()
    assert shelf.places.recall(there, READER) == ()
    shelf.close()


def test_a_place_with_signs_that_mean_something_to_the_database_is_a_name_like_another(
    database, tmp_path
):
    places = Places(database)
    places.keep(tmp_path, READER, [known("/a_b/1"), known("/axb/1"), known("/a%/1")], [])
    places.forget(tmp_path / "none", "")
    places.forget(type(tmp_path)("/a_b"), "")
    left = {one.path for one in places.recall(tmp_path, READER)}
    assert left == {"/axb/1", "/a%/1"}


def test_a_shelf_in_memory_keeps_nothing_of_files(tmp_path):
    shelf = Shelf.in_memory()
    shelf.places.keep(tmp_path, READER, [known("/a/1")], [])
    assert shelf.places.recall(tmp_path, READER) == ()
    shelf.close()
