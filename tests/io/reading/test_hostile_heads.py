"""Whatever stands in a head, it is listed or refused: never another error, never for long."""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Silent
from viewer.core.study import SeriesKind
from viewer.io import tags
from viewer.io.cutting import cut_out
from viewer.io.full_header import read_fully
from viewer.io.header import Header
from viewer.io.load import open_series
from viewer.io.pruning import Implausible
from viewer.io.quick_header import LONG_FORM, SHORT_FORM, NotPlain, read_quickly
from viewer.io.scan import scan

SYNTAXES = [b"1.2.840.10008.1.2\0", b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.2\0"]
PATIENCE_S = 5.0
often = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

numbers = st.sampled_from([
    b"0", b"1", b"-1", b"1e400", b"nan", b"-inf", b"1e-320", b"9" * 40, b"0x10", b"1,5", b"", b" ",
    b"2147483648", b"0.5\\0.5", b"0\\0\\0", b"1\\0\\0\\0\\1\\0", b"1\\1\\1\\1\\1\\1", b"\\\\\\\\\\",
    b"nan\\nan\\nan", b"1e200\\1e200\\1e200", b"0\\0\\1e308",
])  # fmt: skip
words = st.sampled_from([
    b"MONOCHROME2", b"RGB", b"PALETTE COLOR", b"YBR_FULL_422", b"CT", b"MR", b"PT", b"US", b"BQML",
    b"ORIGINAL\\PRIMARY\\MOSAIC", b"20260203", b"99999999", b"ISO 2022 IR 87", b"\\ISO 2022 IR 149",
    b"GB18030", b"\x1b$B\x1b(J", b"\xff\xfe\xfd", b"a" * 300, b"1.2.3",
    b"1.2.840.10008.5.1.4.1.1.2",
])  # fmt: skip
shorts = st.sampled_from([0, 1, 2, 8, 12, 16, 32, 64, 3, 65_535]).map(
    lambda n: struct.pack("<H", n)
)
values = st.one_of(numbers, words, shorts, st.binary(max_size=24))


def element(tag: int, vr: bytes, value: bytes, length: int | None = None) -> bytes:
    """One element, explicit little endian, of a length that need not be its own."""
    head, size = struct.pack("<HH", tag >> 16, tag & 0xFFFF), len(value)
    if vr in LONG_FORM:
        return head + vr + b"\0\0" + struct.pack("<L", size if length is None else length) + value
    return head + vr + struct.pack("<H", (size if length is None else length) & 0xFFFF) + value


def nested(children: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """A sequence of items, with lengths or without, one in ten of them wrong."""

    def put_together(tag: int, items: list[list[bytes]], wrong: int, *, undefined: bool) -> bytes:
        body = b""
        for one in items:
            content = b"".join(one)
            if undefined:
                body += b"\xfe\xff\x00\xe0" + b"\xff" * 4 + content + b"\xfe\xff\x0d\xe0" + bytes(4)
            else:
                body += b"\xfe\xff\x00\xe0" + struct.pack("<L", len(content)) + content
        if undefined:
            return element(tag, b"SQ", body + b"\xfe\xff\xdd\xe0" + bytes(4), 0xFFFFFFFF)
        return element(tag, b"SQ", body, None if wrong else len(body) + 7)

    return st.builds(
        put_together,
        st.sampled_from([*sorted(tags.NESTED), 0x00081140, 0x00209113, 0x00289110, 0x00091001]),
        st.lists(st.lists(children, max_size=3), max_size=3),
        st.integers(0, 9),
        undefined=st.booleans(),
    )


simple = st.builds(
    element,
    st.sampled_from(sorted(tags.WANTED)) | st.integers(0x00080000, 0x7FE00010),
    st.sampled_from([*sorted(LONG_FORM | SHORT_FORM), b"zz"]),
    values,
    st.none() | st.none() | st.none() | st.sampled_from([0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF]),
)
heads = st.lists(st.recursive(simple, nested, max_leaves=12), max_size=12).map(b"".join)


def file_of(syntax: bytes, body: bytes) -> bytes:
    return bytes(128) + b"DICM" + element(0x00020010, b"UI", syntax) + body


def told_well(refusal: Unreadable | Declined) -> bool:
    return str(refusal).endswith(".") and "\n" not in str(refusal)


def bounded(path: Path) -> None:
    """Read a head both ways; where both can, they say the same."""
    began_s = process_time()
    quick: Header | None = None
    full: Header | Unreadable
    with suppress(NotPlain):
        quick = read_quickly(path)
    try:
        full = read_fully(path)
    except Unreadable as refusal:
        full = refusal
    if isinstance(full, Unreadable):
        assert told_well(full)
        assert full.code.isidentifier()
    elif quick is not None:
        assert (quick.syntax, quick.pixels) == (full.syntax, full.pixels)
        told = {tag: value.rstrip(b" \0") for tag, value in full.raw.items()}
        assert {tag: value.rstrip(b" \0") for tag, value in quick.raw.items()} == told
    assert process_time() - began_s < PATIENCE_S


@often
@given(st.sampled_from(SYNTAXES), heads)
def test_a_head_of_any_elements_is_read_or_refused(tmp_path, syntax, body):
    (tmp_path / "head").write_bytes(file_of(syntax, body))
    bounded(tmp_path / "head")


@often
@given(st.sampled_from([b"", bytes(128) + b"DICM"]), st.binary(max_size=600))
def test_random_octets_are_read_or_refused(tmp_path, start, octets):
    (tmp_path / "head").write_bytes(start + octets)
    bounded(tmp_path / "head")


@often
@given(heads | st.binary(max_size=300), st.booleans(), st.booleans())
def test_cutting_a_head_apart_ends_in_parts_or_in_a_known_way(body, explicit, little):
    try:
        cut = cut_out(io.BytesIO(body), 0, len(body), explicit=explicit, little=little)
    except (Implausible, NotPlain, struct.error):
        return
    assert cut.pixels_at is None or 0 <= cut.pixels_at < len(body)
    assert len(cut.body) <= 3 * len(body) + 64


IMAGE = {
    tags.SOP_CLASS: (b"UI", b"1.2.840.10008.5.1.4.1.1.2\0"), tags.MODALITY: (b"CS", b"CT"),
    tags.STUDY_UID: (b"UI", b"1.2.3\0"), tags.SERIES_UID: (b"UI", b"1.2.3.4\0"),
    tags.ROWS: (b"US", b"\x04\0"), tags.COLUMNS: (b"US", b"\x04\0"),
    tags.SAMPLES_PER_PIXEL: (b"US", b"\1\0"), tags.PHOTOMETRIC: (b"CS", b"MONOCHROME2 "),
    tags.BITS_ALLOCATED: (b"US", b"\x10\0"), tags.BITS_STORED: (b"US", b"\x10\0"),
    tags.HIGH_BIT: (b"US", b"\x0f\0"), tags.PIXEL_REPRESENTATION: (b"US", b"\0\0"),
    tags.ORIENTATION: (b"DS", b"1\\0\\0\\0\\1\\0 "), tags.PIXEL_SPACING: (b"DS", b"1\\1 "),
}  # fmt: skip
CHANGED = sorted(tags.WANTED - tags.PRIVATE - tags.DOUBLES)


def kind_of(tag: int) -> bytes:
    return b"US" if tag in tags.SHORTS else IMAGE.get(tag, (b"LO", b""))[0]


def image(number: int, changes: dict[int, bytes]) -> bytes:
    told = IMAGE | {
        tags.SOP_INSTANCE: (b"UI", b"1.2.3.4.%d" % number),
        tags.POSITION: (b"DS", b"0\\0\\%d " % number),
    }
    told |= {tag: (kind_of(tag), value) for tag, value in changes.items()}
    body = b"".join(element(tag, *told[tag]) for tag in sorted(told))
    return file_of(SYNTAXES[1], body + element(tags.PIXELS, b"OW", bytes(32)))


@settings(parent=often, max_examples=80)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(CHANGED), numbers | words | shorts, max_size=5),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_images_that_say_anything_of_themselves_are_listed_and_opened_or_refused(tmp_path, all_):
    for old in tmp_path.iterdir():
        old.unlink()
    for number, changes in enumerate(all_):
        (tmp_path / str(number)).write_bytes(image(number, changes))
    catalogue = scan([tmp_path], Silent())
    listed = {one.path for _, series in catalogue.all_series() for one in series.instances}
    assert listed | {refusal.path for refusal in catalogue.refused} == set(tmp_path.iterdir())
    for _, series in catalogue.all_series():
        if series.kind is SeriesKind.OBJECT:
            continue
        try:
            open_series(series).run(Silent(), lambda _: None)
        except (Unreadable, Declined) as refusal:
            refused = refusal
        else:
            continue
        assert told_well(refused)


@pytest.mark.parametrize("depth", [10, 60, 5_000])
@pytest.mark.parametrize("tag", [0x00291010, tags.FRAME_GROUPS, 0x00082112])
def test_however_deep_a_head_is_it_ends_soon(tmp_path, depth, tag):
    opening = element(tag, b"SQ", b"", 0xFFFFFFFF) + b"\xfe\xff\x00\xe0" + b"\xff" * 4
    closing = b"\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0"
    (tmp_path / "deep").write_bytes(file_of(SYNTAXES[1], opening * depth + closing * depth))
    bounded(tmp_path / "deep")


@pytest.mark.parametrize("position", [b"0\\0\\1e308", b"1e200\\0\\0 ", b"0\\-9e18\\0 "])
def test_a_position_beyond_all_measure_is_no_position(tmp_path, position):
    (tmp_path / "image").write_bytes(image(1, {tags.POSITION: position}))
    ((_, series),) = scan([tmp_path], Silent()).all_series()
    assert series.kind is SeriesKind.STACK
    assert series.instances[0].plane is None
