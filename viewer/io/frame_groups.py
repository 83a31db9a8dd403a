"""What enhanced objects say of each frame (PS3.3 C.7.6.16)."""

from __future__ import annotations

from collections.abc import Iterator

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from viewer.io import tags
from viewer.io.header import Raw

_MOST_FRAMES = 100_000
_PLACES = (
    ("PlanePositionSequence", "ImagePositionPatient", tags.POSITION),
    ("PlaneOrientationSequence", "ImageOrientationPatient", tags.ORIENTATION),
    ("PixelMeasuresSequence", "PixelSpacing", tags.PIXEL_SPACING),
    ("PixelValueTransformationSequence", "RescaleSlope", tags.SLOPE),
    ("PixelValueTransformationSequence", "RescaleIntercept", tags.INTERCEPT),
    ("PixelValueTransformationSequence", "RescaleType", tags.RESCALE_TYPE),
    ("FrameVOILUTSequence", "WindowCenter", tags.WINDOW_CENTRE),
    ("FrameVOILUTSequence", "WindowWidth", tags.WINDOW_WIDTH),
    ("FrameVOILUTSequence", "WindowCenterWidthExplanation", tags.WINDOW_NAME),
    ("FrameVOILUTSequence", "VOILUTFunction", tags.VOI_FUNCTION),
    ("FrameContentSequence", "TemporalPositionIndex", tags.TEMPORAL_POSITION),
    ("FrameContentSequence", "FrameAcquisitionNumber", tags.ACQUISITION_NUMBER),
    ("MREchoSequence", "EffectiveEchoTime", tags.ECHO_TIME),
    ("CardiacSynchronizationSequence", "NominalCardiacTriggerDelayTime", tags.TRIGGER_TIME),
    ("MRImageFrameTypeSequence", "FrameType", tags.IMAGE_TYPE),
    ("CTImageFrameTypeSequence", "FrameType", tags.IMAGE_TYPE),
    ("MRDiffusionSequence", "DiffusionBValue", tags.FRAME_B_VALUE),
    ("FramePixelDataPropertiesSequence", "ImagerPixelSpacing", tags.IMAGER_PIXEL_SPACING),
    (
        "ProjectionPixelCalibrationSequence",
        "ObjectPixelSpacingInCenterOfBeam",
        tags.BEAM_CENTRE_SPACING,
    ),
    ("XRayGeometrySequence", "DistanceSourceToDetector", tags.TO_DETECTOR),
)
"""Group, attribute in it, and the tag under which a single-frame object has the same."""


def frames_of(dataset: Dataset) -> tuple[Raw, ...]:
    """Return what each frame says, over what all share; empty for other objects."""
    per_frame = dataset.get("PerFrameFunctionalGroupsSequence")
    if not isinstance(per_frame, Sequence) or not len(per_frame):
        return ()
    if len(per_frame) > _MOST_FRAMES:
        return ()
    shared = dataset.get("SharedFunctionalGroupsSequence")
    common = _said(shared[0]) if isinstance(shared, Sequence) and len(shared) else {}
    return tuple({**common, **_said(groups)} for groups in per_frame)


def _said(groups: Dataset) -> Raw:
    raw: Raw = {}
    for group, keyword, tag in _PLACES:
        sequence = groups.get(group)
        if isinstance(sequence, Sequence) and len(sequence):
            value = sequence[0].get(keyword)
            if value is not None:
                raw[tag] = _text(value)
    return raw


def _text(value: object) -> bytes:
    parts = value if isinstance(value, (list, tuple)) or hasattr(value, "append") else [value]
    return "\\".join(str(part) for part in _iterate(parts)).encode("utf-8", errors="replace")


def _iterate(parts: object) -> Iterator[object]:
    yield from parts  # type: ignore[misc]  # pydicom's MultiValue is a sequence
