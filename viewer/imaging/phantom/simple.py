"""Simple synthetic bodies of ellipsoids: their truth is a formula, in mm, at any grid.

`abdomen` is a trunk from the bases of the lungs to under the kidneys, `head_ct` and `head_mr` a
head. They look like nobody; they prove arithmetic, sides, units and grids, not skill.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Shape

Mask = NDArray[np.bool_]
Grids = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class Simple:
    """Values (HU, or any unit of an MR) of a synthetic body, and where each part of it lies."""

    values: NDArray[np.int16] = field(repr=False)
    geometry: Geometry
    truth: dict[str, Mask] = field(repr=False)


def abdomen(
    *, step_mm: float = 4.0, contrast: bool = False, table: bool = True, seed: int = 0
) -> Simple:
    """Make a trunk: bases of lungs, liver, spleen, kidneys, spine, aorta, muscle and fat."""
    geometry = _grid((264.0, 280.0, 400.0), step_mm)
    z, y, x = _places(geometry)
    body = _ellipse(y, x, (0, 0), (110, 165))
    wall = _ellipse(y, x, (0, 0), (92, 145))
    cavity = _ellipse(y, x, (-4, 0), (76, 128)) & ~_ellipse(y, x, (75, 0), (46, 60))
    dome = 96.0
    lungs = {
        "lung_right": cavity & _ball(z, y, x, (130, 0, -62), (92, 80, 58)) & (z > dome - 40),
        "lung_left": cavity & _ball(z, y, x, (130, 0, 66), (92, 80, 54)) & (z > dome - 50),
    }
    liver = cavity & _ball(z, y, x, (20, -8, -60), (76, 66, 66))
    spleen = cavity & _ball(z, y, x, (28, 30, 92), (46, 34, 26))
    kidneys = {
        "kidney_right": _ball(z, y, x, (-70, 34, -60), (54, 24, 27)),
        "kidney_left": _ball(z, y, x, (-50, 34, 60), (54, 24, 27)),
    }
    vertebra = _ellipse(y, x, (45, 0), (18, 22))
    arch = _ellipse(y, x, (75, 0), (18, 9))
    bone = vertebra | arch
    aorta = _ellipse(y, x, (14, 10), (10, 10))
    hu = np.full(geometry.shape, -1000.0)
    parts: list[tuple[Mask, float]] = [
        (body, -105), (wall, 52), (cavity, -100), (liver, 112 if contrast else 60),
        (spleen, 125 if contrast else 48), (aorta, 190 if contrast else 42),
    ]  # fmt: skip
    parts += [(mask, 200 if contrast else 30) for mask in kidneys.values()]
    parts += [(bone, 210), (bone & ~_ellipse(y, x, (45, 0), (14, 18)) & vertebra, 520)]
    parts += [(mask, -840) for mask in lungs.values()]
    for mask, value in parts:
        hu[np.broadcast_to(mask, geometry.shape)] = value
    truth = {"body": body, "bone": bone, "spleen": spleen, "aorta": aorta, **kidneys, **lungs}
    full = {name: _full(mask, geometry) for name, mask in truth.items()}
    air = full["lung_right"] | full["lung_left"]
    full["liver"] = _full(liver, geometry) & ~air & ~full["bone"]
    full["spleen"] &= ~air
    full["fat_subcutaneous"] = _full(body & ~wall, geometry)
    if table:
        board = (y > 122) & (y < 126) & (np.abs(x) < 190)
        hu[np.broadcast_to(board, geometry.shape)] = 100
    spongy = np.random.default_rng(seed + 1).normal(0, 60, geometry.shape)
    hu[full["bone"]] += spongy[full["bone"]]
    return Simple(_noisy(hu, 12.0, seed), geometry, full)


def head_ct(*, step_mm: float = 2.0, seed: int = 0) -> Simple:
    """Make a head for CT: scalp, skull and brain, cut off under the skull's base."""
    geometry = _grid((190.0, 230.0, 190.0), step_mm)
    z, y, x = _places(geometry)
    scalp = _ball(z, y, x, (0, 0, 0), (86, 96, 76)) | _ellipse(y, x, (20, 0), (50, 50)) & (z < -40)
    outer = _ball(z, y, x, (0, 0, 0), (80, 90, 70))
    brain = _ball(z, y, x, (0, 0, 0), (73, 83, 63))
    hu = np.full(geometry.shape, -1000.0)
    for mask, value in ((scalp, 20.0), (outer, 900.0), (brain, 34.0)):
        hu[_full(mask, geometry)] = value
    truth = {"brain": _full(brain, geometry), "skull": _full(outer & ~brain, geometry)}
    return Simple(_noisy(hu, 8.0, seed), geometry, truth)


def head_mr(*, step_mm: float = 2.0, seed: int = 0) -> Simple:
    """Make a head for MR: scalp, dark ring of skull and fluid, brain with a brighter rim."""
    geometry = _grid((190.0, 230.0, 190.0), step_mm)
    z, y, x = _places(geometry)
    scalp = _ball(z, y, x, (0, 0, 0), (88, 98, 78)) | _ellipse(y, x, (20, 0), (45, 45)) & (z < -40)
    ring = _ball(z, y, x, (0, 0, 0), (80, 90, 70))
    brain = _ball(z, y, x, (0, 0, 0), (72, 82, 62))
    deep = _ball(z, y, x, (0, 0, 0), (62, 72, 52))
    values = np.full(geometry.shape, 10.0)
    for mask, value in ((scalp, 520.0), (ring, 60.0), (brain, 380.0), (deep, 450.0)):
        values[_full(mask, geometry)] = value
    return Simple(_noisy(values, 15.0, seed), geometry, {"brain": _full(brain, geometry)})


def _grid(extent_mm: tuple[float, float, float], step_mm: float) -> Geometry:
    a, b, c = (round(extent / step_mm) for extent in extent_mm)
    shape: Shape = (a, b, c)
    half = [-(n - 1) / 2 * step_mm for n in shape]
    return Geometry.from_axes(
        shape, (half[2], half[1], half[0]), np.eye(3)[::-1], (step_mm, step_mm, step_mm)
    )


def _places(geometry: Geometry) -> Grids:
    """Return z (to the head), y (to the back) and x (to the left) of each voxel in mm."""
    axes = [
        np.asarray(geometry.origin[2 - axis] + np.arange(n) * geometry.spacing_mm[axis])
        for axis, n in enumerate(geometry.shape)
    ]
    return axes[0][:, None, None], axes[1][None, :, None], axes[2][None, None, :]


def _ball(
    z: NDArray[np.float64],
    y: NDArray[np.float64],
    x: NDArray[np.float64],
    centre: tuple[float, float, float],
    half: tuple[float, float, float],
) -> Mask:
    away = ((z - centre[0]) / half[0]) ** 2 + ((y - centre[1]) / half[1]) ** 2
    return np.asarray(away + ((x - centre[2]) / half[2]) ** 2 <= 1)


def _ellipse(
    y: NDArray[np.float64],
    x: NDArray[np.float64],
    centre: tuple[float, float],
    half: tuple[float, float],
) -> Mask:
    return np.asarray(((y - centre[0]) / half[0]) ** 2 + ((x - centre[1]) / half[1]) ** 2 <= 1)


def _full(mask: Mask, geometry: Geometry) -> Mask:
    return np.broadcast_to(mask, geometry.shape).copy()


def _noisy(values: NDArray[np.float64], spread: float, seed: int) -> NDArray[np.int16]:
    noise = np.random.default_rng(seed).normal(0, spread, values.shape)
    return np.rint(values + noise).astype(np.int16)


MADE: dict[str, Callable[[], Simple]] = {
    "abdomen, plain": abdomen,
    "abdomen, contrast": lambda: abdomen(contrast=True),
    "head, CT": head_ct,
    "head, MR": head_mr,
}
"""What benchmarks measure on, by name."""
