"""Series of several volumes of one place: what tells them apart, and what does not belong."""

from __future__ import annotations

import random
import struct
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataelem import DataElement
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ImplicitVRLittleEndian

from tests.io.reading.conftest import picture, pixels
from viewer.core.progress import Silent
from viewer.core.study import Instance, SeriesKind
from viewer.io import tags
from viewer.io.grouping import group
from viewer.io.header import Header, PixelPlace, Stamp
from viewer.io.load import load, open_series
from viewer.io.scan import scan
from viewer.io.thumbnail import thumbnail
from viewer.io.time_step import time_step_s

B_VALUE_AND_DIRECTION = "b-value and direction"


def at(z: float) -> dict[str, list[float]]:
    return {"ImagePositionPatient": [0, 0, z]}


def write_moments(write, *said: dict, slices: int = 4) -> None:
    """Write volumes of so many slices, each with what its moment says."""
    number = 0
    for one in said:
        for z in range(slices):
            number += 1
            write(number, **at(z), **one)


def labels(series) -> list[str]:
    return [part.split for part in series.parts]


def test_a_time_series_has_its_moments_in_order_and_its_pictures_once(write, series):
    write_moments(write, *({"TemporalPositionIdentifier": n} for n in range(1, 11)))
    (only,) = series()
    assert (only.kind, only.split_by) == (SeriesKind.FOUR_D, "time")
    assert labels(only) == [f"time {n} of 10" for n in range(1, 11)]
    assert [one.number for one in only.instances] == list(range(1, 41))
    assert only.notices == ()


def test_each_moment_is_a_volume_with_a_key_of_its_own(write, listed):
    write_moments(write, {"EchoTime": 12}, {"EchoTime": 80})
    ((_, only),) = listed().all_series()
    keys = {only.key, *(part.key for part in only.parts)}
    assert len(keys) == 3
    for part in only.parts:
        found = listed().find(part.key)
        assert found is not None
        assert found[1].key == part.key
        volume = load(found[1], Silent())
        assert volume.geometry.shape == (4, 8, 6)
        assert volume.series_key == part.key
    assert np.array_equal(volume.voxels[0], pixels(5))


def test_a_series_of_moments_opens_as_its_first(write, series):
    write_moments(write, {"EchoTime": 12}, {"EchoTime": 80})
    (only,) = series()
    image = open_series(only).image
    assert image.series_key == only.parts[0].key
    assert np.array_equal(thumbnail(only), thumbnail(only.parts[0]))


def test_a_part_opens_where_it_was_listed_elsewhere(write, series):
    write_moments(write, {"EchoTime": 12}, {"EchoTime": 80})
    second = series()[0].parts[1]
    plain = tuple(
        Instance(i.path, i.sop_instance_uid, i.sop_class_uid, i.transfer_syntax_uid, i.number,
                 i.frame, i.plane)
        for i in second.instances
    )  # fmt: skip
    volume = load(replace(second, instances=plain), Silent())
    assert np.array_equal(volume.voxels[3], pixels(8))


def test_a_moment_that_lacks_a_slice_is_listed_on_its_own_and_named(write, series, tmp_path):
    write_moments(write, *({"TemporalPositionIdentifier": n} for n in range(1, 6)))
    (tmp_path / "0010").unlink()
    whole, torn = series()
    assert (whole.kind, len(whole.parts)) == (SeriesKind.FOUR_D, 4)
    assert "time 3 of 5" not in labels(whole)
    assert [notice.code for notice in whole.notices] == ["incomplete_moment"]
    assert "time 3 of 5 (3 of 4 slices)" in whole.notices[0].sentence
    assert (torn.kind, torn.split) == (SeriesKind.STACK, "time 3 of 5")
    assert [notice.code for notice in torn.notices] == ["missing_slice", "incomplete_moment"]
    assert len(whole.instances) + len(torn.instances) == 19


def test_a_moment_that_lacks_its_last_slice_is_no_moment_of_the_same_grid(write, series, tmp_path):
    write_moments(write, *({"TemporalPositionIdentifier": n} for n in range(1, 4)))
    (tmp_path / "0012").unlink()
    whole, short = series()
    assert (len(whole.parts), short.kind) == (2, SeriesKind.VOLUME)
    assert [notice.code for notice in short.notices] == ["incomplete_moment"]


def test_heart_phases_whose_times_vary_are_found_where_a_slice_is_missing(write, series, tmp_path):
    number = 0
    for z in range(4):
        for phase in range(5):
            number += 1
            write(number, **at(z), TriggerTime=40.0 * phase + 1.5 * z)
    (tmp_path / "0007").unlink()
    whole, torn = series()
    assert (whole.kind, whole.split_by, len(whole.parts)) == (
        SeriesKind.FOUR_D,
        "heart phase",
        4,
    )
    assert [one.number for one in whole.parts[1].instances] == [3, 8, 13, 18]
    assert torn.split == "heart phase 2 of 5"
    assert [one.number for one in torn.instances] == [2, 12, 17]
    assert torn.notices[0].code == "missing_slice"


def test_diffusion_is_told_apart_by_weight(write, series):
    write_moments(write, {"DiffusionBValue": 1000.0}, {"DiffusionBValue": 0.0})
    (only,) = series()
    assert (only.split_by, labels(only)) == ("b-value", ["b-value 0", "b-value 1000"])
    assert [one.number for one in only.parts[0].instances] == [5, 6, 7, 8]


DIRECTIONS = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.6, 0.8]]


def test_diffusion_is_told_apart_by_weight_and_direction(write, series):
    weighted = [
        {"DiffusionBValue": b, "DiffusionGradientOrientation": d}
        for b in (500.0, 1000.0)
        for d in DIRECTIONS
    ]
    write_moments(write, {"DiffusionBValue": 0.0}, *weighted)
    (only,) = series()
    assert only.split_by == B_VALUE_AND_DIRECTION
    assert labels(only) == [
        "b-value 0",
        *(f"b-value {b}, direction {d}" for b in (500, 1000) for d in (1, 2, 3)),
    ]


def test_the_same_weight_measured_again_is_a_repeat(write, series):
    said = [{"DiffusionBValue": 0.0}] * 3 + [
        {"DiffusionBValue": 800.0, "DiffusionGradientOrientation": d} for d in DIRECTIONS
    ]
    write_moments(write, *said)
    (only,) = series()
    assert only.split_by == "b-value and direction and repeat"
    assert labels(only) == [
        *(f"b-value 0, repeat {n}" for n in (1, 2, 3)),
        *(f"b-value 800, direction {n}" for n in (1, 2, 3)),
    ]
    assert [one.number for one in only.parts[1].instances] == [5, 6, 7, 8]


def test_what_was_pictured_as_often_at_every_place_is_repeated(write, series):
    write_moments(write, {}, {})
    (only,) = series()
    assert (only.kind, labels(only)) == (SeriesKind.FOUR_D, ["repeat 1 of 2", "repeat 2 of 2"])


def siemens(b: int, direction: list[float] | None) -> dict:
    said = {0x00190010: ("LO", "SIEMENS MR HEADER"), 0x0019100C: ("IS", str(b))}
    if direction is not None:
        said[0x0019100E] = ("FD", direction)
    return said


def ge(b: int, direction: list[float] | None) -> dict:
    x, y, z = direction or [0.0, 0.0, 0.0]
    return {
        0x00190010: ("LO", "GEMS_ACQU_01"), 0x001910BB: ("DS", str(x)),
        0x001910BC: ("DS", str(y)), 0x001910BD: ("DS", str(z)),
        0x00430010: ("LO", "GEMS_PARM_01"), 0x00431039: ("IS", [1_000_000_000 + b, 8, 0, 0]),
    }  # fmt: skip


def philips(b: int, direction: list[float] | None) -> dict:
    x, y, z = direction or [0.0, 0.0, 0.0]
    return {
        0x20010010: ("LO", "Philips Imaging DD 001"), 0x20011003: ("FL", float(b)),
        0x20050010: ("LO", "Philips MR Imaging DD 005"), 0x200510B0: ("FL", x),
        0x200510B1: ("FL", y), 0x200510B2: ("FL", z),
    }  # fmt: skip


@pytest.mark.parametrize("maker", [siemens, ge, philips])
@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.1", ImplicitVRLittleEndian])
def test_weights_are_understood_in_the_words_of_each_maker(write_private, series, maker, syntax):
    number = 0
    for b, direction in ((0, None), (800, DIRECTIONS[0]), (800, DIRECTIONS[2])):
        for z in range(3):
            number += 1
            write_private(number, maker(b, direction), syntax, **at(z))
    (only,) = series()
    assert only.split_by == B_VALUE_AND_DIRECTION
    assert labels(only) == ["b-value 0", "b-value 800, direction 1", "b-value 800, direction 2"]


@pytest.mark.parametrize(
    "private",
    [
        {0x00190010: ("LO", "SOMEBODY ELSE"), 0x0019100C: ("IS", "800")},
        {0x0019100C: ("IS", "800")},
        {0x00190010: ("LO", "SIEMENS MR HEADER"), 0x0019100C: ("UN", b"\xff\xfe\x00")},
        {0x20010010: ("LO", "Philips Imaging DD 001"), 0x20011003: ("UN", b"\x01")},
        {0x20010010: ("LO", "Philips Imaging DD 001"),
         0x20011003: ("UN", struct.pack("<f", float("nan")))},
    ],
)  # fmt: skip
def test_private_words_are_not_believed_without_their_mark_or_when_mangled(
    write_private, series, private
):
    for number in range(1, 7):
        write_private(number, private if number > 3 else {}, **at((number - 1) % 3))
    (only,) = series()
    assert only.split_by != "b-value"
    assert len(only.instances) == 6


def test_echoes_and_times_together_tell_apart(write, series):
    write_moments(
        write,
        *({"TemporalPositionIdentifier": t, "EchoTime": e} for t in (1, 2, 3) for e in (4.6, 9.2)),
    )
    (only,) = series()
    assert only.split_by == "time and echo time"
    assert labels(only)[:2] == ["time 1, echo time 4.6", "time 1, echo time 9.2"]


def test_magnitude_and_phase_are_two_series_of_moments(write, series):
    write_moments(
        write,
        *(
            {"TemporalPositionIdentifier": t, "ImageType": ["ORIGINAL", "PRIMARY", kind]}
            for t in (1, 2, 3)
            for kind in "MP"
        ),
    )
    magnitude, phase = series()
    assert magnitude.kind is phase.kind is SeriesKind.FOUR_D
    assert (magnitude.split, phase.split) == ("kind M", "kind P")
    assert labels(phase) == [f"kind P, time {n} of 3" for n in (1, 2, 3)]


def test_values_of_another_unit_are_another_kind(write, series):
    write_moments(
        write,
        {"AcquisitionNumber": 1, "RescaleType": "HU"},
        {"AcquisitionNumber": 2, "RescaleType": "US"},
    )
    assert [one.kind for one in series()] == [SeriesKind.VOLUME] * 2


def test_kernels_are_two_volumes(write, series):
    write_moments(write, {"ConvolutionKernel": "B30f"}, {"ConvolutionKernel": "B70f"})
    soft, sharp = series()
    assert {soft.split, sharp.split} == {"kind B30f", "kind B70f"}


def test_acquisitions_at_times_of_their_own_are_told_by_time(write, series):
    write_moments(
        write,
        *({"AcquisitionNumber": n, "AcquisitionTime": f"1015{n:02}.5"} for n in (9, 11, 13)),
    )
    (only,) = series()
    assert (only.split_by, time_step_s(only)) == ("time", 2.0)


def test_the_time_step_is_known_where_the_files_tell_it_evenly(write, series):
    write_moments(write, *({"TriggerTime": 40.5 * n} for n in range(5)))
    (only,) = series()
    assert time_step_s(only) == pytest.approx(0.0405)


def test_an_uneven_time_step_is_none(write, series):
    write_moments(write, *({"AcquisitionTime": f"1015{n}"} for n in (10, 12, 19)))
    (only,) = series()
    assert only.split_by == "time"
    assert time_step_s(only) is None


def test_two_series_of_moments_are_not_mixed(write, series):
    write_moments(write, {"EchoTime": 1}, {"EchoTime": 2})
    number = 100
    for echo in (1, 2):
        for z in range(4):
            number += 1
            write(number, **at(z), EchoTime=echo, SeriesInstanceUID="1.2.3.4")
    first, second = series()
    assert {len(first.instances), len(second.instances)} == {8}
    assert first.uid != second.uid
    assert len({part.key for one in (first, second) for part in one.parts}) == 4


def test_the_order_of_files_changes_nothing(write, series, tmp_path):
    write_moments(write, *({"TemporalPositionIdentifier": n} for n in range(1, 6)))
    before = [(one.key, [p.sop_instance_uid for p in one.instances]) for one in series()]
    paths = sorted(tmp_path.iterdir())
    names = [path.name for path in paths]
    random.Random(7).shuffle(names)
    for path in paths:
        path.rename(path.with_suffix(".moving"))
    for path, name in zip(paths, names, strict=True):
        path.with_suffix(".moving").rename(tmp_path / name)
    assert [(one.key, [p.sop_instance_uid for p in one.instances]) for one in series()] == before


def header(number: int, place: int, time: str, echo: str, kind: str, trigger: str) -> Header:
    """The head of a slice, as the quick reader would give it."""
    raw = {
        tags.IMAGE_TYPE: f"ORIGINAL\\PRIMARY\\{kind}".encode(),
        tags.SOP_INSTANCE: f"1.2.{number}".encode(), tags.SERIES_UID: b"1.3",
        tags.STUDY_UID: b"1.4", tags.MODALITY: b"MR", tags.SOP_CLASS: b"1.2.840.10008.5.1.4.1.1.4",
        tags.POSITION: f"0\\0\\{place}".encode(), tags.ORIENTATION: b"1\\0\\0\\0\\1\\0",
        tags.PIXEL_SPACING: b"1\\1", tags.INSTANCE_NUMBER: str(number % 7).encode(),
        tags.TEMPORAL_POSITION: time.encode(), tags.ECHO_TIME: echo.encode(),
        tags.TRIGGER_TIME: trigger.encode(), tags.PHOTOMETRIC: b"MONOCHROME2",
        tags.ROWS: b"\x08\0", tags.COLUMNS: b"\x06\0", tags.BITS_ALLOCATED: b"\x10\0",
        tags.BITS_STORED: b"\x10\0", tags.SAMPLES_PER_PIXEL: b"\x01\0",
    }  # fmt: skip
    stamp = Stamp(5000, 0)
    return Header(Path(f"{number}"), stamp, "1.2.840.10008.1.2.1", raw, PixelPlace(1000, 96))


_few = st.integers(0, 2).map(str)
_slices = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["", "1", "2"]), _few, st.sampled_from("MP"),
              st.sampled_from(["", "10", "20.5", "nan"])),
    min_size=1, max_size=24,
)  # fmt: skip


@given(_slices, st.randoms(use_true_random=False))
def test_every_picture_is_listed_once_whatever_the_files_say_and_their_order(said, chance):
    headers = [header(n, *one) for n, one in enumerate(said)]
    mixed = list(headers)
    chance.shuffle(mixed)
    here, there = group(headers), group(mixed)
    assert here == there
    held = [one.sop_instance_uid for _, series in here.all_series() for one in series.instances]
    refused = [refusal.path.name for refusal in here.refused]
    assert Counter(held) + Counter(f"1.2.{name}" for name in refused) == Counter(
        f"1.2.{n}" for n in range(len(said))
    )
    for _, series in here.all_series():
        assert series.instances == tuple(i for p in series.parts for i in p.instances) or not (
            series.parts
        )
    keys = [one.key for _, series in here.all_series() for one in (series, *series.parts)]
    assert len(keys) == len(set(keys))


@pytest.mark.data
def test_the_heart_at_one_place_stays_a_clip(data):
    listed = [one for _, one in scan([data / "mr_cardiac_cine_p09"], Silent()).all_series()]
    assert [(one.kind, len(one.instances)) for one in listed] == [
        (SeriesKind.CINE, 20),
        (SeriesKind.CINE, 2),
        (SeriesKind.CINE, 2),
    ]


@pytest.fixture
def write_private(tmp_path):
    """Write one slice with private elements of its own."""

    def save(number, private, syntax="1.2.840.10008.1.2.1", **changes: object):
        slice_ = picture(number, **changes)
        for tag, (vr, value) in private.items():
            slice_[tag] = DataElement(tag, vr, value)
        slice_.file_meta = FileMetaDataset()
        slice_.file_meta.TransferSyntaxUID = syntax
        slice_.save_as(
            tmp_path / f"{number:04d}",
            implicit_vr=syntax == ImplicitVRLittleEndian,
            little_endian=True,
            enforce_file_format=True,
        )

    return save
