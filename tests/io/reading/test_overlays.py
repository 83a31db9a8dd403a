"""What files draw over their pictures: every plane, in its place, as another reader has it."""

from __future__ import annotations

import gzip
from pathlib import Path

import nibabel
import numpy as np
import pydicom
import pytest
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from viewer.core.graphics import Graphic
from viewer.core.progress import Silent
from viewer.core.volume import Origin
from viewer.io.header import Header
from viewer.io.load import open_series
from viewer.io.overlays import graphics_over
from viewer.io.picture import pictures_of
from viewer.io.scan import look_at

MOSAICS = Path(nibabel.__file__).parent / "nicom" / "tests" / "data"
RNG = np.random.default_rng(7)


def add_plane(
    dataset: Dataset, bits: np.ndarray, *, group: int = 0x6000, big: bool = False, **more: object
) -> None:
    """Lay bits (frame, row, column) over the pictures of a data set."""
    frames, rows, columns = bits.shape
    packed = np.packbits(bits.reshape(-1), bitorder="little")
    packed = np.pad(packed, (0, packed.size % 2))
    data = packed.view("<u2").astype(">u2").tobytes() if big else packed.tobytes()
    dataset.add_new((group, 0x10), "US", rows)
    dataset.add_new((group, 0x11), "US", columns)
    dataset.add_new((group, 0x40), "CS", more.get("kind", "G"))
    dataset.add_new((group, 0x50), "SS", list(more.get("origin", (1, 1))))
    dataset.add_new((group, 0x100), "US", 1)
    dataset.add_new((group, 0x102), "US", 0)
    dataset.add_new((group, 0x1500), "LO", more.get("label", ""))
    dataset.add_new((group, 0x3000), "OW", data[: more.get("cut")])
    if frames > 1:
        dataset.add_new((group, 0x15), "IS", frames)
    if "first" in more:
        dataset.add_new((group, 0x51), "US", more["first"])


def with_plane(path: Path, bits: np.ndarray, **more: object) -> Path:
    file = pydicom.dcmread(path)
    add_plane(file, bits, **more)
    file.save_as(path)
    return path


def read(path: Path):
    head = look_at(path)
    assert isinstance(head, Header)
    return graphics_over(pictures_of(head), Silent())


def only(path: Path) -> Graphic:
    (planes,) = read(path).planes.values()
    (plane,) = planes
    return plane


@pytest.mark.parametrize(
    "syntax",
    [
        ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian,
        DeflatedExplicitVRLittleEndian,
    ],
)  # fmt: skip
def test_a_plane_is_read_in_every_way_of_writing_it(write, syntax):
    bits = RNG.random((1, 7, 5)) < 0.4
    path = with_plane(write(1, syntax=syntax), bits, big=syntax == ExplicitVRBigEndian)
    assert np.array_equal(only(path).mask, bits[0])


def test_all_sixteen_planes_are_read_with_their_places_and_names(write):
    path = write(1)
    planes = RNG.random((16, 1, 4, 3)) < 0.5
    for number, bits in enumerate(planes):
        bits[0, 0, 0] = True
        with_plane(
            path, bits, group=0x6000 + 2 * number, origin=(number - 3, 2), label=f"Plane {number}",
            kind="R" if number % 2 else "G",
        )  # fmt: skip
    (found,) = read(path).planes.values()
    assert [plane.label for plane in found] == [f"Plane {number}" for number in range(16)]
    assert [plane.origin for plane in found] == [(number - 4, 1) for number in range(16)]
    assert [plane.region for plane in found] == [bool(number % 2) for number in range(16)]
    assert all(np.array_equal(p.mask, bits[0]) for p, bits in zip(found, planes, strict=True))


def test_a_file_whose_first_plane_is_a_later_one_is_known_to_have_graphics(write):
    path = with_plane(write(1), np.ones((1, 2, 2), bool), group=0x6004)
    assert only(path).mask.all()


def test_the_frames_of_a_plane_lie_over_those_they_name(write):
    bits = RNG.random((2, 5, 3)) < 0.5
    pixels = np.zeros((4, 8, 6), np.int16).tobytes()
    path = with_plane(write(1, NumberOfFrames=4, PixelData=pixels), bits, first=2)
    planes = read(path).planes
    assert sorted(frame for _, frame in planes) == [1, 2]
    for frame in (1, 2):
        ((plane,),) = [found for (_, number), found in planes.items() if number == frame]
        assert np.array_equal(plane.mask, bits[frame - 1])


def test_a_plane_that_names_no_frame_lies_over_all(write):
    pixels = np.zeros((4, 8, 6), np.int16).tobytes()
    path = with_plane(write(1, NumberOfFrames=4, PixelData=pixels), np.ones((1, 2, 2), bool))
    assert sorted(frame for _, frame in read(path).planes) == [0, 1, 2, 3]


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_a_plane_in_a_bit_of_the_pixels_is_read_and_their_values_are_clean(write, series, syntax):
    values = RNG.integers(0, 4096, (8, 6)).astype("<u2")
    drawn = RNG.random((8, 6)) < 0.5
    words = values | (drawn.astype("<u2") << 13)
    order = ">u2" if syntax == ExplicitVRBigEndian else "<u2"
    path = write(
        1, syntax=syntax, BitsStored=12, HighBit=11, PixelRepresentation=0,
        PixelData=words.astype(order).tobytes(),
    )  # fmt: skip
    file = pydicom.dcmread(path)
    for element, value in ((0x10, 8), (0x11, 6), (0x100, 16), (0x102, 13)):
        file.add_new((0x6000, element), "US", value)
    file.save_as(path)
    assert np.array_equal(only(path).mask, drawn)
    (one,) = series()
    loading = open_series(one)
    assert len(loading.drawn_over) == 1
    shown = getattr(loading.image, "frames", None)
    stored = shown[0].pixels if shown else loading.image.voxels[0]
    assert np.array_equal(stored, values)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"cut": 2}, "its data ends after 2 of 5 bytes"),
        ({"cut": 0}, "not of the size of the picture"),
    ],
)
def test_a_damaged_plane_is_named_and_left_out(write, more, reason):
    path = with_plane(write(1), np.ones((1, 7, 5), bool), **more)
    with_plane(path, np.ones((1, 2, 2), bool), group=0x6002)
    found = read(path)
    assert [len(planes) for planes in found.planes.values()] == [1]
    (notice,) = found.notices
    assert reason in notice.sentence
    assert notice.sentence.startswith("The overlay plane 6000 of ")
    assert notice.sentence.endswith(".")


def test_a_bit_that_is_part_of_the_value_is_no_plane(write):
    path = write(1)
    file = pydicom.dcmread(path)
    for element, value in ((0x10, 8), (0x11, 6), (0x100, 16), (0x102, 3)):
        file.add_new((0x6000, element), "US", value)
    file.save_as(path)
    (notice,) = read(path).notices
    assert "one of the value" in notice.sentence


def test_an_impossible_number_of_frames_takes_no_memory(write):
    path = with_plane(write(1), np.ones((1, 2, 2), bool))
    file = pydicom.dcmread(path)
    file.add_new((0x6000, 0x15), "IS", "2000000000")
    file.save_as(path)
    (notice,) = read(path).notices
    assert "2000000000 frames" in notice.sentence


def test_many_damaged_planes_are_named_in_few_words(write):
    path = write(1)
    for number in range(16):
        with_plane(path, np.ones((1, 7, 5), bool), group=0x6000 + 2 * number, cut=2)
    notices = read(path).notices
    assert len(notices) == 6
    assert notices[-1].sentence == "11 more overlay planes cannot be shown."


def test_a_picture_without_planes_is_not_read_again(write, series):
    write(1)
    (one,) = series()
    loading = open_series(one)
    assert loading.drawn_over == ()
    assert not any("overlay" in notice.code for notice in loading.notices)
    assert not graphics_over((), Silent()).planes


def test_a_plane_holds_as_many_bits_as_it_has_pixels():
    with pytest.raises(ValueError, match="1 bytes for 3 x 3"):
        Graphic(3, 3, b"\0")


@pytest.mark.parametrize("name", ["MR-SIEMENS-DICOM-WithOverlays.dcm", "examples_overlay.dcm"])
def test_public_files_have_the_graphics_that_pydicom_finds(name):
    path = get_testdata_file(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    theirs = pydicom.dcmread(path)
    found = read(Path(path))
    (plane,) = found.over(Origin(theirs.SOPInstanceUID, theirs.SOPClassUID))
    assert np.array_equal(plane.mask, theirs.overlay_array(0x6000).astype(bool))
    assert plane.mask.any()
    assert found.notices == ()


@pytest.mark.parametrize("origin", [(1, 1), (-20, 31), (100, 200)])
def test_what_is_drawn_over_a_mosaic_is_shared_out_among_its_slices(tmp_path, origin):
    path = tmp_path / "mosaic.dcm"
    with gzip.open(MOSAICS / "siemens_dwi_0.dcm.gz") as file:
        dataset = pydicom.dcmread(file)
    bits = RNG.random((1, 150, 220)) < 0.5
    add_plane(dataset, bits, origin=origin)
    dataset.save_as(path)
    whole = np.zeros((2000, 2000), bool)
    top, left = origin[0] + 499, origin[1] + 499
    whole[top : top + 150, left : left + 220] = bits[0]
    whole = whole[500 : 500 + dataset.Rows, 500 : 500 + dataset.Columns]
    head = look_at(path)
    assert isinstance(head, Header)
    pictures = pictures_of(head)
    found = graphics_over(pictures, Silent())
    assert len(pictures) > 20
    for picture in pictures:
        tile, layout = picture.tile, picture.layout
        assert tile is not None
        part = whole[tile.row :, tile.column :][: layout.rows, : layout.columns]
        drawn = found.over(Origin(picture.sop_instance_uid, "", picture.frame))
        over = drawn[0].mask if drawn else np.zeros_like(part)
        assert np.array_equal(over, part)


def test_no_damage_to_a_file_with_planes_does_more_than_leave_them_out(write, tmp_path):
    path = with_plane(write(1), np.ones((1, 7, 5), bool), label="Lines")
    whole = path.read_bytes()
    start = whole.index(b"\x00\x60\x10\x00")
    for seed in range(150):
        random = np.random.default_rng(seed)
        broken = bytearray(whole)
        for at in random.integers(start, start + 200, 3):
            broken[at] = random.integers(256)
        path.write_bytes(broken)
        head = look_at(path)
        if isinstance(head, Header) and head.pixels is not None:
            for planes in graphics_over(pictures_of(head), Silent()).planes.values():
                assert all(plane.mask.shape == (plane.rows, plane.columns) for plane in planes)
