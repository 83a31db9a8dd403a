"""An ONNX model of somebody else as a network that reads images.

It has one input (n, channels, [slices,] rows, columns) and answers voxel by voxel, as a whole, or
both: outputs called "dense" and "whole", or else told by their number of sides. Which label is
which output follows from the card: first those of the voxels, then those of the whole. One
voxel output more than labels means classes of which the first is none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.ai import engines
from viewer.ai.card import ONNX, TEST_VECTOR, Card, tensors, vouched
from viewer.ai.engine.choosing import Candidates, chosen
from viewer.ai.engine.network import Names, Network, by_onnx
from viewer.ai.onnx_file import check_onnx
from viewer.core.errors import Declined, Unreadable

INPUT, OUTPUT = "input.", "output."
_FLOATS_PER_VOXEL = 256.0
"""What a network that nobody knows may hold for each voxel; a common U-Net of 32 channels."""
Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the arrays of a model are called, and how many labels each answers."""

    names: Names
    outputs: int
    wholes: int


def onnx_network(folder: Path, card: Card) -> Network:
    """Return the ONNX model of a folder, computed by the engine that is best here.

    Raises:
        Unreadable: if a file is damaged, or arrays are not such as the card says.
        Declined: if no engine gives the numbers of its test vector.
    """
    content = vouched(folder, ONNX, card)
    check_onnx(content, f"{folder.name}/{ONNX}")
    vector = tensors(folder, TEST_VECTOR, card)
    meaning = meaning_of(vector, card)
    names = meaning.names
    wanted = (
        vector[OUTPUT + names.dense] if names.dense else None,
        vector[OUTPUT + names.whole] if names.whole else None,
    )
    makers = {engine: partial(by_onnx, engine, content, names) for engine in engines.installed()}
    if not makers:
        raise Declined(
            "Neither OpenVINO nor ONNX Runtime is installed; ONNX models need one of them.",
            code="no_engine",
        )
    which = Candidates(card, makers, vector[INPUT + names.input], wanted)
    engine, compute = chosen(which)
    return Network(
        engine,
        card.accepts.dimensions,
        meaning.outputs,
        meaning.wholes,
        1,
        _FLOATS_PER_VOXEL,
        compute,
        card.answers,
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
