"""Findings go into a DICOM report and come back; nobody's acceptance is made up."""

from __future__ import annotations

from dataclasses import replace

import highdicom as hd
import numpy as np
import pytest
from pydicom import dcmread

from viewer.core.errors import Unreadable
from viewer.core.finding import Status
from viewer.io.authorship import canonical
from viewer.io.concepts import quiet
from viewer.io.seg import write_masks
from viewer.io.sr import read_findings, write_findings
from viewer.io.sr_read import read_report_references, verified_by


@pytest.fixture
def mixed(case):
    """Findings of every sort: proposed, accepted, edited, rejected; with and without a mask."""
    proposed, accepted = case.finding(1), case.accepted(2, start=(0, 0, 0))
    flat = replace(case.finding(3, masked=False), low=(1.0, 2.0, 3.0), high=(1.0, 2.0, 3.0))
    bare = replace(
        case.finding(4, masked=False), score=None, site=None, mean_value=None, explanation=()
    )
    by = accepted.history[0].by
    edited = bare.judged(Status.EDITED, by, "2026-05-06T07:08:09.5+02:00")
    again = edited.judged(Status.REJECTED, by, "2026-05-07T07:08:09+00:00", "a vessel\nafter all")
    return (proposed, accepted, replace(flat, author=by, note="by hand"), again)


@pytest.fixture
def report(case, mixed, tmp_path):
    """The report of these findings with their segments."""
    segments = write_masks(tmp_path / "seg.dcm", mixed, case.geometry, case.series)
    path = tmp_path / "sr.dcm"
    write_findings(path, mixed, case.series, segments=segments)
    return path


def test_findings_come_back_as_they_were(report, mixed):
    read = read_findings(report, "one")
    assert [f.id for f in read] == [f.id for f in mixed]
    for back, meant in zip(read, mixed, strict=True):
        for corner in ("position", "low", "high"):
            assert np.allclose(getattr(back, corner), getattr(meant, corner), atol=1e-3)
        assert (back.kind, back.site, back.status) == (meant.kind, meant.site, meant.status)
        assert back.diameter_mm == meant.diameter_mm
        assert back.volume_mm3 == meant.volume_mm3
        assert back.mean_value == meant.mean_value
        assert back.score == pytest.approx(meant.score) if meant.score else back.score is None
        assert back.author == canonical(meant.author)
        assert (back.note, back.series_key) == (meant.note, "one")


def test_judgements_come_back_with_person_moment_and_reason(report, mixed):
    edited, rejected = read_findings(report)[3].history
    assert (edited.status, rejected.status) == (Status.EDITED, Status.REJECTED)
    assert edited.by.name == rejected.by.name == "Dr. Zoë Müller"
    assert edited.at == "2026-05-06T05:08:09.500000+00:00"
    assert rejected.reason == "a vessel\nafter all"


def test_the_written_report_is_free_of_errors(report, dicom_errors):
    assert dicom_errors(report) == []


def test_highdicom_reads_the_same_measurements(report, mixed):
    with quiet():
        content = hd.sr.srread(report).content
        groups = content.get_volumetric_roi_measurement_groups()
    assert [g.tracking_uid for g in groups] == [f.id for f in mixed]
    for group, meant in zip(groups, mixed, strict=True):
        values = {m.name.meaning: m.value for m in group.get_measurements()}
        assert values["Diameter"] == meant.diameter_mm
        assert values["Volume"] == meant.volume_mm3
        assert values.get("Mean Attenuation Coefficient") == meant.mean_value
        assert group.finding_type.value == meant.kind.value


def test_a_finding_with_a_mask_refers_to_its_segment(report, case, tmp_path):
    with quiet():
        groups = hd.sr.srread(report).content.get_volumetric_roi_measurement_groups()
    segment = groups[1].referenced_segment
    assert segment.referenced_segment_numbers == [2]
    uid = dcmread(tmp_path / "seg.dcm").SOPInstanceUID
    assert segment.referenced_sop_instance_uid == uid
    assert uid in read_report_references(report).instances
    assert read_report_references(report).series_uid == case.series_uid


def test_a_report_is_unverified_and_a_proposal_stays_one(case, tmp_path, person):
    path = tmp_path / "sr.dcm"
    write_findings(path, [case.finding(1)], case.series, reader=person)
    dataset = dcmread(path)
    assert dataset.VerificationFlag == "UNVERIFIED"
    assert dataset.CompletionFlag == "PARTIAL"
    assert "not reviewed" in dataset.SeriesDescription
    assert verified_by(path) is None
    (back,) = read_findings(path)
    assert back.status is Status.PROPOSED
    assert back.history == ()


def test_headless_no_person_is_named_anywhere(case, tmp_path):
    path = tmp_path / "sr.dcm"
    write_findings(path, [case.finding(1)], case.series)
    text = str(dcmread(path))
    assert "Person Observer Name" not in text
    assert "Accepted" not in text


def test_a_report_is_verified_only_by_a_person_who_says_so(case, tmp_path, person, model):
    path = tmp_path / "sr.dcm"
    write_findings(path, [case.accepted(1)], case.series, verified_by=person)
    assert verified_by(path) == person
    with pytest.raises(ValueError, match="only a person"):
        write_findings(path, [case.accepted(1)], case.series, verified_by=model)


def test_a_verified_report_is_free_of_errors(case, tmp_path, person, dicom_errors):
    path = tmp_path / "sr.dcm"
    write_findings(path, [case.accepted(1)], case.series, reader=person, verified_by=person)
    assert dicom_errors(path) == []


def test_units_other_than_hounsfield_survive(case, tmp_path, dicom_errors):
    units = ("SUVbw", "1", "mm", "Bq/ml")
    findings = [
        replace(case.finding(n, masked=False), unit=unit) for n, unit in enumerate(units, start=1)
    ]
    path = tmp_path / "sr.dcm"
    write_findings(path, findings, case.series)
    assert [f.unit for f in read_findings(path)] == ["g/ml{SUVbw}", "1", "mm", "Bq/ml"]
    assert [f.mean_value for f in read_findings(path)] == [f.mean_value for f in findings]
    assert dicom_errors(path) == []


def test_hostile_words_stay_words(case, tmp_path, dicom_errors):
    nasty = "a\\b\x00\x1b<script>=cmd|' /C calc'!A0 ^=\\^ 日本 " + "x" * 300
    finding = replace(
        case.finding(1),
        note=nasty,
        author=replace(case.finding(1).author, name=nasty, parameters=((nasty, nasty),)),
    )
    finding = finding.judged(
        Status.ACCEPTED, replace(case.accepted(1).history[0].by, name=nasty), "?"
    )
    path = tmp_path / "sr.dcm"
    write_findings(path, [finding], case.series)
    assert dicom_errors(path) == []
    (back,) = read_findings(path)
    assert back.author == canonical(finding.author)
    assert back.history[0].by.name.startswith("a/b")


@pytest.mark.parametrize("length", [0, 150, 1000, 2500, -1])
def test_a_damaged_report_is_refused_with_a_sentence(report, length):
    report.write_bytes(report.read_bytes()[:length])
    with pytest.raises(Unreadable, match=r"sr\.dcm"):
        read_findings(report)


def test_what_is_no_report_is_refused_with_a_sentence(case, tmp_path):
    for path in (case.series.instances[0].path, tmp_path / "absent.dcm", tmp_path):
        with pytest.raises(Unreadable, match=path.name):
            read_findings(path)
