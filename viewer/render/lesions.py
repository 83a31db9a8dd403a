"""Frames and captions of the findings that a view cuts through."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from viewer.core.finding import Finding, Status
from viewer.core.geometry import Array
from viewer.core.plane import Plane
from viewer.core.segmentation import Colour
from viewer.render.scene import Box, Trace
from viewer.session.finding_list import numbers_of
from viewer.session.images import OpenImage, share_space
from viewer.session.session import Session

# Apart for readers who see no red or no green too (tested after Machado 2009).
PROPOSED: Colour = (255, 170, 50)
ACCEPTED: Colour = (80, 150, 255)
REJECTED: Colour = (150, 150, 150)
SELECTED: Colour = (255, 244, 130)
SELECTED_ACCEPTED: Colour = (200, 220, 255)


def colour_of(finding: Finding, *, selected: bool = False) -> Colour:
    """Return the colour that says what a person made of a finding."""
    if finding.status is Status.REJECTED:
        return REJECTED
    if finding.stands:
        return SELECTED_ACCEPTED if selected else ACCEPTED
    return SELECTED if selected else PROPOSED


def trace_of(finding: Finding) -> Trace:
    """Return the line that says what a person made of a finding: proposed ones are dashed."""
    if finding.status is Status.REJECTED:
        return Trace.DOTTED
    return Trace.SOLID if finding.stands else Trace.DASHED


def caption_of(finding: Finding, number: int | None = None) -> str:
    """Return the number of a finding, how sure the model is, and its size."""
    parts = [] if number is None else [str(number)]
    if finding.score is not None:
        parts.append(f"{finding.score:.2f}")
    parts.append(f"{finding.diameter_mm:.1f} mm")
    return " · ".join(parts)


def findings_on(session: Session, opened: OpenImage) -> Iterator[tuple[int, Finding]]:
    """Go through the visible findings that lie in the space of an image, with their numbers.

    A finding's number is its place in the record, from 1; it stays the same
    whatever the threshold hides.
    """
    numbers = numbers_of(session.record.value)
    findings = session.visible_findings()
    here = {key: shares_space(session, opened, key) for key in {one.series_key for one in findings}}
    for finding in findings:
        if here[finding.series_key]:
            yield numbers[finding.id], finding


def findings_cut(
    session: Session, opened: OpenImage, plane: Plane, half_mm: float
) -> list[tuple[int, Finding]]:
    """Return the visible findings whose boxes a slice of twice `half_mm` goes through."""
    found = list(findings_on(session, opened))
    if not found:
        return []
    low = np.array([finding.low for _, finding in found])
    high = np.array([finding.high for _, finding in found])
    normal = np.asarray(plane.normal)
    off = np.abs(((low + high) / 2 - np.asarray(plane.origin)) @ normal)
    cut = off - ((high - low) / 2) @ np.abs(normal) <= half_mm
    return [found[number] for number in np.flatnonzero(cut)]


def shares_space(session: Session, opened: OpenImage, series_key: str) -> bool:
    """Tell whether positions on a series are positions on an open image of the same person.

    What was said about one moment of a 4D series is not shown on another.
    """
    return share_space(session.images.value, opened, series_key)


def corners_of(finding: Finding) -> Array:
    """Return the eight corners (8, 3) of a finding's box, LPS mm."""
    ends = zip(finding.low, finding.high, strict=True)
    return np.array(list(product(*ends)), dtype=np.float64)


def is_on_screen(box: Box, size: tuple[int, int]) -> bool:
    """Tell whether any of a frame lies on a screen of (width, height)."""
    return all(a <= n - 0.5 and b >= -0.5 for a, b, n in zip(box.low, box.high, size, strict=True))


def box_of(finding: Finding, number: int | None, plane: Plane, *, selected: bool) -> Box:
    """Return the frame of a finding's box on the screen."""
    pixels = plane.to_pixel(corners_of(finding))
    (top, left), (bottom, right) = pixels.min(axis=0), pixels.max(axis=0)
    return Box(
        low=(float(left), float(top)),
        high=(float(right), float(bottom)),
        colour=colour_of(finding, selected=selected),
        caption=caption_of(finding, number),
        finding_id=finding.id,
        selected=selected,
        trace=trace_of(finding),
    )
