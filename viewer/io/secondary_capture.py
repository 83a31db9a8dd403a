"""What a view shows as a DICOM picture of its own (Secondary Capture Image Storage).

Nothing may be measured in it unless its pixels are square pieces of one flat picture:
then Pixel Spacing says how large they are, and that it is calibrated by the geometry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from viewer.core.code import Code
from viewer.core.graphics import Shown
from viewer.core.study import Series
from viewer.io.new_object import code_item, image_item, new_object, stamp_content, write_object
from viewer.io.sources import source_headers

CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
_PURPOSE = Code("121322", "DCM", "Source image for image processing operation")


@dataclass(frozen=True, slots=True)
class Capture:
    """A picture of a view: RGB 8 bit, whether words of the patient are in it, what it shows.

    `spacing_mm` is the size of its pixels in the patient where that is true of all of
    them, else None.
    """

    pixels: NDArray[np.uint8] = field(repr=False)
    names_burned_in: bool
    pictures: tuple[Shown, ...] = ()
    spacing_mm: float | None = None
    description: str = "Picture of a view"

    def __post_init__(self) -> None:
        if self.pixels.ndim != 3 or self.pixels.shape[2] != 3 or self.pixels.dtype != np.uint8:
            raise ValueError("a capture is an RGB picture of 8 bits")
        if self.spacing_mm is not None and not self.spacing_mm > 0:
            raise ValueError("pixels have a size")


def write_capture(
    path: Path, capture: Capture, series: Series, *, series_number: int = 9800
) -> str:
    """Write a picture as secondary capture of the series it shows; return its UID."""
    headers = source_headers(series, placed=False)
    mark = "SYNTHETIC " if series.synthetic else ""
    made = new_object(headers[0], CAPTURE, "OT", series_number, f"{mark}{capture.description}")
    stamp_content(made)
    made.ConversionType, made.ImageType = "WSD", ["DERIVED", "SECONDARY"]
    made.BurnedInAnnotation = "YES" if capture.names_burned_in else "NO"
    made.PatientOrientation = ""
    made.DerivationDescription = "A view as it was on the screen, with what was drawn over it"
    lossy = str(headers[0].get("LossyImageCompression", "") or "")
    if lossy == "01":
        made.LossyImageCompression = "01"
        for keyword in ("LossyImageCompressionRatio", "LossyImageCompressionMethod"):
            if headers[0].get(keyword) is not None:
                made[keyword] = headers[0][keyword]
    _refer(made, headers, capture.pictures)
    if capture.spacing_mm is not None:
        made.PixelSpacing = [f"{capture.spacing_mm:.9g}"] * 2
        made.PixelSpacingCalibrationType = "GEOMETRY"
        made.PixelSpacingCalibrationDescription = "Resampled onto the screen"
    rows, columns = capture.pixels.shape[:2]
    made.SamplesPerPixel, made.PhotometricInterpretation = 3, "RGB"
    made.PlanarConfiguration, made.PixelRepresentation = 0, 0
    made.Rows, made.Columns = rows, columns
    made.BitsAllocated = made.BitsStored = 8
    made.HighBit = 7
    pixels = np.ascontiguousarray(capture.pixels).tobytes()
    made.PixelData = pixels + b"\0" * (len(pixels) % 2)
    return write_object(path, made)


def _refer(made: Dataset, headers: Sequence[Dataset], pictures: Sequence[Shown]) -> None:
    by_uid = {str(one.SOPInstanceUID): one for one in headers}
    named = [by_uid[uid] for uid in dict.fromkeys(uid for uid, _ in pictures) if uid in by_uid]
    if not named:
        return
    items = []
    for header in named:
        item = image_item(header)
        item.PurposeOfReferenceCodeSequence = [code_item(_PURPOSE)]
        items.append(item)
    made.SourceImageSequence = items
