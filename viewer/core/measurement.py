"""What a person measured or wrote on a picture: points, numbers with units, words.

The points of each kind, in order:

- length, arrow (tip first), calibration: two ends
- polyline: two or more; polygon, freehand, livewire, spline: three or more, closed
- angle: end, vertex, end; cobb: the ends of the one line, then of the other
- bidirectional: the ends of the long axis, then of the short one
- ellipse: the ends of the one axis, then of the other, which cross in the middle
- rectangle: four corners, round it
- sphere: centre and a point on its surface
- box: one corner, then the three corners next to it
- text, probe: one
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.geometry import Position
from viewer.core.segmentation import Colour


class MeasurementKind(StrEnum):
    """What was drawn."""

    LENGTH = "length"
    POLYLINE = "polyline"
    ANGLE = "angle"
    COBB = "cobb"
    BIDIRECTIONAL = "bidirectional"
    ELLIPSE = "ellipse"
    RECTANGLE = "rectangle"
    POLYGON = "polygon"
    FREEHAND = "freehand"
    SPLINE = "spline"
    LIVEWIRE = "livewire"
    SPHERE = "sphere"
    BOX = "box"
    ARROW = "arrow"
    TEXT = "text"
    PROBE = "probe"
    CALIBRATION = "calibration"

    @property
    def closed(self) -> bool:
        """Tell whether it goes round an area of a plane."""
        return self in _CLOSED

    @property
    def solid(self) -> bool:
        """Tell whether it encloses a part of space."""
        return self in (MeasurementKind.SPHERE, MeasurementKind.BOX)

    @property
    def counts(self) -> tuple[int, int]:
        """The fewest and the most points it has."""
        return _COUNTS[self]


_MANY = 100_000
_CLOSED = frozenset(
    {
        MeasurementKind.ELLIPSE, MeasurementKind.RECTANGLE, MeasurementKind.POLYGON,
        MeasurementKind.FREEHAND, MeasurementKind.SPLINE, MeasurementKind.LIVEWIRE,
    }
)  # fmt: skip
_COUNTS: dict[MeasurementKind, tuple[int, int]] = {
    MeasurementKind.LENGTH: (2, 2),
    MeasurementKind.POLYLINE: (2, _MANY),
    MeasurementKind.ANGLE: (3, 3),
    MeasurementKind.COBB: (4, 4),
    MeasurementKind.BIDIRECTIONAL: (4, 4),
    MeasurementKind.ELLIPSE: (4, 4),
    MeasurementKind.RECTANGLE: (4, 4),
    MeasurementKind.POLYGON: (3, _MANY),
    MeasurementKind.FREEHAND: (3, _MANY),
    MeasurementKind.SPLINE: (3, _MANY),
    MeasurementKind.LIVEWIRE: (3, _MANY),
    MeasurementKind.SPHERE: (2, 2),
    MeasurementKind.BOX: (4, 4),
    MeasurementKind.ARROW: (2, 2),
    MeasurementKind.TEXT: (1, 1),
    MeasurementKind.PROBE: (1, 1),
    MeasurementKind.CALIBRATION: (2, 2),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """One measured number: what it is, how much, in which unit (UCUM).

    `remark` says what limits it ("at the detector", "estimated at magnification 1.3").
    """

    name: Code
    value: float
    unit: Code
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the points of a measurement are fixed to.

    With a frame of reference they are LPS mm in it, and `normal` is that of the plane
    they were drawn in (None for what is solid). Without one the picture has no place in
    a patient: they are (column, row, 0) in pixels of that picture, whole numbers being
    pixel centres. Where the points lie on one stored picture it is named by its UID
    and frame (from 0); else the UID is empty.
    """

    series_key: str
    frame_of_reference_uid: str = ""
    normal: Position | None = None
    sop_instance_uid: str = ""
    sop_class_uid: str = ""
    frame: int = 0

    @property
    def in_patient(self) -> bool:
        """Tell whether points are positions in the patient."""
        return bool(self.frame_of_reference_uid)


@dataclass(frozen=True, slots=True)
class Measurement:
    """Something drawn on an image by a person, or read from a report.

    `id` is a UID and the tracking UID of saved objects; `tracking_uid`, where given, is
    the same for the same lesion at every date. `quantities` are computed from the points
    and the image; text and arrow have none. `finding` and `site` say in codes what it is
    and where. `label` is what the reader calls it, or the words of a text. `caption_at` is
    where its words were put, in the coordinates of its points; None beside it. What is
    `locked` is neither moved nor changed by the mouse.
    """

    id: str
    kind: MeasurementKind
    points: tuple[Position, ...]
    anchor: Anchor
    author: Author
    quantities: tuple[Quantity, ...] = ()
    label: str = ""
    colour: Colour | None = None
    finding: Code | None = None
    site: Code | None = None
    tracking_uid: str = ""
    made_at: str = ""
    caption_at: Position | None = None
    locked: bool = False

    def __post_init__(self) -> None:
        fewest, most = self.kind.counts
        if not fewest <= len(self.points) <= most:
            raise ValueError(f"a {self.kind.value} of {len(self.points)} points")

    @property
    def series_key(self) -> str:
        """The series it was drawn on."""
        return self.anchor.series_key

    def quantity(self, name: Code) -> Quantity | None:
        """Return the quantity of this name, if it was measured."""
        return next((one for one in self.quantities if one.name == name), None)

    def moved(self, points: tuple[Position, ...], quantities: tuple[Quantity, ...] = ()) -> Self:
        """Return it with other points, and the numbers that are measured there."""
        return replace(self, points=points, quantities=quantities)
