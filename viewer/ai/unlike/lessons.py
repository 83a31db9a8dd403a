"""The heads that are learned from and judged on, with boxes that only the judging looks at.

Pictures of PHE-SICH-CT-IDS: head CT of patients with a bleed in the brain, boxes round it in
the pixels of pictures twice as large. Learning uses slices without a box, and no box.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from viewer.ai.unlike.heads import Head, head_of
from viewer.core.errors import Unreadable

FOLDER = "ct_head_hemorrhage_phe"
_SHRUNK = 2.0
_LARGEST_FILE = 1_000_000
_CORNERS = ("ymin", "xmin", "ymax", "xmax")

Box = tuple[float, float, float, float]
"""First row and column, last row and column, in the pixels of the network."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """One patient: the head, and the boxes of each slice."""

    patient: str
    head: Head = field(repr=False)
    boxes: tuple[tuple[Box, ...], ...] = field(repr=False)

    @property
    def usual(self) -> NDArray[np.intp]:
        """The slices with brain and without a box."""
        seen = self.head.brain.any(axis=(1, 2))
        return np.flatnonzero(seen & ~self.ill)

    @property
    def ill(self) -> NDArray[np.bool_]:
        """Whether there is a box in a slice."""
        return np.array([bool(boxes) for boxes in self.boxes])


def lessons_of(data: Path) -> tuple[Lesson, ...]:
    """Read all patients of the set.

    Raises:
        Unreadable: if the set is not there, or damaged.
    """
    folder = data / FOLDER
    patients = sorted(one for one in (folder / "images").glob("*") if one.is_dir())
    if not patients:
        raise Unreadable(f"{FOLDER}: no pictures are there", code="no_data")
    return tuple(lesson_of(folder, one.name) for one in patients)


def lesson_of(folder: Path, patient: str) -> Lesson:
    """Read one patient of the set."""
    files = sorted((folder / "images" / patient).glob("*.png"))
    head = head_of(np.stack([_picture(one) for one in files]))
    boxes = tuple(_boxes(folder / "boxes" / patient / f"{one.stem}.xml", head) for one in files)
    return Lesson(patient, head, boxes)


def _picture(path: Path) -> NDArray[np.uint8]:
    if path.stat().st_size > _LARGEST_FILE:
        raise Unreadable(f"{path.name}: larger than any slice", code="damaged_data")
    with Image.open(io.BytesIO(path.read_bytes())) as picture:
        return np.asarray(picture.convert("L"))


def _boxes(path: Path, head: Head) -> tuple[Box, ...]:
    if not path.exists() or path.stat().st_size > _LARGEST_FILE:
        return ()
    found = []
    root = ET.parse(path).getroot()  # noqa: S314 - data learned from; no other file is read here
    for one in root.iter("bndbox"):
        corners = [float(one.findtext(name, "nan")) / _SHRUNK for name in _CORNERS]
        found.append((*head.place(*corners[:2]), *head.place(*corners[2:])))
    return tuple(found)
