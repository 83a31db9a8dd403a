"""Between how a view looks at a stored picture and how a presentation state says it.

A presentation state turns the stored picture clockwise first and flips it sideways then
(PS3.3 C.10.6); a look flips first and turns then, from where its view begins.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from viewer.core.errors import Declined
from viewer.core.geometry import Array, Geometry
from viewer.core.presentation import Display, Spot
from viewer.core.stack import Stack
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.session.ground import frame_geometry
from viewer.session.images import OpenImage
from viewer.session.look import Look, Viewing
from viewer.session.oblique import STRAIGHT, Planes
from viewer.session.stepping import viewing_axes
from viewer.session.turning import screen_axes

_PARALLEL = 0.999
_LEAST, _MOST = 0.05, 64.0


def display_of(
    opened: OpenImage, look: Look, number: int, window: Window, planes: Planes = STRAIGHT
) -> Display:
    """Return what a look at a stored slice or frame is as a presentation state.

    Raises:
        Declined: if the view does not show the pictures as they are stored.
    """
    grid = picture_grid(opened, number)
    right, down = _axes(opened, look, grid, planes)
    across, along = (np.asarray(axis) for axis in screen_axes(right, down, look))
    stored = np.array([grid.directions[2], grid.directions[1]])
    quarter_turns, flipped = _turn(np.array([stored @ across, stored @ along]))
    return Display(
        window=in_file_values(opened, window),
        inverted=_file_inverts(opened, number) ^ look.inverted,
        quarter_turns=quarter_turns,
        flipped=flipped,
        area=_area(grid, look, across, along),
    )


def look_of(opened: OpenImage, look: Look, number: int, display: Display) -> Look:
    """Return a look at a stored slice or frame as a presentation state wants it."""
    grid = picture_grid(opened, number)
    turns = -display.quarter_turns if display.flipped else display.quarter_turns
    turned = replace(
        look,
        viewing=Viewing.ACQUISITION,
        inverted=_file_inverts(opened, number) ^ display.inverted,
        quarter_turns=turns % 4,
        flipped_sideways=display.flipped,
        flipped_upside_down=False,
        window=in_shown_values(opened, display.window),
        slab_mm=0.0,
        zoom=1.0,
        pan_mm=(0.0, 0.0),
        frame=number,
    )
    return turned if display.area is None else _zoomed(turned, grid, display.area)


def picture_grid(opened: OpenImage, number: int) -> Geometry:
    """Return the grid that a stored picture lies on."""
    if isinstance(opened.image, Stack):
        return frame_geometry(opened.image.frames[number], opened.frame_of_reference_uid)
    return opened.image.geometry


def in_file_values(opened: OpenImage, window: Window) -> Window:
    """Return a window on the values shown as one on those that the file gives."""
    way = opened.image.ways.now
    if way is None or not way.slope:
        return window
    return window.scaled(1 / way.slope, -way.intercept / way.slope)


def in_shown_values(opened: OpenImage, window: Window | None) -> Window | None:
    """Return a window on the values of the file as one on those that are shown."""
    way = opened.image.ways.now
    if window is None or way is None or not way.slope:
        return window
    return window.scaled(way.slope, way.intercept)


def _axes(
    opened: OpenImage, look: Look, grid: Geometry, planes: Planes
) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Return screen right and down before any flip, where they run along the stored picture."""
    viewing = look.viewing if isinstance(opened.image, Volume) else Viewing.ACQUISITION
    if viewing is not Viewing.SPACE:
        right, down = viewing_axes(grid, viewing, planes)
        through = abs(float(np.dot(np.cross(right, down), grid.directions[0])))
        along = np.abs(grid.directions[1:] @ np.asarray(right)).max()
        if through > _PARALLEL and along > _PARALLEL and look.slab_mm == 0:
            return right, down
    raise Declined(
        "A presentation state is about the pictures as they are stored, and this view shows "
        "others: choose a view along the acquisition, without a slab.",
        code="not_stored_pictures",
    )


def _turn(screen: Array) -> tuple[int, bool]:
    """Return quarter turns and flip after which stored right and down are those of the screen.

    `screen` holds screen right and screen down in stored columns and rows.
    """
    for flipped, turns in product((False, True), range(4)):
        across, along = np.array([1.0, 0.0]), np.array([0.0, 1.0])
        for _ in range(turns):
            across, along = -along, across
        if flipped:
            across = -across
        if np.allclose(screen, [across, along], atol=0.1):
            return turns, flipped
    raise ValueError("the screen lies across the picture")


def _area(grid: Geometry, look: Look, across: Array, along: Array) -> tuple[Spot, Spot] | None:
    """Return the corners of what would fill a view of the shape of the picture."""
    if look.zoom == 1.0 and look.pan_mm == (0.0, 0.0):
        return None
    rows, columns = grid.shape[1:]
    away = -(look.pan_mm[0] * across + look.pan_mm[1] * along)
    row = (rows - 1) / 2 + float(away @ grid.directions[1]) / grid.spacing_mm[1]
    column = (columns - 1) / 2 + float(away @ grid.directions[2]) / grid.spacing_mm[2]
    half = np.array([columns, rows]) / look.zoom / 2 - 0.5
    return (column - half[0], row - half[1]), (column + half[0], row + half[1])


def _zoomed(look: Look, grid: Geometry, area: tuple[Spot, Spot]) -> Look:
    """Return a look with an area in the middle of the view, and all of it inside."""
    low, high = np.asarray(area[0]), np.asarray(area[1])
    rows, columns = grid.shape[1:]
    size = np.maximum(high - low + 1, 1e-3)
    zoom = float(min(columns / size[0], rows / size[1]))
    middle = (low + high) / 2 - (np.array([columns, rows]) - 1) / 2
    away = middle[0] * grid.spacing_mm[2] * grid.directions[2]
    away = away + middle[1] * grid.spacing_mm[1] * grid.directions[1]
    right, down = viewing_axes(grid, Viewing.ACQUISITION)
    across, along = (np.asarray(axis) for axis in screen_axes(right, down, look))
    pan = (-float(away @ across), -float(away @ along))
    return replace(look, zoom=min(max(zoom, _LEAST), _MOST), pan_mm=pan)


def _file_inverts(opened: OpenImage, number: int) -> bool:
    """Tell whether low values are white in the picture itself."""
    image = opened.image
    return image.frames[number].inverted if isinstance(image, Stack) else image.inverted
