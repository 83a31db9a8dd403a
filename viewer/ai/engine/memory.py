"""Saying beforehand how much memory a run takes, and declining what would not fit."""

from __future__ import annotations

from viewer.core.errors import Declined
from viewer.core.memory import available_bytes, in_words

RESERVE = 1.25
"""Room that is left for what nobody counts."""


def fits(needed: int) -> bool:
    """Tell whether so many bytes are there, with a reserve."""
    return needed * RESERVE <= available_bytes()


def require(needed: int, title: str) -> None:
    """Make sure that so many bytes are there.

    Raises:
        Declined: in numbers, if they are not.
    """
    if not fits(needed):
        raise Declined(
            f"{title} would need {in_words(int(needed * RESERVE))} of memory for this image;"
            f" {in_words(available_bytes())} are free.",
            code="too_little_memory",
        )
