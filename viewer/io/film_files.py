"""Videos in files of their own (MP4, AVI, MOV, MPEG, MKV): a clip that knows of no patient."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.stack import Frame, Stack
from viewer.core.study import Instance, Notice, Patient, Series, SeriesKind, Study
from viewer.core.volume import Origin, Volume
from viewer.io.budget import shared_budget
from viewer.io.decode import Decoder
from viewer.io.decoder_process import Job
from viewer.io.decoders import shared_decoders
from viewer.io.filling import Filling
from viewer.io.film import Film, more_frames
from viewer.io.other_formats import Listed, content_uid
from viewer.io.picture_heads import LOSSY, uncalibrated

FORMAT = "Video"
_ENDINGS = (".mp4", ".m4v", ".mov", ".avi", ".mpg", ".mpeg", ".mkv", ".webm", ".m2v", ".ts", ".mts")
_HEAD_BYTES = 4096
_SLOWEST, _FASTEST = 0.1, 1000.0
_LOSSLESS = ("FFV1", "HFYU", "FFVH")


@dataclass(frozen=True, slots=True)
class VideoHead:
    """What a video is; `turned` is by how many degrees its player turns it."""

    rows: int
    columns: int
    frames: int
    per_second: float
    turned: int
    codec: str


def is_video_name(path: Path) -> bool:
    """Tell whether a file's name promises a video."""
    return path.name.lower().endswith(_ENDINGS)


def head_of_video(path: Path) -> VideoHead:
    """Return what a video is; the decoder process looks at it.

    Raises:
        Unreadable: if it is none, or none that can be decoded here.
        OSError: if it cannot be read.
    """
    if path.stat().st_size == 0:
        raise Unreadable(f"{path.name} is empty", code="empty")
    answer = np.zeros(_HEAD_BYTES, np.uint8)
    try:
        shared_decoders().decode(_head_job(path), b"", answer.data)
    except Unreadable as error:
        why = str(error.__cause__)
        code = "not_an_image" if "this is no video" in why else "unsupported_syntax"
        sentence = f"{path.name} is no video that can be decoded here"
        raise Unreadable(sentence, code=code) from error
    told = json.loads(answer.tobytes())
    return VideoHead(**told)


def _head_job(path: Path) -> Job:
    return Job(
        codec="video-head", rows=1, columns=_HEAD_BYTES, dtype="|u1", bits=8, colour=False,
        path=str(path), frame=0, table=False,
    )  # fmt: skip


def video_study(path: Path) -> Listed:
    """List a video as a study of its own.

    Raises:
        Unreadable: if it is none, or none that can be decoded here.
        OSError: if it cannot be read.
    """
    head = head_of_video(path)
    if head.frames < 1:
        raise Unreadable(f"{path.name} has no frame in it", code="not_an_image")
    uid = content_uid((path,))
    notices = [uncalibrated()]
    if head.codec.upper() not in _LOSSLESS:
        notices.append(LOSSY)
    if head.turned:
        sentence = f"The video was turned by {head.turned} degrees, as its file asks."
        notices.append(Notice("turned", sentence))
    series = Series(
        key=uid,
        uid=uid,
        study_uid=f"{uid}.1",
        modality="OT",
        kind=SeriesKind.CINE,
        instances=tuple(
            Instance(path, "", "", "", number + 1, number) for number in range(head.frames)
        ),
        description=path.name,
        rows=head.rows,
        columns=head.columns,
        format=FORMAT,
        notices=tuple(notices),
    )
    return Listed(Study(f"{uid}.1", Patient(), (series,), description=path.name))


def speed_of_video(path: Path) -> float | None:
    """Return how many frames a second a video shows; None where that makes no sense.

    Raises:
        Unreadable: if it is gone, or no video any more.
        OSError: if it cannot be read.
    """
    speed = head_of_video(path).per_second
    return speed if _SLOWEST <= speed <= _FASTEST else None


@dataclass(slots=True)
class _FrameSlot:
    """The place of one frame."""

    name: str
    pixels: NDArray[np.generic] = field(repr=False)
    film: Film
    number: int

    def read(self, decoder: Decoder) -> None:  # noqa: ARG002  # a film has its own
        """Decode the frame into its place."""
        self.film.read(self.number, self.pixels)

    def fill(self, lowest: float) -> None:  # noqa: ARG002  # a gap is black
        """Leave a gap."""
        self.pixels[...] = 0


@dataclass(slots=True)
class VideoFilling(Filling):
    """Memory for a clip."""

    film: Film | None = None

    def image(self, damage: Mapping[int, str]) -> Volume | Stack:
        """Return the image, which shares this memory."""
        frames = tuple(
            _frame(slot.pixels, damage.get(index, "")) for index, slot in enumerate(self.slots)
        )
        return Stack(frames, "1", self.series.modality, self.series.key)

    def finish(self) -> None:
        """Say if there is more of it than was listed, and end the decoder."""
        if self.film is not None:
            if self.film.goes_on(len(self.slots), self.slots[0].pixels):
                self.notices += (more_frames(len(self.slots)),)
            self.film.close()


def _frame(pixels: NDArray[np.generic], damage: str) -> Frame:
    view = pixels.view()
    view.setflags(write=False)
    return Frame(view, None, None, Origin("", ""), damage=damage)


def load_video(series: Series) -> Filling:
    """Take room for a clip.

    Raises:
        Declined: if there is none.
    """
    count, path = len(series.instances), series.instances[0].path
    shape = (series.rows, series.columns, 3)
    room = shared_budget().room(count * series.rows * series.columns * 3, count)
    film = Film(path, (), path.suffix[1:].upper())
    slots = [
        _FrameSlot(f"Frame {n + 1}", room.array(shape, np.dtype(np.uint8)), film, n)
        for n in range(count)
    ]
    return VideoFilling(
        series,
        slots,
        (),
        None,
        (*series.notices, *room.notices),
        compressed=True,
        room=room,
        in_order=True,
        film=film,
    )
