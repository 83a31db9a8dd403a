"""Who is next: places on each lane, and a share of memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from viewer.core.memory import in_words
from viewer.jobs.job import Failure, Job, Lane

PLACES: Mapping[Lane, int] = {Lane.THREAD: 8, Lane.PROCESS: 2}
"""How many jobs run at once on each lane."""


@dataclass(frozen=True, slots=True, eq=False)
class Errand:
    """A job with what is to be done and who is to be told. All but `perform` is for the window."""

    job: Job
    perform: Callable[[], Callable[[], None]] = field(repr=False)
    """Do the work; return what hands over the result."""
    failed: Callable[[Failure], None] | None = None
    cancelled: Callable[[], None] | None = None


@dataclass(slots=True, eq=False)
class Roster:
    """Errands that wait and errands that run. Not thread-safe; its owner locks."""

    available: Callable[[], int]
    places: Mapping[Lane, int] = field(default_factory=lambda: PLACES)
    waiting: list[Errand] = field(default_factory=list)
    running: list[Errand] = field(default_factory=list)

    def next(self) -> Errand | None:
        """Return the first that has a place and memory, now running, if there is one."""
        for errand in self.waiting:
            if self._has_place(errand) and self._fits(errand):
                self.waiting.remove(errand)
                self.running.append(errand)
                return errand
        return None

    def hopeless(self) -> Errand | None:
        """Return one that will not fit even when all others have ended, no longer waiting."""
        for errand in self.waiting:
            if not self._promised() and not self._fits(errand):
                self.waiting.remove(errand)
                return errand
        return None

    def refusal(self, errand: Errand) -> Failure:
        """Return the sentence for an errand that does not fit."""
        needs, free = in_words(errand.job.order.needs_bytes), in_words(self.available())
        return Failure(
            f"{errand.job.title}: this needs about {needs} of memory and only {free} are free. "
            "Close other studies or programs and try again.",
            code="memory",
        )

    def _has_place(self, errand: Errand) -> bool:
        lane = errand.job.order.lane
        busy = sum(other.job.order.lane is lane for other in self.running)
        return busy < self.places[lane]

    def _fits(self, errand: Errand) -> bool:
        needs = errand.job.order.needs_bytes
        return not needs or needs <= self.available() - self._promised()

    def _promised(self) -> int:
        """Return what running errands may still take; what they hold already counts twice."""
        return sum(errand.job.order.needs_bytes for errand in self.running)
