"""The heads that are learned from: PHE-SICH-CT-IDS, slices with boxes round the bleed.

The pictures are stored with the nose to the left; they are turned so that it is in front, at the
top. Which side is the left one nobody says, and nothing here depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from viewer.ai.haemorrhage.brightness import skull_of
from viewer.ai.haemorrhage.pictures import SIDE, Bytes, Frame, frame_of, framed

FOLDER = "ct_head_hemorrhage_phe"
BOX_PIXELS = 512
"""Boxes are told in pixels of pictures of this size."""
_CLOT = 0.5
"""A clot is brighter than this far from the brain to the brightest of its box."""


@dataclass(frozen=True, slots=True, eq=False)
class Patient:
    """One head as the network sees it: slices, boxes (row, column, row, column), NaN for none."""

    name: str
    slices: Bytes = field(repr=False)
    boxes: NDArray[np.float64] = field(repr=False)
    clots: NDArray[np.bool_] = field(repr=False)
    """What is bright within the boxes: by rule, outlined by nobody."""
    frame: Frame
    pixels: int
    """Rows and columns of the pictures."""

    @property
    def ill(self) -> NDArray[np.bool_]:
        """The slices with a bleed."""
        return np.isfinite(self.boxes[:, 0])


def patients(data: Path) -> list[Patient]:
    """Read all heads of a data folder, by name."""
    folder = data / FOLDER
    return [read_patient(folder, one.name) for one in sorted((folder / "images").iterdir())]


def read_patient(folder: Path, name: str) -> Patient:
    """Read one head."""
    files = sorted((folder / "images" / name).glob("*.png"))
    pictures = np.stack([read_picture(file) for file in files])
    frame = frame_of(pictures)
    slices = framed(pictures, frame)
    scale = pictures.shape[1] / BOX_PIXELS
    read = [read_box(folder / "boxes" / name / f"{file.stem}.xml", scale) for file in files]
    boxes = in_frame(np.array(read), frame)
    return Patient(name, slices, boxes, clots_of(slices, boxes), frame, pictures.shape[1])


def read_picture(file: Path) -> Bytes:
    """Read a slice and turn its front to the top."""
    with Image.open(file) as image:
        return np.ascontiguousarray(np.asarray(image.convert("L"), np.uint8).T)


def read_box(file: Path, scale: float) -> tuple[float, float, float, float]:
    """Return the box of a slice (first row, first column, last row, last column), or NaN.

    The file is one of the data learned from; no other file is read here.
    """
    box = ET.parse(file).getroot().find("object/bndbox")  # noqa: S314 - our own data
    if box is None:
        return (np.nan,) * 4
    x0, y0, x1, y1 = (float(box.findtext(k, "nan")) for k in ("xmin", "ymin", "xmax", "ymax"))
    return x0 * scale, y0 * scale, x1 * scale, y1 * scale


def in_frame(boxes: NDArray[np.float64], frame: Frame) -> NDArray[np.float64]:
    """Bring boxes from pixels of the picture to pixels of the network."""
    middle = np.array([frame.row, frame.column] * 2)
    return np.asarray((boxes - middle) / frame.pixel + (SIDE - 1) / 2)


def clots_of(slices: Bytes, boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return what is bright within the boxes: above half way from brain to the brightest."""
    found = np.zeros(slices.shape, np.bool_)
    calm = ndimage.gaussian_filter(slices.astype(np.float32), (0, 0.6, 0.6))
    for number in np.flatnonzero(np.isfinite(boxes[:, 0])):
        low = np.floor(boxes[number, :2]).astype(int).clip(0)
        high = np.ceil(boxes[number, 2:]).astype(int) + 1
        inside = (number, slice(low[0], high[0]), slice(low[1], high[1]))
        brain, bright = np.percentile(calm[inside], (25, 98))
        clot = calm[inside] > brain + _CLOT * max(bright - brain, 12.0)
        found[inside] = clot & ~skull_of(slices[number])[inside[1:]]
    return found
