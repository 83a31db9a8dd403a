"""Synthetic nodules, planted into real or synthetic lungs with known truth.

A nodule is a ball made uneven: squeezed into an ellipsoid, with bumps, now and
then with spicules, solid, part-solid or of ground glass; free in the lung, on
a vessel or on the pleura. Its edge is as blurred and its inside as noisy as
the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry, Position, position_of
from viewer.imaging.lungs import LEFT_LUNG, RIGHT_LUNG, Lungs

DIAMETERS_MM = (4.0, 30.0)
GAP_MM = 6.0
TRIES = 60


class Place(StrEnum):
    """Where a nodule grows."""

    FREE = "free"
    VESSEL = "on a vessel"
    PLEURA = "on the pleura"


class Texture(StrEnum):
    """How dense a nodule is."""

    SOLID = "solid"
    PART_SOLID = "part-solid"
    GROUND_GLASS = "ground glass"
    CALCIFIED = "calcified"


@dataclass(frozen=True, slots=True)
class Planted:
    """The truth about one synthetic nodule: centre in LPS mm, mean diameter."""

    centre: Position
    diameter_mm: float
    place: Place
    texture: Texture


@dataclass(frozen=True, slots=True, eq=False)
class _Shape:
    """Random form of one nodule: axes of the ellipsoid, bumps, spicules."""

    axes: NDArray[np.float64]
    turn: NDArray[np.float64]
    bumps: NDArray[np.float64] = field(repr=False)
    heights: NDArray[np.float64] = field(repr=False)
    spicules: NDArray[np.float64] = field(repr=False)


def plant(
    upright: NDArray[np.float32], lungs: Lungs, count: int, random: np.random.Generator
) -> tuple[NDArray[np.float32], tuple[Planted, ...]]:
    """Return upright HU values with nodules planted, and the truth about them."""
    values = upright.copy()
    side = (lungs.labels == LEFT_LUNG) | (lungs.labels == RIGHT_LUNG)
    spacing = np.array(lungs.geometry.spacing_mm)
    depth = ndimage.distance_transform_edt(side[::2, ::2, ::2], sampling=2 * spacing)
    noise = _noise_of(upright, side)
    planted: list[Planted] = []
    for _ in range(count):
        diameter = _diameter(random)
        place = random.choice(list(Place), p=[0.45, 0.25, 0.3])
        centre = _spot(upright, depth, lungs.geometry, Place(place), diameter, planted, random)
        if centre is not None:
            texture = Texture(random.choice(list(Texture), p=[0.66, 0.14, 0.14, 0.06]))
            _paint(values, lungs.geometry, centre, diameter, texture, noise, random)
            planted.append(Planted(centre, diameter, Place(place), texture))
    return values, tuple(planted)


def _diameter(random: np.random.Generator) -> float:
    low, high = np.log(DIAMETERS_MM)
    return float(np.exp(low + (high - low) * random.beta(1.1, 1.6)))


def _noise_of(values: NDArray[np.float32], side: NDArray[np.bool_]) -> float:
    """Estimate the noise (HU) from differences of neighbours in quiet lung."""
    middle = values[len(values) // 2]
    step = np.abs(np.diff(middle, axis=1))[side[len(values) // 2][:, 1:]]
    return float(np.clip(np.median(step) / 0.95, 5, 60)) if len(step) else 15.0


def _spot(
    upright: NDArray[np.float32],
    depth: NDArray[np.float64],
    geometry: Geometry,
    place: Place,
    diameter: float,
    planted: list[Planted],
    random: np.random.Generator,
) -> Position | None:
    """Choose a centre of the wanted kind that is clear of the other nodules."""
    radius = diameter / 2
    if place is Place.PLEURA:
        wanted = (depth > 0.15 * radius) & (depth < 0.8 * radius + 1)
    else:
        wanted = depth > radius + 2
    if place is Place.VESSEL:
        wanted &= upright[::2, ::2, ::2] > -400
    choices = np.argwhere(wanted)
    for _ in range(TRIES if len(choices) else 0):
        index = choices[random.integers(len(choices))] * 2 + random.uniform(-0.5, 0.5, 3)
        centre = geometry.to_patient(index)
        clear = all(
            np.linalg.norm(centre - p.centre) > radius + p.diameter_mm / 2 + GAP_MM for p in planted
        )
        if clear:
            return position_of(centre)
    return None


def _shape(random: np.random.Generator) -> _Shape:
    axes = np.array([1.0, random.uniform(0.75, 1.0), random.uniform(0.65, 1.0)])
    axes /= np.prod(axes) ** (1 / 3)
    turn, _ = np.linalg.qr(random.normal(size=(3, 3)))
    count = int(random.integers(3, 9))
    heights = random.normal(0, random.choice([0.04, 0.12, 0.2]), count)
    spicules = np.zeros((0, 3))
    if random.random() < 0.25:
        spicules = _directions(random, int(random.integers(4, 14)))
    return _Shape(axes, turn, _directions(random, count), heights, spicules)


def _directions(random: np.random.Generator, count: int) -> NDArray[np.float64]:
    vectors = random.normal(size=(count, 3))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _paint(
    values: NDArray[np.float32],
    geometry: Geometry,
    centre: Position,
    diameter: float,
    texture: Texture,
    noise: float,
    random: np.random.Generator,
) -> None:
    """Blend one nodule into the values, in place."""
    spacing = np.asarray(geometry.spacing_mm)
    middle = geometry.to_index(centre)
    reach = np.ceil(1.5 * diameter / 2 / spacing + 3).astype(int)
    low = np.maximum(np.rint(middle).astype(int) - reach, 0)
    high = np.minimum(np.rint(middle).astype(int) + reach + 1, values.shape)
    a, b, c = (slice(int(p), int(q)) for p, q in zip(low, high, strict=True))
    block = values[a, b, c]
    indices = np.indices(block.shape).reshape(3, -1).T + low
    offsets = (indices - middle) * spacing
    share, inner = _cover(offsets, diameter / 2, _shape(random), float(spacing.mean()))
    density = _density(texture, inner, random).reshape(block.shape)
    rough = ndimage.gaussian_filter(random.normal(size=block.shape), 0.6)
    density += rough / max(rough.std(), 1e-6) * noise
    alpha = share.reshape(block.shape)
    if texture is Texture.GROUND_GLASS:
        density = np.maximum(density, block)
    values[a, b, c] = np.where(block > density, block, block * (1 - alpha) + density * alpha)


def _cover(
    offsets: NDArray[np.float64], radius: float, shape: _Shape, voxel: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how much of each voxel is nodule, and how deep it lies (1 centre, 0 edge)."""
    local = offsets @ shape.turn / shape.axes
    length = np.linalg.norm(local, axis=1)
    unit = local / np.maximum(length, 1e-6)[:, None]
    edge = np.full(len(local), radius)
    for bump, height in zip(shape.bumps, shape.heights, strict=True):
        edge += radius * height * np.exp(4 * (unit @ bump - 1))
    for spicule in shape.spicules:
        across = length * np.sqrt(np.maximum(1 - (unit @ spicule) ** 2, 0))
        edge = np.where((unit @ spicule > 0) & (across < 0.7), np.maximum(edge, 1.4 * radius), edge)
    blur = max(0.5 * voxel, 0.5)
    share = 1 / (1 + np.exp(np.clip((length - edge) / (0.6 * blur), -40, 40)))
    return share, 1 - length / edge


def _density(
    texture: Texture, inner: NDArray[np.float64], random: np.random.Generator
) -> NDArray[np.float64]:
    solid = random.uniform(-60, 70)
    glass = random.uniform(-680, -450)
    if texture is Texture.GROUND_GLASS:
        return np.full(len(inner), glass)
    if texture is Texture.PART_SOLID:
        return np.where(inner > random.uniform(0.35, 0.6), solid, glass)
    if texture is Texture.CALCIFIED:
        return np.full(len(inner), random.uniform(150, 500))
    return np.full(len(inner), solid)
