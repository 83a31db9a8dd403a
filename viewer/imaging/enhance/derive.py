"""Volumes made by recipes: what they are called and what must be said of them."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.memory import available_bytes
from viewer.core.progress import Part, Progress
from viewer.core.recipe import Recipe, Step
from viewer.core.units import NONE, Ways
from viewer.core.volume import Volume, padded
from viewer.imaging.enhance.apply import check, enhanced, margin_of, needs_bytes, preview
from viewer.imaging.enhance.catalogue import filter_of
from viewer.imaging.enhance.field import Field, Values

_SHARE = 0.5
"""Of the memory that is free, how much a filter may take before it works in tiles."""


def budget_for_tiles() -> int:
    """Return the memory that a filter may take now before it works in tiles."""
    return int(available_bytes() * _SHARE)


def field_of(volume: Volume) -> Field:
    """Return the real-world values of a volume, padding and what is no number marked."""
    nothing = padded(volume.voxels, volume.padding)
    return Field.of(volume.values(), volume.geometry.spacing_mm, nothing)


def enhanced_volume(
    volume: Volume, recipe: Recipe, progress: Progress, *, budget_bytes: int | None = None
) -> Volume:
    """Return a new volume on the same grid, its provenance saying what was done.

    Raises:
        Declined: if a step names no filter, or sets it beyond its bounds.
        Cancelled: if the work is no longer wanted.
    """
    check(recipe)
    budget = budget_for_tiles() if budget_bytes is None else budget_bytes
    progress.report(0.0, "values")
    field = field_of(volume)
    values = enhanced(field, recipe, Part(progress, 0.05, 1.0), budget_bytes=budget)
    return replace(
        volume,
        voxels=values,
        slope=1.0,
        intercept=0.0,
        unit=unit_after(volume.unit, recipe),
        ways=ways_after(volume.ways, recipe),
        windows=() if changes_range(recipe) else volume.windows,
        padding=padding_of(volume),
        provenance=(*volume.provenance, *lines(recipe)),
        recipes=(*volume.recipes, recipe),
    )


def sample_of(volume: Volume, most: int = 1_000_000) -> Values:
    """Return real-world values from all over a volume, without what stands for nothing."""
    step = max(1, ceil((volume.voxels.size / most) ** (1 / 3)))
    thin = volume.voxels[::step, ::step, ::step]
    nothing = padded(thin, volume.padding)
    flat = thin.astype(np.float32) if nothing is None else thin[~nothing].astype(np.float32)
    values = flat.ravel() * np.float32(volume.slope) + np.float32(volume.intercept)
    return np.asarray(values[np.isfinite(values)], np.float32)


def enhanced_sheet(
    volume: Volume, recipe: Recipe, axis: int, index: int, sample: Values, progress: Progress
) -> Volume:
    """Return one slice along an axis of the grid as the recipe makes it, one voxel thick.

    `sample` is that of `sample_of`. Only what the steps look at is read.

    Raises:
        Declined: if a step names no filter, or sets it beyond its bounds.
        Cancelled: if the work is no longer wanted.
    """
    check(recipe)
    shape, spacing = volume.geometry.shape, volume.geometry.spacing_mm
    margin = sum(margin_of(step, spacing, axis) for step in recipe.steps)
    first, last = max(index - margin, 0), min(index + margin + 1, shape[axis])
    start, stop = [0, 0, 0], list(shape)
    start[axis], stop[axis] = first, last
    box = tuple(slice(a, b) for a, b in zip(start, stop, strict=True))
    part = replace(
        volume,
        voxels=volume.voxels[box],
        geometry=volume.geometry.crop(_index(start), _index(stop)),
        origins=(),
    )
    values = preview(replace(field_of(part), whole=sample), recipe, axis, index - first, progress)
    start[axis], stop[axis] = index, index + 1
    grid = volume.geometry.crop(_index(start), _index(stop))
    return made_of(volume, recipe, np.expand_dims(values, axis), grid)


def made_of(volume: Volume, recipe: Recipe, values: Values, geometry: Geometry) -> Volume:
    """Return real-world values that a recipe made of a part of a volume, as a volume."""
    return replace(
        volume,
        voxels=values,
        geometry=geometry,
        origins=(),
        slope=1.0,
        intercept=0.0,
        unit=unit_after(volume.unit, recipe),
        ways=ways_after(volume.ways, recipe),
        padding=padding_of(volume),
    )


def unit_after(unit: str, recipe: Recipe) -> str:
    """Return the unit of what a recipe makes of values in a unit; none where it bends them."""
    return NONE if _loses_unit(recipe) else unit


def ways_after(ways: Ways, recipe: Recipe) -> Ways:
    """Return in which units the result can be given: none where values lost their meaning."""
    return Ways() if _loses_unit(recipe) else ways


def _loses_unit(recipe: Recipe) -> bool:
    made = [filter_of(step) for step in recipe.steps]
    return any(one.new_unit or one.bends for one in made)


def changes_range(recipe: Recipe) -> bool:
    """Tell whether values come out on another scale, for which no window of the image serves."""
    return any(filter_of(step).new_unit for step in recipe.steps)


def _index(numbers: list[int]) -> tuple[int, int, int]:
    return numbers[0], numbers[1], numbers[2]


def memory_for(volume: Volume, recipe: Recipe) -> int:
    """Return about how many bytes a recipe takes on a volume."""
    return needs_bytes(volume.geometry.shape, recipe, budget_for_tiles())


def lines(recipe: Recipe) -> tuple[str, ...]:
    """Return what was done in words, one line for each step; the first says that it is derived."""
    steps = tuple(in_words(step) for step in recipe.steps)
    return (f"Derived: enhanced by {recipe.name or 'filters'}.", *steps)


def in_words(step: Step) -> str:
    """Return a step with its settings and units: "Gaussian: standard deviation 1 mm"."""
    found = filter_of(step)
    settings = found.settings(step)
    words = [
        parameter.title.lower() + (f" {_said(settings[parameter.name], parameter.unit)}")
        if not parameter.switch
        else parameter.title.lower()
        for parameter in found.parameters
        if not parameter.hidden and (not parameter.switch or settings[parameter.name])
    ]
    if step.note:
        words.append(step.note)
    return f"{found.title}: {', '.join(words)}" if words else found.title


def _said(value: float, unit: str) -> str:
    return f"{value:g} {unit}".rstrip()


def padding_of(volume: Volume) -> tuple[float, float] | None:
    """Return what stands for nothing, in the values of the result."""
    if volume.padding is None:
        return None
    # Rounded as `Volume.values` does: else padding would not be known again among the values.
    ends = np.array(volume.padding, np.float32) * np.float32(volume.slope)
    ends += np.float32(volume.intercept)
    return float(ends.min()), float(ends.max())
