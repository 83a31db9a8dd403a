"""Asking a network about a prepared picture, tile by tile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Card
from viewer.ai.engine.memory import fits, require
from viewer.ai.engine.network import Network
from viewer.ai.engine.preparing import Prepared
from viewer.ai.engine.tiles import Blend, Plan, cut, most_open, plan
from viewer.core.geometry import Shape
from viewer.core.progress import Part, Progress

Bytes = NDArray[np.uint8]
_MOST_BATCH = 16
_BATCH_VALUES = 1_000_000
"""So many voxels of input go into one batch at most: a batch takes well under two seconds."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a network is asked, beyond what its card says."""

    flips: tuple[int, ...] = ()
    """Axes (0 slice, 1 row, 2 column) along which the picture is flipped too; the mean of all
    combinations counts."""

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Return this as parameters of an author."""
        return (("flips", ",".join(map(str, self.flips))),) if self.flips else ()


PLAIN = Asking()


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a network says of a prepared picture.

    `dense` is (outputs, slices, rows, columns), 255 for a probability of 1, on the working grid;
    None for a network that answers only as a whole. `wholes` is (tiles, statements), 0 to 1, and
    `places` (tiles, 3) where each tile begins.
    """

    dense: Bytes | None = field(repr=False)
    wholes: NDArray[np.float32] = field(repr=False)
    places: NDArray[np.int32] = field(repr=False)
    engine: str = ""

    @property
    def highest(self) -> NDArray[np.float32]:
        """The greatest probability of each statement in any tile."""
        return np.asarray(self.wholes.max(axis=0)) if self.wholes.size else np.zeros(0, np.float32)


def answered(
    network: Network,
    card: Card,
    prepared: Prepared,
    progress: Progress,
    asking: Asking = PLAIN,
) -> Answer:
    """Ask a network about a prepared picture.

    Args:
        network: What computes; see `asking.network_runner`.
        card: Of its model: the size of tiles, and how much they overlap.
        prepared: The picture.
        progress: Told after each batch; a cancelled one stops there.
        asking: Flips.

    Raises:
        Declined: if there is too little memory even for one tile at a time.
        Unreadable: if the network cannot be computed for such tiles.
    """
    shape = prepared.geometry.shape
    tiles = plan_of(card, shape, network)
    batch = _batch(network, tiles, len(prepared.channels), card.title)
    outputs = network.outputs
    blend = Blend(tiles, outputs, most_open(tiles, batch)) if outputs else None
    wholes: list[NDArray[np.float32]] = []
    for number in range(0, len(tiles.starts), batch):
        part = Part(progress, number / len(tiles.starts), (number + batch) / len(tiles.starts))
        starts = tiles.starts[number : number + batch]
        if blend is not None:
            blend.close(starts[0][0])
        pictures = np.stack([cut(prepared.channels, tiles, start) for start in starts])
        dense, whole = _asked(network, _filled(pictures, batch), asking.flips, part)
        for k, start in enumerate(starts):
            if blend is not None and dense is not None:
                blend.add(start, dense[k])
            if whole is not None:
                wholes.append(whole[k])
    if blend is not None:
        blend.close(shape[0])
    progress.report(1.0, card.title)
    return Answer(
        None if blend is None else blend.bytes,
        np.array(wholes, np.float32),
        np.array(tiles.starts, np.int32),
        network.engine,
    )


def plan_of(card: Card, shape: Shape, network: Network) -> Plan:
    """Return the tiles that a card asks for; networks of two dimensions take slice by slice."""
    count, step = network.dimensions, network.step
    tile = card.preparation.tile_voxels[-count:] or (0,) * count
    steps = tile if network.whole_tiles else (step,) * count
    if count == 2:
        tile, steps = (1, *tile), (1, *steps)
    return plan(shape, tile, card.preparation.overlap, steps)


def _filled(pictures: NDArray[np.float32], batch: int) -> NDArray[np.float32]:
    """Return a batch of full size: engines are quickest if it is always the same."""
    lacking = batch - len(pictures)
    if not lacking:
        return pictures
    return np.concatenate([pictures, np.zeros((lacking, *pictures.shape[1:]), np.float32)])


def _asked(
    network: Network, pictures: NDArray[np.float32], flips: Sequence[int], progress: Progress
) -> tuple[NDArray[np.float32] | None, NDArray[np.float32] | None]:
    """Return probabilities of voxels and wholes, the mean over all flips."""
    dense_sum: NDArray[np.float32] | None = None
    whole_sum: NDArray[np.float32] | None = None
    ways = list(_combinations(flips))
    for number, way in enumerate(ways):
        progress.report(number / len(ways))
        axes = tuple(axis + 2 for axis in way)
        dense, whole = network.probabilities(np.flip(pictures, axes) if axes else pictures)
        if dense is not None:
            dense = np.flip(dense, axes) if axes else dense
            dense_sum = dense if dense_sum is None else dense_sum + dense
        if whole is not None:
            whole_sum = whole if whole_sum is None else whole_sum + whole
    count = np.float32(len(ways))
    if count == 1:
        return dense_sum, whole_sum
    return (
        None if dense_sum is None else dense_sum / count,
        None if whole_sum is None else whole_sum / count,
    )


def _combinations(flips: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for chosen in product((False, True), repeat=len(flips)):
        yield tuple(axis for axis, flipped in zip(flips, chosen, strict=True) if flipped)


def _batch(network: Network, tiles: Plan, channels: int, title: str) -> int:
    """Return how many tiles are asked about at once, within the memory that is there.

    Raises:
        Declined: if even one at a time is too many.
    """
    voxels = int(np.prod(tiles.tile))
    wished = 1
    if network.dimensions == 2:
        wished = min(_MOST_BATCH, len(tiles.starts), _BATCH_VALUES // (voxels * channels))
    wished = max(1, wished)
    while wished > 1 and not fits(_needed(network, tiles, channels, wished)):
        wished //= 2
    require(_needed(network, tiles, channels, wished), title)
    return wished


def _needed(network: Network, tiles: Plan, channels: int, batch: int) -> int:
    voxels = int(np.prod(tiles.tile)) * batch
    inside = int(voxels * network.floats_per_voxel * 4)
    between = voxels * 4 * (2 * channels + 4 * network.outputs)
    held = Blend.needed(tiles, network.outputs, most_open(tiles, batch)) if network.outputs else 0
    return inside + between + held
