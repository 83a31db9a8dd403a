"""Ultrasound regions: which pixels measure what, and which claims are not believed."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset

from viewer.core.progress import Silent
from viewer.core.region import RegionFormat
from viewer.core.scale import Scale, ScaleKind
from viewer.io.heads import header_of
from viewer.io.load import load
from viewer.io.picture import pictures_of
from viewer.io.regions import regions_in, told_regions

FLAT = {"ImagePositionPatient": None, "ImageOrientationPatient": None}


@pytest.fixture
def scale(write, series):
    """Write an ultrasound picture with these regions, and read what its pixels measure."""

    def read(**said: object) -> Scale:
        write(1, **said)
        (only,) = series()
        return load(only, Silent()).frames[0].scale

    return read


def region(**said: object) -> Dataset:
    made = Dataset()
    usual = {
        "RegionSpatialFormat": 1, "RegionDataType": 1, "RegionFlags": 0,
        "RegionLocationMinX0": 1, "RegionLocationMinY0": 1, "RegionLocationMaxX1": 4,
        "RegionLocationMaxY1": 6, "PhysicalUnitsXDirection": 3, "PhysicalUnitsYDirection": 3,
        "PhysicalDeltaX": 0.03, "PhysicalDeltaY": 0.031,
    }  # fmt: skip
    for name, value in {**usual, **said}.items():
        if value is not None:
            setattr(made, name, value)
    return made


SPECTRAL = {
    "RegionSpatialFormat": 3, "RegionDataType": 3, "PhysicalUnitsXDirection": 4,
    "PhysicalUnitsYDirection": 7, "PhysicalDeltaX": 0.01, "PhysicalDeltaY": -0.5,
    "ReferencePixelX0": 3, "ReferencePixelY0": 2,
}  # fmt: skip


def ultrasound(*regions: Dataset) -> dict[str, object]:
    return {
        **FLAT, "SOPClassUID": "1.2.840.10008.5.1.4.1.1.6.1", "Modality": "US",
        "PixelSpacing": None,
        "SequenceOfUltrasoundRegions": list(regions),
    }  # fmt: skip


def test_millimetres_hold_inside_an_ultrasound_region_and_not_outside(scale):
    found = scale(**ultrasound(region()))
    assert (found.kind, found.spacing_mm) == (ScaleKind.REGIONS, None)
    assert found.at(3, 3).patient_mm == pytest.approx((0.31, 0.3))
    assert found.at(0, 0).unit == "px"
    assert found.between((1, 1), (5, 4)).in_patient
    assert not found.between((1, 1), (7, 4)).known


def test_every_region_is_kept_with_its_units(scale):
    found = scale(**ultrasound(region(RegionLocationMaxX1=2), region(
        RegionLocationMinX0=3, RegionLocationMaxX1=5, **SPECTRAL,
    )))  # fmt: skip
    plane, spectral = found.regions
    assert (plane.format, plane.content) == (RegionFormat.PLANE, "tissue")
    assert (spectral.format, spectral.content) == (RegionFormat.SPECTRAL, "pulsed Doppler")
    assert (spectral.across.unit, spectral.across.step) == ("s", 0.01)
    assert (spectral.down.unit, spectral.down.step) == ("cm/s", -0.5)
    assert spectral.reference == (1 + 2, 3 + 3)
    assert not found.at(3, 4).known
    assert found.at(3, 1).in_patient


@pytest.mark.parametrize("said", [
    {"RegionLocationMinX0": 50, "RegionLocationMaxX1": 60},
    {"RegionLocationMinX0": 4, "RegionLocationMaxX1": 1},
    {"RegionLocationMinY0": None},
    {"PhysicalDeltaX": 0.0}, {"PhysicalDeltaX": math.nan}, {"PhysicalDeltaY": math.inf},
    {"PhysicalUnitsXDirection": 4}, {"PhysicalUnitsYDirection": 99},
    {"RegionSpatialFormat": 2}, {"RegionSpatialFormat": 77}, {"RegionDataType": 13},
])  # fmt: skip
def test_a_region_that_cannot_be_believed_measures_nothing(scale, said):
    found = scale(**ultrasound(region(**said)))
    assert {found.at(row, column).unit for row in range(8) for column in range(6)} == {"px"}


def test_a_region_that_reaches_beyond_the_picture_is_clipped(scale):
    (only,) = scale(
        **ultrasound(region(RegionLocationMaxX1=4_000_000_000, RegionLocationMaxY1=800))
    ).regions
    assert (only.first, only.last) == ((1, 1), (7, 5))


def test_where_regions_overlap_the_smaller_one_counts(scale):
    small = region(RegionLocationMinX0=2, RegionLocationMaxX1=3, PhysicalDeltaX=0.05,
                   PhysicalDeltaY=0.05)  # fmt: skip
    found = scale(**ultrasound(region(), small))
    assert found.at(3, 3).patient_mm == pytest.approx((0.5, 0.5))
    assert found.at(3, 4).patient_mm == pytest.approx((0.31, 0.3))


def test_where_two_like_regions_disagree_nothing_is_measured(scale):
    found = scale(**ultrasound(region(), region(PhysicalDeltaX=0.05)))
    assert found.at(3, 3).unit == "px"


def test_tissue_and_colour_flow_in_one_place_measure_the_same(scale):
    found = scale(**ultrasound(region(), region(RegionDataType=2)))
    assert found.at(3, 3).patient_mm == pytest.approx((0.31, 0.3))


def test_a_length_may_leave_the_colour_box_but_not_the_picture_of_the_body(scale):
    colour = region(RegionDataType=2, RegionLocationMinX0=3, RegionLocationMinY0=3)
    found = scale(**ultrasound(region(), colour))
    assert found.between((1, 1), (5, 4)).patient_mm == pytest.approx((0.31, 0.3))
    assert found.between((1, 1), (5, 5)).unit == "px"


def test_a_length_across_two_pictures_of_the_body_is_in_pixels(scale):
    left = region(RegionLocationMaxX1=2)
    right = region(RegionLocationMinX0=3, RegionLocationMaxX1=5)
    found = scale(**ultrasound(left, right))
    assert found.at(3, 1) == found.at(3, 4)
    assert found.between((3, 1), (3, 4)).unit == "px"


def test_a_thousand_regions_are_not_all_read():
    dataset = Dataset()
    dataset.SequenceOfUltrasoundRegions = [region() for _ in range(1000)]
    assert len(regions_in(told_regions(dataset), 8, 6)) == 64


NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.lists(NUMBERS, min_size=14, max_size=14), max_size=4))
def test_whatever_regions_claim_they_lie_in_the_picture_and_have_a_size(claimed):
    for found in regions_in(json.dumps(claimed).encode(), 8, 6):
        assert 0 <= found.first[0] <= found.last[0] < 8
        assert 0 <= found.first[1] <= found.last[1] < 6
        assert found.spacing_mm is None or min(found.spacing_mm) > 0


@pytest.mark.parametrize(("name", "inside", "spacing"), [
    ("examples_palette.dcm", (300, 400), 0.2622878766196998),
    ("examples_ybr_color.dcm", (100, 200), 0.5104970559477806),
])  # fmt: skip
def test_real_ultrasound_has_the_millimetres_of_its_region(name, inside, spacing):

    found = pictures_of(header_of(Path(str(get_testdata_file(name, download=False)))))[0].scale
    assert found.at(*inside).patient_mm == pytest.approx((spacing, spacing))
    assert found.at(0, 0).unit == "px"
