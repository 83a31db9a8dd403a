"""Protocols in files, some of which mean harm."""

import json
from dataclasses import replace

import pytest

from viewer.core.errors import Unreadable
from viewer.session.hanging_files import (
    FORMAT,
    LARGEST_FILE,
    exported,
    imported,
    understood,
    with_shipped,
    written,
)
from viewer.session.hanging_shipped import CT, MR, SHIPPED


def test_protocols_come_back_as_they_were_written():
    assert [understood(written(one)) for one in SHIPPED] == list(SHIPPED)


def test_imported_ones_are_the_readers_own():
    found = imported(exported(SHIPPED).encode())
    assert [one.name for one in found] == [one.name for one in SHIPPED]
    assert not any(one.shipped for one in found)
    assert not {one.id for one in found} & {one.id for one in SHIPPED}


def test_shipped_ones_are_kept_up_to_date_but_stay_switched_off():
    old = replace(MR, name="An older name", enabled=False)
    own = replace(CT, id="own", shipped=False)
    found = with_shipped((own, old))
    assert found[:2] == (own, replace(MR, enabled=False))
    assert {one.id for one in found} == {"own", *(one.id for one in SHIPPED)}


def test_a_shipped_one_that_is_no_more_is_dropped():
    assert with_shipped((replace(CT, id="shipped.gone"),)) == SHIPPED


def changed(**values: object):
    tree = json.loads(written(MR))
    tree.update(values)
    return json.dumps({"format": FORMAT, "protocols": [tree]}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"{}",
        b"[" * 100_000,
        b'{"format": "else", "protocols": []}',
        json.dumps({"format": FORMAT, "protocols": 3}).encode(),
        json.dumps({"format": FORMAT, "protocols": [{}] * 201}).encode(),
        json.dumps({"format": FORMAT, "protocols": [[]]}).encode(),
        changed(name=""),
        changed(name="a" * 500),
        changed(name="a\u202eb\n"),
        changed(layout="9x9"),
        changed(layout=4),
        changed(least=99),
        changed(least=True),
        changed(enabled="yes"),
        changed(slots=[]),
        changed(slots=[{}] * 25),
        changed(study=[{"trait": "colour", "word": "x", "asked": True}]),
        changed(study=[{"trait": "words", "word": "x" * 999, "asked": True}]),
        changed(slots=[{"viewing": "axial", "earlier": False, "with": 7, "conditions": []}]),
        b" " * (LARGEST_FILE + 1),
    ],
)
def test_what_is_no_file_of_protocols_is_refused_in_a_sentence(content):
    with pytest.raises(Unreadable, match=r"^These are no hanging protocols: .*\.$"):
        imported(content)
