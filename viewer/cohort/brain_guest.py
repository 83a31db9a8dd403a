"""The brain of an MR by deepbet, a package that the user may install, in the form of anatomy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewer.ai.brain.extraction import extracted
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume
from viewer.imaging.anatomy.result import Anatomy, Found
from viewer.imaging.anatomy.segments import segmentations_of
from viewer.imaging.anatomy.structures import BRAIN

UNKNOWN = "How sure deepbet is was never measured here: look at the outline."
MADE_FOR = "It was made for T1 of adults."


def brain_by_deepbet(
    image: Volume, series_key: str, progress: Progress
) -> tuple[Anatomy, tuple[Segmentation, ...]]:
    """Return the brain alone, signed by deepbet.

    Raises:
        Declined: if deepbet is not installed, the image is no MR, or no brain is seen.
        Unreadable: if its files are not those of deepbet 1.0.2.
    """
    brain = extracted(image, progress)
    labels = np.where(brain.inside, np.uint8(BRAIN.label), np.uint8(0))
    found = Found(BRAIN, 0.5, (MADE_FOR,), (UNKNOWN,), brain.volume_ml)
    anatomy = Anatomy(((BRAIN.layer, labels),), image.geometry, (found,), ("head",))
    groups = segmentations_of(anatomy, series_key)
    return anatomy, tuple(replace(one, author=brain.author) for one in groups)
