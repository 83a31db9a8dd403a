"""What a model says when it is asked whether it reads the images at hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """One model: what it looks for, and why it does not take the images at hand, if so."""

    id: str
    title: str
    help: str
    companions: tuple[str, ...] = ()
    compares: bool = False
    times_voxels: float = 24.0
    experimental: bool = False
    non_commercial: bool = False
    unasked: bool = False
    built_in: bool = True
    beyond: str = ""
    """Why it reads the images at hand only where somebody chose it; empty where it may."""
    reason: str = ""
    code: str = ""

    @property
    def taken(self) -> bool:
        """Whether it takes the images at hand."""
        return not self.reason

    @property
    def by_itself(self) -> bool:
        """Whether it may run on them without having been chosen by name."""
        return self.taken and not self.beyond and (self.unasked or not self.experimental)
