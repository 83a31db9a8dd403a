"""Compile every inner loop once, so that no window ever waits for the compiler."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.plane import Plane
from viewer.core.progress import Progress
from viewer.core.window import Curve, Window
from viewer.imaging.brush import filled, swept
from viewer.imaging.changed_bricks import lay_bricks
from viewer.imaging.colour_maps import ColourMap
from viewer.imaging.drawing_labels import ready as ready_to_draw_labels
from viewer.imaging.project import SlabMode, project
from viewer.imaging.rays import cast
from viewer.imaging.reslice import Interpolation, reslice
from viewer.imaging.scalpel import behind
from viewer.imaging.segment.brush import adaptive
from viewer.imaging.tone import Overlay, tone, tone_colour
from viewer.imaging.values import COMMON, RARE
from viewer.imaging.veil import ready as ready_to_veil
from viewer.imaging.walk import Walk

_SHAPE = (6, 6)


def warm(progress: Progress) -> None:
    """Run every loop on a tiny picture of every type; code on disk is only loaded.

    Raises:
        Cancelled: between two loops, if nobody wants it any more.
    """
    steps = list(_steps())
    for number, (name, step) in enumerate(steps):
        progress.report(number / len(steps), f"Preparing {name}")
        step()
    progress.report(1.0, "Prepared")


def be_ready_for(kind: np.dtype[np.generic]) -> None:
    """Wait until pictures of this type can be cut and toned at once; not for a window's thread."""
    if kind.type in (*COMMON, *RARE):
        _pictures(kind.type)


def _steps() -> Iterator[tuple[str, Callable[[], object]]]:
    """Go through all loops, those that every study needs first."""
    labels = np.ones(_SHAPE, dtype=np.uint8)
    colours = np.full((2, 4), 128, dtype=np.uint8)
    for kind in COMMON:
        yield f"slices of {kind.__name__}", partial(_pictures, kind)
    for width in (np.uint8, np.uint16):
        overlay = Overlay(labels.astype(width), colours)
        yield f"labels of {width.__name__}", partial(_tone, labels, overlay)
    yield "colour", partial(tone_colour, np.zeros((6, 6, 3), np.uint8))
    yield "maps of scores", ready_to_veil
    yield "3D", _space
    yield "segments of files", ready_to_draw_labels
    yield "brushes", _brushes
    for kind in RARE:
        yield f"slices of {kind.__name__}", partial(_pictures, kind)


def _space() -> None:
    """Cut and project a tiny volume."""
    grid = Geometry((3, 6, 6), np.eye(4))
    turn, middle = np.eye(3), np.zeros(3)
    behind(grid, np.ones(_SHAPE, dtype=np.bool_), turn, middle, np.inf, 1.0)
    values = np.zeros(grid.shape, dtype=np.float32)
    cast(values, grid, turn, middle, np.inf, 1.0, _SHAPE, np.zeros((0, 4)), 1.0, mean=True)


def _brushes() -> None:
    """Paint with each kind of brush, and fill a line."""
    grid = Geometry.from_axes((3, 6, 6), (0, 0, 0), np.eye(3)[::-1], (1, 1, 1))
    normal, place = np.array((0.0, 0.0, 1.0)), np.array((2.0, 2.0, 1.0))
    swept(grid, place, place + 1, 2.0)
    swept(grid, place, place + 1, 2.0, normal)
    line = np.array([(1.0, 1, 1), (4, 1, 1), (4, 4, 1)])
    filled(grid, line, np.array((1.0, 0, 0)), np.array((0.0, 1, 0)))
    noise = np.random.default_rng(0).normal(size=grid.shape).astype(np.float32)
    adaptive(noise, np.ones(grid.shape, np.bool_), (1, 2, 2))
    slanted = Walk.over(grid, Plane((0, 0, 1), (0.8, 0, 0.6), (0, 1, 0), (1, 1)))
    pictures = (np.zeros(_SHAPE, np.uint8), np.zeros(_SHAPE, np.uint16))
    for picture in pictures:
        one = np.ones((1, 1, 1), picture.dtype)
        drawn = LabelMap.empty(grid.shape, picture.dtype.type).with_box((0, 0, 0), one)
        lay_bricks(drawn.bricks, grid.shape, slanted, picture)


def _tone(values: NDArray[np.generic], overlay: Overlay) -> None:
    tone(values, Window(0, 1), overlays=[overlay])


def _pictures(kind: type[np.generic]) -> None:
    """Cut a stack in each of the ways it may be looked at."""
    voxels: NDArray[np.generic] = np.zeros((3, 6, 6), dtype=kind)
    axes = [[0, 0, 1], [0, 1, 0], [1, 0, 0]]
    geometry = Geometry.from_axes((3, 6, 6), (0, 0, 0), axes, (1, 1, 1))
    flat = Plane((0, 0, 1), (1, 0, 0), (0, 1, 0), (0.7, 0.7))
    slanted = Plane((0, 0, 1), (0.8, 0, 0.6), (0, 1, 0), (1, 1))
    flats = [reslice(voxels, geometry, flat, _SHAPE, interpolation=way) for way in Interpolation]
    for interpolation in Interpolation:
        reslice(voxels, geometry, slanted, _SHAPE, interpolation=interpolation)
    thick = project(voxels, geometry, slanted, _SHAPE, thickness_mm=3, mode=SlabMode.MAXIMUM)
    for values in (voxels[0], *flats, thick):
        tone(values, Window(0, 1))
        tone(values, Window(0, 1), colour_map=ColourMap.HOT)
        tone(values, Window(0, 1, Curve.SIGMOID))
