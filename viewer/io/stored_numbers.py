"""Bytes at any place of a file, plain or packed.

A packed stream can only be read from its start. So that the volumes of one
file can be read one after the other, or any of them again, the state of
unpacking is kept here and there on the way: each file is unpacked once.
"""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from viewer.core.errors import Unreadable
from viewer.core.progress import Progress

if TYPE_CHECKING:
    from zlib import _Decompress

_BLOCK = 4 << 20
_PACKED_BLOCK = 1 << 19
_ANY_HEAD = 47
"""Understand both gzip and zlib (zlib's own word for it)."""
_APART = 32 << 20
_MOST_MARKS = 256
_MOST_FILES = 8


class Source(Protocol):
    """Something that holds the bytes of voxels."""

    def read(self, at: int, into: memoryview) -> None:
        """Fill `into` with the bytes from `at` on.

        Raises:
            Unreadable: if there are fewer, or they are damaged.
            OSError: if the file cannot be read.
        """


class Plain:
    """A file whose bytes lie open; may be read by several threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, at: int, into: memoryview) -> None:
        """Fill `into` with the bytes from `at` on."""
        with self._path.open("rb", buffering=0) as file:
            file.seek(at)
            got = 0
            while got < len(into):
                count = file.readinto(into[got : got + _BLOCK])
                if not count:
                    raise _cut_off(self._path, got, len(into))
                got += count


class Packed:
    """A stream packed by zlib or gzip that begins somewhere in a file."""

    def __init__(self, path: Path, begin: int) -> None:
        self._path, self._begin = path, begin
        self._lock = threading.Lock()
        status = path.stat()
        name = (str(path), begin, status.st_size, status.st_mtime_ns)
        self._marks = shared_marks().of(name)
        self._start()

    def read(self, at: int, into: memoryview) -> None:
        """Fill `into` with the bytes from `at` on, unpacking what lies before it."""
        with self._lock:
            self._go_to(at)
            got = 0
            while got < len(into):
                block = self._next(len(into) - got)
                into[got : got + len(block)] = block
                got += len(block)

    def approach(self, at: int, progress: Progress) -> None:
        """Unpack up to a place, so that reading from there is quick.

        Raises:
            Cancelled: if nobody wants that any more.
        """
        with self._lock:
            self._find_mark(at)
            begun = self._at
            while self._at < at:
                progress.report((self._at - begun) / (at - begun), "unpacking")
                self._next(at - self._at)

    def check_end(self) -> None:
        """Compare the checksum, if the stream ends where the voxels do.

        Raises:
            Unreadable: if it does not fit.
        """
        with self._lock:
            try:
                while not self._packer.eof and (block := self._packed()):
                    if self._packer.decompress(block, 1) or self._packer.unconsumed_tail:
                        return
            except zlib.error as error:
                raise _wrong_checksum() from error

    def _start(self) -> None:
        self._packer = zlib.decompressobj(_ANY_HEAD)
        self._file_at, self._at = self._begin, 0

    def _find_mark(self, at: int) -> None:
        """Go back, or ahead, to the last kept state before a place."""
        mark = self._marks.before(at)
        if mark is not None and (self._at > at or mark.at > self._at):
            self._packer, self._file_at, self._at = mark.packer.copy(), mark.file_at, mark.at
        elif self._at > at:
            self._start()

    def _go_to(self, at: int) -> None:
        self._find_mark(at)
        while self._at < at:
            self._next(at - self._at)

    def _packed(self) -> bytes:
        """Return packed bytes that were not understood yet, or further ones of the file."""
        if self._packer.unconsumed_tail:
            return self._packer.unconsumed_tail
        with self._path.open("rb", buffering=0) as file:
            file.seek(self._file_at)
            block = file.read(_PACKED_BLOCK)
        self._file_at += len(block)
        return block

    def _next(self, most: int) -> bytes:
        """Return the next bytes, at least one."""
        try:
            while True:
                if self._packer.eof:
                    self._next_member()
                packed = self._packed()
                block = self._packer.decompress(packed, min(most, _BLOCK))
                if block:
                    self._at += len(block)
                    self._marks.keep(self._at, self._file_at, self._packer)
                    return block
                if not packed:
                    raise _cut_off(self._path, self._at, self._at + most)
        except zlib.error as error:
            if "check" in str(error):
                raise _wrong_checksum() from error
            sentence = f"{self._path.name} is packed and damaged"
            raise Unreadable(sentence, code="truncated") from error

    def _next_member(self) -> None:
        """Go on with the next of several streams in one file (RFC 1952 2.2)."""
        self._file_at -= len(self._packer.unused_data.lstrip(b"\0"))
        self._packer = zlib.decompressobj(_ANY_HEAD)


def _cut_off(path: Path, got: int, wanted: int) -> Unreadable:
    return Unreadable(f"{path.name} ends after {got} of {wanted} bytes", code="truncated")


def _wrong_checksum() -> Unreadable:
    sentence = "the checksum of the packed voxels is wrong, so any of them may be, too"
    return Unreadable(sentence, code="damaged")


class _Mark:
    """The state of unpacking at one place."""

    __slots__ = ("at", "file_at", "packer")

    def __init__(self, at: int, file_at: int, packer: _Decompress) -> None:
        self.at, self.file_at, self.packer = at, file_at, packer


class Marks:
    """States of unpacking one file, some 32 MB apart; the more the file, the further apart."""

    def __init__(self) -> None:
        self._kept: list[_Mark] = []
        self._apart = _APART
        self._lock = threading.Lock()

    def keep(self, at: int, file_at: int, packer: _Decompress) -> None:
        """Keep a state, if it is far enough from the last one."""
        last = self._kept[-1].at if self._kept else 0
        if at < last + self._apart or packer.eof:
            return
        with self._lock:
            self._kept.append(_Mark(at, file_at, packer.copy()))
            if len(self._kept) > _MOST_MARKS:
                self._kept, self._apart = self._kept[1::2], self._apart * 2

    def before(self, at: int) -> _Mark | None:
        """Return the last state that was kept at or before a place."""
        with self._lock:
            return next((mark for mark in reversed(self._kept) if mark.at <= at), None)


class SharedMarks:
    """The marks of the last few files."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[object, ...], Marks] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, name: tuple[object, ...]) -> Marks:
        """Return the marks of a file, known by its path, size and time of change."""
        with self._lock:
            marks = self._files.setdefault(name, Marks())
            self._files.move_to_end(name)
            while len(self._files) > _MOST_FILES:
                self._files.popitem(last=False)
            return marks


@cache
def shared_marks() -> SharedMarks:
    """Return the marks that all readers of this program share."""
    return SharedMarks()


def source_of(path: Path, packed_from: int | None) -> Plain | Packed:
    """Return what reads the voxels of a file.

    Raises:
        OSError: if the file cannot be opened.
    """
    return Plain(path) if packed_from is None else Packed(path, packed_from)
