"""Which tissue is where: the loops that fill a grid with a synthetic patient.

All is painted back to front, each tissue mixed over the last by the share of
the voxel that it covers. Hounsfield units as in the textbooks: air -1000, lung
-850, fat -100, water 0, blood 40, muscle 55, bone 200 (marrow) to 900 (cortex).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled
from viewer.imaging.phantom.anatomy import Table
from viewer.imaging.phantom.shapes import FAR, cloud, cover, ellipsoid, rounded, smooth_max

Lattice = NDArray[np.float32]


@compiled
def dome(x: float, y: float, z: float, shape: Table) -> float:
    """Return the distance under a half of the diaphragm; negative is above it, in the lung."""
    u, v = (x - shape[0]) / shape[3], (y - shape[1]) / shape[4]
    top = shape[2] - shape[5] * (u * u + v * v)
    slope = 2 * shape[5] * math.sqrt((u / shape[3]) ** 2 + (v / shape[4]) ** 2)
    return float((top - z) / math.sqrt(1 + slope * slope))


@compiled
def lung(x: float, y: float, z: float, line: Table, organs: Table, domes: Table) -> float:
    """Return the distance to the lung of that side; negative inside."""
    cavity = rounded(x, y - line[5], line[3], line[4], 0.25)
    if cavity > 20:
        return FAR
    middle = rounded(x, y - line[8], line[6], line[7], 0.0)
    spine = rounded(x, y - line[9] - 22, 27.0, 38.0, 0.3)
    heart = min(ellipsoid(x, y, z, organs[0]), ellipsoid(x, y, z, organs[1])) - 4
    inner = smooth_max(cavity, 3.0 - abs(x), 5.0)
    inner = smooth_max(inner, -middle, 8.0)
    inner = smooth_max(inner, -spine, 8.0)
    inner = smooth_max(inner, -heart, 8.0)
    return smooth_max(inner, dome(x, y, z, domes[0 if x < 0 else 1]), 3.0)


@compiled
def belly(
    x: float, y: float, z: float, below: float, organs: Table, soft: float, lattice: Lattice
) -> float:
    """Return what is seen under the diaphragm: liver, spleen, stomach, fat."""
    value = -100.0 + 8 * cloud(x / 9, y / 9, z / 9, lattice)
    liver = x - 34 + 0.45 * (y + 30)
    value += (58 + 3 * cloud(x / 4, y / 4, z / 4, lattice) - value) * cover(liver, soft)
    value += (48 - value) * cover(ellipsoid(x, y, z, organs[2]), soft)
    stomach = ellipsoid(x, y, z, organs[3])
    value += (42 - value) * cover(stomach, soft)
    content = -980.0 if y < organs[3, 1] - 12 else 12.0
    value += (content - value) * cover(stomach + 4, soft)
    return value + (52 - value) * cover(below - 3, soft)


@compiled
def wall(
    x: float, y: float, z: float, cavity: float, body: float, line: Table, lattice: Lattice
) -> float:
    """Return the distance to the muscles of the chest wall."""
    back = min(max((y - line[5]) / line[4], -0.6), 1.0)
    layer = cavity - line[10] - 5 * back - 2.5 * cloud(x / 23, y / 23, z / 23, lattice)
    height = 1 - ((z - 30) / 62) ** 2
    if height > 0.02:
        thick = 3 + 14 * math.sqrt(height)
        front = rounded(abs(x) - 62, y - line[5] + line[4] + 8, 58.0, thick, 0.2)
        layer = min(layer, front)
    layer = min(layer, body + max(17.0, 44 - 0.55 * (z - 45)))
    erector = rounded(abs(x) - 31, y - line[9] - 44, 27.0, 21.0, 0.3)
    return float(min(layer, erector))


@compiled
def tissue(
    x: float,
    y: float,
    z: float,
    line: Table,
    organs: Table,
    domes: Table,
    lattice: Lattice,
    soft: float,
) -> float:
    """Return the value in HU of the body without bones, lungs, vessels and airways."""
    body = rounded(x, y - line[2], line[0], line[1], 0.42)
    body -= 2.2 * cloud(x / 41, y / 41, z / 57, lattice)
    if body > 3:
        return -1000.0
    value = -1000 + 1030 * cover(body, soft)
    grain = cloud(x / 5, y / 5, z / 5, lattice)
    value += (-104 + 9 * grain - value) * cover(body + 2.2, soft)
    cavity = rounded(x, y - line[5], line[3], line[4], 0.25)
    muscle = max(wall(x, y, z, cavity, body, line, lattice), body + 6)
    streak = cloud(x / 7, y / 13, z / 11, lattice)
    flesh = 55 + 5 * grain - 260 * max(0.0, streak - 0.42)
    value += (flesh - value) * cover(muscle, soft)
    if cavity < 6:
        inside = -92 + 10 * grain
        below = dome(x, y, z, domes[0 if x < 0 else 1])
        if below > -6:
            inside += (belly(x, y, z, below, organs, soft, lattice) - inside) * cover(-below, soft)
        value += (inside - value) * cover(cavity + 1.5, soft)
    heart = min(ellipsoid(x, y, z, organs[0]), ellipsoid(x, y, z, organs[1]))
    if heart < 6:
        value += (-95 - value) * cover(heart - 3, soft)
        value += (43 + 3 * grain - value) * cover(heart, soft)
    return value


@compiled
def parenchyma(x: float, y: float, z: float, lattice: Lattice) -> float:
    """Return what is added to the value of a lung: unevenness and the oblique fissure."""
    value = 16 * cloud(x / 17, y / 17, z / 17, lattice) + 14 * cloud(x / 5, y / 5, z / 5, lattice)
    value += 12 * cloud(x / 2, y / 2, z / 2.2, lattice)
    fissure = 0.62 * (y - 12) + 0.72 * (z - 4) + 5 * cloud(x / 40, y / 60, 3.0, lattice)
    value += 210 * max(0.0, 1 - abs(fissure) / 0.9)
    if x < 0 and fissure > 0:
        minor = z + 12 + 0.06 * y - 4 * cloud(x / 40, y / 40, 7.0, lattice)
        value += 170 * max(0.0, 1 - abs(minor) / 0.9)
    return value


@compiled
def table_value(x: float, y: float) -> float:
    """Return the value of the couch under the patient: a thin shell with foam in it."""
    top = 131 - 17 * (x / 185) ** 2
    depth = y - top
    if depth < 0 or abs(x) > 188:
        return -1000.0
    shell = max(0.0, 1 - abs(depth - 1.2) / 1.2) + max(0.0, 1 - abs(depth - 18) / 1.2)
    return (-920.0 if depth < 18 else -1000.0) + 720 * shell


@compiled
def fill(
    values: NDArray[np.float32],
    lungs: NDArray[np.uint8],
    start: Table,
    step: Table,
    lines: Table,
    organs: Table,
    domes: Table,
    lattice: Lattice,
    numbers: Table,
) -> None:
    """Fill a few slices: values in HU, and 1 in the right lung, 2 in the left.

    `start` and `step` are x, y, z in patient mm divided by size; `numbers` are
    softness, value and gradient of the lungs.
    """
    soft, base, gradient = numbers[0], numbers[1], numbers[2]
    for s in range(values.shape[0]):
        z = start[2] + s * step[2]
        line = lines[s]
        for r in range(values.shape[1]):
            y = start[1] + r * step[1]
            for c in range(values.shape[2]):
                x = start[0] + c * step[0]
                value = tissue(x, y, z, line, organs, domes, lattice, soft)
                if value == -1000.0:
                    values[s, r, c] = table_value(x, y)
                    continue
                edge = lung(x, y, z, line, organs, domes)
                if edge < soft:
                    inner = base + gradient * (y - line[5]) / 90 + parenchyma(x, y, z, lattice)
                    value += (inner - value) * cover(edge, soft)
                values[s, r, c] = value
                if edge < 0:
                    lungs[s, r, c] = 1 if x < 0 else 2
