"""What is written and drawn over a 3D picture: findings, measurements, the crop box, warnings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewer.core.finding import Finding
from viewer.core.geometry import Array
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.imaging import figures
from viewer.render.annotations import CHOSEN, PLAIN
from viewer.render.caveats import caveats
from viewer.render.crop_lines import FRAME, SIDES, corners
from viewer.render.eye import Sight
from viewer.render.lesions import boxes_of, colour_of, findings_on, shares_space
from viewer.render.numbers import caption
from viewer.render.parts import bones_are_known, bounds_of
from viewer.render.scene import Annotation, Box, Line, Scene, Stroke
from viewer.session.images import OpenImage
from viewer.session.session import Session
from viewer.session.shaping import handles
from viewer.session.space_look import Crop, SpaceLook
from viewer.session.spots import Spots

_SMALLEST_MM = 3.0
_ROUND = np.linspace(0, 2 * np.pi, 64, endpoint=False)
_FAR = 1e5


def lines_over(look: SpaceLook, sight: Sight) -> tuple[Line, ...]:
    """Return the edges of the crop box."""
    return () if look.crop is None else _edges(look.crop, sight)


class Frames:
    """Frames round findings in space; while the eye stays, only for findings that are new."""

    def __init__(self) -> None:
        self._sight: Sight | None = None
        self._known: dict[tuple[int, int], tuple[Finding, Box | None]] = {}

    def __call__(self, found: Spots, sight: Sight) -> tuple[Box, ...]:
        """Return a frame with its caption round each that is seen, none of them chosen."""
        known = self._known if sight == self._sight else {}
        keys = [(number, id(finding)) for number, finding in found]
        new = [place for place, key in enumerate(keys) if key not in known]
        made = _framed(found.only(np.array(new, np.intp)), sight)
        fresh = dict(zip((keys[place] for place in new), made, strict=True))
        # a finding is known by its address, which is its own as long as it is kept here
        self._known = {
            key: known.get(key) or (finding, fresh[key])
            for key, finding in zip(keys, found.findings, strict=True)
        }
        self._sight = sight
        return tuple([box for _, box in self._known.values() if box is not None])


def _framed(found: Spots, sight: Sight) -> list[Box | None]:
    """Return a frame round each finding, None where it is beside the picture."""
    if not len(found):
        return []
    places = sight.to_pixels(found.positions)
    sizes = np.maximum(found.diameters_mm / 2, _SMALLEST_MM)
    radii = sight.radii_px(places[:, 2], sizes) + 2
    lows, highs = places[:, :2] - radii[:, None], places[:, :2] + radii[:, None]
    seen = np.asarray(((highs > 0) & (lows < np.asarray(sight.size))).all(axis=1))
    boxes = iter(boxes_of(found.only(seen), lows[seen], highs[seen], ""))
    return [next(boxes) if there else None for there in seen.tolist()]


def boxes_over(
    session: Session, opened: OpenImage, sight: Sight, frames: Frames | None = None
) -> tuple[Box, ...]:
    """Return the frames round findings that are seen; `frames` remembers those of before."""
    if not session.shown.value.findings:
        return ()
    found, selected = findings_on(session, opened), session.selected.value
    boxes = (frames or Frames())(found, sight)
    chosen = next((one for one in found.findings if one.id == selected), None)
    if chosen is None:
        return boxes
    shade = colour_of(chosen, selected=True)
    return tuple(
        replace(box, colour=shade, selected=True) if box.finding_id == selected else box
        for box in boxes
    )


def annotations_over(session: Session, opened: OpenImage, sight: Sight) -> tuple[Annotation, ...]:
    """Return the measurements of the patient as they lie in space, the chosen one last."""
    if not session.shown.value.measurements:
        return ()
    hidden, chosen = session.hidden.value, session.selected.value
    found = [
        annotation_in_space(figure, sight, number, chosen=figure.id == chosen)
        for number, figure in enumerate(session.record.value.measurements, start=1)
        if figure.anchor.in_patient
        and figure.id not in hidden
        and shares_space(session, opened, figure.anchor.series_key)
    ]
    there = [one for one in found if one is not None]
    return tuple(sorted(there, key=lambda one: one.chosen))


def annotation_in_space(
    figure: Measurement, sight: Sight, number: int = 0, *, chosen: bool = False
) -> Annotation | None:
    """Return a measurement as it is seen; None where any of it lies behind the eye."""
    strokes = tuple(
        Stroke(sight.to_pixels(line)[:, :2], closed=closed)
        for line, closed in _lines(figure, sight)
    )
    grips = sight.to_pixels(handles(figure))[:, :2]
    seen = np.concatenate([grips, *(stroke.points for stroke in strokes)])
    if not np.isfinite(seen).all() or np.abs(seen).max() > _FAR:
        return None
    shade = figure.colour or PLAIN
    return Annotation(
        measurement_id=figure.id,
        kind=figure.kind,
        strokes=strokes,
        handles=tuple((float(a), float(b)) for a, b in grips),
        caption=caption(figure),
        colour=CHOSEN if chosen and figure.colour is None else shade,
        chosen=chosen,
        number=number,
    )


def _lines(figure: Measurement, sight: Sight) -> list[tuple[Array, bool]]:
    """Return the lines of a figure in the patient, and whether each is closed."""
    points = np.asarray(figure.points, dtype=float)
    match figure.kind:
        case MeasurementKind.PROBE | MeasurementKind.TEXT:
            return []
        case MeasurementKind.COBB | MeasurementKind.BIDIRECTIONAL:
            return [(points[:2], False), (points[2:], False)]
        case MeasurementKind.SPHERE:
            return [(ring, True) for ring in _rings(points, sight)]
        case MeasurementKind.BOX:
            choice = np.array([[i >> 2 & 1, i >> 1 & 1, i & 1] for i in range(8)])
            places = points[0] + choice @ figures.box_edges(points)
            return [(places[[a, b]], False) for a, b in SIDES]
    return [(figures.outline(figure.kind, points), figure.kind.closed)]


def _rings(points: Array, sight: Sight) -> list[Array]:
    """Return the outline of a ball as the eye sees it, and its equator."""
    centre, radius = points[0], float(np.linalg.norm(points[1] - points[0]))
    right, up = np.asarray(sight.eye.right), np.asarray(sight.eye.up)
    pairs = ((right, up), (np.array([1.0, 0, 0]), np.array([0, 1.0, 0])))
    return [
        centre + radius * (np.outer(np.cos(_ROUND), a) + np.outer(np.sin(_ROUND), b))
        for a, b in pairs
    ]


def _edges(crop: Crop, sight: Sight) -> tuple[Line, ...]:
    seen = sight.to_pixels(corners(crop))[:, :2]
    if not np.isfinite(seen).all():
        return ()
    places = [(float(x), float(y)) for x, y in seen]
    return tuple(Line(places[a], places[b], FRAME) for a, b in SIDES)


def warnings_over(session: Session, opened: OpenImage, look: SpaceLook) -> tuple[str, ...]:
    """Return what must be known of a 3D picture that does not show the whole volume."""
    marks = []
    if look.bone_removed:
        said = session.record.value.segmentations
        own = tuple(item for item in said if item.series_key == opened.key)
        how = "by segments" if bones_are_known(own) else "automatic"
        marks.append(f"BONE REMOVED: {how}, check")
    whole = None if opened.geometry is None else bounds_of(opened.geometry)
    cropped = look.crop is not None and look.crop != whole
    parts = (("cropped", cropped), ("clipped", look.clips), ("cut", look.cuts))
    left_out = [word for word, on in parts if on]
    if left_out:
        marks.append(f"NOT ALL SHOWN: {', '.join(left_out)}")
    return tuple(marks)


def all_warnings(session: Session, opened: OpenImage, look: SpaceLook) -> tuple[str, ...]:
    """Return all that must be known of a 3D picture, the gravest first."""
    return (*caveats(opened, None), *warnings_over(session, opened, look))


def over(
    session: Session,
    opened: OpenImage,
    look: SpaceLook,
    scene: Scene,
    sight: Sight,
    frames: Frames | None = None,
) -> Scene:
    """Return a scene of words with all that belongs over the picture."""
    return replace(
        scene,
        lines=lines_over(look, sight),
        boxes=boxes_over(session, opened, sight, frames),
        annotations=annotations_over(session, opened, sight),
        letters=sight.eye.letters if scene.letters.right else scene.letters,
    )
