"""What a filter is: its name, its parameters with their bounds, and how far it looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.recipe import Setting, Step
from viewer.imaging.enhance.field import Field, Values

Reach: TypeAlias = tuple[float, float]
"""How far a filter looks: voxels to each side, and mm to each side; both count."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number, a switch (low 0, high 1, whole, no unit) that a filter can be told."""

    name: str
    title: str
    usual: float
    low: float
    high: float
    unit: str = ""
    whole: bool = False
    switch: bool = False
    hidden: bool = False
    """Not set by hand, but taken from elsewhere."""

    def checked(self, value: Setting) -> float:
        """Return a setting as a number within the bounds.

        Raises:
            Declined: if it is none, or beyond them.
        """
        if isinstance(value, str):
            raise Declined(f"{self.title} is a number, not {value!r}.", code="bad_setting")
        number = float(value)
        if not self.low <= number <= self.high:
            unit = f" {self.unit}" if self.unit else ""
            bounds = f"{self.low:g} to {self.high:g}{unit}"
            raise Declined(f"{self.title} goes from {bounds}, not {number:g}.", code="bad_setting")
        return float(round(number)) if self.whole or self.switch else number


Settings: TypeAlias = Mapping[str, float]
Run: TypeAlias = Callable[[Field, Settings, Progress], Values]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. `reach` tells how far it looks, given its settings; None that it needs all.

    With `sliced` it works on each stored slice for itself, with `whole_slice` it needs all of
    it. `new_unit` tells that its result
    is no longer in the unit of the image.
    """

    id: str
    title: str
    group: str
    help: str
    run: Run
    parameters: tuple[Parameter, ...] = ()
    reach: Callable[[Settings], Reach] | None = None
    sliced: bool = False
    whole_slice: bool = False
    new_unit: bool = False
    asks: bool = False
    """Needs something to be chosen before it can be a step."""

    @property
    def by_distribution(self) -> bool:
        """Tell whether it looks at the range or the distribution of all values."""
        return self.group == "Contrast" or self.id in ("outliers", "canny")

    @property
    def bends(self) -> bool:
        """Tell whether its results keep the range of the values but no longer their meaning.

        A liver of 60 HU is no longer 60 where contrast was stretched: what is measured there
        must not be called HU or SUV.
        """
        return self.group == "Contrast"

    def settings(self, step: Step) -> dict[str, float]:
        """Return all parameters as a step sets them.

        Raises:
            Declined: if it sets what there is not, or beyond the bounds.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        found = {parameter.name: parameter.usual for parameter in self.parameters}
        for name, value in step.settings:
            if name not in known:
                raise Declined(f"{self.title} has no parameter {name}.", code="bad_setting")
            found[name] = known[name].checked(value)
        return found
