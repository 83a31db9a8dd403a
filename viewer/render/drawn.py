"""What a file draws over its picture, laid over the slice that shows just that picture.

Never over a blend of several pictures, nor in a view across them: there it would
lie in the wrong place.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.graphics import Graphic
from viewer.core.label_map import LabelMap
from viewer.core.plane import Plane
from viewer.core.segmentation import Colour
from viewer.core.volume import Origin, Volume
from viewer.render.cut import Cut
from viewer.render.scene import Layer
from viewer.session.images import Image, OpenImage
from viewer.session.look import Look

COLOUR: Colour = (203, 178, 255)
"""Lavender: no finding, segment or crosshair has it."""
_ALPHA = 220
_ALONG = 0.99999
_SPARE = 0.01
_COLOURS = np.array([(0, 0, 0, 0), (*COLOUR, _ALPHA)], np.uint8)


def drawn_over(opened: OpenImage, cut: Cut, look: Look, plane: Plane) -> tuple[Layer, ...]:
    """Return what the file draws over the picture that a cut shows, if it shows one alone."""
    origin = stored_picture(opened.image, cut, look)
    if origin is None:
        return ()
    slice_ = cut.stored.start if isinstance(opened.image, Volume) else 0
    block = _block(cut.geometry, plane)
    return tuple(
        _layer(graphic, cut.geometry, slice_, block) for graphic in opened.graphics.over(origin)
    )


def stored_picture(image: Image, cut: Cut, look: Look) -> Origin | None:
    """Return the stored picture that is shown, unmixed and from its front or back."""
    if not isinstance(image, Volume):
        return image.frames[cut.number].origin
    through = abs(float(np.dot(cut.axis, cut.geometry.directions[0])))
    alone = cut.original and len(cut.stored) == 1 and look.slab_mm == 0
    if not alone or through < _ALONG or not image.origins:
        return None
    return image.origins[cut.stored.start]


def _block(geometry: Geometry, plane: Plane) -> int:
    """Return how many pixels of the picture become one on the screen, in one direction."""
    finest = min(geometry.spacing_mm[1:])
    return max(1, ceil(max(plane.spacing_mm) / finest - _SPARE))


def _layer(graphic: Graphic, geometry: Geometry, slice_: int, block: int) -> Layer:
    labels = _labels(graphic, block)
    row, column = graphic.origin
    middle = (block - 1) / 2
    place = np.diag([1.0, block, block, 1.0])
    place[:3, 3] = slice_, row + middle, column + middle
    grid = Geometry(labels.shape, geometry.affine @ place, geometry.frame_of_reference_uid)
    return Layer(labels, grid, _COLOURS, outlined=graphic.region)


@lru_cache(maxsize=32)
def _labels(graphic: Graphic, block: int) -> LabelMap:
    """Return a plane as labels (1, row, column), each the union of a block: no line is lost."""
    mask = graphic.mask
    if block > 1:
        rows, columns = (-(-side // block) for side in mask.shape)
        spare = ((0, rows * block - mask.shape[0]), (0, columns * block - mask.shape[1]))
        padded = np.pad(mask, spare)
        mask = np.asarray(padded.reshape(rows, block, columns, block).any(axis=(1, 3)))
    return LabelMap.of(mask.astype(np.uint8)[np.newaxis])
