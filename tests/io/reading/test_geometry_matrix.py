"""48 orientations, 4 gantry tilts, 3 spacings: every voxel where the file says it lies.

The heads are made in memory, as the quick reader hands them over; a few of each kind are
written by pydicom and scanned, so that nothing is proven of memory alone.
"""

from __future__ import annotations

import struct
from itertools import permutations, product
from pathlib import Path

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.study import Series, SeriesKind
from viewer.core.volume import Volume
from viewer.io import tags
from viewer.io.grouping import group
from viewer.io.header import Header, PixelPlace, Raw, Stamp
from viewer.io.load import load
from viewer.io.regular import grid
from viewer.io.syntaxes import EXPLICIT

SLICES, ROWS, COLUMNS = 5, 6, 4
TILTS = (0.0, 7.5, -15.0, 30.0)
SPACINGS = ((0.625, 0.4, 0.7), (3.27, 0.9765625, 0.9765625), (5.0, 1.5, 0.75))
"""Between slices (along the normal), rows and columns, in mm."""
ORIGIN = np.array([-171.25, 88.5, 1012.375])
ORIENTATIONS = [
    (order, signs) for order in permutations(range(3)) for signs in product((1, -1), repeat=3)
]


class Truth:
    """Where each voxel of one series lies, by arithmetic alone."""

    def __init__(self, orientation, tilt: float, spacing_mm) -> None:
        axes = [np.eye(3)[axis] * sign for axis, sign in zip(*orientation, strict=True)]
        self.right, self.down, self.along = axes
        step, self.row_mm, self.column_mm = spacing_mm
        self.step = self.along * step + self.down * step * np.tan(np.radians(tilt))

    def origin(self, number: int) -> np.ndarray:
        """The first voxel of a slice, as written: sixteen characters a number."""
        return np.array([float(f"{v:.10g}") for v in ORIGIN + self.step * number])

    def places(self) -> np.ndarray:
        """Every voxel (slice, row, column) in LPS mm, in the order of writing."""
        s, r, c = np.mgrid[:SLICES, :ROWS, :COLUMNS][..., None]
        return (
            ORIGIN + s * self.step + r * self.row_mm * self.down + c * self.column_mm * self.right
        )

    def header(self, number: int) -> Header:
        """The head of one slice."""
        name = f"1.2.3.{number}"
        shorts = {
            tags.ROWS: ROWS, tags.COLUMNS: COLUMNS, tags.SAMPLES_PER_PIXEL: 1,
            tags.BITS_ALLOCATED: 16, tags.BITS_STORED: 16, tags.HIGH_BIT: 15,
            tags.PIXEL_REPRESENTATION: 1,
        }  # fmt: skip
        texts = {
            tags.SOP_CLASS: "1.2.840.10008.5.1.4.1.1.2", tags.SOP_INSTANCE: name,
            tags.STUDY_UID: "1.2.3", tags.SERIES_UID: "1.2.4", tags.MODALITY: "CT",
            tags.PATIENT_ID: "P", tags.FRAME_OF_REFERENCE: "1.2.5",
            tags.INSTANCE_NUMBER: str(number + 1), tags.PHOTOMETRIC: "MONOCHROME2",
            tags.POSITION: "\\".join(f"{v:.10g}" for v in self.origin(number)),
            tags.ORIENTATION: "\\".join(f"{v:g}" for v in (*self.right, *self.down)),
            tags.PIXEL_SPACING: f"{self.row_mm}\\{self.column_mm}",
        }  # fmt: skip
        raw: Raw = {tag: struct.pack("<H", value) for tag, value in shorts.items()}
        raw |= {tag: value.encode() for tag, value in texts.items()}
        size = ROWS * COLUMNS * 2
        return Header(Path(name), Stamp(1000 + size, 0), EXPLICIT, raw, PixelPlace(1000, size))


def only_series(headers: list[Header]) -> Series:
    ((_, series),) = group(headers).all_series()
    return series


def grid_of(series: Series) -> Geometry:
    planes = [one.plane for one in series.instances if one.plane is not None]
    return grid(planes, series.rows, series.columns)


@pytest.mark.parametrize("spacing_mm", SPACINGS)
@pytest.mark.parametrize("tilt", TILTS)
def test_every_voxel_lies_where_it_was_written_and_a_tilt_is_never_straightened(tilt, spacing_mm):
    for orientation in ORIENTATIONS:
        truth = Truth(orientation, tilt, spacing_mm)
        series = only_series([truth.header(number) for number in range(SLICES)])
        places = truth.places()
        if tilt:
            assert series.kind is SeriesKind.STACK
            (notice,) = series.notices
            assert notice.code == "tilted"
            assert f"{abs(tilt):.1f} degrees" in notice.sentence
            pixels = np.mgrid[:ROWS, :COLUMNS].transpose(1, 2, 0)
            for one in series.instances:
                drawn = one.plane.to_patient(pixels)
                assert np.abs(drawn - places[one.number - 1]).max() < 1e-3
            continue
        assert series.kind is SeriesKind.VOLUME
        assert series.notices == ()
        geometry = grid_of(series)
        index = np.mgrid[:SLICES, :ROWS, :COLUMNS].transpose(1, 2, 3, 0)
        written = [one.number - 1 for one in series.instances]
        assert np.abs(geometry.to_patient(index) - places[written]).max() < 1e-3
        assert np.allclose(geometry.spacing_mm, spacing_mm, atol=1e-6)
        assert float(geometry.directions[0] @ np.cross(truth.right, truth.down)) > 0.999999


@pytest.mark.parametrize("tilt", TILTS)
@pytest.mark.parametrize("orientation", ORIENTATIONS[::5])
def test_files_lie_where_the_heads_do_and_their_voxels_with_them(write, series, orientation, tilt):
    truth = Truth(orientation, tilt, SPACINGS[0])
    values = np.arange(SLICES * ROWS * COLUMNS, dtype=np.int16).reshape(SLICES, ROWS, COLUMNS)
    for number in range(SLICES):
        write(
            number + 1,
            Rows=ROWS,
            Columns=COLUMNS,
            PixelData=values[number].tobytes(),
            PixelSpacing=[truth.row_mm, truth.column_mm],
            ImagePositionPatient=list(truth.origin(number)),
            ImageOrientationPatient=[*truth.right, *truth.down],
        )
    (only,) = series()
    image = load(only, Silent())
    assert isinstance(image, Volume) == (tilt == 0)
    for place, value in zip(truth.places().reshape(-1, 3), values.ravel(), strict=True):
        if isinstance(image, Volume):
            index = image.geometry.nearest(place)
            assert np.abs(image.geometry.to_patient(index) - place).max() < 1e-3
            assert image.voxels[index] == value
        else:
            (frame,) = [f for f in image.frames if abs(f.plane.distance_mm(place)) < 1e-3]
            row, column = np.rint(frame.plane.to_pixel(place)).astype(int)
            assert np.abs(frame.plane.to_patient([row, column]) - place).max() < 1e-3
            assert frame.pixels[row, column] == value


def straight(count: int = 12) -> list[np.ndarray]:
    return [np.array([0.0, 0.0, 2.5 * number]) for number in range(count)]


def tilted() -> list[np.ndarray]:
    return [place + np.array([0, place[2] * np.tan(np.radians(18)), 0]) for place in straight()]


def missing() -> list[np.ndarray]:
    return straight()[:5] + straight()[6:]


def doubled() -> list[np.ndarray]:
    return straight() + straight()[4:5]


def foreign() -> list[np.ndarray]:
    return [*straight()[:6], straight()[6] + np.array([9.9, 0, 0]), *straight()[7:]]


def mixed_spacing() -> list[np.ndarray]:
    return straight(6) + [np.array([0, 0, 12.5 + 5.0 * n]) for n in range(1, 7)]


def uneven() -> list[np.ndarray]:
    return [np.array([0, 0, z]) for z in (0, 2.4, 5.3, 7.1, 10.6, 12.2, 15.9)]


BAD = {
    "tilted": tilted,
    "missing_slice": missing,
    "duplicate_position": doubled,
    "foreign_slice": foreign,
    "mixed_spacing": mixed_spacing,
    "uneven": uneven,
}


@pytest.mark.parametrize("code", BAD)
@pytest.mark.parametrize("orientation", ORIENTATIONS[::7])
def test_bad_places_are_named_whatever_the_orientation(code, orientation):
    truth = Truth(orientation, 0, SPACINGS[0])
    turn = np.array([truth.right, truth.down, truth.along])
    headers = []
    for number, place in enumerate(BAD[code]()):
        header = truth.header(number)
        moved = "\\".join(f"{v:.10g}" for v in place @ turn)
        header.raw[tags.POSITION] = moved.encode()
        headers.append(header)
    series = only_series(headers)
    assert series.kind is SeriesKind.STACK
    assert [notice.code for notice in series.notices] == [code]


@pytest.mark.parametrize(
    ("code", "tag", "value"),
    [
        ("mixed_orientation", tags.ORIENTATION, b"0\\1\\0\\0\\0\\-1"),
        ("scout", tags.IMAGE_TYPE, b"ORIGINAL\\PRIMARY\\LOCALIZER"),
    ],
)
def test_slices_of_another_kind_are_parted_and_named(code, tag, value):
    truth = Truth(ORIENTATIONS[0], 0, SPACINGS[1])
    headers = [truth.header(number) for number in range(12)]
    headers[0].raw[tag] = value
    listed = [series for _, series in group(headers).all_series()]
    assert sorted(len(series.instances) for series in listed) == [1, 11]
    assert all(code in [notice.code for notice in series.notices] for series in listed)
    whole = max(listed, key=lambda series: len(series.instances))
    assert whole.kind is SeriesKind.VOLUME
