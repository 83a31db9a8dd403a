"""Files of several volumes that are not DICOM: each moment is a part of its own."""

from __future__ import annotations

import gzip

import nibabel
import numpy as np
import pytest
import SimpleITK

from viewer.core.progress import Cancelled, Silent
from viewer.core.stack import Stack
from viewer.core.study import SeriesKind
from viewer.io.load import load, open_series
from viewer.io.pace import axis_of
from viewer.io.pixels import frame_of
from viewer.io.stored_numbers import Marks, Packed
from viewer.io.thumbnail import thumbnail
from viewer.io.time_step import time_step_s

RANDOM = np.random.default_rng(7)
MANY = RANDOM.integers(-500, 500, (5, 4, 6, 7)).astype(np.int16)
"""Moment, slice, row, column."""


def nifti(path, many=MANY, *, step=0.0, unit="unknown"):
    picture = nibabel.Nifti1Image(many.T, np.diag([-2.0, -2.0, 3.0, 1.0]))
    picture.header.set_xyzt_units("mm", unit)
    picture.header["pixdim"][4] = step
    nibabel.save(picture, path)


def joined(path, *, packed=False):
    moments = [SimpleITK.GetImageFromArray(moment) for moment in MANY]
    SimpleITK.WriteImage(SimpleITK.JoinSeries(moments), str(path), useCompression=packed)


@pytest.mark.parametrize("ending", ["nii", "nii.gz"])
def test_each_moment_of_nifti_is_a_part_in_order(tmp_path, series, ending):
    nifti(tmp_path / f"case.{ending}", step=2.5, unit="sec")
    (only,) = series()
    assert (only.kind, only.split_by, len(only.parts)) == (SeriesKind.FOUR_D, "time", 5)
    assert [part.split for part in only.parts][1:3] == ["time 2 of 5, 2.5 s", "time 3 of 5, 5 s"]
    assert time_step_s(only) == pytest.approx(2.5)
    assert axis_of(only, Silent()).at == (0, 2.5, 5, 7.5, 10)
    assert [part.key for part in only.parts] == [f"{only.key}#{n}" for n in range(1, 6)]
    assert only.instances == tuple(one for part in only.parts for one in part.instances)
    assert "first_of_many" not in [notice.code for notice in only.notices]
    for part, truth in zip(only.parts, MANY, strict=True):
        assert part.kind is SeriesKind.VOLUME
        assert np.array_equal(load(part, Silent()).voxels, truth)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("ending", ["nrrd", "mha", "mhd"])
def test_each_moment_of_other_formats_is_a_part_in_order(tmp_path, series, ending, packed):
    joined(tmp_path / f"case.{ending}", packed=packed)
    (only,) = series()
    assert (only.kind, only.split_by) == (SeriesKind.FOUR_D, "volume")
    for number in (3, 0, 4, 1, 2):  # not in the order in which they lie
        assert np.array_equal(load(only.parts[number], Silent()).voxels, MANY[number])


def test_moments_mixed_voxel_by_voxel_are_told_apart(tmp_path, series):
    mixed = np.moveaxis(MANY, 0, -1)
    head = (
        "NRRD0004\ntype: short\ndimension: 4\nspace: left-posterior-superior\nsizes: 5 7 6 4\n"
        "space directions: none (1,0,0) (0,1,0) (0,0,2)\nkinds: list domain domain domain\n"
        "endian: little\nencoding: raw\n\n"
    )
    (tmp_path / "case.nrrd").write_bytes(head.encode() + np.ascontiguousarray(mixed).tobytes())
    (only,) = series()
    assert len(only.parts) == 5
    assert np.array_equal(load(only.parts[3], Silent()).voxels, MANY[3])


def test_b_values_are_taken_from_the_table_beside_the_file(tmp_path, listed):
    nifti(tmp_path / "case.nii.gz", step=8.0, unit="sec")
    (tmp_path / "case.bval").write_text("0 500 500 1000 1000\n")
    catalogue = listed()
    assert not catalogue.refused
    ((_, only),) = catalogue.all_series()
    assert only.split_by == "b-value"
    assert [part.split for part in only.parts][2:4] == [
        "b-value 500, volume 3 of 5",
        "b-value 1000, volume 4 of 5",
    ]


@pytest.mark.parametrize("table", ["0 500\n", "0 1 2 3 nan\n", "zero one two three four\n"])
def test_a_table_of_b_values_that_does_not_fit_is_left_aside(tmp_path, series, table):
    nifti(tmp_path / "case.nii", step=8.0, unit="msec")
    (tmp_path / "case.bval").write_text(table)
    (only,) = series()
    assert (only.split_by, only.parts[2].split) == ("time", "time 3 of 5, 0.016 s")


def test_a_file_cut_off_in_its_third_moment_gives_the_first_two(tmp_path, series):
    path = tmp_path / "case.nii"
    nifti(path)
    path.write_bytes(path.read_bytes()[: 352 + int(2.5 * MANY[0].nbytes)])
    (only,) = series()
    assert np.array_equal(load(only.parts[1], Silent()).voxels, MANY[1])
    with pytest.raises(Exception, match="ends after") as refusal:
        open_series(only.parts[2])
    assert refusal.value.code == "truncated"


def test_frames_are_numbered_through_all_moments(tmp_path):
    nifti(tmp_path / "case.nii.gz")
    assert np.array_equal(frame_of(tmp_path / "case.nii.gz", 6, stored=True), MANY[1, 2])


def test_the_first_moment_stands_for_all_in_lists(tmp_path, series):
    nifti(tmp_path / "case.nii.gz")
    assert thumbnail(series()[0]).shape == (6, 7)


@pytest.mark.parametrize("ending", ["nii", "nrrd", "mha"])
def test_colours_are_shown_as_a_stack_that_lies_in_the_patient(tmp_path, series, ending):
    colours = RANDOM.integers(0, 256, (4, 6, 7, 3)).astype(np.uint8)
    if ending == "nii":
        kind = np.dtype([("R", "u1"), ("G", "u1"), ("B", "u1")])
        packed = np.ascontiguousarray(colours).view(kind)[..., 0]
        nibabel.save(nibabel.Nifti1Image(packed.T, np.diag([-1, -1, 2, 1])), tmp_path / "case.nii")
    else:
        picture = SimpleITK.GetImageFromArray(colours, isVector=True)
        SimpleITK.WriteImage(picture, str(tmp_path / f"case.{ending}"))
    (only,) = series()
    stack = load(only, Silent())
    assert isinstance(stack, Stack)
    assert "colour" in [notice.code for notice in only.notices]
    assert stack.frames[0].plane is not None
    assert np.array_equal(np.stack([frame.pixels for frame in stack.frames]), colours)
    assert thumbnail(only).shape == (6, 7)


@pytest.mark.parametrize(("kind", "what"), [(np.complex64, "complex"), (np.complex128, "complex")])
def test_what_is_not_shown_is_declined_with_its_kind(tmp_path, listed, kind, what):
    nibabel.save(nibabel.Nifti1Image(MANY[0].T.astype(kind), np.eye(4)), tmp_path / "case.nii")
    (refusal,) = listed().refused
    assert (refusal.code, what in refusal.sentence) == ("unsupported_pixels", True)


def test_a_field_of_vectors_is_declined_with_a_sentence(tmp_path, listed):
    field = np.zeros((4, 5, 6, 1, 3), np.float32)
    nibabel.save(nibabel.Nifti1Image(field, np.eye(4)), tmp_path / "warp.nii.gz")
    (refusal,) = listed().refused
    assert refusal.code == "unsupported_pixels"
    assert "3 values in each voxel" in refusal.sentence


def test_a_pair_of_files_is_one_series_and_nothing_is_refused(tmp_path, listed):
    picture = nibabel.Nifti1Pair(MANY[0].T, np.diag([-2.0, -2.0, 3.0, 1.0]))
    nibabel.save(picture, tmp_path / "case.hdr")
    catalogue = listed()
    assert not catalogue.refused
    ((_, only),) = catalogue.all_series()
    assert np.array_equal(load(only, Silent()).voxels, MANY[0])
    assert not only.notices


def test_a_pair_without_its_voxels_is_refused(tmp_path, listed):
    nibabel.save(nibabel.Nifti1Pair(MANY[0].T, np.eye(4)), tmp_path / "case.hdr")
    (tmp_path / "case.img").unlink()
    (refusal,) = listed().refused
    assert refusal.code == "missing_file"


def test_analyze_tells_no_sides(tmp_path, series):
    from nibabel.analyze import AnalyzeImage

    picture = AnalyzeImage(MANY[0].T, np.diag([-2.0, -2.0, 3.0, 1.0]))
    nibabel.save(picture, tmp_path / "case.img")
    (only,) = series()
    assert [notice.code for notice in only.notices] == ["unknown_orientation"]
    volume = load(only, Silent())
    assert np.array_equal(volume.voxels, MANY[0])
    assert np.allclose(volume.geometry.spacing_mm, (3, 2, 2))


def test_nifti_2_is_read_like_nifti_1(tmp_path, series):
    nibabel.save(nibabel.Nifti2Image(MANY.T, np.diag([-2.0, -2.0, 3.0, 1.0])), tmp_path / "a.nii")
    (only,) = series()
    assert np.array_equal(load(only.parts[4], Silent()).voxels, MANY[4])


def test_an_sform_without_sense_gives_way_to_the_qform(tmp_path, series):
    picture = nibabel.Nifti1Image(MANY[0].T, None)
    picture.set_qform(np.diag([-2.0, -2.0, 3.0, 1.0]), 1)
    picture.set_sform(np.diag([0.0, 0.0, 0.0, 1.0]), 1)
    nibabel.save(picture, tmp_path / "case.nii")
    (only,) = series()
    assert "damaged_orientation" in [notice.code for notice in only.notices]
    assert np.allclose(load(only, Silent()).geometry.spacing_mm, (3, 2, 2))


def test_a_quaternion_that_is_no_rotation_gives_way_to_the_sform(tmp_path, series):
    picture = nibabel.Nifti1Image(MANY[0].T, None)
    picture.set_sform(np.diag([-2.0, -2.0, 3.0, 1.0]), 1)
    picture.set_qform(np.diag([-2.0, -2.0, 3.0, 1.0]), 1)
    picture.header["quatern_b"], picture.header["quatern_c"] = 0.9, 0.6
    nibabel.save(picture, tmp_path / "case.nii")
    (only,) = series()
    assert [notice.code for notice in only.notices] == ["damaged_orientation"]
    assert np.allclose(load(only, Silent()).geometry.spacing_mm, (3, 2, 2))


@pytest.mark.parametrize("sizes", ["30000 30000 30000", "4 4 4 100000000"])
def test_more_than_a_packed_file_can_hold_is_refused_at_once(tmp_path, listed, sizes):
    (tmp_path / "bomb.mha").write_bytes(
        f"NDims = {len(sizes.split())}\nDimSize = {sizes}\nElementType = MET_SHORT\n"
        "CompressedData = True\nElementDataFile = LOCAL\n".encode()
        + gzip.compress(bytes(1000))
    )
    (refusal,) = listed().refused
    assert refusal.code == "implausible_size"


class Impatient:
    """Stops the work after so many reports."""

    def __init__(self, after: int) -> None:
        self.left = after

    def report(self, done: float, doing: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_opening_a_packed_volume_can_be_cancelled(tmp_path, series):
    nifti(tmp_path / "case.nii.gz", RANDOM.integers(0, 9, (3, 40, 50, 60)).astype(np.int16))
    (only,) = series()
    with pytest.raises(Cancelled):
        open_series(only.parts[1], None, Impatient(3))


def test_the_first_slice_of_plain_voxels_is_there_at_once(tmp_path, series):
    nifti(tmp_path / "case.nii")
    loading = open_series(series()[0].parts[2])
    assert list(loading.fidelity.quality) == [0, 0, 2, 0]
    assert np.array_equal(loading.image.voxels[2], MANY[2, 2])


def test_a_packed_stream_is_read_again_from_where_its_state_was_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("viewer.io.stored_numbers._APART", 1 << 18)
    content = RANDOM.integers(0, 4, 6 << 20).astype(np.uint8).tobytes()
    path = tmp_path / "numbers.gz"
    path.write_bytes(gzip.compress(content[: 2 << 20], 1) + gzip.compress(content[2 << 20 :], 1))
    stream = Packed(path, 0)
    for at in (5 << 20, 1000, 3 << 20, (2 << 20) - 50, (6 << 20) - 100):
        got = bytearray(100)
        stream.read(at, memoryview(got))
        assert bytes(got) == content[at : at + 100]
    again = Packed(path, 0)
    again.read(5 << 20, memoryview(got))
    assert bytes(got) == content[5 << 20 : (5 << 20) + 100]
    kept = again._marks.before(5 << 20)
    assert kept is not None
    assert kept.at > 4 << 20


def test_states_of_unpacking_are_kept_further_apart_the_more_there_are():
    import zlib

    marks = Marks()
    packer = zlib.decompressobj()
    for at in range(0, 1000 << 25, 1 << 25):
        marks.keep(at, at, packer)
    assert len(marks._kept) <= 256
    assert marks.before(900 << 25).at >= 880 << 25
