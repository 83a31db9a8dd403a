"""Files made to use up the program: each is refused soon, in little memory, with a code.

The aim is 2 s of the processor's time; what is asserted leaves room for a slow one.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from tests.io.reading.conftest import picture

PROBER = Path(__file__).with_name("prober.py")
MOST_MB = 512
PATIENCE_S = 10.0
ITEM, ITEM_END, SEQUENCE_END = b"\xfe\xff\x00\xe0", b"\xfe\xff\x0d\xe0", b"\xfe\xff\xdd\xe0"
ENDLESS = b"\xff\xff\xff\xff"
PIXELS = b"\xe0\x7f\x10\x00"


def stored(syntax: str = ExplicitVRLittleEndian, **changes: object) -> bytes:
    """A whole small file."""
    slice_ = picture(1, **changes)
    slice_.file_meta = FileMetaDataset()
    slice_.file_meta.TransferSyntaxUID = syntax
    file = io.BytesIO()
    implicit = syntax == ImplicitVRLittleEndian
    dcmwrite(file, slice_, implicit_vr=implicit, little_endian=True, enforce_file_format=True)
    return file.getvalue()


def with_element(element: bytes, syntax: str = ExplicitVRLittleEndian) -> bytes:
    """A small file with one more element before its pixels."""
    whole = stored(syntax)
    at = whole.rindex(PIXELS)
    return whole[:at] + element + whole[at:]


def encapsulated(table: bytes, fragments: list[bytes], **changes: object) -> bytes:
    """A small file whose pixels are these fragments."""
    whole = stored(**changes)
    head = whole[: whole.rindex(PIXELS)].replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.5\0")
    items = b"".join(ITEM + struct.pack("<L", len(one)) + one for one in (table, *fragments))
    pixels = PIXELS + b"OB\0\0" + ENDLESS + items + SEQUENCE_END + bytes(4)
    return head + pixels


def deep_nesting() -> dict[str, bytes]:
    opening = b"\x29\x00\x10\x10SQ\0\0" + ENDLESS + ITEM + ENDLESS
    closing = ITEM_END + bytes(4) + SEQUENCE_END + bytes(4)
    return {"bomb": with_element(opening * 100_000 + closing * 100_000)}


def empty_items() -> dict[str, bytes]:
    items = (ITEM + bytes(4)) * 2_000_000
    return {
        "bomb": with_element(b"\x29\x00\x10\x10SQ\0\0" + ENDLESS + items + SEQUENCE_END + bytes(4))
    }


def asked_for_items() -> dict[str, bytes]:
    """Just as many items as pass the counter, in a sequence that is really wanted."""
    items = (ITEM + ENDLESS + ITEM_END + bytes(4)) * 190_000
    element = b"\x00\x52\x30\x92SQ\0\0" + ENDLESS + items + SEQUENCE_END + bytes(4)
    return {"bomb": with_element(element)}


def packed_groups() -> dict[str, bytes]:
    """Groups of frames of known length with millions of elements in few items."""
    elements = b"".join(struct.pack("<HH2sH", 0x29, 0x1000 + n, b"LO", 0) for n in range(80))
    item = ITEM + struct.pack("<L", len(elements)) + elements
    length = struct.pack("<L", len(item) * 40_000)
    return {"bomb": with_element(b"\x00\x52\x30\x92SQ\0\0" + length + item * 40_000)}


def packed_tables() -> dict[str, bytes]:
    """The same in a sequence of which everything is read."""
    elements = b"".join(struct.pack("<HH2sH", 0x28, 0x4000 + n, b"LO", 0) for n in range(70))
    item = ITEM + struct.pack("<L", len(elements)) + elements
    length = struct.pack("<L", len(item) * 30_000)
    return {"bomb": with_element(b"\x28\x00\x10\x30SQ\0\0" + length + item * 30_000)}


def private_sequences() -> dict[str, bytes]:
    items = (ITEM + ENDLESS + b"\x29\x00\x11\x10\x00\x00\x00\x00" + ITEM_END + bytes(4)) * 300_000
    return {
        "bomb": with_element(b"\x29\x00\x10\x10UN\0\0" + ENDLESS + items + SEQUENCE_END + bytes(4))
    }


def deflated(swelling: int, changes: dict[str, object] | None = None) -> bytes:
    """A deflated file whose data set goes on with so many zeros, in a private element."""
    whole = stored()
    start = whole.index(b"\x08\x00\x05\x00CS")
    at = whole.rindex(PIXELS)
    meta = stored(DeflatedExplicitVRLittleEndian)
    meta = meta[: 144 + struct.unpack("<L", meta[140:144])[0]]
    before = whole[start:at] + b"\x29\x00\x10\x10OB\0\0" + struct.pack("<L", swelling)
    zeros = _packed(bytes(1 << 20)) * (swelling >> 20)
    return meta + _packed(before) + zeros + _packed(whole[at:], zlib.Z_FINISH)


def _packed(content: bytes, mode: int = zlib.Z_FULL_FLUSH) -> bytes:
    """A piece of a deflated stream that needs nothing before it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush(mode)


def deflate_bomb() -> dict[str, bytes]:
    return {"bomb": deflated(3 << 30)}


def small_deflate_bomb() -> dict[str, bytes]:
    return {"bomb": deflated(240 << 20)}


def archive_of(name: str, content: bytes, *, again: int = 0) -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as entry,
    ):
        entry.write(content)
        for _ in range(again):
            entry.write(content)
    return file.getvalue()


def zip_bomb() -> dict[str, bytes]:
    return {"bomb.zip": archive_of("IM1", bytes(1 << 20), again=800)}


def many_small_zip_bombs() -> dict[str, bytes]:
    """Each entry swells just below the limit of one; together they are gigabytes."""
    one = bytes(60 << 20)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"IM{number}", one)
    return {"bomb.zip": file.getvalue()}


def nested_zip() -> dict[str, bytes]:
    inner = archive_of("IM1", bytes(1 << 20), again=300)
    for depth in range(8):
        inner = archive_of(f"{depth}.zip", inner)
    return {"bomb.zip": inner}


def huge_sides() -> dict[str, bytes]:
    return {"bomb": stored(Rows=65_535, Columns=65_535)}


def huge_sides_compressed() -> dict[str, bytes]:
    """A file of 2 MB, so that no ratio gives it away."""
    fragment = struct.pack("<16L", 2, 64, 1 << 20, *[0] * 13) + b"\x81\0" * (1 << 20)
    return {"bomb": encapsulated(b"", [fragment], Rows=65_535, Columns=65_535)}


def frame_count() -> dict[str, bytes]:
    return {"bomb": stored(NumberOfFrames=2_147_483_647)}


def frame_count_of_tiny_frames() -> dict[str, bytes]:
    return {"bomb": stored(NumberOfFrames=99_000, Rows=1, Columns=1, PixelData=bytes(1000))}


def huge_value() -> dict[str, bytes]:
    return {"bomb": with_element(b"\x29\x00\x10\x10OB\0\0\xfe\xff\xff\xff")}


def huge_wanted_value() -> dict[str, bytes]:
    return {"bomb": with_element(b"\x08\x11\x10\x10UT\0\0\xfe\xff\xff\x7f")}


def never_ending() -> dict[str, bytes]:
    whole = with_element(b"\x29\x00\x10\x10UN\0\0" + ENDLESS)
    return {"bomb": whole[: whole.rindex(PIXELS)] + bytes(200 << 20)}


def offset_table() -> dict[str, bytes]:
    """Every frame is looked up among all fragments."""
    count = 90_000
    table = np.arange(count, dtype="<u4") * 10
    changes = {"NumberOfFrames": count, "Rows": 1, "Columns": 1}
    return {"bomb": encapsulated(table.tobytes(), [b"\0\0"] * count, **changes)}


def packed_nifti() -> dict[str, bytes]:
    head = bytearray(352)
    struct.pack_into("<i", head, 0, 348)
    struct.pack_into("<8h", head, 40, 3, 16_000, 16_000, 16_000, 1, 1, 1, 1)
    struct.pack_into("<hh", head, 70, 4, 16)
    struct.pack_into("<8f", head, 76, 1, 1, 1, 1, 1, 1, 1, 1)
    struct.pack_into("<f", head, 108, 352)
    struct.pack_into("<h", head, 254, 1)
    struct.pack_into("<12f", head, 280, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)
    head[344:348] = b"n+1\0"
    file = io.BytesIO()
    with gzip.open(file, "wb", 6) as packed:
        packed.write(bytes(head))
        for _ in range(700):
            packed.write(bytes(1 << 20))
    return {"bomb.nii.gz": file.getvalue()}


BOMBS: dict[str, tuple[Callable[[], dict[str, bytes]], str]] = {
    "deep nesting": (deep_nesting, "implausible_head"),
    "two million empty items": (empty_items, "implausible_head"),
    "items in a wanted sequence": (asked_for_items, "implausible_head"),
    "elements in groups of frames": (packed_groups, "implausible_head"),
    "elements in tables": (packed_tables, "implausible_head"),
    "private sequences": (private_sequences, "implausible_head"),
    "3 GB deflated": (deflate_bomb, "implausible_size"),
    "240 MB deflated": (small_deflate_bomb, "implausible_size"),
    "ZIP archive": (zip_bomb, "archive_bomb"),
    "ZIP archive of many": (many_small_zip_bombs, "archive_bomb"),
    "ZIP in ZIP": (nested_zip, "nested_archive"),
    "huge sides": (huge_sides, "implausible_size"),
    "huge sides, compressed": (huge_sides_compressed, "implausible_size"),
    "frames without number": (frame_count, "implausible_size"),
    "tiny frames without number": (frame_count_of_tiny_frames, "implausible_size"),
    "huge value": (huge_value, "truncated"),
    "huge wanted value": (huge_wanted_value, "truncated"),
    "value without end": (never_ending, "damaged_header"),
    "offset table": (offset_table, "implausible_size"),
    "packed NIfTI": (packed_nifti, "implausible_size"),
}


def probed(folder: Path) -> tuple[list[dict[str, object]], float]:
    """Open every file of a folder in a process of its own; tell its peak of memory in MB."""
    command = [sys.executable, str(PROBER), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    *told, peak = [json.loads(line) for line in done.stdout.splitlines()]
    return told, peak["peak_mb"]


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_its_code_soon_and_in_little_memory(tmp_path, name):
    make, code = BOMBS[name]
    for file_name, content in make().items():
        (tmp_path / file_name).write_bytes(content)
    (told,), peak_mb = probed(tmp_path)
    print(f"{name}: {told['seconds']:.2f} s, {peak_mb:.0f} MB, {told['complaints']}")
    assert not told["crash"], told["crash"]
    assert not told["opened"]
    assert {code for code, _ in told["complaints"]} == {code}
    assert len(told["complaints"]) == 1
    assert told["complaints"][0][1].strip()
    assert peak_mb < MOST_MB
    assert told["seconds"] < PATIENCE_S
