"""Small pictures of series, made in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.commands.desk import Desk
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.core.study import Series, SeriesKind
from viewer.core.volume import Fidelity, Volume
from viewer.io.thumbnail import mark_of, of_image, thumbnail
from viewer.session.images import OpenImage
from viewer.store.thumbnails import Thumbnail, Thumbnails

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
        partial(
            _make, pictures, _in_memory(desk), desk.keeper.thumbnails,
            partial(_hand_over, desk, made),
        ),
        lambda _: None,
    )  # fmt: skip


def draw_derived(desk: Desk, opened: OpenImage, made: Callable[[str, Grey], None]) -> None:
    """Make the small picture of a series that lies in no file, from its volume in memory."""
    if isinstance(opened.image, Volume):
        desk.runner.start(
            "Make thumbnails",
            partial(_draw_derived, opened.image),
            partial(made, opened.key),
            belongs_to=opened.study.uid,
        )


def _draw_derived(volume: Volume, progress: Progress) -> Grey:
    progress.report(0.0, "thumbnail")
    return of_image(volume)


def _in_memory(desk: Desk) -> dict[str, Volume]:
    """Return the volumes whose middle slice is there already, by their keys."""
    found: dict[str, Volume] = {}
    for opened in desk.session.images.value:
        if isinstance(opened.image, Volume) and opened.fidelity is not None:
            quality = opened.fidelity.quality
            if quality[len(quality) // 2] == Fidelity.ORIGINAL:
                found[opened.key] = opened.image
    return found


def _hand_over(desk: Desk, made: Callable[[str, Grey], None], key: str, picture: Grey) -> None:
    desk.post(partial(made, key, picture))


def _make(
    series: tuple[Series, ...],
    in_memory: Mapping[str, Volume],
    kept: Thumbnails,
    made: Callable[[str, Grey], None],
    progress: Progress,
) -> None:
    """Hand over what is kept, then make what is not, from memory or else from one picture."""
    marks = {item.key: mark_of(_shown(item)) for item in series}
    known: dict[str, Grey] = {}
    with suppress(Declined):
        known = kept.recall(marks)
    for key, before in known.items():
        made(key, before)
    fresh: list[Thumbnail] = []
    try:
        for number, item in enumerate(series):
            progress.report(number / len(series), item.title)
            picture = None if item.key in known else _drawn(_shown(item), in_memory)
            if picture is not None:
                made(item.key, picture)
                fresh.append(Thumbnail(item.key, marks[item.key], item.study_uid, picture))
    finally:
        with suppress(Declined):
            kept.keep([one for one in fresh if one.mark])


def _drawn(series: Series, in_memory: Mapping[str, Volume]) -> Grey | None:
    image = in_memory.get(series.key)
    try:
        return thumbnail(series) if image is None else of_image(image)
    except (Unreadable, Declined):
        return None


def _shown(series: Series) -> Series:
    """Return what stands for a series: of several volumes, the one in the middle."""
    return series.parts[len(series.parts) // 2] if series.parts else series
