"""The forms that segments can be written in; light, so that the command line may name them."""

from __future__ import annotations

from enum import StrEnum


class SegmentForm(StrEnum):
    """What segments are written as; `auto` is SEG for DICOM images, else NIfTI."""

    AUTO = "auto"
    SEG = "seg"
    NIFTI = "nifti"
    NRRD = "nrrd"
    RTSTRUCT = "rtstruct"


ENDINGS = {
    SegmentForm.SEG: ".seg.dcm",
    SegmentForm.NIFTI: ".nii.gz",
    SegmentForm.NRRD: ".seg.nrrd",
    SegmentForm.RTSTRUCT: ".rtstruct.dcm",
}
