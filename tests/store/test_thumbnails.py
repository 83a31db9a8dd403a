"""Small pictures that are kept, and those that are no longer true."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import update

from viewer.store.database import Database
from viewer.store.index import Recent
from viewer.store.shelf import Shelf
from viewer.store.tables import THUMBNAIL
from viewer.store.thumbnails import Thumbnail, Thumbnails


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "some.sqlite")
    yield database
    database.close()


def small(key: str, mark: str = "m", study: str = "1.2") -> Thumbnail:
    return Thumbnail(key, mark, study, np.arange(12, dtype=np.uint8).reshape(3, 4))


def test_a_thumbnail_comes_back_for_the_file_it_was_made_from(database):
    kept = Thumbnails(database)
    kept.keep([small("a"), small("b", "old")])
    found = kept.recall({"a": "m", "b": "new", "c": "m"})
    assert list(found) == ["a"]
    assert np.array_equal(found["a"], small("a").grey)


def test_the_oldest_go_first(database):
    kept = Thumbnails(database, most=2)
    for key in "abc":
        kept.keep([small(key)])
    assert sorted(kept.recall(dict.fromkeys("abc", "m"))) == ["b", "c"]


def test_what_is_no_picture_is_not_given_out(database):
    kept = Thumbnails(database)
    kept.keep([small("a")])
    with database.writing() as connection:
        connection.execute(update(THUMBNAIL).values(rows=1_000_000))
    assert kept.recall({"a": "m"}) == {}


def test_many_can_be_asked_for_at_once(database):
    kept = Thumbnails(database)
    keys = [f"{number}" for number in range(1201)]
    kept.keep([small(key) for key in keys])
    assert len(kept.recall(dict.fromkeys(keys, "m"))) == 1201


def test_the_pictures_of_a_forgotten_study_are_erased(tmp_path):
    shelf = Shelf.open(tmp_path / "home")
    shelf.thumbnails.keep([small("a"), small("b", study="7.7")])
    shelf.forget(Recent(tmp_path, "1.2", "Doe^Jane", "P1", "20260203", "", ("CT",), 1, ""))
    assert list(shelf.thumbnails.recall({"a": "m", "b": "m"})) == ["b"]
    shelf.forget_all()
    assert shelf.thumbnails.recall({"b": "m"}) == {}
    shelf.close()
