"""Recent studies, the audit trail, and a database that cannot be had."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.things import MODEL, PERSON
from viewer.core.errors import Declined
from viewer.core.study import Instance, Patient, Series, SeriesKind, Study
from viewer.store.database import Database
from viewer.store.migrations import MIGRATIONS
from viewer.store.shelf import FILE_NAME, Shelf


def study(uid: str = "1.2", description: str = "Thorax") -> Study:
    instances = tuple(Instance(Path(f"{n}.dcm"), f"1.{n}", "1", "1", n) for n in range(3))
    series = tuple(
        Series(f"{uid}.{modality}", uid, uid, modality, SeriesKind.VOLUME, instances)
        for modality in ("PT", "CT", "CT")
    )
    return Study(uid, Patient(id="7", name="Doe^Jane"), series, "20260101", "", description)


def test_a_study_is_remembered_with_what_the_list_shows(shelf, tmp_path):
    shelf.remember(tmp_path, study())
    (recent,) = shelf.index.recent()
    assert (recent.path, recent.study_uid, recent.images) == (tmp_path, "1.2", 9)
    assert (recent.patient_name, recent.date) == ("Doe^Jane", "20260101")
    assert recent.modalities == ("CT", "PT")


def test_a_study_opened_again_moves_to_the_top(shelf, tmp_path):
    for uid in ("1", "2", "3"):
        shelf.remember(tmp_path, study(uid))
    shelf.remember(tmp_path, study("1", "Again"))
    assert [(r.study_uid, r.description) for r in shelf.index.recent()] == [
        ("1", "Again"),
        ("3", "Thorax"),
        ("2", "Thorax"),
    ]
    assert len(shelf.index.recent(2)) == 2


def test_a_study_that_is_gone_from_the_disk_is_noticed_and_can_be_forgotten(shelf, tmp_path):
    shelf.remember(tmp_path, study("here"))
    shelf.remember(tmp_path / "gone", study("gone"))
    gone, here = shelf.index.recent()
    assert (gone.missing, here.missing) == (True, False)
    shelf.index.forget(gone)
    assert shelf.index.recent() == (here,)
    shelf.index.forget_all()
    assert shelf.index.recent() == ()


def test_the_audit_trail_says_who_did_what_and_when(shelf):
    shelf.audit.note(PERSON, "accepted finding 1.2", "1")
    shelf.audit.note(MODEL, "proposed 3 findings", "2", "threshold 0.5")
    one, two = shelf.audit.lines()
    assert (one.who, one.what, one.study_uid) == ("Dr Röntgen", "accepted finding 1.2", "1")
    assert (two.who, two.detail) == ("reader 1.0", "threshold 0.5")
    assert one.at <= two.at
    assert one.at.endswith("+00:00")
    assert shelf.audit.lines("2") == (two,)


@pytest.mark.parametrize("statement", ["DELETE FROM audit", "UPDATE audit SET who = 'nobody'"])
def test_a_line_of_the_audit_trail_cannot_be_taken_back(folder, statement):
    shelf = Shelf.open(folder)
    shelf.audit.note(PERSON, "accepted", "1")
    database = Database(folder / FILE_NAME)
    with pytest.raises(IntegrityError, match="only appended to"), database.writing() as connection:
        connection.exec_driver_sql(statement)
    assert len(shelf.audit.lines()) == 1
    database.close()
    shelf.close()


def test_what_is_kept_is_for_this_user_alone(shelf, folder):
    shelf.remember(folder, study())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert modes == {0o600}


def test_every_commit_is_flushed_to_a_write_ahead_log(shelf, folder):
    with Database(folder / FILE_NAME).reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


@pytest.mark.parametrize(
    "content", [b"this is no database" * 100, b"SQLite format 3\0" + b"x" * 4096]
)
def test_a_damaged_database_is_set_aside_and_told_about(folder, content):
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(content)
    shelf = Shelf.open(folder)
    shelf.remember(folder, study())
    shelf.close()
    assert "damaged" in shelf.notices[0].sentence
    (aside,) = folder.glob("skiagram-damaged-*.sqlite")
    assert aside.read_bytes() == content


def test_a_database_of_a_newer_program_is_declined_and_left_alone(folder):
    Shelf.open(folder).close()
    connection = sqlite3.connect(folder / FILE_NAME)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(Declined, match="newer version"):
        Shelf.open(folder)
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_folder_that_cannot_be_made_is_declined_with_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Declined, match="cannot be written"):
        Shelf.open(tmp_path / "file" / "data")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_declined_with_a_sentence(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(Declined, match="cannot be written"):
        Shelf.open(tmp_path / "data")


def test_a_full_disk_is_declined_with_a_sentence_and_nothing_is_lost(folder):
    database = Database(folder / FILE_NAME)
    with database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    shelf = Shelf(database)
    shelf.audit.note(PERSON, "accepted", "1")
    with pytest.raises(Declined, match="the disk is full"):
        shelf.audit.note(PERSON, "accepted", "1", "x" * 100_000)
    kept = shelf.audit.lines()
    shelf.close()
    assert [line.detail for line in kept] == [""]


def test_a_statement_of_ours_that_is_wrong_is_a_defect_not_a_sentence(folder):
    database = Database(folder / FILE_NAME)
    with (
        pytest.raises(Exception, match="no such table") as raised,
        database.reading() as connection,
    ):
        connection.exec_driver_sql("SELECT * FROM nowhere")
    assert not isinstance(raised.value, Declined)
    database.close()
