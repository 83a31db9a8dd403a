"""Measurements as what a presentation state draws over the pictures they lie on, or touch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from viewer.core import code
from viewer.core.geometry import Array
from viewer.core.graphics import Shown
from viewer.core.measurement import Measurement, MeasurementKind, Quantity
from viewer.core.plane import Plane
from viewer.core.presentation import Drawing, DrawingKind, Spot
from viewer.core.study import Series
from viewer.core.units import in_words
from viewer.imaging.figures import outline
from viewer.io.drawings_cut import cuts_of, middle_picture

_UNITS = {"mm2": "mm²", "mm3": "mm³", "deg": "°", "{pixels}": "px", "{pixels}2": "px²"}
_SHORT = {code.MEAN: "Mean", code.STANDARD_DEVIATION: "SD", code.AREA: "Area"}
_FLAT_MM = 0.05
_LINES = 4


def drawings_of(
    measurements: Sequence[Measurement], series: Series
) -> tuple[dict[Shown, tuple[Drawing, ...]], tuple[Measurement, ...]]:
    """Return what is drawn by the picture it is drawn on, and the measurements that touch none.

    Of a measurement that lies on no picture, each draws what it cuts; its words stand on one.
    """
    planes = {(one.sop_instance_uid, one.frame): one.plane for one in series.instances}
    found: dict[Shown, tuple[Drawing, ...]] = {}
    left_out = []
    for measurement in measurements:
        shown = _picture(measurement, planes)
        made = _across(measurement, planes) if shown is None else {}
        if shown is not None:
            made = {shown: tuple(_drawn(measurement, planes[shown]))}
        elif not made:
            left_out.append(measurement)
        for picture, drawings in made.items():
            found[picture] = (*found.get(picture, ()), *drawings)
    return found, tuple(left_out)


def _across(
    measurement: Measurement, planes: dict[Shown, Plane | None]
) -> dict[Shown, tuple[Drawing, ...]]:
    """Return what the pictures cut of a measurement that lies on none of them."""
    placed = {shown: plane for shown, plane in planes.items() if plane is not None}
    if not measurement.anchor.in_patient:
        return {}
    cuts = cuts_of(measurement, placed)
    words = words_of(measurement)
    if not cuts or not words:
        return cuts if measurement.kind is not MeasurementKind.TEXT else {}
    middle = middle_picture(measurement, cuts, placed)
    at = max((spot for one in cuts[middle] for spot in one.points), key=lambda spot: spot[0])
    text = Drawing(DrawingKind.TEXT, (at,), words)
    if measurement.kind is MeasurementKind.TEXT:
        return {middle: (text,)}
    return {**cuts, middle: (*cuts[middle], text)}


def words_of(measurement: Measurement) -> tuple[str, ...]:
    """Return what stands beside a figure: its label, and its numbers with all that limits them."""
    lines = [measurement.label] if measurement.label else []
    lines += [_amount(one) for one in measurement.quantities[:_LINES]]
    return tuple(line for line in lines if line.strip())


def _amount(quantity: Quantity) -> str:
    unit = _UNITS.get(quantity.unit.value) or in_words(quantity.unit.value)
    name = _SHORT.get(quantity.name, "")
    remark = f" ({quantity.remark})" if quantity.remark else ""
    return f"{name} {quantity.value:.4g} {unit}{remark}".strip()


def _picture(measurement: Measurement, planes: dict[Shown, Plane | None]) -> Shown | None:
    anchor = measurement.anchor
    shown = (anchor.sop_instance_uid, anchor.frame)
    if measurement.kind.solid or shown not in planes:
        return None
    plane = planes[shown]
    if not anchor.in_patient:
        return shown
    flat = plane is not None and np.abs(plane.distance_mm(measurement.points)).max() <= _FLAT_MM
    return shown if flat else None


def _drawn(measurement: Measurement, plane: Plane | None) -> list[Drawing]:
    kind = measurement.kind

    def spots(points: Array) -> tuple[Spot, ...]:
        places = np.asarray(points, dtype=float)
        if measurement.anchor.in_patient and plane is not None:
            return tuple((float(c), float(r)) for r, c in plane.to_pixel(places))
        return tuple((float(x), float(y)) for x, y, _ in places)

    points = np.asarray(measurement.points, dtype=float)
    words = words_of(measurement)
    if kind is MeasurementKind.TEXT:
        return [Drawing(DrawingKind.TEXT, spots(points), words)] if words else []
    made = [Drawing(DrawingKind.POINT, spots(points))]
    if kind is MeasurementKind.ELLIPSE:
        from viewer.io.sr_measurements import longest_first

        made = [Drawing(DrawingKind.ELLIPSE, spots(longest_first(points)))]
    elif kind in (MeasurementKind.COBB, MeasurementKind.BIDIRECTIONAL):
        ends = (points[:2], points[2:])
        made = [Drawing(DrawingKind.POLYLINE, spots(line)) for line in ends]
    elif kind.closed:
        line = outline(kind, points)
        made = [Drawing(DrawingKind.POLYLINE, spots(np.concatenate([line, line[:1]])))]
    elif len(points) > 1:
        made = [Drawing(DrawingKind.POLYLINE, spots(points))]
    if words:
        at = points[-1] if measurement.caption_at is None else np.asarray(measurement.caption_at)
        made.append(Drawing(DrawingKind.TEXT, spots(at[None]), words))
    return made
