"""Trees that fill the lungs: arteries, veins and airways.

A tree is grown towards points strewn over a lung: each branch goes part of the
way to the middle of its points and hands them on in two halves. Its radius
follows the number of points it feeds (after Murray, PNAS 1926, 12:207).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viewer.core.geometry import Position
from viewer.imaging.phantom.anatomy import Table
from viewer.imaging.phantom.tubes import Tubes


@dataclass(frozen=True, slots=True)
class Growth:
    """How a tree grows: tip radius, how radii add up, how far a branch goes, where it ends."""

    tip_mm: float
    exponent: float
    stride: float = 0.42
    last: int = 1
    widest_mm: float = 9.0


def grow(
    root: Position, points: Table, how: Growth, around: Table, random: np.random.Generator
) -> Tubes:
    """Grow a tree from a root (3,) towards points (n, 3), around the heart (ellipsoids)."""
    ends: list[tuple[Table, Table]] = []
    radii: list[tuple[float, float]] = []
    waiting = [(np.asarray(root, dtype=float), points)]
    while waiting:
        here, wanted = waiting.pop()
        reach = np.linalg.norm(wanted.mean(axis=0) - here)
        there = here + (wanted.mean(axis=0) - here) * (how.stride if len(wanted) > 1 else 1.0)
        there = there + random.normal(0, 0.05 * reach, 3) * (len(wanted) > 1)
        there = _beside(there, around[:2])
        ends.append((here, there))
        radii.append((_radius(len(wanted), how), _radius(max(len(wanted) * 0.7, 1), how)))
        if len(wanted) > how.last:
            waiting += [(there, half) for half in _halves(wanted, there, random) if len(half)]
    return Tubes(np.array(ends), np.array(radii))


def _beside(point: Table, hearts: Table) -> Table:
    """Push a point out of the heart and a little further."""
    for heart in hearts:
        c, s = np.cos(heart[6]), np.sin(heart[6])
        away = point - heart[:3]
        scaled = np.array([c * away[0] + s * away[1], c * away[1] - s * away[0], away[2]])
        depth = float(np.linalg.norm(scaled / (heart[3:6] + 9)))
        if depth < 1:
            point = heart[:3] + away / max(depth, 0.2)
    return point


def _radius(fed: float, how: Growth) -> float:
    return float(min(how.tip_mm * fed ** (1 / how.exponent), how.widest_mm))


def _halves(points: Table, here: Table, random: np.random.Generator) -> tuple[Table, Table]:
    """Split points across the direction in which they spread most, seen from here."""
    away = points - points.mean(axis=0)
    spread = away.T @ away
    ahead = points.mean(axis=0) - here
    ahead = ahead / (np.linalg.norm(ahead) + 1e-9)
    keep = np.eye(3) - 0.7 * np.outer(ahead, ahead)
    _, vectors = np.linalg.eigh(keep @ spread @ keep)
    order = away @ vectors[:, -1]
    cut = np.quantile(order, random.uniform(0.32, 0.68)) if len(points) > 2 else 0.0
    return points[order <= cut], points[order > cut]
