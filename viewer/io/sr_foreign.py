"""Measurements from a report: ours as they were drawn, others' by their coordinates.

A group of another program becomes a measurement where one figure of ours has the same
points; everything else of it is still to be read on the report's page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from pydicom.dataset import Dataset

from viewer.core import code
from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.errors import Unreadable
from viewer.core.geometry import Array, Position, position_of
from viewer.core.measurement import Anchor, Measurement, MeasurementKind, Quantity
from viewer.core.segmentation import Colour
from viewer.io.concepts import COMMENT, FINDING, FINDING_SITE, UPTAKES, code_of, same_code
from viewer.io.identifiers import is_uid, uid_from
from viewer.io.judgements import spoken_moment
from viewer.io.sr_measurements import (
    ATTENUATION,
    CAPTION,
    COLOUR,
    DERIVATIONS,
    FIGURE,
    LOCKED,
    NO_PICTURES,
    NORMAL,
    OWN_ID,
    POINTS,
    Pictures,
)
from viewer.io.sr_tree import children, coded_value, find, name_of, pixels_of, points_of, text_of

_DERIVATION = Code("121401", "DCM", "Derivation")
_LABELS = (
    Code("125309", "DCM", "Short label"),
    COMMENT,
    Code("112039", "DCM", "Tracking Identifier"),
)
"""What another program may call a figure, the best word first."""
_OLD_SITE = Code("G-C0E3", "SRT", "Finding Site")
_OLD = {"G-D7FE": code.LENGTH, "G-A166": code.AREA, "G-A185": code.LONG_AXIS}
_OLD |= {"G-A186": code.SHORT_AXIS, "R-00317": code.MEAN, "R-404FB": code.MINIMUM}
_OLD |= {"G-A437": code.MAXIMUM, "R-10047": code.STANDARD_DEVIATION}
_MOST_FIGURES = 10_000
_VALUES = (ATTENUATION, *(name for name, _ in UPTAKES.values()))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A graphic of a report: what it is, its points, and on which picture if on one."""

    kind: str
    points: Array
    sop_instance_uid: str = ""
    sop_class_uid: str = ""
    frame: int = 0
    frame_of_reference_uid: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """The images a report is laid over: the key of their series, its pictures and its space."""

    series_key: str = ""
    pictures: Pictures = NO_PICTURES
    frame_of_reference_uid: str = ""


def is_measurement(group: Dataset) -> bool:
    """Tell whether a group of ours is a figure that somebody drew, not a finding."""
    return any(find(group, FIGURE))


def measurement_of(group: Dataset, author: Author, ground: Ground) -> Measurement | None:
    """Return a group of a report as a measurement; None where it gives no such figure.

    Raises:
        Unreadable: if it is one of ours, and damaged.
    """
    own = next((coded_value(item).value for item in find(group, FIGURE)), "")
    if own:
        return _ours(group, MeasurementKind(own), author, ground)
    drawn = _drawn(group)
    if drawn is None:
        return None
    kind, shape = drawn
    if shape.frame_of_reference_uid and kind is MeasurementKind.PROBE:
        return None  # a place in the patient is a finding
    fewest, most = kind.counts
    if not fewest <= len(shape.points) <= most:
        return None
    placed = _placed(shape, ground)
    if placed is None:
        return None
    points, anchor = placed
    figure = Measurement(
        id=_tracking_uid(group) or uid_from("figure", group.to_json()),
        kind=kind,
        points=tuple(position_of(point) for point in points),
        anchor=anchor,
        author=author,
    )
    return _told(figure, group)


def _ours(group: Dataset, kind: MeasurementKind, author: Author, ground: Ground) -> Measurement:
    shapes = [shape for item in find(group, POINTS) if (shape := _shape(item)) is not None]
    if not shapes:
        raise Unreadable("a measurement has no points.", code="no_place")
    joined = replace(shapes[0], points=np.concatenate([shape.points for shape in shapes]))
    pictured = next((one for one in _shapes(group) if one.sop_instance_uid), None)
    picture = pictured or _source_picture(group)
    anchor = Anchor(
        ground.series_key,
        joined.frame_of_reference_uid,
        _triple(_text(group, NORMAL)),
        picture.sop_instance_uid if picture else "",
        picture.sop_class_uid if picture else "",
        picture.frame if picture else 0,
    )
    caption = next((_shape(item) for item in find(group, CAPTION)), None)
    own = next((str(item.get("UID", "")) for item in find(group, OWN_ID)), "")
    tracked = _tracking_uid(group)
    figure = Measurement(
        id=own or tracked,
        kind=kind,
        points=tuple(position_of(point) for point in joined.points),
        anchor=anchor,
        author=author,
        colour=_colour(_text(group, COLOUR)),
        tracking_uid=tracked if own else "",
        made_at=spoken_moment(str(group.get("ObservationDateTime", "") or "")),
        caption_at=None if caption is None else position_of(caption.points[0]),
        locked=_text(group, LOCKED) == "yes",
    )
    return replace(_told(figure, group), label=_text(group, COMMENT))


def _told(figure: Measurement, group: Dataset) -> Measurement:
    """Add what a group says in words and numbers."""
    kinds = [coded_value(item) for item in find(group, FINDING)]
    sites = [coded_value(i) for name in (FINDING_SITE, _OLD_SITE) for i in find(group, name)]
    return replace(
        figure,
        quantities=tuple(_quantities(group)),
        finding=kinds[0] if kinds else None,
        site=sites[0] if sites else None,
        label=next(filter(None, (_text(group, name) for name in _LABELS)), ""),
    )


def _quantities(group: Dataset) -> Iterator[Quantity]:
    for item in children(group):
        name = name_of(item)
        if item.get("ValueType") != "NUM" or name is None:
            continue
        for value in item.get("MeasuredValueSequence") or ():
            number = value.get("FloatingPointValue")
            number = value.get("NumericValue") if number is None else number
            units = value.get("MeasurementUnitsCodeSequence")
            if number is None:
                continue
            unit = code_of(units[0]) if units else code.NO_UNIT
            remarks = [text_of(child) for child in find(item, COMMENT)]
            yield Quantity(_meaning(item, name), float(number), unit, "\n".join(remarks))


def _meaning(item: Dataset, name: Code) -> Code:
    """Return what is measured in our words: a mean is a mean, whatever it is the mean of."""
    for derived in find(item, _DERIVATION):
        value = coded_value(derived)
        value = _OLD.get(value.value, value)
        known = next((one for one in DERIVATIONS if same_code(one, value)), None)
        if known is not None:
            return known
    if any(same_code(name, one) for one in _VALUES):
        return code.VALUE
    return _OLD.get(name.value, name) if name.scheme == "SRT" else name


# -- coordinates ----------------------------------------------------------------


def _drawn(group: Dataset) -> tuple[MeasurementKind, _Shape] | None:
    """Return the figure that the coordinates of another program's group make, if one does."""
    shapes = list(_shapes(group))
    long = _behind(group, code.LONG_AXIS)
    short = _behind(group, code.SHORT_AXIS)
    if long is not None and short is not None and len(long.points) == len(short.points) == 2:
        both = np.concatenate([long.points, short.points])
        return MeasurementKind.BIDIRECTIONAL, replace(long, points=both)
    if not shapes:
        return None
    first = shapes[0]
    if len(shapes) == 2 and all(len(one.points) == 2 for one in shapes) and _is_angle(group):
        both = np.concatenate([first.points, shapes[1].points])
        return MeasurementKind.COBB, replace(first, points=both)
    return _figure(first, angle=_is_angle(group))


def _figure(shape: _Shape, *, angle: bool) -> tuple[MeasurementKind, _Shape] | None:
    points, count = shape.points, len(shape.points)
    if shape.kind == "POINT" and count == 1:
        return MeasurementKind.PROBE, shape
    if shape.kind == "CIRCLE" and count == 2:
        return MeasurementKind.ELLIPSE, replace(shape, points=_circle(points))
    if shape.kind == "ELLIPSE" and count == 4:
        return MeasurementKind.ELLIPSE, shape
    if shape.kind not in ("POLYLINE", "POLYGON"):
        return None
    closed = count > 3 and bool(np.allclose(points[0], points[-1], atol=1e-4))
    if closed or (shape.kind == "POLYGON" and count > 2):
        return MeasurementKind.POLYGON, replace(shape, points=points[:-1] if closed else points)
    if count == 3 and angle:
        return MeasurementKind.ANGLE, shape
    kind = MeasurementKind.LENGTH if count == 2 else MeasurementKind.POLYLINE
    return kind, shape


def _circle(points: Array) -> Array:
    """Return the ends of two axes of a circle by its centre and a point on it."""
    centre, arm = points[0], points[1] - points[0]
    across = np.array([-arm[1], arm[0], 0.0])
    return np.array([centre + arm, centre - arm, centre + across, centre - across])


def _is_angle(group: Dataset) -> bool:
    return any(one.unit.value == "deg" for one in _quantities(group))


def _behind(group: Dataset, name: Code) -> _Shape | None:
    for item in children(group):
        called = name_of(item)
        if called is None or item.get("ValueType") != "NUM":
            continue
        if same_code(_OLD.get(called.value, called), name):
            return next(filter(None, map(_shape, children(item))), None)
    return None


def _shapes(group: Dataset) -> Iterator[_Shape]:
    """Go through the graphics of a group and of its numbers, the same one once."""
    seen: list[_Shape] = []
    own = (POINTS, CAPTION)
    for item in children(group):
        name = name_of(item)
        if name is not None and name in own and item.get("ValueType") == "SCOORD3D":
            continue
        for one in (item, *(children(item) if item.get("ValueType") == "NUM" else ())):
            shape = _shape(one)
            if shape is not None and not any(_same(shape, other) for other in seen):
                seen.append(shape)
                yield shape


def _same(one: _Shape, other: _Shape) -> bool:
    return one.kind == other.kind and np.array_equal(one.points, other.points)


def _shape(item: Dataset) -> _Shape | None:
    kind = str(item.get("GraphicType", "") or "")
    if item.get("ValueType") == "SCOORD3D":
        space = str(item.get("ReferencedFrameOfReferenceUID", "") or "")
        return _Shape(kind, points_of(item), frame_of_reference_uid=space)
    if item.get("ValueType") != "SCOORD":
        return None
    pixels = pixels_of(item) - 0.5
    points = np.column_stack([pixels, np.zeros(len(pixels))])
    picture = _source_picture(item)
    if picture is None:
        return None
    return replace(picture, kind=kind, points=points)


def _source_picture(item: Dataset) -> _Shape | None:
    for child in children(item):
        if child.get("ValueType") != "IMAGE":
            continue
        for named in child.get("ReferencedSOPSequence") or ():
            frames = named.get("ReferencedFrameNumber")
            first = frames if isinstance(frames, int) else (frames or [1])[0]
            return _Shape(
                "",
                np.zeros((0, 3)),
                str(named.get("ReferencedSOPInstanceUID", "") or ""),
                str(named.get("ReferencedSOPClassUID", "") or ""),
                max(int(first) - 1, 0),
            )
    return None


def _placed(shape: _Shape, ground: Ground) -> tuple[Array, Anchor] | None:
    """Return the points of a graphic in the coordinates of our anchor, and that anchor."""
    if not shape.sop_instance_uid:
        if not shape.frame_of_reference_uid:
            return None
        anchor = Anchor(ground.series_key, shape.frame_of_reference_uid, _normal(shape.points))
        return shape.points, anchor
    shown = (shape.sop_instance_uid, shape.frame)
    if ground.pictures.planes and shown not in ground.pictures.planes:
        return None
    plane, space = ground.pictures.planes.get(shown), ground.frame_of_reference_uid
    anchor = Anchor(ground.series_key, "", None, *shown[:1], shape.sop_class_uid, shape.frame)
    if plane is None or not space:
        return shape.points, anchor
    anchor = replace(anchor, frame_of_reference_uid=space, normal=plane.normal)
    return plane.to_patient(shape.points[:, 1::-1]), anchor


def _normal(points: Array) -> Position | None:
    """Return the normal of the plane that flat points lie in, if they say which."""
    if len(points) < 3:
        return None
    spread, ways = np.linalg.svd(points - points.mean(axis=0))[1:]
    return position_of(ways[2]) if spread[1] > 1e-3 else None


# -- words ------------------------------------------------------------------------


def _text(group: Dataset, name: Code) -> str:
    return "\n".join(text_of(item) for item in find(group, name))


def _tracking_uid(group: Dataset) -> str:
    name = Code("112040", "DCM", "Tracking Unique Identifier")
    uids = [str(item.get("UID", "")) for item in find(group, name)]
    return uids[0] if uids and is_uid(uids[0]) else ""


def _triple(text: str) -> Position | None:
    parts = text.split()
    return position_of([float(part) for part in parts]) if len(parts) == 3 else None


def _colour(text: str) -> Colour | None:
    parts = [int(part) for part in text.split()]
    good = len(parts) == 3 and all(0 <= part <= 255 for part in parts)
    return (parts[0], parts[1], parts[2]) if good else None
