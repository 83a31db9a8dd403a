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
    brightest: bool = False
    """Show the brightest value on each line of sight instead of what lies in front."""


_BONE = ((0.90, 0.78, 0.62), (1.00, 0.96, 0.88))

LUNG_AND_BONE = Preset(
    "Lung and bone",
    (
        (-990, 0.30, 0.55, 0.75, 0.0),
        (-930, 0.35, 0.62, 0.82, 0.002),
        (-780, 0.45, 0.70, 0.88, 0.004),
        (-600, 0.85, 0.45, 0.40, 0.003),
        (-350, 0.80, 0.35, 0.30, 0.0),
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
)
SOFT_TISSUE = Preset(
    "Soft tissue",
    (
        (-300, 0.75, 0.55, 0.42, 0.0),
        (-140, 0.86, 0.66, 0.52, 0.10),
        (-20, 0.85, 0.55, 0.42, 0.35),
        (90, 0.80, 0.35, 0.28, 0.6),
        (250, *_BONE[0], 0.9),
        (1000, *_BONE[1], 1.0),
    ),
)
AIRWAYS = Preset(
    "Airways",
    (
        (-1010, 0.55, 0.80, 0.95, 0.0),
        (-960, 0.50, 0.78, 0.95, 0.06),
        (-900, 0.45, 0.72, 0.92, 0.0),
        (-700, 0.90, 0.60, 0.50, 0.0),
        (-560, 0.92, 0.62, 0.52, 0.04),
        (-420, 0.92, 0.62, 0.52, 0.0),
    ),
)
MIP = Preset("MIP", ((0, 0, 0, 0, 0.0), (1, 1, 1, 1, 1.0)), shaded=False, brightest=True)

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
    in_hu = volume.modality == "CT" and volume.unit == "[hnsf'U]" and not preset.brightest
    chosen = preset if in_hu or preset.brightest else _ANY_COMPOSITE

    def stored(value: float) -> float:
        real = value if in_hu else window.low + value * window.width
        return (real - volume.intercept) / (volume.slope or 1.0)

    knots = [(stored(value), *rest) for value, *rest in chosen.knots]
    return tuple(sorted((v, r, g, b, a) for v, (r, g, b, a) in ((k[0], k[1:]) for k in knots)))
