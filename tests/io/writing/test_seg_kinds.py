"""Every form of DICOM SEG: written without errors, the same through other people's readers."""

from __future__ import annotations

import os
import shutil
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import highdicom as hd
import numpy as np
import pytest
import SimpleITK
from pydicom import dcmread
from pydicom.encaps import encapsulate
from pydicom.pixels.encoders import JPEGLSLosslessEncoder, RLELosslessEncoder
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLSLossless,
    RLELossless,
)

from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.io.concepts import quiet
from viewer.io.decoders import shared_decoders
from viewer.io.seg import SegKind, write_groups, write_segmentation
from viewer.io.seg_frames import open_seg
from viewer.io.seg_read import read_seg, read_segmentation, read_segmentations

KINDS = list(SegKind)
TURNS = {
    "axial": np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
    "oblique": np.array([[0.0, -0.6, 0.8], [0.0, 0.8, 0.6], [1.0, 0.0, 0.0]]),
    "flipped": np.array([[0.0, 0.0, -1.0], [0.0, -1.0, 0.0], [1.0, 0.0, 0.0]]),
}


@pytest.fixture(params=TURNS)
def turned(request, make_case, make_grid, tmp_path):
    """A case on an axial, an oblique and a flipped grid."""
    return make_case(tmp_path / "ct", make_grid(directions=TURNS[request.param]))


@pytest.fixture
def decoders_end():
    yield
    shared_decoders().close()


def dcmqi() -> str:
    found = shutil.which("segimage2itkimage", path=os.environ.get("SKIAGRAM_DCMQI"))
    found = found or shutil.which("segimage2itkimage")
    if found is None:
        pytest.skip("dcmqi's segimage2itkimage is not installed")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_comes_back_as_it_was_and_is_free_of_errors(turned, tmp_path, dicom_errors, kind):
    path = tmp_path / "a.dcm"
    meant = turned.segmentation("accepted")
    write_segmentation(path, meant, turned.series, kind=kind)
    assert dicom_errors(path) == []
    assert open_seg(path).kind is kind
    read = read_seg(path, turned.geometry, "one")
    (back,) = read.segmentations
    assert read.notices == ()
    assert np.array_equal(back.labels, meant.labels)
    assert (back.segments, back.id, back.status) == (meant.segments, meant.id, "accepted")


@pytest.mark.parametrize("kind", KINDS)
def test_highdicom_finds_each_kind_at_the_same_places(turned, tmp_path, same_points, kind):
    path = tmp_path / "a.dcm"
    meant = turned.segmentation()
    write_segmentation(path, meant, turned.series, kind=kind)
    volume = hd.seg.segread(path).get_volume(combine_segments=True, skip_overlap_checks=True)
    for number, segment in enumerate(meant.segments, start=1):
        there = volume.map_indices_to_reference(np.argwhere(volume.array == number))
        here = meant.geometry.to_patient(np.argwhere(meant.labels == segment.label))
        assert same_points(there, here)


@pytest.mark.parametrize("kind", KINDS)
def test_plain_pydicom_finds_each_kind_at_the_same_places(turned, tmp_path, same_points, kind):
    """An independent reader: the pixels of pydicom, placed by the attributes of each frame."""
    path = tmp_path / "a.dcm"
    meant = turned.segmentation()
    write_segmentation(path, meant, turned.series, kind=kind)
    seg = dcmread(path)
    frames = seg.pixel_array.reshape(-1, seg.Rows, seg.Columns)
    found: dict[int, list[np.ndarray]] = {1: [], 2: [], 3: []}
    shared = seg.SharedFunctionalGroupsSequence[0]
    turn = np.array(shared.PlaneOrientationSequence[0].ImageOrientationPatient, float)
    size = np.array(shared.PixelMeasuresSequence[0].PixelSpacing, float)
    for frame, groups in zip(frames, seg.PerFrameFunctionalGroupsSequence, strict=True):
        place = groups.get("PlanePositionSequence", shared.get("PlanePositionSequence"))
        origin = np.array(place[0].ImagePositionPatient, float)
        for number, list_ in found.items():
            if kind is SegKind.LABEL_MAP:
                inside = frame == number
            elif groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber == number:
                inside = frame > 0
            else:
                continue
            rows, columns = np.nonzero(inside)
            down, right = np.outer(rows * size[0], turn[3:]), np.outer(columns * size[1], turn[:3])
            list_.append(origin + down + right)
    for number, segment in enumerate(meant.segments, start=1):
        here = meant.geometry.to_patient(np.argwhere(meant.labels == segment.label))
        assert same_points(np.concatenate(found[number]), here)


@pytest.mark.parametrize("kind", KINDS)
def test_dcmqi_finds_each_kind_at_the_same_places(turned, tmp_path, same_points, kind):
    tool, path, out = dcmqi(), tmp_path / "a.dcm", tmp_path / "out"
    meant = turned.segmentation()
    write_segmentation(path, meant, turned.series, kind=kind)
    out.mkdir()
    command = [tool, "--inputDICOM", str(path), "--outputDirectory", str(out), "-t", "nrrd"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[int, list[tuple[float, ...]]] = {}
    for image in map(SimpleITK.ReadImage, map(str, out.glob("*.nrrd"))):
        values = SimpleITK.GetArrayFromImage(image)
        for value in np.unique(values[values > 0]):
            index = np.argwhere(values == value)[:, ::-1].tolist()
            number = int(value) if kind is SegKind.LABEL_MAP else len(found) + 1
            found[number] = [image.TransformIndexToPhysicalPoint(i) for i in index]
    there = sorted(len(points) for points in found.values())
    assert there == sorted(int((meant.labels == s.label).sum()) for s in meant.segments)
    everything = meant.geometry.to_patient(np.argwhere(meant.labels > 0))
    assert same_points(np.concatenate(list(map(np.array, found.values()))), everything)


def test_fractions_are_kept_and_shown_from_one_half_on(case, tmp_path, dicom_errors):
    path = tmp_path / "a.dcm"
    meant = case.segmentation()
    ramp = np.linspace(0, 1, 6 * 9 * 10, dtype=np.float32).reshape(case.geometry.shape)
    fractions = {10: ramp, 20: np.zeros_like(ramp), 7: 0.4 * ramp}
    write_segmentation(path, meant, case.series, kind=SegKind.FRACTIONAL, fractions=fractions)
    assert dicom_errors(path) == []
    stored = hd.seg.segread(path).get_volume(rescale_fractional=True, combine_segments=False)
    index = np.argwhere(np.ones(stored.array.shape[:3], bool))
    there = case.geometry.to_index(stored.map_indices_to_reference(index)).round().astype(int)
    values = stored.array[..., 0].ravel()
    assert np.abs(values - ramp[tuple(there.T)]).max() <= 0.5 / 255 + 1e-6
    read = read_seg(path, case.geometry)
    (back,) = read.segmentations
    assert np.array_equal(back.labels == 10, np.round(ramp * 255) >= 128)
    assert not np.isin(back.labels, (20, 7)).any()
    assert [notice.code for notice in read.notices] == ["fractions"]
    assert "at least one half" in read.notices[0].sentence


def test_fractions_that_are_none_are_our_mistake(case, tmp_path):
    meant, wrong = case.segmentation(), np.full(case.geometry.shape, 1.5, np.float32)
    with pytest.raises(ValueError, match="from 0 to 1"):
        write_segmentation(
            tmp_path / "a.dcm", meant, case.series, kind=SegKind.FRACTIONAL,
            fractions=dict.fromkeys((10, 20, 7), wrong),
        )  # fmt: skip
    with pytest.raises(ValueError, match="only a fractional"):
        write_segmentation(tmp_path / "a.dcm", meant, case.series, fractions={10: wrong})


@pytest.mark.parametrize("kind", [SegKind.BINARY, SegKind.FRACTIONAL])
def test_groups_that_overlap_are_one_object_and_come_back_as_layers(
    case, tmp_path, dicom_errors, kind
):
    path = tmp_path / "a.dcm"
    one = case.segmentation()
    other = replace(one, id="2.25.7654321", label_map=np.roll(one.labels, 1, axis=2).copy())
    write_groups(path, [one, other], case.series, kind=kind)
    assert dicom_errors(path) == []
    layers = read_segmentations(path, case.geometry)
    assert len(layers) == 2
    found = {
        segment.label: layer.labels == segment.label
        for layer in layers
        for segment in layer.segments
    }
    for start, group in ((1, one), (4, other)):
        for number, segment in enumerate(group.segments, start=start):
            assert np.array_equal(found[number], group.labels == segment.label)
    with pytest.raises(Declined, match="one segment for each voxel"):
        write_groups(path, [one, other], case.series, kind=SegKind.LABEL_MAP)


def test_groups_side_by_side_are_one_label_map(case, tmp_path, dicom_errors):
    one = case.segmentation()
    left, right = (
        replace(
            one, id=f"2.25.{n}", segments=segments,
            label_map=np.where(np.isin(one.labels, [s.label for s in segments]), one.labels, 0),
        )
        for n, segments in ((1, one.segments[:1]), (2, one.segments[1:]))
    )  # fmt: skip
    write_groups(tmp_path / "a.dcm", [left, right], case.series, kind=SegKind.LABEL_MAP)
    assert dicom_errors(tmp_path / "a.dcm") == []
    (back,) = read_segmentations(tmp_path / "a.dcm", case.geometry)
    assert [s.name for s in back.segments] == ["Right lung", "Left lung", "Airways"]
    assert np.array_equal(back.labels > 0, one.labels > 0)


def _compressed(path: Path, syntax: str) -> None:
    """Store the frames of a SEG in another way."""
    seg = dcmread(path)
    frames = seg.pixel_array.reshape(-1, seg.Rows, seg.Columns)
    seg.file_meta.TransferSyntaxUID = syntax
    if syntax != DeflatedExplicitVRLittleEndian:
        told = {
            "rows": seg.Rows, "columns": seg.Columns, "samples_per_pixel": 1, "bits_allocated": 8,
            "bits_stored": 8, "pixel_representation": 0, "number_of_frames": 1,
            "photometric_interpretation": "MONOCHROME2",
        }  # fmt: skip
        if syntax == JPEG2000Lossless:
            import imagecodecs

            packed = [
                imagecodecs.jpeg2k_encode(frame, level=0, codecformat="j2k", reversible=True)
                for frame in frames
            ]
        else:
            encoder = RLELosslessEncoder if syntax == RLELossless else JPEGLSLosslessEncoder
            packed = [encoder.encode(frame.tobytes(), **told) for frame in frames]
        seg.PixelData = encapsulate(packed)
        seg["PixelData"].is_undefined_length = True
        seg["PixelData"].VR = "OB"
    with quiet():
        seg.save_as(path)


@pytest.mark.usefixtures("decoders_end")
@pytest.mark.parametrize("kind", [SegKind.FRACTIONAL, SegKind.LABEL_MAP])
@pytest.mark.parametrize(
    "syntax", [RLELossless, JPEGLSLossless, JPEG2000Lossless, DeflatedExplicitVRLittleEndian]
)
def test_compressed_frames_are_the_same(case, tmp_path, kind, syntax):
    path = tmp_path / "a.dcm"
    meant = case.segmentation()
    write_segmentation(path, meant, case.series, kind=kind)
    _compressed(path, syntax)
    assert np.array_equal(read_segmentation(path, case.geometry).labels, meant.labels)


@pytest.mark.parametrize("syntax", ["1.2.840.10008.1.2.8.1", DeflatedExplicitVRLittleEndian])
def test_deflated_bits_are_the_same(case, tmp_path, syntax):
    path = tmp_path / "a.dcm"
    meant = case.segmentation()
    write_segmentation(path, meant, case.series)
    if syntax == DeflatedExplicitVRLittleEndian:
        _compressed(path, syntax)
    else:
        seg = dcmread(path)
        packed = []
        for frame in seg.pixel_array:
            squeeze = zlib.compressobj(wbits=-15)
            bits = np.packbits(frame, bitorder="little").tobytes()
            packed.append(squeeze.compress(bits) + squeeze.flush())
        seg.file_meta.TransferSyntaxUID = JPEG2000Lossless
        seg.PixelData = encapsulate([part + b"\0" * (len(part) % 2) for part in packed])
        seg["PixelData"].is_undefined_length = True
        seg.save_as(path)
        known = JPEG2000Lossless.encode()
        content = path.read_bytes()
        assert content.count(known) == 1
        path.write_bytes(content.replace(known, syntax.encode().ljust(len(known), b"\0")))
    assert np.array_equal(read_segmentation(path, case.geometry).labels, meant.labels)


def test_sequences_of_open_length_and_implicit_files_are_read(case, tmp_path):
    path = tmp_path / "a.dcm"
    meant = case.segmentation()
    write_segmentation(path, meant, case.series)
    seg = dcmread(path)

    def loosen(dataset):
        for element in dataset:
            if element.VR == "SQ":
                element.is_undefined_length = True
                element.value.is_undefined_length = True
                for item in element.value:
                    item.is_undefined_length_sequence_item = True
                    loosen(item)

    loosen(seg)
    seg.save_as(tmp_path / "open.dcm")
    seg.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    seg.save_as(tmp_path / "implicit.dcm")
    for name in ("open.dcm", "implicit.dcm"):
        back = read_segmentation(tmp_path / name, case.geometry)
        assert np.array_equal(back.labels, meant.labels)


def test_a_foreign_grid_is_shown_as_it_is_and_said(case, tmp_path, make_grid):
    path = tmp_path / "a.dcm"
    meant = case.segmentation()
    write_segmentation(path, meant, case.series)
    elsewhere = make_grid(shape=(12, 20, 20), spacing_mm=(1.25, 0.5, 0.5))
    read = read_seg(path, elsewhere, own=True)
    (back,) = read.segmentations
    assert back.geometry.spacing_mm == pytest.approx((2.5, 0.7, 0.9))
    assert [notice.code for notice in read.notices] == ["own_grid"]
    assert "not resampled" in read.notices[0].sentence
    other = Geometry(elsewhere.shape, elsewhere.affine, "1.2.3")
    with pytest.raises(Unreadable) as refused:
        read_seg(path, other, own=True)
    assert refused.value.code == "other_space"


def test_two_frames_of_one_segment_at_one_place_are_refused(case, tmp_path):
    path = tmp_path / "a.dcm"
    write_segmentation(path, case.segmentation(), case.series)
    seg = dcmread(path)
    groups = seg.PerFrameFunctionalGroupsSequence
    groups[1].PlanePositionSequence = groups[0].PlanePositionSequence
    seg.save_as(path)
    with pytest.raises(Unreadable) as refused:
        read_segmentation(path, case.geometry)
    assert refused.value.code == "same_place"


def test_labels_that_nobody_describes_are_counted_and_left_out(case, tmp_path):
    path = tmp_path / "a.dcm"
    meant = case.segmentation()
    write_segmentation(path, meant, case.series, kind=SegKind.LABEL_MAP)
    seg = dcmread(path)
    del seg.SegmentSequence[3 if int(seg.SegmentSequence[0].SegmentNumber) == 0 else 2]
    seg.save_as(path)
    read = read_seg(path, case.geometry)
    assert [notice.code for notice in read.notices] == ["unknown_labels"]
    assert read.notices[0].sentence.startswith("1 voxels")
    assert not (read.segmentations[0].labels == 7).any()
