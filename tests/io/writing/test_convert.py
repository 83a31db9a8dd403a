"""What is converted says the same to readers that share no code with us."""

from __future__ import annotations

import errno
import json
from itertools import permutations, product
from pathlib import Path

import imagecodecs
import nibabel
import numpy as np
import pytest
import SimpleITK
from pydicom import dcmread
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian
from scipy.spatial.transform import Rotation

from tests.io.reading.conftest import picture
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Cancelled, Silent
from viewer.core.volume import Volume
from viewer.io.convert import Wish, convert
from viewer.io.forms import Coding, Form
from viewer.io.load import load
from viewer.io.scan import scan
from viewer.io.volume_files import real_values, write_nifti_volume, write_nrrd_volume

_AXES = [
    np.eye(3)[list(order)] * np.array(signs)[:, None]
    for order in permutations(range(3))
    for signs in product((1, -1), repeat=3)
]
_TURNED = Rotation.from_euler("xyz", (17, -33, 71), degrees=True).as_matrix()
_LAID = [*_AXES[::5], *(axes @ _TURNED for axes in _AXES[::11])]
_BRIGHT = (3, 5, 2)
CODINGS = {
    Coding.EXPLICIT: "1.2.840.10008.1.2.1",
    Coding.JPEG_LS: "1.2.840.10008.1.2.4.80",
    Coding.RLE: "1.2.840.10008.1.2.5",
    Coding.JPEG_2000: "1.2.840.10008.1.2.4.90",
}


def volume(axes=_AXES[0], dtype=np.int16, slope=1.0, intercept=-1024.0):
    """Noise with one bright voxel."""
    geometry = Geometry.from_axes((6, 9, 10), (-101.25, -87.5, 312.75), axes, (2.5, 0.7, 0.9))
    voxels = np.random.default_rng(1).integers(0, 100, geometry.shape).astype(dtype)
    voxels[_BRIGHT] = 120
    return Volume(voxels, geometry, "[hnsf'U]", "CT", "key", slope, intercept)


def place(axes):
    """Where the bright voxel lies, without our own code."""
    return np.array([-101.25, -87.5, 312.75]) + (np.array(_BRIGHT) * (2.5, 0.7, 0.9)) @ axes


@pytest.mark.parametrize("axes", _LAID, ids=str)
def test_the_bright_voxel_lies_where_it_lay_for_nibabel_and_simpleitk(axes, tmp_path):
    image = volume(axes)
    truth = image.values()
    write_nifti_volume(tmp_path / "a.nii.gz", image)
    write_nrrd_volume(tmp_path / "a.nrrd", image)
    nifti = nibabel.load(tmp_path / "a.nii.gz")
    values = nifti.get_fdata()
    assert np.array_equal(values.T, truth)
    at = np.unravel_index(values.argmax(), values.shape)
    for affine in (nifti.get_sform(), nifti.get_qform()):
        ras = nibabel.affines.apply_affine(affine, at)
        assert ras * (-1, -1, 1) == pytest.approx(place(axes), abs=1e-3)
    itk = SimpleITK.ReadImage(str(tmp_path / "a.nrrd"))
    array = SimpleITK.GetArrayFromImage(itk)
    assert np.array_equal(array, truth)
    slice_, row, column = (int(n) for n in np.unravel_index(array.argmax(), array.shape))
    point = itk.TransformIndexToPhysicalPoint((column, row, slice_))
    assert point == pytest.approx(place(axes), abs=1e-6)


@pytest.mark.parametrize("axes", _LAID[::4], ids=str)
def test_what_we_wrote_we_read(axes, tmp_path):
    image = volume(axes)
    write_nifti_volume(tmp_path / "a.nii.gz", image)
    write_nrrd_volume(tmp_path / "a.nrrd", image)
    listed = [series for _, series in scan([tmp_path], Silent()).all_series()]
    assert {series.format for series in listed} == {"NIfTI", "NRRD"}
    for series in listed:
        read = load(series, Silent())
        assert np.allclose(read.geometry.affine, image.geometry.affine, atol=1e-4)
        assert np.array_equal(read.values(), image.values())
        assert not series.notices


@pytest.mark.parametrize(
    ("dtype", "slope", "intercept", "kind"),
    [
        (np.int16, 1.0, -1024.0, np.int16), (np.uint16, 1.0, 0.0, np.uint16),
        (np.uint8, 0.5, 3.0, np.uint8), (np.uint16, 0.1, 0.0, np.float32),
        (np.float32, 1.0, 0.0, np.float32), (np.int32, 1.0, 0.0, np.int32),
    ],
)  # fmt: skip
def test_nifti_keeps_stored_values_where_the_scale_is_exact(
    dtype, slope, intercept, kind, tmp_path
):
    image = volume(dtype=dtype, slope=slope, intercept=intercept)
    write_nifti_volume(tmp_path / "a.nii", image)
    read = nibabel.load(tmp_path / "a.nii")
    assert read.get_data_dtype() == kind
    expected = image.voxels.astype(np.float64) * slope + intercept
    assert np.allclose(read.get_fdata().T, expected, rtol=1e-7, atol=0)


def test_values_take_the_smallest_type_that_holds_them():
    assert real_values(volume()).dtype == np.int16
    assert real_values(volume(intercept=0.0, slope=2.0)).dtype == np.uint8
    assert real_values(volume(slope=100_000.0)).dtype == np.int32
    assert real_values(volume(slope=0.1)).dtype == np.float32
    assert real_values(volume(dtype=np.int32, slope=0.1)).dtype == np.float64


@pytest.fixture
def write(tmp_path):
    """Write slices into a folder and return it."""

    def save(count=4, *, syntax=ExplicitVRLittleEndian, **changes: object):
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        for number in range(1, count + 1):
            slice_ = picture(number, **changes)
            slice_.add_new(0x00090010, "LO", "Somebody")
            slice_.add_new(0x00091001, "OW", b"\1\0\2\0")
            slice_.file_meta = FileMetaDataset()
            slice_.file_meta.TransferSyntaxUID = syntax
            slice_.save_as(
                folder / f"{number}.dcm",
                implicit_vr=syntax == ImplicitVRLittleEndian,
                little_endian=syntax != ExplicitVRBigEndian,
                enforce_file_format=True,
            )
        return folder

    return save


def done(folder, out, form, *, key="", coding=Coding.EXPLICIT, force=False):
    return convert([folder], Wish(out, form, coding, force), key, Silent())


@pytest.mark.parametrize("form", [Form.NIFTI, Form.NRRD])
def test_a_series_becomes_one_file_named_after_it(form, write, tmp_path):
    converted = done(write(), tmp_path / "out", form)
    (made,) = converted.made
    ending = {Form.NIFTI: "nii.gz", Form.NRRD: "nrrd"}[form]
    assert made.files == (str(tmp_path / "out" / f"004_Thorax.{ending}"),)
    image = SimpleITK.ReadImage(made.files[0])
    array = SimpleITK.GetArrayFromImage(image)
    assert array[2, 1, 3] == 9 + 300 - 1024
    assert image.TransformIndexToPhysicalPoint((3, 1, 2)) == pytest.approx((-7.75, -19.5, 3.0))


def test_what_is_no_dicom_keeps_its_name_without_the_old_ending(tmp_path):
    (tmp_path / "in").mkdir()
    write_nifti_volume(tmp_path / "in" / "lungs.nii.gz", volume())
    (made,) = done(tmp_path / "in", tmp_path / "out", Form.NRRD).made
    assert Path(made.files[0]).name == "000_lungs.nrrd"
    (left,) = done(tmp_path / "in", tmp_path / "out", Form.DICOM).left_out
    assert left.code == "not_dicom"


def test_pictures_are_windowed_and_told_where_they_lie(write, tmp_path):
    folder = write(WindowCenter=-700, WindowWidth=100)
    done(folder, tmp_path / "out", Form.PNG)
    place = tmp_path / "out" / "004_Thorax"
    told = json.loads((place / "geometry.json").read_text())
    assert told["shape"] == [4, 8, 6]
    assert told["unit"] == "[hnsf'U]"
    assert np.array(told["affine"]) @ (2, 1, 3, 1) == pytest.approx((-7.75, -19.5, 3.0, 1))
    assert told["window"] == {"name": "Window 1", "centre": -700, "width": 100}
    assert [one["position"][2] for one in told["pictures"]] == [1, 2, 3, 4]
    shown = imagecodecs.png_decode((place / told["pictures"][2]["file"]).read_bytes())
    assert shown.dtype == np.uint8
    assert shown[1, 3] == round((9 + 300 - 1024 + 750) / 99 * 255)
    assert len(list(place.iterdir())) == 5


def test_colour_stays_colour_in_pictures(write, tmp_path):
    colours = np.arange(144, dtype=np.uint8).reshape(8, 6, 3)
    folder = write(
        1, SamplesPerPixel=3, PhotometricInterpretation="RGB", PlanarConfiguration=0,
        BitsAllocated=8, BitsStored=8, HighBit=7, PixelRepresentation=0, Modality="OT",
        PixelData=colours.tobytes(),
    )  # fmt: skip
    (made,) = done(folder, tmp_path / "out", Form.PNG).made
    picture_file = next(file for file in made.files if file.endswith(".png"))
    assert np.array_equal(imagecodecs.png_decode(Path(picture_file).read_bytes()), colours)


KINDS = {
    "signed 16": {},
    "unsigned 12": {"BitsStored": 12, "HighBit": 11, "PixelRepresentation": 0},
    "signed 12": {
        "BitsStored": 12,
        "HighBit": 11,
        "PixelData": (np.arange(48, dtype=np.int16) * 80 - 2000).tobytes(),
    },
    "unsigned 8": {
        "BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelRepresentation": 0,
        "PixelData": np.arange(48, dtype=np.uint8).tobytes(),
    },
    "colour": {
        "BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelRepresentation": 0,
        "SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 1,
        "PixelData": np.arange(144, dtype=np.uint8).tobytes(), "Modality": "OT",
    },
    "two frames": {
        "NumberOfFrames": 2, "PixelData": np.arange(96, dtype=np.int16).tobytes(),
    },
}  # fmt: skip


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_dicom_is_bit_exact_for_pydicom_and_only_the_pixels_are_new(kind, coding, write, tmp_path):
    folder = write(1, **KINDS[kind])
    (made,) = done(folder, tmp_path / "out", Form.DICOM, coding=coding).made
    old, new = dcmread(folder / "1.dcm"), dcmread(made.files[0])
    assert new.file_meta.TransferSyntaxUID == CODINGS[coding]
    assert np.array_equal(new.pixel_array, old.pixel_array)
    for dataset in (old, new):
        for name in ("PixelData", "PlanarConfiguration"):
            if name in dataset:
                delattr(dataset, name)
    assert new == old


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_other_byte_orders_become_explicit_little_endian(syntax, write, tmp_path):
    changes = {}
    if syntax == ExplicitVRBigEndian:
        changes["PixelData"] = (np.arange(48) + 100).astype(">i2").tobytes()
    converted = done(write(1, syntax=syntax, **changes), tmp_path / "out", Form.DICOM)
    assert converted.left_out == ()
    (made,) = converted.made
    new = dcmread(made.files[0])
    assert new.pixel_array[1, 3] == 109
    if syntax == ExplicitVRBigEndian:
        assert new[0x00091001].value == b"\0\1\0\2"


def test_nothing_is_replaced_without_force(write, tmp_path):
    folder, out = write(), tmp_path / "out"
    for form in Form:
        done(folder, out, form)
        again = done(folder, out, form)
        assert not again.made
        assert again.left_out[0].code == "exists"
        assert done(folder, out, form, force=True).made


@pytest.mark.parametrize("form", [Form.PNG, Form.DICOM])
def test_what_is_replaced_leaves_no_older_pictures_behind(form, write, tmp_path):
    folder, out = write(), tmp_path / "out"
    (made,) = done(folder, out, form).made
    place = Path(made.files[0]).parent
    (place / "notes.txt").write_text("mine")
    for path in sorted(folder.iterdir())[3:]:
        path.unlink()
    (again,) = done(folder, out, form, force=True).made
    assert len(again.files) < len(made.files)
    assert {str(path) for path in place.iterdir()} == {*again.files, str(place / "notes.txt")}


def test_older_pictures_are_back_when_the_new_ones_cannot_be_put_in_place(
    write, tmp_path, monkeypatch
):
    folder, out = write(), tmp_path / "out"
    (made,) = done(folder, out, Form.PNG).made
    place = Path(made.files[0]).parent
    before = {path: path.read_bytes() for path in place.iterdir()}
    for path in sorted(folder.iterdir())[3:]:
        path.unlink()
    unlink = Path.unlink

    def fail(path: Path) -> None:
        if path.parent == place:
            raise OSError(errno.EIO, "the disk is gone")
        unlink(path)

    monkeypatch.setattr(Path, "unlink", fail)
    (left,) = done(folder, out, Form.PNG, force=True).left_out
    assert left.code == "write_failed"
    assert {path: path.read_bytes() for path in place.iterdir()} == before


def test_only_the_named_series_is_converted(write, tmp_path):
    folder = write()
    write(1, SeriesInstanceUID="1.2.3", SOPInstanceUID="1.2.3.4")
    (folder / "1.dcm").rename(folder / "other.dcm")
    write()
    converted = done(folder, tmp_path / "out", Form.DICOM, key="1.2.3")
    assert len(converted.made) == 1
    with pytest.raises(Declined, match=r"no series 9\.9") as error:
        done(folder, tmp_path / "out", Form.DICOM, key="9.9")
    assert error.value.code == "no_series"


def test_what_is_no_volume_is_left_out_with_the_reason(write, tmp_path):
    folder = write(3)
    (folder / "2.dcm").unlink()
    write(1, ImagePositionPatient=[-10, -20, 40.0], SOPInstanceUID="1.2.3")
    (folder / "1.dcm").rename(folder / "far.dcm")
    write(1)
    converted = done(folder, tmp_path / "out", Form.NIFTI)
    assert not converted.made
    assert {one.code for one in converted.left_out} == {"no_volume"}
    assert not (tmp_path / "out").exists()


def test_damaged_slices_are_not_written_as_if_whole(write, tmp_path):
    folder = write()
    cut = folder / "2.dcm"
    cut.write_bytes(cut.read_bytes()[:-40])
    for form in Form:
        converted = done(folder, tmp_path / "out", form)
        assert not converted.made
        assert converted.left_out[0].sentence
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", list(Form))
def test_a_cancelled_conversion_leaves_nothing(form, write, tmp_path):
    class Stop:
        def report(self, done, doing=""):
            if done > 0.9:
                raise Cancelled

    class Early:
        def report(self, done, doing=""):
            if done > 0.5:
                raise Cancelled

    for progress in (Stop(), Early()):
        with pytest.raises(Cancelled):
            convert([write()], Wish(tmp_path / "out", form), "", progress)
        assert not (tmp_path / "out").exists()
