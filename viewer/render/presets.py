"""The transfer functions that are shipped, and their points on the scale of stored voxels."""

from __future__ import annotations

from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.session.transfer import TRANSFERS, Knot, Transfer, fitting

PRESETS_3D = TRANSFERS


def in_hu(volume: Volume) -> bool:
    """Tell whether the values of a volume are those of CT."""
    return volume.modality == "CT" and volume.unit == "[hnsf'U]"


def real_knots(transfer: Transfer, volume: Volume, window: Window) -> tuple[Knot, ...]:
    """Return the points of a transfer function with real-world values."""
    chosen = fitting(transfer, in_hu=in_hu(volume))
    if not chosen.relative:
        return chosen.knots
    return tuple(
        (window.low + value * window.width, red, green, blue, opacity)
        for value, red, green, blue, opacity in chosen.knots
    )


def stored_knots(transfer: Transfer, volume: Volume, window: Window) -> tuple[Knot, ...]:
    """Return the points of a transfer function with their values as voxels are stored."""
    slope = volume.slope or 1.0
    knots = (
        ((value - volume.intercept) / slope, red, green, blue, opacity)
        for value, red, green, blue, opacity in real_knots(transfer, volume, window)
    )
    return tuple(sorted(knots, key=lambda knot: knot[0]))
