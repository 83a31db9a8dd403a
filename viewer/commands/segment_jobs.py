"""Changes of segments that take a while: in a job, on what the group is then, as one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from viewer.commands.desk import Desk
from viewer.commands.files import tell
from viewer.commands.segment_edits import group, keep
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation
from viewer.jobs.job import Lane

Work: TypeAlias = Callable[[Segmentation, Progress], Segmentation]
_MOST_TIMES = 3


def change(
    desk: Desk,
    title: str,
    segmentation: Segmentation,
    work: Work,
    *,
    needs_bytes: int = 0,
    apart: bool = False,
) -> None:
    """Change a group in a job and keep the result.

    Where the reader has changed the same group meanwhile, the work is done again on what it is
    now, so that nothing is lost. Work that would hold up the window is done in a process `apart`.
    """
    lane = Lane.PROCESS if apart else Lane.THREAD
    _start(desk, title, segmentation, work, (needs_bytes, lane), _MOST_TIMES)


def _start(
    desk: Desk,
    title: str,
    before: Segmentation,
    work: Work,
    how: tuple[int, Lane],
    times: int,
) -> None:
    opened = desk.session.images.value.get(before.series_key)

    def came(made: Segmentation) -> None:
        now = group(desk, before.id)
        if now is not None and now.label_map is not before.label_map:
            if times > 1:
                _start(desk, title, now, work, how, times - 1)
            else:
                desk.session.say(
                    f"{title}: the segments were changed meanwhile; nothing was done.", serious=True
                )
            return
        if made.label_map is before.label_map and made.segments == before.segments:
            desk.session.say(f"{title}: nothing changed.")
            return
        keep(desk, title, made)

    desk.runner.start(
        title,
        partial(work, before),
        came,
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, f"{title}: stopped, nothing was changed."),
        instead_of=f"segments {before.id}",
        belongs_to=opened.study.uid if opened is not None else "",
        needs_bytes=how[0],
        lane=how[1],
    )
