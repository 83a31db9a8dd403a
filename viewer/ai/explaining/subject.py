"""What is to be explained: a network, the picture it saw, the number, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import ModelFolder, load_folder
from viewer.ai.engine.preparing import Prepared, prepare
from viewer.ai.engine.returning import returned
from viewer.ai.explaining.asked import Network, Picture, Target
from viewer.ai.readers import Inputs, reader_of
from viewer.core.assessment import Assessment
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress, Silent
from viewer.core.resources import resource_folder

About: TypeAlias = Assessment | Finding
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One answer of one network.

    `back` brings bytes on the picture ([slices,] rows, columns) to the voxels of the image
    (slice, row, column) as it is stored.
    """

    model: ModelFolder
    picture: Picture = field(repr=False)
    target: Target
    back: Callable[[Bytes], Bytes] = field(repr=False)
    geometry: Geometry | None
    series_key: str
    about: About
    caveat: str = ""
    """What this model's maps do not show, beyond what no map shows."""
    net: Network | None = field(default=None, repr=False)
    """The network where it is not the one that the card describes."""


class Explains(Protocol):
    """What the module of a reader has whose inputs are made in a way of their own."""

    def subject(self, inputs: Inputs, about: About, progress: Progress) -> Subject:
        """Return what is to be explained."""


def subject_of(id_: str, inputs: Inputs, about: About, progress: Progress) -> Subject:
    """Return what is to be explained of a model's answer.

    Raises:
        Declined: if the model is no network whose input can be made again.
    """
    if isinstance(about, Finding):
        about = about.as_model_had_it
    module = import_module(reader_of(id_).module)
    if hasattr(module, "subject"):
        return cast("Explains", module).subject(inputs, about, progress)
    model = load_folder(resource_folder() / "models" / id_)
    card = model.card
    if card.network is None or not card.network.outputs or not card.preparation.channels:
        raise Declined(
            f"{card.title} tells its reasons as numbers; there is no map of them.",
            code="not_a_network",
        )
    if not isinstance(about, Finding):
        raise Declined("Choose a finding of this model first.", code="no_finding")
    return _of_finding(model, inputs, about, progress)


def _of_finding(
    model: ModelFolder, inputs: Inputs, finding: Finding, progress: Progress
) -> Subject:
    """Cut the tile round a finding out of what the engine would prepare."""
    card = model.card
    network = card.network
    if network is None:
        raise Declined(f"{card.title} is no network.", code="not_a_network")
    prepared = prepare(card.preparation, inputs, progress, card.title)
    tile = _tile(prepared, finding, card.preparation.tile_voxels, network.step, network.dimensions)
    region = _region(prepared.geometry, finding, tile)
    if not region.any():
        raise Declined("This finding lies outside what the model saw.", code="outside")
    picture = prepared.channels[(slice(None), *tile)]
    flat = network.dimensions == 2
    output = next((n for n, one in enumerate(card.labels) if one == finding.kind), 0)
    output += network.outputs - max(len(card.labels), 1)

    def back(found: Bytes) -> Bytes:
        whole = np.zeros(prepared.geometry.shape, np.uint8)
        whole[tile] = found[None] if flat else found
        return returned(whole[None], prepared, Silent()).stored(0)

    return Subject(
        model,
        np.ascontiguousarray(picture[:, 0] if flat else picture),
        Target(max(0, output), region[0] if flat else region),
        back,
        prepared.stored,
        prepared.series_key,
        finding,
    )


def _tile(
    prepared: Prepared, finding: Finding, tile: tuple[int, ...], step: int, dimensions: int
) -> tuple[slice, ...]:
    """Return the tile with the finding in its middle; sides are multiples of `step`."""
    shape = prepared.geometry.shape
    middle = np.rint(prepared.geometry.to_index(finding.position)).astype(int)
    wished = (1, *tile[-2:]) if dimensions == 2 else tile
    steps = (1, step, step) if dimensions == 2 else (step, step, step)
    found = []
    for axis, (side, unit) in enumerate(zip(shape, steps, strict=True)):
        width = min(side, wished[axis]) if len(wished) == 3 else side
        width = width // unit * unit
        if not width:
            raise Declined("The image is too small to be explained.", code="too_small")
        start = int(np.clip(middle[axis] - width // 2, 0, side - width))
        found.append(slice(start, start + width))
    return tuple(found)


def _region(grid: Geometry, finding: Finding, tile: tuple[slice, ...]) -> NDArray[np.bool_]:
    """Mark the voxels of a tile that the finding covers: its mask, or else its box."""
    sides = [np.arange(part.start, part.stop) for part in tile]
    shape = tuple(len(side) for side in sides)
    places = grid.to_patient(np.stack(np.meshgrid(*sides, indexing="ij"), axis=-1).reshape(-1, 3))
    inside = np.zeros(len(places), np.bool_)
    if finding.mask is not None:
        voxels = finding.mask.voxels
        near = np.rint(finding.mask.geometry.to_index(places)).astype(int)
        there = ((near >= 0) & (near < voxels.shape)).all(axis=1)
        inside[there] = voxels[tuple(near[there].T)]
    if not inside.any():
        low, high = np.array(finding.low), np.array(finding.high)
        reach = max(grid.spacing_mm) / 2
        within = (places >= low - reach) & (places <= high + reach)
        inside = np.asarray(within.all(axis=1), np.bool_)
    return np.asarray(inside.reshape(shape))
