"""The forms in which DICOM keeps segments (PS3.3 C.8.20.2), and what each cannot say."""

from __future__ import annotations

from enum import StrEnum

BINARY_OR_FRACTIONAL = "1.2.840.10008.5.1.4.1.1.66.4"
LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7"


class SegKind(StrEnum):
    """How the pixels of a SEG say what belongs to what."""

    BINARY = "binary"
    """One bit for each pixel and segment; segments may overlap."""
    FRACTIONAL = "fractional"
    """How much of a pixel belongs to a segment, or how probably it does."""
    LABEL_MAP = "label map"
    """One number for each pixel, which names its only segment."""

    @property
    def sop_class(self) -> str:
        """The SOP class that holds it."""
        return LABEL_MAP if self is SegKind.LABEL_MAP else BINARY_OR_FRACTIONAL
