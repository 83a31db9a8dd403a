"""The forms that images can be written in; light, so that the command line may name them."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """What kind of file a series becomes."""

    NIFTI = "nifti"
    NRRD = "nrrd"
    PNG = "png"
    DICOM = "dicom"


class Coding(StrEnum):
    """How pixels are written in DICOM; none of these loses anything."""

    EXPLICIT = "explicit"
    JPEG_LS = "jpeg-ls"
    RLE = "rle"
    JPEG_2000 = "jpeg-2000"
