"""Marks and texts of a scene drawn into its picture, for PNGs that leave the window.

The window draws the same marks with its own painter; here it is OpenCV with
its built-in font, so that no window system is needed.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.segmentation import Colour
from viewer.imaging.tone import Screen
from viewer.render.paint import paint
from viewer.render.scene import Box, Corner, Outline, Point, ScaleBar, Scene, Trace

TEXT: Colour = (225, 230, 236)
WARNING: Colour = (255, 214, 64)
_FONT = cv2.FONT_HERSHEY_SIMPLEX
_MARGIN = 8
_SHIFT = 4
_SUBPIXELS = 1 << _SHIFT


def scene_png(scene: Scene) -> bytes:
    """Return a PNG of a scene with all its marks."""
    return png(scene_pixels(scene))


def scene_pixels(scene: Scene) -> Screen:
    """Return the picture of a scene with all its marks, (height, width, 4) BGRX."""
    screen = paint(scene)
    burn(scene, screen)
    return screen


def png(screen: Screen) -> bytes:
    """Return BGRX pixels as a PNG.

    Raises:
        ValueError: if the picture is empty.
    """
    done, coded = cv2.imencode(".png", np.ascontiguousarray(screen[..., :3]))
    if not done:
        raise ValueError("an empty picture makes no PNG")
    return coded.tobytes()


def burn(scene: Scene, screen: Screen) -> None:
    """Draw all the marks of a scene into its picture."""
    for outline in scene.outlines:
        _outline(outline, screen)
    for line in scene.lines:
        _polyline(np.array([line.start, line.end]), line.colour, screen, closed=False)
    for box in scene.boxes:
        _box(box, screen)
    if scene.scale_bar is not None:
        _scale_bar(scene.scale_bar, screen)
    _letters(scene, screen)
    for corner, lines in scene.texts:
        _corner(corner, lines, screen)
    _warnings(scene.marks, screen)
    if scene.empty:
        _centred(scene.empty, (screen.shape[1] / 2, screen.shape[0] / 2), TEXT, screen)


def font_scale(screen: Screen) -> float:
    """Return letters of about 11 pixels on a view of 512, larger on larger ones."""
    shorter = int(min(screen.shape[0], screen.shape[1]))
    return 0.45 * min(max(shorter / 512, 0.95), 2.5)


def write(text: str, place: Point, colour: Colour, screen: Screen) -> None:
    """Write one line with its lower left corner at a place, on a dark rim."""
    x, y, scale = round(place[0]), round(place[1]), font_scale(screen)
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        at = (x + dx, y + dy)
        cv2.putText(screen, text, at, _FONT, scale, (0, 0, 0, 255), 1, cv2.LINE_AA)
    cv2.putText(screen, text, (x, y), _FONT, scale, _bgrx(colour), 1, cv2.LINE_AA)


def text_size(text: str, screen: Screen) -> tuple[int, int]:
    """Return the width and the height of a line of text."""
    (width, height), _ = cv2.getTextSize(text, _FONT, font_scale(screen), 1)
    return int(width), int(height)


def _bgrx(colour: Colour) -> tuple[int, int, int, int]:
    red, green, blue = colour
    return blue, green, red, 255


def _polyline(
    points: NDArray[np.float64], colour: Colour, screen: Screen, *, closed: bool, width: int = 1
) -> None:
    fixed = np.rint(points * _SUBPIXELS).astype(np.int32)
    cv2.polylines(screen, [fixed], closed, _bgrx(colour), width, cv2.LINE_AA, _SHIFT)


def _outline(outline: Outline, screen: Screen) -> None:
    width = 2 if outline.selected else 1
    _polyline(outline.points, outline.colour, screen, closed=outline.closed, width=width)


def _box(box: Box, screen: Screen) -> None:
    (left, top), (right, bottom) = box.low, box.high
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    width = 2 if box.selected else 1
    if box.trace is not Trace.SOLID:
        _dashes(corners, box.colour, screen, every_px=8 if box.trace is Trace.DASHED else 4)
    else:
        _polyline(corners, box.colour, screen, closed=True, width=width)
    write(box.caption, _caption_place(box, screen), box.colour, screen)


def _caption_place(box: Box, screen: Screen) -> Point:
    """Return where a caption fits: above its box, or below where the picture ends."""
    width, height = text_size(box.caption, screen)
    left = min(max(box.low[0], 2.0), max(screen.shape[1] - width - 2.0, 2.0))
    above = box.low[1] - 4
    return left, above if above > height else box.high[1] + height + 5


def _dashes(corners: NDArray[np.float64], colour: Colour, screen: Screen, *, every_px: int) -> None:
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        count = max(int(np.linalg.norm(end - start) // every_px), 1)
        cuts = np.linspace(0, 1, 2 * count)
        for first, last in zip(cuts[::2], cuts[1::2], strict=True):
            piece = np.array([start + (end - start) * first, start + (end - start) * last])
            _polyline(piece, colour, screen, closed=False)


def _scale_bar(bar: ScaleBar, screen: Screen) -> None:
    height, width = screen.shape[:2]
    left, y = (width - bar.length_px) / 2, height - _MARGIN - 4.0
    right = left + bar.length_px
    ticks = [((left, y), (right, y)), ((left, y - 4), (left, y)), ((right, y - 4), (right, y))]
    for colour, thick in (((0, 0, 0), 3), (TEXT, 1)):
        for line in ticks:
            _polyline(np.array(line), colour, screen, closed=False, width=thick)
    _centred(bar.text, (width / 2, y - 10), TEXT, screen)


def _letters(scene: Scene, screen: Screen) -> None:
    height, width = screen.shape[:2]
    letters = scene.letters
    _centred(letters.left, (_MARGIN + 6, height / 2), TEXT, screen)
    _centred(letters.right, (width - _MARGIN - 6, height / 2), TEXT, screen)
    _centred(letters.top, (width / 2, _MARGIN + 6), TEXT, screen)
    foot = height - _MARGIN - (34 if scene.scale_bar is not None else 6)
    _centred(letters.bottom, (width / 2, foot), TEXT, screen)


def _centred(text: str, middle: Point, colour: Colour, screen: Screen) -> None:
    if not text:
        return
    width, height = text_size(text, screen)
    left = min(max(middle[0] - width / 2, 2.0), max(screen.shape[1] - width - 2.0, 2.0))
    write(text, (left, middle[1] + height / 2), colour, screen)


def _corner(corner: Corner, lines: tuple[str, ...], screen: Screen) -> None:
    height, width = screen.shape[:2]
    step = _line_height(screen)
    low = corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT)
    first = height - _MARGIN - step * (len(lines) - 1) if low else _MARGIN + step - 4
    for number, line in enumerate(lines):
        long, _ = text_size(line, screen)
        right = corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT)
        left = width - _MARGIN - long if right else _MARGIN
        write(line, (left, first + number * step), TEXT, screen)


def _line_height(screen: Screen) -> int:
    return round(text_size("Hg", screen)[1] * 1.7)


def _warnings(marks: tuple[str, ...], screen: Screen) -> None:
    """Write the warnings under the upper letters, in the middle."""
    step = _line_height(screen)
    for number, mark in enumerate(marks):
        middle = (screen.shape[1] / 2, _MARGIN + 6 + step * (number + 1.2))
        _centred(mark, middle, WARNING, screen)
