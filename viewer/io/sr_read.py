"""Findings from a structured report, read by nothing but the report's own tree.

A group of measurements is a finding where the report says where it lies in
the patient. What our own reports say, and others do not, has a plain default:
proposed, no score, no site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.errors import Unreadable
from viewer.core.finding import Finding
from viewer.core.geometry import Array, position_of
from viewer.core.measurement import Measurement
from viewer.core.units import spelled_now
from viewer.io.authorship import author_of
from viewer.io.concepts import (
    BOX,
    CENTRE,
    CERTAINTY,
    COMMENT,
    DIAMETER,
    FINDING,
    FINDING_SITE,
    MEAN_ATTENUATION,
    MEAN_VALUE,
    UPTAKES,
    VOLUME,
    quiet,
    spoken_name,
)
from viewer.io.identifiers import is_uid
from viewer.io.judgements import history_of, person_of, status_of
from viewer.io.object_file import DAMAGE, first_line, read_object
from viewer.io.originals import original_of
from viewer.io.seg_read import References
from viewer.io.sr_foreign import Ground, measurement_of
from viewer.io.sr_statements import statement_of
from viewer.io.sr_tree import coded_value, find, name_of, number_of, points_of, text_of, walk

_GROUP = Code("125007", "DCM", "Measurement Group")
_TRACKING_UID = Code("112040", "DCM", "Tracking Unique Identifier")
_ALGORITHM_NAME = Code("111001", "DCM", "Algorithm Name")
_ALGORITHM_VERSION = Code("111003", "DCM", "Algorithm Version")
_ALGORITHM_PARAMETERS = Code("111002", "DCM", "Algorithm Parameters")
_DEVICE_NAME = Code("121013", "DCM", "Device Observer Name")
_OLD_SITE = Code("G-C0E3", "SRT", "Finding Site")
_REPORTS = {
    "1.2.840.10008.5.1.4.1.1.88.22",
    "1.2.840.10008.5.1.4.1.1.88.33",
    "1.2.840.10008.5.1.4.1.1.88.34",
}


@dataclass(frozen=True, slots=True)
class Reported:
    """What of a report has a place, and statements about the whole, of so many groups."""

    findings: tuple[Finding, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    groups: int = 0
    assessments: tuple[Assessment, ...] = ()


_NOWHERE = Ground()
_MOST_GROUPS = 10_000


def read_findings(path: Path, series_key: str = "") -> tuple[Finding, ...]:
    """Read the findings of a measurement report, without their masks.

    Without a `series_key` each names the UID of the series that the report refers to.

    Raises:
        Unreadable: if it is no report, is damaged, or places none of its findings.
    """
    return read_report(path, Ground(series_key)).findings


def read_report(path: Path, ground: Ground = _NOWHERE) -> Reported:
    """Read the findings and measurements of a report laid over the images of `ground`.

    Raises:
        Unreadable: if it is no report, is damaged, or places none of its groups.
    """
    report = _report(path)
    try:
        with quiet():
            key = ground.series_key or _image_series(report)
            said = _said(report, replace(ground, series_key=key))
    except Unreadable as error:
        raise Unreadable(f"{path.name}: {error}", code=error.code) from error
    except DAMAGE as error:
        raise _damaged(path, error) from error
    if said.groups and not (said.findings or said.measurements or said.assessments):
        raise Unreadable(
            f"{path.name}: none of its {said.groups} groups says where in the patient it lies.",
            code="no_place",
        )
    return said


def _said(report: Dataset, ground: Ground) -> Reported:
    findings, measurements, statements, groups = [], [], [], list(_groups(report))
    if len(groups) > _MOST_GROUPS:
        raise Unreadable(f"it has {len(groups)} groups of measurements.", code="too_many")
    for group in groups:
        author = _author(report, group)
        statement = statement_of(group, author, ground.series_key, ground.pictures)
        if statement is not None:
            statements.append(statement)
            continue
        figure = measurement_of(group, author, ground)
        if figure is not None:
            measurements.append(figure)
        elif (finding := _finding(report, group, ground.series_key)) is not None:
            findings.append(finding)
    return Reported(tuple(findings), tuple(measurements), len(groups), tuple(statements))


def read_report_references(path: Path) -> References:
    """Return the patient, study, series and images that a report names."""
    report = _report(path)
    frames = (item.get("ReferencedFrameOfReferenceUID") for item in walk(report))
    return References(
        patient_id=str(report.get("PatientID", "") or ""),
        study_uid=str(report.get("StudyInstanceUID", "") or ""),
        series_uid=_image_series(report),
        frame_of_reference_uid=str(next((uid for uid in frames if uid), "")),
        instances=tuple(uid for _, uid, _ in _evidence(report)),
    )


def verified_by(path: Path) -> Author | None:
    """Return the person who verified a report; None while nobody has."""
    report = _report(path)
    if report.get("VerificationFlag") != "VERIFIED":
        return None
    observers = report.get("VerifyingObserverSequence") or [Dataset()]
    name = spoken_name(str(observers[0].get("VerifyingObserverName", "") or ""))
    return Author(name or "unknown person")


def _damaged(path: Path, error: BaseException) -> Unreadable:
    return Unreadable(
        f"{path.name} is no readable DICOM structured report ({first_line(error)}).",
        code="bad_report",
    )


def _report(path: Path) -> Dataset:
    try:
        with quiet():
            report = read_object(path)
            kind = report.get("SOPClassUID")
    except Unreadable as error:
        raise Unreadable(f"{path.name}: {error}", code=error.code) from error
    except DAMAGE as error:
        raise _damaged(path, error) from error
    if kind not in _REPORTS:
        raise Unreadable(f"{path.name} is no measurement report.", code="no_report")
    if not report.get("ContentSequence"):
        raise Unreadable(f"{path.name} is a report without content.", code="empty_report")
    return report


def _groups(report: Dataset) -> Iterator[Dataset]:
    for item in walk(report):
        name = name_of(item)
        if name is not None and (name.value, name.scheme) == (_GROUP.value, _GROUP.scheme):
            yield item


def _evidence(report: Dataset) -> Iterator[tuple[str, str, str]]:
    """Go through the series, instance and class of everything the report refers to."""
    for study in report.get("CurrentRequestedProcedureEvidenceSequence") or ():
        for series in study.get("ReferencedSeriesSequence") or ():
            for item in series.get("ReferencedSOPSequence") or ():
                uid, kind = item.ReferencedSOPInstanceUID, item.ReferencedSOPClassUID
                yield str(series.SeriesInstanceUID), str(uid), str(kind)


def _image_series(report: Dataset) -> str:
    segmentation = "1.2.840.10008.5.1.4.1.1.66"
    images = (uid for uid, _, kind in _evidence(report) if not kind.startswith(segmentation))
    return next(images, "")


def _finding(report: Dataset, group: Dataset, series_key: str) -> Finding | None:
    place = _place(group)
    if place is None:
        return None
    centre, low, high = place
    kinds = [coded_value(item) for item in find(group, FINDING)]
    sites = [coded_value(i) for name in (FINDING_SITE, _OLD_SITE) for i in find(group, name)]
    mean = _mean(group)
    score = number_of(group, CERTAINTY)
    return Finding(
        id=_tracking_uid(group),
        kind=kinds[0] if kinds else FINDING,
        site=sites[0] if sites else None,
        position=position_of(centre),
        low=position_of(low),
        high=position_of(high),
        diameter_mm=_first(number_of(group, DIAMETER)),
        volume_mm3=_first(number_of(group, VOLUME)),
        series_key=series_key,
        author=_author(report, group),
        score=None if score is None else min(max(score[0] / 100, 0.0), 1.0),
        mean_value=None if mean is None else mean[0],
        unit="1" if mean is None else mean[1],
        status=status_of(group),
        history=history_of(group),
        note="\n".join(text_of(item) for item in find(group, COMMENT)),
        original=original_of(group),
    )


def _place(group: Dataset) -> tuple[Array, Array, Array] | None:
    """Return the centre of a group and the corners of its box; None if it has no place in 3D."""
    clouds = [
        points_of(item) for item in group.ContentSequence if item.get("ValueType") == "SCOORD3D"
    ]
    if not clouds:
        return None
    points = np.concatenate(clouds)
    box = next((points_of(item) for item in find(group, BOX)), points)
    centre = next((points_of(item)[0] for item in find(group, CENTRE)), None)
    low, high = box.min(axis=0), box.max(axis=0)
    return (low + high) / 2 if centre is None else centre, low, high


def _mean(group: Dataset) -> tuple[float, str] | None:
    for name in (MEAN_ATTENUATION, *(name for name, _ in UPTAKES.values()), MEAN_VALUE):
        found = number_of(group, name)
        if found is not None:
            return found[0], spelled_now(found[1])
    return None


def _first(found: tuple[float, str] | None) -> float:
    return 0.0 if found is None else found[0]


def _tracking_uid(group: Dataset) -> str:
    uids = [str(item.get("UID", "")) for item in find(group, _TRACKING_UID)]
    if not uids or not is_uid(uids[0]):
        raise Unreadable("a group has no tracking UID.", code="no_tracking_uid")
    return uids[0]


def _author(report: Dataset, group: Dataset) -> Author:
    names = [text_of(item) for item in find(group, _ALGORITHM_NAME)]
    if names:
        versions = [text_of(item) for item in find(group, _ALGORITHM_VERSION)]
        lines = [text_of(item) for item in find(group, _ALGORITHM_PARAMETERS)]
        return author_of(names[0], versions[0] if versions else "", lines)
    person = person_of(group) or person_of(report)
    if person is not None:
        return person
    devices = [text_of(item) for item in find(report, _DEVICE_NAME)]
    return author_of(devices[0] if devices else "", "", ())
