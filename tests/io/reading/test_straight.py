"""A tilted series as a straight NIfTI or NRRD file, for readers that share no code with us."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pytest
import SimpleITK

from viewer.core.progress import Silent
from viewer.io.convert import Wish, convert
from viewer.io.forms import Form

COUNT, SIZE, SPACING, STEP = 7, (16, 12), (0.5, 0.75), 2.5
GRADIENT = np.array([4.0, 6.0, 10.0])


def write_series(write, tilt, skip=()):
    """Slices in which every value is a linear function of its place, in whole HU or nearly."""
    for number in range(COUNT):
        if number in skip:
            continue
        origin = np.array([-10.0, -20.0 + np.tan(np.radians(tilt)) * STEP * number, STEP * number])
        rows, columns = np.indices(SIZE)
        at = np.stack([
            origin[0] + columns * SPACING[1], origin[1] + rows * SPACING[0],
            np.full(SIZE, origin[2]),
        ], axis=-1)  # fmt: skip
        values = np.rint((at @ GRADIENT) * 50).astype(np.int16)
        write(
            number + 1, Rows=SIZE[0], Columns=SIZE[1], PixelData=values.tobytes(),
            ImagePositionPatient=[float(f"{v:.9g}") for v in origin], RescaleSlope="0.02",
            RescaleIntercept="0", PixelSpacing=list(SPACING),
        )  # fmt: skip


@pytest.mark.parametrize("tilt", [10, 20, 30])
def test_a_tilted_series_becomes_a_straight_file_with_every_value_in_place(write, tmp_path, tilt):
    write_series(write, tilt)
    done = convert([tmp_path], Wish(tmp_path / "out", Form.NIFTI, straighten=True), "", Silent())
    (made,) = done.made
    assert made.files[0].endswith("_straightened.nii.gz")
    assert made.warnings[0].code == "derived"
    image = nibabel.load(made.files[0])
    assert bytes(image.header["descrip"]).startswith(b"Derived: resampled from tilted slices")
    values = image.get_fdata()
    inside = np.argwhere(values > values.min())
    lps = nibabel.affines.apply_affine(image.affine, inside) * (-1, -1, 1)
    off_mm = np.abs(values[tuple(inside.T)] - lps @ GRADIENT) / np.linalg.norm(GRADIENT)
    assert off_mm.max() < 1e-3
    assert len(inside) > COUNT * SIZE[0] * SIZE[1] * 0.8


def test_missing_slices_are_named_in_what_was_written(write, tmp_path):
    write_series(write, 0, skip=(3,))
    done = convert([tmp_path], Wish(tmp_path / "out", Form.NRRD, straighten=True), "", Silent())
    (made,) = done.made
    assert {"derived", "interpolated_slices"} <= {notice.code for notice in made.warnings}
    assert b"# Derived: resampled from slices with gaps." in Path(made.files[0]).read_bytes()
    assert SimpleITK.ReadImage(made.files[0]).GetSize() == (SIZE[1], SIZE[0], COUNT)


def test_a_regular_series_is_not_straightened(write, tmp_path):
    write_series(write, 0)
    done = convert([tmp_path], Wish(tmp_path / "out", Form.NIFTI, straighten=True), "", Silent())
    assert not done.made
    assert "regular grid already" in done.left_out[0].sentence


def test_a_straight_volume_is_no_picture_and_no_dicom(write, tmp_path):
    write_series(write, 20)
    for form in (Form.PNG, Form.DICOM):
        done = convert([tmp_path], Wish(tmp_path / "out", form, straighten=True), "", Silent())
        assert not done.made
        assert "NIfTI or NRRD" in done.left_out[0].sentence


def test_a_tilted_series_is_refused_where_nobody_asks_to_straighten_it(write, tmp_path):
    write_series(write, 20)
    done = convert([tmp_path], Wish(tmp_path / "out", Form.NIFTI), "", Silent())
    assert [left.code for left in done.left_out] == ["no_volume"]
