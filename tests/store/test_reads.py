"""Stored reads come back to the last bit, and nobody can change them."""

import json
import zlib
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import insert, text

from tests.store.things import PERSON, finding, measurement, same, segmentation
from viewer.core.read import Read, ReadKind
from viewer.imaging.outlines import outlines_of
from viewer.store.database import Database
from viewer.store.reads import Reads, State
from viewer.store.serial import pack
from viewer.store.tables import STUDY_READ


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "reads.sqlite")
    yield made
    made.close()


def read(kind=ReadKind.FIRST, uid="1.2"):
    return Read(
        uid,
        kind,
        PERSON,
        "2026-01-01T10:00:00.000000+00:00",
        "2026-01-01T09:00:00.000000+00:00",
        "why",
        (finding(1, (30, 40, 50)), finding(2)),
        (),
        (measurement(),),
        ("nodules 1",),
    )


def test_a_read_comes_back_to_the_last_bit_with_its_masks(database):
    reads = Reads(database)
    reads.add(read())
    assert same(reads.of("1.2"), (read(),))
    assert reads.of("9.9") == ()


def test_the_last_that_each_reader_did_with_a_study_is_known(database):
    reads = Reads(database)
    for kind in (ReadKind.SEALED, ReadKind.FIRST):
        reads.add(read(kind))
    reads.add(read(ReadKind.SEALED, "1.3"))
    assert set(reads.states()) == {
        State("1.2", PERSON.name, ReadKind.FIRST),
        State("1.3", PERSON.name, ReadKind.SEALED),
    }
    assert reads.studies() == ("1.2", "1.3")


@pytest.mark.parametrize("words", ["DELETE FROM study_read", "UPDATE study_read SET reason = 'x'"])
def test_no_read_is_changed_or_deleted(database, words):
    Reads(database).add(read())
    with (
        pytest.raises(Exception, match="only appended"),
        database.writing() as connection,
    ):
        connection.execute(text(words))
    assert len(Reads(database).of("1.2")) == 1


def test_outlines_come_back_with_their_masks(database):
    labels = np.zeros((4, 90, 90), np.uint8)
    labels[1:3, 10:80, 5:85], labels[0, 0, :3] = 1, 2
    drawn = outlines_of([replace(segmentation(labels), author=PERSON)])
    assert [one.voxels for one in drawn] == [11200, 3]
    stored = replace(read(), outlines=drawn)
    Reads(database).add(stored)
    (back,) = Reads(database).of("1.2")
    assert same(back, stored)
    assert back.outlines == drawn


def test_reads_of_versions_that_kept_no_outlines_are_still_read(database):
    """As they were written: JSON of findings, statements and measurements, compressed."""
    text_ = pack(((), (), (measurement(),))).text
    body = zlib.compress(json.dumps({"text": text_, "chunks": {}}).encode(), 1)
    row = {
        "study_uid": "1.2", "kind": "first read", "who": "Dr. Old", "at": "2025-01-01",
        "begun_at": "", "reason": "", "models": "[]", "body": body,
    }  # fmt: skip
    with database.writing() as connection:
        connection.execute(insert(STUDY_READ).values(row))
    (old,) = Reads(database).of("1.2")
    assert (old.by.name, old.outlines) == ("Dr. Old", ())
    assert same(old.measurements, (measurement(),))
