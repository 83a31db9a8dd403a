"""Where the frames of an object lie in the patient, said from nothing but their grid."""

from __future__ import annotations

import highdicom as hd
import numpy as np
from pydicom.dataset import Dataset

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry

Planes = tuple[
    list[hd.PlanePositionSequence], hd.PlaneOrientationSequence, hd.PixelMeasuresSequence
]


def planes_of(grid: Geometry, first: int, last: int) -> Planes:
    """Return where the slices from `first` to the one before `last` lie, and how.

    Raises:
        Declined: if rows and columns are not at right angles.
    """
    step, down, right = grid.directions
    if abs(float(down @ right)) > 1e-4:
        raise Declined(
            "The rows and columns of this grid are not at right angles; DICOM has no such images.",
            code="not_sayable",
        )
    indices = np.zeros((last - first, 3))
    indices[:, 0] = np.arange(first, last)
    positions = [hd.PlanePositionSequence("PATIENT", place) for place in grid.to_patient(indices)]
    orientation = hd.PlaneOrientationSequence("PATIENT", [*right, *down])
    between = grid.spacing_mm[0] * abs(float(step @ np.cross(right, down)))
    measures = hd.PixelMeasuresSequence(
        pixel_spacing=grid.spacing_mm[1:],
        slice_thickness=between,
        spacing_between_slices=between,
    )
    return positions, orientation, measures


def place_frames(dataset: Dataset, grid: Geometry, first: int, last: int) -> None:
    """Say once more where every frame lies: highdicom copies what images say of themselves."""
    places, orientation, measures = planes_of(grid, first, last)
    shared = dataset.SharedFunctionalGroupsSequence[0]
    shared.PlaneOrientationSequence = orientation
    shared.PixelMeasuresSequence = measures
    if "PlanePositionSequence" in shared:
        shared.PlanePositionSequence = places[0]
    for frame in dataset.PerFrameFunctionalGroupsSequence:
        if "PlanePositionSequence" in frame:
            position = [float(x) for x in frame.PlanePositionSequence[0].ImagePositionPatient]
            number = round(float(grid.to_index(position)[0])) - first
            frame.PlanePositionSequence = places[number]
