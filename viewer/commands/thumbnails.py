"""Small pictures of series, made in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.commands.desk import Desk
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.core.study import Series, SeriesKind
from viewer.io.thumbnail import thumbnail

Grey: TypeAlias = NDArray[np.uint8]


def make_thumbnails(
    desk: Desk, series: tuple[Series, ...], made: Callable[[str, Grey], None]
) -> None:
    """Make one small picture per series; each is handed over (key, picture) when it is there."""
    pictures = tuple(
        item for item in series if item.kind is not SeriesKind.OBJECT and item.instances
    )
    if not pictures:
        return
    desk.runner.start(
        "Make thumbnails",
        partial(_make, pictures, partial(_hand_over, desk, made)),
        lambda _: None,
    )


def _hand_over(desk: Desk, made: Callable[[str, Grey], None], key: str, picture: Grey) -> None:
    desk.post(partial(made, key, picture))


def _make(
    series: tuple[Series, ...], made: Callable[[str, Grey], None], progress: Progress
) -> None:
    for number, item in enumerate(series):
        progress.report(number / len(series), item.title)
        try:
            picture = thumbnail(_shown(item))
        except (Unreadable, Declined):
            continue
        made(item.key, picture)


def _shown(series: Series) -> Series:
    """Return what stands for a series: of several volumes, the one in the middle."""
    return series.parts[len(series.parts) // 2] if series.parts else series
