"""Recipes applied: to a whole volume, in tiles where memory is short, or to what is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

import numpy as np

from viewer.core.progress import Part, Progress
from viewer.core.recipe import Recipe, Step
from viewer.imaging.enhance.catalogue import Filter, Reach, Settings, filter_of
from viewer.imaging.enhance.field import Field, Values

_COPIES = 6
"""How many times the memory of its values a filter takes, at most."""


def enhanced(
    field: Field, recipe: Recipe, progress: Progress, *, budget_bytes: int | None = None
) -> Values:
    """Return the values after all steps; what is unknown stays as it was.

    Where a step would take more than the budget it works in tiles of slices that overlap as
    far as it looks, with the same result; a step that needs all of the image at once is
    declined by `needs_bytes` before.

    Raises:
        Declined: if a step names no filter, or sets it beyond its bounds.
        Cancelled: if the work is no longer wanted.
    """
    check(recipe)
    known = field.filled()
    whole = None if field.known is None else field.sample()
    for number, step in enumerate(recipe.steps):
        share = Part(progress, number / len(recipe.steps), (number + 1) / len(recipe.steps))
        known = replace(known, whole=whole)
        known = replace(known, values=_step(known, step, share, budget_bytes), whole=None)
        whole = None if field.known is None else replace(known, known=field.known).sample()
    progress.report(1.0)
    return field.restored(known.values)


def check(recipe: Recipe) -> None:
    """Let a recipe in of which all steps are known and within bounds.

    Raises:
        Declined: if one is not.
    """
    for step in recipe.steps:
        filter_of(step).settings(step)


def needs_bytes(shape: tuple[int, int, int], recipe: Recipe, budget_bytes: int) -> int:
    """Return the memory that a recipe takes within a budget, tiles considered."""
    voxels = shape[0] * shape[1] * shape[2] * 4
    whole = any(filter_of(step).reach is None for step in recipe.steps)
    work = voxels * _COPIES
    return 2 * voxels + (work if whole else min(work, budget_bytes))


def reach_of(step: Step, spacing_mm: tuple[float, float, float]) -> tuple[int, int, int] | None:
    """Return how many voxels a step looks to each side; None if it needs all of them."""
    found = filter_of(step)
    if found.reach is None:
        return None
    return _in_voxels(found.reach(found.settings(step)), spacing_mm)


def _in_voxels(reach: Reach, spacing_mm: tuple[float, float, float]) -> tuple[int, int, int]:
    voxels, length_mm = reach
    a, b, c = (ceil(voxels + length_mm / step) for step in spacing_mm)
    return a, b, c


def _step(field: Field, step: Step, progress: Progress, budget_bytes: int | None) -> Values:
    found = filter_of(step)
    settings = found.settings(step)
    size = field.values.nbytes * _COPIES
    if found.reach is None or budget_bytes is None or size <= budget_bytes:
        return found.run(field, settings, progress)
    return _tiled(field, found, settings, progress, budget_bytes)


def _tiled(
    field: Field, found: Filter, settings: Settings, progress: Progress, budget_bytes: int
) -> Values:
    """Work through blocks of slices, each with as many neighbours as the filter looks at."""
    margin = 0
    if found.reach is not None and not found.sliced:
        margin = _in_voxels(found.reach(settings), field.spacing_mm)[0]
    per_slice = field.values[0].nbytes * _COPIES
    count = max(1, int(budget_bytes // per_slice) - 2 * margin)
    sample = field.sample()
    result = np.empty_like(field.values)
    blocks = list(_blocks(len(field.values), count, margin))
    for number, (start, stop, first, last) in enumerate(blocks):
        share = Part(progress, number / len(blocks), (number + 1) / len(blocks))
        part = replace(field, values=field.values[first:last], whole=sample)
        done = found.run(part, settings, share)
        result[start:stop] = done[start - first : stop - first]
    return result


def _blocks(total: int, count: int, margin: int) -> Iterator[tuple[int, int, int, int]]:
    for start in range(0, total, count):
        stop = min(start + count, total)
        yield start, stop, max(start - margin, 0), min(stop + margin, total)


def can_preview(recipe: Recipe, axis: int) -> bool:
    """Tell whether one slice along an axis can be made without all the others.

    What needs whole stored slices can be seen ahead in stored slices alone.
    """
    return axis == 0 or not any(filter_of(step).whole_slice for step in recipe.steps)


def preview(field: Field, recipe: Recipe, axis: int, index: int, progress: Progress) -> Values:
    """Return one sheet of the result, (2D), computed from what the steps look at alone.

    Steps that need all of the image make it an approximation; see `can_preview`.

    Raises:
        Declined: if a step names no filter, or sets it beyond its bounds.
        Cancelled: if the work is no longer wanted.
    """
    check(recipe)
    margin = sum(margin_of(step, field.spacing_mm, axis) for step in recipe.steps)
    first, last = max(index - margin, 0), min(index + margin + 1, field.values.shape[axis])
    cut = [slice(None)] * 3
    cut[axis] = slice(first, last)
    box = (cut[0], cut[1], cut[2])
    known = None if field.known is None else field.known[box]
    part = Field(np.ascontiguousarray(field.values[box]), field.spacing_mm, known, field.sample())
    done = on_part(part, recipe, progress)
    return np.asarray(np.moveaxis(done, axis, 0)[index - first])


_MARGIN_OF_ALL = 12


def margin_of(step: Step, spacing_mm: tuple[float, float, float], axis: int) -> int:
    """Return how many neighbours to each side a preview along an axis needs for a step."""
    reach = reach_of(step, spacing_mm)
    if axis == 0 and filter_of(step).sliced:
        return 0
    return _MARGIN_OF_ALL if reach is None else reach[axis]


def on_part(part: Field, recipe: Recipe, progress: Progress) -> Values:
    """Return a part of an image, with its margins, as all steps make it; see `Field.whole`."""
    known = replace(part.filled(), whole=part.whole)
    for number, step in enumerate(recipe.steps):
        share = Part(progress, number / len(recipe.steps), (number + 1) / len(recipe.steps))
        found = filter_of(step)
        sample = replace(known, values=known.sample()[None, None], known=None, whole=None)
        values = found.run(known, found.settings(step), share)
        whole = _sample_after(sample, found, step)
        known = replace(known, values=values, whole=whole)
    return part.restored(known.values)


def _sample_after(sample: Field, found: Filter, step: Step) -> Values | None:
    """Return what a step makes of the sample of the whole image, if it looks at values alone."""
    if found.reach is None or found.reach(found.settings(step)) != (0.0, 0.0) or found.sliced:
        return sample.values.reshape(-1)
    from viewer.core.progress import Silent

    return found.run(sample, found.settings(step), Silent()).reshape(-1)
