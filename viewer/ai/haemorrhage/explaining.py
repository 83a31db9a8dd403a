"""What the network saw of the slice that an answer is about, so that it can be hidden in parts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import load_folder
from viewer.ai.engine.returning import returned
from viewer.ai.explaining.asked import Target
from viewer.ai.explaining.subject import About, Subject
from viewer.ai.haemorrhage.head import HeadSlices, head_slices
from viewer.ai.haemorrhage.pictures import (
    SIDE,
    Bytes,
    Frame,
    back,
    frame_of,
    framed,
    with_neighbours,
)
from viewer.ai.haemorrhage.slices import load_model, read_slices
from viewer.ai.haemorrhage.stacks import grey_pictures
from viewer.ai.haemorrhage.words import MODEL
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress, Silent
from viewer.core.resources import resource_folder
from viewer.core.stack import Stack

_INSIDE = 0
"""The network's answer for each pixel: how likely it is inside the box of a bleed."""
_COUNTS = "where the network sees most of this; the score counts size, brightness and the slices"
_OF_PICTURE = f"It is about slice {{number}} alone, {_COUNTS} around, too."
_OF_HEIGHT = f"It is about the slice at z = {{z:.1f}} mm alone, {_COUNTS} around, too."


def subject_of_head(inputs: Inputs, about: About, progress: Progress) -> Subject:
    """Return what is to be explained of a bleed, of a picture, or of a head as a whole.

    Raises:
        Declined: if there is no head, or the answer lies outside what the network saw.
    """
    folder = resource_folder() / "models" / MODEL
    model = load_folder(folder)
    head: HeadSlices | None = None
    if isinstance(inputs.image, Stack):
        pictures = grey_pictures(inputs.image)
    else:
        head = head_slices(inputs, Part(progress, 0.0, 0.5))
        pictures = head.pictures
    frame = frame_of(pictures)
    seen = with_neighbours(framed(pictures, frame))
    region: NDArray[np.bool_] | None = None
    if isinstance(about, Finding) and head is not None:
        grid = head.prepared.geometry
        number, region = _region(about, frame, grid, head.first, len(seen))
    elif not isinstance(about, Finding) and about.picture:
        number = min(about.picture, len(seen)) - 1
    else:
        said = read_slices(pictures, load_model(folder), Part(progress, 0.5, 1.0))
        number = said.surest(1)[0]
    return Subject(
        model,
        np.ascontiguousarray(seen[number]),
        Target(_INSIDE, region),
        _back(head, frame, pictures.shape, number),
        None if head is None else head.prepared.stored,
        inputs.image.series_key,
        about,
        _said_of(head, number),
    )


def _said_of(head: HeadSlices | None, number: int) -> str:
    """Say which slice it is: of pictures by their number, of a volume by its height.

    Slices of a volume are counted otherwise here than in the window.
    """
    if head is None:
        return _OF_PICTURE.format(number=number + 1)
    return _OF_HEIGHT.format(z=head.height_mm(number))


def _region(
    finding: Finding, frame: Frame, grid: Geometry, first: int, count: int
) -> tuple[int, NDArray[np.bool_]]:
    """Return the slice with most of a bleed, and where it is on what the network sees of it."""
    offsets = frame.pixel * (np.arange(SIDE) - (SIDE - 1) / 2)
    rows, columns = np.meshgrid(frame.row + offsets, frame.column + offsets, indexing="ij")
    best, found = 0, np.zeros((SIDE, SIDE), np.bool_)
    for number in range(count):
        index = np.stack([np.full(rows.size, number + first), rows.ravel(), columns.ravel()], -1)
        inside = _inside(finding, grid.to_patient(index)).reshape(SIDE, SIDE)
        if inside.sum() > found.sum():
            best, found = number, inside
    if not found.any():
        raise Declined("This finding lies outside what the model saw.", code="outside")
    return best, found


def _inside(finding: Finding, places: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which places (n, 3) a finding covers: its mask, or else its box."""
    if finding.mask is None:
        low, high = np.array(finding.low), np.array(finding.high)
        return np.asarray(((places >= low) & (places <= high)).all(axis=1))
    voxels = finding.mask.voxels
    near = np.rint(finding.mask.geometry.to_index(places)).astype(int)
    there = ((near >= 0) & (near < voxels.shape)).all(axis=1)
    inside = np.zeros(len(places), np.bool_)
    inside[there] = voxels[tuple(near[there].T)]
    return inside


def _back(
    head: HeadSlices | None, frame: Frame, shape: tuple[int, ...], number: int
) -> Callable[[Bytes], Bytes]:
    """Return how bytes of the network's square come back to the image as it is stored."""

    def on_image(found: Bytes) -> Bytes:
        (flat,) = back(found[None].astype(np.float32), frame, (shape[1], shape[2]))
        plane = np.rint(flat).clip(0, 255).astype(np.uint8)
        if head is None:
            frames = np.zeros(shape, np.uint8)
            frames[number] = plane
            return frames
        whole = np.zeros((1, *head.prepared.geometry.shape), np.uint8)
        whole[0, head.first + number] = plane
        return returned(whole, head.prepared, Silent()).stored(0)

    return on_image
