"""Recipes of segmentation applied: step by step to the segments of one image."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewer.core.errors import Declined
from viewer.core.memory import available_bytes, in_words
from viewer.core.progress import Part, Progress
from viewer.core.recipe import Recipe, Step
from viewer.imaging.segment.catalogue import OPERATIONS, operation_of
from viewer.imaging.segment.operation import COMMON, Gives, Ground, How, Need, Operation, put
from viewer.imaging.segment.parts import Labels

_SHARE = 0.8
"""Of the memory that is free, how much an operation may take."""


def check(recipe: Recipe, operations: tuple[Operation, ...] = OPERATIONS) -> None:
    """Let a recipe in of which all steps are known and within bounds.

    Raises:
        Declined: if one is not, or there is none.
    """
    if not recipe.steps:
        raise Declined("The recipe has no step.", code="no_steps")
    for step in recipe.steps:
        operation_of(step, operations).settings(step)


def segmented(
    ground: Ground,
    recipe: Recipe,
    progress: Progress,
    *,
    operations: tuple[Operation, ...] = OPERATIONS,
    budget_bytes: int | None = None,
) -> Labels:
    """Return the label map after all steps of a recipe.

    Raises:
        Declined: if a step cannot be taken: it is unknown, misses something, or memory is short.
        Cancelled: if the work is no longer wanted.
    """
    check(recipe, operations)
    for number, step in enumerate(recipe.steps):
        share = Part(progress, number / len(recipe.steps), (number + 1) / len(recipe.steps))
        labels = stepped(ground, step, share, operations=operations, budget_bytes=budget_bytes)
        ground = replace(ground, labels=labels)
    progress.report(1.0)
    return ground.labels


def stepped(
    ground: Ground,
    step: Step,
    progress: Progress,
    *,
    operations: tuple[Operation, ...] = OPERATIONS,
    budget_bytes: int | None = None,
) -> Labels:
    """Return the label map after one step; where there is no value, values find nothing.

    Raises:
        Declined: if it cannot be taken.
        Cancelled: if the work is no longer wanted.
    """
    operation = operation_of(step, operations)
    settings = operation.settings(step)
    common = _common(step)
    ground = replace(
        ground,
        segment=int(common.get("segment", ground.segment)),
        other=int(common.get("other", ground.other or 2)),
    )
    _afford(ground, operation, budget_bytes)
    _has(ground, operation)
    progress.report(0.0, operation.title)
    found = operation.run(ground, settings, progress)
    progress.report(1.0)
    if Need.VALUES in operation.needs:
        known = np.isfinite(ground.values)
        found = found if known.all() else np.asarray(np.where(known, found, found.dtype.type(0)))
    if operation.gives is Gives.LABELS:
        return np.asarray(found, np.uint16)
    how = How(str(common.get("how", How.REPLACE)))
    return put(ground, np.asarray(found, np.bool_), how, spare=bool(common.get("spare", False)))


def _common(step: Step) -> dict[str, float | str]:
    known = {one.name: one for one in COMMON}
    found: dict[str, float | str] = {}
    for name, value in step.settings:
        if name in known:
            found[name] = known[name].checked(value)
    return found


def _afford(ground: Ground, operation: Operation, budget_bytes: int | None) -> None:
    """Decline what would take more memory than there is, before it begins."""
    free = int(available_bytes() * _SHARE) if budget_bytes is None else budget_bytes
    voxels = _voxels(ground, operation)
    takes = voxels * operation.bytes_per_voxel
    if takes > free:
        raise Declined(
            f"{operation.title} would take {in_words(takes)} of memory and {in_words(free)} may be "
            "taken; crop the image, or put the marks closer together.",
            code="memory",
        )


def _voxels(ground: Ground, operation: Operation) -> int:
    """Return how many voxels an operation works on at most: the block round segments, twice."""
    if Need.SEGMENT not in operation.needs and Need.SEEDS not in operation.needs:
        return ground.labels.size
    from viewer.imaging.segment.shape import bounds

    box = bounds(ground.labels > 0)
    if box is None:
        return 0
    sides = [2 * (part.stop - part.start) for part in box]
    return min(int(np.prod(sides)), ground.labels.size)


def _has(ground: Ground, operation: Operation) -> None:
    """Decline an operation that misses what it works on, in words."""
    needs = operation.needs
    if Need.SEEDS in needs and np.count_nonzero(np.bincount(ground.labels.ravel())[1:]) < 2:
        raise Declined(f"{operation.title} needs marks in two segments at least.", code="no_seeds")
    if Need.SEGMENT in needs and not ground.mask.any():
        raise Declined(
            f"{operation.title} needs something in segment {ground.segment}, which is empty.",
            code="empty_segment",
        )
    if Need.OTHER in needs and ground.beside is None and not ground.second.any():
        raise Declined(
            f"{operation.title} needs something in the second segment, {ground.other}.",
            code="empty_segment",
        )
