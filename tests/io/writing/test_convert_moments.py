"""Several volumes of one place in other forms, as readers that share no code with us see them."""

from __future__ import annotations

import json
from pathlib import Path

import imagecodecs
import nibabel
import numpy as np
import pytest
import SimpleITK
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from tests.io.reading.conftest import picture, pixels
from viewer.core.progress import Silent
from viewer.core.study import SeriesKind
from viewer.io.convert import Wish, convert
from viewer.io.forms import Form
from viewer.io.load import load
from viewer.io.scan import scan

MOMENTS, SLICES = 3, 4


def write_series(folder: Path, **of_moment: tuple) -> Path:
    """Write a time series of 3 moments of 4 slices; each attribute has a value for each moment."""
    folder.mkdir()
    number = 0
    for moment in range(MOMENTS):
        for z in range(SLICES):
            number += 1
            said = {name: values[moment] for name, values in of_moment.items()}
            slice_ = picture(number, ImagePositionPatient=[-10, -20, 2.5 * z], **said)
            slice_.file_meta = FileMetaDataset()
            slice_.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
            slice_.save_as(folder / f"{number:04d}", enforce_file_format=True)
    return folder


def truth(slope=(1, 1, 1), intercept=-1024.0) -> np.ndarray:
    """Real-world values as (moment, slice, row, column)."""
    stored = [[pixels(SLICES * m + s + 1) for s in range(SLICES)] for m in range(MOMENTS)]
    return np.array(stored) * np.array(slope, float)[:, None, None, None] + intercept


@pytest.fixture
def timed(tmp_path):
    return write_series(
        tmp_path / "in",
        TemporalPositionIdentifier=(1, 2, 3),
        AcquisitionTime=("101500", "101502.5", "101505"),
    )


def made(folder: Path, out: Path, form: Form, key: str = "", *, force: bool = False) -> list[Path]:
    told = convert([folder], Wish(out, form, force=force), key, Silent())
    assert not told.left_out
    return [Path(file) for one in told.made for file in one.files]


def test_nifti_has_a_fourth_axis_with_its_time_step(timed, tmp_path):
    file, beside = made(timed, tmp_path / "out", Form.NIFTI)
    image = nibabel.load(file)
    assert image.shape == (6, 8, SLICES, MOMENTS)
    assert image.header.get_zooms() == pytest.approx((0.75, 0.5, 2.5, 2.5))
    assert image.header.get_xyzt_units() == ("mm", "sec")
    assert image.get_data_dtype() == np.int16
    assert np.array_equal(image.get_fdata().T, truth())
    ras = image.affine @ [2, 3, 1, 1]
    assert ras[:3] == pytest.approx((10 - 1.5, 20 - 1.5, 2.5))
    assert image.get_qform() == pytest.approx(image.affine, abs=1e-4)
    told = json.loads(beside.read_text())
    assert told == {
        "split_by": "time",
        "moments": ["time 1 of 3", "time 2 of 3", "time 3 of 3"],
        "time_step_s": 2.5,
    }


def test_nrrd_has_a_list_of_volumes(timed, tmp_path):
    file, _ = made(timed, tmp_path / "out", Form.NRRD)
    image = SimpleITK.ReadImage(str(file))
    assert (image.GetSize(), image.GetNumberOfComponentsPerPixel()) == ((6, 8, SLICES), MOMENTS)
    array = SimpleITK.GetArrayFromImage(image)
    assert np.array_equal(np.moveaxis(array, -1, 0), truth())
    assert image.TransformIndexToPhysicalPoint((2, 3, 1)) == pytest.approx((-8.5, -18.5, 2.5))


@pytest.mark.parametrize("form", [Form.NIFTI, Form.NRRD])
def test_what_we_wrote_we_read_again_as_moments(timed, tmp_path, form):
    file, _ = made(timed, tmp_path / "out", form)
    ((_, only),) = scan([file], Silent()).all_series()
    assert (only.kind, len(only.parts)) == (SeriesKind.FOUR_D, MOMENTS)
    for part, values in zip(only.parts, truth(), strict=True):
        assert np.array_equal(load(part, Silent()).values(), values)


def test_moments_of_different_scale_are_written_as_floating_point(tmp_path):
    folder = write_series(
        tmp_path / "in", TemporalPositionIdentifier=(1, 2, 3), RescaleSlope=(1, 2.5, 0.1)
    )
    file, _ = made(folder, tmp_path / "out", Form.NIFTI)
    image = nibabel.load(file)
    assert image.get_data_dtype() == np.float32
    assert np.allclose(image.get_fdata().T, truth((1, 2.5, 0.1)), atol=1e-3)


def test_without_a_time_nifti_names_no_step(tmp_path):
    folder = write_series(tmp_path / "in", EchoTime=(5, 10, 20))
    file, _ = made(folder, tmp_path / "out", Form.NIFTI)
    assert nibabel.load(file).header.get_xyzt_units() == ("mm", "unknown")


def test_pictures_of_all_moments_are_written(timed, tmp_path):
    files = made(timed, tmp_path / "out", Form.PNG)
    pictures = [file for file in files if file.suffix == ".png"]
    assert len(pictures) == MOMENTS * SLICES
    assert imagecodecs.png_decode(pictures[0].read_bytes()).shape == (8, 6)
    told = [json.loads(file.read_text()) for file in files if file.suffix == ".json"]
    assert [len(one["pictures"]) for one in told] == [SLICES] * MOMENTS
    assert all(file.exists() for file in made(timed, tmp_path / "out", Form.PNG, force=True))


def test_all_files_of_all_moments_become_dicom(timed, tmp_path):
    files = made(timed, tmp_path / "out", Form.DICOM)
    assert len(files) == MOMENTS * SLICES


def test_one_moment_alone_is_converted_by_its_key(timed, tmp_path):
    ((_, only),) = scan([timed], Silent()).all_series()
    (file,) = made(timed, tmp_path / "out", Form.NIFTI, only.parts[1].key)
    assert np.array_equal(nibabel.load(file).get_fdata().T, truth()[1])


def test_a_damaged_moment_is_never_converted_as_if_it_were_whole(timed, tmp_path):
    path = timed / "0007"
    path.write_bytes(path.read_bytes()[:-20])
    told = convert([timed], Wish(tmp_path / "out", Form.NIFTI), "", Silent())
    assert [one.code for one in told.left_out if one.key] == ["damaged"]
    assert not list((tmp_path / "out").glob("*.nii.gz"))
