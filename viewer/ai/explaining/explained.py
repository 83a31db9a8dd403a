"""A map of what an answer hangs on, tried before it is shown, with what it does not show.

Meant for a worker process: `explain` is a job's work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from viewer.ai.card import ModelFolder
from viewer.ai.explaining.asked import Map, Network, score_of
from viewer.ai.explaining.methods import Method, evidence
from viewer.ai.explaining.subject import About, Subject, subject_of
from viewer.ai.explaining.trying import Deletion, Sanity, deletion, sanity
from viewer.ai.findings import stable_uid
from viewer.ai.networks.torch_net import network_of
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.progress import Part, Progress
from viewer.core.score_map import ScoreMap

TITLES = {
    Method.OCCLUSION: "Log odds lost where hidden",
    Method.GRAD_CAM: "Grad-CAM",
    Method.GRADIENTS: "Integrated gradients",
}
_SHOWS = {
    Method.OCCLUSION: "Bright where hiding a patch lowers the score most.",
    Method.GRAD_CAM: "Bright where the deepest level of the network speaks for the answer.",
    Method.GRADIENTS: "Bright where values speak for the answer, compared with an even picture.",
}
_PAST = (
    "Outlines reach this network's answer past its deepest level, too, and this map does not see"
    " that: prefer one of the other two."
)
NOT_SHOWN = (
    "It does not show where disease is, nor why: only what this network's answer hangs on, right"
    " or wrong."
)


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """A map, or none where it failed its test; `sentence` says what it is worth."""

    map: ScoreMap | None = field(repr=False)
    sentence: str
    sanity: Sanity
    deletion: Deletion
    method: Method
    log_odds: float
    """What was explained."""


def explain(
    id_: str,
    inputs: Inputs,
    about: About,
    method: Method,
    progress: Progress,
    patch: int = 0,
    own: Path | None = None,
) -> Explained:
    """Explain an answer of a model that reads images.

    Args:
        id_: The model.
        inputs: What it was asked about.
        about: What it said: a statement of a whole image, or a finding.
        method: How.
        progress: Told as it goes; a cancelled one stops there.
        patch: For occlusion, the voxels of a side of what is hidden at once; 0 chooses.
        own: The folder of added models.

    Raises:
        Declined: if the model is no network, or its input cannot be made again.
    """
    subject = subject_of(id_, inputs, about, Part(progress, 0.0, 0.1), own)
    return explained(subject, method, Part(progress, 0.1, 1.0), patch)


def explained(subject: Subject, method: Method, progress: Progress, patch: int = 0) -> Explained:
    """Make the map of an answer, and try it."""
    torch.set_num_threads(1)  # many small pictures: threads would wait for one another
    net = subject.net or _described(subject.model)
    patch = patch or subject.patch
    picture, target = subject.picture, subject.target
    found = evidence(net, picture, target, method, Part(progress, 0.0, 0.2), patch)
    tried = sanity(
        net,
        found,
        lambda other, part: evidence(other, picture, target, method, part, patch),
        Part(progress, 0.2, 0.95),
    )
    hidden = deletion(net, picture, target, found)
    highest = float(found.max())
    shown = tried.passed and highest > 0 and hidden.passed
    if shown:
        parts = [_SHOWS[method], hidden.in_words, tried.in_words, NOT_SHOWN]
    elif not tried.passed:
        parts = [tried.in_words]
    elif highest <= 0:
        parts = ["Nothing in this picture speaks for the answer, so there is no map."]
    else:
        parts = [hidden.in_words]
    past = shown and method is Method.GRAD_CAM and target.region is not None
    sentence = " ".join(part for part in (*parts, _PAST if past else "", subject.caveat) if part)
    drawn = _map(subject, method, found / highest, highest, sentence) if shown else None
    progress.report(1.0, TITLES[method])
    return Explained(drawn, sentence, tried, hidden, method, score_of(net, picture, target))


def _described(model: ModelFolder) -> Network:
    shape = model.card.network
    if shape is None:
        raise Declined(f"{model.card.title} is no network.", code="not_a_network")
    return network_of(shape, model.weights)


def _map(
    subject: Subject,
    method: Method,
    found: Map,
    highest: float,
    sentence: str,
) -> ScoreMap:
    bytes_ = subject.back(np.rint(found * 255).astype(np.uint8))
    card, about = subject.model.card, subject.about
    name = f"{about.id}|{method}|{card.weights_sha256}"
    return ScoreMap(
        stable_uid(name),
        TITLES[method],
        sentence,
        bytes_,
        subject.geometry,
        subject.series_key,
        card.author((("explained_by", method.value),)),
        0.0,
        highest,
        about=about.id if isinstance(about, Finding) else "",
    )
