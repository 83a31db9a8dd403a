"""What is said of a head, and of a picture, as a whole."""

from __future__ import annotations

from viewer.ai.card import Card
from viewer.ai.findings import stable_uid
from viewer.ai.haemorrhage.slices import Said
from viewer.ai.haemorrhage.words import CEREBRAL_HAEMORRHAGE, EVERYBODY_BLED
from viewer.core.assessment import Assessment
from viewer.core.finding import Reason

SLICES_TOLD = 3


def whole(series_key: str, card: Card, said: Said, slices: tuple[Reason, ...]) -> Assessment:
    """Return what is said of a patient: as much as of the surest bleed."""
    author, score, threshold = card.author(), said.score, card.default_threshold
    if score >= threshold:
        sentence = f"Speaks for a bleed into the brain ({score:.2f})."
    else:
        sentence = (
            f"Nothing reaches the threshold for a bleed into the brain ({score:.2f}, at least"
            f" {threshold:.2f} is needed); this does not rule one out."
        )
    return Assessment(
        id=stable_uid(f"{series_key}|{author.weights_sha256}|bleed|whole"),
        kind=CEREBRAL_HAEMORRHAGE,
        series_key=series_key,
        author=author,
        sentence=f"{sentence} {EVERYBODY_BLED}",
        score=score,
        threshold=threshold,
        explanation=slices,
    )


def of_picture(series_key: str, card: Card, number: int, score: float, where: str) -> Assessment:
    """Return what is said of one picture of a stack, counted from 1."""
    author = card.author()
    sentence = f"Picture {number} speaks for a bleed into the brain ({score:.2f}){where}."
    return Assessment(
        id=stable_uid(f"{series_key}|{author.weights_sha256}|bleed|picture {number}"),
        kind=CEREBRAL_HAEMORRHAGE,
        series_key=series_key,
        author=author,
        sentence=sentence,
        score=score,
        threshold=card.default_threshold,
        picture=number,
    )
