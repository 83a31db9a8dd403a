"""What lies below a measurement: values in its own coordinates, and what lengths are in there."""

from __future__ import annotations

import numpy as np

from viewer.core import code
from viewer.core.geometry import Geometry
from viewer.core.measurement import Anchor, Measurement
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Volume
from viewer.imaging.measuring import IN_PATIENT, Ruler
from viewer.session.images import OpenImage


def frame_geometry(frame: Frame, frame_of_reference_uid: str) -> Geometry:
    """Return the grid of one frame, one slice of 1 mm thick, its pixels in their true shape."""
    shape = (1, int(frame.pixels.shape[0]), int(frame.pixels.shape[1]))
    plane = frame.plane
    if plane is None:
        return Geometry.from_axes(shape, (0, 0, 0), np.eye(3)[::-1], (1.0, *frame.scale.size))
    directions = (plane.normal, plane.down, plane.right)
    spacing_mm = (1.0, *plane.spacing_mm)
    return Geometry.from_axes(shape, plane.origin, directions, spacing_mm, frame_of_reference_uid)


def frame_at(stack: Stack, anchor: Anchor) -> int | None:
    """Return the number of the picture in a stack that a figure was drawn on, if it is there."""
    if not anchor.sop_instance_uid:
        return anchor.frame if 0 <= anchor.frame < len(stack.frames) else None
    wanted = (anchor.sop_instance_uid, anchor.frame)
    for number, frame in enumerate(stack.frames):
        if (frame.origin.sop_instance_uid, frame.origin.frame) == wanted:
            return number
    return None


def ground_of(opened: OpenImage, measurement: Measurement) -> tuple[Volume | None, Ruler]:
    """Return the values below a figure, in its own coordinates, and what its lengths are in.

    There are no values where the picture is in colour or no longer there.
    """
    image = opened.image
    if isinstance(image, Volume):
        return image, IN_PATIENT
    number = frame_at(image, measurement.anchor)
    if number is None:
        return None, Ruler(unit=code.PIXEL) if not measurement.anchor.in_patient else IN_PATIENT
    frame = image.frames[number]
    ruler = IN_PATIENT if measurement.anchor.in_patient else _ruler(frame, measurement)
    return _flat_volume(image, frame, measurement.anchor), ruler


def _flat_volume(stack: Stack, frame: Frame, anchor: Anchor) -> Volume | None:
    """Return one picture as a grid in which (column, row, 0) or LPS mm are its places."""
    if frame.pixels.ndim != 2:
        return None
    shape = (1, int(frame.pixels.shape[0]), int(frame.pixels.shape[1]))
    if anchor.in_patient:
        geometry = frame_geometry(frame, anchor.frame_of_reference_uid)
    else:
        geometry = Geometry.from_axes(shape, (0, 0, 0), np.eye(3)[::-1], (1, 1, 1))
    return Volume(
        frame.pixels[np.newaxis],
        geometry,
        stack.unit,
        stack.modality,
        stack.series_key,
        frame.slope,
        frame.intercept,
        padding=frame.padding,
    )


def _ruler(frame: Frame, measurement: Measurement) -> Ruler:
    pixels = [(point[1], point[0]) for point in measurement.points]
    scale = frame.scale.between(*pixels)
    if not scale.known:
        rows, columns = scale.size
        flat = abs(rows - columns) < 1e-6 * rows
        return Ruler(
            unit=code.PIXEL, remark="" if flat else "pixels are not square, lengths depend on turn"
        )
    spacing = scale.spacing_mm or (1.0, 1.0)
    return Ruler((spacing[1], spacing[0], 1.0), remark=scale.qualification.strip(" ,"))
