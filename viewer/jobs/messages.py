"""What a worker process and the program that started it say to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from viewer.core.progress import Progress
from viewer.jobs.job import Failure
from viewer.jobs.parcel import Letter

Work: TypeAlias = Callable[[Progress], object]
"""What a worker is asked to do: its title goes first, then the work as a letter."""


@dataclass(frozen=True, slots=True)
class Reported:
    """The work is at this point."""

    done: float
    doing: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A line for the log."""

    logger: str
    level: int
    line: str


@dataclass(frozen=True, slots=True)
class Failed:
    """There will be no result."""

    failure: Failure


Message: TypeAlias = Reported | Noted | Failed | Letter
"""The letter is the result."""
