"""A head as FLAIR shows it, at two dates, with lesions whose volumes are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from scipy.spatial.transform import Rotation

from viewer.core.geometry import Geometry
from viewer.core.volume import Volume

STEPS_MM = (3.0, 1.6, 1.6)
SHAPE = (52, 116, 98)


@dataclass(frozen=True)
class Ball:
    """A lesion: centre (x, y, z) in LPS mm, radius before and after in mm; 0 is not there."""

    centre: tuple[float, float, float]
    before: float
    after: float

    def volume(self, radius: float) -> float:
        return 4 / 3 * np.pi * radius**3


NEW = Ball((30.0, -22.0, 22.0), 0.0, 6.5)
GROWN = Ball((-34.0, 24.0, 8.0), 5.0, 8.5)
SHRUNK = Ball((34.0, 28.0, 14.0), 8.5, 5.0)
GONE = Ball((-32.0, -24.0, 26.0), 6.5, 0.0)
STABLE = Ball((0.0, 40.0, 30.0), 6.5, 6.5)
BALLS = (NEW, GROWN, SHRUNK, GONE, STABLE)


def turned(degrees: float, shift_mm: tuple[float, float, float]) -> np.ndarray:
    """Return a motion: a turn about a slanted axis, then a shift."""
    axis = np.array([0.5, 0.3, 0.8]) / np.linalg.norm([0.5, 0.3, 0.8])
    matrix = np.eye(4)
    matrix[:3, :3] = Rotation.from_rotvec(np.radians(degrees) * axis).as_matrix()
    matrix[:3, 3] = shift_mm
    return matrix


def grid(frame: str = "") -> Geometry:
    half = [-(n - 1) / 2 * step for n, step in zip(SHAPE, STEPS_MM, strict=True)]
    return Geometry.from_axes(SHAPE, (half[2], half[1], half[0]), np.eye(3)[::-1], STEPS_MM, frame)


def head(date: str, motion: np.ndarray | None = None, *, balls=BALLS, t1: bool = False):
    """Return values and brain of a head at a date, "before" or "after", moved by a motion."""
    at = grid()
    index = np.stack(np.meshgrid(*[np.arange(n) for n in SHAPE], indexing="ij"), axis=-1)
    places = at.to_patient(index.reshape(-1, 3))
    if motion is not None:
        places = (places - motion[:3, 3]) @ motion[:3, :3]
    x, y, z = places.T.reshape(3, *SHAPE)
    away = np.sqrt((x / 62) ** 2 + (y / 76) ** 2 + ((z - 6) / 58) ** 2)
    values = np.full(SHAPE, 5.0)
    values[away < 1.20] = 150.0
    values[(away < 1.12)] = 40.0
    brain = away < 1.0
    wavy = _field(x, y, z)
    grey = away > 0.82 + 0.08 * wavy
    values[brain] = (
        np.where(grey, 250.0, 360.0)[brain] if t1 else np.where(grey, 332.0, 300.0)[brain]
    )
    fluid = (((x - 11) / 7) ** 2 + ((y + 4) / 22) ** 2 + ((z - 14) / 10) ** 2 < 1) | (
        ((x + 9) / 6) ** 2 + ((y - 2) / 20) ** 2 + ((z - 14) / 9) ** 2 < 1
    )
    values[fluid] = 70.0
    values += np.where(brain & ~fluid, 12 * wavy, 0)
    for ball in balls:
        radius = ball.before if date == "before" else ball.after
        if radius:
            gone = np.sqrt(((places - np.array(ball.centre)) ** 2).sum(axis=1)).reshape(SHAPE)
            share = np.clip((radius - gone) / 2 + 0.5, 0, 1)
            values = values * (1 - share) + 460.0 * share
    noise = np.random.default_rng(len(date)).normal(0, 8, SHAPE)
    blurred = ndimage.gaussian_filter(values, 0.4) + noise
    return blurred.clip(0).astype(np.float32), brain


def _field(x, y, z):
    """Return a smooth field that is the same at the same place of the head."""
    terms = ((0.19, 0.07, 0.11, 0.3), (0.05, 0.21, -0.13, 1.1), (-0.11, 0.09, 0.23, 2.0))
    return sum(np.sin(a * x + b * y + c * z + d) for a, b, c, d in terms) / 3


def volume(
    date: str, motion: np.ndarray | None = None, *, frame: str = "1.2", **how: object
) -> Volume:
    values, _ = head(date, motion, **how)
    return Volume(values, grid(frame), "1", "MR", date)


def stored_as(volume: Volume, axes: tuple[int, int, int], flips: tuple[bool, ...]) -> Volume:
    """Return the same voxels in another stored order."""
    voxels = volume.voxels.transpose(axes)
    affine = np.eye(4)
    start = np.zeros(3)
    for new, (old, flip) in enumerate(zip(axes, flips, strict=True)):
        affine[:3, new] = volume.geometry.affine[:3, old] * (-1 if flip else 1)
        start[old] = volume.geometry.shape[old] - 1 if flip else 0
    affine[:3, 3] = volume.geometry.to_patient(start)
    turns = tuple(slice(None, None, -1 if flip else 1) for flip in flips)
    kept = np.ascontiguousarray(voxels[turns])
    frame = volume.geometry.frame_of_reference_uid
    return Volume(kept, Geometry(kept.shape, affine, frame), "1", "MR", volume.series_key)
