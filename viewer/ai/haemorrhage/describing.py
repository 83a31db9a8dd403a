"""The card of the bleed finder in words."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.ai.card import Card, OperatingPoint, Performance
from viewer.ai.haemorrhage.learning import SHAPE
from viewer.ai.haemorrhage.marks import MARK_FEATURES
from viewer.ai.haemorrhage.words import (
    CEREBRAL_HAEMORRHAGE,
    EVERYBODY_BLED,
    HEAD,
    MODEL,
    NEVER_ON_HU,
    PREPARATION,
    THRESHOLD,
    TITLE,
)


def card_of(
    patients: int,
    folds: int,
    table: Sequence[OperatingPoint],
    figures: Sequence[Performance],
) -> Card:
    """Return the card, without the hashes of the files."""
    return Card(
        id=MODEL,
        version="1.0",
        title=TITLE,
        architecture="network",
        intended_use=(
            "Research use: a second look for spontaneous bleeds into the brain on CT of the head"
            " without contrast medium, after the first reading; in HU, or as 8-bit pictures in a"
            " brain window."
        ),
        not_for=(
            "Diagnosis, triage, ruling a bleed out; bleeds outside the brain (subdural, epidural,"
            " subarachnoid), injuries, children, after operations or contrast medium: none was"
            f" among the cases. {NEVER_ON_HU} {EVERYBODY_BLED}"
        ),
        accepts=HEAD,
        licence=(
            "For non-commercial use only, as the data learned from (PHE-SICH-CT-IDS, Ma et al.,"
            " arXiv 2308.10521)"
        ),
        non_commercial=True,
        experimental=False,
        trained_on=(
            f"PHE-SICH-CT-IDS: {patients} patients with a spontaneous bleed into the brain,"
            " pictures of 256 pixels in a brain window (no HU, no spacing), boxes round the bleed."
            " What is inside a box and brighter than half way from brain to the brightest is taken"
            f" for clot; nobody outlined it. Figures come from {folds} networks, each judged on"
            f" patients it never saw; the one that ships learned from all {patients}."
        ),
        preparation=PREPARATION,
        features=MARK_FEATURES,
        labels=(CEREBRAL_HAEMORRHAGE,),
        operating_on=(
            f"{patients} patients by cross-validation, each with one bleed; a find counts if its"
            " middle lies in the box of its surest slice"
        ),
        operating=tuple(table),
        default_threshold=THRESHOLD,
        performance=tuple(figures),
        tolerance=2e-3,
        sha256=(),
        network=SHAPE,
    )
