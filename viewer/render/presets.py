"""How values become colour and opacity in 3D, as data.

A point is (value, red, green, blue, opacity), colours 0 to 1; in between it is
linear. CT presets are in HU. For other images 0 and 1 stand for the black and
the white of the window. Opacity is per millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from viewer.core.volume import Volume
from viewer.core.window import Window

Knot: TypeAlias = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Preset:
    """One way of seeing a volume in space."""

    name: str
    knots: tuple[Knot, ...]
    shaded: bool = True
    steepest: float | None = None
    """Where values change faster than this (a millimetre), nothing is shown: no skin of air."""
    step: float = 1.0
    """Voxels between two samples of a ray at rest; sharp skins need less than one."""
    brightest: bool = False
    """Show the brightest value on each line of sight instead of what lies in front."""


_BONE = ((0.90, 0.78, 0.62), (1.00, 0.96, 0.88))

LUNG_AND_BONE = Preset(
    "Lung and bone",
    (
        (-990, 0.30, 0.55, 0.75, 0.0),
        (-930, 0.35, 0.62, 0.82, 0.004),
        (-780, 0.45, 0.70, 0.88, 0.009),
        (-600, 0.85, 0.50, 0.45, 0.012),
        (-350, 0.85, 0.40, 0.35, 0.004),
        (-150, 0.85, 0.40, 0.35, 0.0),
        (170, *_BONE[0], 0.0),
        (320, *_BONE[0], 0.09),
        (900, *_BONE[1], 0.55),
        (3000, 1.0, 1.0, 1.0, 0.8),
    ),
)
BONE = Preset(
    "Bone",
    (
        (140, 0.75, 0.45, 0.30, 0.0),
        (260, *_BONE[0], 0.25),
        (700, *_BONE[1], 0.8),
        (3000, 1.0, 1.0, 1.0, 1.0),
    ),
    step=0.5,
)
SOFT_TISSUE = Preset(
    "Soft tissue",
    (
        (-650, 0.87, 0.66, 0.53, 0.0),
        (-400, 0.87, 0.66, 0.53, 0.6),
        (-20, 0.87, 0.64, 0.51, 0.9),
        (250, *_BONE[0], 0.9),
        (1000, *_BONE[1], 1.0),
    ),
    step=0.5,
)
AIRWAYS = Preset(
    "Airways",
    (
        (-1060, 0.50, 0.78, 0.95, 0.0),
        (-1020, 0.50, 0.80, 1.00, 0.2),
        (-960, 0.50, 0.80, 1.00, 0.2),
        (-915, 0.45, 0.75, 0.95, 0.002),
        (-750, 0.80, 0.65, 0.60, 0.004),
        (-600, 0.90, 0.60, 0.52, 0.012),
        (-400, 0.90, 0.60, 0.52, 0.0),
    ),
    shaded=False,
    steepest=800.0,
)
MIP = Preset("MIP", ((50, 0, 0, 0, 0.0), (1000, 1, 1, 1, 1.0)), shaded=False, brightest=True)

_ANY_MIP = Preset("MIP", ((0, 0, 0, 0, 0.0), (1, 1, 1, 1, 1.0)), shaded=False, brightest=True)
_ANY_COMPOSITE = Preset(
    "Composite",
    (
        (0.15, 0.35, 0.20, 0.15, 0.0),
        (0.40, 0.75, 0.45, 0.30, 0.03),
        (0.75, 0.95, 0.80, 0.60, 0.20),
        (1.20, 1.00, 0.98, 0.92, 0.60),
    ),
)

PRESETS_3D: tuple[Preset, ...] = (LUNG_AND_BONE, BONE, SOFT_TISSUE, AIRWAYS, MIP)


def preset_named(name: str) -> Preset:
    """Return the preset of this name, or the first."""
    return next((preset for preset in PRESETS_3D if preset.name == name), PRESETS_3D[0])


def stored_knots(preset: Preset, volume: Volume, window: Window) -> tuple[Knot, ...]:
    """Return the points of a preset with their values on the scale of the stored voxels."""
    in_hu = volume.modality == "CT" and volume.unit == "[hnsf'U]"
    other = _ANY_MIP if preset.brightest else _ANY_COMPOSITE
    chosen = preset if in_hu else other

    def stored(value: float) -> float:
        real = value if in_hu else window.low + value * window.width
        return (real - volume.intercept) / (volume.slope or 1.0)

    knots = [(stored(value), *rest) for value, *rest in chosen.knots]
    return tuple(sorted((v, r, g, b, a) for v, (r, g, b, a) in ((k[0], k[1:]) for k in knots)))
