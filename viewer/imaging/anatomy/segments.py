"""Anatomy of a volume as ordinary segmentations, with what is said of each in their author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from viewer import __version__
from viewer.core.author import ANATOMY_BY_RULES, Author
from viewer.core.errors import Declined
from viewer.core.identity import new_uid
from viewer.core.label_map import LabelMap
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume, padded
from viewer.imaging.anatomy.find import find_anatomy
from viewer.imaging.anatomy.ground import AIR_HU
from viewer.imaging.anatomy.result import Anatomy, Found
from viewer.imaging.anatomy.structures import STRUCTURES, Layer, Structure

AUTHOR = ANATOMY_BY_RULES
HU = "[hnsf'U]"
TAKEN_FOR_MR = "The file does not say what it is; it was taken for an MR."
GUESSED = 0.7
"""How sure a result is beside one on an image that says what it is."""
_UNTOLD = ("OT", "")
"""Modalities of files that do not tell; without HU such values are taken to be of an MR."""


def modality_of(volume: Volume) -> str:
    """Return by which rules a volume is read: CT or MR.

    Raises:
        Declined: if it is neither.
    """
    if volume.unit == HU and volume.modality == "CT":
        return "CT"
    if volume.modality == "MR" or (volume.modality in _UNTOLD and volume.unit != HU):
        return "MR"
    raise Declined(
        "Anatomy is looked for on CT in HU and, for the brain, on MR; this is neither.",
        code="neither_ct_nor_mr",
    )


def values_of(volume: Volume) -> NDArray[np.generic]:
    """Return the values as small as they can be kept; what stands for nothing is darkest."""
    offset = float(volume.intercept)
    exact = volume.slope == 1 and offset.is_integer() and volume.voxels.dtype.kind in "iu"
    values: NDArray[np.generic]
    if exact and volume.voxels.dtype.itemsize <= 2:
        values = (volume.voxels.astype(np.int32) + int(offset)).clip(-32768, 32767).astype(np.int16)
    else:
        values = volume.values()
    nothing = padded(volume.voxels, volume.padding)
    if nothing is not None:
        least = AIR_HU if volume.unit == HU else float(values[~nothing].min(initial=0))
        values[nothing] = np.asarray(least).astype(values.dtype)
    return values


def anatomy_of(
    volume: Volume, progress: Progress, structures: Sequence[Structure] = STRUCTURES
) -> Anatomy:
    """Find structures in a volume.

    Raises:
        Declined: if it is no CT in HU and no MR, or the rules cannot be used on it.
        Cancelled: if nobody wants it any more.
    """
    modality = modality_of(volume)
    found = find_anatomy(
        values_of(volume), volume.geometry, progress,
        structures=structures, modality=modality, unit=volume.unit,
    )  # fmt: skip
    return found if volume.modality == modality else _guessed(found)


def _guessed(anatomy: Anatomy) -> Anatomy:
    """Be less sure of what rests on taking an image for an MR that does not say what it is."""
    found = tuple(
        replace(
            one, certainty=round(GUESSED * one.certainty, 2), failed=(*one.failed, TAKEN_FOR_MR)
        )
        if one.there
        else one
        for one in anatomy.found
    )
    return replace(anatomy, found=found)


def segmentations_of(
    anatomy: Anatomy, series_key: str, asked: str = ""
) -> tuple[Segmentation, ...]:
    """Return what was found as label groups, proposed; `asked` says what for in their titles."""
    groups = []
    for layer, labels in anatomy.layers:
        found = anatomy.of(layer)
        author = Author(
            AUTHOR, is_model=True, version=__version__,
            parameters=tuple((one.structure.title, said_of(one)) for one in found),
        )  # fmt: skip
        groups.append(
            Segmentation(
                new_uid(),
                _title(layer, asked),
                LabelMap.of(labels),
                anatomy.geometry,
                tuple(one.structure.segment for one in found),
                author,
                series_key,
            )
        )
    return tuple(groups)


def _title(layer: Layer, asked: str) -> str:
    if not asked:
        return layer.value
    return f"Anatomy: {asked}" if layer is Layer.ORGANS else f"{layer.value} ({asked})"


def said_of(found: Found) -> str:
    """Return how sure a structure is, with its reasons, in one line."""
    return " ".join((f"{round(100 * found.certainty)} % sure.", *found.failed, *found.reasons))
