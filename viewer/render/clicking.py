"""The one-click outline that is proposed, on a view."""

from __future__ import annotations

import numpy as np

from viewer.core.plane import Plane
from viewer.core.segmentation import Colour
from viewer.render.lesions import shares_space
from viewer.render.outlines import outlines_of
from viewer.render.scene import Box, Outline, Trace
from viewer.session.images import OpenImage
from viewer.session.session import Session

TRIED: Colour = (120, 235, 160)


def proposal_on(
    session: Session, opened: OpenImage, plane: Plane
) -> tuple[tuple[Box, ...], tuple[Outline, ...]]:
    """Return the outline of the proposed lesion where a plane cuts it, with its words."""
    clicking = session.clicking.value
    if clicking.mask is None or clicking.result is None:
        return (), ()
    if not shares_space(session, opened, clicking.series_key):
        return (), ()
    lines = outlines_of(clicking.mask, plane)
    if not lines:
        return (), ()
    outlines = tuple(Outline(line, TRIED, selected=True) for line in lines)
    points = np.concatenate(lines)
    low, high = points.min(axis=0) - 3, points.max(axis=0) + 3
    millilitres = clicking.result.volume_mm3(clicking.size) / 1000
    caption = f"{millilitres:.2f} ml · {clicking.result.certainty:.2f}"
    box = Box(
        (float(low[0]), float(low[1])), (float(high[0]), float(high[1])),
        TRIED, caption, "", selected=True, trace=Trace.DOTTED,
    )  # fmt: skip
    return (box,), outlines
