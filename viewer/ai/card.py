"""What is known of a model before it is let in: its card, and the files it vouches for.

A model folder holds `model.json` and the files whose SHA-256 the card states.
Weights are safetensors: plain numbers, which cannot run code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load

from viewer.ai.fields import Fields
from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.errors import Unreadable

CARD = "model.json"
WEIGHTS = "weights.safetensors"
TEST_VECTOR = "test_vector.safetensors"
LARGEST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Preparation:
    """How a picture becomes the input of the network."""

    patch_voxels: int
    steps_mm: tuple[float, ...]
    """One cube per step, each of `patch_voxels`^3, stacked as channels."""
    low_hu: float
    high_hu: float
    """Spread linearly over 0 to 1, clipped outside."""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What to expect at a threshold: sensitivity, and false marks per scan."""

    threshold: float
    sensitivity: float
    false_positives_per_scan: float


@dataclass(frozen=True, slots=True)
class Performance:
    """One measured figure: on what, how many, what came out, and the command that repeats it."""

    data: str
    n: int
    result: str
    command: str


@dataclass(frozen=True, slots=True)
class Card:
    """A model in words and numbers."""

    id: str
    version: str
    title: str
    intended_use: str
    not_for: str
    modality: str
    licence: str
    trained_on: str
    preparation: Preparation
    features: tuple[str, ...]
    labels: tuple[Code, ...]
    operating_on: str
    """The data behind the operating table."""
    operating: tuple[OperatingPoint, ...]
    default_threshold: float
    performance: tuple[Performance, ...]
    sha256: tuple[tuple[str, str], ...]

    @property
    def weights_sha256(self) -> str:
        """The hash that tells these weights from all others."""
        return dict(self.sha256).get(WEIGHTS, "")

    def author(self, parameters: tuple[tuple[str, str], ...] = ()) -> Author:
        """Return who signs what this model says."""
        return Author(self.title, True, self.version, self.weights_sha256, parameters)


@dataclass(frozen=True, slots=True, eq=False)
class ModelFolder:
    """A model whose files are what its card says."""

    card: Card
    weights: Mapping[str, NDArray[np.float32]] = field(repr=False)
    test_vector: Mapping[str, NDArray[np.float32]] = field(repr=False)


def read_card(folder: Path) -> Card:
    """Read what a model says of itself, without its weights.

    Raises:
        Unreadable: if there is no card or it is incomplete.
    """
    path = folder / CARD
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise Unreadable(
            f"{folder.name}: no model card can be read there", code="no_model"
        ) from problem
    except ValueError as problem:
        raise Unreadable(f"{path.name}: the model card is damaged", code="bad_card") from problem
    return _card(Fields.of(found, f"{folder.name}/{CARD}"))


def load_folder(folder: Path) -> ModelFolder:
    """Read a model and check every file against its card.

    Raises:
        Unreadable: if a file is missing, damaged or another one than the card names.
    """
    card = read_card(folder)
    stated = dict(card.sha256)
    return ModelFolder(
        card, _tensors(folder, WEIGHTS, stated), _tensors(folder, TEST_VECTOR, stated)
    )


def _tensors(
    folder: Path, name: str, stated: Mapping[str, str]
) -> Mapping[str, NDArray[np.float32]]:
    path = folder / name
    where = f"{folder.name}/{name}"
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise Unreadable(f"{where}: larger than any model of ours", code="damaged_model")
        content = path.read_bytes()
    except OSError as problem:
        raise Unreadable(f"{where}: cannot be read", code="no_model") from problem
    if hashlib.sha256(content).hexdigest() != stated.get(name):
        raise Unreadable(
            f"{where}: not the file its card vouches for; install the model again",
            code="hash_mismatch",
        )
    try:
        return load(content)
    except (SafetensorError, ValueError, KeyError) as problem:
        raise Unreadable(
            f"{where}: damaged; install the model again", code="damaged_model"
        ) from problem


def _card(fields: Fields) -> Card:
    preparation = fields.part("preparation")
    return Card(
        id=fields.text("id"),
        version=fields.text("version"),
        title=fields.text("title"),
        intended_use=fields.text("intended_use"),
        not_for=fields.text("not_for"),
        modality=fields.text("modality"),
        licence=fields.text("licence"),
        trained_on=fields.text("trained_on"),
        preparation=Preparation(
            patch_voxels=int(preparation.number("patch_voxels")),
            steps_mm=preparation.numbers("steps_mm"),
            low_hu=preparation.number("low_hu"),
            high_hu=preparation.number("high_hu"),
        ),
        features=fields.texts("features"),
        labels=tuple(
            Code(part.text("value"), part.text("scheme"), part.text("meaning"))
            for part in fields.parts("labels")
        ),
        operating_on=fields.text("operating_on"),
        operating=tuple(
            OperatingPoint(
                part.number("threshold"),
                part.number("sensitivity"),
                part.number("false_positives_per_scan"),
            )
            for part in fields.parts("operating")
        ),
        default_threshold=fields.number("default_threshold"),
        performance=tuple(
            Performance(
                part.text("data"), int(part.number("n")), part.text("result"), part.text("command")
            )
            for part in fields.parts("performance")
        ),
        sha256=tuple((part.text("file"), part.text("hash")) for part in fields.parts("sha256")),
    )
