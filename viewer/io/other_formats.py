"""Volumes that come in one file without DICOM: NIfTI, NRRD, MetaImage.

They know nothing of a patient, so each file is a study of its own in a space of
its own. UIDs are made from the content: the same file has the same ones everywhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry, position_of
from viewer.core.plane import Plane
from viewer.core.study import Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.io.decode import Decoder
from viewer.io.filling import Filling
from viewer.io.grids import Grid

_ENDINGS = {
    ".nii": "NIfTI",
    ".nii.gz": "NIfTI",
    ".nrrd": "NRRD",
    ".nhdr": "NRRD",
    ".mha": "MetaImage",
    ".mhd": "MetaImage",
}


def format_of(path: Path) -> str | None:
    """Return the format that a file's name promises, or None for what may be DICOM."""
    name = path.name.lower()
    return next((kind for ending, kind in _ENDINGS.items() if name.endswith(ending)), None)


def study_of(path: Path, kind: str) -> Study:
    """List the one volume of a file as a study.

    Raises:
        Unreadable: if it is not what its name says.
        OSError: if it cannot be read.
    """
    found = _grid(path, kind)
    uid = _uid(path, found.sources)
    series = _series(path, kind, found, uid)
    return Study(uid=f"{uid}.1", patient=Patient(), series=(series,), description=path.name)


def _grid(path: Path, kind: str) -> Grid:
    """Read the head of a file; each reader is imported when it is first needed."""
    match kind:
        case "NIfTI":
            from viewer.io.nifti import read_grid
        case "NRRD":
            from viewer.io.nrrd import read_grid
        case _:
            from viewer.io.metaimage import read_grid
    return read_grid(path)


def _uid(path: Path, sources: tuple[Path, ...]) -> str:
    """Return a UID made from the content (PS3.5 B.2)."""
    digest = hashlib.sha256()
    for source in (path, *sources):
        with source.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return f"2.25.{int.from_bytes(digest.digest()[:12], 'big')}"


def _series(path: Path, kind: str, found: Grid, uid: str) -> Series:
    slices, rows, columns = found.geometry.shape
    planes = [_plane(found.geometry, index) for index in range(slices)]
    return Series(
        key=uid,
        uid=uid,
        study_uid=f"{uid}.1",
        modality="OT",
        kind=SeriesKind.VOLUME,
        instances=tuple(
            Instance(path, "", "", "", index + 1, index, plane)
            for index, plane in enumerate(planes)
        ),
        description=path.name,
        rows=rows,
        columns=columns,
        frame_of_reference_uid=f"{uid}.2",
        format=kind,
        notices=found.notices,
    )


def _plane(geometry: Geometry, index: int) -> Plane | None:
    _, down, right = geometry.directions
    _, row, column = geometry.spacing_mm
    try:
        origin = position_of(geometry.to_patient((index, 0, 0)))
        return Plane(origin, position_of(right), position_of(down), (row, column))
    except ValueError:
        return None


@dataclass(slots=True)
class _ReadSlot:
    """The place of a slice that came with its whole file."""

    name: str
    pixels: NDArray[np.generic] = field(repr=False)

    def read(self, decoder: Decoder) -> None:
        """It is there already."""

    def fill(self, lowest: float) -> None:
        """There are no gaps in such a file."""


def load_other(series: Series) -> Filling:
    """Read a whole file that is not DICOM.

    Raises:
        Unreadable: if it is damaged or not the file that was listed.
    """
    path = series.instances[0].path
    try:
        found = _grid(path, series.format)
        voxels = found.read()
    except OSError as error:
        raise Unreadable(
            f"{path.name} cannot be read ({error.strerror})", code="unreadable"
        ) from error
    except MemoryError as error:
        raise Declined(f"{path.name} does not fit into memory", code="too_large") from error
    volume = Volume(
        voxels=voxels,
        geometry=replace(found.geometry, frame_of_reference_uid=series.frame_of_reference_uid),
        unit="1",
        modality=series.modality,
        series_key=series.key,
        slope=found.slope,
        intercept=found.intercept,
        provenance=(f"read from {path.name}",),
        synthetic=series.synthetic,
    )
    slots = [_ReadSlot(f"Slice {index + 1}", voxels[index]) for index in range(len(voxels))]
    return Filling(series, slots, (), voxels, series.notices, compressed=False, whole=volume)
