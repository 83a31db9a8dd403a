"""The values of a fractional DICOM SEG, a map for each segment: probabilities, or filled parts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from viewer.core.errors import Unreadable
from viewer.core.geometry import Geometry
from viewer.io.authorship import segment_author
from viewer.io.parametric_read import MapValues, check_room
from viewer.io.seg_frames import open_seg
from viewer.io.seg_grid import own_grid, places_on
from viewer.io.seg_kinds import SegKind
from viewer.io.seg_pixels import Bits

_MEANINGS = {
    "PROBABILITY": "How likely each voxel belongs to the segment, as its author says it.",
    "OCCUPANCY": "Which part of each voxel is filled by the segment.",
}


def fraction_maps(path: Path, geometry: Geometry) -> Iterator[MapValues]:
    """Go through the segments of a fractional SEG as values 0 to 1, one in memory at a time.

    Raises:
        Unreadable: if it is damaged, or not fractional.
        Declined: if there is no room for one.
    """
    file = open_seg(path)
    if file.kind is not SegKind.FRACTIONAL:
        raise Unreadable(
            f"{path.name} holds outlines and no values: open it as segments.", code="no_map"
        )
    grid, places = geometry, places_on(file, geometry)
    if places is None:
        grid = own_grid(file)
        places = places_on(file, grid)
    if places is None:
        raise Unreadable(f"{path.name}: its frames are unevenly spaced.", code="uneven")
    space = str(file.dataset.get("FrameOfReferenceUID", "") or "")
    grid = replace(grid, frame_of_reference_uid=space)
    kind = str(file.dataset.get("SegmentationFractionalType", "") or "")
    creator = str(file.dataset.get("ContentCreatorName", "") or "")
    rows, columns = file.shape
    check_room(4 * math.prod(grid.shape))
    with file.pixels.reading() as frames:
        for number, item in file.segments.items():
            values = np.zeros(grid.shape, np.float32)
            for frame, content in frames.frames(file.frames_of(number)):
                if isinstance(content, Bits):
                    raise Unreadable(f"{path.name} is damaged: its fractions are bits.")
                s, r, c = places[frame]
                values[s, r : r + rows, c : c + columns] = content / np.float32(file.full)
            name = str(item.get("SegmentLabel", "") or f"Segment {number}")
            yield MapValues(
                values, grid, f"{name}: {kind.lower() or 'fraction'}",
                _MEANINGS.get(kind, "Fractions as the file has them."), kind.lower(), "1",
                segment_author(item, creator), f"{file.dataset.SOPInstanceUID}.{number}", 0.0, 1.0,
            )  # fmt: skip
