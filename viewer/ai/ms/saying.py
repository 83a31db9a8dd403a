"""What is said of a reading: how two dates were compared, and what that is worth."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.ai.ms.change import Change
from viewer.ai.ms.pair import Head
from viewer.core.study import Notice
from viewer.imaging.rigid import Motion


def order_of(front: str, other: str) -> str:
    """Return which is the earlier one: "front", "other", or "" where nobody says."""
    if not front or not other or front == other:
        return ""
    return "front" if front < other else "other"


def how_compared(dates: tuple[str, str], head: Head, motion: Motion) -> Notice:
    """Say which dates were compared, the one in front first, and how they were brought together."""
    a, b, c = head.brain.shape
    shift = motion.shift_mm(head.geometry.to_patient(((a - 1) / 2, (b - 1) / 2, (c - 1) / 2)))
    moved = (
        f"turned by {motion.degrees:.1f} degrees and shifted by {shift:.1f} mm, after which they"
        f" correlate by {motion.fit:.2f} in the brain."
    )
    if not order_of(*dates):
        return Notice(
            "order_unknown",
            "Compared without dates: the first image is the other one, the second that in front,"
            f" and nothing is called new or grown; {moved}",
        )
    first, second = sorted(dates)
    return Notice(
        "compared", f"Compared {_day(first)} (before) and {_day(second)} (after), {moved}"
    )


def what_it_is_worth(shown: Sequence[Change], doubts: Sequence[str]) -> Notice:
    """Say that it is a trial, how many of the marks may be noise, and what else is doubtful."""
    noise = sum(one.is_noise for one in shown)
    worth = (
        "A trial, learned from two patients and judged on two: most changes under 30 mm3 are"
        " missed, so look at both dates yourself."
    )
    counted = f"{noise} of {len(shown)} marks may be no change, by their intervals."
    return Notice("experimental", " ".join([worth, *([counted] if noise else []), *doubts]))


def one_date_alone(doubts: Sequence[str]) -> Notice:
    """Say that there was nothing to compare with."""
    alone = (
        "A trial with one date: bright lesions are proposed by rules whose figures nobody has"
        " measured; open the other FLAIR of this patient, too, to see what changed."
    )
    return Notice("one_date", " ".join([alone, *doubts]))


def _day(date: str) -> str:
    plain = date.replace("-", "")
    return f"{plain[:4]}-{plain[4:6]}-{plain[6:8]}" if len(plain) == 8 else date[:20]
