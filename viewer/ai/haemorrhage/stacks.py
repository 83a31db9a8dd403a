"""Pictures of head CT in a brain window: no HU, no millimetres, no left and right.

They are read as they lie. What is said is of pictures, and places are pixels of theirs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.ai.findings import stable_uid
from viewer.ai.haemorrhage.brightness import inside_skull
from viewer.ai.haemorrhage.pictures import SIDE, Bytes, back, frame_of, framed
from viewer.ai.haemorrhage.saying import SLICES_TOLD, of_picture, whole
from viewer.ai.haemorrhage.slices import Model, Said, read_slices
from viewer.ai.haemorrhage.words import WORDS
from viewer.ai.reading import Reading
from viewer.ai.stopwatch import Stopwatch
from viewer.core.errors import Declined
from viewer.core.finding import Reason
from viewer.core.progress import Part, Progress
from viewer.core.score_map import ScoreMap
from viewer.core.stack import Frame, Stack
from viewer.core.study import Notice

FEWEST, MOST, LARGEST = 3, 400, 2048
_BRAIN_GREY = (60, 150)
"""Brain lies about 103 of 255 in the window that was learned from."""
_LEAST_BRAIN = 0.1
"""Share of the network's square that brain takes on the slice with most of it."""
_EVEN = 12
"""Colours of a pixel differ by no more than this on a grey picture."""


def admit_stack(stack: Stack) -> None:
    """Let pictures in by how they are stored.

    Raises:
        Declined: if they are not 8-bit grey pictures of one size, a head's worth of them.
    """
    count = len(stack.frames)
    if not FEWEST <= count <= MOST:
        raise Declined(
            f"{WORDS}; of pictures it needs {FEWEST} to {MOST} slices of one head, here are"
            f" {count}.",
            code="not_slices",
        )
    first = stack.frames[0].pixels
    sides = first.shape[:2]
    if any(frame.pixels.shape[:2] != sides for frame in stack.frames):
        raise Declined(f"{WORDS}; these pictures differ in size.", code="not_slices")
    eight = all(frame.pixels.dtype == np.uint8 for frame in stack.frames)
    if not eight or any(frame.inverted for frame in stack.frames):
        raise Declined(
            f"{WORDS}, in HU or as 8-bit pictures in a brain window; these are neither.",
            code="no_window",
        )
    if not 64 <= min(sides) <= max(sides) <= LARGEST:
        raise Declined(
            f"{WORDS}; it takes pictures of 64 to {LARGEST} pixels a side.", code="wrong_size"
        )


def read_stack(stack: Stack, model: Model, progress: Progress) -> Reading:
    """Read pictures.

    Raises:
        Declined: if they are no slices of a head in a brain window.
    """
    watch = Stopwatch()
    pictures = grey_pictures(stack)
    watch.lap("pictures")
    said = read_slices(pictures, model, Part(progress, 0.0, 0.9))
    watch.lap("slices")
    author = model.card.author()
    clots = ScoreMap(
        id=stable_uid(f"{stack.series_key}|{author.weights_sha256}|clot|map"),
        title="Bleed: probability of clot",
        meaning="How likely each pixel is clotted blood, as the network says it; learned from what"
        " is bright within boxes, not from outlines by hand.",
        voxels=_map(said, pictures),
        geometry=None,
        series_key=stack.series_key,
        author=author,
    )
    statements = [whole(stack.series_key, model.card, said, _surest(said))]
    statements += [
        of_picture(stack.series_key, model.card, number + 1, float(score), _where(said, number))
        for number, score in enumerate(said.slices)
        if score >= model.card.default_threshold
    ]
    progress.report(1.0, "read")
    return Reading(
        segmentations=(),
        findings=(),
        threshold=model.card.default_threshold,
        models=(model.card,),
        author=author,
        timings_s=watch.laps,
        notices=(
            Notice(
                "no_place",
                "These pictures have no place in a patient: no side, size or volume is told, and"
                " no findings are made of them.",
            ),
        ),
        assessments=tuple(statements),
        maps=(clots,),
        engine=model.network.engine,
    )


def grey_pictures(stack: Stack) -> Bytes:
    """Return pictures (slices, rows, columns) of a head in a brain window.

    Raises:
        Declined: if they are others.
    """
    pictures = np.stack([_grey(frame) for frame in stack.frames])
    _admit_look(pictures)
    return pictures


def _grey(frame: Frame) -> Bytes:
    pixels = np.asarray(frame.pixels, np.uint8)
    if pixels.ndim == 2:
        return pixels
    colours = pixels[..., :3].astype(np.int16)
    if int(np.ptp(colours, axis=-1).max(initial=0)) > _EVEN:
        raise Declined(f"{WORDS}; these pictures are coloured.", code="coloured")
    return pixels[..., 0]


def _admit_look(pictures: Bytes) -> None:
    """Let pictures in by what is on them: a skull, and brain as grey as in the window.

    Raises:
        Declined: if they look otherwise.
    """
    slices = framed(pictures, frame_of(pictures))
    inside = [(one, inside_skull(one)) for one in slices]
    areas = np.array([mask.mean() for _, mask in inside])
    most = np.argsort(-areas)[: max(1, len(areas) // 4)]
    if areas[most[0]] < _LEAST_BRAIN:
        raise Declined(f"{WORDS}; no closed skull is on these pictures.", code="no_head")
    grey = float(np.median(np.concatenate([inside[k][0][inside[k][1]] for k in most])))
    if not _BRAIN_GREY[0] <= grey <= _BRAIN_GREY[1]:
        raise Declined(
            f"{WORDS}; what is inside the skull is as grey as {grey:.0f} of 255 here, which is no"
            " brain window (width 80 to 100 about 40 HU).",
            code="no_window",
        )


def _surest(said: Said) -> tuple[Reason, ...]:
    return tuple(
        Reason(f"Picture {k + 1}", round(float(said.slices[k]), 3))
        for k in said.surest(SLICES_TOLD)
    )


def _where(said: Said, number: int) -> str:
    """Tell the box of the surest bleed on a picture, in pixels."""
    boxes = [mark.box for one in said.bleeds for mark in one.marks if mark.slice == number]
    if not boxes:
        return ""
    middle, pixel = (SIDE - 1) / 2, said.frame.pixel
    corner: NDArray[np.float64] = np.array([said.frame.row, said.frame.column])
    low = np.rint(corner + pixel * (np.array(boxes[0][:2]) - middle)).astype(int)
    high = np.rint(corner + pixel * (np.array(boxes[0][2:]) - middle)).astype(int)
    return f", columns {low[1]} to {high[1]}, rows {low[0]} to {high[0]}"


def _map(said: Said, pictures: Bytes) -> Bytes:
    rows, columns = pictures.shape[1:]
    seen = back(said.seen.clot, said.frame, (rows, columns))
    return np.asarray(np.rint(seen * 255).clip(0, 255), np.uint8)
