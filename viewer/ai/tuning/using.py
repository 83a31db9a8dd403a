"""Scores as a network gives them that was trained further here.

The reading is that of the model as it came; then the new last layers look at the crop of each
finding, and the score moves by what they say otherwise. So a finding can be had as it came, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from viewer.ai.adapting import Adaptation, adaptation_from, promising_nothing
from viewer.ai.card import Card, ModelFolder, load_folder
from viewer.ai.explanation import NETWORK
from viewer.ai.reading import Reading
from viewer.ai.tuning.weights import Weights, read_weights
from viewer.core.crop import Crop
from viewer.core.errors import Unreadable
from viewer.core.finding import Finding, Reason
from viewer.core.resources import resource_folder
from viewer.core.study import Notice

TUNABLE = "nodule_ranking"
"""The architecture whose network can be trained further here."""
SHARE = "odds.weight"


def tunable(card: Card) -> bool:
    """Tell whether the network of a model of the program can be trained further here."""
    return card.architecture == TUNABLE


def shipped(id_: str) -> Path:
    """Return the folder of a model of the program."""
    return resource_folder() / "models" / id_


def share_of(weights: Weights) -> float:
    """Return what the log odds of the network are taken times in a score."""
    return float(weights[SHARE][-1])


def tuned_reading(
    reading: Reading, texts: Sequence[str], own: Path, folder: Path | None = None
) -> Reading:
    """Return what a model read as it learned here; what is of other models does nothing.

    Args:
        reading: Of the model as it came, with crops.
        texts: What was learned and is in use.
        own: The folder of the reader's own models.
        folder: Of the model; that of the program if left out.
    """
    for card in reading.models:
        learned = _learned(texts, card)
        if learned is None:
            continue
        try:
            model = load_folder(folder or shipped(card.id))
            weights = read_weights(own, learned.tuned_sha256, model)
        except Unreadable as why:
            return replace(reading, notices=(*reading.notices, Notice(why.code, str(why))))
        return _retold(reading, learned, model, weights)
    return reading


def _learned(texts: Sequence[str], card: Card) -> Adaptation | None:
    """Return what the network of a model learned; damaged texts are told of elsewhere."""
    for text in texts:
        with suppress(Unreadable):
            one = adaptation_from(text)
            if one.tuned_sha256 and one.weights_sha256 == card.weights_sha256 and tunable(card):
                return one
    return None


def _retold(reading: Reading, learned: Adaptation, model: ModelFolder, weights: Weights) -> Reading:
    crops = {one.finding_id: one for one in reading.crops}
    moved = _moved([one for one in reading.findings if one.id in crops], crops, model, weights)
    findings = [
        _seen_anew(one, learned, *moved[one.id]) if one.id in moved else one
        for one in reading.findings
    ]
    sentence = (
        f"The network was trained further by {learned.verdicts} verdicts of {learned.patients}"
        " patients here; the figures of the model's card were measured without that."
    )
    return replace(
        reading,
        findings=tuple(sorted(findings, key=lambda one: -(one.score or 0.0))),
        models=tuple(_named(card, learned) for card in reading.models),
        author=replace(
            reading.author,
            version=learned.version(reading.author.version),
            weights_sha256=learned.tuned_sha256,
        ),
        notices=(*reading.notices, Notice("tuned", sentence)),
    )


def _moved(
    findings: Sequence[Finding],
    crops: Mapping[str, Crop],
    model: ModelFolder,
    weights: Weights,
) -> dict[str, tuple[float, float]]:
    """Return by finding what the network says now, and by how much the score's odds move."""
    if not findings:
        return {}
    from viewer.ai.tuning.tail import log_odds, net_of

    seen = np.stack([crops[one.id].voxels for one in findings])
    now = log_odds(net_of(weights), seen)
    came = log_odds(net_of(model.weights), seen)
    by = share_of(model.weights) * (now - came)
    rows = zip(findings, now, by, strict=True)
    return {one.id: (float(says), float(moves)) for one, says, moves in rows}


def _seen_anew(finding: Finding, learned: Adaptation, says: float, moves: float) -> Finding:
    """Return a finding as the network sees it now: what it says, and what the odds move by."""
    weighed = learned.adapted(finding)
    before = next((one.contribution for one in weighed.explanation if one.name == NETWORK), None)
    pushed = round((before or 0.0) + moves, 3)
    line = Reason(NETWORK, round(float(np.exp(says)), 3), "", pushed)
    return learned.tuned(weighed, line, moves)


def _named(card: Card, learned: Adaptation) -> Card:
    """Return the card of a model with the version and the hash of its weights as they are now."""
    if card.weights_sha256 != learned.weights_sha256:
        return card
    card = promising_nothing(card, learned)
    hashes = tuple(
        (file, learned.tuned_sha256 if file == card.weights_file else hash_)
        for file, hash_ in card.sha256
    )
    return replace(card, version=learned.version(card.version), sha256=hashes)
