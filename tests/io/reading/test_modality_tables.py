"""Modality tables: values as another reader has them, each slice by its own table, and units."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset
from pydicom.pixels import apply_modality_lut

from viewer.cohort.listing import listing
from viewer.core.progress import Silent
from viewer.core.stack import Stack
from viewer.core.volume import Volume
from viewer.io.load import load
from viewer.io.pixels import frame_of

PLAIN = {"RescaleSlope": None, "RescaleIntercept": None, "RescaleType": None}


def table(first: int, entries: np.ndarray, kind: str = "HU", bits: int = 16) -> Dataset:
    made = Dataset()
    made.LUTDescriptor = [len(entries), first, bits]
    made.ModalityLUTType = kind
    made.add_new("LUTData", "OW", entries.astype("<u2").tobytes())
    made["LUTDescriptor"].VR = "SS" if first < 0 else "US"
    return made


def expected(path: Path) -> np.ndarray:
    file = pydicom.dcmread(path)
    return np.asarray(apply_modality_lut(file.pixel_array, file), np.float64)


def written(write, number: int, kind: str = "HU", **changes: object) -> Path:
    """Write a slice with a table of its own."""
    entries = np.sqrt(np.arange(400)) * 100 * number
    lut = table(50 * number, entries, kind)
    return write(number, **PLAIN, PixelRepresentation=0, ModalityLUTSequence=[lut], **changes)


def test_each_slice_of_a_volume_goes_by_its_own_table(write, series):
    paths = [written(write, number) for number in (1, 2, 3)]
    (only,) = series()
    image = load(only, Silent())
    assert isinstance(image, Volume)
    assert image.unit == "[hnsf'U]"
    for values, path in zip(image.values(), paths, strict=True):
        assert np.array_equal(values, expected(path))
        assert np.array_equal(frame_of(path, 0, stored=False), expected(path))


def test_each_picture_of_a_stack_goes_by_its_own_table(write, series):
    places = [0.0, 1.0, 5.0]
    paths = [
        written(write, number, ImagePositionPatient=[0, 0, place])
        for number, place in enumerate(places, start=1)
    ]
    (only,) = series()
    image = load(only, Silent())
    assert isinstance(image, Stack)
    for frame, path in zip(image.frames, paths, strict=True):
        assert np.array_equal(frame.pixels * frame.slope + frame.intercept, expected(path))


def test_slices_with_and_without_a_table_stand_side_by_side(write, series):
    first = written(write, 1)
    second = write(2, PixelRepresentation=0, RescaleSlope=2, RescaleIntercept=-7)
    (only,) = series()
    image = load(only, Silent())
    assert isinstance(image, Volume)
    assert np.array_equal(image.values()[0], expected(first))
    assert np.array_equal(image.values()[1], expected(second))


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        ("HU", "[hnsf'U]"), ("OD", "10*-3{OD}"), ("MGML", "mg/ml"), ("PCT", "%"),
        ("Z_EFF", "1"), ("EDW", "1"), ("ED", "10*23/ml"), ("US", None), ("", None), ("ODD", None),
    ],
)  # fmt: skip
def test_the_kind_of_a_table_is_the_unit_of_its_values(write, tmp_path, kind, unit):
    written(write, 1, kind)
    (listed,) = listing([tmp_path], Silent()).series
    assert listed.unit == unit


@pytest.mark.parametrize(
    ("changes", "unit"),
    [
        ({}, "[hnsf'U]"),
        ({"RescaleType": None}, "[hnsf'U]"),
        ({"RescaleType": "US"}, None),
        ({"RescaleType": "MGML"}, "mg/ml"),
        ({"RescaleType": "Z_EFF"}, "1"),
        ({"ImageType": ["ORIGINAL", "PRIMARY", "LOCALIZER"]}, None),
        ({"Modality": "MR"}, None),
        ({"Modality": "MR", "RescaleType": "US"}, None),
        ({"Modality": "PT", "Units": "NONE"}, "1"),
        ({"Modality": "PT", "Units": "PROPCNTS"}, "{propcounts}"),
        ({"Modality": "PT", "Units": ""}, None),
    ],
)
def test_a_unit_is_told_where_the_file_says_one_and_none_is_told_from_unknown(
    write, tmp_path, changes, unit
):
    write(1, **changes)
    (listed,) = listing([tmp_path], Silent()).series
    assert listed.unit == unit


def test_a_public_file_has_the_values_that_pydicom_gives():
    path = get_testdata_file("mlut_18.dcm")
    if path is None:
        pytest.skip("mlut_18.dcm is not installed")
    assert np.array_equal(frame_of(Path(path), 0, stored=False), expected(Path(path)))
