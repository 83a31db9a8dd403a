"""What the arrays of somebody else's model are: its input, and what each of its outputs answers.

A model has one input (n, channels, [slices,] rows, columns) and answers voxel by voxel, as a whole,
or both: outputs called "dense" and "whole", or else told by their number of sides. Which label is
which output follows from the card: first those of the voxels, then those of the whole. One
voxel output more than labels means classes of which the first is none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import TEST_VECTOR, Card, tensors
from viewer.ai.engine.choosing import Candidates, chosen
from viewer.ai.engine.network import Compute, Names, Network
from viewer.core.errors import Unreadable

INPUT, OUTPUT = "input.", "output."
Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the arrays of a model are called, and how many labels each answers."""

    names: Names
    outputs: int
    wholes: int


@dataclass(frozen=True, slots=True, eq=False)
class Guest:
    """A model of somebody else: its card, its test vector, and what the arrays of both mean."""

    card: Card
    vector: Mapping[str, NDArray[np.float32]] = field(repr=False)
    meaning: Meaning

    @classmethod
    def of(cls, folder: Path, card: Card) -> Guest:
        """Read the test vector of a folder.

        Raises:
            Unreadable: if it is damaged, or its arrays are not such as the card says.
        """
        vector = tensors(folder, TEST_VECTOR, card)
        return cls(card, vector, meaning_of(vector, card))

    def candidates(self, makers: Mapping[str, Callable[[], Compute]]) -> Candidates:
        """Return ways to compute it, with the numbers of the test vector that they must give."""
        names = self.meaning.names
        wanted = (
            self.vector[OUTPUT + names.dense] if names.dense else None,
            self.vector[OUTPUT + names.whole] if names.whole else None,
        )
        return Candidates(self.card, makers, self.vector[INPUT + names.input], wanted)

    def network(
        self, makers: Mapping[str, Callable[[], Compute]], floats_per_voxel: float
    ) -> Network:
        """Return it computed by the engine that is best here.

        Raises:
            Declined: if no engine gives the numbers of its test vector.
        """
        engine, compute = chosen(self.candidates(makers))
        return Network(
            engine,
            self.card.accepts.dimensions,
            self.meaning.outputs,
            self.meaning.wholes,
            1,
            floats_per_voxel,
            compute,
            self.card.answers,
            whole_tiles=True,
        )


def meaning_of(vector: Arrays, card: Card) -> Meaning:
    """Tell what the arrays of a model are, by its test vector and the labels of its card.

    Raises:
        Unreadable: if they do not fit each other.
    """
    dimensions = card.accepts.dimensions
    inputs = _named(vector, INPUT)
    outputs = _named(vector, OUTPUT)
    channels = len(card.preparation.channels)
    if len(inputs) != 1:
        raise Unreadable(
            f"{card.id}: the model has {len(inputs)} inputs; one that reads images has one",
            code="wrong_inputs",
        )
    (name, picture), *_ = inputs.items()
    if picture.ndim != dimensions + 2 or picture.shape[1] != channels:
        raise Unreadable(
            f"{card.id}: the model does not take the {channels} channels of its card",
            code="wrong_inputs",
        )
    dense = _one(outputs, "dense", dimensions + 2)
    whole = _one(outputs, "whole", 2)
    for a, b in _counts(outputs, dense, whole):
        if a + b == len(card.labels) > 0:
            return Meaning(Names(name, dense, whole), a, b)
    raise Unreadable(
        f"{card.id}: the model does not answer for the {len(card.labels)} labels of its card",
        code="wrong_outputs",
    )


def _named(vector: Arrays, prefix: str) -> dict[str, NDArray[np.generic]]:
    return {
        name.removeprefix(prefix): value
        for name, value in vector.items()
        if name.startswith(prefix)
    }


def _one(outputs: Arrays, usual: str, sides: int) -> str:
    """Return the name of the output with so many sides: the usual one, or the only one."""
    fitting = [name for name, value in outputs.items() if value.ndim == sides]
    if usual in fitting:
        return usual
    return fitting[0] if len(fitting) == 1 else ""


def _counts(outputs: Arrays, dense: str, whole: str) -> list[tuple[int, int]]:
    """Return how many labels voxels and whole may answer, without and with a class for none."""
    a = outputs[dense].shape[1] if dense else 0
    b = outputs[whole].shape[1] if whole else 0
    return [
        (a - less, b - fewer)
        for less in ((0, 1) if a > 1 else (0,))
        for fewer in ((0, 1) if b > 1 else (0,))
    ]
