"""A save is whole and proven, or it has not happened."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread

from viewer.core.code import LUNG
from viewer.core.errors import Declined
from viewer.core.finding import Status
from viewer.core.progress import Cancelled, Silent
from viewer.core.study import Notice, Patient
from viewer.io import atomic, compare, results, seg
from viewer.io.nifti_write import read_labels
from viewer.io.results import KeyPicture, Results, save_results
from viewer.io.seg import read_segmentation
from viewer.io.sr import read_findings
from viewer.io.table import COLUMNS, findings_table

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def headless(case) -> Results:
    """What a run without a person brings."""
    findings = (case.finding(2), case.finding(1, start=(0, 0, 0)))
    pictures = (KeyPicture(findings[0].id, PNG), KeyPicture("", PNG, "Overview"))
    return Results(
        case.study, case.series, case.volume, findings, (case.segmentation(),), pictures=pictures
    )


def _listing(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_everything_is_written_and_nothing_else(headless, tmp_path, dicom_errors):
    folder = tmp_path / "new" / "out"
    saved = save_results(folder, headless, Silent())
    names = sorted(path.name for path in saved.files)
    assert names == [
        "findings.csv",
        "key_01.png",
        "key_02.png",
        "report.html",
        "seg_findings.dcm",
        "seg_lungs_and_airways.dcm",
        "sr_findings.dcm",
    ]
    assert sorted(p.name for p in folder.iterdir()) == names
    assert saved.notices == ()
    for path in folder.glob("*.dcm"):
        assert dicom_errors(path) == []


def test_headless_all_proposals_are_saved_as_proposals(headless, tmp_path):
    save_results(tmp_path / "out", headless, Silent())
    read = read_findings(tmp_path / "out" / "sr_findings.dcm")
    assert [f.status for f in read] == [Status.PROPOSED] * 2
    assert [f.id for f in read] == [headless.findings[1].id, headless.findings[0].id]
    assert dcmread(tmp_path / "out" / "sr_findings.dcm").VerificationFlag == "UNVERIFIED"


def test_with_a_reader_only_what_a_person_stands_behind_leaves(case, tmp_path, person):
    meant = Results(
        case.study,
        case.series,
        case.volume,
        (case.finding(1), case.accepted(2, start=(0, 0, 0))),
        reader=person,
        pictures=(KeyPicture("2.25.991", PNG, "unaccepted"),),
    )
    saved = save_results(tmp_path / "out", meant, Silent())
    (read,) = read_findings(tmp_path / "out" / "sr_findings.dcm")
    assert (read.id, read.status) == ("2.25.992", Status.ACCEPTED)
    text = (tmp_path / "out" / "report.html").read_text() + findings_table(meant.selected)
    assert "proposed" not in findings_table(meant.selected)
    assert "unaccepted" not in text
    assert not any(path.suffix == ".png" for path in saved.files)


def test_saving_again_replaces_what_was_there(headless, tmp_path):
    save_results(tmp_path, headless, Silent())
    before = _listing(tmp_path)
    save_results(tmp_path, headless, Silent())
    after = _listing(tmp_path)
    assert set(before) == set(after)
    assert before["sr_findings.dcm"] != after["sr_findings.dcm"]


def test_without_findings_there_is_a_page_but_no_report(case, tmp_path):
    saved = save_results(tmp_path / "out", Results(case.study, case.series, case.volume), Silent())
    assert sorted(p.name for p in saved.files) == ["findings.csv", "report.html"]
    assert [notice.code for notice in saved.notices] == ["no_findings"]


def test_two_segmentations_of_one_title_do_not_overwrite_each_other(case, tmp_path):
    one = case.segmentation()
    two = replace(one, id="2.25.88")
    meant = Results(case.study, case.series, case.volume, segmentations=(one, two))
    save_results(tmp_path / "out", meant, Silent())
    ids = {read_segmentation(p).id for p in (tmp_path / "out").glob("*.dcm")}
    assert ids == {one.id, two.id}


def test_an_outline_off_the_grid_is_told(case, tmp_path, make_grid):
    finding = case.finding(1)
    off = make_grid((2, 2, 2), spacing_mm=(1, 1, 1))
    mask = replace(finding.mask, voxels=np.ones((2, 2, 2), bool), geometry=off)
    meant = Results(case.study, case.series, case.volume, (replace(finding, mask=mask),))
    saved = save_results(tmp_path / "out", meant, Silent())
    assert [notice.code for notice in saved.notices] == ["outline_off_grid"]


def _fails(number: int) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.fixture
def kept(headless, tmp_path) -> Path:
    """A folder that holds an earlier save and somebody's notes."""
    folder = tmp_path / "out"
    save_results(folder, headless, Silent())
    (folder / "notes.txt").write_text("mine")
    return folder


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "you may not write"),
        (errno.EIO, "try again"),
    ],
)
@pytest.mark.parametrize("where", ["fsync", "mkdtemp", "replace", "save_as"])
def test_a_disk_that_refuses_leaves_all_as_it_was(
    kept, headless, monkeypatch, number, words, where
):
    before = _listing(kept)
    if where == "fsync":
        monkeypatch.setattr(atomic.os, "fsync", _fails(number))
    elif where == "mkdtemp":
        monkeypatch.setattr(atomic.tempfile, "mkdtemp", _fails(number))
    elif where == "replace":
        monkeypatch.setattr(atomic.Path, "replace", _fails(number))
    else:
        monkeypatch.setattr(seg.hd.seg.Segmentation, "save_as", _fails(number))
    with pytest.raises(Declined, match=words) as refusal:
        save_results(kept, headless, Silent())
    assert str(kept) in str(refusal.value)
    assert _listing(kept) == before
    assert not [p for p in kept.iterdir() if p.name.startswith(".")]


def test_a_refusal_half_way_takes_back_what_was_placed(kept, headless, monkeypatch):
    before = _listing(kept)
    real, calls = atomic.Path.replace, []

    def third_fails(self, target):
        calls.append(target)
        if len(calls) == 3:
            raise OSError(errno.EIO, "broken")
        return real(self, target)

    monkeypatch.setattr(atomic.Path, "replace", third_fails)
    with pytest.raises(Declined):
        save_results(kept, headless, Silent())
    assert _listing(kept) == before


def test_a_new_folder_that_could_not_be_filled_is_not_left(headless, tmp_path, monkeypatch):
    monkeypatch.setattr(atomic.os, "fsync", _fails(errno.ENOSPC))
    with pytest.raises(Declined, match="the disk is full"):
        save_results(tmp_path / "a" / "b", headless, Silent())
    assert not (tmp_path / "a").exists()


def test_a_file_cut_short_by_the_system_leaves_all_as_it_was(kept, headless):
    resource = pytest.importorskip("resource")
    before = _listing(kept)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, limits[1]))
    try:
        with pytest.raises(Declined, match="too large"):
            save_results(kept, headless, Silent())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert _listing(kept) == before


def test_a_file_in_the_way_of_the_folder_is_named(headless, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(Declined, match="could not be saved in"):
        save_results(tmp_path / "out", headless, Silent())
    assert (tmp_path / "out").read_text() == "a file"


def test_a_folder_that_may_not_be_written_is_declined(headless, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("permissions do not bind this user")
        with pytest.raises(Declined, match="you may not write"):
            save_results(folder, headless, Silent())
    finally:
        folder.chmod(0o700)


def _spoil(path: Path, change: Callable[[object], None]) -> None:
    dataset = dcmread(path)
    change(dataset)
    dataset.save_as(path)


def _flip_a_voxel(dataset) -> None:
    pixels = bytearray(dataset.PixelData)
    pixels[len(pixels) // 2] ^= 0x10
    dataset.PixelData = bytes(pixels)


def _move(dataset) -> None:
    for frame in dataset.PerFrameFunctionalGroupsSequence:
        x, y, z = frame.PlanePositionSequence[0].ImagePositionPatient
        frame.PlanePositionSequence[0].ImagePositionPatient = [float(x) + 0.005, y, z]


def _other_patient(dataset) -> None:
    dataset.PatientID = "P-2"


def _other_study(dataset) -> None:
    dataset.StudyInstanceUID = "1.2.3"


def _other_code(dataset) -> None:
    code = dataset.SegmentSequence[0].SegmentedPropertyTypeCodeSequence[0]
    code.CodeValue = LUNG.value + "9"


def _groups(dataset):
    return dataset.ContentSequence[-1].ContentSequence


def _other_diameter(dataset) -> None:
    for item in _groups(dataset)[0].ContentSequence:
        if item.ValueType == "NUM":
            item.MeasuredValueSequence[0].FloatingPointValue = 6.2
            return


def _move_point(dataset) -> None:
    for item in _groups(dataset)[0].ContentSequence:
        if item.ValueType == "SCOORD3D":
            item.GraphicData = [float(item.GraphicData[0]) + 0.01, *item.GraphicData[1:]]
            return


def _accept(dataset) -> None:
    for item in _groups(dataset)[0].ContentSequence:
        if item.ConceptNameCodeSequence[0].CodeValue == "review_status":
            item.ConceptCodeSequence[0].CodeValue = "accepted"


def _verify(dataset) -> None:
    dataset.VerificationFlag = "VERIFIED"


@pytest.mark.parametrize(
    ("writer", "change"),
    [
        *[("write_segmentation", c) for c in (_flip_a_voxel, _move, _other_patient, _other_code)],
        *[("write_masks", c) for c in (_flip_a_voxel, _move, _other_study)],
        *[
            ("write_findings", c)
            for c in (
                _other_diameter,
                _move_point,
                _accept,
                _verify,
                _other_patient,
                _other_study,
            )
        ],
    ],
)
def test_what_does_not_come_back_as_meant_is_not_saved(kept, headless, monkeypatch, writer, change):
    before = _listing(kept)
    real = getattr(results, writer)

    def spoiled(path: Path, *words: object, **more: object) -> object:
        answer = real(path, *words, **more)
        _spoil(path, change)
        return answer

    monkeypatch.setattr(results, writer, spoiled)
    with pytest.raises(Declined, match="did not come back from the disk as they were meant"):
        save_results(kept, headless, Silent())
    assert _listing(kept) == before


def test_results_of_another_patient_are_not_saved(headless, tmp_path):
    study = replace(headless.study, patient=Patient(id="P-2"))
    with pytest.raises(Declined, match="another patient"):
        save_results(tmp_path / "out", replace(headless, study=study), Silent())
    assert not (tmp_path / "out").exists()


def test_results_for_files_that_were_exchanged_are_not_saved(headless, tmp_path):
    series = replace(headless.series, study_uid="1.2.3")
    with pytest.raises(Declined, match="have changed since they were opened"):
        save_results(tmp_path / "out", replace(headless, series=series), Silent())


def test_a_cancelled_save_leaves_nothing(headless, tmp_path):
    class Impatient:
        def report(self, done, doing=""):
            if done > 0.5:
                raise Cancelled

    with pytest.raises(Cancelled):
        save_results(tmp_path / "out", headless, Impatient())
    assert not (tmp_path / "out").exists()


def test_images_that_are_not_dicom_get_nifti_and_a_sentence(headless, case, tmp_path, same_points):
    plain = replace(headless, series=replace(headless.series, format="NIfTI"))
    saved = save_results(tmp_path / "out", plain, Silent())
    names = sorted(p.name for p in saved.files if p.suffix == ".gz")
    assert names == ["seg_findings.nii.gz", "seg_lungs_and_airways.nii.gz"]
    assert [notice.code for notice in saved.notices] == ["not_dicom"]
    assert "NIfTI" in (tmp_path / "out" / "report.html").read_text()
    meant = case.segmentation()
    labels, grid = read_labels(tmp_path / "out" / "seg_lungs_and_airways.nii.gz")
    for label in (10, 20, 7):
        here = meant.geometry.to_patient(np.argwhere(meant.labels == label))
        assert same_points(grid.to_patient(np.argwhere(labels == label)), here)


def test_a_spoiled_nifti_is_not_saved(headless, tmp_path, monkeypatch):
    plain = replace(headless, series=replace(headless.series, format="NIfTI"))
    grid = headless.image.geometry
    monkeypatch.setattr(compare, "read_labels", lambda _: (np.zeros(grid.shape), grid))
    with pytest.raises(Declined, match="voxels of a segmentation differ"):
        save_results(tmp_path / "out", plain, Silent())
    assert not (tmp_path / "out").exists()


def test_the_table_has_exactly_the_promised_columns(headless):
    lines = findings_table(headless.findings).split("\r\n")
    assert lines[0] == (
        "rank,kind,score,x_mm,y_mm,z_mm,diameter_mm,volume_mm3,status,model,site,source,risk,note,"
        "history,original_x_mm,original_y_mm,original_z_mm,original_diameter_mm,original_volume_mm3"
    )
    assert lines[0].split(",") == list(COLUMNS)
    assert lines[1].startswith("1,Nodule,0.8000,")
    assert ",6.123,123.457,proposed,Nodule ranker 1.2.0," in lines[1]


@pytest.mark.parametrize("start", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_of_the_table_is_a_formula(headless, start):
    finding = headless.findings[0]
    nasty = replace(
        finding,
        kind=replace(finding.kind, meaning=start),
        author=replace(finding.author, name=start),
    )
    line = findings_table([nasty]).split("\r\n")[1]
    assert not any(cell.strip('"').startswith(("=", "+", "@")) for cell in line.split(","))
    assert ",'" in line


def test_synthetic_images_are_marked_in_every_object(headless, tmp_path):
    made = replace(headless, series=replace(headless.series, synthetic=True))
    save_results(tmp_path, made, Silent())
    for path in tmp_path.glob("*.dcm"):
        assert dcmread(path).SeriesDescription.startswith("SYNTHETIC")
    assert "SYNTHETIC" in (tmp_path / "report.html").read_text()


def test_notices_stand_on_the_page(headless, tmp_path):
    told = replace(headless, notices=(Notice("x", "The scan misses the lung tops."),))
    save_results(tmp_path / "out", told, Silent())
    assert "The scan misses the lung tops." in (tmp_path / "out" / "report.html").read_text()
