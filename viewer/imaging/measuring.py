"""The numbers of a measurement: from its points alone, and from the values below it.

Flat regions are measured on voxels whose centres lie inside, in the one slice they were
drawn on, where their plane lies along the grid; in an oblique plane the values are
interpolated on a raster as fine as the smallest voxel. Solid regions are measured on all
voxels whose centres lie inside. Areas, perimeters and volumes are those of the figure itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from viewer.core import code
from viewer.core.code import Code
from viewer.core.geometry import Array, Geometry, Position, position_of
from viewer.core.measurement import Measurement, MeasurementKind, Quantity
from viewer.core.plane import Plane
from viewer.core.volume import Volume, padded
from viewer.imaging import figures
from viewer.imaging.curved import smoothed
from viewer.imaging.reslice import reslice

_ALONG = 0.9999
"""Cosine above which a plane lies along the grid (0.8 degrees)."""
_MOST_RASTER = 4096


@dataclass(frozen=True, slots=True)
class Ruler:
    """How points become lengths: `scale` (x, y, z) per unit of a point, in `unit`.

    For positions in the patient that is 1 and mm. For (column, row, 0) of a picture it is the
    size of its pixels, or 1 and pixels where that is unknown.
    """

    scale: Position = (1.0, 1.0, 1.0)
    unit: Code = code.MILLIMETRE
    remark: str = ""

    @property
    def square(self) -> Code:
        """The unit of areas."""
        return code.SQUARE_MILLIMETRE if self.unit == code.MILLIMETRE else code.SQUARE_PIXEL


IN_PATIENT = Ruler()
IN_PIXELS = Ruler(unit=code.PIXEL)


def sizes(kind: MeasurementKind, points: Array, ruler: Ruler = IN_PATIENT) -> tuple[Quantity, ...]:
    """Return the lengths, angles, areas and volumes of a figure by its points (n, 3)."""
    scaled = np.asarray(points, dtype=float) * np.asarray(ruler.scale)

    def long(name: Code, value: float) -> Quantity:
        return Quantity(name, value, ruler.unit, ruler.remark)

    match kind:
        case MeasurementKind.LENGTH | MeasurementKind.CALIBRATION:
            return (long(code.LENGTH, figures.length(scaled)),)
        case MeasurementKind.POLYLINE:
            return (long(code.PATH_LENGTH, figures.length(scaled)),)
        case MeasurementKind.ANGLE:
            return (Quantity(code.ANGLE, figures.angle(scaled), code.DEGREE),)
        case MeasurementKind.COBB:
            return (Quantity(code.COBB_ANGLE, figures.cobb_angle(scaled), code.DEGREE),)
        case MeasurementKind.BIDIRECTIONAL:
            first, second = figures.length(scaled[:2]), figures.length(scaled[2:])
            return (
                long(code.LONG_AXIS, max(first, second)),
                long(code.SHORT_AXIS, min(first, second)),
            )
        case MeasurementKind.SPHERE:
            radius = figures.length(scaled)
            volume = 4 / 3 * np.pi * radius**3
            return (
                long(code.RADIUS, radius),
                Quantity(code.VOLUME, float(volume), code.CUBIC_MILLIMETRE, ruler.remark),
            )
        case MeasurementKind.BOX:
            volume = figures.box_volume(scaled)
            return (Quantity(code.VOLUME, volume, code.CUBIC_MILLIMETRE, ruler.remark),)
    return _flat_sizes(kind, scaled, ruler) if kind.closed else ()


def _flat_sizes(kind: MeasurementKind, scaled: Array, ruler: Ruler) -> tuple[Quantity, ...]:
    if kind is MeasurementKind.ELLIPSE:
        area, around = figures.ellipse_area(scaled), figures.ellipse_perimeter(scaled)
    else:
        line = figures.outline(kind, scaled)
        area, around = figures.area(line), figures.length(line, closed=True)
    return (
        Quantity(code.AREA, area, ruler.square, ruler.remark),
        Quantity(code.PERIMETER, around, ruler.unit, ruler.remark),
    )


def measured(
    measurement: Measurement, volume: Volume | None, ruler: Ruler = IN_PATIENT
) -> Measurement:
    """Return a measurement with all its numbers, sizes first.

    `volume` is the image below it, its geometry in the same coordinates as the points.
    """
    points = np.asarray(measurement.points, dtype=float)
    true = measurement.quantity(code.TRUE_LENGTH)
    if true is not None:
        return replace(measurement, quantities=(true,))
    numbers = sizes(measurement.kind, smoothed(measurement, points), ruler)
    if volume is not None:
        numbers += _values(measurement, points, volume)
    return replace(measurement, quantities=numbers)


def _values(measurement: Measurement, points: Array, volume: Volume) -> tuple[Quantity, ...]:
    kind = measurement.kind
    unit = Code(volume.unit, "UCUM", volume.unit)
    if kind is MeasurementKind.PROBE:
        value = volume.value_at(position_of(points[0]))
        known = value is not None and np.isfinite(value)
        return (Quantity(code.VALUE, float(value or 0.0), unit),) if known else ()
    if not (kind.closed or kind.solid):
        return ()
    return statistics(values_inside(measurement, volume), unit)


def statistics(values: NDArray[np.float64], unit: Code) -> tuple[Quantity, ...]:
    """Return mean, standard deviation (n - 1), extremes, median and percentiles of values."""
    if values.size == 0:
        return ()
    spread = float(values.std(ddof=1)) if values.size > 1 else 0.0
    low, median, high = np.percentile(values, (5, 50, 95))
    found = (
        (code.MEAN, float(values.mean())),
        (code.STANDARD_DEVIATION, spread),
        (code.MINIMUM, float(values.min())),
        (code.MAXIMUM, float(values.max())),
        (code.MEDIAN, float(median)),
        (code.PERCENTILE_5, float(low)),
        (code.PERCENTILE_95, float(high)),
    )
    counted = Quantity(code.PIXELS_INSIDE, float(values.size), code.NO_UNIT)
    return (*(Quantity(name, value, unit) for name, value in found), counted)


def values_inside(measurement: Measurement, volume: Volume) -> NDArray[np.float64]:
    """Return the real-world values in a closed or solid figure; of none that is no number."""
    points = np.asarray(measurement.points, dtype=float)
    match measurement.kind:
        case MeasurementKind.SPHERE:
            values = _in_sphere(points, volume)
        case MeasurementKind.BOX:
            values = _in_box(points, volume)
        case kind:
            line = figures.outline(kind, points)
            values = _in_plane(line, measurement.anchor.normal, volume)
    known = values.astype(np.float64)
    nothing = padded(values, volume.padding)
    if nothing is not None:
        known[nothing] = np.nan
    return np.asarray(known[np.isfinite(known)] * volume.slope + volume.intercept)


def _in_plane(line: Array, normal: Position | None, volume: Volume) -> NDArray[np.generic]:
    """Return the stored values inside a closed flat line (n, 3)."""
    upright = np.asarray(normal) if normal is not None else _normal_of(line)
    axis = _grid_axis(volume.geometry, upright)
    return _in_slice(line, axis, volume) if axis is not None else _across(line, upright, volume)


def _normal_of(line: Array) -> Array:
    around = line - line.mean(axis=0)
    normal = np.cross(around, np.roll(around, -1, axis=0)).sum(axis=0)
    size = np.linalg.norm(normal)
    return np.asarray(normal / size if size > 0 else (0.0, 0.0, 1.0))


def _grid_axis(geometry: Geometry, normal: Array) -> int | None:
    """Return the axis on which the sheets of a grid that are parallel to a plane are stacked."""
    for axis in range(3):
        one, other = (geometry.directions[k] for k in range(3) if k != axis)
        sheet = np.cross(one, other)
        if abs(float(sheet @ normal)) / float(np.linalg.norm(sheet)) > _ALONG:
            return axis
    return None


def _in_slice(line: Array, axis: int, volume: Volume) -> NDArray[np.generic]:
    """Return the voxels of one sheet of the grid whose centres are inside a line."""
    index = volume.geometry.to_index(line)
    number = round(float(index[:, axis].mean()))
    if not 0 <= number < volume.geometry.shape[axis]:
        return np.empty(0)
    sheet = np.asarray(np.moveaxis(volume.voxels, axis, 0)[number])
    flat = np.delete(index, axis, axis=1)
    inside, (first, second) = inside_line(flat, (sheet.shape[0], sheet.shape[1]))
    part = sheet[first : first + inside.shape[0], second : second + inside.shape[1]]
    return np.asarray(part[inside])


def inside_line(line: Array, shape: tuple[int, int]) -> tuple[NDArray[np.bool_], tuple[int, int]]:
    """Return which pixel centres are inside a closed line (n, 2) of (row, column), even-odd.

    The mask covers only the box round the line, which begins at the returned (row, column).
    A line so small that it holds no centre takes the pixel in its middle.
    """
    low = np.clip(np.floor(line.min(axis=0)).astype(int), 0, np.asarray(shape))
    high = np.clip(np.ceil(line.max(axis=0)).astype(int) + 1, 0, np.asarray(shape))
    size = np.maximum(high - low, 0)
    start = (int(low[0]), int(low[1]))
    if size.min() == 0:
        return np.zeros((0, 0), np.bool_), start
    inside = _filled(line - low, (int(size[0]), int(size[1])))
    if not inside.any():
        row, column = np.rint(line.mean(axis=0)).astype(int) - low
        if 0 <= row < size[0] and 0 <= column < size[1]:
            inside[row, column] = True
    return inside, start


def _filled(line: Array, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Return which whole (row, column) places are inside a closed line, row by row."""
    rows = np.arange(shape[0])[:, None]
    starts, ends = line, np.roll(line, -1, axis=0)
    row, edge = np.nonzero((starts[:, 0] <= rows) != (ends[:, 0] <= rows))
    one, other = starts[edge], ends[edge]
    part = (row - one[:, 0]) / (other[:, 0] - one[:, 0])
    column = np.ceil(one[:, 1] + part * (other[:, 1] - one[:, 1]))
    column = np.clip(column, 0, shape[1]).astype(int)
    turns = np.bincount(row * (shape[1] + 1) + column, minlength=shape[0] * (shape[1] + 1))
    sides = np.cumsum(turns.reshape(shape[0], shape[1] + 1), axis=1) % 2
    return np.asarray(sides[:, :-1] == 1)


def _across(line: Array, normal: Array, volume: Volume) -> NDArray[np.generic]:
    """Return interpolated values inside a line in a plane that lies along no axis."""
    right = np.eye(3)[int(np.argmin(np.abs(normal)))]
    right = right - (right @ normal) * normal
    right /= float(np.linalg.norm(right))
    down = np.cross(normal, right)
    flat = np.stack([(line - line[0]) @ down, (line - line[0]) @ right], axis=1)
    reach = float(np.ptp(flat, axis=0).max())
    step = max(min(volume.geometry.spacing_mm), reach / _MOST_RASTER, 1e-6)
    low = flat.min(axis=0)
    corner = line[0] + low[0] * down + low[1] * right
    size = np.floor(np.ptp(flat, axis=0) / step).astype(int) + 2
    shape = (int(size[0]), int(size[1]))
    plane = Plane(position_of(corner), position_of(right), position_of(down), (step, step))
    picture = reslice(volume.voxels, volume.geometry, plane, shape, padding=volume.padding)
    inside, (row, column) = inside_line((flat - low) / step, shape)
    part = picture[row : row + inside.shape[0], column : column + inside.shape[1]]
    return np.asarray(part[inside])


def _in_sphere(points: Array, volume: Volume) -> NDArray[np.generic]:
    centre, radius = points[0], float(np.linalg.norm(points[1] - points[0]))
    reach = radius * np.concatenate([np.eye(3), -np.eye(3)])
    corners = _corners(np.stack([centre + reach.min(axis=0), centre + reach.max(axis=0)]))
    return _joined(
        part[((places - centre) ** 2).sum(axis=-1) <= radius**2]
        for part, places in _around(corners, volume)
    )


def _in_box(points: Array, volume: Volume) -> NDArray[np.generic]:
    edges = figures.box_edges(points)
    if abs(float(np.linalg.det(edges))) < 1e-9:
        return np.empty(0)
    choices = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1]), axis=-1).reshape(-1, 3)
    back = np.linalg.inv(edges)

    def inside(places: Array) -> NDArray[np.bool_]:
        along = (places - points[0]) @ back
        return np.asarray(((along >= 0) & (along <= 1)).all(axis=-1))

    around = _around(points[0] + choices @ edges, volume)
    return _joined(part[inside(places)] for part, places in around)


def _joined(parts: Iterable[NDArray[np.generic]]) -> NDArray[np.generic]:
    found = list(parts)
    return np.concatenate(found) if found else np.empty(0)


def _corners(ends: Array) -> Array:
    choice = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1]), axis=-1).reshape(-1, 3)
    return np.asarray(np.where(choice == 0, ends[0], ends[1]))


def _around(corners: Array, volume: Volume) -> Iterator[tuple[NDArray[np.generic], Array]]:
    """Go through the sheets of voxels round some points, with where each voxel lies (..., 3).

    Sheet by sheet, since the places of a large block would take many times its memory.
    """
    geometry = volume.geometry
    index = geometry.to_index(corners)
    low = np.clip(np.floor(index.min(axis=0)).astype(int), 0, geometry.shape)
    high = np.clip(np.ceil(index.max(axis=0)).astype(int) + 1, 0, geometry.shape)
    _, rows, columns = (slice(int(x), int(y)) for x, y in zip(low, high, strict=True))
    across = np.arange(columns.start, columns.stop)[:, None] * geometry.affine[:3, 2]
    down = np.arange(rows.start, rows.stop)[:, None, None] * geometry.affine[:3, 1]
    sheet = down + across + geometry.affine[:3, 3]
    for number in range(int(low[0]), int(high[0])):
        yield volume.voxels[number, rows, columns], sheet + number * geometry.affine[:3, 0]
