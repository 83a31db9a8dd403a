"""How often each value occurs in an image, counted in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.commands.desk import Desk
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.histogram import histogram
from viewer.session.images import Image, OpenImage


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """`counts` (n) of real-world values between `edges` (n + 1)."""

    counts: NDArray[np.float64]
    edges: NDArray[np.float64]


def count_values(desk: Desk, opened: OpenImage, then: Callable[[Counts], None]) -> None:
    """Count the values of an image and hand the histogram over."""
    desk.runner.start(
        f"Histogram of {opened.series.title}",
        partial(_count, opened.image),
        then,
        instead_of="histogram",
        belongs_to=opened.study.uid,
    )


def _count(image: Image, progress: Progress) -> Counts:
    progress.report(0.0, "counting")
    source = image if isinstance(image, Volume) else image.frames[len(image.frames) // 2]
    voxels = source.voxels if isinstance(source, Volume) else source.pixels
    found = histogram(voxels)
    edges = np.asarray(found.edges, dtype=np.float64) * source.slope + source.intercept
    return Counts(np.asarray(found.counts, dtype=np.float64), edges)
