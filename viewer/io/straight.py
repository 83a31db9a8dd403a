"""A loaded stack as a straight volume, for files."""

from __future__ import annotations

from viewer.core.errors import Declined
from viewer.core.memory import available_bytes
from viewer.core.progress import Progress
from viewer.core.stack import Stack
from viewer.core.study import Notice, Series
from viewer.core.volume import Volume
from viewer.imaging.derivation import check_straightening, derived_notices, straightened
from viewer.imaging.straighten import plan_straightening, straighten


def straight_volume(
    series: Series, image: Volume | Stack, progress: Progress
) -> tuple[Volume, tuple[Notice, ...]]:
    """Return a stack resampled onto a regular grid, and what must be said of that.

    Raises:
        Declined: if it cannot be straightened, or there is too little memory.
        Cancelled: if the work is no longer wanted.
    """
    check_straightening(series)
    if isinstance(image, Volume):
        raise Declined(f"{series.title} is a volume already.", code="not_straightened")
    plan = plan_straightening(image)
    free = available_bytes()
    if plan.needs_bytes > free:
        sentence = (
            f"The straight volume of {series.title} needs {plan.needs_bytes / 1e9:.1f} GB of "
            f"memory, and only {free / 1e9:.1f} GB is free."
        )
        raise Declined(sentence, code="too_large")
    volume = straightened(series, image, plan, straighten(image, plan, progress))
    return volume, derived_notices(series, plan)
