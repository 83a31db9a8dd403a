"""Segments go into files of every format and come back; those of others lie where they belong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import nibabel
import numpy as np
import pytest
import SimpleITK

from viewer.core.code import TISSUE
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Segment
from viewer.io.nifti import to_ras
from viewer.io.segment_files import (
    OtherGrid,
    SegmentForm,
    form_of,
    read_segments,
    says_segments,
    write_segments,
)

WHOLE = [SegmentForm.SEG, SegmentForm.SEG_FRACTIONAL, SegmentForm.SEG_LABEL_MAP]
VOXELS = [*WHOLE, SegmentForm.NIFTI, SegmentForm.NRRD]
TURNS = {
    "axial": np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
    "oblique": np.array([[0.0, -0.6, 0.8], [0.0, 0.8, 0.6], [1.0, 0.0, 0.0]]),
}


@pytest.fixture
def overlapping(case):
    """Two label groups that overlap."""
    one = case.segmentation("accepted")
    shifted = np.roll(one.labels, 1, axis=2).copy()
    return one, replace(one, id="2.25.7654321", label_map=shifted, title="Shifted")


def masks(groups) -> dict[str, list[np.ndarray]]:
    found: dict[str, list[np.ndarray]] = {}
    for group in groups:
        for segment in group.segments:
            found.setdefault(segment.name, []).append(group.labels == segment.label)
    return found


def same(one, other) -> bool:
    mine, theirs = masks(one), masks(other)
    return mine.keys() == theirs.keys() and all(
        len(mine[name]) == len(theirs[name])
        and all(any(np.array_equal(a, b) for b in theirs[name]) for a in mine[name])
        for name in mine
    )


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("form", [*VOXELS, SegmentForm.RTSTRUCT])
def test_a_label_group_comes_back_from_every_format(
    make_case, make_grid, tmp_path, dicom_errors, form, turn
):
    case = make_case(tmp_path / "ct", make_grid(directions=TURNS[turn]))
    meant = case.segmentation("accepted")
    path = tmp_path / f"out{form.ending}"
    written = write_segments([meant], case.series, path, form)
    assert path in written.files
    assert bool(form.losses) is any(one.code == "loses" for one in written.notices)
    if form.is_dicom:
        assert dicom_errors(path) == []
    (back,) = read_segments(path, case.geometry, series_key="one").segmentations
    assert same([back], [meant])
    assert back.geometry == case.geometry
    assert [s.colour for s in back.segments] == [s.colour for s in meant.segments]
    assert [s.type for s in back.segments] == [s.type for s in meant.segments]
    if form in (SegmentForm.NIFTI, SegmentForm.NRRD):
        assert (back.id, back.author, back.status) == (meant.id, meant.author, "accepted")
        assert back.segments == meant.segments


@pytest.mark.parametrize("form", [f for f in VOXELS if f is not SegmentForm.SEG_LABEL_MAP])
def test_groups_that_overlap_come_back_from_every_format(case, overlapping, tmp_path, form):
    path = tmp_path / f"out{form.ending}"
    written = write_segments(overlapping, case.series, path, form)
    files = [one for one in written.files if not one.name.endswith(".label")]
    assert len(files) == (2 if form is SegmentForm.NIFTI else 1)
    read = [one for file in files for one in read_segments(file, case.geometry).segmentations]
    assert same(read, overlapping)
    if form is SegmentForm.NIFTI:
        assert "2 NIfTI files" in written.notices[0].sentence


def test_a_format_that_holds_no_overlap_is_declined_and_leaves_nothing(case, overlapping, tmp_path):
    out = tmp_path / "out"
    with pytest.raises(Declined, match="one segment for each voxel"):
        write_segments(overlapping, case.series, out / "a.dcm", SegmentForm.SEG_LABEL_MAP)
    assert not out.exists()
    nifti = replace(case.series, format="NIfTI")
    with pytest.raises(Declined, match="refers to DICOM images"):
        write_segments(overlapping, nifti, out / "a.dcm", SegmentForm.SEG)


def test_groups_that_overlap_go_into_one_structure_set(case, overlapping, tmp_path, dicom_errors):
    path = tmp_path / "a.dcm"
    write_segments(overlapping, case.series, path, SegmentForm.RTSTRUCT)
    assert dicom_errors(path) == []
    assert same(read_segments(path, case.geometry).segmentations, overlapping)
    with pytest.raises(Declined) as why:
        read_segments(path)
    assert why.value.code == "needs_images"


def test_the_table_has_a_line_for_each_segment(case, tmp_path):
    path = tmp_path / "a.csv"
    meant = case.segmentation()
    named = replace(meant, segments=(replace(meant.segments[0], name="=1+1"), *meant.segments[1:]))
    write_segments([named], case.series, path, SegmentForm.CSV)
    lines = path.read_text().splitlines()
    assert len(lines) == 4
    assert ",'=1+1," in lines[1]
    voxels = int((meant.labels == 10).sum())
    assert f",{voxels},{voxels * meant.geometry.voxel_volume_mm3:.3f}," in lines[1]


def test_simpleitk_sees_what_slicer_would(case, tmp_path):
    """The layers, and the fields by which Slicer knows segments."""
    path = tmp_path / "a.seg.nrrd"
    meant = case.segmentation()
    write_segments([meant], None, path, SegmentForm.NRRD)
    image = SimpleITK.ReadImage(str(path))
    assert np.array_equal(SimpleITK.GetArrayFromImage(image), meant.labels)
    assert np.allclose(image.GetOrigin(), meant.geometry.origin)
    said = {key: image.GetMetaData(key) for key in image.GetMetaDataKeys()}
    assert said["Segment0_Name"] == "Right lung"
    assert said["Segment0_LabelValue"] == "10"
    assert said["Segment1_Layer"] == "0"
    assert said["Segment0_Extent"] == "1 3 1 5 1 3"
    assert "SCT^3341006^Right lung" in said["Segment0_Tags"]
    assert said["Segmentation_ReferenceImageExtentOffset"] == "0 0 0"
    assert [float(x) for x in said["Segment0_Color"].split()] == pytest.approx(
        np.array((80, 160, 220)) / 255, abs=1e-5
    )


MASS = (
    "3D Slicer~SCT^49755003^Morphologically Abnormal Structure~SCT^4147007^Mass~^^~Anatomic codes"
    "~^^~^^"
)
SLICER = """NRRD0005
type: unsigned char
dimension: 4
space: left-posterior-superior
sizes: 2 4 3 2
space directions: none (0.9,0,0) (0,0.7,0) (0,0,2.5)
kinds: list domain domain domain
encoding: raw
space origin: ({0},{1},{2})
Segment0_Color:=0.5 0.25 1
Segment0_Extent:=0 3 0 2 0 1
Segment0_ID:=Segment_1
Segment0_LabelValue:=1
Segment0_Layer:=0
Segment0_Name:=Zähler
Segment0_Tags:=Segmentation.Status:inprogress|TerminologyEntry:{3}|
Segment1_ID:=Segment_2
Segment1_LabelValue:=1
Segment1_Layer:=1
Segment1_Name:=Zweites
Segmentation_ReferenceImageExtentOffset:=2 3 1

"""


def test_a_cropped_file_of_slicer_with_layers_lies_where_it_says(case, tmp_path):
    path = tmp_path / "Segmentation.seg.nrrd"
    origin = case.geometry.to_patient((1, 3, 2))
    voxels = np.zeros((2, 3, 4, 2), np.uint8)
    voxels[0, 1, 2] = (1, 1)
    voxels[1, 2, 3] = (1, 0)
    path.write_bytes(SLICER.format(*origin, MASS).encode() + voxels.tobytes())
    assert says_segments(path)
    first, second = read_segments(path, case.geometry).segmentations
    assert [s.name for s in (*first.segments, *second.segments)] == ["Zähler", "Zweites"]
    assert np.argwhere(first.labels).tolist() == [[1, 4, 4], [2, 5, 5]]
    assert np.argwhere(second.labels).tolist() == [[1, 4, 4]]
    (mass,) = first.segments
    assert (mass.type.value, mass.type.scheme, mass.colour) == ("4147007", "SCT", (128, 64, 255))
    assert mass.category.meaning == "Morphologically Abnormal Structure"
    assert second.segments[0].type == TISSUE


def label_nifti(path: Path, labels: np.ndarray, affine: np.ndarray) -> None:
    """Write labels (i, j, k) as other programs do."""
    nibabel.Nifti1Image(labels, affine).to_filename(path)


def test_a_label_map_of_another_program_is_turned_onto_the_images(case, tmp_path):
    """Axes in another order and the other way round are the same voxels."""
    meant = case.segmentation()
    image = nibabel.Nifti1Image(meant.labels.T.copy(), to_ras(case.geometry.affine))
    turned = image.slicer[:, :, :].as_reoriented(np.array([[1, -1], [2, 1], [0, -1]]))
    turned.to_filename(tmp_path / "turned.nii.gz")
    (back,) = read_segments(tmp_path / "turned.nii.gz", case.geometry).segmentations
    assert np.array_equal(back.labels, meant.labels)
    assert [s.name for s in back.segments] == ["Label 7", "Label 10", "Label 20"]


def test_labels_are_named_by_the_file_beside_them_or_by_the_header(case, tmp_path):
    labels = case.segmentation().labels.T.copy()
    affine = to_ras(case.geometry.affine)
    label_nifti(tmp_path / "a.nii.gz", labels, affine)
    (tmp_path / "a.txt").write_text(
        "# ITK-SnAP Label Description File\n"
        '    0     0    0    0        0  0  0    "Clear Label"\n'
        '    7   255    0   16        1  1  1    "Trachea"\n'
    )
    (back,) = read_segments(tmp_path / "a.nii.gz").segmentations
    assert [s.name for s in back.segments] == ["Trachea", "Label 10", "Label 20"]
    assert back.segments[0].colour == (255, 0, 16)
    image = nibabel.Nifti1Image(labels, affine)
    table = (
        '<CaretExtension><VolumeInformation><LabelTable><Label Key="10" Red="1" Green="0.5" '
        'Blue="0" Alpha="1"><![CDATA[lung_right]]></Label></LabelTable></VolumeInformation>'
        "</CaretExtension>"
    )
    image.header.extensions.append(nibabel.nifti1.Nifti1Extension(0, table.encode()))
    image.to_filename(tmp_path / "b.nii.gz")
    assert says_segments(tmp_path / "b.nii.gz")
    (back,) = read_segments(tmp_path / "b.nii.gz").segmentations
    assert [s.name for s in back.segments] == ["lung_right", "Label 7", "Label 20"]
    assert back.segments[0].colour == (255, 128, 0)


def test_our_label_file_is_one_of_itk_snap(case, tmp_path):
    meant = case.segmentation()
    write_segments([meant], None, tmp_path / "a.nii.gz", SegmentForm.NIFTI)
    lines = (tmp_path / "a.label").read_text().splitlines()
    words = [line.split(maxsplit=7) for line in lines if not line.startswith("#")]
    assert words[1] == ["10", "80", "160", "220", "1", "1", "1", '"Right lung"']
    image = nibabel.load(tmp_path / "a.nii.gz")
    assert int(image.header["intent_code"]) == 1002
    comment = json.loads(image.header.extensions[0].get_content())
    assert comment["labels"]["10"] == ["Right lung", "SCT", "3341006"]


def test_other_voxels_are_refused_shown_as_they_are_or_resampled_and_said(case, tmp_path):
    fine = Geometry.from_axes(
        (30, 40, 45), case.geometry.origin, case.geometry.directions, (0.5, 0.16, 0.2)
    )
    labels = np.zeros(fine.shape, np.uint8)
    labels[5:20, 10:30, 5:40] = 3
    label_nifti(tmp_path / "a.nii.gz", labels.T.copy(), to_ras(fine.affine))
    path = tmp_path / "a.nii.gz"
    with pytest.raises(Declined) as why:
        read_segments(path, case.geometry)
    assert why.value.code == "other_grid"
    own = read_segments(path, case.geometry, other_grid=OtherGrid.OWN)
    assert own.segmentations[0].geometry.shape == fine.shape
    assert [one.code for one in own.notices] == ["own_grid"]
    read = read_segments(path, case.geometry, other_grid=OtherGrid.RESAMPLE)
    (back,) = read.segmentations
    assert "resampled onto" in read.notices[0].sentence
    index = np.argwhere(np.ones(case.geometry.shape, bool))
    there = np.rint(fine.to_index(case.geometry.to_patient(index))).astype(int)
    inside = ((there >= 0) & (there < fine.shape)).all(axis=1)
    expected = np.zeros(len(index), int)
    expected[inside] = labels[tuple(there[inside].T)]
    apart = back.labels.ravel() != expected
    assert apart.mean() < 0.01  # half-way voxels may go either way
    assert back.labels.any()


def test_what_lies_beyond_the_images_is_counted(case, tmp_path):
    larger = case.geometry.crop((-1, 0, 0), (6, 9, 10))
    labels = np.ones(larger.shape, np.uint8)
    label_nifti(tmp_path / "a.nii", labels.T.copy(), to_ras(larger.affine))
    read = read_segments(tmp_path / "a.nii", case.geometry)
    assert read.segmentations[0].labels.all()
    assert read.notices[0].sentence.startswith("90 voxels")


@pytest.mark.parametrize("value", [0.5, -1.0, 70000.0])
def test_values_that_are_no_labels_are_refused(case, tmp_path, value):
    voxels = np.full((4, 4, 4), value, np.float32)
    label_nifti(tmp_path / "a.nii", voxels, np.eye(4))
    with pytest.raises(Unreadable, match=r"a\.nii is no label map"):
        read_segments(tmp_path / "a.nii")


def test_words_of_a_file_that_make_no_sense_are_not_believed(case, tmp_path):
    meant = case.segmentation()
    path = tmp_path / "a.seg.nrrd"
    write_segments([meant], None, path, SegmentForm.NRRD)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Segment0_LabelValue:=10", b"Segment0_LabelValue:=xx"))
    (back,) = read_segments(path).segmentations
    assert sorted(s.label for s in back.segments) == [7, 10, 20]
    path.write_bytes(content.replace(b"Segment0_Name:=Right lung", b"Segment0_Name:=Mended lug"))
    (back,) = read_segments(path).segmentations
    assert [s.name for s in back.segments] == ["Mended lug", "Left lung", "Airways"]


def test_formats_are_known_by_their_names():
    names = {"a.nii.gz": "nifti", "a.seg.nrrd": "nrrd", "A.CSV": "csv", "a.dcm": "seg"}
    assert {name: str(form_of(Path(name))) for name in names} == names
    assert form_of(Path("a.png")) is None


def test_a_segment_without_voxels_is_kept_where_the_format_can(case, tmp_path):
    meant = case.segmentation()
    empty = Segment(30, "Nothing", TISSUE)
    more = replace(meant, segments=(*meant.segments, empty))
    for form in VOXELS:
        path = tmp_path / f"out{form.ending}"
        write_segments([more], case.series, path, form)
        (back,) = read_segments(path, case.geometry).segmentations
        assert "Nothing" in [s.name for s in back.segments]


def test_a_liver_in_nrrd_of_dcmqi_lies_on_its_images(data):
    """dcmqi's label map on the frames that its DICOM twin is placed by."""
    folder = data / "seg_sr_rt_objects" / "dcmqi_segmentations"
    twin = read_segments(folder / "liver.dcm").segmentations[0]
    (back,) = read_segments(folder / "liver_seg.nrrd", twin.geometry).segmentations
    assert np.array_equal(back.labels > 0, twin.labels > 0)


def test_label_maps_of_dcmqi_hold_the_same_as_their_nrrd(data):
    folder = data / "seg_sr_rt_objects" / "dcmqi_segmentations"
    for kind in ("ppv5", "noppv"):
        twin = read_segments(folder / f"sparse-labelmap-{kind}.dcm").segmentations[0]
        (back,) = read_segments(folder / f"sparse_labelmap_{kind}_seg.nrrd").segmentations
        for label in (s.label for s in twin.segments):
            here = twin.geometry.to_patient(np.argwhere(twin.labels == label))
            there = back.geometry.to_patient(np.argwhere(back.labels == label))
            assert np.allclose(np.sort(here, axis=0), np.sort(there, axis=0), atol=1e-3)
