"""Changes of segments that take a while: in a job, on what the group is then, as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
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
    label: int = 0,
    needs_bytes: int = 0,
    apart: bool = False,
    by_hand: bool = False,
    drops: bool = False,
    then: Callable[[], None] | None = None,
) -> None:
    """Change a group in a job and keep the result.

    Where the reader has changed the same group meanwhile, the work is done again on what it is
    now, so that nothing is lost; new names and colours stay as they are. What was removed
    meanwhile, the group or its segment of the `label`, does not come back. Work that would hold
    up the window is done in a process `apart`. Unless all was done `by_hand`, the author of the
    group will name the `title` as what helped. Work that `drops` takes the segment itself away.
    `then` is called when the result is kept.
    """
    lane = Lane.PROCESS if apart else Lane.THREAD
    wanted = _Change(title, segmentation, work, label, needs_bytes, lane, by_hand, drops, then)
    _start(desk, wanted, _MOST_TIMES)


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """What is to be done to a group as it was when the work began."""

    title: str
    before: Segmentation
    work: Work
    label: int
    needs_bytes: int
    lane: Lane
    by_hand: bool
    drops: bool
    then: Callable[[], None] | None


def _start(desk: Desk, wanted: _Change, times: int) -> None:
    before, title = wanted.before, wanted.title
    opened = desk.session.images.value.get(before.series_key)
    is_new = group(desk, before.id) is None
    locked = _locks(desk, before)

    def came(made: Segmentation) -> None:
        now = before if is_new else group(desk, before.id)
        if now is None or (wanted.label and now.segment(wanted.label) is None):
            _decline(desk, title, "the segment was removed meanwhile")
        elif _locks(desk, now) != locked:
            _decline(desk, title, "segments were locked or unlocked meanwhile")
        elif now.label_map is before.label_map and _fits(made, before, now):
            _keep(desk, wanted, made, now)
        elif times > 1:
            _start(desk, replace(wanted, before=now), times - 1)
        else:
            _decline(desk, title, "the segments were changed meanwhile")

    desk.runner.start(
        title,
        partial(wanted.work, before),
        came,
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, f"{title}: stopped, nothing was changed."),
        instead_of=f"segments {before.id}",
        belongs_to=opened.study.uid if opened is not None else "",
        needs_bytes=wanted.needs_bytes,
        lane=wanted.lane,
    )


def _keep(desk: Desk, wanted: _Change, made: Segmentation, now: Segmentation) -> None:
    """Keep new labels and new segments beside what the group is called by now."""
    known = {one.label for one in now.segments}
    new = tuple(one for one in made.segments if one.label not in known)
    if made.label_map is now.label_map and not new and not wanted.drops:
        desk.session.say(f"{wanted.title}: nothing changed.")
        return
    left = tuple(one for one in now.segments if not wanted.drops or one.label != wanted.label)
    changed = replace(now, label_map=made.label_map, segments=(*left, *new))
    keep(desk, wanted.title, changed, tool="" if wanted.by_hand else wanted.title)
    if wanted.then is not None:
        wanted.then()


def _fits(made: Segmentation, before: Segmentation, now: Segmentation) -> bool:
    """Tell whether the segments still are those that the work knew, but for names and colours."""
    were = {one.label for one in before.segments}
    are = {one.label for one in now.segments}
    new = {one.label for one in made.segments} - were
    return were <= are and new.isdisjoint(are)


def _decline(desk: Desk, title: str, why: str) -> None:
    desk.session.say(f"{title}: {why}; nothing was done.", serious=True)


def _locks(desk: Desk, one: Segmentation) -> frozenset[str]:
    locked = desk.session.segmenting.value.locked
    return frozenset(key for key in locked if key.rpartition("/")[0] == one.id)
