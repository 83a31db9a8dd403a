"""Statements about one picture of several: the report refers to that very picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pydicom
import pytest
from highdicom import sr

from viewer.core.assessment import Assessment
from viewer.core.code import LUNG
from viewer.core.finding import Reason
from viewer.core.progress import Silent
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin
from viewer.io.compare import Different, compare_statements
from viewer.io.results import Results, save_results
from viewer.io.sr import write_findings
from viewer.io.sr_foreign import Ground
from viewer.io.sr_measurements import Pictures
from viewer.io.sr_read import read_report
from viewer.io.sr_tree import walk
from viewer.io.table import findings_table


@pytest.fixture
def third(model):
    return Assessment(
        "2.25.81", LUNG, "one", model, "Picture 3 speaks for it.", 0.7, 0.4, picture=3
    )


@pytest.fixture
def whole(third):
    return replace(third, id="2.25.82", sentence="Speaks for it.", picture=0)


def of(series):
    return Ground("one", Pictures.of(series))


def sources(path):
    """Return (SOP instance, frames) of each source of a measurement, as pydicom reads them."""
    return [
        (image.ReferencedSOPInstanceUID, image.get("ReferencedFrameNumber"))
        for item in walk(pydicom.dcmread(path))
        if item.get("ValueType") == "IMAGE"
        and item.ConceptNameCodeSequence[0].CodeValue == "121112"
        for image in item.ReferencedSOPSequence
    ]


def test_a_statement_refers_to_the_picture_it_speaks_of(case, third, whole, tmp_path, dicom_errors):
    path = tmp_path / "sr.dcm"
    write_findings(path, (), case.series, assessments=(third, whole))
    assert sources(path) == [(case.series.instances[2].sop_instance_uid, None)]
    assert [one.picture for one in read_report(path, of(case.series)).assessments] == [3, 0]
    assert dicom_errors(path) == []


def test_what_speaks_for_a_statement_is_written_beside_it(case, whole, tmp_path, dicom_errors):
    path = tmp_path / "sr.dcm"
    said = replace(whole, explanation=(Reason("Slice at z = 12.0 mm", 0.91),))
    write_findings(path, (), case.series, assessments=(said,))
    texts = [item.get("TextValue", "") for item in walk(pydicom.dcmread(path))]
    assert "Slice at z = 12.0 mm: 0.91" in texts
    assert dicom_errors(path) == []


def test_highdicom_finds_the_picture_of_a_statement(case, third, tmp_path):
    path = tmp_path / "sr.dcm"
    write_findings(path, (), case.series, assessments=(third,))
    report = sr.srread(path)
    (group,) = report.content.get_image_measurement_groups(tracking_uid=third.id)
    (source,) = group.source_images
    assert source.referenced_sop_instance_uid == case.series.instances[2].sop_instance_uid


def test_a_statement_about_a_frame_names_the_frame_as_files_count(case, third, tmp_path):
    first = case.series.instances[0]
    frames = tuple(replace(first, frame=number, number=number + 1) for number in range(4))
    series = replace(case.series, instances=frames)
    path = tmp_path / "sr.dcm"
    write_findings(path, (), series, assessments=(third,))
    assert sources(path) == [(first.sop_instance_uid, 3)]
    assert read_report(path, of(series)).assessments[0].picture == 3


def test_a_statement_about_the_only_picture_refers_to_it(case, whole, tmp_path):
    series = replace(case.series, instances=case.series.instances[:1])
    path = tmp_path / "sr.dcm"
    write_findings(path, (), series, assessments=(whole,))
    assert sources(path) == [(series.instances[0].sop_instance_uid, None)]
    assert read_report(path, of(series)).assessments[0].picture == 0


def test_a_statement_that_came_back_for_another_picture_differs(case, third, tmp_path):
    path = tmp_path / "sr.dcm"
    write_findings(path, (), case.series, assessments=(third,))
    compare_statements(path, (third,), of(case.series))
    with pytest.raises(Different, match="statement"):
        compare_statements(path, (replace(third, picture=2),), of(case.series))


def test_a_picture_that_the_series_has_not_is_never_written(case, third, tmp_path):
    with pytest.raises(ValueError, match="no picture 7"):
        write_findings(
            tmp_path / "sr.dcm", (), case.series, assessments=(replace(third, picture=7),)
        )


def test_saved_statements_of_a_stack_name_their_picture_everywhere(case, third, tmp_path):
    frames = tuple(
        Frame(
            np.zeros((9, 10), np.int16), None, None, Origin(one.sop_instance_uid, one.sop_class_uid)
        )
        for one in case.series.instances
    )
    stack = Stack(frames, "1", "CT", "one")
    results = Results(case.study, case.series, stack, assessments=(third,))
    save_results(tmp_path / "out", results, Silent())
    assert sources(tmp_path / "out" / "sr_findings.dcm")[0][0] == frames[2].origin.sop_instance_uid
    assert "(picture 3)" in (tmp_path / "out" / "report.html").read_text()
    assert "(picture 3)" in findings_table((), (third,))
