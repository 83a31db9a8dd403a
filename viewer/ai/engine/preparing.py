"""From the images of a study to the input of a network, on one working grid.

The image in front fixes the grid: its own axes, turned upright if the card wants the patient's
orientation, with the steps that the card names. It is stretched along its axes (`scaling`); the
others are sampled onto the grid by their places in the patient (`sampling`). Then values are
spread: a range over 0 to 1, clipped; or to mean 0 and deviation 1 over what is no background,
which are the voxels brighter than the mean of the picture, the rest being spread by the same
numbers. Padding counts as the low end of the range, or as the least value there is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Channel, Preparation
from viewer.ai.engine.channels import Chosen, chosen
from viewer.ai.engine.memory import require
from viewer.ai.engine.sampling import sampled
from viewer.ai.engine.scaling import Scaling, scaled_grid
from viewer.ai.readers import Inputs
from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress
from viewer.core.study import Notice
from viewer.core.volume import Volume, padded
from viewer.imaging.upright import Turn

Channels = NDArray[np.float32]
_SAMPLED = 11
"""Bytes for each voxel of an image while it is sampled: its values twice, and what is nothing."""
_FARTHEST = 20.0
"""Standardised values are clipped this many deviations from the mean."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """The input of a network, and where it lies.

    `channels` is (channels, slices, rows, columns) on `geometry`, missing images 0 everywhere.
    `inside` has the same shape: where the image of a channel really has something. `turn` leads
    from the stored grid of the image in front to an upright one with the same voxels.
    """

    channels: Channels = field(repr=False)
    geometry: Geometry
    inside: NDArray[np.bool_] = field(repr=False)
    present: tuple[bool, ...]
    front: int
    turn: Turn
    stored: Geometry
    series_key: str
    notices: tuple[Notice, ...] = ()
    used: tuple[str, ...] = ()
    """The keys of the series that went in."""


def prepare(
    preparation: Preparation, inputs: Inputs, progress: Progress, title: str = "This model"
) -> Prepared:
    """Bring the images that a model asks for onto one grid, spread as its card says.

    Args:
        preparation: How, as the card has it; `channels` names the images.
        inputs: The image in front, and others of the study.
        progress: Told after each image; a cancelled one stops there.
        title: Who asks, for refusals.

    Raises:
        Declined: if an image is missing, of another kind, unit or space, or memory is short.
    """
    taken = chosen(preparation.channels, inputs, title)
    front = taken.in_front
    turn = turn_of(front.geometry, preparation)
    grid = scaled_grid(turn.geometry, preparation.spacing_mm)
    count = len(preparation.channels)
    require(_needed(grid, count, front) + _to_sample(taken), title)
    channels = np.zeros((count, *grid.shape), np.float32)
    inside = np.zeros((count, *grid.shape), np.bool_)
    for number, (channel, volume) in enumerate(
        zip(preparation.channels, taken.volumes, strict=True)
    ):
        part = Part(progress, number / count, (number + 1) / count)
        if volume is None:
            continue
        if number == taken.front:
            _stretch(volume, turn, channel, channels[number], inside[number], grid, part)
        else:
            sampled(volume, grid, _nothing(volume, channel), channels[number], inside[number], part)
        spread(channels[number], inside[number], channel)
        part.report(1.0, channel.modality)
    return Prepared(
        channels,
        grid,
        inside,
        tuple(volume is not None for volume in taken.volumes),
        taken.front,
        turn,
        front.geometry,
        front.series_key,
        taken.notices,
        tuple(volume.series_key for volume in taken.volumes if volume is not None),
    )


def turn_of(stored: Geometry, preparation: Preparation) -> Turn:
    """Return how the image in front is turned before it is asked about."""
    if preparation.orientation == "patient":
        return Turn.of(stored)
    return Turn((0, 1, 2), (False, False, False), stored)


def spread(values: NDArray[np.float32], inside: NDArray[np.bool_], channel: Channel) -> None:
    """Spread the values of one channel in place; what is outside becomes 0.

    Args:
        values: In the unit of the channel.
        inside: Where the image has something.
        channel: Its range, or that it is standardised.
    """
    if channel.standardised and channel.over == "nonzero":
        inside = inside & (values != 0)
    if channel.standardised:
        mean, deviation = _foreground(values, inside, channel.over)
        values -= np.float32(mean)
        values /= np.float32(deviation)
        np.clip(values, -_FARTHEST, _FARTHEST, out=values)
    else:
        values -= np.float32(channel.low)
        values /= np.float32(channel.high - channel.low)
        np.clip(values, 0, 1, out=values)
    values[~inside] = 0


def _foreground(
    values: NDArray[np.float32], inside: NDArray[np.bool_], over: str = "bright"
) -> tuple[float, float]:
    """Return mean and deviation: of what is brighter than the mean of the picture, or of all."""
    here = values[inside]
    if not here.size:
        return 0.0, 1.0
    bright = here[here > here.mean(dtype=np.float64)] if over == "bright" else here
    bright = bright if bright.size else here
    deviation = float(bright.std(dtype=np.float64))
    return float(bright.mean(dtype=np.float64)), deviation if deviation > 1e-6 else 1.0


def _nothing(volume: Volume, channel: Channel) -> float:
    """Return the value that stands in for padding."""
    if not channel.standardised:
        return channel.low
    least = math.inf
    for stored in volume.voxels:
        values, nothing = real(stored, volume)
        known = values if nothing is None else values[~nothing]
        least = min(least, float(known.min())) if known.size else least
    return least if math.isfinite(least) else 0.0


def real(
    stored: NDArray[np.generic], volume: Volume
) -> tuple[NDArray[np.float32], NDArray[np.bool_] | None]:
    """Return the values of some stored voxels, and which of them stand for nothing."""
    values = stored.astype(np.float32)
    nothing = padded(stored, volume.padding)
    if stored.dtype.kind == "f" and not np.isfinite(values).all():
        endless = ~np.isfinite(values)
        nothing = endless if nothing is None else nothing | endless
        values[endless] = 0
    if (volume.slope, volume.intercept) != (1.0, 0.0):
        values *= np.float32(volume.slope)
        values += np.float32(volume.intercept)
    return values, nothing


def _stretch(
    volume: Volume,
    turn: Turn,
    channel: Channel,
    values: NDArray[np.float32],
    inside: NDArray[np.bool_],
    grid: Geometry,
    progress: Progress,
) -> None:
    """Fill a channel with the image in front, slice by slice, then along the slices."""
    scaling = Scaling(turn.geometry, grid)
    nothing_is = np.float32(_nothing(volume, channel))
    upright = turn.upright(volume.voxels)
    flat = np.empty((len(upright), *grid.shape[1:]), np.float32)
    known: NDArray[np.float32] | None = None
    for number, stored in enumerate(upright):
        here, nothing = real(np.ascontiguousarray(stored), volume)
        if nothing is not None and nothing.any():
            here[nothing] = nothing_is
            known = np.ones_like(flat) if known is None else known
            known[number] = scaling.flat((~nothing).astype(np.float32))
        flat[number] = scaling.flat(here)
        if number % 16 == 0:
            progress.report(0.9 * number / len(upright), channel.modality)
    values[:] = scaling.upright(flat)
    inside[:] = True if known is None else scaling.upright(known) >= 0.5


def _to_sample(taken: Chosen) -> int:
    """Return how many bytes the largest of the other images takes while it is sampled."""
    others = (one for k, one in enumerate(taken.volumes) if k != taken.front and one is not None)
    return max((_SAMPLED * one.voxels.size for one in others), default=0)


def _needed(grid: Geometry, count: int, front: Volume) -> int:
    """Return how many bytes preparing takes at most."""
    here = math.prod(grid.shape)
    flat = len(front.voxels) * grid.shape[1] * grid.shape[2]
    return count * here * 5 + 8 * max(flat, here) + 8 * here
