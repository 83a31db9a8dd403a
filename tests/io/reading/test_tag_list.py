"""Headers as rows: everything is there, and nothing that a file says makes them many or long."""

from __future__ import annotations

import struct
import time

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ImplicitVRLittleEndian

from viewer.core.errors import Unreadable
from viewer.core.progress import Cancelled, Silent
from viewer.io.tag_list import DEEPEST, LONGEST_VALUE, MOST_ITEMS, MOST_ROWS, Tag, found, tags_of


def rows(path, frame=0):
    return tags_of(path, frame, Silent())


def by_number(tags):
    return {tag.number: tag for tag in tags}


def count(tags):
    return sum(1 + count(tag.inside) for tag in tags)


def depth(tags):
    return max((1 + depth(tag.inside) for tag in tags), default=0)


def nested(levels):
    inner = Dataset()
    inner.PatientID = "innermost"
    for _ in range(levels):
        outer = Dataset()
        outer.ReferencedSeriesSequence = Sequence([inner])
        inner = outer
    return Sequence([inner])


def test_a_row_is_tag_name_vr_and_value(write):
    found_ = by_number(rows(write(7)))
    name = found_["(0010,0010)"]
    assert (name.name, name.keyword, name.vr, name.value) == (
        "Patient's Name", "PatientName", "PN", "Doe^Jane",
    )  # fmt: skip
    assert found_["(0028,0030)"].value == "0.5\\0.75"
    assert found_["(0028,0010)"].value == "8"
    assert found_["(0002,0010)"].value == "1.2.840.10008.1.2.1"
    assert found_["(7FE0,0010)"].value == "96 bytes"


def test_text_is_shown_in_its_own_letters(write):
    path = write(1, PatientName="山田^太郎=やまだ^たろう")
    assert by_number(rows(path))["(0010,0010)"].value == "山田^太郎=やまだ^たろう"


def test_letters_that_turn_or_hide_others_are_made_visible(write):
    path = write(1, PatientComments="a\u202eb\x07c\nd")
    assert by_number(rows(path))["(0010,4000)"].value == "a\ufffdb\ufffdc\nd"


def test_private_elements_tell_whose_they_are(write):
    block = Dataset()
    block.add_new(0x00090010, "LO", "ACME 1.1")
    block.add_new(0x00091001, "UN", b"secret recipe")
    block.add_new(0x00091002, "OB", bytes(range(100)))
    block.add_new(0x00290010, "LO", "SIEMENS CSA HEADER")
    block.add_new(0x00291008, "CS", "IMAGE NUM 4")
    path = write(1, PatientComments="x")
    with_private(path, block)
    tags = by_number(rows(path))
    assert tags["(0009,0010)"].name == "Private creator"
    assert tags["(0009,1001)"].name == "Private element · ACME 1.1"
    assert tags["(0009,1001)"].value == "secret recipe"
    assert tags["(0009,1002)"].value.startswith("100 bytes: 00 01 02")
    assert tags["(0009,1002)"].value.endswith("…")
    assert tags["(0029,1008)"].name == "CSA Image Header Type · SIEMENS CSA HEADER"


def with_private(path, block):
    from pydicom import dcmread

    whole = dcmread(path)
    whole.update(block)
    whole.save_as(path)


def test_sequences_hold_their_items(write):
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "113100", "DCM", "Basic"
    path = write(1, DeidentificationMethodCodeSequence=Sequence([code, code]))
    sequence = by_number(rows(path))["(0012,0064)"]
    assert sequence.value == "2 items"
    assert [item.name for item in sequence.inside] == ["Item 1", "Item 2"]
    assert by_number(sequence.inside[1].inside)["(0008,0104)"].value == "Basic"


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, "1.2.840.10008.1.2.1"])
def test_what_is_nested_deep_ends_with_a_word_about_it(syntax, write):
    path = write(1, syntax=syntax, ReferencedStudySequence=nested(40))
    tags = rows(path)
    assert depth(tags) <= 2 * DEEPEST
    assert found(tags, "not shown")


def test_many_items_and_rows_are_cut_short(write):
    item = Dataset()
    for number in range(120):
        item.add_new(0x00090010 + 0x100 + number, "LO", "x")
    item.add_new(0x00090010, "LO", "A")
    path = write(1, ReferencedStudySequence=Sequence([item] * 300))
    tags = rows(path)
    sequence = by_number(tags)["(0008,1110)"]
    assert sequence.value == "300 items"
    assert len(sequence.inside) <= MOST_ITEMS + 1
    assert count(tags) < MOST_ROWS + 2 * MOST_ITEMS
    assert found(tags, "not shown")


def test_of_many_frames_that_in_view_is_listed_first(write):
    frames = []
    for number in range(150):
        frame = Dataset()
        frame.ImageComments = f"frame {number}"
        frames.append(frame)
    path = write(1, PerFrameFunctionalGroupsSequence=Sequence(frames), NumberOfFrames=1)
    items = by_number(rows(path, 140))["(5200,9230)"].inside
    assert items[0].name == "Item 141 (the frame in view)"
    assert items[0].inside[0].value == "frame 140"
    assert items[-1].name == "49 more items are not shown"


def test_long_values_are_shortened(write):
    path = write(1, PatientComments="a" * 10_000, TextValue="b" * 500_000)
    tags = by_number(rows(path))
    for number in ("(0010,4000)", "(0040,A160)"):
        assert len(tags[number].value) < LONGEST_VALUE + 50
        assert "…" in tags[number].value


@pytest.mark.parametrize("depth", [65, 20_000])
def test_of_a_head_that_is_nested_too_deep_the_part_before_is_listed(write, depth):
    path = write(1)
    stored = path.read_bytes()
    at = stored.index(b"\x10\x00\x10\x00PN")
    sequence = b"\x08\x00\x15\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff"
    path.write_bytes(stored[:at] + sequence * depth + stored[at:])
    start = time.process_time()
    listed = rows(path)
    assert time.process_time() - start < 5
    assert by_number(listed)["(0008,0060)"].value == "CT"
    assert "(0010,0010)" not in by_number(listed)
    assert "nested too deep" in listed[-1].name


def test_a_sequence_of_very_many_items_is_named_and_the_rest_is_listed(write):
    path = write(1, ReferencedStudySequence=Sequence([Dataset()] * 60_000))
    tags = by_number(rows(path))
    assert tags["(0008,1110)"].value == "60000 items; not shown"
    assert tags["(0008,1110)"].name == "Referenced Study Sequence"
    assert tags["(0010,0010)"].value == "Doe^Jane"
    assert tags["(7FE0,0010)"].value == "96 bytes"


def test_a_value_that_cannot_be_understood_costs_only_its_row(write):
    path = write(1)
    stored = path.read_bytes()
    at = stored.index(b"\x28\x00\x30\x00DS")
    odd = b"\x28\x00\x11\x00US" + struct.pack("<H", 3) + b"abc"
    assert stored[at : at + 4]
    path.write_bytes(stored[:at] + odd.replace(b"\x11\x00US", b"\x14\x00US") + stored[at:])
    tags = by_number(rows(path))
    assert tags["(0028,0030)"].value == "0.5\\0.75"
    assert tags["(0028,0014)"].value.startswith("cannot be read")


def test_a_file_that_is_gone_or_no_dicom_is_refused(tmp_path):
    (tmp_path / "note").write_text("hello " * 100)
    for name in ("note", "nothing"):
        with pytest.raises(Unreadable):
            rows(tmp_path / name)


def test_reading_stops_when_nobody_wants_it(write):
    class Stop:
        def report(self, done, doing=""):
            if done:
                raise Cancelled

    with pytest.raises(Cancelled):
        tags_of(write(1), 0, Stop())


@pytest.mark.parametrize(
    "wanted", ["0010,0010", "(0010,0010)", "00100010", "patientname", "Patient's n", "doe^j"]
)
def test_rows_are_found_by_number_keyword_name_and_value(wanted, write):
    assert [tag.keyword for tag in found(rows(write(1)), wanted)] == ["PatientName"]


def test_what_is_found_inside_keeps_the_rows_around_it():
    leaf, other = Tag("(0008,0104)", "Code Meaning", value="Basic"), Tag("(0008,0100)", "Code")
    tree = (Tag("(0012,0064)", "Sequence", inside=(Tag("", "Item 1", inside=(leaf, other)),)),)
    (top,) = found(tree, "basic")
    assert top.opened
    assert top.inside[0].inside == (leaf,)
    assert found(tree, "sequence") == tree
    assert found(tree, " ") == tree
    assert found(tree, "nowhere") == ()
