"""DICOM objects read whole, or refused: pydicom alone takes a cut file for a short one."""

from __future__ import annotations

import zlib
from pathlib import Path

from pydicom import dcmread
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.errors import BytesLengthException, InvalidDicomError

from viewer.core.errors import Unreadable

_UNDEFINED_LENGTH = 0xFFFFFFFF

# What pydicom raises at files that are not what they say.
DAMAGE = (
    InvalidDicomError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    TypeError,
    NotImplementedError,
    RuntimeError,
    BytesLengthException,
    OverflowError,
    zlib.error,
)


def read_object(path: Path) -> Dataset:
    """Read a DICOM file with all its elements.

    Raises:
        Unreadable: if the file ends before its last element does.
    """
    dataset = dcmread(path)
    for tag in dataset.keys():  # noqa: SIM118 - iterating the data set itself would decode it
        element: object = dataset.get_item(tag)
        if not isinstance(element, RawDataElement) or element.value is None:
            continue
        if element.length != _UNDEFINED_LENGTH and len(element.value) < element.length:
            raise Unreadable("the file ends too early; copy it again.", code="truncated")
    return dataset


def first_line(error: BaseException) -> str:
    """Return what a library says of a defect, short enough for a sentence."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    lines = str(error).strip().splitlines()
    return lines[0][:120].rstrip(".") if lines else type(error).__name__
