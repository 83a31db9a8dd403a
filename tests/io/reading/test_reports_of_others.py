"""Reports that other programs wrote: what becomes a measurement, and what is read as a page."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset, dcmread
from pydicom.data import get_testdata_file
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from viewer.core import code
from viewer.core.errors import Unreadable
from viewer.core.measurement import MeasurementKind
from viewer.io.concepts import quiet
from viewer.io.referring import contents_of
from viewer.io.sr_page import report_page_of
from viewer.io.sr_read import read_report

KINDS = MeasurementKind
OBJECTS = "seg_sr_rt_objects"
TABLE = [
    ("dwv_sr/tests/annotation/tid1500-0/sr-ruler.dcm", 3, KINDS.LENGTH, 0),
    ("dwv_sr/tests/annotation/tid1500-0/sr-protractor.dcm", 3, KINDS.ANGLE, 0),
    ("dwv_sr/tests/annotation/tid1500-0/sr-circle.dcm", 3, KINDS.ELLIPSE, 0),
    ("dwv_sr/tests/annotation/tid1500-0/sr-ellipse.dcm", 3, KINDS.ELLIPSE, 0),
    ("dwv_sr/tests/annotation/tid1500-0/sr-rectangle.dcm", 3, KINDS.POLYGON, 0),
    ("dwv_sr/tests/annotation/tid1500-0/sr-roi.dcm", 3, KINDS.POLYGON, 0),
    ("dwv_sr/tests/annotation/tid1500-0/sr-arrow.dcm", 3, KINDS.PROBE, 0),
    ("highdicom/sr_document.dcm", 1, KINDS.ELLIPSE, 0),
    ("highdicom/sr_document_with_multiple_groups.dcm", 2, KINDS.ELLIPSE, 1),
]
PAGES = ["arrow", "ruler", "protractor", "circle", "roi", "rectangle", "ellipse"]


@pytest.mark.parametrize(("name", "count", "kind", "findings"), TABLE)
def test_groups_with_coordinates_become_measurements(data, name, count, kind, findings):
    path = data / OBJECTS / name
    said = read_report(path)
    assert len(said.measurements) == count
    assert said.measurements[0].kind is kind
    assert len(said.findings) == findings
    assert all(one.anchor.sop_instance_uid for one in said.measurements)
    assert f"{count} measurement" in contents_of(path, "SR")
    assert "<h2>" in report_page_of(path)


def test_a_length_of_another_program_lies_on_its_pixels_and_keeps_its_number(data):
    path = data / OBJECTS / "dwv_sr/tests/annotation/tid1500-0/sr-ruler.dcm"
    first = read_report(path).measurements[0]
    length = first.quantity(code.LENGTH)
    assert length is not None
    assert (length.value, length.unit.value) == (pytest.approx(4.025316), "mm")
    stored = next(item for item in dcmread(path).iterall() if item.keyword == "GraphicData").value
    assert np.allclose(np.asarray(first.points)[:, :2].ravel() + 0.5, stored, atol=1e-5)
    assert math.dist(*first.points) > 1


def test_the_circle_of_another_program_keeps_its_radius(data):
    path = data / OBJECTS / "dwv_sr/tests/annotation/tid1500-0/sr-circle.dcm"
    with quiet():
        stored = next(i for i in dcmread(path).iterall() if i.keyword == "GraphicData").value
    radius = math.dist(stored[:2], stored[2:])
    points = np.asarray(read_report(path).measurements[0].points)
    middle = points.mean(axis=0)
    assert np.allclose(np.linalg.norm(points - middle, axis=1), radius, atol=1e-4)
    assert np.allclose(middle[:2] + 0.5, stored[:2], atol=1e-4)


@pytest.mark.parametrize("name", PAGES)
def test_a_basic_report_is_a_page(data, name):
    path = data / OBJECTS / f"dwv_sr/tests/annotation/dwv034/sr-{name}.dcm"
    assert "Measurement Group" in report_page_of(path)
    assert contents_of(path, "SR").endswith("without places in the images.")


def test_the_reports_of_pydicom_are_pages():
    path = get_testdata_file("reportsi.dcm")
    page = report_page_of(Path(path))
    assert "<h2>" in page
    assert len(page) > 500


def _report(path: Path, below: list[Dataset]) -> Path:
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.33", "1.2.3"
    made.PatientName, made.PatientID, made.Modality = "Roe^<b>Jo</b>", "P", "SR"
    made.StudyInstanceUID, made.SeriesInstanceUID = "1.2.1", "1.2.2"
    made.ValueType, made.ContentSequence = "CONTAINER", below
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.save_as(path, enforce_file_format=True)
    return path


def _item(text: str = "", below: list[Dataset] | None = None) -> Dataset:
    item, name = Dataset(), Dataset()
    name.CodeValue, name.CodingSchemeDesignator, name.CodeMeaning = "1", "99X", "Word <i>"
    item.RelationshipType, item.ConceptNameCodeSequence = "CONTAINS", [name]
    item.ValueType = "TEXT" if text else "CONTAINER"
    if text:
        item.TextValue = text
    if below:
        item.ContentSequence = below
    return item


def test_no_text_of_a_file_becomes_markup(tmp_path):
    page = report_page_of(_report(tmp_path / "sr.dcm", [_item("<script>alert(1)</script>\nline")]))
    assert "<script" not in page
    assert "Word &lt;i&gt;" in page
    assert "Roe &lt;b&gt;" in page


def test_a_report_of_too_many_items_is_cut_with_a_sentence(tmp_path):
    page = report_page_of(_report(tmp_path / "sr.dcm", [_item("a") for _ in range(5100)]))
    assert "only its first 5000 items" in page
    assert page.count("<li>") == 5000


def test_a_report_nested_absurdly_deep_is_cut_and_not_measured(tmp_path):
    item = _item("bottom")
    for _ in range(80):
        item = _item("", [item])
    path = _report(tmp_path / "sr.dcm", [item])
    assert "deeper than 50 levels" in report_page_of(path)
    with pytest.raises(Unreadable, match="nested"):
        read_report(path)


def test_a_picture_is_no_report():
    with pytest.raises(Unreadable, match="no structured report"):
        report_page_of(Path(str(get_testdata_file("CT_small.dcm"))))


def test_a_cut_report_is_unreadable(tmp_path):
    path = _report(tmp_path / "sr.dcm", [_item("a" * 300)])
    path.write_bytes(path.read_bytes()[:-120])
    with pytest.raises(Unreadable):
        report_page_of(path)
