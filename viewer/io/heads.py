"""The head of a DICOM file: by the quick reader where it is usual, by pydicom where it is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from viewer.core.errors import Unreadable
from viewer.io.header import Header
from viewer.io.quick_header import CutOff, Unusual, read_quickly


def header_of(path: Path) -> Header:
    """Return the head of a DICOM file, by the quick reader or else by pydicom.

    Raises:
        Unreadable: if it is no DICOM file or damaged.
        OSError: if it cannot be read.
    """
    try:
        return read_quickly(path)
    except Unusual as unusual:
        from viewer.io.full_header import read_fully

        if not isinstance(unusual, CutOff):
            return read_fully(path)
        return _cut_off(path, read_fully)


def _cut_off(path: Path, read_fully: Callable[[Path], Header]) -> Header:
    """Return the head of a file that seems to end in it, if pydicom finds its pixels after all."""
    sentence = f"{path.name} is cut off in the middle of its head"
    try:
        header = read_fully(path)
    except Unreadable as refusal:
        code = "truncated" if refusal.code == "damaged_header" else refusal.code
        raise Unreadable(sentence if code == "truncated" else str(refusal), code=code) from refusal
    if header.pixels is None:
        raise Unreadable(sentence, code="truncated")
    return header
