"""Maps of scores over a view: their colours, the legend, and what they say of borders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from viewer.core.author import Author
from viewer.core.code import NO_UNIT
from viewer.core.finding import Finding, Status
from viewer.core.geometry import Geometry
from viewer.core.plane import Plane
from viewer.core.score_map import ScoreMap
from viewer.core.segmentation import Segmentation
from viewer.core.stack import Stack
from viewer.core.window import Window
from viewer.imaging.colour_maps import ColourMap, colours
from viewer.imaging.veil import HIGH, LOW, REACH
from viewer.render.cut import Cut
from viewer.render.lesions import shares_space
from viewer.render.probe import unit_in_words
from viewer.render.scene import Badge, ColourBar, Layer, Outline, Picture, Scene, Trace, Veil
from viewer.session.images import OpenImage
from viewer.session.look import Look, Slab
from viewer.session.maps import Maps, fits
from viewer.session.session import Session

_WHOLE = Window.between(0, 255)
_FIRST_SHADE, _LAST_SHADE = 96, 216
"""Of the colours from black to white those from dark red to yellow: the others are the image's."""
_FAINTEST = 0.35
"""Of the opacity that the least value shown has."""
_TICKS = 5
_CLEAR = (34, 34, 34)


def map_over(session: Session, opened: OpenImage) -> ScoreMap | None:
    """Return the map that is to be drawn over an image: its own, else one of the same space."""
    maps = session.maps.value
    there = {one.series_key for one in maps.items if _may_show(session, one)}
    own = maps.drawn(frozenset((opened.key,)) & there, session.selected.value)
    if own is not None:
        return own
    near = frozenset(key for key in there if shares_space(session, opened, key))
    return maps.drawn(near, session.selected.value)


def _may_show(session: Session, score_map: ScoreMap) -> bool:
    """Tell whether a map still lies on the voxels of its image, and may be seen yet."""
    source = session.images.value.get(score_map.series_key)
    if source is None or session.ai_hidden(score_map.series_key):
        return False
    return fits(score_map, source.image)


def with_map(session: Session, opened: OpenImage, cut: Cut, look: Look, scene: Scene) -> Scene:
    """Lay the map of scores of an image over its picture, with its legend, where it has one."""
    if not session.maps.value.items or scene.picture is None or cut.along:
        return scene
    score_map = map_over(session, opened)
    picture = None if score_map is None else _picture(score_map, opened, cut, look)
    if score_map is None or picture is None:
        return scene
    shades = _shades(session.maps.value, score_map)
    step = (score_map.high - score_map.low) / 255
    name = title_of(score_map)
    badge = Badge("MAP", f"{name}. {score_map.meaning}")
    return replace(
        scene,
        veil=Veil(picture, shades, score_map.title, step, score_map.low, score_map.unit),
        map_bar=_bar(score_map, shades) if session.shown.value.colour_bar else None,
        badges=(*scene.badges, badge),
    )


def title_of(score_map: ScoreMap) -> str:
    """Return what a map shows and who made it."""
    author = score_map.author.name
    return score_map.title if author in score_map.title else f"{score_map.title} ({author})"


def _picture(score_map: ScoreMap, opened: OpenImage, cut: Cut, look: Look) -> Picture | None:
    if score_map.geometry is None:
        return _frame(score_map, opened, cut)
    if not cut.in_patient:
        return None
    solid = not isinstance(opened.image, Stack)
    return _cut_of(score_map, score_map.geometry, look.slab_mm if solid else 0.0)


def _cut_of(score_map: ScoreMap, geometry: Geometry, slab_mm: float = 0.0) -> Picture:
    return Picture(
        score_map.voxels, geometry, _WHOLE, False, True, slab_mm=slab_mm, slab=Slab.MAXIMUM
    )


def _frame(score_map: ScoreMap, opened: OpenImage, cut: Cut) -> Picture | None:
    """Return the map of one frame of a stack, if it is as large as the frame."""
    if not isinstance(opened.image, Stack) or score_map.series_key != opened.key:
        return None
    one = score_map.voxels[cut.number : cut.number + 1]
    if one.shape != cut.geometry.shape:
        return None
    return Picture(one, cut.geometry, _WHOLE, False, True)


def _shades(maps: Maps, score_map: ScoreMap) -> NDArray[np.uint8]:
    """Return (256, 4) RGBA: the higher the brighter and the denser, clear below the floor.

    The floor is the reader's, or that of the map where what is ordinary reaches higher.

    Of a map with values below zero it is the further from zero, blue below and red above.
    """
    values = np.arange(256)
    if score_map.is_signed:
        real = np.linspace(score_map.low, score_map.high, 256)
        share = np.abs(real) / max(-score_map.low, score_map.high)
        rgb = colours(ColourMap.COOL_WARM)[np.where(real < 0, 0, 255)]
    else:
        share = values / 255
        rgb = colours(ColourMap.HOT)[_FIRST_SHADE + values * (_LAST_SHADE - _FIRST_SHADE) // 255]
    dense = maps.opacity * (_FAINTEST + (1 - _FAINTEST) * share)
    least = max(maps.floor, score_map.ordinary / max(-score_map.low, score_map.high))
    alpha = np.where((share >= least) & (values > 0), dense * 255, 0)
    return np.concatenate([rgb, alpha.round().astype(np.uint8)[:, None]], axis=1)


def _bar(score_map: ScoreMap, shades: NDArray[np.uint8]) -> ColourBar:
    seen = np.where(shades[:, 3:] > 0, shades[:, :3], np.array(_CLEAR, np.uint8))
    span = score_map.high - score_map.low
    steps = np.linspace(score_map.low, score_map.high, _TICKS)
    digits = 2 if span <= 10 else 0
    ticks = tuple(
        f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
        for value in steps
    )
    unit = "" if score_map.unit == NO_UNIT.value else unit_in_words(score_map.unit)
    return ColourBar(np.ascontiguousarray(seen[::2]), ticks, unit, title_of(score_map))


# -- borders --------------------------------------------------------------------------------------


def sure_by(session: Session, item: Finding | Segmentation) -> ScoreMap | None:
    """Return the map that tells how sure the border of a proposal is; None for all else."""
    if item.status != Status.PROPOSED or not item.author.is_model:
        return None
    return _map_of(session, item.series_key, item.author)


def _map_of(session: Session, series_key: str, author: Author) -> ScoreMap | None:
    found = session.maps.value.by_author(series_key, author.name)
    if found is None or found.geometry is None or not _may_show(session, found):
        return None
    return found


def surely(session: Session, segmentation: Segmentation, layer: Layer) -> Layer:
    """Return the layer of a segmentation with the map that tells how sure its borders are."""
    score_map = sure_by(session, segmentation)
    if score_map is None or score_map.geometry is None:
        return layer
    return replace(layer, sure_by=_cut_of(score_map, score_map.geometry))


def traced(outline: Outline, score_map: ScoreMap | None, plane: Plane) -> tuple[Outline, ...]:
    """Return an outline in parts, dashed where a map is unsure of the border."""
    if score_map is None or score_map.geometry is None or len(outline.points) < 3:
        return (outline,)
    doubt = _doubted(outline.points, score_map, score_map.geometry, plane)
    if not doubt.any():
        return (outline,)
    if doubt.all():
        return (replace(outline, trace=Trace.DASHED),)
    return tuple(_parts(outline, doubt))


def _doubted(
    points: NDArray[np.float64], score_map: ScoreMap, grid: Geometry, plane: Plane
) -> NDArray[np.bool_]:
    """Tell for each point (n, 2) of an outline whether the map is flat there."""
    places = plane.to_patient(points[:, ::-1])
    away_mm = REACH * min(grid.spacing_mm)
    ways = [
        (right * np.asarray(plane.right) + down * np.asarray(plane.down)) * away_mm
        for right in (-1, 0, 1)
        for down in (-1, 0, 1)
    ]
    index = np.rint(grid.to_index(places[:, None] + np.asarray(ways)[None])).astype(int)
    inside = np.asarray(((index >= 0) & (index < grid.shape)).all(axis=-1), dtype=np.bool_)
    slices, rows, columns = np.where(inside[..., None], index, 0).transpose(2, 0, 1)
    values = np.where(inside, score_map.voxels[slices, rows, columns], 0) / 255
    highest, lowest = np.asarray(values.max(axis=1)), np.asarray(values.min(axis=1))
    return np.asarray((highest < HIGH) | (lowest > LOW), dtype=np.bool_)


def _parts(outline: Outline, doubt: NDArray[np.bool_]) -> Iterator[Outline]:
    """Go through the parts of a closed line that are alike; each ends where the next begins."""
    told: list[bool] = doubt.tolist()
    turn = next(n for n, one in enumerate(told) if one != told[n - 1])
    told = told[turn:] + told[:turn]
    line = np.roll(outline.points, -turn, axis=0)
    closed = np.concatenate([line, line[:1]])
    ends = [0, *(n for n in range(1, len(told)) if told[n] != told[n - 1]), len(told)]
    for first, last in pairwise(ends):
        trace = Trace.DASHED if told[first] else Trace.SOLID
        yield replace(outline, points=closed[first : last + 1], closed=False, trace=trace)
