"""Siemens mosaics against nibabel, and private headers that are mangled."""

from __future__ import annotations

import gzip
import random
import warnings
from pathlib import Path

import nibabel
import numpy as np
import pydicom
import pytest

from viewer.core.progress import Silent
from viewer.core.study import SeriesKind
from viewer.io.convert import Wish, convert
from viewer.io.csa import csa_values
from viewer.io.forms import Coding, Form
from viewer.io.load import load
from viewer.io.pixels import frame_of
from viewer.io.scan import scan

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # nibabel calls all of its DICOM reader experimental
    from nibabel.nicom import csareader, dicomwrappers

SAMPLES = Path(nibabel.__file__).parent / "nicom" / "tests" / "data"
CSA, CREATOR = 0x00291010, 0x00290010


def mosaic(weight: int) -> pydicom.FileDataset:
    """Return a mosaic of nibabel's, whose pixels are all zero, with noise in their place."""
    with gzip.open(SAMPLES / f"siemens_dwi_{weight}.dcm.gz") as file:
        dataset = pydicom.dcmread(file)
    noise = np.random.default_rng(weight).integers(0, 4096, (dataset.Rows, dataset.Columns))
    dataset.PixelData = noise.astype("<u2").tobytes()
    return dataset


@pytest.fixture
def write_mosaic(tmp_path):
    """Write a mosaic of nibabel's, changed by a function, into the test's folder."""

    def save(weight: int, change=lambda dataset: None, name: str = "") -> Path:
        dataset = mosaic(weight)
        change(dataset)
        path = tmp_path / (name or f"{weight}.dcm")
        dataset.save_as(path)
        return path

    return save


def test_mosaics_are_volumes_where_nibabel_puts_them_with_the_same_pixels(write_mosaic, series):
    for weight in (1000, 0):
        write_mosaic(weight)
    (only,) = series()
    assert (only.kind, only.split_by, only.notices) == (SeriesKind.FOUR_D, "b-value", ())
    assert [part.split for part in only.parts] == ["b-value 0", "b-value 1000"]
    for part, weight in zip(only.parts, (0, 1000), strict=True):
        volume = load(part, Silent())
        theirs = dicomwrappers.wrapper_from_data(mosaic(weight))
        ours = volume.geometry.affine[:, [1, 2, 0, 3]]  # nibabel counts row, column, slice
        assert np.abs(ours - theirs.affine).max() < 1e-3
        assert volume.geometry.shape == (48, 128, 128)
        assert np.array_equal(volume.voxels.transpose(1, 2, 0), theirs.get_unscaled_data())


def test_one_mosaic_alone_is_a_volume(write_mosaic, series):
    write_mosaic(0)
    (only,) = series()
    assert (only.kind, len(only.instances), only.rows) == (SeriesKind.VOLUME, 48, 128)
    assert {one.sop_instance_uid for one in only.instances} == {mosaic(0).SOPInstanceUID}


def turned_normal(dataset: pydicom.Dataset) -> None:
    """Have the slices grow the other way."""
    stored = dataset[CSA].value
    for number in (b"0.00523632", b"0.99998629"):
        start = stored.index(b"SliceNormalVector")
        at = stored.index(number, start)
        stored = stored[:at] + b"-" + number[:-1] + stored[at + len(number) :]
    dataset[CSA].value = stored


def test_slices_that_grow_against_the_normal_lie_where_nibabel_puts_them(write_mosaic, series):
    path = write_mosaic(0, turned_normal)
    volume = load(series()[0], Silent())
    theirs = dicomwrappers.wrapper_from_data(pydicom.dcmread(path))
    assert theirs.affine[2, 2] < 0
    for index in ((0, 0, 0), (47, 3, 100)):
        slice_, row, column = index
        place = theirs.affine @ [row, column, slice_, 1]
        ours = volume.geometry.to_index(place[:3])
        assert np.abs(ours - (47 - slice_, row, column)).max() < 1e-3
        assert (
            volume.voxels[47 - slice_, row, column]
            == theirs.get_unscaled_data()[row, column, slice_]
        )


def lost_header(dataset: pydicom.Dataset) -> None:
    del dataset[CSA]


def foreign_header(dataset: pydicom.Dataset) -> None:
    dataset[CREATOR].value = "SOMEBODY ELSE"


def cut_header(dataset: pydicom.Dataset) -> None:
    dataset[CSA].value = dataset[CSA].value[:300]


def lost_step(dataset: pydicom.Dataset) -> None:
    del dataset.SpacingBetweenSlices


def too_many_tiles(dataset: pydicom.Dataset) -> None:
    stored = dataset[CSA].value
    at = stored.index(b"48", stored.index(b"NumberOfImagesInMosaic"))
    dataset[CSA].value = stored[:at] + b"99" + stored[at + 2 :]


@pytest.mark.parametrize(
    "change", [lost_header, foreign_header, cut_header, lost_step, too_many_tiles]
)
def test_a_mosaic_that_does_not_tell_how_its_slices_lie_is_one_flat_picture(
    write_mosaic, series, change
):
    write_mosaic(0, change)
    (only,) = series()
    assert (only.kind, len(only.instances), only.rows) == (SeriesKind.STACK, 1, 896)
    assert only.instances[0].plane is None
    assert [notice.code for notice in only.notices] == ["mosaic"]
    frame = load(only, Silent()).frames[0]
    assert frame.spacing_mm is None
    assert np.array_equal(frame.pixels, mosaic(0).pixel_array)


def test_a_frame_of_a_mosaic_file_is_the_whole_as_it_is_stored(write_mosaic):
    path = write_mosaic(0)
    assert np.array_equal(frame_of(path, 0, stored=True), mosaic(0).pixel_array)


@pytest.mark.parametrize("coding", [Coding.EXPLICIT, Coding.JPEG_LS])
def test_a_mosaic_in_another_coding_is_the_same_volume(write_mosaic, tmp_path, coding):
    path = write_mosaic(0)
    made = convert([path], Wish(tmp_path / "out", Form.DICOM, coding), "", Silent())
    assert not made.left_out
    ((_, only),) = scan([tmp_path / "out"], Silent()).all_series()
    ((_, source),) = scan([path], Silent()).all_series()
    here, there = load(only, Silent()), load(source, Silent())
    assert np.array_equal(here.voxels, there.voxels)
    assert np.array_equal(here.geometry.affine, there.geometry.affine)


def test_a_torn_mosaic_is_named_not_shown_as_whole(write_mosaic, tmp_path, listed):
    path = write_mosaic(0)
    path.write_bytes(path.read_bytes()[:-1000])
    assert [one.code for one in listed().refused] == ["truncated"]


@pytest.mark.parametrize("name", ["csa2_b0.bin", "csa2_b1000.bin", "csa_str_valid.bin"])
def test_private_headers_are_read_as_nibabel_reads_them(name):
    stored = (SAMPLES / name).read_bytes()
    theirs = csareader.read(stored)["tags"]
    ours = csa_values(stored, set(theirs))
    for tag in ("NumberOfImagesInMosaic", "SliceNormalVector", "B_value"):
        told = [float(item) for item in theirs[tag]["items"]] if tag in theirs else []
        assert [float(text) for text in ours.get(tag, ())] == told


def test_a_mangled_private_header_never_breaks_the_reader():
    stored = (SAMPLES / "csa2_b0.bin").read_bytes()
    chance = random.Random(11)
    for _ in range(300):
        changed = bytearray(stored[: chance.randrange(len(stored))])
        for _ in range(chance.randrange(1, 20)):
            if changed:
                changed[chance.randrange(len(changed))] = chance.randrange(256)
        for texts in csa_values(bytes(changed), {"SliceNormalVector"}).values():
            assert all(isinstance(text, str) for text in texts)
