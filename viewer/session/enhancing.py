"""The recipe that is being tried on an image, and what it makes of the slices on screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from viewer.core.crossing import Slice, Where
from viewer.core.recipe import Recipe, Setting, Step
from viewer.core.target import WHOLE, Target
from viewer.core.volume import Volume

NOTHING = Recipe("Recipe")


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What the recipe makes of what a view shows: one slice, or the voxels about a plane.

    `exact` tells that the whole volume would have the same values there.
    """

    volume: Volume = field(repr=False)
    recipe: Recipe
    where: Where
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a recipe is not tried in planes of a view that lie like one."""

    recipe: Recipe
    where: Where
    sentence: str

    def holds(self, recipe: Recipe, where: Where) -> bool:
        """Tell whether it is the answer for another plane, parallel to the first, too."""
        return recipe == self.recipe and _lies(where) == _lies(self.where)


def _lies(where: Where) -> object:
    return where.axis if isinstance(where, Slice) else (where.normal, where.thickness_mm)


@dataclass(frozen=True, slots=True)
class Enhancing:
    """What is tried: the recipe, whether views show what it makes, and those slices by view.

    `series_key` is empty while nothing is tried. `quality` are figures of the last slice made.
    """

    series_key: str = ""
    recipe: Recipe = NOTHING
    shown: bool = True
    sheets: tuple[tuple[int, Sheet], ...] = ()
    refused: tuple[tuple[int, Refusal], ...] = ()
    swipe: float | None = None
    """Where the original ends and the result begins, as a share of the width of a view."""
    target: Target = WHOLE
    quality: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    """Signal and contrast to noise in measured regions, in words."""

    def sheet(self, cell: int) -> Sheet | None:
        """Return the slice that was made for a view, if it is of this recipe."""
        found = dict(self.sheets).get(cell)
        return found if found is not None and found.recipe == self.recipe else None

    def with_sheet(self, cell: int, sheet: Sheet) -> Enhancing:
        """Return this with the slice of one view."""
        others = tuple(pair for pair in self.sheets if pair[0] != cell)
        return replace(self, sheets=(*others, (cell, sheet)))

    def refusal(self, cell: int, where: Where) -> Refusal | None:
        """Return why a view shows the original, if that is known of planes such as this."""
        found = dict(self.refused).get(cell)
        return found if found is not None and found.holds(self.recipe, where) else None

    def with_refusal(self, cell: int, refusal: Refusal) -> Enhancing:
        """Return this with the reason why nothing is tried in a view."""
        others = tuple(pair for pair in self.refused if pair[0] != cell)
        return replace(self, refused=(*others, (cell, refusal)))

    def with_steps(self, steps: tuple[Step, ...]) -> Enhancing:
        """Return this with other steps; slices of the older ones are shown no longer."""
        return replace(self, recipe=replace(self.recipe, steps=steps))

    def added(self, step: Step) -> Enhancing:
        """Return this with one more step at the end."""
        return self.with_steps((*self.recipe.steps, step))

    def removed(self, number: int) -> Enhancing:
        """Return this without the step of a number, from 0."""
        steps = self.recipe.steps
        return self.with_steps(steps[:number] + steps[number + 1 :])

    def moved(self, number: int, by: int) -> Enhancing:
        """Return this with a step moved up or down; beyond the ends it stays."""
        goal = number + by
        steps = list(self.recipe.steps)
        if not (0 <= number < len(steps) and 0 <= goal < len(steps)):
            return self
        steps[number], steps[goal] = steps[goal], steps[number]
        return self.with_steps(tuple(steps))

    def set(self, number: int, name: str, value: Setting) -> Enhancing:
        """Return this with one parameter of a step set."""
        steps = list(self.recipe.steps)
        steps[number] = steps[number].setting(name, value)
        return self.with_steps(tuple(steps))
