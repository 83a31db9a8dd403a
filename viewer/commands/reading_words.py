"""What a model has read, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.ai.offer import Offer

if TYPE_CHECKING:
    from viewer.ai.reading import Reading


def outcome(offer: Offer, reading: Reading) -> str:
    """Say in one line how much a model proposes, and in which time."""
    seconds = sum(spent for _, spent in reading.timings_s)
    return f"{_proposed(offer, reading, seconds)} Nothing is accepted until you accept it."


def caution(offer: Offer) -> str:
    """Say what must be known of a model before its results are used; empty where nothing."""
    parts = []
    if offer.experimental and not offer.unasked:
        parts.append("This model is experimental: it was not shown to be better than plain rules.")
    if offer.non_commercial:
        parts.append("It was learned from data for non-commercial use only.")
    return f"{offer.title}: {' '.join(parts)}" if parts else ""


def _proposed(offer: Offer, reading: Reading, seconds: float) -> str:
    if reading.findings:
        return (
            f"Second reader: {len(reading.shown)} of {len(reading.findings)} candidates reach the "
            f"threshold {reading.threshold:.2f} ({seconds:.0f} s)."
        )
    counted = _counted(reading)
    if reading.assessments:
        first = reading.assessments[0]
        score = "" if first.score is None else f", {first.score:.2f}"
        way = "at or above" if first.speaks_for else "below"
        return f"{offer.title}: {first.kind.meaning}{score}, {way} its threshold ({seconds:.0f} s)."
    if counted:
        return f"{offer.title}: {counted} ({seconds:.0f} s)."
    return f"{offer.title}: nothing to propose ({seconds:.0f} s)."


def _counted(reading: Reading) -> str:
    outlines = sum(len(one.segments) for one in reading.segmentations)
    counts = ((outlines, "outline"), (len(reading.maps), "map"))
    told = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return ", ".join(told)
