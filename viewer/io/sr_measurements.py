"""Measurements as groups of a structured report (PS3.16 TID 1410, 1411 and 1501).

What is drawn on one stored picture is given there (SCOORD), what lies on no picture in
its frame of reference (SCOORD3D). SCOORD counts columns and rows from the upper left
corner of the first pixel (PS3.3 C.18.6.1.2), so that its centre is 0.5, 0.5. Beside
the graphic that everybody understands, the points themselves are kept in our own
order, so that a figure comes back as it was drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, TypeAlias

import numpy as np
from highdicom import sr
from numpy.typing import ArrayLike
from pydicom.dataset import Dataset

from viewer.core import code
from viewer.core.code import Code
from viewer.core.geometry import Array
from viewer.core.graphics import Shown
from viewer.core.measurement import Measurement, MeasurementKind, Quantity
from viewer.core.plane import Plane
from viewer.core.study import Series
from viewer.core.units import spelled_now
from viewer.imaging.figures import box_edges, outline
from viewer.io.authorship import report_algorithm
from viewer.io.concepts import COMMENT, UPTAKES, coded, long_text, our_code, short
from viewer.io.identifiers import required_uid
from viewer.io.judgements import person_items, stored_moment

_CONTAINS = sr.RelationshipTypeValues.CONTAINS
_PROPERTY = sr.RelationshipTypeValues.HAS_PROPERTIES
FIGURE = our_code("figure", "Figure drawn")
POINTS = our_code("points", "Points of the figure in the order of drawing")
NORMAL = our_code("normal", "Normal of the plane drawn in")
COLOUR = our_code("colour", "Colour on the screen")
CAPTION = our_code("caption_at", "Place of the caption")
LOCKED = our_code("locked", "Not to be changed by hand")
OWN_ID = our_code("figure_uid", "Identifier of this figure")
ATTENUATION = Code("112031", "DCM", "Attenuation Coefficient")
DERIVATIONS = (
    *(code.MEAN, code.STANDARD_DEVIATION, code.MINIMUM, code.MAXIMUM),
    *(code.MEDIAN, code.PERCENTILE_5, code.PERCENTILE_95),
)
MOST_POINTS = 5000
"""As many points as one value of a file holds with room to spare (PS3.5 7.1.2: 64 KiB)."""
_Behind: TypeAlias = sr.CoordinatesForMeasurement | sr.CoordinatesForMeasurement3D


@dataclass(frozen=True, slots=True)
class Pictures:
    """The stored pictures of a series, where each lies, and which are frames of a file."""

    planes: Mapping[Shown, Plane | None] = field(default_factory=dict, repr=False)
    many: frozenset[str] = field(default=frozenset(), repr=False)
    series_uid: str = ""

    @classmethod
    def of(cls, series: Series, headers: Sequence[Dataset] = ()) -> Pictures:
        """Return those of a series; headers say which of its files have several frames."""
        planes = {(one.sop_instance_uid, one.frame): one.plane for one in series.instances}
        many = {uid for uid, frame in planes if frame > 0}
        for header in headers:
            if int(header.get("NumberOfFrames") or 1) > 1:
                many.add(str(header.SOPInstanceUID))
        return cls(planes, frozenset(many), series.uid)

    def frames_of(self, uid: str, frame: int) -> list[int] | None:
        """Return the frame as a file counts them, from 1; None where a file is one picture."""
        return [frame + 1] if uid in self.many else None


NO_PICTURES = Pictures()


def measurement_group(number: int, figure: Measurement, pictures: Pictures) -> Sequence[Dataset]:
    """Return one measurement as a group of a report."""
    drawn = _Drawn(figure, pictures)
    id_ = required_uid(figure.tracking_uid or figure.id, "the measurement")
    name = short(figure.label) or f"{figure.kind.value.capitalize()} {number}"
    common: dict[str, Any] = {
        "tracking_identifier": sr.TrackingIdentifier(id_, name),
        "finding_type": coded(figure.finding) if figure.finding else None,
        "finding_sites": [sr.FindingSite(coded(figure.site))] if figure.site else None,
        "algorithm_id": report_algorithm(figure.author) if figure.author.is_model else None,
    }
    numbers = [_number(one, drawn.behind(one)) for one in _told(figure)]
    group = drawn.group(common, numbers)
    content = group[0].ContentSequence
    if not figure.author.is_model:
        content.extend(person_items(figure.author))
    content.extend(_own_words(figure))
    content.extend(drawn.own_points())
    moment = stored_moment(figure.made_at)
    if moment:
        group[0].add_new("ObservationDateTime", "DT", moment)
    return group


def concept_of(quantity: Quantity) -> tuple[Code, Code | None]:
    """Return what a quantity is called in a report, and how it was derived (TID 300)."""
    if quantity.name not in (*DERIVATIONS, code.VALUE):
        return quantity.name, None
    unit = spelled_now(quantity.unit.value)
    known = {unit_: name for unit_, (name, _) in UPTAKES.items()}
    known[code.HOUNSFIELD.value] = ATTENUATION
    derived = quantity.name if quantity.name != code.VALUE else None
    return known.get(unit, code.VALUE), derived


def _told(figure: Measurement) -> Iterator[Quantity]:
    return (one for one in figure.quantities if isfinite(one.value))


def _number(quantity: Quantity, behind: Sequence[_Behind]) -> sr.Measurement:
    name, derived = concept_of(quantity)
    item = sr.Measurement(
        name=coded(name),
        value=float(quantity.value),
        unit=coded(quantity.unit),
        derivation=coded(derived) if derived else None,
        referenced_coordinates=behind or None,
    )
    if quantity.remark:
        text = sr.TextContentItem(coded(COMMENT), long_text(quantity.remark), _PROPERTY)
        if "ContentSequence" not in item[0]:
            item[0].ContentSequence = sr.ContentSequence()
        item[0].ContentSequence.append(text)
    return item


def _own_words(figure: Measurement) -> Iterator[sr.ContentItem]:
    kind = our_code(figure.kind.value, figure.kind.value.capitalize())
    yield sr.CodeContentItem(coded(FIGURE), coded(kind), _CONTAINS)
    texts = [(COMMENT, long_text(figure.label))]
    if figure.anchor.normal is not None:
        texts.append((NORMAL, " ".join(repr(float(part)) for part in figure.anchor.normal)))
    if figure.colour is not None:
        texts.append((COLOUR, " ".join(str(part) for part in figure.colour)))
    if figure.locked:
        texts.append((LOCKED, "yes"))
    for name, text in texts:
        if text.strip():
            yield sr.TextContentItem(coded(name), text, _CONTAINS)
    if figure.tracking_uid:
        id_ = required_uid(figure.id, "the measurement")
        yield sr.UIDRefContentItem(coded(OWN_ID), id_, _CONTAINS)


class _Drawn:
    """A measurement's points as the standard gives them."""

    def __init__(self, figure: Measurement, pictures: Pictures) -> None:
        self._figure, anchor = figure, figure.anchor
        self._uid, self._space = anchor.sop_instance_uid, anchor.frame_of_reference_uid
        self._plane = pictures.planes.get((self._uid, anchor.frame))
        self._points = np.asarray(figure.points, dtype=float)
        known = self._uid and (not anchor.in_patient or self._plane is not None)
        self._flat = bool(known) and not figure.kind.solid
        if not self._flat and not anchor.in_patient:
            raise ValueError("a measurement without a picture or a place cannot be reported")
        self._series_uid = pictures.series_uid
        self._frames = pictures.frames_of(self._uid, anchor.frame)

    def group(self, common: dict[str, Any], numbers: Sequence[sr.Measurement]) -> Sequence[Dataset]:
        kind = self._figure.kind
        if kind.solid:
            return sr.VolumetricROIMeasurementsAndQualitativeEvaluations(
                referenced_volume_surface=self._surface(), measurements=numbers or None, **common
            )
        if kind.closed:
            return sr.PlanarROIMeasurementsAndQualitativeEvaluations(
                referenced_region=self._region(), measurements=numbers or None, **common
            )
        if self._flat:
            common["source_images"] = [sr.SourceImageForMeasurementGroup(*self._source())]
        return sr.MeasurementsAndQualitativeEvaluations(measurements=numbers or None, **common)

    def behind(self, quantity: Quantity) -> list[_Behind]:
        """Return the lines that a number was inferred from; a region says so itself."""
        kind, points = self._figure.kind, self._points
        if kind.solid or kind.closed:
            return []
        lines = [points]
        if kind is MeasurementKind.COBB:
            lines = [points[:2], points[2:]]
        elif kind is MeasurementKind.BIDIRECTIONAL:
            lines = [points[2:] if quantity.name == code.SHORT_AXIS else points[:2]]
        return [self._coordinates("POLYLINE" if len(p) > 1 else "POINT", p) for p in lines]

    def own_points(self) -> Iterator[sr.ContentItem]:
        """Give the points in the order of drawing, and the place of the caption."""
        for start in range(0, len(self._points), MOST_POINTS):
            yield self._cloud(POINTS, self._points[start : start + MOST_POINTS])
        if self._figure.caption_at is not None:
            yield self._cloud(CAPTION, np.asarray([self._figure.caption_at], dtype=float))

    def _cloud(self, name: Code, points: Array) -> sr.ContentItem:
        kind = "POINT" if len(points) == 1 else "MULTIPOINT"
        if self._figure.anchor.in_patient:
            return sr.Scoord3DContentItem(coded(name), kind, points, self._space, None, _CONTAINS)
        pixels = points[:, :2] + 0.5
        item = sr.ScoordContentItem(coded(name), kind, pixels, relationship_type=_CONTAINS)
        item.ContentSequence = sr.ContentSequence([sr.SourceImageForRegion(*self._source())])
        return item

    def _coordinates(self, kind: str, points: Array) -> _Behind:
        points = thinned(points)
        if self._flat:
            source = sr.SourceImageForRegion(*self._source())
            return sr.CoordinatesForMeasurement(kind, self._pixels(points), source)
        return sr.CoordinatesForMeasurement3D(kind, points, self._space)

    def _region(self) -> sr.ImageRegion | sr.ImageRegion3D:
        points, oval = self._points, self._figure.kind is MeasurementKind.ELLIPSE
        if oval:
            points = longest_first(points)
        else:
            points = thinned(outline(self._figure.kind, points))
            if not np.array_equal(points[0], points[-1]):
                points = np.concatenate([points, points[:1]])
        if self._flat:
            source = sr.SourceImageForRegion(*self._source())
            return sr.ImageRegion("ELLIPSE" if oval else "POLYLINE", self._pixels(points), source)
        return sr.ImageRegion3D("ELLIPSE" if oval else "POLYGON", points, self._space)

    def _surface(self) -> sr.VolumeSurface:
        points = self._points
        if self._figure.kind is MeasurementKind.SPHERE:
            radius = float(np.linalg.norm(points[1] - points[0]))
            ends = [points[0] + sign * radius * axis for axis in np.eye(3) for sign in (-1, 1)]
            kind, data = "ELLIPSOID", [np.array(ends)]
        else:
            first, second, third = box_edges(points)
            corner = points[0]
            face = np.array([corner, corner + first, corner + first + second, corner + second])
            closed = np.concatenate([face, face[:1]])
            kind, data = "POLYGON", [closed, closed + third]
        series = sr.SourceSeriesForSegmentation(self._series_uid)
        return sr.VolumeSurface(kind, data, self._space, source_series=series)

    def _source(self) -> tuple[str, str, list[int] | None]:
        return self._figure.anchor.sop_class_uid, self._uid, self._frames

    def _pixels(self, points: Array) -> Array:
        """Return points as (column, row) from the upper left corner of the picture."""
        if not self._figure.anchor.in_patient or self._plane is None:
            return np.asarray(points[:, :2] + 0.5)
        return np.asarray(self._plane.to_pixel(points)[:, ::-1] + 0.5)


def longest_first(points: ArrayLike) -> Array:
    """Return the ends of two axes with the longer one first, as an ellipse wants it."""
    ends = np.asarray(points, dtype=float)
    first, second = np.linalg.norm(ends[1] - ends[0]), np.linalg.norm(ends[3] - ends[2])
    return ends if first >= second else ends[[2, 3, 0, 1]]


def thinned(points: Array) -> Array:
    """Return a long line with as many points as one value holds, its ends kept."""
    if len(points) <= MOST_POINTS:
        return points
    return np.asarray(points[np.linspace(0, len(points) - 1, MOST_POINTS).astype(int)])
