"""Files that hold other files and are not opened here, known by how they begin."""

from __future__ import annotations

from typing import BinaryIO

from viewer.core.errors import Unreadable

_PACKED = {
    b"\x1f\x8b": "packed with gzip",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ\0": "packed with xz",
    b"\x28\xb5\x2f\xfd": "packed with zstd",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
}
_TAR_AT, _TAR = 257, b"ustar"
_DISC_AT, _DISC = 0x8001, b"CD001"


def refuse_foreign(name: str, file: BinaryIO) -> None:
    """Say of an archive or the image of a disc that it is one.

    Raises:
        Unreadable: if it is.
    """
    file.seek(0)
    start = file.read(_TAR_AT + len(_TAR))
    what = next((kind for mark, kind in _PACKED.items() if start.startswith(mark)), "")
    if start[_TAR_AT:] == _TAR:
        what = "a TAR archive"
    if what:
        sentence = f"{name} is {what}, which is not opened here: unpack it, or make a ZIP of it"
        raise Unreadable(sentence, code="foreign_archive")
    file.seek(_DISC_AT)
    if file.read(len(_DISC)) == _DISC:
        sentence = f"{name} is the image of a disc: open it with your system and drop what is on it"
        raise Unreadable(sentence, code="disc_image")
