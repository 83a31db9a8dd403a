"""Findings as a DICOM structured report, TID 1500: written here, read by `sr_read`.

Each finding is a group for a volume of interest (TID 1411) that refers to its
segment, or without one to an ellipsoid in space. A report is unverified
unless a person is named who verifies it, and a proposal stays a proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from highdicom import sr
from pydicom.dataset import Dataset
from pydicom.sr.codedict import codes
from pydicom.uid import ExplicitVRLittleEndian

from viewer import __version__
from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import CUBIC_MILLIMETRE, MILLIMETRE, MORPHOLOGICALLY_ABNORMAL, Code
from viewer.core.finding import Finding
from viewer.core.geometry import Array, Position
from viewer.core.measurement import Measurement
from viewer.core.study import Series
from viewer.io.authorship import name_models, report_algorithm
from viewer.io.concepts import (
    BOX,
    CENTRE,
    CERTAINTY,
    COMMENT,
    DIAMETER,
    PERCENT,
    VOLUME,
    coded,
    long_text,
    mean_of,
    our_scheme,
    person_name,
    quiet,
    short,
)
from viewer.io.identifiers import new_uid, required_uid, uid_from
from viewer.io.judgements import person_items, status_items
from viewer.io.originals import original_items
from viewer.io.seg import MANUFACTURER, MODEL, SavedSegments
from viewer.io.sources import source_headers
from viewer.io.sr_measurements import Pictures, measurement_group
from viewer.io.sr_read import read_findings
from viewer.io.sr_statements import reasons, statement_group

__all__ = ["read_findings", "write_findings"]

_CONTAINS = sr.RelationshipTypeValues.CONTAINS
_PROCEDURES = {
    "CT": Code("77477000", "SCT", "Computerized Axial Tomography"),
    "MR": Code("113091000", "SCT", "Magnetic Resonance Imaging"),
    "PT": Code("82918005", "SCT", "Positron Emission Tomography"),
}
_IMAGING = Code("363679005", "SCT", "Imaging procedure")


def write_findings(
    path: Path,
    findings: Sequence[Finding],
    series: Series,
    *,
    measurements: Sequence[Measurement] = (),
    assessments: Sequence[Assessment] = (),
    segments: SavedSegments | None = None,
    headers: Sequence[Dataset] | None = None,
    reader: Author | None = None,
    verified_by: Author | None = None,
    series_number: int = 9500,
) -> str:
    """Write all that was found as one report (Comprehensive 3D SR); return its UID.

    `segments` are the saved masks, `headers` those of `source_headers` where
    they are known already. `reader` is the person at the screen; only
    `verified_by` makes the report a verified one.

    Raises:
        ValueError: if there is nothing to report, or a model is to verify it.
    """
    if not findings and not measurements and not assessments:
        raise ValueError("a report without content cannot be saved")
    if verified_by is not None and verified_by.is_model:
        raise ValueError("only a person may verify a report")
    headers = headers or source_headers(series, placed=bool(findings))
    pictures = Pictures.of(series, headers)
    reference = _segment_evidence(segments, headers[0]) if segments else []
    uid = new_uid()
    with quiet():
        groups: list[Any] = [
            _group(number, finding, headers, segments)
            for number, finding in enumerate(findings, start=1)
        ]
        groups += [
            measurement_group(number, measurement, pictures)
            for number, measurement in enumerate(measurements, start=1)
        ]
        groups += [
            statement_group(number, said, series, pictures)
            for number, said in enumerate(assessments, start=1)
        ]
        content = sr.MeasurementReport(
            observation_context=_observers(
                (*findings, *measurements, *assessments), reader or verified_by
            ),
            procedure_reported=coded(_PROCEDURES.get(series.modality, _IMAGING)),
            imaging_measurements=groups,
            title=codes.DCM.ImagingMeasurementReport,
        )
        report = sr.Comprehensive3DSR(
            evidence=[*headers, *reference],
            content=content,
            series_instance_uid=new_uid(),
            series_number=series_number,
            sop_instance_uid=uid,
            instance_number=1,
            manufacturer=MANUFACTURER,
            is_complete=verified_by is not None,
            is_verified=verified_by is not None,
            verifying_observer_name=person_name(verified_by.name) if verified_by else None,
            verifying_organization="not stated" if verified_by else None,
            transfer_syntax_uid=ExplicitVRLittleEndian,
            manufacturer_model_name=MODEL,
            software_versions=__version__,
            device_serial_number="none",
            coding_schemes=our_scheme(),
            series_description=short(_title((*findings, *assessments), measurements, series)),
            specific_character_set="ISO_IR 192",
        )
        name_models(report, [*(f.author for f in findings), *(a.author for a in assessments)])
        report.save_as(path)
    return uid


def _title(
    findings: Sequence[Finding | Assessment], measurements: Sequence[Measurement], series: Series
) -> str:
    """Return a description that tells a proposal from a reading in any archive's list."""
    if not findings:
        title = "Measurements"
    elif any(finding.stands for finding in findings):
        title = "Findings and measurements" if measurements else "Findings"
    else:
        title = "Findings (proposed, not reviewed)"
    return f"SYNTHETIC {title}" if series.synthetic else title


def _segment_evidence(segments: SavedSegments, header: Dataset) -> list[Dataset]:
    item = Dataset()
    item.SOPClassUID, item.SOPInstanceUID = segments.sop_class_uid, segments.sop_instance_uid
    item.StudyInstanceUID, item.SeriesInstanceUID = header.StudyInstanceUID, segments.series_uid
    return [item]


def _observers(
    said: Sequence[Finding | Measurement | Assessment], person: Author | None
) -> sr.ObservationContext:
    """Name the program, and the person who sat before it if there was one (TID 1001)."""
    models = [str(item.author) for item in said if item.author.is_model]
    device = sr.ObserverContext(
        codes.DCM.Device,
        sr.DeviceObserverIdentifyingAttributes(
            uid=uid_from("device", MODEL, __version__),
            name=short(", ".join(dict.fromkeys(models)) or f"{MODEL} {__version__}"),
            manufacturer_name=MANUFACTURER,
            model_name=f"{MODEL} {__version__}",
        ),
    )
    if person is None or person.is_model:
        return sr.ObservationContext(observer_device_context=device)
    who = sr.ObserverContext(
        codes.DCM.Person, sr.PersonObserverIdentifyingAttributes(person_name(person.name))
    )
    return sr.ObservationContext(observer_person_context=who, observer_device_context=device)


def _group(
    number: int, finding: Finding, headers: Sequence[Dataset], segments: SavedSegments | None
) -> sr.VolumetricROIMeasurementsAndQualitativeEvaluations:
    id_ = required_uid(finding.id, "the finding")
    frame = str(headers[0].FrameOfReferenceUID)
    segment = segments.number_of(id_) if segments else None
    surface = None if segment else _surface(finding, headers, frame)
    group = sr.VolumetricROIMeasurementsAndQualitativeEvaluations(
        tracking_identifier=sr.TrackingIdentifier(id_, f"Finding {number}"),
        referenced_volume_surface=surface,
        referenced_segment=_segment(segments, segment, finding, headers),
        finding_type=coded(finding.kind),
        finding_category=coded(MORPHOLOGICALLY_ABNORMAL),
        finding_sites=[sr.FindingSite(coded(finding.site))] if finding.site else None,
        algorithm_id=report_algorithm(finding.author) if finding.author.is_model else None,
        measurements=_measurements(finding),
    )
    content = group[0].ContentSequence
    if not finding.author.is_model:
        content.extend(person_items(finding.author))
    content.extend(status_items(finding))
    content.extend(_place(finding, frame))
    content.extend(original_items(finding.original, frame))
    content.extend(_words(finding))
    return group


def _segment(
    segments: SavedSegments | None, number: int | None, finding: Finding, headers: Sequence[Dataset]
) -> sr.ReferencedSegment | None:
    if segments is None or number is None:
        return None
    images = _images(finding, headers)
    return sr.ReferencedSegment(
        segments.sop_class_uid,
        segments.sop_instance_uid,
        number,
        source_images=images or None,
        source_series=None if images else _whole_series(headers),
    )


def _surface(finding: Finding, headers: Sequence[Dataset], frame: str) -> sr.VolumeSurface:
    """Return the ellipsoid that fills the box of a finding; a point where the box is flat."""
    low, high = np.array(finding.low), np.array(finding.high)
    centre, half = (low + high) / 2, (high - low) / 2
    flat = bool((half <= 0).any())
    ends = [centre + sign * half * axis for axis in np.eye(3) for sign in (-1, 1)]
    images = _images(finding, headers)
    return sr.VolumeSurface(
        graphic_type="POINT" if flat else "ELLIPSOID",
        graphic_data=np.array([finding.position]) if flat else np.array(ends),
        frame_of_reference_uid=frame,
        source_images=images or None,
        source_series=None if images else _whole_series(headers),
    )


def _whole_series(headers: Sequence[Dataset]) -> sr.SourceSeriesForSegmentation:
    return sr.SourceSeriesForSegmentation(str(headers[0].SeriesInstanceUID))


def _images(finding: Finding, headers: Sequence[Dataset]) -> list[sr.SourceImageForSegmentation]:
    """Return the slices through a finding; none for images that hold all slices in one file."""
    if len(headers) == 1 or any("ImagePositionPatient" not in header for header in headers):
        return []
    axes = [float(x) for x in headers[0].ImageOrientationPatient]
    normal = np.cross(axes[:3], axes[3:])
    depths = np.array([_vector(h.ImagePositionPatient) @ normal for h in headers])
    corners = np.array([finding.low, finding.high, finding.position])
    span = [p @ normal for p in _box_corners(corners[0], corners[1])]
    inside = (depths >= min(span)) & (depths <= max(span))
    inside[np.abs(depths - corners[2] @ normal).argmin()] = True
    return [
        sr.SourceImageForSegmentation(str(header.SOPClassUID), str(header.SOPInstanceUID))
        for header, through in zip(headers, inside, strict=True)
        if through
    ]


def _vector(values: Sequence[object]) -> Array:
    return np.array([float(str(value)) for value in values])


def _box_corners(low: Array, high: Array) -> Array:
    choice = np.array(np.meshgrid([0, 1], [0, 1], [0, 1])).reshape(3, -1).T
    return np.where(choice == 0, low, high)


def _measurements(finding: Finding) -> list[sr.Measurement]:
    items = [
        _measurement(DIAMETER, finding.diameter_mm, MILLIMETRE),
        _measurement(VOLUME, finding.volume_mm3, CUBIC_MILLIMETRE),
    ]
    if finding.mean_value is not None:
        name, unit = mean_of(finding.unit)
        items.append(_measurement(name, finding.mean_value, unit))
    if finding.score is not None:
        items.append(_measurement(CERTAINTY, finding.score * 100, PERCENT))
    return items


def _measurement(name: Code, value: float, unit: Code) -> sr.Measurement:
    return sr.Measurement(name=coded(name), value=float(value), unit=coded(unit))


def _place(finding: Finding, frame: str) -> list[sr.Scoord3DContentItem]:
    """Return the centre of a finding and the corners of its box."""

    def points(name: Code, kind: str, *places: Position) -> sr.Scoord3DContentItem:
        return sr.Scoord3DContentItem(coded(name), kind, np.array(places), frame, None, _CONTAINS)

    return [
        points(CENTRE, "POINT", finding.position),
        points(BOX, "MULTIPOINT", finding.low, finding.high),
    ]


def _words(finding: Finding) -> list[sr.TextContentItem]:
    texts = reasons(finding.explanation)
    if finding.note.strip():
        texts.append((COMMENT, long_text(finding.note)))
    return [sr.TextContentItem(coded(name), text, _CONTAINS) for name, text in texts if text]
