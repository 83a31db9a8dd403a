"""The children of the public set: pictures, labels, and who belongs to whom.

Kermany et al. 2018 (CC BY 4.0): folders NORMAL and PNEUMONIA of JPEG files. Names carry the
patient: `person101_virus_187.jpeg`, `IM-0033-0001.jpeg`, `NORMAL2-IM-0173-0001.jpeg`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.ai.chest_xray.picture import Grey, equalised
from viewer.core.errors import Unreadable
from viewer.imaging.evaluation import resampling

FOLDER = "cr_chest_pneumonia"
CLASSES = ("NORMAL", "PNEUMONIA")
ALIKE = 0.985
"""Correlation of two equalised pictures from which on they count as one patient."""
SEED = 6
_SICK = re.compile(r"^person0*(\d+)_")
_WELL = re.compile(r"^(?:NORMAL2-)?IM-0*(\d+)-")
_KIND = re.compile(r"_(bacteria|virus)_")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One radiograph of one child."""

    name: str
    patient: str
    ill: bool
    kind: str
    """Bacteria or virus, as the file name says; empty for the healthy."""
    pixels: NDArray[np.uint8] = field(repr=False)
    file_bytes: int
    input: Grey = field(repr=False)


def read_cases(data: Path) -> tuple[Case, ...]:
    """Read all radiographs under a data folder, patients of alike pictures joined.

    Raises:
        Unreadable: if they are not there.
    """
    found: list[Case] = []
    for number, name in enumerate(CLASSES):
        for path in sorted((data / FOLDER / name).glob("*.jpeg")):
            pixels = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
            if pixels is None:
                raise Unreadable(f"{path.name}: cannot be decoded.", code="damaged_picture")
            found.append(_case(path, np.asarray(pixels, np.uint8), ill=bool(number)))
    if not found:
        raise Unreadable(f"{FOLDER}: no radiographs are there.", code="no_data")
    return joined(found)


def _case(path: Path, pixels: NDArray[np.uint8], *, ill: bool) -> Case:
    kind = _KIND.search(path.name)
    input_, _ = equalised(pixels)
    return Case(
        path.stem,
        patient_of(path.name),
        ill,
        kind[1] if kind else "",
        pixels,
        path.stat().st_size,
        input_,
    )


def patient_of(name: str) -> str:
    """Return whose picture a file is; equal numbers are one patient, even of two series."""
    for prefix, pattern in (("person", _SICK), ("healthy", _WELL)):
        match = pattern.match(name)
        if match:
            return prefix + match[1]
    return name


def joined(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Give patients one name of whom there are pictures too alike to be of two."""
    rows = np.stack([one.input.ravel() for one in cases])
    rows = rows - rows.mean(axis=1, keepdims=True)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    names = [one.patient for one in cases]
    for a, b in zip(*np.nonzero(np.triu(rows @ rows.T, 1) > ALIKE), strict=True):
        old, new = names[b], names[a]
        names = [new if name == old else name for name in names]
    return tuple(
        Case(one.name, name, one.ill, one.kind, one.pixels, one.file_bytes, one.input)
        for one, name in zip(cases, names, strict=True)
    )


def labels_of(cases: Sequence[Case]) -> NDArray[np.bool_]:
    """Return who is ill."""
    return np.array([one.ill for one in cases])


def patients_of(cases: Sequence[Case]) -> NDArray[np.str_]:
    """Return whose picture each is."""
    return np.array([one.patient for one in cases])


def folds(
    labels: NDArray[np.bool_], patients: NDArray[np.str_], count: int, seed: int = SEED
) -> NDArray[np.intp]:
    """Return the fold of each row: by patient, with like shares of ill and healthy."""
    found = np.zeros(len(labels), np.intp)
    ill = np.unique(patients[labels])
    sick = np.isin(patients, ill)
    for rows in (sick, ~sick):
        found[rows] = resampling.folds(patients[rows].tolist(), count, seed)
    return found
