"""Slices that form no regular grid, sampled onto one: tilted, uneven, missing, twice the same.

Every value is asked for at its place in the patient. Within a slice the four
nearest pixels are mixed, between slices the two neighbours (linearly). The
grid stands straight on the slices, is as fine as they are, and holds all of
them; where none of them reaches there is no value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.geometry import Array, Geometry, position_of
from viewer.core.plane import Plane
from viewer.core.progress import Progress
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Volume, blanked

_SAME_PLACE_MM = 1e-3
_SNAP = 1e-4
"""Of a pixel, or of the way between two slices: so near is at the place itself."""
_APART = 0.05
"""Pixels by which the corners of two slices may differ and still have one shape."""
_GAP = 1.5
"""Of the step: slices further apart than this miss one between them."""
_MOST_SLICES = 20
"""For each slice that is there; a grid of more would be invented."""
_MOST_AREA = 4.0
"""Of that of a slice: more means that they hardly lie above one another."""


@dataclass(frozen=True, slots=True, eq=False)
class Straightening:
    """A regular grid for the slices of a stack, and what has to be done for it.

    `order` are the numbers of the frames that are used, along their normal, `along_mm` their
    places there and `shift_px` (row, column) how far each starts from the grid's first pixel.
    `repeated` and `damaged` frames are left out; `invented` slices of the grid lie in gaps.
    """

    geometry: Geometry
    order: tuple[int, ...]
    along_mm: Array
    shift_px: Array
    step_mm: float
    repeated: tuple[int, ...] = ()
    damaged: tuple[int, ...] = ()
    invented: tuple[int, ...] = ()

    @property
    def needs_bytes(self) -> int:
        """The memory that it takes: the volume, and a few slices on their way."""
        slices, rows, columns = self.geometry.shape
        return (slices + 16) * rows * columns * 4


def plan_straightening(stack: Stack) -> Straightening:
    """Return the grid on which a stack becomes a volume.

    Raises:
        Declined: if its frames are in colour, have no place, differ in shape or direction, or
            are too few or too uneven.
    """
    planes = _planes(stack)
    normal = np.asarray(planes[0].normal)
    along = np.array([(np.asarray(plane.origin) - planes[0].origin) @ normal for plane in planes])
    damaged = tuple(i for i, frame in enumerate(stack.frames) if frame.damage)
    order, repeated = _in_order(along, damaged)
    if len(order) < 2:
        raise Declined("A volume needs two slices at different places.", code="too_few_slices")
    step, count = _steps(along[order])
    first = planes[order[0]]
    shift = np.array([first.to_pixel(planes[index].origin) for index in order])
    low = np.floor(shift.min(axis=0) + _SNAP).astype(int)
    high = np.ceil(shift.max(axis=0) - _SNAP).astype(int)
    rows, columns = stack.frames[0].pixels.shape[:2]
    height, width = rows + int(high[0] - low[0]), columns + int(high[1] - low[1])
    if height * width > _MOST_AREA * rows * columns:
        raise Declined("The slices hardly lie above one another.", code="too_uneven")
    geometry = Geometry.from_axes(
        (count, height, width),
        position_of(first.to_patient(low)),
        np.array([normal, first.down, first.right]),
        (step, *first.spacing_mm),
        stack.frame_of_reference_uid,
    )
    places = along[order] - along[order[0]]
    return Straightening(
        geometry, tuple(order), places, shift - low, step, repeated, damaged,
        _invented(places, step, count),
    )  # fmt: skip


def straighten(stack: Stack, plan: Straightening, progress: Progress) -> Volume:
    """Sample a stack onto its grid, in real-world values; nothing of it is changed.

    Raises:
        Cancelled: if the work is no longer wanted.
    """
    count = plan.geometry.shape[0]
    voxels = np.full(plan.geometry.shape, np.nan, np.float32)
    moved: dict[int, NDArray[np.float32]] = {}
    for number in range(count):
        progress.report(number / count, f"slice {number + 1} of {count}")
        below, share = _between(plan.along_mm, number * plan.step_mm)
        wanted = {below: 1 - share, below + 1: share} if share else {below: 1.0}
        moved = {place: moved[place] for place in wanted if place in moved}
        for place in wanted:
            if place not in moved:
                frame = stack.frames[plan.order[place]]
                moved[place] = _moved(frame, plan.shift_px[place], plan.geometry.shape[1:])
        if share:
            np.multiply(moved[below], np.float32(1 - share), out=voxels[number])
            voxels[number] += moved[below + 1] * np.float32(share)
        else:
            voxels[number] = moved[below]
    progress.report(1.0)
    return _volume(stack, plan, voxels)


def _volume(stack: Stack, plan: Straightening, voxels: NDArray[np.float32]) -> Volume:
    """Return the volume; where no slice reaches, a value below all others stands for nothing."""
    nothing = _below(voxels)
    for plane in voxels:
        plane[~np.isfinite(plane)] = nothing
    middle = stack.frames[plan.order[len(plan.order) // 2]]
    return Volume(
        voxels=voxels,
        geometry=plan.geometry,
        unit=stack.unit,
        modality=stack.modality,
        series_key=stack.series_key,
        windows=middle.windows or stack.windows,
        inverted=middle.inverted,
        synthetic=stack.synthetic,
        padding=(nothing, nothing),
    )


def _below(voxels: NDArray[np.float32]) -> float:
    lows = [float(np.nanmin(plane)) for plane in voxels if np.isfinite(plane).any()]
    lowest = min(lows, default=0.0)
    return float(np.float32(np.floor(lowest) - max(1.0, abs(lowest) * 1e-6)))


def _planes(stack: Stack) -> list[Plane]:
    """Return the planes of all frames, which are alike but for their place.

    Raises:
        Declined: if they are not.
    """
    planes = [frame.plane for frame in stack.frames if frame.plane is not None]
    if len(planes) < len(stack.frames):
        raise Declined("The slices do not say where they lie.", code="no_place")
    if any(frame.pixels.ndim != 2 for frame in stack.frames):
        raise Declined("Slices in colour are not mixed with one another.", code="colour")
    if len({frame.pixels.shape for frame in stack.frames}) > 1:
        raise Declined("The slices differ in size.", code="mixed_size")
    rows, columns = stack.frames[0].pixels.shape
    corners = np.array([(0, columns - 1), (rows - 1, 0), (rows - 1, columns - 1)], dtype=float)
    first = planes[0]
    inner = first.to_patient(corners) - np.asarray(first.origin)
    slack = _APART * min(first.spacing_mm)
    for plane in planes[1:]:
        apart = plane.to_patient(corners) - np.asarray(plane.origin) - inner
        if np.linalg.norm(apart, axis=1).max() > slack:
            raise Declined("The slices are turned or scaled differently.", code="mixed_orientation")
    return planes


def _in_order(along: Array, damaged: Sequence[int]) -> tuple[list[int], tuple[int, ...]]:
    """Return the frames along their normal, and those at a place that is taken already."""
    order: list[int] = []
    repeated: list[int] = []
    for index in sorted(range(len(along)), key=lambda one: (along[one], one)):
        if index in damaged:
            continue
        if order and along[index] - along[order[-1]] <= _SAME_PLACE_MM:
            repeated.append(index)
        else:
            order.append(index)
    return order, tuple(sorted(repeated))


def _steps(along: Array) -> tuple[float, int]:
    """Return the step of a grid as fine as the nearer slices, and how many slices it has.

    Raises:
        Declined: if it had far more slices than there are.
    """
    length = float(along[-1] - along[0])
    usual = float(np.quantile(np.diff(along), 0.25, method="lower"))
    count = max(round(length / usual), 1) + 1
    if count > _MOST_SLICES * len(along):
        raise Declined("The slices are too unevenly spaced.", code="too_uneven")
    return length / (count - 1), count


def _invented(along: Array, step: float, count: int) -> tuple[int, ...]:
    """Return the slices of the grid that lie in a gap, away from any slice that is there."""
    found = []
    for number in range(count):
        below, share = _between(along, number * step)
        if share and float(along[below + 1] - along[below]) > _GAP * step:
            found.append(number)
    return tuple(found)


def _between(along: Array, place: float) -> tuple[int, float]:
    """Return the slice below a place, and how far it lies on the way to the next."""
    below = int(np.clip(np.searchsorted(along, place, side="right") - 1, 0, len(along) - 2))
    share = float((place - along[below]) / (along[below + 1] - along[below]))
    if share >= 1 - _SNAP:
        return below + 1, 0.0
    return below, share if share > _SNAP else 0.0


def _moved(frame: Frame, shift: Array, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Return the values of a frame, moved by fractions of pixels; NaN where there are none."""
    values = blanked(frame.pixels, frame.padding)
    values = values * np.float32(frame.slope) + np.float32(frame.intercept)
    for axis in (0, 1):
        values = _along_axis(values, float(shift[axis]), shape[axis], axis)
    return values


def _along_axis(
    values: NDArray[np.float32], shift: float, size: int, axis: int
) -> NDArray[np.float32]:
    whole = int(np.floor(shift + _SNAP))
    part = np.float32(max(shift - whole, 0.0))
    near = _placed(values, whole, size, axis)
    if part <= _SNAP:
        return near
    return near * (1 - part) + _placed(values, whole + 1, size, axis) * part


def _placed(values: NDArray[np.float32], start: int, size: int, axis: int) -> NDArray[np.float32]:
    shape = list(values.shape)
    shape[axis] = size
    result = np.full(shape, np.nan, np.float32)
    end = min(start + values.shape[axis], size)
    if axis == 0:
        result[start:end] = values[: end - start]
    else:
        result[:, start:end] = values[:, : end - start]
    return result
