"""Volumes for programs of others and label maps from them, as NIfTI.

What reads and writes is imported where it is used: the window names these functions at its start.
"""

from __future__ import annotations

from pathlib import Path

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume


def write_for_program(path: Path, volume: Volume) -> None:
    """Write a volume with its real-world values and its place; nothing of the patient's data."""
    from viewer.io.volume_files import write_nifti_volume

    write_nifti_volume(path, volume)


def read_from_program(path: Path, geometry: Geometry, key: str) -> tuple[Segmentation, ...]:
    """Read a label map that must lie on the voxels of a geometry, on all of them.

    Raises:
        Unreadable: if it is damaged, or no label map.
        Declined: if it lies on other voxels.
    """
    from viewer.io.nifti import read_grid
    from viewer.io.segment_files import read_segments

    if sorted(read_grid(path).geometry.shape) != sorted(geometry.shape):
        raise Declined(f"{path.name} has another size than the image.", code="other_grid")
    return read_segments(path, geometry, series_key=key).segmentations
