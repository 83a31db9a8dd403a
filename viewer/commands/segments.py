"""Numbers of segments, counted in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from viewer.commands.desk import Desk
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation


def measure(
    desk: Desk, segmentation: Segmentation, then: Callable[[dict[int, float]], None]
) -> None:
    """Count the volumes (mm3) of all segments and hand them over by label."""
    desk.runner.start(
        f"Measure {segmentation.title}",
        partial(_volumes, segmentation),
        then,
        instead_of=f"measure {segmentation.id}",
    )


def _volumes(segmentation: Segmentation, progress: Progress) -> dict[int, float]:
    progress.report(0.0, "counting voxels")
    return segmentation.volumes_mm3()
