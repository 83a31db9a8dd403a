"""What a stranger's model brings along: looked at by name, size and first bytes, then copied.

From a folder or a ZIP nothing but plain files comes in, each within its limits, none through
a link or a path that leads out, none that could run code when it is read.
"""

from __future__ import annotations

import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from viewer.ai.card import CARD, LARGEST_BYTES, TORCHSCRIPT
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress

MOST_FILES = 64
LARGEST_ALL_BYTES = 1_000_000_000
_CHUNK = 1 << 20
_TEXT_BYTES = 4_000_000
ALLOWED = (".json", ".safetensors", ".onnx", ".txt", ".md")
_PICKLES = (".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib", ".bin", ".mar", ".tar", ".dill")
_MAYBE_OBJECTS = (".npy", ".npz", ".h5", ".hdf5", ".keras", ".pb", ".mat")
_CODE = (".py", ".pyc", ".so", ".dll", ".dylib", ".sh", ".exe", ".bat", ".js", ".jar", ".whl")
_SETTINGS = (".json", ".yaml", ".yml")
_SAFE_NAME = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}$")
_EXPRESSION = re.compile(r"""_target_|["':\-]\s*["']?\$""")


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the luggage; `place` is its path in the folder or the ZIP."""

    place: PurePosixPath
    size: int
    link: bool
    source: Path | zipfile.ZipInfo = field(repr=False)

    @property
    def suffix(self) -> str:
        """The end of its name, in small letters."""
        return self.place.suffix.lower()


class Luggage:
    """The files of a folder or ZIP, opened one by one. Use as `with opened(path)`."""

    def __init__(
        self, name: str, pieces: tuple[Piece, ...], archive: zipfile.ZipFile | None
    ) -> None:
        self.name, self.pieces, self._archive = name, pieces, archive

    @contextmanager
    def open(self, piece: Piece) -> Iterator[IO[bytes]]:
        """Open one file; what the operating system or the ZIP refuses is told."""
        try:
            if isinstance(piece.source, Path):
                flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)
                with os.fdopen(os.open(piece.source, flags), "rb") as file:
                    yield file
            elif self._archive is not None:
                with self._archive.open(piece.source) as packed:
                    yield packed
        except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as why:
            raise Unreadable(f"{piece.place}: cannot be read", code="damaged_model") from why


@contextmanager
def opened(path: Path) -> Iterator[Luggage]:
    """Open a folder or ZIP with a model.

    Raises:
        Unreadable: if it is neither, or damaged.
    """
    if path.is_dir():
        yield Luggage(path.name, tuple(_in_folder(path)), None)
        return
    try:
        if path.stat().st_size > LARGEST_ALL_BYTES:
            raise Unreadable(f"{path.name}: larger than 1 GB", code="too_large")
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as why:
        raise Unreadable(
            f"{path.name}: neither a folder nor a ZIP with a model", code="no_model"
        ) from why
    with archive:
        yield Luggage(path.name, tuple(_in_zip(archive)), archive)


def _in_folder(folder: Path) -> Iterator[Piece]:
    for number, (root, folders, names) in enumerate(os.walk(folder, followlinks=False)):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in sorted([*names, *links])[: MOST_FILES + 1]:
            path = Path(root) / name
            told = path.lstat()
            place = PurePosixPath(path.relative_to(folder).as_posix())
            yield Piece(place, told.st_size, not stat.S_ISREG(told.st_mode), path)
        if number > MOST_FILES:
            return


def _in_zip(archive: zipfile.ZipFile) -> Iterator[Piece]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    tops = {entry.filename.partition("/")[0] for entry in entries if "/" in entry.filename}
    packed_whole = len(tops) == 1 and all("/" in entry.filename for entry in entries)
    folder = tops.pop() if packed_whole else ""
    top = f"{folder}/" if _SAFE_NAME.match(folder) else ""
    for entry in entries[: MOST_FILES + 1]:
        name = entry.filename.removeprefix(top)
        mode = entry.external_attr >> 16
        link = bool(mode) and stat.S_IFMT(mode) not in (0, stat.S_IFREG)
        yield Piece(PurePosixPath(name), entry.file_size, link, entry)


def unpack(luggage: Luggage, into: Path, progress: Progress, *, torchscript: bool = False) -> None:
    """Copy every file of a model into a folder, after all were looked at.

    With `torchscript` its weights may be a TorchScript program, which the reader trusts.

    Raises:
        Declined: if something in it is not let in, with the reason.
        Unreadable: if a file is damaged.
    """
    for piece in luggage.pieces:
        _looked_at(piece, torchscript=torchscript)
    _whole(luggage, torchscript=torchscript)
    if CARD not in {str(piece.place) for piece in luggage.pieces}:
        raise Unreadable(f"{luggage.name}: there is no {CARD} in it", code="no_model")
    for number, piece in enumerate(luggage.pieces):
        progress.report(number / len(luggage.pieces), f"{piece.place}")
        with luggage.open(piece) as source, (into / piece.place.name).open("xb") as target:
            _copy(source, target, piece)


def _looked_at(piece: Piece, *, torchscript: bool) -> None:
    place = piece.place
    strange = "\\" in str(place) or "\0" in str(place) or ":" in str(place)
    if place.is_absolute() or ".." in place.parts or strange or not place.name:
        raise Declined(
            f"{str(place)[:200]!r} leads out of the model's folder; nothing was taken.",
            code="path_outside",
        )
    if piece.link:
        raise Declined(f"{place} is a link, and links are not followed.", code="link")
    if piece.size > LARGEST_BYTES:
        raise Declined(
            f"{place} has {piece.size / 1e6:.0f} MB; a model's file may have"
            f" {LARGEST_BYTES / 1e6:.0f}.",
            code="too_large",
        )
    program = piece.suffix in (".ts", ".torchscript")
    if program and not (torchscript and str(place) == TORCHSCRIPT):
        raise Declined(
            f"{place} is TorchScript, which is a program; save the model as ONNX instead, or call"
            f" it {TORCHSCRIPT} and say that you trust it.",
            code="torchscript",
        )
    if piece.suffix in _PICKLES:
        raise Declined(
            f"{place} may hold a pickle, which can run code when it is read; save the weights"
            " as safetensors or ONNX.",
            code="pickle",
        )
    if piece.suffix in _MAYBE_OBJECTS:
        raise Declined(
            f"{place} may hold objects that run code when they are read; save the arrays as"
            " safetensors.",
            code="objects",
        )
    if piece.suffix in _CODE:
        raise Declined(f"{place} is a program; a model here brings none.", code="program")


def _whole(luggage: Luggage, *, torchscript: bool) -> None:
    """Look at the luggage as a whole, and at the first bytes of each file."""
    if len(luggage.pieces) > MOST_FILES:
        raise Declined(
            f"{luggage.name} holds more than {MOST_FILES} files; a model has a few.",
            code="too_many_files",
        )
    if sum(piece.size for piece in luggage.pieces) > LARGEST_ALL_BYTES:
        raise Declined(f"{luggage.name} is larger than 1 GB unpacked.", code="too_large")
    for piece in luggage.pieces:
        if piece.suffix in _SETTINGS:
            _no_expressions(luggage, piece)
    names: set[str] = set()
    for piece in luggage.pieces:
        if len(piece.place.parts) > 1 or not _SAFE_NAME.match(piece.place.name):
            raise Declined(
                f"{str(piece.place)[:200]!r} does not lie plainly in the model's folder.",
                code="not_flat",
            )
        trusted = torchscript and str(piece.place) == TORCHSCRIPT
        if piece.suffix not in ALLOWED and not trusted:
            raise Declined(
                f"{piece.place} is nothing that a model here brings ({', '.join(ALLOWED)}).",
                code="unknown_file",
            )
        if piece.place.name.lower() in names:
            raise Declined(f"{piece.place} is there twice.", code="twice")
        names.add(piece.place.name.lower())
        if not trusted:
            _no_disguise(luggage, piece)


def _no_expressions(luggage: Luggage, piece: Piece) -> None:
    """Refuse settings that name code to be run, as MONAI bundles do."""
    with luggage.open(piece) as file:
        text = file.read(_TEXT_BYTES).decode("utf-8", "replace")
    try:
        found = next(_expressions(json.loads(text)), "")
    except (ValueError, RecursionError):
        seen = _EXPRESSION.search(text)
        found = "" if seen is None else seen.group()
    if found:
        what = "_target_" if "_target_" in found else "$"
        raise Declined(
            f"{piece.place} holds {what!r} expressions, as MONAI bundles do, which name code to"
            " be run; nothing of it was run. Convert the bundle with `skiagram models convert`.",
            code="expressions",
        )


def _expressions(value: object) -> Iterator[str]:
    """Go through what MONAI would evaluate in parsed settings."""
    ahead = [value]
    while ahead:
        one = ahead.pop()
        if isinstance(one, dict):
            yield from (key for key in one if key == "_target_" or key.startswith("$"))
            ahead += one.values()
        elif isinstance(one, list):
            ahead += one
        elif isinstance(one, str) and one.startswith("$"):
            yield one


def _no_disguise(luggage: Luggage, piece: Piece) -> None:
    """Refuse what begins like a pickle, a ZIP (TorchScript is one), an array or a program."""
    with luggage.open(piece) as file:
        head = file.read(16)
    pickled = len(head) > 1 and head[0] == 0x80 and 2 <= head[1] <= 5 and piece.suffix != ".onnx"
    starts = (b"PK\x03\x04", b"\x93NUMPY", b"\x89HDF", b"\x7fELF", b"MZ\x90", b"#!")
    if pickled or head.startswith(starts):
        raise Declined(
            f"{piece.place} is not what its name says: it begins like a pickle, an archive or a"
            " program.",
            code="disguised",
        )


def _copy(source: IO[bytes], target: IO[bytes], piece: Piece) -> None:
    """Copy no more than was announced: a ZIP may unpack to more."""
    left = piece.size
    while chunk := source.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise Unreadable(f"{piece.place}: larger than announced", code="damaged_model")
        target.write(chunk)
    if left:
        raise Unreadable(f"{piece.place}: ends too early", code="damaged_model")
