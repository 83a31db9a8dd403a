"""Movies as files: GIF, which everything shows, and MP4, which is smaller.

A movie appears whole or not at all, and MP4 is read back: its library does not say when a
disk is full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from viewer.core.errors import Declined
from viewer.io.atomic import Staging, spoken_for

Frame = NDArray[np.uint8]
ENDINGS = (".gif", ".mp4")


def write_movie(path: Path, frames: Iterable[Frame], per_second: float) -> int:
    """Write pictures (height, width, 3) RGB of one size as a movie; return how many there are.

    Raises:
        Declined: if the ending is unknown, nothing comes, or the file cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in ENDINGS:
        raise Declined("A movie is a .gif or an .mp4 file.", code="unknown_form")
    with Staging(path.parent) as staging:
        place = staging.path(path.name)
        with spoken_for(path.parent):
            write = _gif if kind == ".gif" else _mp4
            count = write(place, iter(frames), per_second)
        staging.commit()
    return count


def write_picture(path: Path, frame: Frame) -> None:
    """Write one picture (height, width, 3) RGB as PNG.

    Raises:
        Declined: if it cannot be written.
    """
    _, coded = cv2.imencode(".png", frame[..., ::-1])
    with Staging(path.parent) as staging:
        staging.write(path.name, coded.tobytes())
        staging.commit()


def _gif(place: Path, frames: Iterator[Frame], per_second: float) -> int:
    count = 0

    def images() -> Iterator[Image.Image]:
        nonlocal count
        for frame in frames:
            count += 1
            yield Image.fromarray(frame).quantize(255, dither=Image.Dither.FLOYDSTEINBERG)

    made = images()
    first = next(made, None)
    if first is None:
        raise Declined("There is no picture to make a movie of.", code="no_frames")
    first.save(
        place, format="GIF", save_all=True, append_images=made, loop=0,
        duration=max(round(1000 / per_second / 10) * 10, 20), disposal=1,
    )  # fmt: skip
    return count


def _mp4(place: Path, frames: Iterator[Frame], per_second: float) -> int:
    writer: cv2.VideoWriter | None = None
    count, size = 0, (0, 0)
    try:
        for frame in frames:
            if writer is None:
                size = (frame.shape[1] // 2 * 2, frame.shape[0] // 2 * 2)
                code = cv2.VideoWriter.fourcc(*"mp4v")
                writer = cv2.VideoWriter(str(place), code, per_second, size)
                if not writer.isOpened():
                    raise Declined(
                        "This computer writes no MP4; choose a .gif file.", code="no_encoder"
                    )
            writer.write(np.ascontiguousarray(frame[: size[1], : size[0], ::-1]))
            count += 1
    finally:
        if writer is not None:
            writer.release()
    if not count:
        raise Declined("There is no picture to make a movie of.", code="no_frames")
    if _frames_in(place) != count:
        raise Declined(
            f"The movie could not be written whole to {place.parent.parent}: the disk may be full.",
            code="write_failed",
        )
    return count


def _frames_in(place: Path) -> int:
    film, count = cv2.VideoCapture(str(place)), 0
    try:
        while film.grab():
            count += 1
    finally:
        film.release()
    return count
