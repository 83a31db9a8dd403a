"""Whether images are such as the network learned: of a limb, FDG as the tracer, T1 on MR.

What files do not say passes for PET; CT and MR without a PET must say that they show a limb, for
whatever they show, the network would outline something on them.
"""

from __future__ import annotations

import re

from viewer.ai.tumour.preparation import TITLE
from viewer.core.errors import Declined
from viewer.core.technique import Technique

_LIMBS = (
    "EXTREMIT", "LIMB", "LEG", "THIGH", "FEMUR", "FEMORAL", "CALF", "KNEE", "TIBIA", "FIBULA",
    "ANKLE", "FOOT", "HIP", "BUTTOCK", "GLUTE", "GROIN", "ARM", "HUMERUS", "ELBOW", "RADIUS",
    "ULNA", "WRIST", "HAND", "SHOULDER", "AXILLA",
)  # fmt: skip
_ELSEWHERE = (
    "HEAD", "NECK", "BRAIN", "SKULL", "CHEST", "THORAX", "LUNG", "BREAST", "HEART", "CARDI", "ABD",
    "PELVI", "LIVER", "KIDNEY", "SPINE",
)  # fmt: skip
_WHOLE = ("WHOLE", "BODY")
_NO_T1 = {
    "t2", "t2w", "stir", "tirm", "flair", "pd", "pdw", "dwi", "adc", "dti", "trace", "tof", "asl",
    "swi", "perfusion",
}  # fmt: skip
_LONG_ECHO_MS = 60.0
_OTHER_TRACERS = re.compile(
    r"psma|dota|fluoride|\bnaf\b|cholin|\bfet\b|\bflt\b|\bfes\b|dopa|fapi|methionin|acetat|amyloid|"
    r"florbeta|flutemetamol|fluciclovin|pittsburgh|rubidium|ammonia|water|misonidazol|miso\b",
    re.IGNORECASE,
)
_WORDS = "The sarcoma model outlines soft-tissue sarcomas of the limbs on PET, CT and MR"


def admit_part(part: str, names: tuple[str, ...], *, needs_limb: bool) -> None:
    """Let images in by the part of the body that their file or its name tells.

    Args:
        part: What the file calls it.
        names: What else tells it, as the name of the series.
        needs_limb: Whether something must say that it is a limb.

    Raises:
        Declined: if it is another part, or must be told and is not.
    """
    said = part.strip().upper()
    if any(word in said for word in _LIMBS):
        return
    whole = any(word in said for word in _WHOLE)
    if not whole and any(word in said for word in _ELSEWHERE):
        raise Declined(f"{_WORDS}; this one is of {said.lower()[:60]}.", code="wrong_region")
    told = " ".join(names).upper()
    if needs_limb and not any(word in told for word in _LIMBS):
        raise Declined(
            f"{_WORDS}; the file does not say which part of the body this is. Put the PET of the"
            " study in front.",
            code="part_unsaid",
        )


def admit_taking(modality: str, name: str, technique: Technique | None) -> None:
    """Let an image in by how it was taken, as far as its file says.

    Raises:
        Declined: if it is MR that is not T1, or PET with another tracer than FDG.
    """
    if modality == "PT" and technique is not None and _OTHER_TRACERS.search(technique.tracer):
        raise Declined(
            f"{TITLE} learned PET with FDG; the tracer here is {technique.tracer[:60]}.",
            code="other_tracer",
        )
    if modality == "MR" and _is_no_t1(name, technique):
        raise Declined(
            f"{TITLE} learned T1 MR; {name[:60]!r} is none by its name or its echo time.",
            code="not_t1",
        )


def _is_no_t1(name: str, technique: Technique | None) -> bool:
    words = set(re.split(r"[^a-z0-9]+", name[:200].lower()))
    if words & _NO_T1:
        return True
    if words & {"t1", "t1w"}:
        return False
    return technique is not None and (technique.echo_ms or 0.0) >= _LONG_ECHO_MS
