"""Segments to and from files for work without a window: written, read back, compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from viewer.cohort.segment_forms import SegmentForm
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.segmentation import Segmentation
from viewer.core.study import Series, Study
from viewer.core.volume import Volume
from viewer.imaging.segment.parts import Labels, masked
from viewer.io.compare import Different, compare_nifti, compare_segmentation
from viewer.io.nifti_write import read_labels, write_nifti
from viewer.io.nrrd import read_grid
from viewer.io.seg import write_segmentation
from viewer.io.seg_nrrd import write_nrrd_segments
from viewer.io.stored_numbers import source_of
from viewer.io.structures import on_grid, read_structures
from viewer.io.structures_write import write_structures
from viewer.io.volume_files import write_nifti_volume


def write(path: Path, form: SegmentForm, made: Segmentation, study: Study, series: Series) -> None:
    """Write segments and read them back.

    Raises:
        Declined: if the images cannot be referred to, or the segments come back other than meant.
    """
    try:
        match form:
            case SegmentForm.SEG:
                write_segmentation(path, made, series)
                compare_segmentation(path, made, study, series)
            case SegmentForm.NIFTI:
                write_nifti(path, made)
                compare_nifti(path, made)
            case SegmentForm.NRRD:
                write_nrrd_segments(path, [made], Silent(), in_patient=series.in_patient)
                _compare_nrrd(path, made)
            case SegmentForm.RTSTRUCT:
                write_structures(path, made, series)
                _compare_structures(path, made)
    except (Different, Unreadable) as error:
        said = str(error).rstrip(".")
        raise Declined(
            f"The segments were not saved: they did not come back as they were meant ({said}).",
            code="not_as_meant",
        ) from error


def _compare_nrrd(path: Path, made: Segmentation) -> None:
    grid = read_grid(path)
    if grid.geometry.shape != made.geometry.shape or grid.numbers.packed_from is None:
        raise Different("the grid differs")
    back = np.empty(grid.geometry.shape, grid.numbers.dtype)
    source = source_of(path, grid.numbers.packed_from)
    source.read(grid.numbers.offset, back.reshape(-1).view(np.uint8).data)
    if (back != made.labels).any():
        raise Different("the labels differ")


def _compare_structures(path: Path, made: Segmentation) -> None:
    """Compare voxels; structures are numbered anew from 1."""
    layers, _ = on_grid(read_structures(path), made.geometry, made.series_key)
    table = np.zeros(int(made.labels.max()) + 1, np.uint16)
    for number, segment in enumerate(made.segments, start=1):
        table[segment.label] = number
    if len(layers) != 1 or (layers[0].labels != table[made.labels]).any():
        raise Different("the contours hold other voxels")


def marks_from(path: Path, geometry: Geometry) -> Labels:
    """Return the marks of a NIfTI label map that lies on the grid of an image.

    Raises:
        Unreadable: if it is no label map.
        Declined: if it lies on another grid.
    """
    if not path.is_file():
        raise Unreadable(f"There is no file {path.name} with marks.", code="bad_marks")
    try:
        found, grid = read_labels(path)
        labels = np.asarray(found)
    except Exception as error:  # whatever a damaged file makes its reader raise
        raise Unreadable(
            f"{path.name} cannot be read as a NIfTI label map.", code="bad_marks"
        ) from error
    if grid.shape != geometry.shape or not np.allclose(grid.affine, geometry.affine, atol=1e-2):
        raise Declined(f"{path.name} does not lie on the voxels of the image.", code="other_grid")
    whole = np.nan_to_num(np.asarray(labels, np.float64))
    if (whole != np.rint(whole)).any() or whole.min() < 0 or whole.max() > 65535:
        raise Unreadable(f"{path.name} holds other values than labels.", code="bad_marks")
    return whole.astype(np.uint16)


def as_volume(
    path: Path, volume: Volume, made: Segmentation, outside: float, series: Series
) -> None:
    """Write the volume with everything outside all segments set to a value, as NIfTI."""
    values = masked(volume.values(), made.labels > 0, outside)
    line = f"Derived: values outside {len(made.segments)} segments set to {outside:g}."
    kept = replace(
        volume,
        voxels=values,
        slope=1.0,
        intercept=0.0,
        padding=None,
        provenance=(*volume.provenance, line),
    )
    write_nifti_volume(path, kept, in_patient=series.in_patient)
