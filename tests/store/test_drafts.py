"""Drafts are on the disk before the next gesture, whatever happens then."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.store import things
from viewer.core.errors import Declined, Unreadable
from viewer.jobs.process import worker_environment
from viewer.store import drafts as room
from viewer.store.drafts import Draft
from viewer.store.shelf import FILE_NAME, Shelf

LABELS = np.zeros((64, 64, 64), np.uint8)


def draft(title: str = "Accept", labels: np.ndarray = LABELS) -> Draft:
    return Draft(
        title,
        (things.finding(1), things.finding(2)),
        (things.segmentation(labels),),
        (things.measurement(),),
    )


def rows(folder: Path, table: str) -> int:
    import sqlite3

    connection = sqlite3.connect(folder / FILE_NAME)
    count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    connection.close()
    return int(count)


def test_the_latest_draft_comes_back_whole_in_the_next_program(folder):
    first = Shelf.open(folder)
    first.drafts.record("1.2", draft("Accept"))
    first.drafts.record("1.2", draft("Reject"))
    first.close()
    second = Shelf.open(folder)
    back = second.drafts.latest("1.2")
    second.close()
    assert back.title == "Reject"
    wanted = draft()
    assert things.same(
        (back.findings, back.segmentations, back.measurements),
        (wanted.findings, wanted.segmentations, wanted.measurements),
    )


def test_a_study_without_a_draft_has_none(shelf):
    assert shelf.drafts.latest("1.2") is None
    assert shelf.drafts.waiting() == ()


def test_studies_with_drafts_are_listed_the_latest_first(shelf):
    shelf.drafts.record("1", draft("Accept"))
    shelf.drafts.record("2", draft("Paint"))
    shelf.drafts.record("1", draft("Undo"))
    assert [(w.study_uid, w.title) for w in shelf.drafts.waiting()] == [
        ("1", "Undo"),
        ("2", "Paint"),
    ]


def test_a_cleared_study_leaves_nothing_and_others_stay(shelf, folder):
    shelf.drafts.record("1", draft())
    shelf.drafts.record("2", draft(labels=LABELS + 1))
    shelf.drafts.clear("1")
    assert shelf.drafts.latest("1") is None
    assert things.same(shelf.drafts.latest("2").findings, draft().findings)
    shelf.drafts.clear("2")
    assert (rows(folder, "draft"), rows(folder, "chunk"), rows(folder, "draft_chunk")) == (0, 0, 0)


def test_an_array_that_did_not_change_is_not_written_again(shelf, folder):
    shelf.drafts.record("1", draft())
    chunks = rows(folder, "chunk")
    shelf.drafts.record("1", draft("Reject"))
    assert rows(folder, "chunk") == chunks


def test_only_the_last_few_drafts_are_kept(shelf, folder, monkeypatch):
    monkeypatch.setattr(room, "_KEPT", 3)
    for number in range(6):
        shelf.drafts.record("1", draft(str(number), LABELS + number))
    assert shelf.drafts.latest("1").title == "5"
    assert rows(folder, "draft") == 3
    assert rows(folder, "chunk") == 3


def test_a_damaged_draft_is_refused_with_a_sentence(shelf, folder):
    import sqlite3

    shelf.drafts.record("1", draft())
    connection = sqlite3.connect(folder / FILE_NAME)
    connection.execute("UPDATE chunk SET content = substr(content, 1, 20)")
    connection.commit()
    connection.close()
    with pytest.raises(Unreadable, match="cut off"):
        shelf.drafts.latest("1")


def test_a_draft_in_memory_comes_back():
    shelf = Shelf.in_memory()
    shelf.drafts.record("1", draft())
    assert things.same(shelf.drafts.latest("1").findings, draft().findings)
    shelf.close()


def test_two_programs_may_write_at_the_same_time(shelf, folder):
    other = Shelf.open(folder)
    for number in range(10):
        shelf.drafts.record("1", draft(f"one {number}"))
        other.drafts.record("2", draft(f"two {number}"))
    assert other.drafts.latest("1").title == "one 9"
    assert shelf.drafts.latest("2").title == "two 9"
    other.close()


def test_a_database_in_use_is_declined_with_a_sentence(folder):
    from viewer.store.database import Database
    from viewer.store.drafts import Drafts

    one = Database(folder / FILE_NAME)
    two = Database(folder / FILE_NAME, busy_s=0.05)
    with one.writing(), pytest.raises(Declined, match="in use by another program") as refusal:
        Drafts(two).record("1", draft())
    assert refusal.value.code == "locked"
    Drafts(two).record("1", draft())
    one.close()
    two.close()


SCRIPT = """
import sys
from pathlib import Path
import numpy as np
from tests.store import things
from viewer.store.drafts import Draft
from viewer.store.shelf import Shelf
shelf = Shelf.open(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    number += 1
    labels = np.full((64, 64, 64), number % 251, np.uint8)
    shapes = (things.segmentation(labels),)
    shelf.drafts.record("1", Draft(str(number), (things.finding(),), shapes))
    print(number, flush=True)
"""


def recorded_until_killed(folder: Path, start: int, after_s: float) -> int:
    """Let a program record drafts, kill it, and return the last that it called recorded."""
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder), str(start)],
        stdout=subprocess.PIPE,
        env=worker_environment(),
        text=True,
    ) as program:
        last = int(program.stdout.readline())
        time.sleep(after_s)
        program.send_signal(signal.SIGKILL)
        lines = program.stdout.read().splitlines()
    return int(lines[-1]) if lines else last


def test_what_was_recorded_survives_a_kill_at_any_moment(folder):
    chance, last = random.Random(7), 0
    for _ in range(24):
        last = recorded_until_killed(folder, last, chance.uniform(0, 0.05))
        shelf = Shelf.open(folder)
        back = shelf.drafts.latest("1")
        shelf.close()
        assert shelf.notices == ()
        assert int(back.title) in (last, last + 1)
        last = int(back.title)
        assert np.all(back.segmentations[0].labels == last % 251)
