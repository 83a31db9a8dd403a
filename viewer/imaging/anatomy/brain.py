"""The brain on an MR of the head, by a surface that grows inside the skull.

A ball within the head is blown up vertex by vertex: each moves outwards while the darkest value
just inside it is still brain, smoothness holding it together (after Smith, Human Brain Mapping
2002). It needs no learned weights and works on T1, T2 and FLAIR, since on all of them a dark
ring of bone or fluid surrounds the brain. Works on about 2 mm, upright, in patient mm.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress
from viewer.imaging.anatomy.ground import Ground
from viewer.imaging.anatomy.masks import Mask, closed, largest, opened, volume_ml
from viewer.imaging.anatomy.result import Marked, Verdict
from viewer.imaging.anatomy.structures import BRAIN
from viewer.imaging.coarse import Coarse

Points = NDArray[np.float64]
Values = NDArray[np.float32]

HEAD_MM = 165.0
"""So much from the top of the head down holds the brain; below are face and neck."""
BRAIN_ML = (650.0, 2000.0)
ROUNDS, TENSION = 500, 0.1
CURVED_MM = (3.33, 10.0)
"""Radii of curvature between which smoothness goes from strict to free."""
SEEN_MM = 20.0
FRACTIONS = (0.4, 0.5, 0.65)
"""How bright a rim must be to be brain, as a share of the middle; the best of these is taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """The head as an MR shows it: values, the limits of its greys, and a first ball in it."""

    values: Values = field(repr=False)
    geometry: Geometry
    low: float
    threshold: float
    high: float
    middle: float
    """The median within the first ball."""
    centre: NDArray[np.float64]
    """Index of the middle of the head."""
    radius_mm: float


def find_brain(ground: Ground, progress: Progress) -> Marked:
    """Mark the brain on the fine grid of an MR image."""
    progress.report(0.0, "looking for the head")
    head = head_of(ground.fine.values, ground.fine.geometry)
    if head is None:
        return Marked.missing(BRAIN, "Nothing has the size of a head.")
    tried = []
    for number, fraction in enumerate(FRACTIONS):
        part = Part(progress, number / len(FRACTIONS), (number + 1) / len(FRACTIONS))
        surface, faces, share = _blown_up(head, part, fraction)
        part.report(0.9, "refining the outline of the brain")
        mask = _refined(_inside(surface, faces, head), head)
        tried.append((_edge_of_brain(mask, head), share, mask))
    _, share, mask = max(tried, key=lambda one: one[0])
    return _judged(mask, head, share, ground.fine)


def head_of(values: Values, geometry: Geometry) -> Head | None:
    """Measure the head; None where nothing is as large as one."""
    low, high = (float(v) for v in np.percentile(values, (2, 98)))
    if not high > low:
        return None
    threshold = low + 0.1 * (high - low)
    step = geometry.spacing_mm
    air = ndimage.median_filter(values, 3) < threshold
    head = largest(~air)
    areas = head.sum(axis=(1, 2)) * step[1] * step[2]
    tall = np.flatnonzero(areas > 2000)
    if not len(tall):
        return None
    top = int(tall[-1])
    bottom = max(0, top - round(HEAD_MM / step[0]))
    part = head[bottom : top + 1]
    weights = part * (values[bottom : top + 1].clip(low, high) - low)
    total = float(weights.sum())
    if total <= 0:
        return None
    centre = np.array([float(index) for index in ndimage.center_of_mass(weights)])
    centre[0] += bottom
    volume = float(np.count_nonzero(part)) * geometry.voxel_volume_mm3
    radius = (3 * volume / (4 * np.pi)) ** (1 / 3)
    if not 45 < radius < 130:
        return None
    away = _away(values.shape, centre, step)
    ball = values[(away < radius) & (values > low) & (values < high)]
    if len(ball) < 100:
        return None
    return Head(values, geometry, low, threshold, high, float(np.median(ball)), centre, radius)


def _away(
    shape: tuple[int, ...], centre: NDArray[np.float64], step: tuple[float, float, float]
) -> NDArray[np.float64]:
    axes = [(np.arange(n) - c) * s for n, c, s in zip(shape, centre, step, strict=True)]
    squares = axes[0][:, None, None] ** 2 + axes[1][None, :, None] ** 2
    return np.asarray(np.sqrt(squares + axes[2][None, None, :] ** 2))


def _blown_up(
    head: Head, progress: Progress, fraction: float
) -> tuple[Points, NDArray[np.int64], float]:
    """Blow the ball up; return its corners (mm from the first voxel), faces, and share at rest."""
    ball, faces, near = sphere(4)
    step = np.array(head.geometry.spacing_mm)
    corners = ball * head.radius_mm * 0.5 + head.centre * step
    length = _edge(corners, near)
    e = (1 / CURVED_MM[0] + 1 / CURVED_MM[1]) / 2
    f = 6 / (1 / CURVED_MM[0] - 1 / CURVED_MM[1])
    last = np.zeros(len(corners))
    for number in range(ROUNDS):
        if number % 25 == 0:
            progress.report(0.1 + 0.75 * number / ROUNDS, "finding the brain")
            length = _edge(corners, near)
        normals = _normals(corners, faces)
        pull = corners[near].mean(axis=1) - corners
        inward = (pull * normals).sum(axis=1, keepdims=True) * normals
        along = pull - inward
        size = np.linalg.norm(inward, axis=1)
        curved = 2 * size / max(length**2, 1e-9)
        smooth = (1 + np.tanh(f * (curved - e))) / 2
        grow = _drive(corners, normals, head, fraction)
        last = TENSION * 0.5 * length * grow
        corners = corners + 0.5 * along + smooth[:, None] * inward + last[:, None] * normals
    return corners, faces, float((np.abs(last) < 0.25).mean())


def _drive(corners: Points, normals: Points, head: Head, fraction: float) -> NDArray[np.float64]:
    """Return how much each corner wants to go out (positive) or in, by the values inside it."""
    step = np.array(head.geometry.spacing_mm)
    depths = np.arange(1.0, SEEN_MM + 0.1, 1.0)
    where = (corners[None] - depths[:, None, None] * normals[None]) / step
    shape = where.shape[:2]
    values = ndimage.map_coordinates(
        head.values, where.reshape(-1, 3).T, order=1, mode="nearest"
    ).reshape(shape)
    least = np.clip(values.min(axis=0), head.low, head.middle)
    most = np.clip(values[: len(depths) // 2].max(axis=0), head.threshold, head.high)
    most = np.minimum(np.maximum(most, head.middle), head.high)
    limit = (most - head.low) * fraction + head.low
    return np.asarray(2 * (least - limit) / np.maximum(most - head.low, 1e-6))


def _edge(corners: Points, near: NDArray[np.int64]) -> float:
    return float(np.linalg.norm(corners[near] - corners[:, None], axis=2).mean())


def _normals(corners: Points, faces: NDArray[np.int64]) -> Points:
    a, b, c = (corners[faces[:, n]] for n in range(3))
    across = np.cross(b - a, c - a)
    result = np.zeros_like(corners)
    for n in range(3):
        for axis in range(3):
            result[:, axis] += np.bincount(
                faces[:, n], weights=across[:, axis], minlength=len(corners)
            )
    length = np.linalg.norm(result, axis=1, keepdims=True)
    return np.asarray(result / np.maximum(length, 1e-9))


def sphere(rounds: int) -> tuple[Points, NDArray[np.int64], NDArray[np.int64]]:
    """Return a ball of triangles: corners on radius 1, faces outwards, six neighbours of each.

    The twelve corners of the first solid have five neighbours; one of theirs is given twice.
    """
    golden = (1 + np.sqrt(5)) / 2
    corners = [
        (-1, golden, 0), (1, golden, 0), (-1, -golden, 0), (1, -golden, 0), (0, -1, golden),
        (0, 1, golden), (0, -1, -golden), (0, 1, -golden), (golden, 0, -1), (golden, 0, 1),
        (-golden, 0, -1), (-golden, 0, 1),
    ]  # fmt: skip
    faces = np.array([
        (0, 11, 5), (0, 5, 1), (0, 1, 7), (0, 7, 10), (0, 10, 11), (1, 5, 9), (5, 11, 4),
        (11, 10, 2), (10, 7, 6), (7, 1, 8), (3, 9, 4), (3, 4, 2), (3, 2, 6), (3, 6, 8), (3, 8, 9),
        (4, 9, 5), (2, 4, 11), (6, 2, 10), (8, 6, 7), (9, 8, 1),
    ])  # fmt: skip
    points = np.array(corners, dtype=np.float64)
    for _ in range(rounds):
        points, faces = _divided(points, faces)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return points, faces, _neighbours(len(points), faces)


def _divided(points: Points, faces: NDArray[np.int64]) -> tuple[Points, NDArray[np.int64]]:
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    unique, back = np.unique(edges, axis=0, return_inverse=True)
    middles = points[unique].mean(axis=1)
    middles *= np.linalg.norm(points[0]) / np.linalg.norm(middles, axis=1, keepdims=True)
    numbers = back.reshape(3, -1) + len(points)
    ab, bc, ca = numbers
    a, b, c = faces.T
    return np.concatenate([points, middles]), np.concatenate([
        np.stack(part, axis=1) for part in ((a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca))
    ])  # fmt: skip


def _neighbours(count: int, faces: NDArray[np.int64]) -> NDArray[np.int64]:
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    edges = np.unique(np.concatenate([edges, edges[:, ::-1]]), axis=0)
    lists: list[list[int]] = [[] for _ in range(count)]
    for one, other in edges:
        lists[one].append(int(other))
    return np.array([(near + near[:1])[:6] for near in lists])


def _inside(corners: Points, faces: NDArray[np.int64], head: Head) -> Mask:
    """Mark the voxels within the surface: what cannot be reached from outside its shell."""
    step = np.array(head.geometry.spacing_mm)
    shape = np.array(head.values.shape)
    shell = np.zeros(head.values.shape, dtype=np.bool_)
    shares = np.array(
        [(a / 12, b / 12, 1 - a / 12 - b / 12) for a in range(13) for b in range(13 - a)]
    )
    points = np.einsum("sk,fkd->sfd", shares, corners[faces]).reshape(-1, 3) / step
    index = np.rint(points).astype(np.int64)
    index = index[((index >= 0) & (index < shape)).all(axis=1)]
    shell[tuple(index.T)] = True
    padded = np.pad(shell, [(1, 1)] * 3)
    padded[0], padded[-1] = padded[1], padded[-2]
    outside = ndimage.binary_propagation(
        _seed(padded.shape), mask=~padded, structure=ndimage.generate_binary_structure(3, 1)
    )
    full = ~outside
    for end in (1, -2):
        full[end] = ndimage.binary_fill_holes(full[end])
    return np.asarray(full[1:-1, 1:-1, 1:-1])


def _seed(shape: tuple[int, ...]) -> Mask:
    seed = np.zeros(shape, dtype=np.bool_)
    seed[:, 0, 0] = True
    return seed


def _edge_of_brain(mask: Mask, head: Head) -> float:
    """Return how much an outline looks like that of a brain: dark just outside, bright within.

    Where all is air a little further out, it went through the skull to the skin.
    """
    if not mask.any():
        return -2.0
    step = head.geometry.spacing_mm
    away = ndimage.distance_transform_edt(~mask, sampling=step)
    deep = ndimage.distance_transform_edt(mask, sampling=step)
    half = head.low + 0.5 * (float(np.median(head.values[mask])) - head.low)
    near = head.values[(away > 1.5) & (away <= 6)] < half
    far = head.values[(away > 8) & (away <= 16)] < head.threshold
    rim = head.values[(deep > 0) & (deep <= 4)] < half
    if not (near.size and far.size and rim.size):
        return -2.0
    return float(near.mean() - rim.mean() - 0.7 * far.mean())


def _refined(mask: Mask, head: Head) -> Mask:
    """Take away what is as dark as bone or air at the outline, and smooth."""
    dark = head.values < head.low + 0.35 * (head.middle - head.low)
    edge = mask & ~ndimage.binary_erosion(mask, iterations=2, border_value=1)
    kept = mask & ~(dark & edge)
    return closed(largest(opened(kept, 3.0, head.geometry)), 4.0, head.geometry)


def _judged(mask: Mask, head: Head, share: float, grid: Coarse) -> Marked:
    volume = volume_ml(mask, head.geometry)
    if not 250 < volume < 2600:
        return Marked.missing(BRAIN, f"What was found has {volume:.0f} ml, which no brain has.")
    rim = ndimage.binary_dilation(mask, iterations=3) & ~ndimage.binary_dilation(mask)
    inside = float(np.median(head.values[mask]))
    dark = float((head.values[rim] < head.low + 0.5 * (inside - head.low)).mean())
    if dark < 0.25:
        return Marked.missing(
            BRAIN, "What was found is not surrounded by a dark ring as a brain is."
        )
    verdict = Verdict(0.9).checked(
        BRAIN_ML[0] <= volume <= BRAIN_ML[1], 0.5, f"{volume:.0f} ml is usual for a brain.",
        f"{volume:.0f} ml is unusual for a brain.",
    )  # fmt: skip
    verdict = verdict.checked(
        share > 0.8, 0.7, "The surface came to rest at an edge.",
        f"Only {share:.0%} of the surface came to rest at an edge.",
    )  # fmt: skip
    verdict = verdict.checked(
        dark > 0.6, 0.75, "A dark ring of bone and fluid surrounds it.",
        f"Only {dark:.0%} of what surrounds it is dark: brain may be left out, or scalp be in it.",
    )  # fmt: skip
    verdict = verdict.checked(
        not (mask[-1].any() or mask[0].any()), 0.9, "Its top and base are in the images.",
        "It is cut off at the top or bottom of the images.",
    )  # fmt: skip
    return Marked(BRAIN, mask, grid, verdict.says("Fluid round the brain is partly in it."))
