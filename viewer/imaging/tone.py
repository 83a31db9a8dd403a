"""From values to the pixels of a screen: window, invert, colours of labels.

A screen picture is (row, column, 4) bytes, each pixel one 32-bit word
0xffRRGGBB in the byte order of the machine (blue, green, red, 255 on all we
run on): what Qt calls RGB32.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.window import Window
from viewer.imaging.colour_maps import ColourMap
from viewer.imaging.colour_maps import words as shades_of
from viewer.imaging.compiled import compiled
from viewer.imaging.values import Values, solid

Screen = NDArray[np.uint8]
_Words = NDArray[np.uint32]
_LEAST_WIDTH = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """A slice of labels laid over a picture.

    `labels` is (row, column), unsigned. `colours` is (label, 4) RGBA in bytes; label 0
    and labels without a colour are clear. With `outline` only the border is drawn.
    """

    labels: NDArray[np.unsignedinteger] = field(repr=False)
    colours: NDArray[np.uint8] = field(repr=False)
    outline: bool = False

    def __post_init__(self) -> None:
        if self.labels.dtype.kind != "u" or self.labels.ndim != 2:
            raise ValueError("an overlay is a picture of unsigned labels")
        if self.colours.dtype != np.uint8 or self.colours.shape[1:] != (4,):
            raise ValueError("the colours of an overlay are red, green, blue, alpha in bytes")


def tone(
    values: NDArray[np.generic],
    window: Window,
    *,
    invert: bool = False,
    overlays: Sequence[Overlay] = (),
    outside: NDArray[np.bool_] | None = None,
    out: Screen | None = None,
    colour_map: ColourMap = ColourMap.GREY,
) -> Screen:
    """Turn a slice of (row, column) values into screen pixels, labels laid over it.

    The window is on the same scale as the values, and inverted after it. NaN and `outside`
    stay black, also when inverted, and in every `colour_map`. The result is written into
    `out` if given.
    """
    screen = _screen((values.shape[0], values.shape[1]), out)
    words = _words(screen)
    white = np.float32(0 if invert else 255)
    low, high, greys = window.greys()
    wide, shades = max(high - low, _LEAST_WIDTH), shades_of(colour_map)
    if window.straight and colour_map is ColourMap.GREY:
        _grey(solid(values), np.float32(low), np.float32(wide), white, words)
    elif window.straight:
        _shade(solid(values), np.float32(low), np.float32(wide), white, shades, words)
    else:
        steps = np.float32((len(greys) - 1) / wide)
        _shade_along(solid(values), np.float32(low), steps, greys, white, shades, words)
    _finish(words, overlays, outside)
    return screen


def tone_colour(
    pixels: NDArray[np.uint8],
    *,
    overlays: Sequence[Overlay] = (),
    outside: NDArray[np.bool_] | None = None,
    out: Screen | None = None,
) -> Screen:
    """Turn (row, column, 3) red, green, blue into screen pixels, labels laid over it."""
    screen = _screen((pixels.shape[0], pixels.shape[1]), out)
    words = _words(screen)
    _pack(solid(pixels), words)
    _finish(words, overlays, outside)
    return screen


def lay_over(screen: Screen, overlays: Sequence[Overlay]) -> None:
    """Lay labels over a picture that is on the screen already."""
    _finish(_words(screen), overlays, None)


def _screen(shape: tuple[int, int], out: Screen | None) -> Screen:
    if out is None:
        return np.empty((*shape, 4), dtype=np.uint8)
    if out.shape != (*shape, 4) or out.dtype != np.uint8 or not out.flags.c_contiguous:
        raise ValueError(f"a screen of {out.shape} for a picture of {shape}")
    return out


def _words(screen: Screen) -> _Words:
    return np.asarray(screen.view(np.uint32)[..., 0])


def _finish(words: _Words, overlays: Sequence[Overlay], outside: NDArray[np.bool_] | None) -> None:
    for overlay in overlays:
        if overlay.labels.shape != words.shape:
            raise ValueError(f"labels of {overlay.labels.shape} over a picture of {words.shape}")
        _blend(solid(overlay.labels), solid(overlay.colours), int(overlay.outline), words)
    if outside is not None:
        words[outside] = 0xFF000000


@compiled
def _grey(
    values: Values, low: np.float32, width: np.float32, white: np.float32, words: _Words
) -> None:
    """Write greys as `_shade` does, without looking anything up: several pixels at a time."""
    zero, one, full = np.float32(0), np.float32(1), np.float32(255)
    black = full - white
    for row in range(words.shape[0]):
        for column in range(words.shape[1]):
            level = (np.float32(values[row, column]) - low) / width
            known = not np.isnan(level)
            level = min(max(level, zero), one)
            grey = np.rint(level * (white - black) + black) if known else zero
            words[row, column] = np.uint32(0xFF000000) | np.uint32(0x010101) * np.uint32(grey)


@compiled
def _shade(
    values: Values,
    low: np.float32,
    width: np.float32,
    white: np.float32,
    shades: _Words,
    words: _Words,
) -> None:
    """Write shades; `white` is 255, or 0 where high values are shown as low ones."""
    zero, one, full = np.float32(0), np.float32(1), np.float32(255)
    black = full - white
    for row in range(words.shape[0]):
        for column in range(words.shape[1]):
            level = (np.float32(values[row, column]) - low) / width
            known = not np.isnan(level)
            level = min(max(level, zero), one)
            grey = np.rint(level * (white - black) + black) if known else zero
            words[row, column] = shades[np.uint8(grey)] if known else np.uint32(0xFF000000)


@compiled
def _shade_along(
    values: Values,
    low: np.float32,
    steps: np.float32,
    greys: NDArray[np.float32],
    white: np.float32,
    shades: _Words,
    words: _Words,
) -> None:
    """Write shades along a curve of so many steps for each value, mixed in between."""
    zero, full, last = np.float32(0), np.float32(255), np.float32(len(greys) - 1)
    black = full - white
    for row in range(words.shape[0]):
        for column in range(words.shape[1]):
            place = (np.float32(values[row, column]) - low) * steps
            if np.isnan(place):
                words[row, column] = np.uint32(0xFF000000)
                continue
            place = min(max(place, zero), last)
            at = min(int(place), len(greys) - 2)
            level = greys[at] + (greys[at + 1] - greys[at]) * (place - np.float32(at))
            grey = np.rint(level * (white - black) + black)
            words[row, column] = shades[np.uint8(grey)]


@compiled
def _pack(pixels: Values, words: _Words) -> None:
    for row in range(words.shape[0]):
        for column in range(words.shape[1]):
            red, green = np.uint32(pixels[row, column, 0]), np.uint32(pixels[row, column, 1])
            blue = np.uint32(pixels[row, column, 2])
            words[row, column] = np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue


@compiled
def _is_border(labels: Values, row: int, column: int) -> bool:
    label = labels[row, column]
    rows, columns = labels.shape
    return bool(
        row == 0
        or column == 0
        or row == rows - 1
        or column == columns - 1
        or labels[row - 1, column] != label
        or labels[row + 1, column] != label
        or labels[row, column - 1] != label
        or labels[row, column + 1] != label
    )


@compiled
def _mix(word: np.uint32, colour: Values) -> np.uint32:
    """Lay one colour over one pixel."""
    alpha = np.uint32(colour[3])
    mixed = np.uint32(0xFF000000)
    for channel in range(3):
        place = np.uint32(16 - 8 * channel)
        below = (word >> place) & np.uint32(255)
        total = below * (np.uint32(255) - alpha) + np.uint32(colour[channel]) * alpha
        mixed |= np.uint32((total + np.uint32(127)) // np.uint32(255)) << place
    return mixed


@compiled
def _blend(labels: Values, colours: Values, outline: int, words: _Words) -> None:
    for row in range(words.shape[0]):
        for column in range(words.shape[1]):
            label = labels[row, column]
            if label == 0 or label >= colours.shape[0]:
                continue
            if outline and not _is_border(labels, row, column):
                continue
            words[row, column] = _mix(words[row, column], colours[label])
