"""What a presentation state draws over a stored picture, and what of it it leaves to be seen.

Only over the slice that shows just that picture: elsewhere it would lie in the wrong place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from viewer.core.geometry import Array
from viewer.core.measurement import MeasurementKind
from viewer.core.presentation import Drawing, DrawingKind, Presentation, Shutter
from viewer.core.volume import Volume
from viewer.imaging.figures import ellipse
from viewer.render.cut import Cut
from viewer.render.drawn import COLOUR, stored_picture
from viewer.render.scene import Annotation, Badge, Scene, Stroke
from viewer.session.images import OpenImage
from viewer.session.look import Look
from viewer.session.session import Session

_ROUND = np.linspace(0, 2 * np.pi, 128, endpoint=False)
_BETWEEN = 16
_CROSS = 4.0
KEY_IMAGE = Badge("\N{BLACK STAR} KEY IMAGE", "This picture is marked as a key image.")
_Seen: TypeAlias = Callable[[Array], Array]


def with_presentations(
    session: Session, opened: OpenImage, cut: Cut, look: Look, scene: Scene
) -> Scene:
    """Add to a scene what is said of the stored picture that it shows, if it shows one alone."""
    origin, plane = stored_picture(opened.image, cut, look), scene.plane
    if origin is None or plane is None:
        return scene
    shown, switched = (origin.sop_instance_uid, origin.frame), session.shown.value
    badges = scene.badges
    if session.record.value.key_image(shown) is not None:
        badges = (*badges, KEY_IMAGE)
    states = [one for one in session.presentations.value if shown in one.pictures]
    if not states:
        return replace(scene, badges=badges)
    slice_ = cut.stored.start if isinstance(opened.image, Volume) else 0

    def seen(spots: Array) -> Array:
        """Return spots (column, row) of the picture as places on the screen."""
        index = np.column_stack([np.full(len(spots), slice_), spots[:, 1], spots[:, 0]])
        return np.asarray(plane.to_pixel(cut.geometry.to_patient(index))[:, ::-1])

    drawings = [
        _annotation(drawing, state, scene, seen)
        for state in states
        for drawing in state.drawings.get(shown, ())
    ]
    shutters = [seen(outline_of(one)) for state in states for one in state.shutters]
    return replace(
        scene,
        badges=(*badges, *_badges(states, cut=bool(shutters) and switched.shutters)),
        drawings=tuple(drawings) if switched.graphics else (),
        shutters=tuple(shutters) if switched.shutters else (),
    )


def outline_of(shutter: Shutter) -> Array:
    """Return the outline (n, 2) of what a shutter leaves, as column and row."""
    points = np.asarray(shutter.points, dtype=float)
    if shutter.shape == "RECTANGULAR":
        low, high = points.min(axis=0) - 0.5, points.max(axis=0) + 0.5
        return np.array([low, (high[0], low[1]), high, (low[0], high[1])])
    if shutter.shape == "CIRCULAR":
        return _circle(points)
    return points


def _badges(states: list[Presentation], *, cut: bool) -> Iterator[Badge]:
    for state in states:
        by = f" by {state.creator}" if state.creator else ""
        words = f"The presentation state {state.label}{by} is laid over this picture."
        yield Badge("PRESENTATION", words)
    if cut:
        yield Badge("SHUTTER", "Part of the picture is covered, as its presentation state wants.")


def _annotation(drawing: Drawing, state: Presentation, scene: Scene, seen: _Seen) -> Annotation:
    def places(spots: Array) -> Array:
        if not drawing.on_screen:
            return seen(spots)
        corners = _displayed(state, scene, seen)
        return np.asarray(corners[0] + spots * (corners[1] - corners[0]))

    points = places(np.asarray(drawing.points, dtype=float))
    text = drawing.kind is DrawingKind.TEXT
    strokes = () if text else tuple(_strokes(drawing, places))
    at = points[0] if text or not strokes else _rightmost(strokes)
    if text and len(points) > 1:
        strokes = (Stroke(points),)
    return Annotation(
        measurement_id="",
        kind=MeasurementKind.POLYLINE,
        strokes=strokes,
        handles=((float(at[0]), float(at[1])),),
        caption=drawing.words,
        colour=COLOUR,
        words_at=(float(at[0]), float(at[1])) if text else None,
    )


def _displayed(state: Presentation, scene: Scene, seen: _Seen) -> Array:
    """Return the corners on the screen of the area that display units are fractions of."""
    area = state.display.area
    if area is None:
        return np.array([(0.0, 0.0), (scene.size[0] - 1.0, scene.size[1] - 1.0)])
    corners = seen(np.asarray(area, dtype=float))
    return np.array([corners.min(axis=0), corners.max(axis=0)])


def _strokes(drawing: Drawing, places: _Seen) -> Iterator[Stroke]:
    points = np.asarray(drawing.points, dtype=float)
    match drawing.kind:
        case DrawingKind.POINT:
            for x, y in places(points):
                yield Stroke(np.array([(x - _CROSS, y), (x + _CROSS, y)]))
                yield Stroke(np.array([(x, y - _CROSS), (x, y + _CROSS)]))
        case DrawingKind.CIRCLE:
            yield Stroke(places(_circle(points)), closed=True)
        case DrawingKind.ELLIPSE:
            yield Stroke(places(ellipse(points)), closed=True)
        case DrawingKind.INTERPOLATED:
            yield Stroke(places(_smooth(points)))
        case _:
            yield Stroke(places(points))


def _circle(points: Array) -> Array:
    radius = float(np.linalg.norm(points[1] - points[0]))
    return np.asarray(points[0] + radius * np.column_stack([np.cos(_ROUND), np.sin(_ROUND)]))


def _smooth(points: Array) -> Array:
    """Return a smooth line through points, by the length of the way between them."""
    apart = np.linalg.norm(np.diff(points, axis=0), axis=1)
    kept = points[np.concatenate([[True], apart > 0])]
    if len(kept) < 3:
        return np.asarray(kept)
    way = np.concatenate([[0.0], np.cumsum(apart[apart > 0])])
    from scipy.interpolate import make_interp_spline

    curve = make_interp_spline(way, kept, k=min(3, len(kept) - 1))
    return np.asarray(curve(np.linspace(0, way[-1], _BETWEEN * len(kept))))


def _rightmost(strokes: tuple[Stroke, ...]) -> Array:
    points = np.concatenate([stroke.points for stroke in strokes])
    return np.asarray(points[int(np.argmax(points[:, 0]))])
