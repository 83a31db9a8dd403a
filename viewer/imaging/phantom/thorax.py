"""Make a synthetic thorax: an image like a chest CT, and the truth about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Shape, position_of
from viewer.core.progress import Part, Progress, Silent
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume
from viewer.core.window import PRESETS
from viewer.imaging.phantom import nodule as nodules
from viewer.imaging.phantom import vessels
from viewer.imaging.phantom.anatomy import HIGH_MM, LOW_MM, Anatomy, Table
from viewer.imaging.phantom.canvas import Canvas
from viewer.imaging.phantom.nodule import WISHES, PhantomNodule, Texture, Wish
from viewer.imaging.phantom.noise import add_noise
from viewer.imaging.phantom.site import Site, lung_points
from viewer.imaging.phantom.trees import Growth, grow
from viewer.imaging.phantom.tubes import Tubes

SHAPE = (140, 512, 512)
SPACING_MM = (2.0, 0.76, 0.76)
VERSION = "1"
_FIELD_MM = 512 * 0.76
_SILENT = Silent()

_ARTERY = Growth(tip_mm=0.42, exponent=2.6)
_VEIN = Growth(tip_mm=0.4, exponent=2.65, stride=0.46)
_AIRWAY = Growth(tip_mm=0.7, exponent=2.8, stride=0.4, widest_mm=5.5)
_TONES = {
    Texture.SOLID: (35.0, 0.0, 0.0),
    Texture.PART_SOLID: (-610.0, 25.0, 0.55),
    Texture.GROUND_GLASS: (-640.0, 0.0, 0.0),
}


@dataclass(frozen=True, slots=True, eq=False)
class Phantom:
    """A synthetic chest CT and what is true of it.

    `lungs` is 1 in the right and 2 in the left lung, vessels and nodules included;
    `airways` is the air in trachea and bronchi. Both are on the grid of the volume.
    """

    volume: Volume
    truth: tuple[PhantomNodule, ...]
    lungs: NDArray[np.uint8] = field(repr=False)
    airways: NDArray[np.bool_] = field(repr=False)
    seed: int


def thorax(
    seed: int,
    *,
    shape: Shape = SHAPE,
    spacing_mm: tuple[float, float, float] | None = None,
    wishes: Sequence[Wish] = WISHES,
    noise_hu: float = 17.0,
    progress: Progress = _SILENT,
) -> Phantom:
    """Make the patient of a seed, with the nodules wished for as far as there is room.

    Without a spacing (slice, row, column) the grid covers the whole chest. The same
    arguments always give the same patient.

    Raises:
        Cancelled: between slices, if nobody wants it any more.
    """
    anatomy, blood, air, random = _grown(seed)
    geometry = _grid(anatomy, shape, spacing_mm)
    soft = max(0.9, 0.9 * geometry.voxel_volume_mm3 ** (1 / 3))
    canvas = Canvas(geometry, anatomy, soft / anatomy.size)
    canvas.paint_all(blood, air, Part(progress, 0.0, 0.8))
    shapes = _place(Site(anatomy, Tubes.join(blood, air)), wishes, random)
    truth = tuple(_insert(canvas, shape_, wish) for shape_, wish in shapes)
    progress.report(0.85, "Adding noise")
    add_noise(canvas.values, geometry.spacing_mm[1], noise_hu, random)
    return Phantom(_volume(canvas, seed), truth, canvas.lungs, canvas.airways, seed)


def _grid(
    anatomy: Anatomy, shape: Shape, spacing_mm: tuple[float, float, float] | None
) -> Geometry:
    height = HIGH_MM - LOW_MM
    spacing = spacing_mm or (height / shape[0], _FIELD_MM / shape[1], _FIELD_MM / shape[2])
    middle = np.array([0, 8, (LOW_MM + HIGH_MM) / 2]) * anatomy.size
    half = (np.array(shape) - 1) / 2 * np.array(spacing)
    return Geometry.from_axes(shape, middle - half[::-1], np.eye(3)[::-1], spacing)


def _grown(seed: int) -> tuple[Anatomy, Tubes, Tubes, np.random.Generator]:
    """Return body, vessels and airways of a seed, and its chance for what is drawn after them."""
    anatomy, blood, air, drawn = _grown_once(seed)
    random = np.random.default_rng()
    random.bit_generator.state = drawn
    return anatomy, blood, air, random


@lru_cache(maxsize=4)
def _grown_once(seed: int) -> tuple[Anatomy, Tubes, Tubes, Mapping[str, object]]:
    """Grow them; they take longest, and are the same whatever the grid and the nodules."""
    random = np.random.default_rng(seed)
    anatomy = Anatomy.draw(random)
    return anatomy, *_trees(anatomy, random), random.bit_generator.state


def _trees(anatomy: Anatomy, random: np.random.Generator) -> tuple[Tubes, Tubes]:
    """Grow arteries and veins, and the airways, of both lungs."""
    blood, air = [], [vessels.central_airways()]
    for label, side in ((1, -1), (2, 1)):
        fine = lung_points(anatomy, 2400, random, side=side)
        blood.append(grow(vessels.HILA[label], fine, _ARTERY, anatomy.organs, random))
        other = lung_points(anatomy, 1800, random, side=side)
        blood.append(grow(vessels.VEIN_ROOTS[label], other, _VEIN, anatomy.organs, random))
        deep = lung_points(anatomy, 80, random, side=side, depth_mm=13.0)
        air.append(grow(vessels.BRONCHI[label], deep, _AIRWAY, anatomy.organs, random))
    return Tubes.join(*blood), Tubes.join(*air)


def _place(
    site: Site, wishes: Sequence[Wish], random: np.random.Generator
) -> list[tuple[nodules.Shape, Wish]]:
    """Find room for the nodules, the largest first."""
    placed: list[tuple[nodules.Shape, Wish]] = []
    for wish in sorted(wishes, key=lambda wish: -wish.diameter_mm):
        shape = nodules.Shape.draw(wish, random)
        found = site.place(shape, wish, [other for other, _ in placed], random)
        if found is not None:
            placed.append((found, wish))
    return placed


def _insert(canvas: Canvas, shape: nodules.Shape, wish: Wish) -> PhantomNodule:
    """Paint a nodule and work out the truth about it."""
    grid, anatomy = canvas.geometry, canvas.anatomy
    ends = grid.to_index([shape.centre - shape.reach_mm, shape.centre + shape.reach_mm])
    low = np.clip(np.floor(ends[0]), 0, np.array(grid.shape) - 1).astype(int)
    high = np.clip(np.ceil(ends[1]) + 1, low + 1, grid.shape).astype(int)
    box = tuple(slice(a, b) for a, b in zip(low, high, strict=True))
    crop = grid.crop(_triple(low), _triple(high))
    step = np.array(grid.spacing_mm[::-1])
    lines = anatomy.outlines((crop.origin[2] + np.arange(crop.shape[0]) * step[2]) / anatomy.size)
    nodules.paint_nodule(
        canvas.values[box],
        np.array(crop.origin),
        step,
        lines,
        anatomy.organs,
        anatomy.domes,
        anatomy.size,
        shape.centre,
        shape.axes,
        shape.bumps,
        np.array(_TONES[wish.texture]),
        canvas.soft_mm * anatomy.size,
    )
    inside = _marked(anatomy, shape, np.array(crop.origin), step, crop.shape)
    volume, centre = _measure(anatomy, shape)
    return PhantomNodule(
        position=position_of(centre),
        diameter_mm=float((6 * volume / np.pi) ** (1 / 3)),
        volume_mm3=volume,
        mean_hu=float(canvas.values[box][inside].mean()) if inside.any() else float("nan"),
        texture=wish.texture,
        seat=wish.seat,
        mask=Mask(inside, crop),
    )


def _triple(values: NDArray[np.int_]) -> Shape:
    return int(values[0]), int(values[1]), int(values[2])


def _marked(
    anatomy: Anatomy, shape: nodules.Shape, start: Table, step: Table, size: Shape
) -> NDArray[np.bool_]:
    inside = np.zeros(size, dtype=np.bool_)
    lines = anatomy.outlines((start[2] + np.arange(size[0]) * step[2]) / anatomy.size)
    nodules.mark(
        inside,
        start,
        step,
        lines,
        anatomy.organs,
        anatomy.domes,
        anatomy.size,
        shape.centre,
        shape.axes,
        shape.bumps,
    )
    return inside


def _measure(anatomy: Anatomy, shape: nodules.Shape) -> tuple[float, Table]:
    """Return the volume in mm3 and the centre of gravity of a shape, on a grid of its own."""
    step = shape.reach_mm / 40
    start = shape.centre - shape.reach_mm
    inside = _marked(anatomy, shape, start, np.full(3, step), (81, 81, 81))
    middle = np.argwhere(inside).mean(axis=0)[::-1]
    return float(np.count_nonzero(inside)) * step**3, start + middle * step


def _volume(canvas: Canvas, seed: int) -> Volume:
    voxels = np.empty(canvas.geometry.shape, dtype=np.int16)
    for slice_, values in zip(voxels, canvas.values, strict=True):
        slice_[:] = np.rint(np.clip(values, -1024, 3071))
    return Volume(
        voxels=voxels,
        geometry=canvas.geometry,
        unit="[hnsf'U]",
        modality="CT",
        series_key=f"synthetic-thorax-{seed}",
        provenance=(f"synthetic thorax, version {VERSION}, seed {seed}",),
        windows=(("Soft tissue", PRESETS["Soft tissue"]), ("Lung", PRESETS["Lung"])),
        synthetic=True,
    )
