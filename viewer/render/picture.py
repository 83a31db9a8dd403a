"""What is cut out of an image and how it becomes grey; labels laid over it."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from viewer.core.segmentation import Segmentation
from viewer.core.volume import Fidelity, Volume
from viewer.core.window import Window
from viewer.render.cut import Cut
from viewer.render.scene import Layer, Picture
from viewer.session.images import Image
from viewer.session.look import Look
from viewer.session.session import segment_key

_ALPHA = 210
_VEIL = 70


def picture_of(
    image: Image, cut: Cut, look: Look, window: Window, fidelity: Fidelity | None = None
) -> Picture:
    """Return what a look shows of an image, its window brought to stored values."""
    source = image if isinstance(image, Volume) else image.frames[cut.number]
    slope, falling = source.slope or 1.0, source.slope < 0
    return Picture(
        voxels=source.voxels if isinstance(source, Volume) else source.pixels[None],
        geometry=cut.geometry,
        window=window.scaled(1 / slope, -source.intercept / slope),
        inverted=source.inverted ^ look.inverted ^ falling,
        smooth=look.smooth,
        slab_mm=look.slab_mm if isinstance(image, Volume) else 0.0,
        slab=look.slab,
        revision=0 if fidelity is None else zlib.crc32(fidelity.quality.tobytes()),
        padding=source.padding,
        colour_map=look.colour_map,
    )


def layer_of(segmentation: Segmentation, hidden: frozenset[str] = frozenset()) -> Layer:
    """Return the labels of a segmentation as outlines in their colours, but for the hidden ones."""
    return Layer(segmentation.label_map, segmentation.geometry, _colours(segmentation, hidden))


def filling(layer: Layer) -> Layer:
    """Return a layer as a thin veil instead of outlines."""
    colours = layer.colours.copy()
    colours[:, 3] = np.where(colours[:, 3] > 0, _VEIL, 0)
    return replace(layer, colours=colours, outlined=False, sure_by=None)


def _colours(segmentation: Segmentation, hidden: frozenset[str]) -> NDArray[np.uint8]:
    last = max((segment.label for segment in segmentation.segments), default=0)
    colours = np.zeros((last + 1, 4), dtype=np.uint8)
    for segment in segmentation.segments:
        if segment_key(segmentation, segment) not in hidden:
            colours[segment.label] = (*segment.colour, _ALPHA)
    return colours
