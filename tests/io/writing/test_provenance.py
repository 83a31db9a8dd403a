"""What model made a result, on what, when and by what: written, and read back."""

from __future__ import annotations

from dataclasses import replace

from pydicom import dcmread

from viewer.core.author import Author
from viewer.io.authorship import canonical
from viewer.io.seg import read_segmentation, write_segmentation
from viewer.io.sr import read_findings, write_findings

READ = Author(
    "Bright parts",
    is_model=True,
    version="3",
    weights_sha256="ab" * 32,
    parameters=(
        ("input_1", "1.2.840.1"),
        ("input_2", "1.2.840.2"),
        ("engine", "OpenVINO"),
        ("device", "CPU x86_64, 2 threads"),
        ("read_at", "2026-01-02T03:04:05+00:00"),
    ),
)


def equipment(path):
    return [
        item
        for item in dcmread(path).ContributingEquipmentSequence
        if item.ManufacturerModelName == "Bright parts"
    ]


def test_a_segmentation_names_model_inputs_engine_and_time(case, tmp_path, dicom_errors):
    path = tmp_path / "a.dcm"
    meant = replace(case.segmentation(), author=READ)
    write_segmentation(path, meant, case.series)
    (item,) = equipment(path)
    assert item.SoftwareVersions == "3"
    assert item.PurposeOfReferenceCodeSequence[0].CodeValue == "109102"
    assert str(item.ContributionDateTime) == "20260102030405+0000"
    for part in ("ab" * 32, "1.2.840.1", "1.2.840.2", "OpenVINO", "CPU x86_64"):
        assert part in item.ContributionDescription
    assert read_segmentation(path, case.geometry, "one").author == canonical(READ) == READ
    assert dicom_errors(path) == []


def test_a_report_names_model_inputs_engine_and_time(case, tmp_path, dicom_errors):
    path = tmp_path / "a.dcm"
    finding = replace(case.finding(), author=READ)
    write_findings(path, [finding], case.series)
    (item,) = equipment(path)
    assert "weights_sha256=" in item.ContributionDescription
    (again,) = read_findings(path, "one")
    assert again.author == READ
    assert dicom_errors(path) == []


def test_what_a_person_edited_is_semi_automatic_and_names_the_editor(case, tmp_path, person):
    path = tmp_path / "a.dcm"
    edited = replace(case.segmentation(), author=READ, status="edited")
    write_segmentation(path, edited, case.series, reader=person)
    stored = dcmread(path)
    kinds = {segment.SegmentAlgorithmType for segment in stored.SegmentSequence}
    assert kinds == {"SEMIAUTOMATIC"}
    assert person.name.split()[-1] in str(stored.ContentCreatorName)
    assert len(equipment(path)) == 1


def test_what_a_person_drew_names_no_model(case, tmp_path, person):
    path = tmp_path / "a.dcm"
    write_segmentation(path, replace(case.segmentation(), author=person), case.series)
    told = dcmread(path).get("ContributingEquipmentSequence") or []
    assert [item for item in told if item.Manufacturer == "Skiagram"] == []
