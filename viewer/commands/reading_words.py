"""What a model has read, in words."""

from __future__ import annotations

from viewer.ai.asking import Offer
from viewer.ai.reading import Reading


def outcome(offer: Offer, reading: Reading) -> str:
    """Say how much a model proposes, in which time, and what must be known of the model."""
    seconds = sum(spent for _, spent in reading.timings_s)
    parts = [_proposed(offer, reading, seconds), "Nothing is accepted until you accept it."]
    if offer.experimental and not offer.unasked:
        parts.append("This model is experimental: it was not shown to be better than plain rules.")
    if offer.non_commercial:
        parts.append("It was learned from data for non-commercial use only.")
    return " ".join(parts)


def _proposed(offer: Offer, reading: Reading, seconds: float) -> str:
    if reading.findings:
        return (
            f"Second reader: {len(reading.shown)} of {len(reading.findings)} candidates reach the "
            f"threshold {reading.threshold:.2f} ({seconds:.0f} s)."
        )
    said = " ".join(one.sentence for one in reading.assessments)
    counted = _counted(reading)
    if said:
        return f"{offer.title}: {said}"
    if counted:
        return f"{offer.title}: {counted} ({seconds:.0f} s)."
    return f"{offer.title}: nothing to propose ({seconds:.0f} s)."


def _counted(reading: Reading) -> str:
    outlines = sum(len(one.segments) for one in reading.segmentations)
    counts = ((outlines, "outline"), (len(reading.maps), "map"))
    told = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return ", ".join(told)
