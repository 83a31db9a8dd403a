"""Graphics of a presentation state as the reader's own figures, where one is the like of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from viewer.core.author import Author
from viewer.core.geometry import Array, Position, position_of
from viewer.core.graphics import Shown
from viewer.core.identity import new_uid
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.presentation import Drawing, DrawingKind, Presentation
from viewer.core.stack import Stack
from viewer.imaging.figures import ellipse
from viewer.session.images import OpenImage
from viewer.session.presenting import picture_grid
from viewer.session.stored_picture import instance_of, origin_of

_SAME = 1e-3
"""mm or pixels: figures that lie no further apart are the same."""
_UPRIGHT = 0.01
"""Cosine below which the axes of an ellipse stand at right angles."""
_CORNERS = 64
"""Corners of an ellipse that pixels of unequal sides have made oblique."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became figures, and how many graphics of each kind could not."""

    figures: tuple[Measurement, ...]
    left: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    """A picture: where its columns and rows lie, and what figures on it are fixed to."""

    anchor: Anchor
    places: Callable[[Array], Array]


def taken_over(
    opened: OpenImage, states: Iterable[Presentation], said: Iterable[Measurement], by: Author
) -> Taken:
    """Return the graphics that states draw on the pictures of an image as figures.

    What was said already is not said twice.
    """
    numbers = {origin_of(opened, number): number for number in range(opened.count)}
    made: list[Measurement] = []
    left: dict[str, int] = {}
    known = [one for one in said if one.series_key == opened.key]
    for state in states:
        for shown, drawings in state.drawings.items():
            number = numbers.get(shown)
            if number is None:
                continue
            ground = _ground(opened, number, shown)
            for drawing in drawings:
                figure = _figure(drawing, ground, by, state.made_at)
                if figure is None:
                    left[drawing.kind.value] = left.get(drawing.kind.value, 0) + 1
                elif not any(_same(figure, other) for other in (*known, *made)):
                    made.append(figure)
    return Taken(tuple(made), tuple(left.items()))


def _ground(opened: OpenImage, number: int, shown: Shown) -> _Ground:
    image, grid = opened.image, picture_grid(opened, number)
    instance = instance_of(opened, number)
    sop_class = instance.sop_class_uid if instance is not None else ""
    anchor = Anchor(opened.key, sop_instance_uid=shown[0], sop_class_uid=sop_class, frame=shown[1])
    if isinstance(image, Stack) and image.frames[number].plane is None:
        return _Ground(anchor, lambda spots: np.column_stack([spots, np.zeros(len(spots))]))
    sheet = 0 if isinstance(image, Stack) else number
    normal = position_of(np.cross(grid.directions[2], grid.directions[1]))
    anchor = replace(anchor, frame_of_reference_uid=opened.frame_of_reference_uid, normal=normal)

    def places(spots: Array) -> Array:
        index = np.column_stack([np.full(len(spots), sheet), spots[:, 1], spots[:, 0]])
        return np.asarray(grid.to_patient(index))

    return _Ground(anchor, places)


def _figure(drawing: Drawing, ground: _Ground, by: Author, made_at: str) -> Measurement | None:
    """Return the figure that a graphic is the like of; None where there is none."""
    if drawing.on_screen:
        return None
    spots = np.asarray(drawing.points, dtype=float)
    found = _shape(drawing, spots, ground)
    if found is None:
        return None
    kind, points = found
    label = " ".join(drawing.words) if kind is MeasurementKind.TEXT else ""
    there: tuple[Position, ...] = tuple(position_of(point) for point in points)
    return Measurement(new_uid(), kind, there, ground.anchor, by, label=label, made_at=made_at)


def _shape(drawing: Drawing, spots: Array, ground: _Ground) -> tuple[MeasurementKind, Array] | None:
    match drawing.kind:
        case DrawingKind.TEXT:
            return MeasurementKind.TEXT, ground.places(spots[-1:])
        case DrawingKind.POINT:
            return MeasurementKind.PROBE, ground.places(spots[:1])
        case DrawingKind.CIRCLE:
            wide = float(np.linalg.norm(spots[1] - spots[0]))
            reach = wide * np.array([(-1, 0), (1, 0), (0, -1), (0, 1)])
            return MeasurementKind.ELLIPSE, ground.places(spots[0] + reach)
        case DrawingKind.ELLIPSE:
            return _ellipse(spots, ground)
        case DrawingKind.POLYLINE:
            return _line(spots, ground)
        case DrawingKind.INTERPOLATED if _is_closed(spots) and len(spots) > 3:
            return MeasurementKind.SPLINE, ground.places(spots[:-1])
    return None


def _ellipse(spots: Array, ground: _Ground) -> tuple[MeasurementKind, Array]:
    """Return an ellipse by its axes; a polygon where these stand obliquely in the patient."""
    ends = ground.places(spots[:4])
    first, second = ends[1] - ends[0], ends[3] - ends[2]
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    if size > 0 and abs(float(first @ second)) / size <= _UPRIGHT:
        return MeasurementKind.ELLIPSE, ends
    line = ellipse(ends)
    return MeasurementKind.POLYGON, line[:: max(len(line) // _CORNERS, 1)]


def _line(spots: Array, ground: _Ground) -> tuple[MeasurementKind, Array] | None:
    apart = np.concatenate([[True], np.linalg.norm(np.diff(spots, axis=0), axis=1) > 1e-6])
    spots = spots[apart]
    if len(spots) < 2:
        return None
    if _is_closed(spots) and len(spots) > 3:
        return MeasurementKind.POLYGON, ground.places(spots[:-1])
    kind = MeasurementKind.LENGTH if len(spots) == 2 else MeasurementKind.POLYLINE
    return kind, ground.places(spots)


def _is_closed(spots: Array) -> bool:
    return bool(np.abs(spots[0] - spots[-1]).max() < 1e-3)


def _same(one: Measurement, other: Measurement) -> bool:
    """Tell whether two figures are the same: of a like kind, on the same points, same words."""
    if len(one.points) != len(other.points) or one.label != other.label:
        return False
    if one.kind.closed is not other.kind.closed:
        return False
    return bool(np.abs(np.subtract(one.points, other.points)).max() <= _SAME)
