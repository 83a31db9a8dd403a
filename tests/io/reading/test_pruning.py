"""What is handed on of groups of frames is what pydicom reads in them, whatever is left out."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filereader import read_dataset
from pydicom.filewriter import write_dataset
from pydicom.sequence import Sequence
from pydicom.tag import Tag

from viewer.io.frame_groups import GROUPED, GROUPED_SEQUENCES, GROUPED_WHOLE
from viewer.io.pruning import UNDEFINED, Implausible, Odd, Short, Wanted, pruned

GROUPS = Wanted(1_000, GROUPED, GROUPED_SEQUENCES, GROUPED_WHOLE)
FRAMES = Tag("PerFrameFunctionalGroupsSequence")


def item(**values: object) -> Dataset:
    one = Dataset()
    for name, value in values.items():
        setattr(one, name, value)
    return one


def groups(count: int = 3) -> Dataset:
    """Groups of frames as makers write them, with much of their own."""
    frames = []
    for z in range(count):
        position = item(ImagePositionPatient=[0, 0, z])
        own = item(PatientComments="private")
        own.add_new(0x20010010, "LO", "Philips")
        own.add_new(0x20051000, "SQ", Sequence([item(ImagePositionPatient=[9, 9, 9])] * 2))
        unit = item(CodeValue="mm2/s", CodingSchemeDesignator="UCUM", CodeMeaning="mm2/s")
        mapping = item(
            RealWorldValueSlope=2.0, RealWorldValueIntercept=1.0, LUTLabel="ADC",
            MeasurementUnitsCodeSequence=[unit],
        )  # fmt: skip
        one = item(PlanePositionSequence=[position], RealWorldValueMappingSequence=[mapping])
        one.FrameAnatomySequence = [item(FrameLaterality="U", AnatomicRegionSequence=[unit])]
        one.add_new(0x2005140F, "SQ", Sequence([own]))
        frames.append(one)
    return item(PerFrameFunctionalGroupsSequence=frames)


def written(dataset: Dataset, *, explicit: bool, little: bool, undefined: bool) -> bytes:
    for each in dataset.iterall():
        if each.VR == "SQ":
            each.is_undefined_length = undefined
            for one in each.value:
                one.is_undefined_length_sequence_item = undefined
    file = DicomBytesIO()
    file.is_implicit_VR, file.is_little_endian = not explicit, little
    write_dataset(file, dataset)
    return file.getvalue()


def read(stored: bytes, *, explicit: bool, little: bool) -> Dataset:
    return read_dataset(BytesIO(stored), not explicit, little)


FORMS = [(True, True), (False, True), (True, False)]


@pytest.mark.parametrize(("explicit", "little"), FORMS)
@pytest.mark.parametrize("undefined", [True, False])
def test_what_is_wanted_stays_and_the_rest_goes(explicit, little, undefined):
    stored = written(groups(), explicit=explicit, little=little, undefined=undefined)
    order, start = "<" if little else ">", 12 if explicit else 8
    (length,) = struct.unpack_from(f"{order}L", stored, start - 4)
    value, took = pruned(stored[start:], order, length, GROUPS, explicit=explicit)
    assert took == len(stored) - start
    head = stored[: start - 4] + struct.pack(f"{order}L", UNDEFINED)
    frames = read(head + value, explicit=explicit, little=little)[FRAMES].value
    assert [one.PlanePositionSequence[0].ImagePositionPatient[2] for one in frames] == [0, 1, 2]
    mapping = frames[1].RealWorldValueMappingSequence[0]
    assert mapping.MeasurementUnitsCodeSequence[0].CodeMeaning == "mm2/s"
    assert (mapping.LUTLabel, mapping.RealWorldValueSlope) == ("ADC", 2.0)
    assert {element.keyword for element in frames[1]} == {
        "PlanePositionSequence", "RealWorldValueMappingSequence",
    }  # fmt: skip


def test_all_is_kept_where_no_tags_are_named():
    stored = written(groups(), explicit=True, little=True, undefined=False)
    (length,) = struct.unpack_from("<L", stored, 8)
    value, _ = pruned(stored[12:], "<", length, Wanted(1_000), explicit=True)
    whole = read(stored[:8] + b"\xff" * 4 + value, explicit=True, little=True)
    assert whole == read(stored, explicit=True, little=True)


@pytest.mark.parametrize("undefined", [True, False])
def test_more_parts_than_are_plausible_end_it(undefined):
    stored = written(groups(400), explicit=True, little=True, undefined=undefined)
    (length,) = struct.unpack_from("<L", stored, 8)
    with pytest.raises(Implausible):
        pruned(stored[12:], "<", length, GROUPS, explicit=True)


@pytest.mark.parametrize("undefined", [True, False])
def test_every_cut_and_every_changed_octet_has_an_end(undefined):
    stored = written(groups(1), explicit=True, little=True, undefined=undefined)
    (length,) = struct.unpack_from("<L", stored, 8)
    block = stored[12:]
    for at in range(len(block)):
        with pytest.raises((Short, Odd)):
            pruned(block[:at], "<", length, GROUPS, explicit=True)
        for octet in (0, 0x40, 0xFF):
            changed = block[:at] + bytes([octet]) + block[at + 1 :]
            try:
                _, took = pruned(changed, "<", length, GROUPS, explicit=True)
            except (Short, Odd, Implausible):
                continue
            assert took <= len(block)
