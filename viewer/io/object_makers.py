"""Whether a program alone stands behind an object: no person is named in it."""

from __future__ import annotations

from pathlib import Path

from pydicom.dataset import Dataset

from viewer.io.gsps_read import read_presentation
from viewer.io.judgements import person_of
from viewer.io.object_file import read_object
from viewer.io.structures import read_structures

_DOSE = tuple(f"1.2.840.10008.5.1.4.1.1.88.{end}" for end in (67, 68, 73, 76))
"""Reports of radiation and radiopharmaceuticals: written by scanners, about no finding."""
_AUTOMATIC = "AUTOMATIC"


def made_by_program(path: Path, modality: str) -> bool:
    """Tell whether what an object draws or says comes of a program, as far as it tells.

    Reports and selections of key images: no person observed or verified it. Presentation states:
    they draw something, and name no creator. Structures: one was made automatically (PS3.3
    C.8.8.6). Segments name who made each of them, so this says no of them.

    Raises:
        Unreadable: if it cannot be read.
    """
    match modality:
        case "SR" | "KO":
            return _names_nobody(read_object(path))
        case "PR":
            state = read_presentation(path)
            return bool(state.drawings) and not state.creator
        case "RTSTRUCT":
            return any(one.algorithm == _AUTOMATIC for one in read_structures(path).structures)
    return False


def _names_nobody(document: Dataset) -> bool:
    if str(document.get("SOPClassUID", "")) in _DOSE:
        return False
    verified = document.get("VerifyingObserverSequence") or ()
    return person_of(document) is None and not any(
        str(one.get("VerifyingObserverName", "") or "").strip("^ ") for one in verified
    )
