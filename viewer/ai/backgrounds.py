"""The lungs that synthetic nodules are planted into, and what each is used for.

No lung serves two uses: patients are kept apart, and of the one whole chest
one lung is learned from and the other calibrates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from operator import methodcaller
from pathlib import Path

import numpy as np
import SimpleITK
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Position
from viewer.imaging.phantom import random_wishes, thorax


class Use(StrEnum):
    """What a scan is for."""

    LEARN = "learn"
    CALIBRATE = "calibrate"
    TEST = "test"


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """HU values, where they lie, and the real nodules known in them (centre, diameter in mm)."""

    values: NDArray[np.float32] = field(repr=False)
    geometry: Geometry
    nodules: tuple[tuple[Position, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Background:
    """Lungs by name; `rounds` is how often they are planted, `open` takes the round."""

    name: str
    use: Use
    rounds: int
    open: Callable[[int], Scan]
    licence: str


PHANTOM_SLICES = (80, 150)
PHANTOM_PIXELS = (260, 380)


def backgrounds(data: Path) -> tuple[Background, ...]:
    """Return all lungs that may be learned from; LIDC-IDRI-0314 is none of them."""
    chest = data / "ct_organs_totalsegmentator" / "chest_ct.nii.gz"
    crop = data / "lesion_crops" / "lesionsizing" / "PartSolidLesionCropped.mha"
    name, licence = "chest CT of TotalSegmentator's tests", "Apache-2.0"
    left, right = partial(open_half, chest, left=True), partial(open_half, chest, left=False)
    sizing = "part-solid lesion crop of ITK's lesion sizing toolkit"
    ours = "made by this program"
    real = [
        (chest, Background(f"{name}, left lung", Use.LEARN, 24, left, licence)),
        (chest, Background(f"{name}, right lung", Use.CALIBRATE, 16, right, licence)),
        (crop, Background(sizing, Use.LEARN, 16, partial(open_crop, crop), licence)),
    ]
    return (
        *(background for path, background in real if path.exists()),
        Background("synthetic thorax", Use.LEARN, 10, partial(open_phantom, 1000), ours),
        Background("synthetic thorax, others", Use.CALIBRATE, 6, partial(open_phantom, 2000), ours),
        Background(
            "synthetic thorax, others again", Use.TEST, 6, partial(open_phantom, 3000), ours
        ),
    )


def open_half(path: Path, _round: int, *, left: bool) -> Scan:
    """Read a chest and keep what lies left or right of its middle."""
    scan = open_file(path)
    middle = scan.values.shape[2] // 2 - 8
    depth, height, width = scan.values.shape
    low, high = (middle, width) if left else (0, middle)
    grid = scan.geometry.crop((0, 0, low), (depth, height, high))
    return Scan(np.ascontiguousarray(scan.values[:, :, low:high]), grid)


def open_crop(path: Path, _round: int) -> Scan:
    """Read the crop with the part-solid nodule (its published seed points lie in it)."""
    scan = open_file(path)
    return Scan(scan.values, scan.geometry, (((184.5, 179.4, -258.7), 24.0),))


def open_file(path: Path) -> Scan:
    """Read a NIfTI, NRRD or MetaImage file as HU."""
    image = SimpleITK.ReadImage(str(path), SimpleITK.sitkFloat32)
    values = np.asarray(SimpleITK.GetArrayFromImage(image), dtype=np.float32)
    origin, spacing, directions = (
        np.asarray(methodcaller(f"Get{what}")(image)) for what in ("Origin", "Spacing", "Direction")
    )
    a, b, c = values.shape
    axes = directions.reshape(3, 3).T[::-1]
    return Scan(values, Geometry.from_axes((a, b, c), origin, axes, spacing[::-1]))


def open_phantom(first_seed: int, number: int) -> Scan:
    """Make a synthetic thorax with nodules of its own."""
    seed = first_seed + number
    random = np.random.default_rng(seed)
    pixels = int(random.integers(*PHANTOM_PIXELS))
    phantom = thorax(
        seed,
        shape=(int(random.integers(*PHANTOM_SLICES)), pixels, pixels),
        wishes=random_wishes(random, 8),
        noise_hu=float(random.uniform(5, 30)),
    )
    nodules = tuple((one.position, one.diameter_mm) for one in phantom.truth)
    return Scan(phantom.volume.values(), phantom.volume.geometry, nodules)
