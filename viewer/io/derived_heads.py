"""What a derived image repeats of the images that it was made from.

Only attributes that still hold are taken, each by name, and only values that the standard
allows: a defect in somebody's header must not become a defect of ours. Elements of makers
are left behind, because what they say of pixels no longer holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydicom import dcmread
from pydicom.config import RAISE
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.errors import InvalidDicomError
from pydicom.sequence import Sequence as Items
from pydicom.tag import Tag
from pydicom.uid import UID
from pydicom.valuerep import format_number_as_ds

from viewer.core.errors import Declined
from viewer.core.study import Series
from viewer.io.concepts import quiet
from viewer.io.kinds import object_name
from viewer.io.sources import source_headers

CT, MR, PET = (f"1.2.840.10008.5.1.4.1.1.{end}" for end in ("2", "4", "128"))
_CLASSES = {
    CT: CT, f"{CT}.1": CT, f"{CT}.2": CT,
    MR: MR, f"{MR}.1": MR, f"{MR}.4": MR,
    PET: PET, "1.2.840.10008.5.1.4.1.1.130": PET, f"{PET}.1": PET,
}  # fmt: skip
"""Classes of slices by those of their sources, enhanced and converted ones among them."""

_GENERAL = (
    "InstitutionName", "InstitutionAddress", "InstitutionalDepartmentName", "StationName",
    "Manufacturer", "ManufacturerModelName", "DeviceSerialNumber", "SoftwareVersions",
    "PhysiciansOfRecord", "PatientAge", "PatientSize", "PatientWeight", "PatientPosition",
    "BodyPartExamined", "AnatomicRegionSequence", "Laterality", "ImageLaterality", "ProtocolName",
    "PositionReferenceIndicator", "BurnedInAnnotation", "RecognizableVisualFeatures",
    "LossyImageCompression", "LossyImageCompressionRatio", "LossyImageCompressionMethod",
    "LongitudinalTemporalInformationModified", "AcquisitionNumber", "AcquisitionDate",
    "AcquisitionTime", "AcquisitionDateTime", "TimezoneOffsetFromUTC", "ContrastBolusAgent",
    "ContrastBolusAgentSequence", "ContrastBolusRoute", "ContrastBolusVolume",
    "ContrastBolusStartTime", "ContributingEquipmentSequence",
)  # fmt: skip
_OF = {
    CT: (
        "KVP", "ScanOptions", "DataCollectionDiameter", "ReconstructionDiameter",
        "DistanceSourceToDetector", "DistanceSourceToPatient", "GantryDetectorTilt", "TableHeight",
        "RotationDirection", "ExposureTime", "XRayTubeCurrent", "Exposure", "FilterType",
        "GeneratorPower", "FocalSpots", "ConvolutionKernel", "CTDIvol", "SpiralPitchFactor",
        "SingleCollimationWidth", "TotalCollimationWidth", "TableSpeed", "TableFeedPerRotation",
        "RevolutionTime", "ExposureModulationType",
    ),
    MR: (
        "ScanningSequence", "SequenceVariant", "ScanOptions", "MRAcquisitionType", "SequenceName",
        "AngioFlag", "RepetitionTime", "EchoTime", "InversionTime", "NumberOfAverages",
        "ImagingFrequency", "ImagedNucleus", "EchoNumbers", "MagneticFieldStrength",
        "NumberOfPhaseEncodingSteps", "EchoTrainLength", "PercentSampling",
        "PercentPhaseFieldOfView", "PixelBandwidth", "ReceiveCoilName", "TransmitCoilName",
        "InPlanePhaseEncodingDirection", "FlipAngle", "VariableFlipAngleFlag", "SAR", "dBdt",
        "TriggerTime", "TemporalPositionIdentifier", "NumberOfTemporalPositions",
        "TemporalResolution", "DiffusionBValue", "ReconstructionDiameter",
    ),
    PET: (
        "SeriesDate", "SeriesTime", "CountsSource", "ReprojectionMethod",
        "RandomsCorrectionMethod", "AttenuationCorrectionMethod", "DecayCorrection",
        "ReconstructionMethod", "ScatterCorrectionMethod", "CollimatorType", "CorrectedImage",
        "FrameReferenceTime", "ActualFrameDuration", "DecayFactor", "ReconstructionDiameter",
        "RadiopharmaceuticalInformationSequence", "PatientOrientationCodeSequence",
        "PatientGantryRelationshipCodeSequence",
    ),
}  # fmt: skip
_FOR_US = (
    "SOPClassUID", "SOPInstanceUID", "ImageType", "Modality", "NumberOfFrames", "SliceThickness",
    "RescaleSlope", "RescaleIntercept", "Units", "SUVType", "SharedFunctionalGroupsSequence",
    "PerFrameFunctionalGroupsSequence", "SpecificCharacterSet", "SeriesType",
)  # fmt: skip
_OTHER_NAMES = {"EchoTime": "EffectiveEchoTime"}
"""What enhanced objects call it."""
_PULSES = {"SPIN": ["SE"], "GRADIENT": ["GR"], "BOTH": ["SE", "GR"]}
_NEEDED_OF_PET = (
    "SeriesDate", "SeriesTime", "CountsSource", "RandomsCorrectionMethod", "DecayCorrection",
    "FrameReferenceTime", "ActualFrameDuration",
)  # fmt: skip
_DEEPEST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """The heads of the images of a series: clean ones to refer to, and whole ones by path.

    `sop_class` is that of the slices that can be made from them.
    """

    series: Series
    sop_class: str
    clean: Sequence[Dataset] = field(repr=False)
    whole: Mapping[Path, Dataset] = field(repr=False)

    @property
    def first(self) -> Dataset:
        """The whole head of the first image."""
        return self.whole[self.series.instances[0].path]

    def said(self, keyword: str, number: int = 0) -> object:
        """Return what a source slice says, or None: at the top or in its functional groups."""
        instance = self.series.instances[number]
        return said(self.whole[instance.path], instance.frame, keyword)


def heads_of(series: Series, frame_of_reference_uid: str) -> Heads:
    """Read the heads of the images of a series.

    Raises:
        Declined: if no derived slices can be written of them, with the reason.
    """
    if series.format != "DICOM":
        raise Declined(
            f"{series.title} was read from {series.format}, which names no patient and no study, "
            "so it cannot become DICOM. Write it as NIfTI or NRRD with the commands enhance, "
            "denoise and resample.",
            code="not_dicom",
        )
    clean = source_headers(series, frame_of_reference_uid)
    named = str(clean[0].SOPClassUID)
    if named not in _CLASSES:
        what = object_name(named) or f"objects of the class {UID(named).name}"
        raise Declined(
            f"{series.title} holds {what}; derived series are written of CT, MR and PET only.",
            code="unsupported_class",
        )
    sop_class = _CLASSES[named]
    wanted = [*_GENERAL, *_OF[sop_class], *_FOR_US, "EchoPulseSequence", "FrameLaterality"]
    paths = dict.fromkeys(instance.path for instance in series.instances)
    return Heads(series, sop_class, clean, {path: _whole(path, wanted) for path in paths})


def _whole(path: Path, wanted: Sequence[str]) -> Dataset:
    try:
        with quiet():
            return dcmread(path, stop_before_pixels=True, specific_tags=list(wanted))
    except (OSError, InvalidDicomError, ValueError, KeyError) as error:
        raise Declined(f"{path.name} can no longer be read.", code="source_gone") from error


def said(head: Dataset, frame: int, keyword: str) -> object:
    """Return a value at the top of a head or in the functional groups of a frame, else None."""
    if (value := _value(head, keyword)) is not None:
        return value
    per_frame = _value(head, "PerFrameFunctionalGroupsSequence") or ()
    shared = _value(head, "SharedFunctionalGroupsSequence") or ()
    if not isinstance(per_frame, Sequence) or not isinstance(shared, Sequence):
        return None
    for group in (*per_frame[frame : frame + 1], *shared[:1]):
        for element in group:
            if element.VR == "SQ" and element.value:
                for name in (keyword, _OTHER_NAMES.get(keyword, keyword)):
                    if (value := _value(element.value[0], name)) is not None:
                        return value
    return None


def _value(head: Dataset, keyword: str) -> object:
    """Return a value, None also where it is written so that it cannot be understood."""
    try:
        return head.get(keyword)
    except (ValueError, TypeError, OverflowError, NotImplementedError):
        return None


def acquired(heads: Heads, numbers: Sequence[int]) -> Dataset:
    """Return what source slices say alike of how they were taken, every value one that may be."""
    found = Dataset()
    with quiet():
        for keyword in (*_GENERAL, *_OF[heads.sop_class]):
            value = heads.said(keyword, numbers[0])
            if value is None or any(heads.said(keyword, one) != value for one in numbers[1:]):
                continue
            element = _clean(keyword, value)
            if element is not None:
                found.add(element)
        _complete(found, heads, numbers[0])
    return found


def _clean(keyword: str, value: object, depth: int = 0) -> DataElement | None:
    """Return an attribute with values that the standard allows, or None."""
    tag = tag_for_keyword(keyword)
    if tag is None or value in ("", []):
        return None
    vr = dictionary_VR(tag)
    if isinstance(value, Items):
        items = [_clean_item(item, depth + 1) for item in value] if depth < _DEEPEST else []
        return DataElement(tag, "SQ", [item for item in items if len(item)])
    try:
        if vr == "DS" and isinstance(value, float):
            value = format_number_as_ds(float(value))
        return DataElement(tag, vr, value, validation_mode=RAISE)
    except (ValueError, TypeError, OverflowError):
        return None


def _clean_item(item: Dataset, depth: int) -> Dataset:
    clean = Dataset()
    for element in item:
        if element.tag.is_private or not element.keyword or element.VR == "UN":
            continue
        if element.is_empty:
            clean.add_new(element.tag, element.VR, [] if element.VR == "SQ" else None)
            continue
        found = _clean(element.keyword, element.value, depth)
        if found is not None:
            clean.add(found)
    return clean


def _complete(found: Dataset, heads: Heads, number: int) -> None:
    """Add what must be there, empty where nothing is known; decline what cannot be told."""
    needed: tuple[str, ...] = ()
    match heads.sop_class:
        case _ if heads.sop_class == CT:
            empty = ["KVP", "AcquisitionNumber"]
        case _ if heads.sop_class == MR:
            pulses = _PULSES.get(str(heads.said("EchoPulseSequence", number) or ""), ["RM"])
            found.setdefault(Tag("ScanningSequence"), _new("ScanningSequence", pulses))
            found.setdefault(Tag("SequenceVariant"), _new("SequenceVariant", ["NONE"]))
            empty = ["ScanOptions", "MRAcquisitionType", "RepetitionTime", "EchoTime"]
            empty += ["EchoTrainLength"]
        case _:
            empty = ["CollimatorType", "CorrectedImage", "RadiopharmaceuticalInformationSequence"]
            empty += ["PatientOrientationCodeSequence", "PatientGantryRelationshipCodeSequence"]
            needed = _NEEDED_OF_PET
    missing = [keyword for keyword in needed if keyword not in found]
    if missing:
        raise Declined(
            f"{heads.series.title} does not say its {missing[0]}, which a PET series must have.",
            code="lacks_attribute",
        )
    for keyword in empty:
        if keyword not in found:
            setattr(found, keyword, [] if keyword.endswith("Sequence") else None)


def _new(keyword: str, value: object) -> DataElement:
    tag = tag_for_keyword(keyword)
    if tag is None:
        raise ValueError(f"there is no attribute {keyword}")
    return DataElement(tag, dictionary_VR(tag), value)


def later_words(value: object) -> list[str]:
    """Return the words of an image type after the first two."""
    words = [value] if isinstance(value, str) else list(value or ())  # type: ignore[call-overload]
    return [str(word) for word in words[2:]]
