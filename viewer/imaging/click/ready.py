"""One lesion clicked at, so that no reader's first click waits for the compiler."""

from __future__ import annotations

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.click.engine import Clicks, plain, segment_click
from viewer.imaging.click.features import NAMES
from viewer.imaging.click.trees import Forest

_SIDE = 24


def ready(progress: Progress) -> None:
    """Run every loop of one click on a small ball in air; code on disk is only loaded."""
    grid = Geometry.from_axes((_SIDE,) * 3, (0, 0, 0), np.eye(3)[::-1], (1, 1, 1), "1")
    middle = _SIDE // 2
    away = np.linalg.norm(np.moveaxis(np.indices(grid.shape), 0, -1) - middle, axis=-1)
    ball = np.where(away < 6, 40, -900)
    for kind in (np.int16, np.float32):
        progress.report(0.5, f"Preparing clicks on {kind.__name__}")
        volume = Volume(ball.astype(kind), grid, "[hnsf'U]", "CT", "ready")
        segment_click(volume, Clicks(((middle, middle, middle),)), "CT", plain)
    leaf = np.full(1, -1, np.int64)
    none = np.zeros(1, np.float32)
    Forest(leaf, none, leaf, leaf, none, np.zeros(1, np.int64), 0.0)(
        np.zeros((1, len(NAMES)), np.float32)
    )
    progress.report(1.0, "Prepared")
