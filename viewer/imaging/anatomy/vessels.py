"""The aorta on a CT, as a chain of circles from slice to slice.

Blood is an even disc with an edge all round. For each slice and radius the mean step at the
edge of a disc is measured (a ring of gradients that point inwards); the chain with the best
edges, the least jumps and the steadiest radius is found for all slices at once (dynamic
programming), to the left of the spine's front. What is followed is the descending and the
abdominal aorta; arch, ascending aorta and pulmonary trunk are left to a person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.progress import Progress
from viewer.imaging.anatomy.masks import Mask, volume_ml
from viewer.imaging.anatomy.result import Marked, Verdict
from viewer.imaging.anatomy.structures import AORTA
from viewer.imaging.anatomy.trunk import Trunk
from viewer.imaging.coarse import Coarse

RADII_MM = tuple(np.arange(6.0, 21.0, 1.5))
ANGLES = 16
STEP_MM = 2.0
"""Circles are looked for on a grid of this step."""
WINDOW_MM = ((-25.0, 55.0), (-75.0, 15.0))
"""Left of the middle of the spine, and behind the middle of the vertebral bodies."""
JUMP_MM = 4.0
CONTRAST_HU = 110.0
LEAST_EDGE_HU, SHORTEST_MM = 12.0, 50.0


@dataclass(frozen=True, slots=True)
class Circle:
    """A disc in an axial slice: rows and columns of the rough grid, mm."""

    slice: int
    row: float
    column: float
    radius_mm: float
    edge_hu: float


def find_aorta(trunk: Trunk, grid: Coarse, progress: Progress) -> Marked:
    """Mark the descending and abdominal aorta."""
    progress.report(0.0, "looking for the aorta")
    centres = _spine_path(trunk)
    scores, rows, columns = _scores(trunk, centres, progress)
    chain = _best_chain(scores, rows, columns, centres, trunk)
    progress.report(0.8, "looking for the aorta")
    chain = _sound(chain, trunk)
    if not chain or len(chain) * trunk.geometry.spacing_mm[0] < SHORTEST_MM:
        return Marked.missing(AORTA, "No even round vessel is followed beside the spine.")
    mask = _drawn(chain, trunk)
    verdict = _judged(chain, mask, trunk)
    progress.report(1.0, "looking for the aorta")
    middle = float(np.median(trunk.smooth[mask]))
    bright = (0.65 * middle, 1.6 * middle) if middle > CONTRAST_HU else None
    return Marked(AORTA, mask, grid, verdict, bright)


def _spine_path(trunk: Trunk) -> NDArray[np.float64]:
    """Return row and column of the middle of the vertebral body in each slice, smoothed."""
    step = trunk.geometry.spacing_mm
    near = np.abs(trunk.from_spine_mm) < 40
    path = np.full((trunk.geometry.shape[0], 2), np.nan)
    for number in np.flatnonzero(trunk.slices):
        plane = trunk.bone[number] & near[None, :]
        plane &= (np.abs(trunk.behind_spine_mm) < 60)[:, None]
        rows, columns = np.nonzero(plane)
        if len(rows) * step[1] * step[2] > 300:
            path[number] = np.percentile(rows, 35), np.median(columns)
    known = np.flatnonzero(~np.isnan(path[:, 0]))
    numbers = np.arange(len(path))
    for axis in range(2):
        filled = np.interp(numbers, known, path[known, axis])
        size = 2 * round(30 / step[0]) + 1
        path[:, axis] = ndimage.gaussian_filter1d(ndimage.median_filter(filled, size), 20 / step[0])
    return path


def _scores(
    trunk: Trunk, centres: NDArray[np.float64], progress: Progress
) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
    """Return edge strength by slice, radius, row and column of a window that follows the spine."""
    _, row_mm, column_mm = trunk.geometry.spacing_mm
    across = np.arange(WINDOW_MM[0][0], WINDOW_MM[0][1] + 1e-6, STEP_MM)
    along = np.arange(WINDOW_MM[1][0], WINDOW_MM[1][1] + 1e-6, STEP_MM)
    angles = np.linspace(0, 2 * np.pi, ANGLES, endpoint=False)
    result = np.full(
        (len(centres), len(RADII_MM), len(along), len(across)), -100.0, dtype=np.float32
    )
    plane_values = trunk.smooth.clip(-120, 260)
    for number in np.flatnonzero(trunk.slices):
        if number % 8 == 0:
            progress.report(0.75 * number / len(centres), "looking for the aorta")
        row, column = centres[number]
        plane = np.where(trunk.bone[number], 1000.0, plane_values[number])
        for index, radius in enumerate(RADII_MM):
            result[number, index] = _ring(
                plane, row + along / row_mm, column + across / column_mm, radius, angles,
                (row_mm, column_mm),
            )  # fmt: skip
    return result, along, across


def _ring(
    plane: NDArray[np.float32],
    rows: NDArray[np.float64],
    columns: NDArray[np.float64],
    radius_mm: float,
    angles: NDArray[np.float64],
    spacing_mm: tuple[float, float],
) -> NDArray[np.float32]:
    """Return how sure the least sure quarter of the circle's edge is, and how even it is inside."""
    grid = np.meshgrid(rows, columns, indexing="ij")

    def at(distance: float) -> NDArray[np.float32]:
        down = np.sin(angles) * distance / spacing_mm[0]
        right = np.cos(angles) * distance / spacing_mm[1]
        where = [grid[0][None] + down[:, None, None], grid[1][None] + right[:, None, None]]
        return np.asarray(ndimage.map_coordinates(plane, where, order=1, mode="nearest"))

    inner, outer, core = at(radius_mm - 2.0), at(radius_mm + 2.5), at(radius_mm * 0.5)
    steps = np.clip(np.abs(inner - outer), 0, 60)
    middle = core.mean(axis=0)
    uneven = np.abs(inner - middle[None]).mean(axis=0) + core.std(axis=0)
    lean = (middle > 15) & (middle < 600)
    score = 0.5 * steps.mean(axis=0) + 0.5 * np.percentile(steps, 30, axis=0) - 0.6 * uneven
    return np.where(lean, score, -100).astype(np.float32)


def _best_chain(
    scores: NDArray[np.float32],
    along: NDArray[np.float64],
    across: NDArray[np.float64],
    centres: NDArray[np.float64],
    trunk: Trunk,
) -> list[Circle]:
    """Find the chain of circles with the best sum of edges; jumps cost."""
    step_mm, row_mm, column_mm = trunk.geometry.spacing_mm
    numbers = np.flatnonzero(trunk.slices)
    reach = max(1, round(JUMP_MM * max(1.0, step_mm / 4) / STEP_MM))
    shape = scores.shape[1:]
    total = scores[numbers[0]].copy()
    back = np.zeros((len(numbers), *shape), dtype=np.int32)
    place = np.arange(total.size).reshape(shape)
    for order, number in enumerate(numbers[1:], start=1):
        best = np.full(shape, -np.inf, np.float32)
        origin = np.zeros(shape, dtype=np.int32)
        for radius in (-1, 0, 1):
            for row in range(-reach, reach + 1):
                for column in range(-reach, reach + 1):
                    cost = 2.0 * abs(radius) + 1.5 * np.hypot(row, column)
                    moved = _shifted(total, (radius, row, column)) - cost
                    better = moved > best
                    best = np.where(better, moved, best)
                    from_ = _shifted(place, (radius, row, column))
                    origin = np.where(better, from_, origin)
        total = (best + scores[number]).astype(np.float32)
        back[order] = origin
    index = int(total.argmax())
    chain = []
    for order in range(len(numbers) - 1, -1, -1):
        radius, row, column = (int(n) for n in np.unravel_index(index, shape))
        number = int(numbers[order])
        chain.append(
            Circle(
                number, float(centres[number, 0] + along[row] / row_mm),
                float(centres[number, 1] + across[column] / column_mm),
                float(RADII_MM[radius]), float(scores[number][radius, row, column]),
            )
        )  # fmt: skip
        index = int(back[order].ravel()[index])
    return chain[::-1]


def _shifted(values: NDArray[np.generic], by: tuple[int, int, int]) -> NDArray[np.generic]:
    """Return the neighbour at an offset; what is beyond the edge repeats."""
    result = values
    for axis, step in enumerate(by):
        if step:
            index = np.clip(np.arange(values.shape[axis]) + step, 0, values.shape[axis] - 1)
            result = result.take(index, axis=axis)
    return result


def _sound(chain: list[Circle], trunk: Trunk) -> list[Circle]:
    """Keep the longest run in which the edges are good."""
    if not chain:
        return []
    window = max(1, round(20 / trunk.geometry.spacing_mm[0]))
    edges = ndimage.uniform_filter1d(np.array([c.edge_hu for c in chain]), window)
    labels, count = ndimage.label(edges > LEAST_EDGE_HU)
    if not count:
        return []
    longest = np.bincount(labels)[1:].argmax() + 1
    return [circle for circle, label in zip(chain, labels, strict=True) if label == longest]


def _drawn(chain: list[Circle], trunk: Trunk) -> Mask:
    """Fill each circle, cut to what has its values."""
    _, row_mm, column_mm = trunk.geometry.spacing_mm
    mask = np.zeros(trunk.geometry.shape, dtype=np.bool_)
    rows, columns = np.indices(trunk.geometry.shape[1:])
    for circle in chain:
        away = np.hypot((rows - circle.row) * row_mm, (columns - circle.column) * column_mm)
        inside = away <= circle.radius_mm + 0.25 * row_mm
        plane = trunk.smooth[circle.slice]
        middle = float(np.median(plane[away <= max(3.0, 0.5 * circle.radius_mm)]))
        mask[circle.slice] = inside & (np.abs(plane - middle) < max(35.0, 0.35 * abs(middle)))
    return mask


def _judged(chain: list[Circle], mask: Mask, trunk: Trunk) -> Verdict:
    step = trunk.geometry.spacing_mm[0]
    length = len(chain) * step
    radii = np.array([circle.radius_mm for circle in chain])
    values = trunk.smooth[mask]
    contrast = float(np.median(values))
    verdict = Verdict(0.8).says(
        f"A round vessel is followed over {length:.0f} mm beside the spine, "
        f"{2 * radii.min():.0f} to {2 * radii.max():.0f} mm wide."
    )
    verdict = verdict.checked(
        contrast > CONTRAST_HU, 0.75, f"Contrast makes it bright ({contrast:.0f} HU).",
        f"Without contrast in it ({contrast:.0f} HU) its edge is seen against fat and lung alone.",
    )  # fmt: skip
    wild = float(np.abs(np.diff(radii)).mean()) if len(radii) > 1 else 0.0
    verdict = verdict.checked(
        wild < 0.9, 0.8, "Its width changes little from slice to slice.",
        "Its width jumps from slice to slice.",
    )  # fmt: skip
    rest = int(np.count_nonzero(trunk.slices)) - len(chain)
    verdict = verdict.checked(
        rest * step < 25, 0.9, "It is followed through all slices of the trunk.",
        f"Over {rest * step:.0f} mm of the trunk it was not followed.",
    )  # fmt: skip
    verdict = verdict.checked(
        volume_ml(mask, trunk.geometry) < 300, 0.6, "Its volume is usual.", "It is unusually large."
    )
    return verdict.says("Arch, ascending aorta and pulmonary trunk are not looked for.")
