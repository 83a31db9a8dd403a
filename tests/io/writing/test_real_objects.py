"""Objects written by other tools, and real headers to write on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import highdicom as hd
import numpy as np
import pytest
import SimpleITK

from viewer.core.author import Author
from viewer.core.code import LUNG, RIGHT_LUNG
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Silent
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import SeriesKind
from viewer.core.volume import Volume
from viewer.io.concepts import quiet
from viewer.io.decoders import shared_decoders
from viewer.io.load import load, open_series
from viewer.io.results import Results, save_results
from viewer.io.scan import scan
from viewer.io.seg import read_segmentation
from viewer.io.seg_read import read_references, read_seg, read_segmentations
from viewer.io.segment_files import read_segments
from viewer.io.sr import read_findings

pytestmark = [pytest.mark.data, pytest.mark.usefixtures("no_decoders_left")]


@pytest.fixture
def no_decoders_left() -> Iterator[None]:
    """End the decoders that looking at compressed images started."""
    yield
    shared_decoders().close()


def _points(labels: np.ndarray, affine: np.ndarray) -> np.ndarray:
    index = np.argwhere(labels)
    return index @ affine[:3, :3].T + affine[:3, 3]


def _nrrd_points(path: Path, label: int) -> np.ndarray:
    image = SimpleITK.ReadImage(str(path))
    index = np.argwhere(SimpleITK.GetArrayFromImage(image) == label)[:, ::-1].tolist()
    return np.array([image.TransformIndexToPhysicalPoint(i) for i in index])


def test_a_liver_by_dcmqi_lies_where_its_nrrd_says(data):
    folder = data / "seg_sr_rt_objects" / "dcmqi_segmentations"
    read = read_segmentation(folder / "liver.dcm")
    (segment,) = read.segments
    assert segment.type.meaning == "Liver"
    here = _points(read.labels, read.geometry.affine)
    there = _nrrd_points(folder / "liver_seg.nrrd", 1)
    assert len(here) == len(there)
    assert np.allclose(here, there, atol=1e-3)


def test_overlapping_segments_by_dcmqi_need_several_layers(data):
    path = data / "seg_sr_rt_objects" / "dcmqi_segmentations" / "partial_overlaps.dcm"
    layers = read_segmentations(path)
    names = [segment.name for layer in layers for segment in layer.segments]
    assert sorted(names) == ["DARK_BLUE", "GREEN", "LIGHT_BLUE", "ORANGE", "PURPLE"]
    with pytest.raises(Unreadable, match="overlap"):
        read_segmentation(path)


def test_a_tumour_by_slicer_lies_on_its_pet(data):
    folder = data / "pet_headneck_qin01"
    path = folder / "SEG" / "3DSlicer" / "tumor_User1_Manual_Trial1.dcm"
    ((study, series),) = list(scan([folder / "PET"], Silent()).all_series())
    read = read_segmentation(path)
    names = read_references(path)
    assert (names.study_uid, names.series_uid) == (study.uid, series.uid)
    origins = np.array([i.plane.origin for i in series.instances if i.plane])
    for number in range(read.geometry.shape[0]):
        corner = read.geometry.to_patient((number, 0, 0))
        assert np.linalg.norm(origins - corner, axis=1).min() < 1e-2
    with quiet():
        volume = hd.seg.segread(path).get_volume(combine_segments=True)
    assert (volume.array > 0).sum() == (read.labels > 0).sum()
    assert [s.type.meaning for s in read.segments] == ["Neoplasm, Primary", "Neoplasm, Secondary"]


def test_every_foreign_object_is_read_or_refused_with_a_sentence(data):
    read, sentences = 0, []
    found = (data / "seg_sr_rt_objects").rglob("*")
    for path in sorted(one for one in found if one.suffix in (".dcm", ".seg", ".nrrd")):
        for reader in (read_segments, read_findings):
            try:
                read += bool(reader(path))
            except (Unreadable, Declined) as error:
                sentences.append((path.name, str(error)))
    assert read >= 25
    assert all(name in sentence for name, sentence in sentences)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("seg_image_ct_binary", ""),
        ("seg_image_ct_binary_overlap", ""),
        ("seg_image_ct_binary_fractional", ""),
        ("seg_image_ct_true_fractional", "fractions"),
        ("seg_image_ct_binary_single_frame", ""),
        ("seg_image_cr_binary", "no_geometry"),
        ("seg_image_sm_control_labelmap", "no_geometry"),
        ("seg_image_sm_dots_tiled_full", "no_geometry"),
    ],
)
def test_each_kind_of_highdicom_opens_or_is_declined_for_its_reason(data, name, code):
    path = data / "seg_sr_rt_objects" / "highdicom" / f"{name}.dcm"
    if code == "no_geometry":
        with pytest.raises(Unreadable) as refused:
            read_seg(path)
        assert refused.value.code == code
        return
    read = read_seg(path)
    assert [notice.code for notice in read.notices] == ([code] if code else [])
    with quiet():
        seg = hd.seg.segread(path)
        frames = seg.pixel_array.reshape(-1, seg.Rows, seg.Columns)
    full = int(seg.get("MaximumFractionalValue", 1) or 1)
    drawn = sum(
        int(np.isin(one.labels, [s.label for s in one.segments]).sum())
        for one in read.segmentations
    )
    assert drawn == int((frames * 2.0 >= full).sum())


def _two_boxes(volume: Volume) -> Segmentation:
    labels = np.zeros(volume.geometry.shape, np.uint8)
    slices, rows, columns = (n // 2 for n in labels.shape)
    labels[: slices + 1, :rows, :columns] = 1
    labels[slices:, rows:, columns:] = 2
    return Segmentation(
        "2.25.77",
        "Boxes",
        labels,
        volume.geometry,
        (Segment(1, "Right", RIGHT_LUNG), Segment(2, "Left", LUNG)),
        Author("Box", is_model=True, version="1"),
        volume.series_key,
    )


@pytest.mark.parametrize("folder", ["mr_enhanced_nema", "mr_brain_sag_anon"])
def test_results_are_saved_on_enhanced_and_on_sagittal_images(data, folder, tmp_path, dicom_errors):
    """Of one file with several orientations, only the frames of this series are named."""
    saved = 0
    for study, series in scan([data / folder], Silent()).all_series():
        if series.kind is not SeriesKind.VOLUME:
            continue
        volume = load(series, Silent())
        assert isinstance(volume, Volume)
        meant = _two_boxes(volume)
        out = tmp_path / str(saved)
        save_results(out, Results(study, series, volume, segmentations=(meant,)), Silent())
        path = out / "seg_boxes.dcm"
        assert dicom_errors(path) == []
        assert np.array_equal(read_segmentation(path, volume.geometry).labels, meant.labels)
        saved += 1
    assert saved >= 1


def test_results_are_saved_on_a_real_chest(data, tmp_path, dicom_errors):
    """Its slices each name another frame of reference; the objects name one."""
    ((study, series),) = list(scan([data / "ct_chest_lidc0314" / "dicom"], Silent()).all_series())
    volume = open_series(series).image
    assert isinstance(volume, Volume)
    meant = _two_boxes(volume)
    save_results(tmp_path, Results(study, series, volume, segmentations=(meant,)), Silent())
    path = tmp_path / "seg_boxes.dcm"
    assert dicom_errors(path) == []
    assert np.array_equal(read_segmentation(path, volume.geometry).labels, meant.labels)
    assert read_references(path).patient_id == "LIDC-IDRI-0314"
