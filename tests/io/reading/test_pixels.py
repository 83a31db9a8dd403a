"""One frame as an array: what is stored, and what it means."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.data import get_testdata_file
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    RLELossless,
)

from tests.io.reading.conftest import pixels
from viewer.core.errors import Declined, Unreadable
from viewer.io.pixels import NO_FRAME, frame_of, save_array


def test_stored_values_are_exactly_those_in_the_file(write):
    found = frame_of(write(3), 0, stored=True)
    assert found.dtype == np.int16
    assert np.array_equal(found, pixels(3))


def test_real_world_values_are_rescaled_in_single_precision(write):
    found = frame_of(write(3, RescaleSlope="0.5"), 0, stored=False)
    assert found.dtype == np.float32
    assert np.array_equal(found, pixels(3) * 0.5 - 1024)


def test_32_bit_values_are_rescaled_in_double_precision(write):
    big = np.arange(48, dtype=np.int32).reshape(8, 6) + (1 << 30)
    path = write(
        1, BitsAllocated=32, BitsStored=32, HighBit=31, PixelData=big.tobytes(), RescaleIntercept=-1
    )
    assert frame_of(path, 0, stored=True).dtype == np.int32
    found = frame_of(path, 0, stored=False)
    assert found.dtype == np.float64
    assert np.array_equal(found, big - 1.0)


def test_frames_are_counted_from_zero(write):
    both = np.stack([pixels(1), pixels(2)])
    path = write(1, NumberOfFrames=2, PixelData=both.tobytes())
    assert np.array_equal(frame_of(path, 1, stored=True), pixels(2))
    for missing in (2, -1):
        with pytest.raises(Declined, match="frames 0 to 1") as error:
            frame_of(path, missing, stored=True)
        assert error.value.code == NO_FRAME


def test_colour_is_rows_columns_and_three(write):
    colours = np.arange(144, dtype=np.uint8).reshape(8, 6, 3)
    path = write(
        1, SamplesPerPixel=3, PhotometricInterpretation="RGB", PlanarConfiguration=1,
        BitsAllocated=8, BitsStored=8, HighBit=7, PixelRepresentation=0,
        PixelData=np.moveaxis(colours, 2, 0).tobytes(),
    )  # fmt: skip
    for stored in (True, False):
        assert np.array_equal(frame_of(path, 0, stored=stored), colours)


def test_colour_of_16_bits_is_stored_with_all_of_them(write):
    colours = (np.arange(144, dtype=np.uint16) * 400).reshape(8, 6, 3)
    path = write(
        1, SamplesPerPixel=3, PhotometricInterpretation="RGB", PlanarConfiguration=0,
        PixelRepresentation=0, PixelData=colours.tobytes(),
    )  # fmt: skip
    found = frame_of(path, 0, stored=True)
    assert found.dtype == np.uint16
    assert np.array_equal(found, colours)
    assert np.array_equal(frame_of(path, 0, stored=False), colours >> 8)


def test_of_a_palette_the_indices_are_stored_and_the_colours_shown(write):
    index = np.arange(48, dtype=np.uint8).reshape(8, 6)
    ramp = (np.arange(256, dtype=np.uint16) * 257).tobytes()
    tables = {}
    for name in ("Red", "Green", "Blue"):
        tables[f"{name}PaletteColorLookupTableDescriptor"] = [256, 0, 16]
        tables[f"{name}PaletteColorLookupTableData"] = ramp
    path = write(
        1, PhotometricInterpretation="PALETTE COLOR", PixelRepresentation=0,
        BitsAllocated=8, BitsStored=8, HighBit=7, PixelData=index.tobytes(), **tables,
    )  # fmt: skip
    assert np.array_equal(frame_of(path, 0, stored=True), index)
    assert frame_of(path, 0, stored=False).shape == (8, 6, 3)


def ordered(values: np.ndarray, syntax: str) -> bytes:
    """Words as a file of this syntax holds them."""
    order = ">" if syntax == ExplicitVRBigEndian else "<"
    return values.astype(values.dtype.newbyteorder(order)).tobytes()


UNCOMPRESSED = [
    ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian,
    DeflatedExplicitVRLittleEndian,
]  # fmt: skip


@pytest.mark.parametrize("syntax", UNCOMPRESSED)
@pytest.mark.parametrize("kind", ["u1", "u2"])
def test_indices_and_colours_of_a_palette_are_right_in_every_order(write, syntax, kind):
    index = np.arange(0, 96, 2).astype(kind).reshape(8, 6)
    described = {
        "PhotometricInterpretation": "PALETTE COLOR", "PixelRepresentation": 0,
        "BitsAllocated": 8 * index.itemsize, "BitsStored": 8 * index.itemsize,
        "HighBit": 8 * index.itemsize - 1,
    }  # fmt: skip
    for shift, name in enumerate(("Red", "Green", "Blue")):
        described[f"{name}PaletteColorLookupTableDescriptor"] = [256, 0, 16]
        table = np.roll(np.arange(256, dtype=np.uint16), shift) * 256
        described[f"{name}PaletteColorLookupTableData"] = ordered(table, syntax)
    path = write(1, syntax=syntax, PixelData=ordered(index, syntax), **described)
    found = frame_of(path, 0, stored=True)
    assert found.dtype == index.dtype
    assert np.array_equal(found, index)
    shown = frame_of(path, 0, stored=False)
    assert np.array_equal(shown[..., 0], index)
    assert np.array_equal(shown[..., 2], (index.astype(int) - 2) % 256)


@pytest.mark.parametrize("syntax", UNCOMPRESSED)
def test_what_a_writer_left_above_signed_12_bits_is_no_part_of_the_values(write, syntax):
    values = np.linspace(-2048, 2047, 48).astype(np.int16).reshape(8, 6)
    littered = (values & 0x0FFF) | (np.arange(48, dtype=np.int16).reshape(8, 6) << 12)
    path = write(
        1, syntax=syntax, BitsStored=12, HighBit=11, PixelData=ordered(littered, syntax)
    )  # fmt: skip
    assert np.array_equal(frame_of(path, 0, stored=True), values)


@pytest.mark.parametrize("syntax", UNCOMPRESSED)
@pytest.mark.parametrize("signed", [0, 1])
def test_values_in_the_upper_bits_are_brought_down_whole(write, syntax, signed):
    low, kind = (-2048, "i2") if signed else (0, "u2")
    values = np.linspace(low, low + 4095, 48).astype(kind).reshape(8, 6)
    path = write(
        1, syntax=syntax, BitsStored=12, HighBit=15, PixelRepresentation=signed,
        PixelData=ordered(values << 4, syntax),
    )  # fmt: skip
    assert np.array_equal(frame_of(path, 0, stored=True), values)


@pytest.mark.parametrize("shift", [0, 4])
def test_a_codec_has_a_depth_of_its_own_whatever_the_high_bit(write, shift):
    values = np.linspace(0, 4095, 48).astype(np.uint16).reshape(8, 6)
    path = write(1)
    file = dcmread(path)
    file.PixelRepresentation = 0
    file.compress(RLELossless, values << shift, generate_instance_uid=False)
    file.BitsStored = 12
    file.save_as(path)
    assert np.array_equal(frame_of(path, 0, stored=True), values)


@pytest.mark.parametrize("syntax", UNCOMPRESSED)
def test_single_bits_are_stored_as_zeros_and_ones(write, syntax):
    bits = (np.arange(48) % 3 == 0).astype(np.uint8).reshape(8, 6)
    path = write(
        1, syntax=syntax, BitsAllocated=1, BitsStored=1, HighBit=0, PixelRepresentation=0,
        PixelData=np.packbits(bits.reshape(-1), bitorder="little").tobytes(),
    )  # fmt: skip
    found = frame_of(path, 0, stored=True)
    assert found.dtype == np.uint8
    assert np.array_equal(found, bits)


@pytest.mark.parametrize("syntax", UNCOMPRESSED)
def test_12_bits_of_colour_are_stored_as_they_are_and_shown_in_8(write, syntax):
    colours = np.linspace(0, 4095, 144).astype(np.uint16).reshape(8, 6, 3)
    path = write(
        1, syntax=syntax, SamplesPerPixel=3, PhotometricInterpretation="RGB",
        PlanarConfiguration=0, PixelRepresentation=0, BitsStored=12, HighBit=11,
        PixelData=ordered(colours, syntax),
    )  # fmt: skip
    assert np.array_equal(frame_of(path, 0, stored=True), colours)
    assert np.array_equal(frame_of(path, 0, stored=False), colours >> 4)


def test_luminance_and_colour_differences_are_given_as_rgb(write):
    grey = np.full((8, 6, 3), (100, 128, 128), np.uint8)
    path = write(
        1, SamplesPerPixel=3, PhotometricInterpretation="YBR_FULL", PlanarConfiguration=0,
        BitsAllocated=8, BitsStored=8, HighBit=7, PixelRepresentation=0,
        PixelData=grey.tobytes(),
    )  # fmt: skip
    for stored in (True, False):
        assert (frame_of(path, 0, stored=stored) == 100).all()


@pytest.mark.parametrize("name", ["JPEG2000.dcm", "MR_small_RLE.dcm", "emri_small_RLE.dcm"])
def test_compressed_frames_are_those_that_pydicom_decodes(name):
    path = get_testdata_file(name)
    whole = dcmread(path)
    last = int(whole.get("NumberOfFrames", 1)) - 1
    truth = whole.pixel_array[last] if last else whole.pixel_array
    found = frame_of(Path(path), last, stored=True)
    assert found.dtype == truth.dtype
    assert np.array_equal(found, truth)


def test_damage_is_a_sentence_that_names_the_frame(write):
    path = write(1)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(Unreadable, match="frame 0: its pixel data ends") as error:
        frame_of(path, 0, stored=True)
    assert error.value.code == "truncated"


def test_what_is_no_image_is_refused(tmp_path):
    (tmp_path / "note").write_text("hello, this is no image at all")
    with pytest.raises(Unreadable):
        frame_of(tmp_path / "note", 0, stored=True)


@pytest.mark.data
def test_pet_is_in_the_unit_that_its_series_is_listed_with(data):
    from viewer.core.progress import Silent
    from viewer.io.load import load
    from viewer.io.scan import scan

    (series,) = (s for _, s in scan([data / "pet_headneck_qin01" / "PET"], Silent()).all_series())
    volume = load(series, Silent())
    assert volume.unit == "g/ml{SUVbw}"
    shown = volume.voxels[100] * volume.slope + volume.intercept
    found = frame_of(series.instances[100].path, 0, stored=False)
    assert np.allclose(found, shown, rtol=1e-5)


def test_an_array_is_written_under_exactly_its_name(tmp_path):
    values = np.arange(6, dtype=np.int16).reshape(2, 3)
    save_array(tmp_path / "new" / "frame", values)
    assert np.array_equal(np.load(tmp_path / "new" / "frame"), values)
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["frame"]
