from __future__ import annotations

from itertools import permutations, product

import nibabel
import numpy as np
import pytest
import SimpleITK
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from viewer.core.errors import Unreadable
from viewer.core.progress import Silent
from viewer.core.study import SeriesKind
from viewer.core.volume import Fidelity
from viewer.io.load import load, open_series
from viewer.io.nifti import to_lps, to_ras
from viewer.io.other_formats import format_of, grid_in

VOXELS = np.arange(4 * 5 * 6, dtype=np.int16).reshape(4, 5, 6) - 30
TURNS = [(order, signs) for order in permutations(range(3)) for signs in product((1, -1), repeat=3)]


@given(arrays(np.float64, (3, 4), elements=st.floats(-1000, 1000)))
def test_an_affine_comes_back_from_lps(rows):
    affine = np.vstack([rows, [0, 0, 0, 1]])
    assert np.allclose(to_ras(to_lps(affine)), affine, atol=1e-9)
    assert np.allclose(to_lps(to_ras(affine)), affine, atol=1e-9)


@given(
    arrays(np.float64, (3, 4), elements=st.floats(-1000, 1000)),
    arrays(np.float64, 3, elements=st.floats(-50, 50)),
)
def test_a_voxel_lies_at_the_same_place_in_both_conventions(rows, index):
    affine = np.vstack([rows, [0, 0, 0, 1]])
    ras = affine @ [*index, 1]
    lps = to_lps(affine) @ [*index[::-1], 1]
    assert np.allclose(lps[:3] * [-1, -1, 1], ras[:3], atol=1e-6)


def image(order=(0, 1, 2), signs=(1, 1, 1)) -> SimpleITK.Image:
    picture = SimpleITK.GetImageFromArray(VOXELS)
    picture.SetSpacing((0.5, 0.75, 2.0))
    picture.SetOrigin((10.0, -20.0, 30.0))
    picture.SetDirection((np.eye(3)[:, list(order)] * signs).ravel().tolist())
    return picture


def agrees(volume, picture) -> bool:
    places = []
    for slice_, row, column in product((0, 3), (0, 4), (0, 2, 5)):
        truth = picture.TransformIndexToPhysicalPoint((column, row, slice_))
        place = volume.geometry.to_patient((slice_, row, column))
        places.append(np.abs(place - truth).max() < 1e-3)
    values = volume.voxels * volume.slope + volume.intercept
    return all(places) and np.array_equal(values, SimpleITK.GetArrayFromImage(picture))


@pytest.mark.parametrize("ending", ["nii", "nii.gz", "nrrd", "mha", "mhd", "nhdr"])
@pytest.mark.parametrize(("order", "signs"), TURNS[::5])
def test_every_format_is_placed_as_simpleitk_places_it(tmp_path, series, ending, order, signs):
    picture = image(order, signs)
    SimpleITK.WriteImage(picture, str(tmp_path / f"case.{ending}"))
    (only,) = series()
    assert agrees(load(only, Silent()), picture)


@pytest.mark.parametrize("ending", ["nrrd", "mha", "mhd"])
def test_packed_voxels_are_unpacked(tmp_path, series, ending):
    picture = image()
    SimpleITK.WriteImage(picture, str(tmp_path / f"case.{ending}"), useCompression=True)
    only = next(one for one in series() if one.format != "DICOM")
    assert agrees(load(only, Silent()), picture)


@pytest.mark.parametrize(
    "kind", [np.uint8, np.int8, np.uint16, np.int32, np.uint32, np.float32, np.float64]
)
@pytest.mark.parametrize("ending", ["nii", "nrrd", "mha"])
def test_every_kind_of_number_is_read(tmp_path, series, ending, kind):
    picture = SimpleITK.GetImageFromArray(np.abs(VOXELS).astype(kind))
    SimpleITK.WriteImage(picture, str(tmp_path / f"case.{ending}"))
    (only,) = series()
    volume = load(only, Silent())
    assert np.array_equal(volume.voxels, np.abs(VOXELS))
    assert volume.voxels.dtype.itemsize <= 4


def test_a_scale_in_nifti_is_kept_beside_the_stored_voxels(tmp_path, series):
    picture = nibabel.Nifti1Image(VOXELS.T, np.diag([-2.0, -2.0, 3.0, 1.0]))
    nibabel.save(picture, tmp_path / "case.nii")
    data = bytearray((tmp_path / "case.nii").read_bytes())
    data[112:120] = np.array([0.5, -7], "<f4").tobytes()
    (tmp_path / "case.nii").write_bytes(data)
    (only,) = series()
    volume = load(only, Silent())
    assert (volume.slope, volume.intercept, volume.voxels.dtype) == (0.5, -7.0, np.int16)
    truth = np.asarray(nibabel.load(tmp_path / "case.nii").dataobj).T
    assert np.allclose(volume.values(), truth)


def test_an_unknown_orientation_is_said(tmp_path, series):
    picture = nibabel.Nifti1Image(VOXELS.T, None)
    picture.header["sform_code"] = picture.header["qform_code"] = 0
    nibabel.save(picture, tmp_path / "case.nii")
    (only,) = series()
    assert [notice.code for notice in only.notices] == ["unknown_orientation"]


def test_the_same_content_has_the_same_uids_whatever_it_is_called(tmp_path, series):
    SimpleITK.WriteImage(image(), str(tmp_path / "one.mha"))
    first = series()[0]
    (tmp_path / "one.mha").rename(tmp_path / "two.mha")
    second = series()[0]
    assert (first.uid, first.study_uid, first.key) == (second.uid, second.study_uid, second.key)
    assert first.uid.startswith("2.25.")


def test_what_it_is_stands_in_the_list(tmp_path, series):
    SimpleITK.WriteImage(image(), str(tmp_path / "case.nrrd"))
    (only,) = series()
    assert (only.format, only.kind, len(only.instances)) == ("NRRD", SeriesKind.VOLUME, 4)
    assert (only.rows, only.columns) == (5, 6)


@pytest.mark.parametrize("ending", ["nii", "nrrd", "mha"])
def test_voxels_cut_off_are_unreadable_never_half_shown(tmp_path, series, ending):
    path = tmp_path / f"case.{ending}"
    SimpleITK.WriteImage(image(), str(path))
    path.write_bytes(path.read_bytes()[:-40])
    (only,) = series()
    with pytest.raises(Unreadable) as refusal:
        open_series(only)
    assert refusal.value.code == "truncated"


@pytest.mark.parametrize("ending", ["nii.gz", "nrrd", "mha"])
@pytest.mark.parametrize("kept", [0.4, 0.8])
def test_packed_voxels_cut_off_leave_named_gaps(tmp_path, series, ending, kept):
    path = tmp_path / f"case.{ending}"
    noise = np.random.default_rng(1).integers(-999, 999, (40, 30, 20)).astype(np.int16)
    SimpleITK.WriteImage(SimpleITK.GetImageFromArray(noise), str(path), useCompression=True)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    (only,) = series()
    loading = open_series(only)
    volume = loading.run(Silent(), lambda _: None)
    quality = loading.fidelity.quality
    there = int((quality == Fidelity.ORIGINAL).sum())
    assert abs(there - 40 * kept) < 6
    assert (quality[there:] == Fidelity.DAMAGED).all()
    assert np.array_equal(volume.voxels[:there], noise[:there])
    assert [notice.code for notice in loading.notices].count("damaged") == 40 - there
    assert f"Slice {there + 1}" in loading.notices[-(40 - there)].sentence


def test_a_wrong_checksum_of_packed_voxels_is_said(tmp_path, series):
    path = tmp_path / "case.nii.gz"
    SimpleITK.WriteImage(image(), str(path))
    data = bytearray(path.read_bytes())
    data[-8] ^= 1
    path.write_bytes(data)
    loading = open_series(series()[0])
    loading.run(Silent(), lambda _: None)
    assert "checksum" in loading.notices[-1].sentence


@pytest.mark.parametrize("ending", ["nii", "nii.gz", "nrrd", "mha", "mhd"])
def test_what_only_calls_itself_so_is_refused(tmp_path, listed, ending):
    (tmp_path / f"case.{ending}").write_bytes(b"not at all " * 60)
    (refusal,) = listed().refused
    assert refusal.code in ("not_an_image", "damaged_header")


@pytest.mark.parametrize("named", ["../secret.raw", "/etc/passwd", "gone.raw"])
def test_detached_voxels_lie_beside_their_head(tmp_path, listed, named):
    (tmp_path / "case.mhd").write_text(
        f"NDims = 3\nDimSize = 2 2 2\nElementType = MET_UCHAR\nElementDataFile = {named}\n"
    )
    (refusal,) = listed().refused
    assert refusal.code in ("unsafe_path", "missing_file")


@given(st.binary(max_size=400))
def test_any_bytes_after_the_magic_word_are_refused_or_read(tmp_path_factory, rest):
    path = tmp_path_factory.mktemp("any") / "case.nrrd"
    path.write_bytes(b"NRRD0004\n" + rest)
    from viewer.io.scan import look_at

    assert look_at(path) is not None


@pytest.mark.parametrize(("unit", "size"), [("meter", 0.002), ("mm", 2.0), ("micron", 2000.0)])
def test_lengths_are_in_mm_whatever_the_unit_of_the_file(tmp_path, series, unit, size):
    picture = nibabel.Nifti1Image(VOXELS.T, np.diag([size, size, size, 1.0]))
    picture.header.set_xyzt_units(unit)
    nibabel.save(picture, tmp_path / "case.nii")
    (only,) = series()
    assert np.allclose(load(only, Silent()).geometry.spacing_mm, 2.0)


def test_two_orientations_that_differ_are_said(tmp_path, series):
    picture = nibabel.Nifti1Image(VOXELS.T, None)
    picture.set_sform(np.diag([1.0, 1, 1, 1]), 1)
    picture.set_qform(np.diag([-1.0, -1, 1, 1]), 1)
    nibabel.save(picture, tmp_path / "case.nii")
    (only,) = series()
    assert [notice.code for notice in only.notices] == ["two_orientations"]


@pytest.mark.parametrize("ending", ["nii", "nrrd", "mha"])
def test_what_is_no_number_never_looks_like_tissue(tmp_path, series, ending):
    voxels = np.full((4, 5, 6), -1000, np.float32)
    voxels[0, 0, :2] = np.nan, np.inf
    SimpleITK.WriteImage(SimpleITK.GetImageFromArray(voxels), str(tmp_path / f"case.{ending}"))
    (only,) = series()
    assert (load(only, Silent()).voxels == -1000).all()


def test_voxels_at_the_end_of_their_file_are_found_there(tmp_path, series):
    (tmp_path / "case.raw").write_bytes(b"some head" + VOXELS.tobytes())
    (tmp_path / "case.mhd").write_text(
        "NDims = 3\nDimSize = 6 5 4\nElementType = MET_SHORT\nHeaderSize = -1\n"
        "ElementDataFile = case.raw\n"
    )
    only = next(one for one in series() if one.format != "DICOM")
    assert np.array_equal(load(only, Silent()).voxels, VOXELS)


def test_two_files_share_no_space_for_they_may_be_two_patients(tmp_path, series):
    for number in (0, 1):
        nibabel.save(nibabel.Nifti1Image(VOXELS.T + number, np.eye(4)), tmp_path / f"{number}.nii")
    spaces = [load(one, Silent()).geometry.frame_of_reference_uid for one in series()]
    assert len({*spaces, ""}) == 3


@pytest.mark.parametrize("ending", ["nii", "nrrd", "mha"])
def test_all_48_orientations_are_placed_as_simpleitk_places_them(tmp_path, ending):
    path = tmp_path / f"case.{ending}"
    for order, signs in TURNS:
        picture = image(order, signs)
        SimpleITK.WriteImage(picture, str(path))
        geometry = grid_in(path, format_of(path)).geometry
        for slice_, row, column in product((0, 3), (0, 4), (0, 5)):
            truth = picture.TransformIndexToPhysicalPoint((column, row, slice_))
            assert np.abs(geometry.to_patient((slice_, row, column)) - truth).max() < 1e-3


def test_real_nifti_is_placed_as_nibabel_and_simpleitk_place_it(data):
    paths = sorted(data.rglob("*.nii.gz"))
    assert paths
    reader = SimpleITK.ImageFileReader()
    for path in paths:
        geometry = grid_in(path, "NIfTI").geometry
        affine = nibabel.load(path).affine
        reader.SetFileName(str(path))
        reader.ReadImageInformation()
        step = np.array(reader.GetSpacing()[:3])
        turn = np.array(reader.GetDirection()).reshape([reader.GetDimension()] * 2)[:3, :3]
        for corner in product(*((0, n - 1) for n in geometry.shape)):
            index = np.array(corner[::-1])
            place = geometry.to_patient(corner)
            assert np.abs((affine @ [*index, 1])[:3] * (-1, -1, 1) - place).max() < 1e-3
            by_itk = turn @ (index * step) + reader.GetOrigin()[:3]
            assert np.abs(by_itk - place).max() < 1e-2
