"""Ribs, spine, breast bone, collar bones and shoulder blades."""

from __future__ import annotations

import numpy as np

from viewer.imaging.phantom.anatomy import Anatomy, Column, Table
from viewer.imaging.phantom.tubes import Tubes

VERTEBRA_MM = 25.0
_RIBS = 10


def ribs(anatomy: Anatomy) -> tuple[Tubes, Tubes]:
    """Return the bony ribs of both sides and the cartilage that ends them."""
    bone, cartilage = [], []
    for number in range(_RIBS + 1):
        top = 112.0 - VERTEBRA_MM * number - anatomy.vertebra_start_mm * 0.4
        path = _rib_path(anatomy, top, fall=34.0 + 5.5 * number)
        split = len(path) - 5 if number < 7 else len(path) - 2
        bone.append(_flat(path[:split], 3.1, 2.3))
        if number < 7:
            cartilage.append(_flat(path[split - 1 :], 3.4, 2.4))
    right_bone, right_cartilage = Tubes.join(*bone), Tubes.join(*cartilage)
    return (
        Tubes.join(right_bone, right_bone.mirrored()),
        Tubes.join(right_cartilage, right_cartilage.mirrored()),
    )


def _rib_path(anatomy: Anatomy, top: float, fall: float) -> Table:
    """Follow the wall of the chest from the spine to the front, sinking on the way."""
    turn = np.linspace(np.deg2rad(14), np.deg2rad(168), 26)
    share = (turn - turn[0]) / (turn[-1] - turn[0])
    z = top - fall * np.sin(share * np.pi / 2) ** 1.3 + 8 * np.maximum(share - 0.85, 0) / 0.15
    lines = anatomy.outlines(z)
    wide = lines[:, Column.CAVITY_WIDTH] + 6.5
    deep = lines[:, Column.CAVITY_DEPTH] + 6.0
    stretch = 1 + 0.07 * np.sin(2 * turn) ** 2
    x = -wide * np.sin(turn) * stretch
    y = lines[:, Column.CAVITY_Y] + deep * np.cos(turn) * stretch
    return np.column_stack([x, y, z])


def _flat(path: Table, radius: float, half_height: float) -> Tubes:
    """Return a tube taller than thick: two tubes, one on the other."""
    shift = np.array([0, 0, half_height])
    return Tubes.join(
        *(Tubes.along(path + k * shift, radius, pieces=len(path) * 2) for k in (-1, 1))
    )


def shoulder(anatomy: Anatomy) -> tuple[Tubes, Tubes]:
    """Return collar bones with shoulder blades, and the muscles round the blades."""
    collar = Tubes.along(
        [(-14, -38, 72), (-60, -46, 84), (-120, -20, 104)], (7.5, 5.5, 6), pieces=16
    )
    blade, flesh = [], []
    for z in np.arange(-14.0, 110.0, 6.0):
        line = anatomy.outlines(np.array([z]))[0]
        turn = np.deg2rad(np.linspace(38, 38 + 42 * min(1.0, (z + 40) / 90), 7))
        wide, deep = line[Column.CAVITY_WIDTH] + 22, line[Column.CAVITY_DEPTH] + 20
        path = np.column_stack(
            [-wide * np.sin(turn), line[Column.CAVITY_Y] + deep * np.cos(turn), np.full(7, z)]
        )
        blade.append(Tubes.along(path, 2.6, pieces=8))
        flesh.append(Tubes.along(path, 12.0, pieces=8))
    bones, muscle = Tubes.join(collar, *blade), Tubes.join(*flesh)
    return Tubes.join(bones, bones.mirrored()), Tubes.join(muscle, muscle.mirrored())


def breast_bone(anatomy: Anatomy) -> Tubes:
    """Return the breast bone: a plate of parallel tubes down the front."""
    z = np.linspace(70, -68, 14)
    lines = anatomy.outlines(z)
    y = lines[:, Column.CAVITY_Y] - lines[:, Column.CAVITY_DEPTH] - 4.0
    width = np.interp(z, [-68, -40, 20, 45, 70], [3, 14, 11, 14, 20])
    plates = [
        Tubes.along(np.column_stack([k * width, y, z]), 4.8, pieces=28)
        for k in np.linspace(-1, 1, 7)
    ]
    return Tubes.join(*plates)


def spine_arches(anatomy: Anatomy) -> Tubes:
    """Return what stands behind the vertebral bodies: arches, transverse and spinous processes."""
    pieces: list[Tubes] = []
    for z in np.arange(-190.0, 130.0, VERTEBRA_MM) + anatomy.vertebra_start_mm:
        y = float(anatomy.outlines(np.array([z]))[0, Column.SPINE_Y])
        half = _half_arch(y, z)
        pieces += [half, half.mirrored()]
        pieces += [
            Tubes.along([(0, y + 34, z - drop), (0, y + 46, z - 10 - drop)], (3.4, 2.8), pieces=4)
            for drop in (0, 7, 14)
        ]
    return Tubes.join(*pieces)


def _half_arch(y: float, z: float) -> Tubes:
    """Return the left half of an arch, with its transverse process."""
    arch = [(11, y + 12, z + 4), (13, y + 24, z + 3), (6, y + 32, z), (0, y + 35, z - 2)]
    process = [(13, y + 24, z + 3), (33, y + 33, z + 5)]
    return Tubes.join(
        Tubes.along(arch, (5, 4.5, 4, 4), pieces=8), Tubes.along(process, (5, 4.2), pieces=4)
    )
