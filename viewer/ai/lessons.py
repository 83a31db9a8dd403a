"""What is learned from: candidates of planted scans, each with its truth.

A lesson is one scan, altered a little (stretched, mirrored, blurred, noisier,
with other contrast), planted anew, and put through the very pipeline that
reads patients. Lessons are kept on disk, so a broken-off training goes on.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.backgrounds import Background, Scan
from viewer.ai.candidates import candidates, chest_of
from viewer.ai.card import Preparation
from viewer.ai.patches import packed, patches
from viewer.ai.planting import plant
from viewer.ai.ranking import regressors
from viewer.core.geometry import Geometry, Position
from viewer.core.progress import Silent
from viewer.imaging.features import Measured
from viewer.imaging.lungs import find_lungs

NODULE, OTHER, UNSURE = 1, 0, -1
PLANTED_PER_LITRE = 5.0
CONTRAST_HU = 60.0
"""Brighter blood than this is contrast medium; half of the lessons take it out."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Candidates of one planted scan."""

    numbers: NDArray[np.float64] = field(repr=False)
    cubes: NDArray[np.uint8] = field(repr=False)
    """Patches times 255."""
    truth: NDArray[np.int64]
    """NODULE, OTHER or UNSURE."""
    which: NDArray[np.int64]
    """The planted nodule that a candidate hits, or -1."""
    sizes_mm: NDArray[np.float64]
    """Diameters of all planted nodules, found or not."""
    measured_mm: NDArray[np.float64]


def lesson(background: Background, number: int, how: Preparation, folder: Path) -> Lesson:
    """Return one lesson, from disk if it was made before."""
    name = re.sub(r"\W+", "_", background.name.lower())
    path = folder / f"{name}_{number:03d}.npz"
    if path.exists():
        with np.load(path, allow_pickle=False) as kept:
            return Lesson(*(kept[key] for key in Lesson.__dataclass_fields__))
    seed = zlib.crc32(background.name.encode()) * 1000 + number
    made = _made(background.open(number), seed, how)
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    np.savez(part, **{key: getattr(made, key) for key in Lesson.__dataclass_fields__})
    part.replace(path)
    return made


def _made(scan: Scan, seed: int, how: Preparation) -> Lesson:
    random = np.random.default_rng(seed)
    values, geometry, nodules = _altered(scan, random)
    lungs = find_lungs(values, geometry, Silent())
    litres = (lungs.left_mm3 + lungs.right_mm3) / 1e6
    count = max(3, int(random.poisson(PLANTED_PER_LITRE * litres)))
    upright = np.ascontiguousarray(lungs.turn.upright(values))
    planted_values, planted = plant(upright, lungs, count, random)
    stored = np.ascontiguousarray(lungs.turn.stored(planted_values))
    lungs = find_lungs(stored, geometry, Silent())
    chest = chest_of(stored, lungs)
    found = candidates(chest, Silent())
    known = [(p.centre, p.diameter_mm) for p in planted] + list(nodules)
    truth, which = matched(found, known)
    centres = [_shaken(one.centre, one.features.diameter_mm, random) for one in found]
    cubes = packed(patches(chest, centres, how))
    sizes = np.array([diameter for _, diameter in known])
    widths = np.array([one.features.diameter_mm for one in found])
    return Lesson(regressors(found), cubes, truth, which, sizes, widths)


def matched(
    found: Sequence[Measured], known: Sequence[tuple[Position, float]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Tell which candidates hit nodules at their centre; those only near one are unsure."""
    truth = np.full(len(found), OTHER)
    which = np.full(len(found), -1)
    for number, (centre, diameter) in enumerate(known):
        for place, one in enumerate(found):
            away = float(np.linalg.norm(np.subtract(one.centre, centre)))
            if away <= max(0.35 * diameter, 2.5):
                truth[place], which[place] = NODULE, number
            elif away <= diameter / 2 + 3 and truth[place] != NODULE:
                truth[place] = UNSURE
    return truth, which


def _shaken(centre: Position, diameter: float, random: np.random.Generator) -> Position:
    x, y, z = np.asarray(centre) + random.normal(0, 0.04 * diameter + 0.2, 3)
    return float(x), float(y), float(z)


def _altered(
    scan: Scan, random: np.random.Generator
) -> tuple[NDArray[np.float32], Geometry, tuple[tuple[Position, float], ...]]:
    """Return the scan stretched, mirrored, and with other noise and contrast."""
    values = scan.values.copy()
    stretch = float(random.uniform(0.75, 1.15))
    flip = np.where(random.random(3) < 0.5, -1.0, 1.0)
    transform = np.diag([*(flip * stretch), 1.0])
    geometry = Geometry(scan.geometry.shape, transform @ scan.geometry.affine)
    nodules = tuple(
        (
            (c[0] * flip[0] * stretch, c[1] * flip[1] * stretch, c[2] * flip[2] * stretch),
            d * stretch,
        )
        for c, d in scan.nodules
    )
    if random.random() < 0.6:
        bright = values > CONTRAST_HU
        values[bright] = CONTRAST_HU + 0.1 * (values[bright] - CONTRAST_HU)
    if random.random() < 0.4:
        values = ndimage.gaussian_filter(values, random.uniform(0.3, 0.6))
    noise = random.normal(0, random.uniform(0, 35), values.shape)
    values += ndimage.gaussian_filter(noise, random.choice([0.0, 0.5])).astype(np.float32)
    return values.astype(np.float32), geometry, tuple(nodules)


def found_nodules(lessons: Sequence[Lesson]) -> tuple[int, int]:
    """Return how many planted nodules became candidates, and how many there were."""
    hit = sum(len(set(one.which[one.which >= 0].tolist())) for one in lessons)
    return hit, sum(len(one.sizes_mm) for one in lessons)
