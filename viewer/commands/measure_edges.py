"""Where a hand that draws is led: along edges, to an edge nearby, to the ends of other figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewer.commands.desk import Desk
from viewer.commands.measures import ground
from viewer.core.geometry import Position, position_of
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.volume import Volume
from viewer.imaging.livewire import Sheet, edge_near, livewire
from viewer.session.hand import Pointer, Points

_REACH_PX = 8.0
"""How near on the screen the end of another figure draws a point to it."""
_EDGE_VOXELS = 3.0


def snap(desk: Desk, pointer: Pointer) -> Pointer:
    """Return the pointer with its spot on an end or an edge nearby, if that is wished."""
    if not desk.settings.measuring.snap or pointer.spot is None or pointer.anchor is None:
        return pointer
    found = _end_near(desk, pointer) or _edge_near(desk, pointer)
    return pointer if found is None else replace(pointer, spot=found, snapped=True)


def trace(desk: Desk, figure: Measurement, pointer: Pointer, start: Position) -> Points:
    """Return the points along the edges from a start to the pointer's spot, both included."""
    end = pointer.spot or start
    volume = _below(desk, figure.anchor, end)
    if volume is None or end == start:
        return (start, end)
    line = livewire(volume, Sheet(pointer.right, pointer.down), start, end)
    return tuple(position_of(point) for point in line)


def _below(desk: Desk, anchor: Anchor, place: Position) -> Volume | None:
    point = Measurement("", MeasurementKind.PROBE, (place,), anchor, desk.session.reader)
    return ground(desk, point)[0]


def _edge_near(desk: Desk, pointer: Pointer) -> Position | None:
    if pointer.anchor is None or pointer.spot is None:
        return None
    volume = _below(desk, pointer.anchor, pointer.spot)
    if volume is None:
        return None
    return edge_near(volume, Sheet(pointer.right, pointer.down), pointer.spot, _EDGE_VOXELS)


def _end_near(desk: Desk, pointer: Pointer) -> Position | None:
    """Return the nearest point of another figure in the same place that is within reach."""
    spot = np.asarray(pointer.spot)
    reach = _REACH_PX * pointer.spot_per_pixel
    ends = [
        point
        for one in desk.session.record.value.measurements
        if one.id != pointer.measurement_id and _same_space(one.anchor, pointer.anchor)
        for point in one.points
    ]
    if not ends:
        return None
    gaps = np.linalg.norm(np.array(ends) - spot, axis=1)
    best = int(np.argmin(gaps))
    return ends[best] if gaps[best] <= reach else None


def _same_space(one: Anchor, other: Anchor | None) -> bool:
    if other is None or one.in_patient != other.in_patient:
        return False
    if one.in_patient:
        return one.frame_of_reference_uid == other.frame_of_reference_uid
    picture = (one.series_key, one.sop_instance_uid, one.frame)
    return picture == (other.series_key, other.sop_instance_uid, other.frame)
