"""The files that maps of scores can be written in; the command line names them, so it is light."""

from __future__ import annotations

from enum import StrEnum


class MapForm(StrEnum):
    """What kind of file a map becomes."""

    DICOM = "dicom"
    """A DICOM Parametric Map, in 32-bit floats."""
    NIFTI = "nifti"
    """A byte for each voxel, with slope and intercept."""
    BOTH = "both"

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return ".dcm" if self is MapForm.DICOM else ".nii.gz"
