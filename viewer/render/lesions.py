"""Frames and captions of the findings that a view cuts through."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from viewer.core.finding import Finding, Status
from viewer.core.geometry import Array
from viewer.core.plane import Plane
from viewer.core.segmentation import Colour
from viewer.render.scene import Box, Trace
from viewer.session.images import OpenImage, share_space
from viewer.session.session import Session
from viewer.session.spots import Spots

# Apart for readers who see no red or no green too (tested after Machado 2009).
PROPOSED: Colour = (255, 170, 50)
ACCEPTED: Colour = (80, 150, 255)
REJECTED: Colour = (150, 150, 150)
SELECTED: Colour = (255, 244, 130)
SELECTED_ACCEPTED: Colour = (200, 220, 255)


_DRESSES: dict[Status, tuple[Colour, Trace]] = {
    Status.PROPOSED: (PROPOSED, Trace.DASHED),
    Status.ACCEPTED: (ACCEPTED, Trace.SOLID),
    Status.EDITED: (ACCEPTED, Trace.SOLID),
    Status.REJECTED: (REJECTED, Trace.DOTTED),
}
"""The colour and the line that say what a person made of a finding: proposed ones are dashed."""
_CHOSEN = {PROPOSED: SELECTED, ACCEPTED: SELECTED_ACCEPTED, REJECTED: REJECTED}


def colour_of(finding: Finding, *, selected: bool = False) -> Colour:
    """Return the colour that says what a person made of a finding."""
    shade, _ = _DRESSES[finding.status]
    return _CHOSEN[shade] if selected else shade


def caption_of(finding: Finding, number: int | None = None) -> str:
    """Return the number of a finding, how sure the model is, and its size."""
    parts = [] if number is None else [str(number)]
    if finding.score is not None:
        parts.append(f"{finding.score:.2f}")
    parts.append(f"{finding.diameter_mm:.1f} mm")
    return " · ".join(parts)


def findings_on(session: Session, opened: OpenImage) -> Spots:
    """Return the visible findings that lie in the space of an image."""
    spots = session.visible_spots()
    keys = [one.series_key for one in spots.findings]
    here = {key: shares_space(session, opened, key) for key in set(keys)}
    return spots if all(here.values()) else spots.only(np.array([here[key] for key in keys]))


def findings_cut(session: Session, opened: OpenImage, plane: Plane, half_mm: float) -> Spots:
    """Return the visible findings whose boxes a slice of twice `half_mm` goes through."""
    found = findings_on(session, opened)
    normal = np.asarray(plane.normal)
    off = np.abs(((found.lows + found.highs) / 2 - np.asarray(plane.origin)) @ normal)
    return found.only(off - ((found.highs - found.lows) / 2) @ np.abs(normal) <= half_mm)


def shares_space(session: Session, opened: OpenImage, series_key: str) -> bool:
    """Tell whether positions on a series are positions on an open image of the same person.

    What was said about one moment of a 4D series is not shown on another.
    """
    return share_space(session.images.value, opened, series_key)


def frames_of(spots: Spots, plane: Plane) -> tuple[Array, Array]:
    """Return the corners (n, 2) x, y of the frames round boxes on the screen, low and high."""
    middles = plane.to_pixel((spots.lows + spots.highs) / 2)[:, ::-1]
    halves = (spots.highs - spots.lows) / 2
    across = np.abs((plane.right, plane.down)) / np.array(plane.spacing_mm)[::-1, None]
    reach = halves @ across.T
    return middles - reach, middles + reach


def are_on_screen(lows: Array, highs: Array, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Tell for each frame whether any of it lies on a screen of (width, height)."""
    return np.asarray(((lows <= np.array(size) - 0.5) & (highs >= -0.5)).all(axis=1))


def boxes_of(spots: Spots, lows: Array, highs: Array, selected: str) -> tuple[Box, ...]:
    """Return frames (n, 2) x, y as they are drawn, each with its caption."""
    boxes = []
    corners = zip(spots, lows.tolist(), highs.tolist(), strict=True)
    for (number, finding), (left, top), (right, bottom) in corners:
        chosen = finding.id == selected
        shade, trace = _DRESSES[finding.status]
        shade = _CHOSEN[shade] if chosen else shade
        caption = caption_of(finding, number)
        low, high = (left, top), (right, bottom)
        boxes.append(Box(low, high, shade, caption, finding.id, chosen, trace))
    return tuple(boxes)


def box_of(finding: Finding, plane: Plane) -> Box:
    """Return the frame of a finding's box on the screen, its caption without a number."""
    spots = Spots.of((finding,))
    (box,) = boxes_of(spots, *frames_of(spots, plane), "")
    return replace(box, caption=caption_of(finding))
