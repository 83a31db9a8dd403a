"""Whether an image is one of those that a model was made for, by what its card accepts.

Asked before anything is computed: kind, unit, part of the body, then the grid. Each refusal
is one sentence with the reason, and a code.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viewer.ai.card import Accepts, Card
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.volume import Volume
from viewer.imaging.upright import Turn

UNSAID = ("", "OT")
"""Modalities of files that do not tell (NIfTI, NRRD, MetaImage)."""
UNITS = {"HU": ("[hnsf'U]", "HU"), "SUVbw": ("g/ml{SUVbw}", "{SUVbw}g/ml")}
IN_UNITS = {"HU": "in Hounsfield units", "SUVbw": "in SUV by body weight"}
KINDS = {
    "CT": "a CT",
    "MR": "a magnetic resonance image",
    "PT": "a PET",
    "NM": "a scintigram",
    "US": "an ultrasound image",
    "CR": "a radiograph",
    "DX": "a radiograph",
    "MG": "a mammogram",
    "XA": "an angiogram",
    "RF": "a fluoroscopy",
}
_CHEST = frozenset({"39607008", "51185008", "43799004"})
_HEAD = frozenset({"12738006", "69536005"})
_BELLY = frozenset({"818981001", "818983003", "12921003", "113345001"})
_LIMBS = frozenset({"61685007", "53120007"})
BODY_PARTS = {
    "CHEST": _CHEST, "LUNG": _CHEST, "THORAX": _CHEST, "HEAD": _HEAD, "BRAIN": _HEAD,
    "SKULL": _HEAD, "ABDOMEN": _BELLY, "PELVIS": _BELLY, "LIVER": _BELLY, "KNEE": _LIMBS,
    "HIP": _LIMBS, "ANKLE": _LIMBS, "FOOT": _LIMBS, "HAND": _LIMBS, "ELBOW": _LIMBS,
    "SHOULDER": _LIMBS, "LEG": _LIMBS, "ARM": _LIMBS,
}  # fmt: skip
"""Which regions (SNOMED CT) lie in what DICOM calls Body Part Examined (PS3.16 annex L)."""
_DIRECTIONS = ("sagittal", "coronal", "axial")
_LEAST_COSINE = float(np.cos(np.radians(30)))


@dataclass(frozen=True, slots=True)
class Asked:
    """How refusals of a model begin: who asks, and for what."""

    words: str
    """Such as "The second reader looks for nodules on chest CT"."""

    @classmethod
    def by(cls, card: Card) -> Asked:
        """Return the words for a model that has none of its own."""
        return cls(f"{card.title} was made for {card.modality}")


def admit_by_card(volume: Volume, card: Card, body_part: str = "") -> None:
    """Let a volume in if the card of a model accepts it.

    Args:
        volume: The image.
        card: The card of the model.
        body_part: What the file calls the part of the body, if it does.

    Raises:
        Declined: with the reason, for the first thing that is not as the model needs it.
    """
    asked = Asked.by(card)
    admit_kind(volume, card.accepts, asked)
    admit_region(body_part, card.accepts, asked)
    admit_orientation(volume.geometry, card.accepts, asked)
    admit_spacing(volume.geometry, card.accepts, asked)


def admit_kind(volume: Volume, accepts: Accepts, asked: Asked) -> None:
    """Let a volume in by its modality and unit; files that tell neither pass.

    Raises:
        Declined: with the code "not_ct" and the like, or "not_hu".
    """
    if volume.modality not in (*accepts.modalities, *UNSAID):
        kind = KINDS.get(volume.modality, f"an image of the kind {volume.modality}")
        code = "not_" + "_".join(accepts.modalities).lower()
        raise Declined(f"{asked.words}; this is {kind}.", code=code)
    if volume.modality in UNSAID or not accepts.unit:
        return
    if volume.unit not in UNITS[accepts.unit]:
        raise Declined(
            f"{asked.words} {IN_UNITS[accepts.unit]}; this one has none.",
            code=f"not_{accepts.unit.lower()}",
        )


def admit_region(body_part: str, accepts: Accepts, asked: Asked) -> None:
    """Let a volume in by the part of the body its file names; unknown words pass.

    Raises:
        Declined: if it names another part.
    """
    here = BODY_PARTS.get(body_part.strip().upper())
    if here is None or not accepts.regions:
        return
    if not here & {region.value for region in accepts.regions}:
        wanted = " or ".join(region.meaning for region in accepts.regions)
        raise Declined(
            f"{asked.words} with {wanted} in it; this one is of {body_part.strip().lower()}.",
            code="wrong_region",
        )


def admit_orientation(geometry: Geometry, accepts: Accepts, asked: Asked) -> None:
    """Let a volume in by the way its slices lie.

    Raises:
        Declined: if they lie otherwise than the model needs.
    """
    if accepts.orientation == "any":
        return
    normal = geometry.affine[:3, 0]
    cosines = np.abs(normal) / np.linalg.norm(normal)
    nearest = int(np.argmax(cosines))
    if _DIRECTIONS[nearest] != accepts.orientation or cosines[nearest] < _LEAST_COSINE:
        raise Declined(
            f"{asked.words}, in {accepts.orientation} slices; these lie otherwise.",
            code="wrong_orientation",
        )


def admit_spacing(geometry: Geometry, accepts: Accepts, asked: Asked) -> None:
    """Let a volume in by the size of its voxels and the stretch it covers.

    Axes are taken along the patient, however the slices were stored.

    Raises:
        Declined: if it is too coarse, too fine, or too short.
    """
    grid = Turn.of(geometry).geometry
    height, *pixel = grid.spacing_mm
    too_thick = 0 < accepts.thickest_mm < height
    if too_thick or 0 < accepts.coarsest_mm < max(pixel):
        limits = _limits(accepts)
        raise Declined(
            f"{asked.words} {limits}; here voxels are {height:.1f} x {max(pixel):.1f} mm.",
            code="too_thick",
        )
    if min(grid.spacing_mm) < accepts.finest_mm:
        raise Declined(
            f"{asked.words} of voxels from {accepts.finest_mm:g} mm on; here they measure"
            f" {min(grid.spacing_mm):.2f} mm.",
            code="too_fine",
        )
    if grid.shape[0] < accepts.fewest_slices or grid.shape[0] * height < accepts.shortest_mm:
        raise Declined(
            f"{asked.words}; {grid.shape[0]} slices over {grid.shape[0] * height:.0f} mm"
            " are too few.",
            code="too_few_slices",
        )


def _limits(accepts: Accepts) -> str:
    thick = f"up to {int(accepts.thickest_mm) or accepts.thickest_mm:g} mm thick"
    return thick if accepts.thickest_mm else f"with pixels up to {accepts.coarsest_mm:g} mm"
