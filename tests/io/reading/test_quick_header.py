from __future__ import annotations

import struct
from pathlib import Path

import pydicom.data
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ImplicitVRLittleEndian

from viewer.core.errors import Unreadable
from viewer.io import tags
from viewer.io.full_header import read_fully
from viewer.io.quick_header import Unusual, read_quickly

TEST_FILES = Path(pydicom.data.__file__).parent


def trimmed(raw):
    return {tag: value.rstrip(b" \0") for tag, value in raw.items()}


def agree(path: Path) -> bool | None:
    """Tell whether both readers agree; None where the quick one leaves the file alone."""
    try:
        quick = read_quickly(path)
    except Unusual:
        return None
    full = read_fully(path)
    return (
        trimmed(quick.raw) == trimmed(full.raw)
        and quick.pixels == full.pixels
        and quick.syntax == full.syntax
        and not full.frames
    )


def dicom_files(folder: Path) -> list[Path]:
    def is_dicom(path: Path) -> bool:
        with path.open("rb") as file:
            return file.read(132)[128:] == b"DICM"

    return [path for path in sorted(folder.rglob("*")) if path.is_file() and is_dicom(path)]


def test_the_quick_reader_says_what_pydicom_says_of_every_test_file_of_pydicom():
    verdicts = [agree(path) for path in dicom_files(TEST_FILES)]
    assert verdicts.count(False) == 0
    assert verdicts.count(True) > 80


@pytest.mark.data
def test_the_quick_reader_says_what_pydicom_says_of_every_real_image(data):
    verdicts = {path: agree(path) for path in dicom_files(data)}
    assert [path.name for path, verdict in verdicts.items() if verdict is False] == []
    assert sum(verdict is True for verdict in verdicts.values()) > 900


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, "1.2.840.10008.1.2.1"])
def test_sequences_of_undefined_length_are_stepped_over(write, syntax):
    inner = Dataset()
    inner.ReferencedSOPInstanceUID = "1.2.3"
    inner.PurposeOfReferenceCodeSequence = Sequence([Dataset()])
    for sequence in (inner["PurposeOfReferenceCodeSequence"],):
        sequence.is_undefined_length = True
    outer = Sequence([inner])
    inner.is_undefined_length_sequence_item = True
    path = write(1, syntax=syntax, SourceImageSequence=outer)
    assert agree(path) is True


def test_a_head_longer_than_the_first_read_is_read_on(write):
    path = write(1, ICCProfile=b"x" * 60_000)
    assert agree(path) is True


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99", "1.2.3.4.5"])
def test_other_byte_orders_packings_and_unknown_syntaxes_are_left_to_pydicom(write, syntax):
    path = write()
    uid = b"1.2.840.10008.1.2.1\0"
    path.write_bytes(path.read_bytes().replace(uid, syntax.encode().ljust(20, b"\0")[:20], 1))
    with pytest.raises(Unusual):
        read_quickly(path)


def element(group: int, number: int, vr: bytes, value: bytes) -> bytes:
    return struct.pack("<HH2sH", group, number, vr, len(value)) + value


def test_anything_strange_is_left_to_pydicom(write):
    path = write()
    good = path.read_bytes()
    rows = element(0x28, 0x10, b"US", b"\x08\0")
    assert rows in good
    for bad in (
        element(0x28, 0x10, b"UL", b"\x08\0\0\0"),  # another kind than the dictionary has
        element(0x28, 0x10, b"US", b"\x08\0\x08\0"),  # two values where there is one
        element(0x28, 0x10, b"ZZ", b"\x08\0"),  # no kind at all
        element(0x28, 0x04, b"CS", b"X "),  # out of order
    ):
        path.write_bytes(good.replace(rows, bad))
        with pytest.raises(Unusual):
            read_quickly(path)


def test_a_value_that_runs_over_the_end_of_the_file_is_left_to_pydicom(write):
    path = write()
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(Unusual):
        read_quickly(path)


def test_functional_groups_and_ultrasound_regions_are_left_to_pydicom(write):
    path = write(1, SharedFunctionalGroupsSequence=Sequence([Dataset()]))
    with pytest.raises(Unusual):
        read_quickly(path)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    wounds=st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 255)), max_size=12),
    cut=st.integers(0, 1300),
)
def test_a_mangled_head_is_read_like_pydicom_does_or_refused(write, wounds, cut):
    path = write()
    damaged = bytearray(path.read_bytes()[:cut])
    for place, value in wounds:
        if place < len(damaged):
            damaged[place] = value
    path.write_bytes(damaged)
    try:
        assert agree(path) in (True, None)
        read_fully(path)
    except Unreadable:
        return  # refused in words, which is all that can be asked


def test_text_comes_in_its_own_alphabet(write):
    path = write(1, SpecificCharacterSet="ISO_IR 100", PatientName="Müller^Jürgen")
    assert read_quickly(path).whole(tags.PATIENT_NAME) == "Müller^Jürgen"


@pytest.mark.parametrize("path", sorted(TEST_FILES.rglob("chr[!S]*.dcm")), ids=lambda p: p.name)
def test_names_in_every_alphabet_are_those_pydicom_reads(path):
    name = str(pydicom.dcmread(path).PatientName)
    assert read_fully(path).whole(tags.PATIENT_NAME) == name
