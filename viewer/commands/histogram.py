"""How often each value occurs in an image, counted in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from viewer.commands.desk import Desk
from viewer.core.progress import Progress
from viewer.imaging.histogram import Histogram, histogram
from viewer.session.images import Image, OpenImage, grid_of

__all__ = ["Histogram", "count_values"]


def count_values(desk: Desk, opened: OpenImage, then: Callable[[Histogram], None]) -> None:
    """Count the values of the image in the active view and hand the histogram over."""
    frame = desk.session.hanging.value.cells[desk.session.hanging.value.active].frame
    desk.runner.start(
        f"Histogram of {opened.series.title}",
        partial(_count, opened.image, min(frame, opened.count - 1)),
        then,
        instead_of="histogram",
        belongs_to=opened.study.uid,
    )


def _count(image: Image, frame: int, progress: Progress) -> Histogram:
    progress.report(0.0, "counting")
    return histogram(grid_of(image, frame))
