"""What is to be explained: a network, the picture it saw, the number, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import ModelFolder, load_folder
from viewer.ai.engine.preparing import Prepared, prepare
from viewer.ai.engine.returning import returned
from viewer.ai.explaining.asked import Network, OneAgainstRest, Picture, Target
from viewer.ai.networks.torch_net import network_of
from viewer.ai.readers import READERS, Inputs, reader_of
from viewer.ai.registry import Registry
from viewer.core.assessment import Assessment
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress, Silent
from viewer.core.resources import resource_folder

About: TypeAlias = Assessment | Finding
Bytes = NDArray[np.uint8]
_AROUND = 12
"""Voxels of the network's grid round a finding that are looked at in three dimensions."""
_PATCHES_IN_SPACE = 4
"""There, hidden parts are this part of the longest side; they overlap by half."""


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
    patch: int = 0
    """Voxels of a side of what is hidden at once where nobody says; 0 goes by the picture."""


class Explains(Protocol):
    """What the module of a reader has whose inputs are made in a way of their own."""

    def subject(self, inputs: Inputs, about: About, progress: Progress) -> Subject:
        """Return what is to be explained."""


def subject_of(
    id_: str, inputs: Inputs, about: About, progress: Progress, own: Path | None = None
) -> Subject:
    """Return what is to be explained of a model's answer; `own` is the folder of added models.

    Raises:
        Declined: if the model is no network whose input can be made again.
    """
    if isinstance(about, Finding):
        about = about.as_model_had_it
    if id_ not in {one.id for one in READERS}:
        return _of_guest(id_, inputs, about, progress, own)
    module = import_module(reader_of(id_).module)
    if hasattr(module, "subject"):
        return cast("Explains", module).subject(inputs, about, progress)
    model = load_folder(resource_folder() / "models" / id_)
    return subject_of_finding(model, inputs, about, progress)


def _of_guest(
    id_: str, inputs: Inputs, about: About, progress: Progress, own: Path | None
) -> Subject:
    """Return what is to be explained of an added model, if its weights can be shuffled."""
    if own is None:
        raise Declined("The model that said this is not here any more.", code="no_model")
    entry = Registry(own).entry(id_)
    if entry.card is None:
        raise Declined(f"The model that said this is damaged: {entry.problem}", code="damaged")
    if entry.card.architecture != "network":
        raise Declined(
            f"{entry.card.title} comes as a finished program whose weights cannot be shuffled, so "
            "no map of it could be tried, and none is made.",
            code="not_a_network",
        )
    return subject_of_finding(load_folder(entry.folder), inputs, about, progress)


def subject_of_finding(
    model: ModelFolder, inputs: Inputs, about: About, progress: Progress
) -> Subject:
    """Cut the part round a finding out of what the engine would prepare.

    Raises:
        Declined: if it is no finding, or the model no network that answers voxel by voxel.
    """
    card = model.card
    network = card.network
    if network is None or not card.preparation.channels:
        raise Declined(
            f"{card.title} tells its reasons as numbers; there is no map of them.",
            code="not_a_network",
        )
    if not network.outputs or not isinstance(about, Finding):
        raise Declined("Choose a finding of this model first.", code="no_finding")
    prepared = prepare(card.preparation, inputs, progress, card.title)
    tile = _tile(prepared, about, card.preparation.tile_voxels, network.step, network.dimensions)
    region = _region(prepared.geometry, about, tile)
    if not region.any():
        raise Declined("This finding lies outside what the model saw.", code="outside")
    picture = prepared.channels[(slice(None), *tile)]
    flat = network.dimensions == 2
    label = next((n for n, one in enumerate(card.labels) if one == about.kind), 0)
    softmax = network.outputs > len(card.labels) > 0
    net = network_of(network, model.weights)

    def back(found: Bytes) -> Bytes:
        whole = np.zeros(prepared.geometry.shape, np.uint8)
        whole[tile] = found[None] if flat else found
        return returned(whole[None], prepared, Silent()).stored(0)

    return Subject(
        model,
        np.ascontiguousarray(picture[:, 0] if flat else picture),
        Target(min(label + softmax, network.outputs - 1), region[0] if flat else region),
        back,
        prepared.stored,
        prepared.series_key,
        about,
        net=OneAgainstRest(net) if softmax else net,
        patch=0 if flat else max(3, -(-max(region.shape) // _PATCHES_IN_SPACE)),
    )


def _tile(
    prepared: Prepared, finding: Finding, tile: tuple[int, ...], step: int, dimensions: int
) -> tuple[slice, ...]:
    """Return the part with the finding in its middle; sides are multiples of `step`.

    A network in three dimensions sees what is near the finding: each hidden place costs an answer.
    """
    grid = prepared.geometry
    middle = np.rint(grid.to_index(finding.position)).astype(int)
    limits = [min(side, one) for side, one in zip(grid.shape[-len(tile) :], tile, strict=True)]
    sides = limits or list(grid.shape[-dimensions:])
    if dimensions == 3:
        corners = list(product(*zip(finding.low, finding.high, strict=True)))
        extent = np.ptp(grid.to_index(np.array(corners)), axis=0)
        sides = [min(a, round(b) + 2 * _AROUND) for a, b in zip(sides, extent, strict=True)]
    widths = [width // step * step for width in sides]
    if not all(widths):
        raise Declined("The image is too small to be explained.", code="too_small")
    found = []
    for axis, width in enumerate(widths if dimensions == 3 else (1, *widths)):
        start = int(np.clip(middle[axis] - width // 2, 0, grid.shape[axis] - width))
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
