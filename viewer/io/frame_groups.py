"""What enhanced objects say of each frame (PS3.3 C.7.6.16)."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from pydicom.datadict import dictionary_description, tag_for_keyword
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from viewer.io import tags
from viewer.io.header import Raw
from viewer.io.real_world import maps_in, told_maps

UNNAMED = "volume"
"""Stands for the UID of a volume's own space where that has none."""

_MOST_FRAMES = 100_000
_MOST_DIMENSIONS = 8
_DEEPEST = 2
_IN_GROUPS: dict[str, tuple[tuple[str, int], ...]] = {
    "PlanePositionSequence": (("ImagePositionPatient", tags.POSITION),),
    "PlaneOrientationSequence": (("ImageOrientationPatient", tags.ORIENTATION),),
    "PlanePositionVolumeSequence": (("ImagePositionVolume", tags.VOLUME_POSITION),),
    "PlaneOrientationVolumeSequence": (("ImageOrientationVolume", tags.VOLUME_ORIENTATION),),
    "PixelMeasuresSequence": (("PixelSpacing", tags.PIXEL_SPACING),),
    "PixelValueTransformationSequence": (
        ("RescaleSlope", tags.SLOPE),
        ("RescaleIntercept", tags.INTERCEPT),
        ("RescaleType", tags.RESCALE_TYPE),
    ),
    "FrameVOILUTSequence": (
        ("WindowCenter", tags.WINDOW_CENTRE),
        ("WindowWidth", tags.WINDOW_WIDTH),
        ("WindowCenterWidthExplanation", tags.WINDOW_NAME),
        ("VOILUTFunction", tags.VOI_FUNCTION),
    ),
    "FrameContentSequence": (
        ("TemporalPositionIndex", tags.TEMPORAL_POSITION),
        ("FrameAcquisitionNumber", tags.ACQUISITION_NUMBER),
        ("FrameAcquisitionDateTime", tags.FRAME_ACQUIRED_AT),
        ("DimensionIndexValues", tags.DIMENSION_INDEX),
    ),
    "TemporalPositionSequence": (("TemporalPositionTimeOffset", tags.TIME_OFFSET),),
    "MREchoSequence": (("EffectiveEchoTime", tags.ECHO_TIME),),
    "MRModifierSequence": (("InversionTimes", tags.INVERSION_TIME),),
    "MRDiffusionSequence": (("DiffusionBValue", tags.FRAME_B_VALUE),),
    "DiffusionGradientDirectionSequence": (("DiffusionGradientOrientation", tags.FRAME_GRADIENT),),
    "CardiacSynchronizationSequence": (
        ("NominalCardiacTriggerDelayTime", tags.TRIGGER_TIME),
        ("NominalPercentageOfCardiacPhase", tags.HEART_PERCENT),
    ),
    "RespiratorySynchronizationSequence": (
        ("NominalPercentageOfRespiratoryPhase", tags.BREATH_PERCENT),
    ),
    "MRImageFrameTypeSequence": (
        ("FrameType", tags.IMAGE_TYPE),
        ("ComplexImageComponent", tags.COMPLEX_COMPONENT),
    ),
    "CTImageFrameTypeSequence": (("FrameType", tags.IMAGE_TYPE),),
    "PETFrameTypeSequence": (("FrameType", tags.IMAGE_TYPE),),
    "XRay3DFrameTypeSequence": (("FrameType", tags.IMAGE_TYPE),),
    "USImageDescriptionSequence": (("FrameType", tags.IMAGE_TYPE),),
    "ImageDataTypeSequence": (("DataType", tags.DATA_TYPE),),
    "CTReconstructionSequence": (("ConvolutionKernel", tags.KERNEL),),
    "FramePixelDataPropertiesSequence": (("ImagerPixelSpacing", tags.IMAGER_PIXEL_SPACING),),
    "ProjectionPixelCalibrationSequence": (
        ("ObjectPixelSpacingInCenterOfBeam", tags.BEAM_CENTRE_SPACING),
    ),
    "XRayGeometrySequence": (("DistanceSourceToDetector", tags.TO_DETECTOR),),
}
"""Groups, the attributes in them, and the tags under which single-frame objects have the same."""

_BY_TAG = {tag_for_keyword(name): wanted for name, wanted in _IN_GROUPS.items()}
_MAPPING = tag_for_keyword("RealWorldValueMappingSequence")
GROUPED_WHOLE = frozenset({_MAPPING} if _MAPPING is not None else ())
GROUPED_SEQUENCES = frozenset(tag for tag in _BY_TAG if tag is not None) | GROUPED_WHOLE
GROUPED = GROUPED_SEQUENCES | frozenset(
    tag
    for attributes in _IN_GROUPS.values()
    for name, _ in attributes
    if (tag := tag_for_keyword(name)) is not None
)
"""All that is read in groups of frames: nothing else is handed over; of `_WHOLE` everything."""
_PET_UNITS = {
    "Bq/ml": "BQML", "{counts}": "CNTS", "g/ml": "GML", "g/ml{SUVbw}": "GML",
}  # fmt: skip


def frames_of(dataset: Dataset) -> tuple[Raw, ...]:
    """Return what each frame says, over what all share; empty for other objects.

    Frames of which the file says nothing come last, with nothing.
    """
    per_frame = dataset.get("PerFrameFunctionalGroupsSequence")
    if not isinstance(per_frame, Sequence) or not len(per_frame):
        return ()
    if len(per_frame) > _MOST_FRAMES:
        return ()
    shared = dataset.get("SharedFunctionalGroupsSequence")
    common = _said(shared[0]) if isinstance(shared, Sequence) and len(shared) else {}
    names = _dimension_names(dataset)
    if names:
        common[tags.DIMENSION_NAMES] = names
    space = str(dataset.get("VolumeFrameOfReferenceUID") or "") or UNNAMED
    pet = dataset.get("Modality") == "PT"
    frames = [_settled({**common, **_said(groups)}, space, pet=pet) for groups in per_frame]
    told = dataset.get("NumberOfFrames")
    count = int(told) if isinstance(told, (int, str)) and str(told).isdigit() else 0
    frames += [{}] * (min(count, _MOST_FRAMES) - len(frames))
    return tuple(frames)


def _said(groups: Dataset, depth: int = 0) -> Raw:
    raw: Raw = {}
    for tag in groups.keys():  # noqa: SIM118  # a data set iterates over elements
        wanted = _BY_TAG.get(tag)
        if wanted is None and tag != _MAPPING:
            continue
        sequence = groups[tag].value
        if not isinstance(sequence, Sequence) or not len(sequence):
            continue
        item = sequence[0]
        if wanted is None:
            raw[tags.MAPPING] = told_maps(sequence)
            continue
        for keyword, stored_as in wanted:
            value = item.get(keyword)
            if value is not None:
                raw[stored_as] = _text(value)
        if depth < _DEEPEST:
            raw.update(_said(item, depth + 1))
    return raw


def _settled(raw: Raw, space: str, *, pet: bool) -> Raw:
    """Say under the usual tags where a frame lies and what PET values are."""
    if tags.VOLUME_POSITION in raw and tags.POSITION not in raw:
        raw[tags.POSITION] = raw[tags.VOLUME_POSITION]
        raw[tags.ORIENTATION] = raw.get(tags.VOLUME_ORIENTATION, b"")
        raw[tags.VOLUME_SPACE] = space.encode("ascii", errors="replace")
    elif tags.POSITION in raw:
        raw[tags.VOLUME_SPACE] = b""
    if pet and tags.MAPPING in raw:
        _settle_pet(raw)
    return raw


def _settle_pet(raw: Raw) -> None:
    """Let the first value map say the scale of a PET frame where no other does, and its unit."""
    first = next((one for one in maps_in(raw[tags.MAPPING]) if not one.why_not), None)
    if first is None:
        return
    scale = (
        raw.setdefault(tags.SLOPE, str(first.slope).encode()),
        raw.setdefault(tags.INTERCEPT, str(first.intercept).encode()),
    )
    if _alike(scale, (first.slope, first.intercept)):
        raw[tags.PET_UNITS] = _PET_UNITS.get(first.unit, "").encode()


def _alike(scale: tuple[bytes, bytes], other: tuple[float, float]) -> bool:
    try:
        pairs = [(float(told), number) for told, number in zip(scale, other, strict=True)]
    except ValueError:
        return False
    return all(isclose(a, b, rel_tol=1e-5, abs_tol=1e-9) for a, b in pairs)


def _dimension_names(dataset: Dataset) -> bytes:
    """Return what the components of the frames' index count, in words."""
    sequence = dataset.get("DimensionIndexSequence")
    if not isinstance(sequence, Sequence):
        return b""
    names = []
    for item in list(sequence)[:_MOST_DIMENSIONS]:
        pointer = item.get("DimensionIndexPointer")
        try:
            names.append(dictionary_description(pointer).lower().replace("\\", " "))
        except (KeyError, ValueError, TypeError, AttributeError):
            names.append("index")
    return "\\".join(names).encode("ascii", errors="replace")


def _text(value: object) -> bytes:
    parts = value if isinstance(value, (list, tuple)) or hasattr(value, "append") else [value]
    return "\\".join(str(part) for part in _iterate(parts)).encode("utf-8", errors="replace")


def _iterate(parts: object) -> Iterator[object]:
    yield from parts  # type: ignore[misc]  # pydicom's MultiValue is a sequence
