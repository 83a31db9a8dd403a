"""Volumes that come in one file without DICOM: NIfTI, ANALYZE, NRRD, MetaImage.

They know nothing of a patient, so each file is a study of its own in a space of
its own. UIDs are made from the content: the same file has the same ones everywhere.
A file of several volumes is one series of kind 4D with a part for each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from viewer.core.geometry import Geometry, position_of
from viewer.core.plane import Plane
from viewer.core.study import Instance, Notice, Patient, Series, SeriesKind, Study
from viewer.io.grids import Grid

_ENDINGS = {
    ".nii": "NIfTI",
    ".nii.gz": "NIfTI",
    ".hdr": "NIfTI",
    ".nrrd": "NRRD",
    ".nhdr": "NRRD",
    ".mha": "MetaImage",
    ".mhd": "MetaImage",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One file that is not DICOM as a study, and the further files that belong to it."""

    study: Study
    sources: tuple[Path, ...] = ()


def format_of(path: Path) -> str | None:
    """Return the format that a file's name promises, or None for what may be DICOM."""
    name = path.name.lower()
    return next((kind for ending, kind in _ENDINGS.items() if name.endswith(ending)), None)


def study_of(path: Path, kind: str) -> Listed:
    """List the volume or volumes of a file as a study.

    Raises:
        Unreadable: if it is not what its name says.
        OSError: if it cannot be read.
    """
    found = grid_in(path, kind)
    uid = content_uid((path, *found.sources))
    series = _series(path, kind, found, uid)
    study = Study(uid=f"{uid}.1", patient=Patient(), series=(series,), description=path.name)
    return Listed(study, found.sources)


def grid_in(path: Path, kind: str) -> Grid:
    """Read the head of a file; each reader is imported when it is first needed.

    Raises:
        Unreadable: if it is not what its name says.
        OSError: if it cannot be read.
    """
    match kind:
        case "NIfTI":
            from viewer.io.nifti import read_grid
        case "NRRD":
            from viewer.io.nrrd import read_grid
        case _:
            from viewer.io.metaimage import read_grid
    return read_grid(path)


def content_uid(paths: Sequence[Path]) -> str:
    """Return a UID made from the content of files (PS3.5 B.2)."""
    digest = hashlib.sha256()
    for source in paths:
        with source.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return f"2.25.{int.from_bytes(digest.digest()[:12], 'big')}"


def _series(path: Path, kind: str, found: Grid, uid: str) -> Series:
    slices, rows, columns = found.geometry.shape
    planes = [_plane(found.geometry, index) for index in range(slices)]
    moments = found.moments
    parts = tuple(_instances(path, planes, number * slices) for number in range(moments.count))
    notices = found.notices
    if found.colour:
        notices += (Notice("colour", "The slices are in colour."),)
    first = Series(
        key=uid,
        uid=uid,
        study_uid=f"{uid}.1",
        modality="OT",
        kind=SeriesKind.STACK if found.colour else SeriesKind.VOLUME,
        instances=parts[0],
        description=path.name,
        rows=rows,
        columns=columns,
        frame_of_reference_uid=f"{uid}.2",
        format=kind,
        notices=notices,
    )
    if moments.count == 1:
        return first
    return replace(
        first,
        kind=SeriesKind.FOUR_D,
        instances=tuple(instance for part in parts for instance in part),
        parts=tuple(
            replace(first, key=f"{uid}#{number}", instances=part, split=label)
            for number, (part, label) in enumerate(zip(parts, moments.labels, strict=True), start=1)
        ),
        split_by=moments.named,
    )


def _instances(path: Path, planes: Sequence[Plane | None], start: int) -> tuple[Instance, ...]:
    return tuple(
        Instance(path, "", "", "", index + 1, start + index, plane)
        for index, plane in enumerate(planes)
    )


def _plane(geometry: Geometry, index: int) -> Plane | None:
    _, down, right = geometry.directions
    _, row, column = geometry.spacing_mm
    try:
        origin = position_of(geometry.to_patient((index, 0, 0)))
        return Plane(origin, position_of(right), position_of(down), (row, column))
    except ValueError:
        return None
