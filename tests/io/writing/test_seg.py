"""Segmentations go into DICOM SEG and come back without loss."""

from __future__ import annotations

from pathlib import Path

import highdicom as hd
import numpy as np
import pytest
from pydicom import dcmread

from viewer.cohort.segment_numbers import measure_file
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.io.authorship import canonical, canonical_in_segments
from viewer.io.compare import compare_segmentation
from viewer.io.layers import findings_layer
from viewer.io.seg import read_segmentation, write_masks, write_segmentation
from viewer.io.seg_read import read_masks, read_references, read_seg, read_segmentations


def test_a_segmentation_comes_back_as_it_was(case, tmp_path):
    path = tmp_path / "a.dcm"
    meant = case.segmentation()
    write_segmentation(path, meant, case.series)
    read = read_segmentation(path, case.geometry, "one")
    assert np.array_equal(read.labels, meant.labels)
    assert read.segments == meant.segments
    assert (read.id, read.title, read.status) == (meant.id, meant.title, meant.status)
    assert read.author == canonical(meant.author)
    assert dict(read.author.parameters)["note"] == "a=b, 100 %\nnext line"


def test_the_written_object_is_free_of_errors(case, tmp_path, dicom_errors):
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    assert dicom_errors(path) == []


def test_the_validator_would_notice(case, tmp_path, dicom_errors):
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    broken = dcmread(path)
    del broken.SegmentSequence
    broken.save_as(path)
    assert dicom_errors(path)


def test_highdicom_reads_the_same_voxels(case, tmp_path, same_points):
    path = tmp_path / "a.dcm"
    meant = case.segmentation()
    write_segmentation(path, meant, case.series)
    volume = hd.seg.segread(path).get_volume(combine_segments=True)
    for label, number in ((10, 1), (20, 2), (7, 3)):
        index = np.argwhere(volume.array == number)
        there = volume.map_indices_to_reference(index)
        here = meant.geometry.to_patient(np.argwhere(meant.labels == label))
        assert same_points(there, here)


def test_spacing_comes_from_positions_not_from_the_headers(case, tmp_path):
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    shared = dcmread(path).SharedFunctionalGroupsSequence[0]
    measures = shared.PixelMeasuresSequence[0]
    assert float(measures.SpacingBetweenSlices) == pytest.approx(2.5)
    assert float(measures.SliceThickness) == pytest.approx(2.5)


def test_a_segmentation_names_its_images_and_its_patient(case, tmp_path):
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    names = read_references(path)
    assert (names.patient_id, names.study_uid) == ("P-1", case.study_uid)
    assert names.series_uid == case.series_uid
    assert set(names.instances) == {i.sop_instance_uid for i in case.series.instances}
    for frame in dcmread(path).PerFrameFunctionalGroupsSequence:
        number = case.geometry.nearest(frame.PlanePositionSequence[0].ImagePositionPatient)[0]
        source = frame.DerivationImageSequence[0].SourceImageSequence[0]
        assert source.ReferencedSOPInstanceUID == case.series.instances[number].sop_instance_uid


@pytest.mark.parametrize(
    ("status", "by_person", "kind"),
    [
        ("proposed", False, "AUTOMATIC"),
        ("accepted", False, "AUTOMATIC"),
        ("edited", False, "SEMIAUTOMATIC"),
        ("accepted", True, "MANUAL"),
    ],
)
def test_an_object_says_who_drew_it(case, tmp_path, model, person, status, by_person, kind):
    path = tmp_path / "a.dcm"
    author = person if by_person else model
    write_segmentation(path, case.segmentation(status, author), case.series, reader=person)
    item = dcmread(path).SegmentSequence[0]
    assert item.SegmentAlgorithmType == kind
    assert ("SegmentationAlgorithmIdentificationSequence" in item) is not by_person
    assert read_segmentation(path).author == canonical(author)


def test_what_a_person_made_with_tools_is_semiautomatic_and_names_them(case, tmp_path, person):
    path = tmp_path / "a.dcm"
    author = person.helped_by("Anatomy by rules 1.0", "Grow", "Grow")
    meant = case.segmentation("accepted", author)
    write_segmentation(path, meant, case.series, reader=person)
    item = dcmread(path).SegmentSequence[0]
    assert item.SegmentAlgorithmType == "SEMIAUTOMATIC"
    named = item.SegmentationAlgorithmIdentificationSequence[0].AlgorithmParameters
    assert named.split() == ["helped", "by=Anatomy", "by", "rules", "1.0", "helped", "by=Grow"]
    assert read_segmentation(path).author == canonical_in_segments(author)
    compare_segmentation(path, meant, case.study, case.series)


def test_the_same_voxels_in_another_patient_space_are_told_of_and_not_measured(case, tmp_path):
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    assert not read_seg(path, case.geometry).notices
    head = dcmread(path)
    head.FrameOfReferenceUID = "1.2.3.4"
    head.save_as(path)
    (notice,) = read_seg(path, case.geometry).notices
    assert (notice.code, "another patient space" in notice.sentence) == ("other_space", True)
    image = Path(case.series.instances[0].path).parent
    with pytest.raises(Declined, match="another patient space"):
        measure_file(path, [image], tmp_path / "numbers.csv", Silent())


def test_without_a_source_grid_positions_are_still_right(case, tmp_path, same_points):
    path = tmp_path / "a.dcm"
    meant = case.segmentation()
    write_segmentation(path, meant, case.series)
    read = read_segmentation(path)
    assert read.geometry.shape == (3, 9, 10)
    for label in (10, 20, 7):
        here = meant.geometry.to_patient(np.argwhere(meant.labels == label))
        there = read.geometry.to_patient(np.argwhere(read.labels == label))
        assert same_points(there, here)


def test_a_segmentation_may_be_smaller_than_its_images(case, tmp_path, dicom_errors):
    path = tmp_path / "a.dcm"
    whole = case.segmentation()
    part = whole.geometry.crop((1, 1, 1), (5, 8, 9))
    meant = type(whole)(
        whole.id, "Part", whole.labels[1:5, 1:8, 1:9], part, whole.segments, whole.author, "one"
    )
    write_segmentation(path, meant, case.series)
    assert dicom_errors(path) == []
    assert np.array_equal(read_segmentation(path, part).labels, meant.labels)
    back = read_segmentation(path, whole.geometry)
    assert np.array_equal(back.labels[1:5, 1:8, 1:9], meant.labels)


def test_a_segmentation_is_refused_on_other_images(case, tmp_path, make_grid):
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    with pytest.raises(Unreadable, match="not drawn on these images"):
        read_segmentation(path, make_grid(spacing_mm=(2.5, 0.8, 0.9)))


def test_an_empty_segmentation_survives(case, tmp_path, dicom_errors):
    path = tmp_path / "a.dcm"
    meant = case.segmentation()
    empty = type(meant)(
        meant.id,
        "Nothing",
        np.zeros_like(meant.labels),
        meant.geometry,
        meant.segments,
        meant.author,
        "one",
    )
    write_segmentation(path, empty, case.series)
    assert dicom_errors(path) == []
    assert not read_segmentation(path, case.geometry).labels.any()


def test_a_label_without_a_segment_is_our_mistake(case, tmp_path):
    meant = case.segmentation()
    fewer = type(meant)(
        meant.id, "x", meant.labels, meant.geometry, meant.segments[:2], meant.author, "one"
    )
    with pytest.raises(ValueError, match="belongs to no segment"):
        write_segmentation(tmp_path / "a.dcm", fewer, case.series)


def test_masks_of_findings_are_followed_by_the_id_of_the_finding(case, tmp_path, dicom_errors):
    path = tmp_path / "a.dcm"
    findings = [case.finding(1), case.accepted(2, start=(0, 0, 0)), case.finding(3, masked=False)]
    saved = write_masks(path, findings, case.geometry, case.series)
    assert saved is not None
    assert [uid for uid, _ in saved.numbers] == [findings[0].id, findings[1].id]
    assert dicom_errors(path) == []
    masks = read_masks(path, case.geometry)
    for finding in findings[:2]:
        mask = masks[finding.id]
        assert np.array_equal(mask.voxels, finding.mask.voxels)
        assert np.allclose(mask.geometry.affine, finding.mask.geometry.affine, atol=1e-6)


def test_findings_may_overlap(case, tmp_path, dicom_errors):
    path = tmp_path / "a.dcm"
    findings = [case.finding(1), case.finding(2, start=(3, 3, 3))]
    layer = findings_layer(findings, case.geometry)
    assert layer is not None
    assert layer.voxels.ndim == 4
    write_masks(path, findings, case.geometry, case.series)
    assert dicom_errors(path) == []
    masks = read_masks(path, case.geometry)
    assert all(np.array_equal(masks[f.id].voxels, f.mask.voxels) for f in findings)
    assert len(read_segmentations(path)) == 2
    with pytest.raises(Unreadable, match="overlap"):
        read_segmentation(path)


def test_a_mask_off_the_grid_is_left_out(case, tmp_path, make_grid):
    elsewhere = make_grid(spacing_mm=(1.0, 1.0, 1.0))
    assert write_masks(tmp_path / "a.dcm", [case.finding(1)], elsewhere, case.series) is None


def test_a_frame_of_reference_for_every_slice_does_no_harm(tmp_path, make_case, make_grid):
    case = make_case(tmp_path / "ct", make_grid())
    for n, instance in enumerate(case.series.instances):
        image = dcmread(instance.path)
        image.FrameOfReferenceUID = f"1.2.3.{n + 1}"
        image.save_as(instance.path)
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    read = read_segmentation(path, case.geometry)
    assert np.array_equal(read.labels, case.segmentation().labels)
    assert dcmread(path).FrameOfReferenceUID == case.geometry.frame_of_reference_uid


def test_defects_of_the_source_do_not_become_ours(tmp_path, make_case, make_grid, dicom_errors):
    case = make_case(
        tmp_path / "ct",
        make_grid(),
        PatientSex="female",
        PatientAge="forty",
        StudyDate="",
        StudyID="",
        ReferringPhysicianName=None,
    )
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    assert dicom_errors(path) == []


def test_rows_and_columns_askew_are_declined(case, tmp_path):
    meant = case.segmentation()
    affine = meant.geometry.affine.copy()
    affine[:3, 1] += 0.2 * affine[:3, 2]
    skew = Geometry(meant.geometry.shape, affine, meant.geometry.frame_of_reference_uid)
    bad = type(meant)(meant.id, "x", meant.labels, skew, meant.segments, meant.author, "one")
    with pytest.raises(Declined, match="right angles"):
        write_segmentation(tmp_path / "a.dcm", bad, case.series)


def test_images_that_have_gone_are_named(case, tmp_path):
    case.series.instances[2].path.unlink()
    with pytest.raises(Declined, match="002 can no longer be read"):
        write_segmentation(tmp_path / "a.dcm", case.segmentation(), case.series)


@pytest.mark.parametrize("length", [0, 1, 200, 3000, -1])
def test_a_damaged_segmentation_is_refused_with_a_sentence(case, tmp_path, length):
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(Unreadable, match=r"a\.dcm"):
        read_segmentation(path)


def test_what_is_no_segmentation_is_refused_with_a_sentence(case, tmp_path):
    text = tmp_path / "note.dcm"
    text.write_text("not DICOM at all")
    for path in (case.series.instances[0].path, text, tmp_path / "absent.dcm", tmp_path):
        with pytest.raises(Unreadable, match=path.name):
            read_segmentation(path)


def _with(path: Path, change) -> None:
    dataset = dcmread(path)
    change(dataset)
    dataset.save_as(path)


def test_uneven_and_absurd_positions_are_refused(case, tmp_path):
    path = tmp_path / "a.dcm"

    def shift(millimetres):
        def change(dataset):
            place = dataset.PerFrameFunctionalGroupsSequence[-1].PlanePositionSequence[0]
            x, y, z = place.ImagePositionPatient
            place.ImagePositionPatient = [x, y, float(z) + millimetres]

        return change

    for millimetres, code in ((0.77, "uneven"), (2.5e9, "too_large")):
        write_segmentation(path, case.segmentation(), case.series)
        _with(path, shift(millimetres))
        with pytest.raises(Unreadable) as refusal:
            read_segmentation(path)
        assert refusal.value.code == code
