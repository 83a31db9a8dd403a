"""The networks of this program, ready to be asked by the engine that is best here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

import numpy as np

from viewer.ai import engines
from viewer.ai.card import Card, ModelFolder
from viewer.ai.engine.choosing import Candidates, chosen, tried
from viewer.ai.engine.network import (
    Compute,
    Floats,
    Names,
    Network,
    by_onnx,
    by_torch,
    graphics_card,
)
from viewer.ai.engine.onnx_writing import onnx_of
from viewer.ai.networks.shape import NetworkShape
from viewer.core.errors import Unreadable

TORCH, TORCH_CUDA = "torch", "torch_cuda"
AGREES = 1e-3
"""Greatest difference of log odds between engines."""
_TORCH_HOLDS = 1.5
"""It holds so many times what the other engines hold (`benchmarks/models.py`)."""


@lru_cache(maxsize=4)
def network_runner(model: ModelFolder) -> Network:
    """Return the network of a model, computed by the engine that is best here.

    Call it as `network_runner(model)(batch)`, or give it to `running.answered`.

    Raises:
        Unreadable: if its weights or its test vector are not those of its shape.
        Declined: if no engine gives the numbers of the test vector.
    """
    shape = shape_of(model.card)
    engine, compute = chosen(candidates(model))
    return network_as(shape, engine, compute)


def network_as(shape: NetworkShape, engine: str, compute: Compute) -> Network:
    """Return one of our networks with what computes it."""
    return Network(
        engine,
        shape.dimensions,
        shape.outputs,
        shape.wholes,
        shape.step,
        floats_per_voxel(shape) * (_TORCH_HOLDS if engine in (TORCH, TORCH_CUDA) else 1.0),
        compute,
    )


def shape_of(card: Card) -> NetworkShape:
    """Return the shape of a network that a card describes.

    Raises:
        Unreadable: if it describes none.
    """
    if card.network is None:
        raise Unreadable(f"{card.id}: its card describes no network", code="bad_card")
    return card.network


def candidates(model: ModelFolder) -> Candidates:
    """Return all that could compute one of our networks here.

    Raises:
        Unreadable: if there is no test vector for it.
    """
    shape, vector = shape_of(model.card), model.test_vector
    wanted = (vector.get("dense"), vector.get("whole"))
    complete = (wanted[0] is not None or not shape.outputs) and (
        wanted[1] is not None or not shape.wholes
    )
    if "input" not in vector or not complete:
        raise Unreadable(f"{model.card.id}: its test vector is not complete", code="damaged_model")
    return Candidates(model.card, makers_of(shape, model.weights), vector["input"], wanted)


def makers_of(
    shape: NetworkShape, weights: Mapping[str, Floats]
) -> Mapping[str, Callable[[], Compute]]:
    """Return what makes one of our networks ready, by the name of the engine."""
    makers: dict[str, Callable[[], Compute]] = {}
    if graphics_card():
        makers[TORCH_CUDA] = partial(by_torch, shape, weights, "cuda")
    for engine in engines.installed():
        makers[engine] = partial(_by_onnx, engine, shape, weights)
    makers[TORCH] = partial(by_torch, shape, weights)
    return makers


def floats_per_voxel(shape: NetworkShape) -> float:
    """Return how many numbers a network holds for each voxel of input, at most."""
    upper = shape.widths[1] if len(shape.widths) > 1 and shape.outputs else 0
    return shape.inputs + 4.0 * shape.widths[0] + 2.0 * upper + shape.outputs


def network_of_shape(shape: NetworkShape, weights: Mapping[str, Floats]) -> Network:
    """Return a network that has no card yet, as one of a fold: by the first engine that agrees.

    It must give torch's numbers for a small picture within `AGREES`; torch itself does, else.

    Raises:
        Unreadable: if the weights are not those of the shape.
    """
    makers = makers_of(shape, weights)
    sides = (2 * shape.step,) * shape.dimensions
    probe = np.random.default_rng(0).normal(size=(1, shape.inputs, *sides)).astype(np.float32)
    judge = makers[TORCH]()
    wanted = judge(probe)
    for engine in makers:
        compute, trial = tried(makers[engine], engine, probe, wanted)
        if compute is not None and trial.passed(AGREES):
            return network_as(shape, engine, compute)
    return network_as(shape, TORCH, judge)


def _by_onnx(engine: str, shape: NetworkShape, weights: Mapping[str, Floats]) -> Compute:
    return by_onnx(engine, onnx_of(shape, weights), Names())
