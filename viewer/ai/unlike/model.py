"""The model that ships: the network that mends slices, and the usual patches it is used with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Card, ModelFolder, load_folder
from viewer.ai.networks.torch_net import Net, network_of, weights_of
from viewer.ai.unlike.heads import Bytes, Head, Pictures, blurred, head_of
from viewer.ai.unlike.patches import (
    CHANGE,
    NAMES,
    Floats,
    Memory,
    patches,
    spread_out,
    usual_patches,
)
from viewer.ai.unlike.restoring import restored
from viewer.core.errors import Unreadable
from viewer.core.resources import resource_folder

MODEL = "unlike_head_ct"
NET, MEMORY = "net.", "memory."
FEATURES = (*NAMES, CHANGE)


@dataclass(frozen=True, slots=True, eq=False)
class UnlikeModel:
    """A network and a memory, with their card."""

    card: Card
    net: Net = field(repr=False)
    memory: Memory = field(repr=False)

    def mapped(self, head: Head) -> Pictures:
        """Return how far each brain pixel (slice, SIDE, SIDE) is from its nearest usual ones."""
        return unlike(self.net, self.memory.distances(), head)

    def slices(self, slices: Bytes) -> Pictures:
        """Return the map of slices as they are stored (slice, row, column).

        Raises:
            Declined: if there is no inside of a skull in them.
        """
        head = head_of(slices)
        return head.stored(self.mapped(head))


def unlike(net: Net, distances: Callable[[Floats], Floats], head: Head) -> Pictures:
    """Return the map of a head (slice, SIDE, SIDE)."""
    rows = patches(head, restored(net, head))
    return blurred(head, spread_out(head, distances(rows)))


def remembering(
    net: Net, heads: Sequence[Head], usual: Sequence[NDArray[np.intp]], seed: int
) -> Memory:
    """Return the memory of the usual slices of some heads, as the network sees them."""
    return Memory.of(usual_patches(heads, usual, [restored(net, one) for one in heads]), seed)


def tensors_of(net: Net, memory: Memory) -> dict[str, NDArray[np.float32]]:
    """Return all numbers of a model by name."""
    named = {NET + name: value for name, value in weights_of(net).items()}
    named[MEMORY + "remembered"] = memory.remembered
    named[MEMORY + "scale"] = memory.scale
    return named


def model_of(found: ModelFolder) -> UnlikeModel:
    """Return the model in a folder, if its parts fit together.

    Raises:
        Unreadable: if an array is missing, of another shape, or made for other features.
    """
    if found.card.features != FEATURES or found.card.network is None:
        raise Unreadable(
            f"{found.card.id}: made for another version of the features.", code="other_features"
        )
    layers = {
        name.removeprefix(NET): value
        for name, value in found.weights.items()
        if name.startswith(NET)
    }
    try:
        net = network_of(found.card.network, layers)
    except RuntimeError as why:
        raise _damaged(found.card) from why
    return UnlikeModel(found.card, net, _memory(found.card, found.weights))


def _memory(card: Card, weights: Mapping[str, NDArray[np.float32]]) -> Memory:
    remembered, scale = weights.get(MEMORY + "remembered"), weights.get(MEMORY + "scale")
    if remembered is None or scale is None or remembered.ndim != 2 or len(remembered) < 1:
        raise _damaged(card)
    sound = remembered.shape[1:] == scale.shape == (len(FEATURES),)
    if not sound or not np.isfinite(remembered).all() or not (scale > 0).all():
        raise _damaged(card)
    return Memory(remembered, scale)


def _damaged(card: Card) -> Unreadable:
    return Unreadable(f"{card.id}: its weights are damaged.", code="damaged_model")


def load_unlike(folder: Path | None = None) -> UnlikeModel:
    """Read the model of a folder, or the one that comes with the program.

    Raises:
        Unreadable: if a file is missing or damaged.
    """
    return model_of(load_folder(folder or resource_folder() / "models" / MODEL))


def tried(found: ModelFolder) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
    """Return the map that the test vector wants and the one that comes out here."""
    slices = found.test_vector["slices"].clip(0, 255).astype(np.uint8)
    return found.test_vector["map"], model_of(found).slices(slices)


def made_up_head() -> Bytes:
    """Make slices (4, 96, 112) of a ring of bone with a brain and a bright spot, of nobody."""
    rows, columns = np.mgrid[0:96, 0:112].astype(np.float64)
    slices = np.zeros((4, 96, 112), dtype=np.uint8)
    for number, size in enumerate((0.8, 0.95, 1.0, 0.85)):
        away = np.hypot((rows - 47) / 38, (columns - 56) / 46) / size
        tissue = 98 + 6 * np.sin(rows / 5 + number) + 5 * np.cos(columns / 7)
        slices[number] = np.where(away < 0.88, tissue, np.where(away < 1, 255, 0))
    spot = np.hypot(rows - 36, columns - 44) < 6
    slices[2][spot] = 190
    return slices
