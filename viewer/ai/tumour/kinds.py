"""Telling PET, CT and MR apart where a file does not say what it is (NIfTI, NRRD, MetaImage)."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from viewer.ai.accepting import KINDS, UNSAID
from viewer.ai.readers import Image, Inputs
from viewer.ai.tumour.preparation import TITLE
from viewer.core.errors import Declined
from viewer.core.study import Notice
from viewer.core.technique import Technique
from viewer.core.volume import Volume

_WORDS = {
    "PT": {"pet", "pt", "suv", "fdg"},
    "CT": {"ct", "hu"},
    "MR": {"mr", "mri", "t1", "t1w", "t2", "t2w", "flair", "stir"},
}
_UNITS = {"PT": "{SUVbw}g/ml", "CT": "[hnsf'U]", "MR": "1"}
_MOST_SUV, _LEAST_SUV = 200.0, -0.5
_LEAST_HU, _MOST_AIR_HU = -4100.0, -500.0


def told(inputs: Inputs) -> tuple[Inputs, tuple[Notice, ...]]:
    """Return inputs in which every volume has a modality; by its name where its file has none.

    Raises:
        Declined: if neither tells what the image in front is.
    """
    names = (*inputs.names, *("" for _ in (inputs.image, *inputs.others)))
    techniques = (*inputs.techniques, *(Technique() for _ in (inputs.image, *inputs.others)))
    images: list[Image] = []
    kept: list[int] = []
    notices: list[Notice] = []
    for number, image in enumerate((inputs.image, *inputs.others)):
        if not isinstance(image, Volume) or image.modality not in UNSAID:
            images.append(image)
            kept.append(number)
            continue
        kind = kind_in(names[number])
        if kind is None and number == 0:
            raise Declined(
                f"{TITLE} needs to know whether this is PET, CT or MR; neither the file nor its"
                " name says so.",
                code="kind_unsaid",
            )
        if kind is None:
            continue
        images.append(replace(image, modality=kind, unit=_UNITS[kind]))
        kept.append(number)
        notices.append(_taken(kind))
    said = replace(
        inputs,
        image=images[0],
        others=tuple(images[1:]),
        names=tuple(names[number] for number in kept),
        techniques=tuple(techniques[number] for number in kept),
    )
    return said, tuple(notices)


def kind_in(name: str) -> str | None:
    """Return the one modality that a name tells, None if it tells none or several."""
    words = set(re.split(r"[^a-z0-9]+", name[:200].lower()))
    found = [kind for kind, own in _WORDS.items() if words & own]
    return found[0] if len(found) == 1 else None


def check_values(volume: Volume, notices: tuple[Notice, ...]) -> None:
    """Make sure that an image that was taken for PET or CT by its name has values of such a one.

    Raises:
        Declined: if they cannot be SUV or HU.
    """
    if not any(notice.code == f"taken_as_{volume.modality.lower()}" for notice in notices):
        return
    values = volume.values()
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if volume.modality == "PT" and not (low >= _LEAST_SUV and 0 < high <= _MOST_SUV):
        raise Declined(
            f"{TITLE} needs PET in SUV by body weight; the values of this one, {low:.4g} to"
            f" {high:.4g}, are none (counts or Bq/ml?).",
            code="not_suvbw",
        )
    if volume.modality == "CT" and not _LEAST_HU <= low <= _MOST_AIR_HU:
        raise Declined(
            f"{TITLE} needs CT in Hounsfield units; the least value of this one is {low:.4g}.",
            code="not_hu",
        )


def _taken(kind: str) -> Notice:
    meant = {"PT": ", its values as SUV by body weight", "CT": ", its values as Hounsfield units"}
    sentence = f"The file does not say what it is; by its name it was taken as {KINDS[kind]}"
    return Notice(f"taken_as_{kind.lower()}", sentence + meant.get(kind, "") + ".")
