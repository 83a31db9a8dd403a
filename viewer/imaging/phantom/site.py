"""The patient as a place: is this point in a lung, how far is its edge, what runs near."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from viewer.imaging.compiled import compiled
from viewer.imaging.phantom.anatomy import HIGH_MM, LOW_MM, Anatomy, Table
from viewer.imaging.phantom.nodule import Seat, Shape, Wish
from viewer.imaging.phantom.tissue import lung
from viewer.imaging.phantom.tubes import Tubes


@compiled
def _lung_at(points: Table, lines: Table, organs: Table, domes: Table, out: Table) -> None:
    for n in range(points.shape[0]):
        out[n] = lung(points[n, 0], points[n, 1], points[n, 2], lines[n], organs, domes)


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A patient and the trees in the lungs, in the patient's own (unscaled) mm."""

    anatomy: Anatomy
    trees: Tubes = field(repr=False)

    def place(
        self, shape: Shape, wish: Wish, taken: list[Shape], random: np.random.Generator
    ) -> Shape | None:
        """Return a shape moved to where its wish wants it (true mm), or None if no room is left."""
        size = self.anatomy.size
        radius = float(shape.axes.mean())
        points = lung_points(self.anatomy, 4000, random)
        for start in points:
            point = self._seat(start, wish.seat, radius / size, random)
            if point is None:
                continue
            centre = point * size
            if all(
                np.linalg.norm(centre - other.centre) > radius + other.reach_mm + 12
                for other in taken
            ):
                return Shape(centre, shape.axes, shape.bumps)
        return None

    def _seat(
        self, point: Table, seat: Seat, radius: float, random: np.random.Generator
    ) -> Table | None:
        if seat is Seat.PLEURA:
            return self._to_pleura(point, radius)
        if seat is Seat.VESSEL:
            point = self._to_vessel(radius, random)
        depth = -float(lung_distance(self.anatomy, point[None])[0])
        if depth < radius + 5 or self._crowded(point, radius, seat):
            return None
        return point

    def _to_vessel(self, radius: float, random: np.random.Generator) -> Table:
        fitting = np.flatnonzero((self.trees.radii[:, 0] > 1.2) & (self.trees.radii[:, 0] < 2.6))
        chosen = int(random.choice(fitting))
        a, b = self.trees.ends[chosen]
        aside = np.cross(b - a, random.normal(size=3))
        aside = aside / (np.linalg.norm(aside) + 1e-9)
        return np.asarray((a + b) / 2 + aside * (radius + self.trees.radii[chosen, 0] - 0.6))

    def _to_pleura(self, point: Table, radius: float) -> Table | None:
        """Slide a point outward until a third of the nodule would stick into the wall."""
        wanted = -0.45 * radius
        for _ in range(12):
            around = point + np.vstack([np.zeros(3), np.eye(3)])
            found = lung_distance(self.anatomy, around)
            if found.max() > 60:
                return None
            slope = found[1:] - found[0]
            steepness = float(slope @ slope)
            if steepness < 0.1:
                return None
            point = point + slope * np.clip(wanted - found[0], -15, 15) / steepness
        settled = abs(float(lung_distance(self.anatomy, point[None])[0]) - wanted) < 0.3
        return point if settled and abs(point[0]) > 55 and point[2] > -70 else None

    def _crowded(self, point: Table, radius: float, seat: Seat) -> bool:
        """Tell whether larger vessels would run through a nodule here."""
        a, b = self.trees.ends[:, 0], self.trees.ends[:, 1]
        way = b - a
        share = np.einsum("ij,ij->i", point - a, way) / (np.einsum("ij,ij->i", way, way) + 1e-9)
        nearest = a + way * np.clip(share, 0, 1)[:, None]
        gap = np.linalg.norm(nearest - point, axis=1) - self.trees.radii.max(axis=1)
        large = self.trees.radii.max(axis=1) > (2.8 if seat is Seat.VESSEL else 0.9)
        return bool((gap[large] < radius + (0 if seat is Seat.VESSEL else 1.0)).any())


def lung_distance(anatomy: Anatomy, points: Table) -> Table:
    """Return the distance of points (n, 3) from the lung edge, negative inside, unscaled mm."""
    out = np.empty(len(points))
    _lung_at(points, anatomy.outlines(points[:, 2]), anatomy.organs, anatomy.domes, out)
    return out


def lung_points(
    anatomy: Anatomy,
    count: int,
    random: np.random.Generator,
    *,
    side: int = 0,
    depth_mm: float = 2.0,
) -> Table:
    """Strew points evenly over the lungs, or the right (-1) or left (1) one, away from the edge."""
    found: list[Table] = []
    total = 0
    while total < count:
        points = random.uniform((-135, -95, LOW_MM), (135, 100, HIGH_MM), (4 * count, 3))
        if side:
            points[:, 0] = side * np.abs(points[:, 0])
        inside = points[lung_distance(anatomy, points) < -depth_mm]
        found.append(inside)
        total += len(inside)
    return np.concatenate(found)[:count]
