"""From a scene to the pixels of its picture; marks and texts are not drawn here.

Pixels are those of `imaging.tone`: blue, green, red, 255, one 32-bit word each.
Outside the image it is black.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.plane import Plane
from viewer.core.volume import blanked
from viewer.imaging.colour_maps import ColourMap
from viewer.imaging.fuse import fuse
from viewer.imaging.project import SlabMode, project
from viewer.imaging.reslice import Interpolation, reslice
from viewer.imaging.tone import Overlay, Screen, lay_over, tone, tone_colour
from viewer.imaging.veil import lay_borders, lay_map, unsure
from viewer.render.label_cut import cut_labels
from viewer.render.scene import Fused, Layer, Picture, Scene, Veil
from viewer.session.look import Slab

_MODES = {
    Slab.MAXIMUM: SlabMode.MAXIMUM,
    Slab.MINIMUM: SlabMode.MINIMUM,
    Slab.MEAN: SlabMode.MEAN,
}


def paint(scene: Scene, into: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
    """Make the picture of a scene, (height, width, 4) BGRX, in `into` if given."""
    return Painter().paint(scene, into)


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """Values cut out of one array for one screen; holds what it was cut from."""

    source: NDArray[np.generic] | LabelMap
    geometry: Geometry
    plane: Plane
    size: tuple[int, int]
    ways: tuple[object, ...]
    values: NDArray[np.generic]

    def serves(
        self,
        source: NDArray[np.generic] | LabelMap,
        geometry: Geometry,
        plane: Plane,
        size: tuple[int, int],
        ways: tuple[object, ...],
    ) -> bool:
        """Tell whether cutting again would give the same values."""
        same = self.source is source and self.size == size and self.ways == ways
        return same and self.plane == plane and self.geometry == geometry


class Painter:
    """Paints one view after another, and cuts again only what has moved.

    One painter belongs to one view: a change of window then costs no reslice.
    """

    def __init__(self) -> None:
        self._picture: _Cut | None = None
        self._layers: tuple[_Cut, ...] = ()
        self._before: Painter | None = None
        self._upper: Painter | None = None
        self._maps: Painter | None = None
        self._unsure: tuple[NDArray[np.generic], float, NDArray[np.bool_]] | None = None

    def paint(self, scene: Scene, into: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
        """Make the picture of a scene, (height, width, 4) BGRX, in `into` if given."""
        width, height = scene.size
        screen = into if into is not None else np.empty((height, width, 4), dtype=np.uint8)
        if scene.picture is None or scene.plane is None:
            screen[:] = (0, 0, 0, 255)
            return screen
        values = self.values_of(scene.picture, scene.plane, scene.size)
        overlays = self._overlays(scene.layers, scene.plane, scene.size)
        doubted = any(one.sure_by is not None for one in scene.layers)
        if scene.fused is None and scene.veil is None and not doubted:
            _toned(scene.picture, values, overlays, screen)
        else:
            _toned(scene.picture, values, (), screen)
            if scene.fused is not None:
                self._fuse(scene.fused, scene.plane, screen)
            if scene.veil is not None:
                self._lay_veil(scene.veil, scene.plane, screen)
            self._lay_labels(scene.layers, overlays, scene.plane, screen)
        if scene.before is not None:
            self._before = self._before or Painter()
            other = self._before.paint(replace(scene, picture=scene.before, before=None))
            ends = round(scene.divider * width)
            screen[:, :ends] = other[:, :ends]
        return screen

    def _fuse(self, fused: Fused, plane: Plane, screen: Screen) -> None:
        """Lay another picture over that on a screen, cut on the very same plane."""
        self._upper = self._upper or Painter()
        size = (screen.shape[1], screen.shape[0])
        values = self._upper.values_of(fused.picture, plane, size)
        above = _toned(fused.picture, values, (), np.empty_like(screen))
        known = ~np.isnan(values) if values.dtype.kind == "f" else np.ones(values.shape, np.bool_)
        screen[...] = fuse(screen, above, known, fused.opacity, fused.mix)

    def _lay_veil(self, veil: Veil, plane: Plane, screen: Screen) -> None:
        """Lay a map of scores over the picture on a screen, cut on the very same plane."""
        lay_map(screen, self._scores(veil.picture, plane, screen), veil.colours)

    def _scores(self, picture: Picture, plane: Plane, screen: Screen) -> NDArray[np.generic]:
        """Cut a map of scores for a screen, once for its colours and for how sure borders are."""
        self._maps = self._maps or Painter()
        return self._maps.values_of(picture, plane, (screen.shape[1], screen.shape[0]))

    def _doubt(self, picture: Picture, plane: Plane, screen: Screen) -> NDArray[np.bool_]:
        """Tell where borders would be unsure; the last answer if nothing moved."""
        values = self._scores(picture, plane, screen)
        voxel_px = min(picture.geometry.spacing_mm[1:]) / min(plane.spacing_mm)
        last = self._unsure
        if last is None or last[0] is not values or last[1] != voxel_px:
            last = values, voxel_px, unsure(values, voxel_px)
            self._unsure = last
        return last[2]

    def _lay_labels(
        self, layers: tuple[Layer, ...], overlays: tuple[Overlay, ...], plane: Plane, screen: Screen
    ) -> None:
        """Lay labels over the picture on a screen, their borders as sure as a map says."""
        for layer, overlay in zip(layers, overlays, strict=True):
            if layer.sure_by is None or not layer.outlined:
                lay_over(screen, (overlay,))
                continue
            doubt = self._doubt(layer.sure_by, plane, screen)
            lay_borders(screen, overlay.labels, overlay.colours, doubt)

    def values_of(
        self, picture: Picture, plane: Plane, size: tuple[int, int]
    ) -> NDArray[np.generic]:
        """Return what the screen shows, in stored values; the last cut if nothing moved."""
        padding = picture.padding if _padding_matters(picture) else None
        picture = replace(picture, padding=padding)
        slab = (picture.slab_mm, picture.slab, picture.stride)
        ways = (picture.smooth, *slab, picture.revision, padding)
        last = self._picture
        if last is None or not last.serves(picture.voxels, picture.geometry, plane, size, ways):
            values = _cut_picture(picture, plane, (size[1], size[0]))
            last = _Cut(picture.voxels, picture.geometry, plane, size, ways, values)
            self._picture = last
        return last.values

    def _overlays(
        self, layers: tuple[Layer, ...], plane: Plane, size: tuple[int, int]
    ) -> tuple[Overlay, ...]:
        cuts: list[_Cut] = []
        overlays = []
        for layer in layers:
            cut = self._layer(layer, plane, size, cuts)
            cuts.append(cut)
            labels = np.asarray(cut.values, dtype=np.uint16)
            overlays.append(Overlay(labels, layer.colours, outline=layer.outlined))
        self._layers = tuple(cuts)
        return tuple(overlays)

    def _layer(self, layer: Layer, plane: Plane, size: tuple[int, int], made: list[_Cut]) -> _Cut:
        for cut in (*made, *self._layers):
            if cut.serves(layer.labels, layer.geometry, plane, size, ()):
                return cut
        values = cut_labels(layer.labels, layer.geometry, plane, (size[1], size[0]))
        return _Cut(layer.labels, layer.geometry, plane, size, (), values)


def _toned(
    picture: Picture, values: NDArray[np.generic], overlays: tuple[Overlay, ...], screen: Screen
) -> Screen:
    if values.ndim == 2:
        return tone(
            values,
            picture.window,
            invert=picture.inverted,
            overlays=overlays,
            out=screen,
            colour_map=picture.colour_map,
        )
    return tone_colour(values.astype(np.uint8, copy=False), overlays=overlays, out=screen)


def _padding_matters(picture: Picture) -> bool:
    """Tell whether padding would not be black by itself, or would hide what is to be seen."""
    if picture.padding is None or picture.voxels.ndim == 4:
        return False
    dark = picture.colour_map in (ColourMap.GREY, ColourMap.HOT)
    black = dark and not picture.inverted and picture.padding[1] <= picture.window.low
    rising = picture.window.straight
    single = picture.slab_mm <= 0 or picture.slab is Slab.MAXIMUM
    return not (black and rising and single)


def _cut_picture(picture: Picture, plane: Plane, shape: tuple[int, int]) -> NDArray[np.generic]:
    """Return (rows, columns) stored values, or (rows, columns, 3) colours."""
    how = Interpolation.LINEAR if picture.smooth else Interpolation.NEAREST
    if picture.voxels.ndim == 4:
        return _cut_colours(picture, plane, shape, how)
    if picture.slab_mm > 0:
        mode, slab_mm = _MODES[picture.slab], picture.slab_mm
        return project(
            picture.voxels,
            picture.geometry,
            plane,
            shape,
            thickness_mm=slab_mm,
            mode=mode,
            padding=picture.padding,
            stride=picture.stride,
        )
    values = reslice(
        picture.voxels,
        picture.geometry,
        plane,
        shape,
        interpolation=how,
        padding=picture.padding,
    )
    return values if picture.smooth else _blank_outside(values, picture, plane)


def _blank_outside(
    values: NDArray[np.generic], picture: Picture, plane: Plane
) -> NDArray[np.float32]:
    """Make NaN of padding, and of what is outside the grid, where no two values are mixed."""
    everywhere = np.broadcast_to(np.uint8(1), picture.geometry.shape)
    shape = (values.shape[0], values.shape[1])
    inside = reslice(
        everywhere, picture.geometry, plane, shape, interpolation=Interpolation.NEAREST
    )
    return np.where(inside == 1, blanked(values, picture.padding), np.nan).astype(np.float32)


def _cut_colours(
    picture: Picture, plane: Plane, shape: tuple[int, int], how: Interpolation
) -> NDArray[np.uint8]:
    channels = [
        reslice(
            picture.voxels[..., n], picture.geometry, plane, shape, interpolation=how, outside=0
        )
        for n in range(3)
    ]
    return np.stack(channels, axis=-1).round().astype(np.uint8)
