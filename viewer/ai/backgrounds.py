"""The lungs that synthetic nodules are planted into, and what each is used for.

No scan serves two uses: the split is by patient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from operator import methodcaller
from pathlib import Path

import numpy as np
import SimpleITK as sitk
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
    real: bool


CROP_NODULES: tuple[tuple[Position, float], ...] = (((184.5, 179.4, -258.7), 24.0),)
"""The part-solid nodule of the crop (its published seed points lie in it)."""
PHANTOM_SLICES = (100, 230)
PHANTOM_PIXELS = (300, 460)


def backgrounds(data: Path) -> tuple[Background, ...]:
    """Return all lungs that may be learned from; LIDC-IDRI-0314 is none of them."""
    chest = data / "ct_organs_totalsegmentator" / "chest_ct.nii.gz"
    crop = data / "lesion_crops" / "lesionsizing" / "PartSolidLesionCropped.mha"
    real = [
        Background(
            "chest CT of TotalSegmentator's tests", Use.LEARN, 48, _file(chest), "Apache-2.0", True
        ),
        Background(
            "part-solid lesion crop of ITK's lesion sizing toolkit",
            Use.LEARN,
            24,
            _file(crop, CROP_NODULES),
            "Apache-2.0",
            True,
        ),
    ]
    ours = "made by this program"
    return (
        *(one for one, path in zip(real, (chest, crop), strict=True) if path.exists()),
        Background("synthetic thorax", Use.LEARN, 24, _phantoms(1000), ours, False),
        Background("synthetic thorax, others", Use.CALIBRATE, 12, _phantoms(2000), ours, False),
        Background("synthetic thorax, others again", Use.TEST, 12, _phantoms(3000), ours, False),
    )


def _file(path: Path, nodules: tuple[tuple[Position, float], ...] = ()) -> Callable[[int], Scan]:
    def open_again(_round: int) -> Scan:
        return open_file(path, nodules)

    return open_again


def _phantoms(first_seed: int) -> Callable[[int], Scan]:
    def open_new(number: int) -> Scan:
        return open_phantom(first_seed + number)

    return open_new


def open_file(path: Path, nodules: tuple[tuple[Position, float], ...] = ()) -> Scan:
    """Read a NIfTI, NRRD or MetaImage file as HU."""
    image = sitk.ReadImage(str(path), sitk.sitkFloat32)
    values = np.asarray(sitk.GetArrayFromImage(image), dtype=np.float32)
    origin, spacing, directions = (
        np.asarray(methodcaller(f"Get{what}")(image)) for what in ("Origin", "Spacing", "Direction")
    )
    a, b, c = values.shape
    axes = directions.reshape(3, 3).T[::-1]
    return Scan(values, Geometry.from_axes((a, b, c), origin, axes, spacing[::-1]), nodules)


def open_phantom(seed: int) -> Scan:
    """Make a synthetic thorax with nodules of its own."""
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
