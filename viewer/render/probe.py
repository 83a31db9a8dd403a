"""What is under the cursor: the value with its unit, the place with its sides."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array, Position
from viewer.core.stack import Frame, Stack
from viewer.core.units import in_words
from viewer.core.volume import Volume, padded
from viewer.render.caveats import sides_known
from viewer.render.pixel_place import pixel_in_words
from viewer.render.scene import Picture, Point, Scene
from viewer.session.images import OpenImage
from viewer.session.look import Look, Slab


@dataclass(frozen=True, slots=True)
class Probe:
    """The value and the place under a point of a view, as words; empty where there is none."""

    value: str = ""
    place: str = ""


def probe(opened: OpenImage, look: Look, scene: Scene, point: Point) -> Probe:
    """Say what lies under a point of a scene."""
    if scene.picture is None or scene.plane is None:
        return Probe()
    position = scene.to_patient(point)
    stored = _stored(scene.picture, _through(scene, position))
    place = _place(opened, look, scene, position)
    if stored is None:
        return Probe(place=place)
    if not stored.size:
        return Probe("padding", place)
    joined = _joined(scene.picture.slab, stored)
    below = _value_in_words(opened, look, joined, scene.picture)
    over = (_value_on_top(scene, position), _value_of_map(scene, position))
    return Probe("  ".join(filter(None, (below, *over))), place)


def _value_on_top(scene: Scene, position: Position) -> str:
    """Say the value of what is laid over the picture, where there is one."""
    fused = scene.fused
    stored = None if fused is None else _stored(fused.picture, _through(scene, position))
    if fused is None or stored is None or not stored.size:
        return ""
    value = float(_joined(fused.picture.slab, stored)) * fused.slope + fused.intercept
    return f"{fused.name} {_number(value)} {unit_in_words(fused.unit)}"


def _value_of_map(scene: Scene, position: Position) -> str:
    """Say the value of the map of scores that is laid over the picture, where there is one."""
    veil = scene.veil
    stored = None if veil is None else _stored(veil.picture, _through(scene, position))
    if veil is None or stored is None or not stored.size:
        return ""
    value = float(stored.max()) * veil.slope + veil.intercept
    unit = "" if veil.unit == "1" else f" {unit_in_words(veil.unit)}"
    return f"{veil.name} {value:.2f}{unit}"


def _place(opened: OpenImage, look: Look, scene: Scene, position: Position) -> str:
    """Say where a position is in the patient, or else what its pixel measures."""
    if scene.in_patient:
        return place_in_words(position) if sides_known(opened) else ""
    if scene.picture is None or isinstance(opened.image, Volume):
        return ""
    _, row, column = scene.picture.geometry.to_index(position)
    _, rows, columns = scene.picture.geometry.shape
    if not (-0.5 <= row < rows - 0.5 and -0.5 <= column < columns - 0.5):
        return ""
    return pixel_in_words(_frame(opened.image, look).scale, float(row), float(column))


def place_in_words(position: Position) -> str:
    """Return a position by the sides of the patient: "L 12.3  P 45.0  H 101.5 mm"."""
    parts = (
        f"{letters[0] if part >= 0 else letters[1]} {abs(part):.1f}"
        for letters, part in zip(("LR", "PA", "HF"), position, strict=True)
    )
    return "  ".join(parts) + " mm"


def unit_in_words(unit: str) -> str:
    """Return a UCUM unit as readers say it."""
    return in_words(unit) or "(no unit)"


def _through(scene: Scene, position: Position) -> Array:
    """Return the points (n, 3) that one pixel shows: one, or those across the slab."""
    picture, plane = scene.picture, scene.plane
    if picture is None or plane is None or picture.slab_mm <= 0:
        return np.asarray([position])
    step_mm = min(picture.geometry.spacing_mm)
    half = int(picture.slab_mm / 2 / step_mm)
    offsets = np.arange(-half, half + 1)[:, None] * step_mm
    return np.asarray(np.asarray(position) + offsets * np.asarray(plane.normal))


def _stored(picture: Picture, positions: Array) -> NDArray[np.float64] | None:
    """Return the stored values (or the three of each colour) at some points, but for padding.

    None if all points are outside.
    """
    index = np.rint(picture.geometry.to_index(positions)).astype(int)
    inside = ((index >= 0) & (index < picture.geometry.shape)).all(axis=1)
    if not inside.any():
        return None
    slices, rows, columns = index[inside].T
    values = picture.voxels[slices, rows, columns]
    nothing = padded(values, picture.padding)
    return np.asarray(values if nothing is None else values[~nothing], dtype=np.float64)


def _joined(slab: Slab, values: NDArray[np.float64]) -> NDArray[np.float64]:
    if slab is Slab.MAXIMUM:
        return np.asarray(values.max(axis=0))
    return np.asarray(values.min(axis=0) if slab is Slab.MINIMUM else values.mean(axis=0))


def _value_in_words(
    opened: OpenImage, look: Look, stored: NDArray[np.float64], picture: Picture
) -> str:
    if stored.ndim:
        return "R {:.0f}  G {:.0f}  B {:.0f}".format(*stored)
    source = _source(opened.image, look)
    value = float(stored) * source.slope + source.intercept
    how = f"{picture.slab.value} " if picture.slab_mm > 0 else ""
    return f"{how}{_number(value)} {unit_in_words(opened.image.unit)}"


def _source(image: Volume | Stack, look: Look) -> Volume | Frame:
    if isinstance(image, Volume):
        return image
    return _frame(image, look)


def _frame(stack: Stack, look: Look) -> Frame:
    return stack.frames[min(max(look.frame, 0), len(stack.frames) - 1)]


def _number(value: float) -> str:
    if not isfinite(value):
        return "no number"
    if value == round(value) or abs(value) >= 1000:
        text = f"{value:.0f}"
    else:
        text = f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"
    return text.replace("-", "\N{MINUS SIGN}")
