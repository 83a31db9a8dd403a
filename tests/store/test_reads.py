"""Stored reads come back to the last bit, and nobody can change them."""

import pytest
from sqlalchemy import text

from tests.store.things import PERSON, finding, measurement, same
from viewer.core.read import Read, ReadKind
from viewer.store.database import Database
from viewer.store.reads import Reads, State


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
