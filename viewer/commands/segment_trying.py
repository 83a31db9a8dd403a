"""What an operation would make, shown on screen before it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.ai.scribbles import FOREST, taught_labels
from viewer.commands.desk import Desk
from viewer.commands.segment_edits import chosen
from viewer.commands.segment_operations import APART, Plan, changed, needed_bytes, plan_of
from viewer.core.errors import Declined
from viewer.core.geometry import Shape
from viewer.core.label_map import LabelMap
from viewer.core.progress import Progress
from viewer.core.recipe import Recipe
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume, padded
from viewer.imaging.segment.apply import segmented
from viewer.imaging.segment.operation import Ground
from viewer.jobs.job import Failure, Lane


def follow_trying(desk: Desk) -> None:
    """Keep what is tried up to date with the settings, the segments and the slices on screen."""
    asked: _Asked | None = None

    def news(*_: object) -> None:
        nonlocal asked
        now = _wanted(desk)
        if now is None:
            _forget(desk)
        elif asked is None or now.about != asked.about:
            _try(desk, now)
        asked = now

    session = desk.session
    for changes in (session.segmenting.changed, session.record.changed, session.place.changed):
        changes.connect(news)


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What is to be tried: an operation on a group, for the slices at a place."""

    plan: Plan
    group: Segmentation
    here: Shape

    @property
    def about(self) -> tuple[object, ...]:
        """All on which the result depends; of whole volumes the place on screen is no part."""
        plan = self.plan
        beside = plan.beside.label_map if plan.beside is not None else None
        here = self.here if plan.operation.id in _BY_SLICE else None
        one = (self.group.id, self.group.label_map, plan.label, plan.other_label, beside)
        return (*one, plan.step, plan.kept, plan.spare, plan.volume, here)


def _wanted(desk: Desk) -> _Asked | None:
    """Return what is to be tried now; None if nothing is, or it cannot be done."""
    session, now = desk.session, chosen(desk)
    segmenting = session.segmenting.value
    if not segmenting.tried or segmenting.operation is None or now is None:
        return None
    try:
        plan = plan_of(desk, now[0])
    except Declined:
        return None
    return _Asked(plan, now[0], now[0].geometry.nearest(session.place.value.position))


def _forget(desk: Desk) -> None:
    if desk.session.preview.value is not None:
        desk.session.preview.set(None)


def _try(desk: Desk, asked: _Asked) -> None:
    session, plan = desk.session, asked.plan
    opened = session.images.value.get(asked.group.series_key)

    def came(made: Segmentation) -> None:
        now = _wanted(desk)
        if now is not None and now.about == asked.about:
            session.preview.set(made)

    def failed(_: Failure) -> None:
        session.preview.set(None)

    desk.runner.start(
        f"Try {plan.operation.title}",
        partial(_tried, plan, asked.group, asked.here),
        came,
        failed=failed,
        instead_of="try segments",
        belongs_to=opened.study.uid if opened is not None else "",
        lane=Lane.PROCESS if plan.operation.id in APART else Lane.THREAD,
        needs_bytes=0 if plan.operation.id in _BY_SLICE else needed_bytes(plan, asked.group),
    )


def _tried(plan: Plan, before: Segmentation, here: Shape, progress: Progress) -> Segmentation:
    """Return what would be made: of quick operations on the slices on screen alone."""
    make = _BY_SLICE.get(plan.operation.id)
    if make is None or plan.volume is None:
        return changed(plan, before, progress)
    progress.report(0.0, plan.operation.title)
    return make(plan, plan.volume, before, here, progress)


def _range_tried(
    plan: Plan, volume: Volume, before: Segmentation, here: Shape, progress: Progress
) -> Segmentation:
    labels = LabelMap.empty(before.geometry.shape, np.uint16)
    for axis in range(3):
        start, stop = [0, 0, 0], list(before.geometry.shape)
        start[axis], stop[axis] = here[axis], here[axis] + 1
        first, last = (start[0], start[1], start[2]), (stop[0], stop[1], stop[2])
        part = _part(volume, first, last)
        ground = Ground(
            part, np.zeros(part.shape, np.uint16), before.geometry.spacing_mm, plan.label
        )
        made = segmented(ground, Recipe("", (plan.step,)), progress)
        labels = labels.with_box(first, made)
    return replace(before, label_map=labels)


def _forest_tried(
    plan: Plan, volume: Volume, before: Segmentation, here: Shape, progress: Progress
) -> Segmentation:
    """Learn from all slices with scribbles, and tell what is on the one on screen."""
    depth, height, width = before.geometry.shape
    drawn = before.label_map.filled
    marked = [
        z
        for z in (range(drawn[0].start, drawn[0].stop) if drawn is not None else ())
        if before.label_map.plane(0, z).any()
    ]
    slices = sorted({*marked, here[0]})
    parts = [_part(volume, (z, 0, 0), (z + 1, height, width))[0] for z in slices]
    marks = np.stack([before.label_map.plane(0, z) for z in slices])
    pixel_mm = before.geometry.spacing_mm[1:]
    least = float(plan.operation.settings(plan.step)["least"]) / 100
    made = taught_labels(np.stack(parts), marks, (pixel_mm[0], pixel_mm[1]), progress, least=least)
    labels = LabelMap.empty((depth, height, width), np.uint16)
    found = made[slices.index(here[0])][np.newaxis]
    return replace(before, label_map=labels.with_box((here[0], 0, 0), found))


_BY_SLICE = {"range": _range_tried, FOREST.id: _forest_tried}


def _part(volume: Volume, start: Shape, stop: Shape) -> NDArray[np.float32]:
    box = tuple(slice(a, b) for a, b in zip(start, stop, strict=True))
    stored = volume.voxels[box]
    values = stored.astype(np.float32) * np.float32(volume.slope) + np.float32(volume.intercept)
    nothing = padded(stored, volume.padding)
    if nothing is not None:
        values[nothing] = np.nan
    return np.asarray(values, np.float32)
