"""Frames of videos, one after the other, decoded in the decoder process and nowhere else.

FFmpeg is handed bytes and never a name: nothing in a video can make it open another
file or ask the network.
"""

from __future__ import annotations

import io
import json
import os
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import cv2

HEAD_BYTES = 4096
_LARGEST_FRAME = 64 << 20
_MOST_FRAMES = 200_000
_LONGEST_SKIP = 200
_STARTS = (
    b"\0\0\1\xba", b"\0\0\1\xb3", b"\0\0\1\xb0", b"\0\0\0\1", b"\0\0\1", b"\x1aE\xdf\xa3", b"G",
)  # fmt: skip
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")


class Stretches(io.BufferedIOBase):
    """Stretches of a file as one stream; without any, the whole file."""

    def __init__(self, path: str, stretches: list[tuple[int, int]]) -> None:
        self._file = Path(path).open("rb", buffering=0)  # noqa: SIM115  # closed with the reel
        self._stretches = stretches or [(0, os.fstat(self._file.fileno()).st_size)]
        self._ends = list(accumulate(length for _, length in self._stretches))
        self._at = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes."""
        left = self._ends[-1] - self._at
        left = left if size is None or size < 0 else min(size, left)
        parts: list[bytes] = []
        while left > 0:
            number = bisect_right(self._ends, self._at)
            offset, length = self._stretches[number]
            into = self._at - (self._ends[number] - length)
            self._file.seek(offset + into)
            part = self._file.read(min(left, length - into))
            if not part:
                break
            parts.append(part)
            self._at += len(part)
            left -= len(part)
        return b"".join(parts)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place in the stream."""
        start = {0: 0, 1: self._at, 2: self._ends[-1]}[whence]
        self._at = min(max(start + offset, 0), self._ends[-1])
        return self._at

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def is_video(start: bytes) -> bool:
    """Tell whether bytes begin a video; lists of other files and addresses never do."""
    riff = start[:4] == b"RIFF" and start[8:12] == b"AVI "
    return riff or start[4:8] in _BOXES or start.startswith(_STARTS)


class Reel:
    """A video and how far it is unrolled."""

    def __init__(self, path: str, payload: bytes) -> None:
        import cv2

        told = json.loads(payload) if payload else []
        self.name = (path, payload)
        self._stream = Stretches(path, [(int(at), int(length)) for at, length in told])
        if not is_video(self._stream.read(16)):
            raise ValueError("no decoder: this is no video")
        self._stream.seek(0)
        settings = [
            cv2.CAP_PROP_N_THREADS, 1, cv2.CAP_PROP_HW_ACCELERATION, cv2.VIDEO_ACCELERATION_NONE,
        ]  # fmt: skip
        source = cast("cv2.IStreamReader", self._stream)
        self.film = cv2.VideoCapture(source, cv2.CAP_FFMPEG, settings)
        if not self.film.isOpened():
            raise ValueError("no decoder for this video")
        size = self.film.get(cv2.CAP_PROP_FRAME_WIDTH) * self.film.get(cv2.CAP_PROP_FRAME_HEIGHT)
        if not 0 < size * 3 <= _LARGEST_FRAME:
            raise ValueError("the frames are too large")
        self.next = 0

    def frame(self, number: int) -> NDArray[np.uint8]:
        """Return a frame that was not yet unrolled, as RGB."""
        if number - self.next > _LONGEST_SKIP:
            raise ValueError("the frame is too far away")
        while self.next < number and self.film.grab():
            self.next += 1
        there, pixels = self.film.read() if self.next == number else (False, None)
        if not there:
            raise ValueError("the video is cut off or over")
        self.next += 1
        return np.ascontiguousarray(np.asarray(pixels, np.uint8)[..., ::-1])

    def close(self) -> None:
        """Let go of the video."""
        self.film.release()
        self._stream.close()


class _Projector:
    """The reel that is in use."""

    def __init__(self) -> None:
        self._reel: Reel | None = None

    def reel(self, path: str, payload: bytes, number: int) -> Reel:
        """Return the reel of a video, wound back if the frame is behind it."""
        reel = self._reel
        if reel is not None and (reel.name != (path, payload) or number < reel.next):
            self.stop()
            reel = None
        self._reel = reel = reel or Reel(path, payload)
        return reel

    def stop(self) -> None:
        """Put the reel away."""
        if self._reel is not None:
            self._reel.close()
        self._reel = None


@cache
def _projector() -> _Projector:
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = "protocol_whitelist;file"
    os.environ["OPENCV_LOG_LEVEL"] = "SILENT"
    return _Projector()


def video_frame(path: str, payload: bytes, number: int, *, colour: bool) -> NDArray[np.uint8]:
    """Return one frame of a video as RGB, or as grey where the file says that it is grey."""
    frame = _projector().reel(path, payload, number).frame(number)
    return frame if colour else frame[..., 1]


def video_head(path: str) -> NDArray[np.uint8]:
    """Return what a video is, as JSON in one row of bytes; its first frame is decoded for that."""
    import cv2

    projector = _projector()
    projector.stop()
    reel = projector.reel(path, b"", 0)
    per_second = float(reel.film.get(cv2.CAP_PROP_FPS))
    letters = int(reel.film.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little")
    turned = int(reel.film.get(cv2.CAP_PROP_ORIENTATION_META))
    rows, columns, _ = reel.frame(0).shape
    projector.stop()
    told = {
        "rows": rows, "columns": columns, "frames": _packets(path), "per_second": per_second,
        "turned": turned % 360, "codec": letters.decode("latin-1").strip("\0 "),
    }  # fmt: skip
    text = json.dumps(told).encode()
    return np.frombuffer(text.ljust(HEAD_BYTES), np.uint8)[np.newaxis]


def _packets(path: str) -> int:
    """Return how many frames there are, by going through the file without decoding them."""
    import cv2

    stream = Stretches(path, [])
    source = cast("cv2.IStreamReader", stream)
    film = cv2.VideoCapture(source, cv2.CAP_FFMPEG, [cv2.CAP_PROP_FORMAT, -1])
    count = 0
    while count < _MOST_FRAMES and film.grab():
        count += 1
    film.release()
    stream.close()
    return count
