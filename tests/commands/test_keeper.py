"""Work is kept whatever the disk does: told in a sentence, held in memory, written later."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace

import numpy as np
import pytest

from tests.commands.test_keeping import finding
from viewer.commands import earlier
from viewer.commands.keeper import Keeper
from viewer.core.author import Author
from viewer.core.code import LUNG
from viewer.core.errors import Declined
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Catalogue
from viewer.session.record import Record
from viewer.session.session import Session
from viewer.store.database import Database
from viewer.store.drafts import Drafts
from viewer.store.shelf import FILE_NAME, Shelf

UID = "1.8"


@contextmanager
def files_no_longer_than(size):
    """Let no file of this process grow beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def noise(opened, seed=1):
    """Return outlines that cannot be compressed: about a megabyte."""
    geometry = replace(opened.image.geometry, shape=(16, 256, 256))
    labels = np.random.default_rng(seed).integers(0, 250, geometry.shape).astype(np.uint8)
    return Segmentation(
        "1.2", "Noise", labels, geometry, (Segment(1, "N", LUNG),), Author("Dr. Roe"), "key"
    )


def kept(tmp_path):
    """Return the last draft on the disk, as another program reads it."""
    database = Database(tmp_path / "shelf" / FILE_NAME)
    try:
        return Drafts(database).latest(UID)
    finally:
        database.close()


def mark(desk, *ids: str):
    desk.session.do("Mark", Record(tuple(finding(id_, "key") for id_ in ids)))


def settle(desk):
    desk.keeper.flush()
    desk.settle()


def said(desk):
    return desk.session.message.value.sentence


def test_a_full_disk_is_said_the_work_stays_and_is_written_when_there_is_room(desk, hung, tmp_path):
    mark(desk, "a")
    settle(desk)
    with files_no_longer_than(300_000):
        record = desk.session.record.value
        desk.session.do("Draw", replace(record, segmentations=(noise(hung),)))
        settle(desk)
        assert "not being kept" in said(desk)
        assert "Save a copy of the work elsewhere" in said(desk)
        assert desk.keeper.unkept
        assert kept(tmp_path).segmentations == ()
    mark(desk, "a", "b")
    settle(desk)
    assert not desk.keeper.unkept
    assert [one.id for one in kept(tmp_path).findings] == ["a", "b"]
    assert "kept on this computer again" in said(desk)


def test_a_locked_database_is_said_and_tried_again_by_itself(desk, hung, tmp_path):
    path = tmp_path / "shelf" / FILE_NAME
    calls, session = desk.calls, desk.session
    quick = Shelf(Database(path, busy_s=0.05))
    keeper = Keeper(quick, session, calls.put, beat_s=0.05)
    desk.keeper.close()
    desk.keeper = keeper
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        mark(desk, "a")
        desk.settle(lambda: "in use by another program" in said(desk))
        assert keeper.unkept
        other.execute("ROLLBACK")
    desk.settle(lambda: not keeper.unkept)
    settle(desk)
    assert [one.id for one in kept(tmp_path).findings] == ["a"]


def test_a_database_that_may_not_be_written_is_said(desk, hung, tmp_path):
    with desk.keeper.shelf._database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    mark(desk, "a")
    settle(desk)
    assert "cannot be written" in said(desk)
    assert [one.id for one in desk.session.record.value.findings] == ["a"]


def test_work_saved_elsewhere_is_brought_back_from_there(desk, hung, tmp_path):
    outlines = noise(hung)
    desk.session.do("Draw", Record((finding("a", "key"),), (outlines,)))
    desk.asker.path = tmp_path / "copy"
    earlier._save_copy(desk)
    desk.settle()
    file = tmp_path / "copy.skiagram"
    assert file.stat().st_mode & 0o077 == 0
    settle(desk)
    desk.keeper.clear(UID)
    settle(desk)
    assert kept(tmp_path) is None
    desk.asker.path = file
    earlier._open_copy(desk)
    desk.settle()
    back = kept(tmp_path)
    assert [one.id for one in back.findings] == ["a"]
    assert (back.segmentations[0].labels == outlines.labels).all()


def test_a_file_that_is_no_copy_of_work_is_declined(desk, tmp_path):
    (tmp_path / "x.skiagram").write_bytes(b"something else" * 100)
    desk.asker.path = tmp_path / "x.skiagram"
    earlier._open_copy(desk)
    desk.settle()
    assert "no work that was saved by this program" in said(desk)


def test_all_unsaved_work_is_offered_after_a_crash_and_told_of_otherwise(desk, hung):
    mark(desk, "a")
    settle(desk)
    earlier.offer_what_was_left(desk)
    desk.settle()
    assert "unsaved work on 1 study" in said(desk)
    assert desk.asker.asked == []
    with desk.keeper.shelf._database.writing() as connection:
        connection.exec_driver_sql("UPDATE study_lock SET started = 1.0")
    earlier.offer_what_was_left(desk)
    desk.settle()
    assert "ended unexpectedly" in desk.asker.asked[0]
    ((whose, last, _),) = desk.asker.offered
    assert (UID in whose, last) == (True, "Mark")


def test_work_that_is_not_wanted_is_forgotten_after_a_question(desk, hung, tmp_path):
    mark(desk, "a")
    settle(desk)
    desk.asker.answer, desk.asker.yes = earlier.FORGET, True
    earlier._show_all(desk)
    desk.settle()
    settle(desk)
    assert kept(tmp_path) is None
    assert "forgot unsaved work" in [line.what for line in desk.keeper.shelf.audit.lines(UID)]


@pytest.fixture
def second(desk, hung, tmp_path):
    """Another program on the same study."""
    session = Session(Author("Dr. Doe"))
    session.catalogue.set(Catalogue((hung.study,)))
    desk.keeper.flush()
    keeper = Keeper(Shelf.open(tmp_path / "shelf"), session, desk.calls.put, beat_s=0.05)
    session.show(hung)
    keeper.flush()
    desk.settle()
    yield session, keeper
    keeper.close()


def test_the_second_program_on_a_study_only_looks_and_is_told_so(desk, second):
    session, _ = second
    assert "Dr. Roe" in session.message.value.sentence
    assert "for looking only" in session.message.value.sentence
    with pytest.raises(Declined, match="for looking only"):
        session.do("Mark", Record((finding("b", "key"),)))
    assert session.record.value.findings == ()
    mark(desk, "a")
    assert desk.session.record.value.findings != ()


def test_who_takes_a_study_over_works_on_it_and_the_other_looks_on(desk, second, tmp_path):
    session, keeper = second
    mark(desk, "a")
    settle(desk)
    keeper.take_over(UID, lambda: None)
    keeper.flush()
    desk.settle()
    session.do("Mark", Record((finding("b", "key"),)))
    keeper.flush()
    assert [one.id for one in kept(tmp_path).findings] == ["b"]
    mark(desk, "a", "c")
    settle(desk)
    assert "has taken over this study" in said(desk)
    assert [one.id for one in kept(tmp_path).findings] == ["b"]
    with pytest.raises(Declined, match="for looking only"):
        desk.session.undo()


def test_a_study_that_was_closed_is_free_for_others(desk, hung, tmp_path):
    desk.keeper.flush()
    other = Shelf.open(tmp_path / "shelf")
    assert other.locks.take(UID, "Dr. Doe") is not None
    desk.session.close(hung.study)
    desk.keeper.flush()
    assert other.locks.take(UID, "Dr. Doe") is None
    other.close()
