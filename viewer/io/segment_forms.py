"""The files that segments can be written in, and what each of them cannot say."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class SegmentForm(StrEnum):
    """What kind of file segments become."""

    SEG = "seg"
    """DICOM SEG, one bit for each voxel and segment."""
    SEG_FRACTIONAL = "seg-fractional"
    SEG_LABEL_MAP = "seg-labelmap"
    RTSTRUCT = "rtstruct"
    NIFTI = "nifti"
    NRRD = "nrrd"
    CSV = "csv"

    @property
    def words(self) -> str:
        """What a person calls it."""
        return _TITLES[self]

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return _ENDINGS[self]

    @property
    def is_dicom(self) -> bool:
        """Tell whether it refers to DICOM images."""
        return self.ending == ".dcm"

    @property
    def losses(self) -> str:
        """What is lost in it, in one sentence; empty where all comes back."""
        return _LOSSES.get(self, "")


class OtherGrid(StrEnum):
    """What becomes of segments that were drawn on other voxels than those of the images."""

    REFUSE = "refuse"
    OWN = "own"
    """They stay on their own grid."""
    RESAMPLE = "resample"


_TITLES = {
    SegmentForm.SEG: "DICOM segmentation (SEG)",
    SegmentForm.SEG_FRACTIONAL: "DICOM segmentation, fractional",
    SegmentForm.SEG_LABEL_MAP: "DICOM segmentation, label map",
    SegmentForm.RTSTRUCT: "DICOM RT structure set",
    SegmentForm.NIFTI: "NIfTI label map",
    SegmentForm.NRRD: "NRRD segmentation (3D Slicer)",
    SegmentForm.CSV: "Table of segments (CSV)",
}
_ENDINGS = {
    SegmentForm.NIFTI: ".nii.gz",
    SegmentForm.NRRD: ".seg.nrrd",
    SegmentForm.CSV: ".csv",
    **dict.fromkeys(
        (
            SegmentForm.SEG,
            SegmentForm.SEG_FRACTIONAL,
            SegmentForm.SEG_LABEL_MAP,
            SegmentForm.RTSTRUCT,
        ),
        ".dcm",
    ),
}
_LOSSES = {
    SegmentForm.SEG_FRACTIONAL: (
        "Every voxel is written as all of its segment, as nothing finer is known of it."
    ),
    SegmentForm.RTSTRUCT: (
        "RT structures keep contours, names, colours and codes, but not categories, and not "
        "which algorithm drew them."
    ),
    SegmentForm.NIFTI: (
        "NIfTI names neither patient nor images; names, codes and colours are in a comment that "
        "few programs read, and beside the file for ITK-SNAP."
    ),
    SegmentForm.NRRD: "NRRD names neither patient nor images.",
    SegmentForm.CSV: "The table holds no voxels, so nothing can be drawn from it again.",
}


def form_of(path: Path) -> SegmentForm | None:
    """Return the form that a name promises; None if it promises none of them."""
    name = path.name.lower()
    if name.endswith((".nii", ".nii.gz")):
        return SegmentForm.NIFTI
    if name.endswith((".nrrd", ".nhdr")):
        return SegmentForm.NRRD
    if name.endswith(".csv"):
        return SegmentForm.CSV
    return SegmentForm.SEG if name.endswith((".dcm", ".seg")) else None
