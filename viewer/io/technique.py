"""How a picture was taken, from its header; read in the background, for the corners of views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path

from viewer.core.progress import Progress
from viewer.core.technique import Technique
from viewer.io.tag_list import Tag, tags_of

_LONGEST = 64
_OF_FRAMES, _IN_VIEW = "PerFrameFunctionalGroupsSequence", "(the frame in view)"
_GROUPS = {
    "SharedFunctionalGroupsSequence",
    _OF_FRAMES,
    "RadiopharmaceuticalInformationSequence",
    "PixelMeasuresSequence",
    "MRTimingAndRelatedParametersSequence",
    "MREchoSequence",
    "MRModifierSequence",
    "CTExposureSequence",
    "CTXRayDetailsSequence",
    "CTReconstructionSequence",
    "CTAcquisitionDetailsSequence",
    "FrameAnatomySequence",
}


def technique_of(path: Path, frame: int, progress: Progress) -> Technique:
    """Return what the header of a file says of one of its frames (from 0).

    Raises:
        Unreadable: if it is no DICOM file, or damaged beyond reading.
        Cancelled: if the work is no longer wanted.
    """
    return technique_in(tags_of(path, frame, progress))


def technique_in(tags: tuple[Tag, ...]) -> Technique:
    """Return what rows of a header say; of a name that occurs twice the first counts."""
    said: dict[str, str] = {}
    for keyword, value in _said(tags):
        said.setdefault(keyword, value)
    return Technique(
        kilovolts=_number(said, "KVP"),
        exposure_mas=_exposure(said),
        ctdi_mgy=_number(said, "CTDIvol"),
        kernel=_text(said, "ConvolutionKernel"),
        tilt_degrees=_number(said, "GantryDetectorTilt"),
        sequence=_text(said, "SequenceName", "PulseSequenceName", "ScanningSequence"),
        repetition_ms=_number(said, "RepetitionTime"),
        echo_ms=_number(said, "EchoTime", "EffectiveEchoTime"),
        inversion_ms=_number(said, "InversionTime", "InversionTimes"),
        flip_degrees=_number(said, "FlipAngle"),
        field_tesla=_field(said),
        slice_mm=_number(said, "SliceThickness"),
        contrast=_text(said, "ContrastBolusAgent"),
        tracer=_text(said, "Radiopharmaceutical"),
        activity_mbq=_activity(said),
        corrections=tuple(_text(said, "CorrectedImage").split("\\")) if _corrected(said) else (),
        force_newton=_number(said, "CompressionForce"),
        breast_mm=_number(said, "BodyPartThickness"),
        entrance_mgy=_number(said, "EntranceDoseInmGy"),
        exposure_index=_number(said, "ExposureIndex"),
        view=_text(said, "ViewPosition"),
        laterality=_text(said, "ImageLaterality", "FrameLaterality", "Laterality"),
        mechanical_index=_number(said, "MechanicalIndex"),
        thermal_index=_number(said, "SoftTissueThermalIndex", "BoneThermalIndex"),
        probe=_text(said, "TransducerData", "TransducerType"),
    )


def _said(tags: tuple[Tag, ...]) -> Iterator[tuple[str, str]]:
    """Go through what the rows say, and those of the groups that tell of the taking."""
    for tag in tags:
        if tag.keyword in _GROUPS:
            for item in tag.inside:
                if tag.keyword != _OF_FRAMES or item.name.endswith(_IN_VIEW):
                    yield from _said(item.inside)
        elif tag.keyword and tag.value and not tag.value.startswith("cannot be read"):
            yield tag.keyword, tag.value


def _text(said: Mapping[str, str], *names: str) -> str:
    text = next((said[name] for name in names if name in said), "")
    return " ".join(text.split())[:_LONGEST]


def _number(said: Mapping[str, str], *names: str) -> float | None:
    """Return the first number of these elements that is one."""
    for name in names:
        try:
            value = float(said.get(name, "").split("\\")[0].split(" ")[0])
        except ValueError:
            continue
        if isfinite(value):
            return value
    return None


def _exposure(said: Mapping[str, str]) -> float | None:
    """Return mAs: said in mAs, in microampere seconds, or made of current and time in ms."""
    micro = _number(said, "ExposureInuAs")
    if micro is not None:
        return micro / 1000
    whole = _number(said, "ExposureInmAs", "Exposure")
    if whole is not None:
        return whole
    current, time_ms = _number(said, "XRayTubeCurrent"), _number(said, "ExposureTime")
    return None if current is None or time_ms is None else current * time_ms / 1000


def _field(said: Mapping[str, str]) -> float | None:
    """Return tesla; a few scanners write gauss."""
    value = _number(said, "MagneticFieldStrength")
    return value / 10_000 if value is not None and value > 100 else value


def _activity(said: Mapping[str, str]) -> float | None:
    """Return the injected activity in MBq; PET files say becquerel (PS3.3 C.8.9.2), some MBq."""
    value = _number(said, "RadionuclideTotalDose")
    if value is None:
        return None
    return value / 1e6 if value > 1e5 else value


def _corrected(said: Mapping[str, str]) -> bool:
    return bool(said.get("CorrectedImage"))
