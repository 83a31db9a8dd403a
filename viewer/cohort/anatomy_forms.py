"""What anatomy is written as and taken from; light, for the command line's sake."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """What segments are written as."""

    SEG = "seg"
    NIFTI = "nifti"
    BOTH = "both"


class Taken(StrEnum):
    """What images are whose files do not tell (NIfTI, NRRD, MetaImage)."""

    CT_HU = "ct-hu"
    MR = "mr"


class BrainBy(StrEnum):
    """Who outlines the brain in place of the rules."""

    DEEPBET = "deepbet"
