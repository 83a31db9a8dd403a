"""DICOM Parametric Maps, ours and those of others, as values on a grid.

Written apart from the writer, with nothing but the file's own attributes, so that reading back
is a real check.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from viewer.core.author import Author
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Array, Geometry
from viewer.core.memory import available_bytes
from viewer.io.authorship import author_of
from viewer.io.concepts import code_of, quiet
from viewer.io.object_file import DAMAGE, first_line, read_object
from viewer.io.seg_grid import own_grid, places_on

PARAMETRIC_MAP = "1.2.840.10008.5.1.4.1.1.30"
_PROCESSING = "109102"
_LIBRARY = "highdicom"
_MOST_FRAMES = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class MapValues:
    """Values (slice, row, column) on their own grid, or one they were asked on.

    `low` and `high` are the bounds that the file names; NaN where it names none. `spared` marks
    slices of which the file says nothing.
    """

    values: NDArray[np.float32] = field(repr=False)
    geometry: Geometry
    title: str
    meaning: str
    quantity: str
    unit: str
    author: Author
    uid: str
    low: float = np.nan
    high: float = np.nan
    spared: NDArray[np.bool_] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Frames:
    """Where the frames of a map lie; see `Framed`."""

    name: str
    dataset: Dataset = field(repr=False)
    positions: Array = field(repr=False)
    numbers: NDArray[np.int64] = field(repr=False)
    right: Array = field(repr=False)
    down: Array = field(repr=False)
    spacing_mm: tuple[float, float]
    thickness_mm: float
    shape: tuple[int, int]


def read_parametric(path: Path, geometry: Geometry | None = None) -> MapValues:
    """Read a Parametric Map: on the voxels of a geometry where it lies on them, else on its own.

    Raises:
        Unreadable: if it is none, is damaged, or does not say where its frames lie.
        Declined: if there is no room for it.
    """
    try:
        with quiet():
            return _read(path, geometry)
    except DAMAGE as error:
        raise Unreadable(
            f"{path.name} is no readable DICOM map ({first_line(error)}).", code="bad_map"
        ) from error


def _read(path: Path, geometry: Geometry | None) -> MapValues:
    check_room(path.stat().st_size)
    dataset = read_object(path)
    if dataset.get("SOPClassUID") != PARAMETRIC_MAP:
        raise Unreadable(f"{path.name} is no DICOM Parametric Map.", code="no_map")
    frames = _frames(path.name, dataset)
    grid = geometry
    places = None if geometry is None else places_on(frames, geometry)
    if grid is None or places is None:
        grid = own_grid(frames)
        places = places_on(frames, grid)
    if places is None:
        raise Unreadable(f"{path.name}: its frames are unevenly spaced.", code="uneven")
    rows, columns = frames.shape
    check_room(4 * max(math.prod(grid.shape), len(places) * rows * columns))
    stored = _stored(dataset, len(places), rows, columns)
    values = np.zeros(grid.shape, np.float32)
    spared = np.ones(grid.shape[0], np.bool_)
    for number, (s, r, c) in enumerate(places):
        slope, intercept = _scale(dataset, number)
        values[s, r : r + rows, c : c + columns] = stored[number] * slope + intercept
        spared[s] = False
    grid = replace(grid, frame_of_reference_uid=str(dataset.get("FrameOfReferenceUID", "") or ""))
    if not np.isfinite(values).all():
        raise Unreadable(f"{path.name} holds values that are no numbers.", code="not_numbers")
    return _told(path, dataset, values, grid, spared)


def _told(
    path: Path,
    dataset: Dataset,
    values: NDArray[np.float32],
    grid: Geometry,
    spared: NDArray[np.bool_],
) -> MapValues:
    mapping = _mapping(dataset, 0)
    low, high = _bounds(dataset, mapping)
    quantity, unit = "", "1"
    if mapping is not None:
        for item in mapping.get("QuantityDefinitionSequence") or ():
            if item.get("ConceptCodeSequence"):
                quantity = code_of(item.ConceptCodeSequence[0]).meaning
        for item in mapping.get("MeasurementUnitsCodeSequence") or ():
            unit = code_of(item).value
    title = str(dataset.get("ContentDescription", "") or quantity or path.name)
    meaning = str(dataset.get("ImageComments", "") or "")
    uid = str(dataset.SOPInstanceUID)
    return MapValues(
        values, grid, title, meaning, quantity, unit, _author(dataset), uid, low, high, spared
    )


def _bounds(dataset: Dataset, mapping: Dataset | None) -> tuple[float, float]:
    if mapping is None:
        return np.nan, np.nan
    names = (
        ("DoubleFloatRealWorldValueFirstValueMapped", "DoubleFloatRealWorldValueLastValueMapped"),
        ("RealWorldValueFirstValueMapped", "RealWorldValueLastValueMapped"),
    )
    for first, last in names:
        if first in mapping and last in mapping:
            slope, intercept = _scale(dataset, 0)
            return (
                float(mapping[first].value) * slope + intercept,
                float(mapping[last].value) * slope + intercept,
            )
    return np.nan, np.nan


def _author(dataset: Dataset) -> Author:
    """Return the model that is named as processing equipment; else who made the object."""
    for item in dataset.get("ContributingEquipmentSequence") or ():
        codes = item.get("PurposeOfReferenceCodeSequence") or ()
        name = str(item.get("ManufacturerModelName", "") or "")
        if name == _LIBRARY or not any(code.get("CodeValue") == _PROCESSING for code in codes):
            continue
        lines = str(item.get("ContributionDescription", "") or "").split("; ")
        return author_of(name, str(item.get("SoftwareVersions", "") or ""), lines)
    name = str(dataset.get("ManufacturerModelName", "") or dataset.get("Manufacturer", "") or "")
    return author_of(name or "unknown", str(dataset.get("SoftwareVersions", "") or ""), ())


def _stored(dataset: Dataset, count: int, rows: int, columns: int) -> NDArray[np.generic]:
    """Return what is stored (frame, row, column)."""
    order = "<" if dataset.original_encoding[1] else ">"
    for keyword, kind in (("FloatPixelData", "f4"), ("DoubleFloatPixelData", "f8")):
        if keyword in dataset:
            flat = np.frombuffer(bytes(dataset[keyword].value), order + kind)
            if flat.size < count * rows * columns:
                raise Unreadable("its pixel data end too early.", code="truncated")
            return np.asarray(flat[: count * rows * columns].reshape(count, rows, columns))
    return np.asarray(dataset.pixel_array).reshape(count, rows, columns)


def _groups(dataset: Dataset, number: int, keyword: str) -> Dataset | None:
    """Return the first item of a functional group, of a frame or of all of them."""
    for holder in (
        dataset.PerFrameFunctionalGroupsSequence[number],
        *(dataset.get("SharedFunctionalGroupsSequence") or ()),
    ):
        items = holder.get(keyword)
        if items:
            found: Dataset = items[0]
            return found
    return None


def _mapping(dataset: Dataset, number: int) -> Dataset | None:
    return _groups(dataset, number, "RealWorldValueMappingSequence")


def _scale(dataset: Dataset, number: int) -> tuple[float, float]:
    mapping = _mapping(dataset, number)
    if mapping is not None and "RealWorldValueLUTData" in mapping:
        raise Unreadable(
            "The values of this map stand in a table, which is not read.", code="value_table"
        )
    if mapping is None or "RealWorldValueSlope" not in mapping:
        return 1.0, 0.0
    return float(mapping.RealWorldValueSlope), float(mapping.get("RealWorldValueIntercept", 0.0))


def _frames(name: str, dataset: Dataset) -> _Frames:
    count = int(dataset.get("NumberOfFrames", 1) or 1)
    if not 0 < count <= _MOST_FRAMES or len(dataset.PerFrameFunctionalGroupsSequence) != count:
        raise Unreadable(
            f"{name}: it describes more or fewer frames than it has.", code="bad_frames"
        )
    rows, columns = int(dataset.Rows), int(dataset.Columns)
    if min(rows, columns) < 1:
        raise Unreadable(f"{name}: its frames have no pixels.", code="bad_frames")
    places, turns = [], []
    for number in range(count):
        place = _groups(dataset, number, "PlanePositionSequence")
        turn = _groups(dataset, number, "PlaneOrientationSequence")
        if place is None or turn is None:
            raise Unreadable(
                f"{name}: its frames have no place in a patient, so they cannot be laid over "
                "images.",
                code="no_geometry",
            )
        places.append([float(x) for x in place.ImagePositionPatient])
        turns.append([float(x) for x in turn.ImageOrientationPatient])
    orientation = np.array(turns)
    right, down = orientation[0, :3], orientation[0, 3:]
    sides = [abs(float(np.linalg.norm(side)) - 1) for side in (right, down)]
    if (
        not np.allclose(orientation, orientation[0], atol=1e-4)
        or not max(sides) < 1e-2
        or abs(float(right @ down)) > 1e-2
    ):
        raise Unreadable(
            f"{name}: the orientation of its frames is impossible.", code="bad_geometry"
        )
    measures = _groups(dataset, 0, "PixelMeasuresSequence")
    spacing = (0.0, 0.0) if measures is None else tuple(float(x) for x in measures.PixelSpacing)
    if len(spacing) != 2 or not 0 < min(spacing) <= max(spacing) < 1e4 or measures is None:
        raise Unreadable(f"{name}: its pixels have no size.", code="bad_geometry")
    between = measures.get("SpacingBetweenSlices") or measures.get("SliceThickness") or 0.0
    return _Frames(
        name, dataset, np.array(places), np.zeros(count, np.int64), right, down,
        (spacing[0], spacing[1]), abs(float(between)), (rows, columns),
    )  # fmt: skip


def check_room(wanted: int) -> None:
    """Refuse a map of so many bytes if there is no memory to work on it.

    Raises:
        Declined: if there is not.
    """
    free = available_bytes()
    if 3 * wanted > free:
        raise Declined(
            f"This map needs {3 * wanted / 1e9:.1f} GB of memory, and only {free / 1e9:.1f} GB is "
            "free.",
            code="too_large",
        )
