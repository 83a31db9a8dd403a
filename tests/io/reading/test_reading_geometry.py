"""Places in the patient, against analytic truth and against SimpleITK."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
import SimpleITK

from viewer.core.progress import Silent
from viewer.core.volume import Volume
from viewer.io.load import load

AXES = np.eye(3)
ORIENTATIONS = [
    (order, signs) for order in permutations(range(3)) for signs in product((1, -1), repeat=3)
]
"""Which patient axis the column, row and slice index grow along, and which way: 48."""


def turned(order, signs):
    right, down, along = (AXES[axis] * sign for axis, sign in zip(order, signs, strict=True))
    return right, down, along


@pytest.mark.parametrize(("order", "signs"), ORIENTATIONS)
def test_every_orientation_and_flip_is_placed_as_it_was_written(write, series, order, signs):
    right, down, along = turned(order, signs)
    origin, step = np.array([11.0, -7.5, 123.25]), 2.5
    for number in range(1, 6):
        write(
            number,
            ImagePositionPatient=list(origin + along * step * number),
            ImageOrientationPatient=[*right, *down],
        )
    (only,) = series()
    volume = load(only, Silent())
    assert isinstance(volume, Volume)
    geometry = volume.geometry
    for written in range(1, 6):
        for row, column in ((0, 0), (7, 0), (0, 5), (3, 2)):
            truth = origin + along * step * written + right * 0.75 * column + down * 0.5 * row
            index = geometry.nearest(truth)
            assert np.abs(geometry.to_patient(index) - truth).max() < 1e-3
            assert volume.voxels[index] == 100 * written + row * 6 + column
    assert float(geometry.directions[0] @ np.cross(right, down)) > 0.999


def test_slices_go_along_the_normal_even_where_numbers_go_against_it(write, series):
    for number in range(1, 6):
        write(number, ImagePositionPatient=[0, 0, -3.0 * number])
    (only,) = series()
    volume = load(only, Silent())
    assert [int(plane[0, 0]) for plane in volume.voxels] == [500, 400, 300, 200, 100]


def rotation(angles):
    a, b, c = np.radians(angles)
    x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return x @ y @ z


@pytest.mark.parametrize("angles", [(0, 0, 0), (20, -35, 10), (90, 0, 45), (5, 170, -80)])
@pytest.mark.parametrize("step", [0.625, 3.27])
def test_regular_series_lie_where_simpleitk_puts_them(write, series, tmp_path, angles, step):
    right, down, along = rotation(angles).T
    for number in range(1, 8):
        write(
            number,
            ImagePositionPatient=[float(f"{v:.8g}") for v in along * step * number],
            ImageOrientationPatient=[float(f"{v:.8g}") for v in (*right, *down)],
        )
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(tmp_path)))
    theirs = reader.Execute()
    (only,) = series()
    ours = load(only, Silent())
    for slice_, row, column in ((0, 0, 0), (6, 7, 5), (3, 1, 4)):
        place = theirs.TransformIndexToPhysicalPoint((column, row, slice_))
        index = ours.geometry.to_index(place)
        assert np.abs(index - np.rint(index)).max() < 1e-3
        s, r, c = np.rint(index).astype(int)
        assert ours.voxels[s, r, c] * ours.slope + ours.intercept == theirs[column, row, slice_]


def test_a_radiograph_never_takes_the_detectors_spacing_for_the_patients(write, series):
    write(
        1,
        SOPClassUID="1.2.840.10008.5.1.4.1.1.1.1",
        Modality="DX",
        ImagerPixelSpacing=[0.14, 0.14],
        PixelSpacing=None,
    )
    (only,) = series()
    assert load(only, Silent()).frames[0].spacing_mm is None


@pytest.mark.parametrize(
    ("changes", "spacing"),
    [
        ({"PixelSpacing": [0.14, 0.14], "ImagerPixelSpacing": [0.14, 0.14]}, None),
        ({"PixelSpacing": [0.14, 0.14]}, None),
        ({"PixelSpacing": [0.12, 0.12], "ImagerPixelSpacing": [0.14, 0.14]}, (0.12, 0.12)),
        ({"PixelSpacing": [0.14, 0.14], "PixelSpacingCalibrationType": "FIDUCIAL"}, (0.14, 0.14)),
    ],
)
def test_a_radiograph_has_millimetres_only_where_they_are_the_patients(
    write, series, changes, spacing
):
    write(1, SOPClassUID="1.2.840.10008.5.1.4.1.1.1.1", Modality="DX", **changes)
    (only,) = series()
    frame = load(only, Silent()).frames[0]
    assert frame.spacing_mm == spacing
    assert frame.plane is None


def test_ultrasound_without_regions_has_no_millimetres(write, series):
    flat = {"ImagePositionPatient": None, "ImageOrientationPatient": None}
    write(1, SOPClassUID="1.2.840.10008.5.1.4.1.1.6.1", Modality="US", **flat)
    (only,) = series()
    assert load(only, Silent()).frames[0].spacing_mm is None
