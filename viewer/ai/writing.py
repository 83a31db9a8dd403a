"""Writing a model folder: the weights, the test vector, and the card that vouches for them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from viewer.ai.card import CARD, TEST_VECTOR, WEIGHTS, Card

Tensors = Mapping[str, NDArray[np.float32]]


def write_folder(folder: Path, card: Card, weights: Tensors, test_vector: Tensors) -> Card:
    """Write all files of a model; return the card with their hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    hashes = []
    for name, tensors in ((WEIGHTS, weights), (TEST_VECTOR, test_vector)):
        content = save({key: np.ascontiguousarray(value) for key, value in tensors.items()})
        (folder / name).write_bytes(content)
        hashes.append((name, hashlib.sha256(content).hexdigest()))
    finished = replace(card, sha256=tuple(hashes))
    write_card(folder, finished)
    return finished


def write_card(folder: Path, card: Card) -> None:
    """Write the card alone, after a figure was added to it."""
    words = asdict(card)
    words["sha256"] = [{"file": name, "hash": value} for name, value in card.sha256]
    text = json.dumps(words, indent=2, ensure_ascii=False)
    (folder / CARD).write_text(text + "\n", encoding="utf-8")
