"""Rules by which a region grows from clicks; each gives a nested family of regions.

A family is written as one number per voxel: the member (0, the smallest, to `MEMBERS` - 1)
with which the voxel comes in, or `MEMBERS` for never. Members grow by about equal factors of
volume. Opening, filling of holes and staying in one piece are done on the numbers themselves,
so that the members stay nested (flat operators commute with thresholds: P. Maragos,
R. W. Schafer, 1987).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from viewer.imaging.click.field import Field as Block
from viewer.imaging.click.field import Values
from viewer.imaging.click.spreading import UNREACHED, summed_steps, worst_step

MEMBERS = 40
_MOST_STEPS = 4000
_SMALLEST_VOXELS = 5
_LARGEST_SHARE = 0.6
Numbers = NDArray[np.uint8]
Seeds = NDArray[np.int64]


class Rule(IntEnum):
    """What holds a region together."""

    ALIKE = 0
    """Values near that of the click, brighter or darker."""
    BRIGHT = 1
    """Values not far below the brightest at the click."""
    DARK = 2
    """Values not far above the darkest at the click."""
    EDGES = 3
    """Short ways from the click that cross no edges."""


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Nested regions: `numbers` as told above; `loose` is how loose each member is (0 to 1)."""

    rule: Rule
    opened: int
    numbers: Numbers = field(repr=False)
    loose: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What all rules use of a block: smoothed values, their steepness and their scale."""

    block: Block
    smooth: Values = field(repr=False)
    steep: Values = field(repr=False)
    span: float
    noise: float
    at_click: float


def ground_of(block: Block, modality: str) -> Ground:
    """Return smoothed values of a block, their gradient per mm, and how widely they range."""
    finest = min(block.spacing_mm)
    sigma = [0.7 * finest / mm for mm in block.spacing_mm]
    smooth = gaussian_filter(block.values, sigma, mode="nearest", truncate=3.0)
    steep = np.zeros_like(smooth)
    for axis, mm in enumerate(block.spacing_mm):
        if smooth.shape[axis] > 1:
            steep += (np.gradient(smooth, axis=axis) / np.float32(mm)) ** 2
    steep = np.sqrt(steep)
    low, high = np.percentile(smooth[::2, ::2, ::2], (1, 99))
    span = max(float(high - low), 1e-6)
    if modality == "CT":
        span = float(np.clip(span, 100.0, 600.0))
    near = _cube(block.values, block.click, 2)
    noise = max(float(near.std()), span / 100)
    return Ground(block, smooth, steep, span, noise, float(_cube(smooth, block.click, 1).mean()))


def families_of(ground: Ground, seeds: Seeds, modality: str) -> list[Family]:
    """Return the nested families of all rules, plain and opened."""
    made = []
    for rule in Rule:
        if rule is Rule.DARK and modality == "PT":
            continue
        numbers, loose = _ranked(_levels(rule, ground, seeds, modality))
        made += [Family(rule, n, _tidied(numbers, seeds, n), loose) for n in (0, 1, 2)]
    return made


def _levels(rule: Rule, ground: Ground, seeds: Seeds, modality: str) -> NDArray[np.uint16]:
    if rule is Rule.EDGES:
        return by_edges(ground, seeds)
    cost = np.full(ground.smooth.shape, 255, np.uint8)
    for seed in seeds:
        at = (int(seed[0]), int(seed[1]), int(seed[2]))
        np.minimum(cost, _unlike(rule, ground, at, modality), out=cost)
    return worst_step(cost, seeds)


def _unlike(rule: Rule, ground: Ground, at: tuple[int, int, int], modality: str) -> Numbers:
    """Return how unlike a seed each voxel is, 0 to 255."""
    smooth = ground.smooth
    if modality == "PT" and rule is Rule.BRIGHT:
        peak = max(float(smooth[climbed(smooth, at, ground.block.spacing_mm)]), 1e-6)
        return np.asarray(np.clip(255 * (1 - smooth / peak), 0, 254).astype(np.uint8))
    near = _cube(smooth, at, 1)
    off = smooth - np.float32(near.mean())
    if rule is Rule.BRIGHT:
        off = np.float32(near.max()) - smooth
    elif rule is Rule.DARK:
        off = smooth - np.float32(near.min())
    scaled = np.abs(off) if rule is Rule.ALIKE else np.maximum(off, 0)
    return np.asarray(np.clip(scaled * np.float32(255 / ground.span), 0, 254).astype(np.uint8))


def by_edges(
    ground: Ground, seeds: Seeds, means: NDArray[np.float32] | None = None
) -> NDArray[np.uint16]:
    """Return how far voxels are from the seeds; edges and unlike values make ways longer.

    Alike are values near `means`, or near those about each seed.
    """
    if means is None:
        about = [_cube(ground.smooth, (int(z), int(y), int(x)), 1).mean() for z, y, x in seeds]
        means = np.asarray(about, np.float32)
    spacing = ground.block.spacing_mm
    finest = min(spacing)
    noise, steep = np.float32(ground.noise), ground.steep * np.float32(finest)
    unlike = np.full(steep.shape, np.inf, np.float32)
    for mean in means:
        np.minimum(unlike, np.abs(ground.smooth - mean), out=unlike)
    cost = 8 + 60 * np.minimum(steep / noise, 2) + 30 * np.minimum(unlike / (3 * noise), 3)
    lengths = np.array([round(16 * mm / finest) for mm in spacing], np.int64)
    return summed_steps(np.clip(cost, 1, 255).astype(np.uint8), seeds, lengths, _MOST_STEPS)


def climbed(
    smooth: Values, at: tuple[int, int, int], spacing_mm: tuple[float, float, float]
) -> tuple[int, int, int]:
    """Return the brightest voxel that one gets to uphill from a voxel, within 15 mm."""
    start, now = np.asarray(at), at
    while True:
        low = [max(n - 1, 0) for n in now]
        cube = _cube(smooth, now, 1)
        best = np.unravel_index(int(cube.argmax()), cube.shape)
        there = (low[0] + int(best[0]), low[1] + int(best[1]), low[2] + int(best[2]))
        far = float(np.linalg.norm((np.asarray(there) - start) * np.asarray(spacing_mm)))
        if there == now or far > 15.0:
            return now
        now = there


def _ranked(levels: NDArray[np.uint16]) -> tuple[Numbers, NDArray[np.float32]]:
    """Turn levels into numbers of members that grow by equal factors of volume."""
    reached = levels[levels != UNREACHED]
    if not len(reached):
        return np.full(levels.shape, MEMBERS, np.uint8), np.zeros(MEMBERS, np.float32)
    counts = np.cumsum(np.bincount(reached))
    most = max(int(levels.size * _LARGEST_SHARE), _SMALLEST_VOXELS + 1)
    wanted = np.geomspace(_SMALLEST_VOXELS, most, MEMBERS)
    ends = np.searchsorted(counts, wanted).clip(0, len(counts) - 1)
    table = np.full(UNREACHED + 1, MEMBERS, np.uint8)
    table[: int(ends[-1]) + 1] = np.searchsorted(ends, np.arange(int(ends[-1]) + 1))
    top = 254 if len(counts) <= 256 else _MOST_STEPS
    return table[levels], (ends / top).astype(np.float32)


def _tidied(numbers: Numbers, seeds: Seeds, opened: int) -> Numbers:
    """Open the members, keep the piece with the clicks, fill holes."""
    for _ in range(opened):
        numbers = _over_neighbours(numbers, np.maximum)
    for _ in range(opened):
        numbers = _over_neighbours(numbers, np.minimum)
    if opened:
        numbers = np.minimum(worst_step(numbers, seeds), MEMBERS).astype(np.uint8)
        for seed in seeds:
            numbers[tuple(seed)] = 0
    return _filled(numbers)


def _filled(numbers: Numbers) -> Numbers:
    """Let what a member encloses come in with it."""
    outside = np.pad((MEMBERS - numbers).astype(np.uint8), 1)
    reached = worst_step(outside, np.zeros((1, 3), np.int64))[1:-1, 1:-1, 1:-1]
    return (MEMBERS - np.minimum(reached, MEMBERS)).astype(np.uint8)


def _over_neighbours(numbers: Numbers, choose: np.ufunc) -> Numbers:
    """Take the greatest or least number of each voxel and its six neighbours."""
    made = numbers.copy()
    for axis in range(3):
        low = tuple(slice(None, -1) if n == axis else slice(None) for n in range(3))
        high = tuple(slice(1, None) if n == axis else slice(None) for n in range(3))
        choose(made[low], numbers[high], out=made[low])
        choose(made[high], numbers[low], out=made[high])
    return made


def _cube(values: Values, at: tuple[int, int, int], radius: int) -> Values:
    return values[tuple(slice(max(n - radius, 0), n + radius + 1) for n in at)]
