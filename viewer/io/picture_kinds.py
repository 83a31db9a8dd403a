"""Which format a file of pictures has, and who reads its head."""

from __future__ import annotations

import struct
from pathlib import Path

from viewer.io.picture_heads import PictureFile, cut_off, read_bmp, read_jpeg, read_png
from viewer.io.tiff_heads import read_tiff

FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def picture_format(path: Path, start: bytes) -> str | None:
    """Return the format that the first bytes tell; None where they are of none of these."""
    if start.startswith(_PNG):
        return "PNG"
    if start.startswith(_JPEG):
        return "JPEG"
    if start.startswith(_TIFF):
        return "TIFF"
    return "BMP" if start.startswith(b"BM") and path.suffix.lower() == ".bmp" else None


def read_picture_head(path: Path, kind: str) -> PictureFile:
    """Return what is in a file.

    Raises:
        Unreadable: if it is cut off, damaged, too large, or of a kind that is not read.
        OSError: if it cannot be read.
    """
    read = {"PNG": read_png, "JPEG": read_jpeg, "BMP": read_bmp, "TIFF": read_tiff}[kind]
    try:
        with path.open("rb") as file:
            return read(path, file)
    except (struct.error, IndexError) as error:
        raise cut_off(path) from error
