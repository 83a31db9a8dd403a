"""A video that is unrolled from its start, frame by frame, in a decoder process of its own."""

from __future__ import annotations

import json
import threading
import weakref
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.study import Notice
from viewer.io.decoder_process import Job
from viewer.io.decoders import Decoders
from viewer.io.fragments import Pieces, stream_pieces
from viewer.io.picture import Picture
from viewer.io.syntaxes import syntax_name

_STEP = 100


class Film:
    """One video; `pieces` are the stretches of the file that it lies in, none for all of it.

    `name` is what its syntax or format is called in sentences.
    """

    def __init__(self, path: Path, pieces: Pieces, name: str) -> None:
        self._path, self._name = path, name
        self._payload = json.dumps(pieces).encode() if pieces else b""
        self._decoders = Decoders(1)
        self._lock = threading.Lock()
        self._next = 0
        self._broken: Unreadable | None = None
        self._finalizer = weakref.finalize(self, self._decoders.close)

    def read(self, number: int, into: NDArray[np.generic]) -> None:
        """Decode a frame (from 0) into its place; those before it are passed over.

        Raises:
            Unreadable: if there is no such frame, or no decoder for the video.
        """
        with self._lock:
            if self._broken is not None:
                raise self._broken
            if number < self._next:
                self._next = 0
            for passed in range(self._next + _STEP, number, _STEP):
                self._decode(passed, into)
            self._decode(number, into)

    def goes_on(self, number: int, like: NDArray[np.generic]) -> bool:
        """Tell whether there is a frame of this number, too."""
        try:
            self.read(number, np.empty_like(like))
        except Unreadable:
            return False
        return True

    def close(self) -> None:
        """End its decoder process."""
        self._finalizer()

    def _decode(self, number: int, into: NDArray[np.generic]) -> None:
        job = Job(
            codec="video",
            rows=into.shape[0],
            columns=into.shape[1],
            dtype="|u1",
            bits=8,
            colour=into.ndim == 3,
            path=str(self._path),
            frame=number,
            table=False,
        )
        frame = np.empty(into.shape, np.uint8)
        try:
            self._decoders.decode(job, self._payload, frame.reshape(-1).data)
        except Unreadable as error:
            self._broken = self._said(error)
            raise self._broken from error
        self._next = number + 1
        into[...] = frame

    def _said(self, error: Unreadable) -> Unreadable:
        """Say why there are no more frames, and that no decoder is at hand where that is so."""
        why = str(error.__cause__)
        if "no decoder" in why:
            sentence = f"its video ({self._name}) cannot be decoded here"
            return Unreadable(sentence, code="unsupported_syntax")
        if "frames are too large" in why:
            return Unreadable("its frames are too large", code="implausible_size")
        return error


def film_in(picture: Picture) -> Film:
    """Return the video that a DICOM file holds.

    Raises:
        Unreadable: if the file is gone, or there is nothing of the video in it.
    """
    try:
        with picture.path.open("rb", buffering=0) as file:
            pieces = stream_pieces(file, picture.place, picture.stamp.size)
    except OSError as error:
        raise Unreadable(f"it cannot be read ({error.strerror})", code="unreadable") from error
    return Film(picture.path, pieces, syntax_name(picture.transfer_syntax_uid))


def more_frames(count: int) -> Notice:
    """Say that a video goes on behind the frames that its file counts."""
    sentence = (
        f"The video goes on after the {count} frames that its file counts; they are not shown."
    )
    return Notice("more_frames", sentence)
