"""Marks on slices, and bleeds that reach through several of them.

A bleed is what hangs together in three dimensions where the network sees the inside of a box; on
each of its slices it is one mark with a box, as the boxes learned from are drawn: round the clot
and what is swollen about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import cc3d
import numpy as np
from numpy.typing import NDArray

from viewer.ai.haemorrhage.brightness import Brightness
from viewer.ai.haemorrhage.pictures import Bytes, Floats, with_neighbours

FLOOR = 0.2
"""Least probability of what hangs together."""
_HALF = 0.5
"""A box goes round what is at least this share of the highest probability on its slice."""
_LEAST_PIXELS = 6
MARK_FEATURES = (
    "Network: inside of a box (log odds)",
    "Network: clot (log odds)",
    "Network: bleed on the slice (log odds)",
    "Size of the mark on the slice (log of pixels)",
    "Slices it reaches through (log)",
    "Brightness of the clot above the brain",
    "Brightness above the other side of the head",
)
SLICE_FEATURES = (
    "Network: bleed on the slice (log odds)",
    "Network: inside of a box, highest (log odds)",
    "Network: clot, highest (log odds)",
    "Network: bleed on the brighter neighbour (log odds)",
    "Brightness above the brain, highest",
)
_FEW = 1e-4

Compute = Callable[[Floats], tuple[Floats | None, Floats | None]]
"""Log odds of voxels (n, 2, rows, columns) and wholes (n, 1) for pictures (n, 3, rows, columns)."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What the network says of the slices of one head: probabilities (slices, rows, columns)."""

    box: Floats = field(repr=False)
    clot: Floats = field(repr=False)
    whole: Floats = field(repr=False)
    """Of a bleed anywhere on the slice (slices)."""


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A bleed on one slice: first and last row and column of its box, and its features."""

    bleed: int
    """Number of the bleed that it belongs to."""
    slice: int
    box: tuple[float, float, float, float]
    """First row, first column, last row, last column."""
    features: NDArray[np.float64] = field(repr=False)

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box: row, column."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


def seen_by(compute: Compute, slices: Bytes) -> Seen:
    """Ask the network about all slices of a head, as they are and mirrored, and take the mean."""
    pictures = with_neighbours(slices)
    box, clot, whole = _once(compute, pictures)
    mirrored = _once(compute, np.ascontiguousarray(pictures[..., ::-1]))
    half = np.float32(0.5)
    return Seen(
        np.asarray((box + mirrored[0][..., ::-1]) * half, np.float32),
        np.asarray((clot + mirrored[1][..., ::-1]) * half, np.float32),
        np.asarray((whole + mirrored[2]) * half, np.float32),
    )


def _once(compute: Compute, pictures: Floats) -> tuple[Floats, Floats, Floats]:
    dense, whole = compute(pictures)
    if dense is None or whole is None:
        raise ValueError("the network answers both voxel by voxel and as a whole")
    likely = _likely(dense)
    return likely[:, 0], likely[:, 1], _likely(whole[:, 0])


def _likely(odds: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


def bleeds_of(seen: Seen) -> NDArray[np.uint16]:
    """Number what hangs together (slices, rows, columns), from 1 on; touching corners do."""
    return np.asarray(cc3d.connected_components(seen.box >= FLOOR, connectivity=26), np.uint16)


def marks_of(seen: Seen, light: Brightness) -> list[Mark]:
    """Return all marks of a head, slice by slice."""
    labels = bleeds_of(seen)
    marks: list[Mark] = []
    for bleed in range(1, int(labels.max(initial=0)) + 1):
        inside = labels == bleed
        deep = np.flatnonzero(inside.any(axis=(1, 2)))
        large = [int(number) for number in deep if inside[number].sum() >= _LEAST_PIXELS]
        marks += [_mark(seen, light, inside[one], bleed, one, len(deep)) for one in large]
    return sorted(marks, key=lambda one: (one.slice, one.box))


def _mark(
    seen: Seen, light: Brightness, inside: NDArray[np.bool_], bleed: int, number: int, deep: int
) -> Mark:
    box = np.where(inside, seen.box[number], 0)
    core = box >= _HALF * box.max()
    rows, columns = np.flatnonzero(core.any(axis=1)), np.flatnonzero(core.any(axis=0))
    clot = np.where(core, seen.clot[number], 0)
    weight = clot + _FEW * core
    features = (
        log_odds(box.max()),
        log_odds(clot.max()),
        log_odds(seen.whole[number]),
        np.log(core.sum()),
        np.log(deep),
        np.average(light.excess[number], weights=weight),
        np.average(light.uneven[number], weights=weight),
    )
    place = (float(rows[0]), float(columns[0]), float(rows[-1]), float(columns[-1]))
    return Mark(bleed, number, place, np.array(features, np.float64))


def slice_features(seen: Seen, light: Brightness) -> NDArray[np.float64]:
    """Return the features (slices, features) that tell whether a slice has a bleed."""
    whole = log_odds(seen.whole)
    padded = np.pad(whole, 1, constant_values=log_odds(0.0))
    neighbour = np.maximum(padded[:-2], padded[2:])
    columns = [
        whole,
        log_odds(seen.box.max(axis=(1, 2))),
        log_odds(seen.clot.max(axis=(1, 2))),
        neighbour,
        light.excess.max(axis=(1, 2)),
    ]
    return np.stack(columns, axis=1).astype(np.float64)


def log_odds(likely: NDArray[np.floating] | float) -> NDArray[np.float64]:
    """Return log odds, no further out than those of one in ten thousand."""
    inside = np.clip(np.asarray(likely, np.float64), _FEW, 1 - _FEW)
    return np.asarray(np.log(inside / (1 - inside)))
