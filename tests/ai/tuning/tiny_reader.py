"""Stands in for the nodule finder in a test: it proposes what it is told to, with crops."""

from __future__ import annotations

import numpy as np

from viewer.ai.card import read_card
from viewer.ai.explanation import NETWORK
from viewer.ai.reading import Reading
from viewer.ai.tuning.using import shipped
from viewer.core.code import NODULE
from viewer.core.crop import Crop
from viewer.core.finding import Finding, Reason

SCORES = (0.8, 0.6, 0.3)


def admit(inputs) -> None:
    """Take everything."""


def read_inputs(inputs, progress) -> Reading:
    """Propose three nodules."""
    card = read_card(shipped("lung_nodules"))
    author = card.author()
    random = np.random.default_rng(4)
    crops = tuple(
        Crop(str(n), random.integers(0, 256, (2, 24, 24, 24), dtype=np.uint8)) for n in range(3)
    )
    findings = tuple(
        Finding(
            str(n), NODULE, None, (n, 0, 0), (n - 1, -1, -1), (n + 1, 1, 1), 2.0, 8.0, "key",
            author, score,
            explanation=(Reason("size", 9.0, "mm", 0.5), Reason(NETWORK, 2.0, "", -0.4)),
        )
        for n, score in enumerate(SCORES)
    )  # fmt: skip
    return Reading((), findings, 0.5, (card,), author, (), crops=crops)
