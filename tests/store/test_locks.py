"""One program at a time works on a study."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from tests.store.things import finding
from viewer.core.errors import Declined
from viewer.store.drafts import Draft
from viewer.store.shelf import FILE_NAME, Shelf


@pytest.fixture
def other(shelf, folder):
    other = Shelf.open(folder)
    yield other
    other.close()


def change(shelf, said: str):
    with shelf._database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE study_lock SET {said}")


def test_who_comes_second_is_told_who_works_on_a_study(shelf, other):
    assert shelf.locks.take("1", "Dr. Roe") is None
    assert shelf.locks.take("1", "Dr. Roe") is None
    holder = other.locks.take("1", "Dr. Doe")
    assert str(holder).startswith("Dr. Roe on ")
    assert other.locks.take("2", "Dr. Doe") is None


def test_a_study_that_was_given_back_can_be_taken(shelf, other):
    shelf.locks.take("1", "Dr. Roe")
    shelf.locks.release("1")
    assert other.locks.take("1", "Dr. Doe") is None


def test_who_was_taken_over_hears_of_it_and_writes_no_draft(shelf, other):
    shelf.locks.take("1", "Dr. Roe")
    shelf.drafts.record("1", Draft("one", (finding(),)))
    assert other.locks.take("1", "Dr. Doe", by_force=True) is None
    with pytest.raises(Declined, match=r"Dr. Doe on .* has taken over"):
        shelf.drafts.record("1", Draft("two", (finding(2),)))
    assert shelf.locks.beat(("1",)) == ("1",)
    assert other.locks.beat(("1",)) == ()
    assert other.drafts.latest("1").title == "one"
    other.drafts.record("1", Draft("three", (finding(3),)))


def test_the_lock_of_a_program_that_was_killed_is_taken_over(shelf, folder):
    words = (
        "import os, sys; from pathlib import Path; from viewer.store.shelf import Shelf;"
        f"Shelf.open(Path({str(folder)!r})).locks.take('1', 'Dr. Roe'); os._exit(9)"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", words], env=env, check=False).returncode == 9
    assert shelf.locks.left_behind() == ("1",)
    assert shelf.locks.left_behind() == ()
    assert shelf.locks.take("1", "Dr. Doe") is None


def test_another_process_of_the_same_number_is_another_program(shelf, other):
    shelf.locks.take("1", "Dr. Roe")
    change(shelf, "started = 1.0")
    assert other.locks.take("1", "Dr. Doe") is None


def test_another_computer_is_believed_to_live_as_long_as_it_is_heard_of(shelf, other):
    shelf.locks.take("1", "Dr. Roe")
    change(shelf, "host = 'elsewhere'")
    assert str(other.locks.take("1", "Dr. Doe")) == "Dr. Roe on elsewhere"
    change(shelf, f"beat_at = {time.time() - 1000}")
    assert other.locks.take("1", "Dr. Doe") is None


def test_the_database_lies_where_no_other_user_reads_it(shelf, folder):
    shelf.locks.take("1", "Dr. Roe")
    assert (folder / FILE_NAME).stat().st_mode & 0o077 == 0
