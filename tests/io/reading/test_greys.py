"""How stored values become grey by what a file says, against pydicom and by hand."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset
from pydicom.pixels import apply_rescale, apply_voi, apply_windowing
from pydicom.uid import (
    ComputedRadiographyImageStorage,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from viewer.core.progress import Silent
from viewer.core.stack import Stack
from viewer.core.volume import Volume
from viewer.core.window import Curve, Window
from viewer.imaging.tone import tone
from viewer.io.convert import Wish, convert
from viewer.io.forms import Form
from viewer.io.load import load, open_series
from viewer.io.scan import scan

RAMP = np.linspace(-32768, 32767, 48 * 64).round().astype(np.int16).reshape(48, 64)
SIZE = {"Rows": 48, "Columns": 64}
SIGNED = {"PixelRepresentation": 1, **SIZE, "PixelData": (RAMP // 8).tobytes()}
UNSIGNED = {
    "PixelRepresentation": 0, **SIZE, "PixelData": ((RAMP.astype(int) + 32768) // 16)
    .astype(np.uint16).tobytes(),
}  # fmt: skip


def codes(series) -> set[str]:
    return {notice.code for notice in open_series(series).notices} - {"single_slice"}


def table(first: int, entries: list[int], bits: int = 16, **more: object) -> Dataset:
    made = Dataset()
    made.LUTDescriptor = [len(entries) % 65536, first % 65536, bits]
    made["LUTDescriptor"].VR = "US"
    for name, value in more.items():
        setattr(made, name, value)
    made.add_new("LUTData", "US", entries)
    return made


def shown(source, window: Window) -> NDArray[np.int_]:
    """The greys of a volume's first slice or of a frame, as the screen has them."""
    pixels = source.voxels[0] if isinstance(source, Volume) else source.pixels
    stored = window.scaled(1 / source.slope, -source.intercept / source.slope)
    return tone(pixels, stored, invert=source.inverted)[..., 0].astype(int)


def only_image(series) -> tuple[Volume | Stack, object]:
    (only,) = series()
    image = load(only, Silent())
    return image, image if isinstance(image, Volume) else image.frames[0]


def by_pydicom(path: Path, index: int) -> NDArray[np.float64]:
    """The greys 0 to 255 that pydicom gives a picture by one of its windows."""
    file = pydicom.dcmread(path)
    with np.errstate(over="ignore"):
        toned = apply_windowing(apply_rescale(file.pixel_array, file), file, index)
    signed, depth = file.PixelRepresentation, file.BitsStored
    ends = np.array([-(2 ** (depth - 1)), 2 ** (depth - 1) - 1] if signed else [0, 2**depth - 1])
    low, high = ends * float(file.RescaleSlope) + float(file.RescaleIntercept)
    return (toned - low) / (high - low) * 255


# curves


@pytest.mark.parametrize("function", [None, "LINEAR", "LINEAR_EXACT", "SIGMOID"])
@pytest.mark.parametrize("kind", [SIGNED, UNSIGNED], ids=["signed", "unsigned"])
@pytest.mark.parametrize(("slope", "intercept"), [(1, 0), (1, -1024), (0.5, 10), (2.5, -300)])
def test_windows_are_drawn_as_pydicom_computes_them(
    write, series, function, kind, slope, intercept
):
    said = {} if function is None else {"VOILUTFunction": function}
    path = write(
        1, **kind, RescaleSlope=slope, RescaleIntercept=intercept,
        WindowCenter=[40, 700, 3.5], WindowWidth=[400, 3001, 1], **said,
    )  # fmt: skip
    image, source = only_image(series)
    assert len(image.windows) == 3
    for number, (_, window) in enumerate(image.windows):
        difference = shown(source, window) - by_pydicom(path, number)
        assert np.abs(difference).max() <= 0.51
    assert not codes(series()[0])


@pytest.mark.parametrize("bits", [8, 10, 12, 16])
@pytest.mark.parametrize("kind", [SIGNED, UNSIGNED], ids=["signed", "unsigned"])
@pytest.mark.parametrize(("slope", "intercept"), [(1, 0), (1, -1024), (2, -300)])
def test_tables_are_drawn_as_pydicom_looks_them_up(write, series, kind, bits, slope, intercept):
    full = 2**bits - 1
    rising = (np.linspace(0, 1, 2000) ** 2 * full).round().astype(int).tolist()
    jumping = ([0, full, full // 3] * 100) + [full]
    first = -500 if kind is SIGNED or intercept else 300
    path = write(
        1, **kind, RescaleSlope=slope, RescaleIntercept=intercept,
        VOILUTSequence=[
            table(first, rising, bits, LUTExplanation="Chest"), table(700, jumping, bits),
        ],
    )  # fmt: skip
    file = pydicom.dcmread(path)
    for item in file.VOILUTSequence:
        start = item.LUTDescriptor[1]
        item.LUTDescriptor[1] = start - 65536 if start > 32767 else start
    image, source = only_image(series)
    assert [name for name, _ in image.windows] == ["Chest", "Table 2"]
    values = apply_rescale(file.pixel_array, file).astype(np.int64)
    for number, (_, window) in enumerate(image.windows):
        item = file.VOILUTSequence[number]
        entries, start = np.array(item.LUTData), item.LUTDescriptor[1]
        wanted = entries[np.clip(values - start, 0, len(entries) - 1)]
        # pydicom 3.0 counts in bytes in tables of bytes
        assert bits == 8 or np.array_equal(wanted, apply_voi(values, file, number))
        assert np.abs(shown(source, window) - wanted / full * 255).max() <= 0.51
    assert not codes(series()[0])


@pytest.mark.parametrize(
    "syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian]
)
@pytest.mark.parametrize("packed", ["US", "OW", "OW in bytes"])
def test_a_table_is_read_however_it_is_packed(write, series, syntax, packed):
    bits = 8 if packed == "OW in bytes" else 12
    entries = np.arange(200) * (2**bits - 1) // 199
    lut = table(-50, entries.tolist(), bits)
    order = ">" if syntax == ExplicitVRBigEndian else "<"
    if packed == "OW":
        lut["LUTData"].VR, lut.LUTData = "OW", entries.astype(f"{order}u2").tobytes()
    elif packed == "OW in bytes":
        pairs = entries.astype(np.uint8).view("<u2")
        lut["LUTData"].VR, lut.LUTData = "OW", pairs.astype(f"{order}u2").tobytes()
    data = np.frombuffer(SIGNED["PixelData"], "<i2").astype(f"{order}i2").tobytes()
    write(
        1, syntax=syntax, **(SIGNED | {"PixelData": data}), RescaleIntercept=0,
        VOILUTSequence=[lut],
    )  # fmt: skip
    image, _ = only_image(series)
    ((_, window),) = image.windows
    assert (window.curve, window.low, window.high) == (Curve.TABLE, -50, 149)
    expected = np.rint(entries / (2**bits - 1) * 255).astype(np.uint8)
    assert np.array_equal(window.grey(np.arange(-50, 150)), expected)


def test_a_large_table_begins_where_unsigned_values_do(write, series):
    lut = table(40000, list(range(0, 65536, 256)))
    write(1, **UNSIGNED, RescaleIntercept=0, VOILUTSequence=[lut])
    image, _ = only_image(series)
    assert image.windows[0][1].low == 40000


def test_windows_and_tables_are_offered_by_their_names(write, series):
    write(
        1, WindowCenter=[40, -600], WindowWidth=[400, 1500],
        WindowCenterWidthExplanation=["Mediastinum", "Lung"],
        VOILUTSequence=[
            table(0, [0, 65535], LUTExplanation="Hart"), table(0, [0, 9, 65535]),
        ],
    )  # fmt: skip
    image, _ = only_image(series)
    assert image.windows[:2] == (
        ("Mediastinum", Window(40, 400, Curve.LINEAR)), ("Lung", Window(-600, 1500, Curve.LINEAR))
    )  # fmt: skip
    assert [name for name, _ in image.windows[2:]] == ["Hart", "Table 2"]


def test_a_table_that_names_too_many_bits_is_shown_by_those_it_has(write, series):
    write(1, VOILUTSequence=[table(0, list(range(4096)), 16)])
    (only,) = series()
    assert codes(only) == {"voi_table"}
    assert load(only, Silent()).windows[0][1].grey(np.array([4095]))[0] == 255


@pytest.mark.parametrize("change", [
    {"LUTDescriptor": None}, {"LUTData": None}, {"LUTData": [5]}, {"LUTDescriptor": [3]},
])  # fmt: skip
def test_a_damaged_table_is_named_and_the_picture_shown(write, series, change):
    lut = table(0, [0, 5, 65535])
    for name, value in change.items():
        if value is None:
            delattr(lut, name)
        else:
            setattr(lut, name, value)
    write(1, VOILUTSequence=[lut], WindowCenter=40, WindowWidth=400)
    image, _ = only_image(series)
    assert len(image.windows) == 1
    assert codes(series()[0]) == {"voi_table"}


def test_a_hundred_tables_are_not_all_kept(write, series):
    write(1, VOILUTSequence=[table(0, [0, 65535])] * 100)
    image, _ = only_image(series)
    assert len(image.windows) == 16
    assert codes(series()[0]) == {"voi_table"}


def test_an_unknown_curve_is_named(write, series):
    write(1, WindowCenter=40, WindowWidth=400, VOILUTFunction="GAMMA")
    (only,) = series()
    assert codes(only) == {"voi_function"}


def test_a_linear_window_of_less_than_one_value_is_taken_as_exact(write, series):
    write(1, WindowCenter=0.2, WindowWidth=0.5)
    image, _ = only_image(series)
    assert image.windows[0][1] == Window(0.2, 0.5)


def test_the_public_picture_with_a_table_is_drawn_by_it(tmp_path):
    path = Path(get_testdata_file("vlut_04.dcm"))
    (tmp_path / "vlut.dcm").write_bytes(path.read_bytes())
    (only,) = [one for _, one in scan([tmp_path], Silent()).all_series()]
    image = load(only, Silent())
    file = pydicom.dcmread(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted = apply_voi(file.pixel_array, file) / 65535 * 255
    window = next(window for _, window in image.windows if window.curve is Curve.TABLE)
    assert np.abs(shown(image.frames[0], window) - wanted).max() <= 0.51


# inversion


@pytest.mark.parametrize("kind", ["MONOCHROME1", "MONOCHROME2"])
@pytest.mark.parametrize("shape", [None, "IDENTITY", "INVERSE"])
def test_greys_are_never_inverted_twice_and_contradictions_are_named(write, series, kind, shape):
    said = {} if shape is None else {"PresentationLUTShape": shape}
    write(1, PhotometricInterpretation=kind, **said)
    (only,) = series()
    _, source = only_image(series)
    assert source.inverted == (kind == "MONOCHROME1")
    agreed = shape in (None, {"MONOCHROME1": "INVERSE", "MONOCHROME2": "IDENTITY"}[kind])
    assert codes(only) == (set() if agreed else {"presentation"})


def test_inverted_greys_leave_values_alone_and_come_after_the_window(write, series):
    write(1, PhotometricInterpretation="MONOCHROME1", WindowCenter=-900, WindowWidth=41)
    image, source = only_image(series)
    pixels = source.voxels[0] if isinstance(source, Volume) else source.pixels
    assert pixels[0, 3] == 103
    plain = image.windows[0][1].grey(pixels.astype(float) - 1024)
    assert len(np.unique(plain)) > 10
    assert np.abs(shown(source, image.windows[0][1]) + plain - 255).max() <= 1


def radiograph(write, number: int, **said: object) -> None:
    write(
        number, SOPClassUID=ComputedRadiographyImageStorage, Modality="CR",
        ImagePositionPatient=None, ImageOrientationPatient=None, FrameOfReferenceUID=None,
        RescaleIntercept=0, RescaleType=None, **said,
    )  # fmt: skip


def test_each_radiograph_of_a_series_has_its_own_inversion_and_window(write, series):
    radiograph(
        write, 1, PhotometricInterpretation="MONOCHROME1", WindowCenter=124, WindowWidth=49,
        PresentationLUTShape="INVERSE",
    )  # fmt: skip
    radiograph(write, 2, VOILUTSequence=[table(200, list(range(0, 48000, 1000)))])
    (only,) = series()
    stack = load(only, Silent())
    assert isinstance(stack, Stack)
    first, second = stack.frames
    assert (first.inverted, second.inverted) == (True, False)
    assert first.windows == (("Window 1", Window(124, 49, Curve.LINEAR)),)
    assert second.windows[0][1].curve is Curve.TABLE
    one, two = (shown(frame, frame.windows[0][1]) for frame in stack.frames)
    assert (one[0, 0], one[-1, -1]) == (255 - 3, 3)
    assert (two[0, 0], two[-1, -1]) == (0, round(47000 / 65535 * 255))


def test_values_that_fall_are_shown_by_the_same_curve(write, series):
    entries = [0, 100, 300, 1000, 65535]
    radiograph(write, 1, RescaleSlope=-1, VOILUTSequence=[table(-147, entries)])
    file = pydicom.dcmread(series()[0].instances[0].path)
    (frame,) = load(series()[0], Silent()).frames
    stored = frame.windows[0][1].scaled(1 / frame.slope, -frame.intercept / frame.slope)
    greys = tone(frame.pixels, stored, invert=True)[..., 0]
    item = file.VOILUTSequence[0]
    item.LUTDescriptor[1] = -147
    wanted = apply_voi(-file.pixel_array.astype(int), file) / 65535 * 255
    assert np.abs(greys - wanted).max() <= 1
    assert len(np.unique(greys)) > 2


# padding


def test_padding_is_known_by_its_stored_values(write, series):
    for number in (1, 2, 3):
        write(number, PixelPaddingValue=-2000, PixelPaddingRangeLimit=-1990)
    image, _ = only_image(series)
    assert isinstance(image, Volume)
    assert image.padding == (-2000, -1990)


@pytest.mark.parametrize(("representation", "value", "known"), [
    (0, 65535, (65535, 65535)), (1, -1, (-1, -1)), (0, None, None),
])  # fmt: skip
def test_padding_has_the_sign_of_the_pixels(write, series, representation, value, known):
    said = {} if value is None else {"PixelPaddingValue": value}
    radiograph(write, 1, PixelRepresentation=representation, **said)
    (frame,) = load(series()[0], Silent()).frames
    assert frame.padding == known


def test_slices_of_different_scales_have_one_value_for_their_padding(write, series):
    for number in (1, 2, 3):
        stored = np.full((8, 6), 50, np.int16)
        stored[0] = -2000
        write(number, PixelData=stored.tobytes(), RescaleSlope=number, PixelPaddingValue=-2000)
    image, _ = only_image(series)
    assert isinstance(image, Volume)
    low, high = image.padding
    assert low == high
    padded = image.voxels == low
    assert padded[:, 0].all()
    assert not padded[:, 1:].any()
    assert low == pytest.approx(-7024, rel=1e-6)
    assert image.values()[2, 1, 0] == 3 * 50 - 1024


def test_padding_of_some_slices_alone_is_no_padding_in_the_others(write, series):
    for number in (1, 2, 3):
        said = {} if number == 2 else {"PixelPaddingValue": 100 * number}
        write(number, PixelData=np.full((8, 6), 100, np.int16).tobytes(), **said)
    image, _ = only_image(series)
    padded = (image.voxels >= image.padding[0]) & (image.voxels <= image.padding[1])
    assert [bool(one.all()) for one in padded] == [True, False, False]
    assert image.values()[1, 0, 0] == 100 - 1024


def test_colours_have_no_padding(write, series):
    radiograph(
        write, 1, SamplesPerPixel=3, PhotometricInterpretation="RGB", PlanarConfiguration=0,
        BitsAllocated=8, BitsStored=8, HighBit=7, PixelRepresentation=0, PixelPaddingValue=0,
        PixelData=bytes(8 * 6 * 3),
    )  # fmt: skip
    (frame,) = load(series()[0], Silent()).frames
    assert frame.padding is None


# saved pictures


def test_saved_pictures_have_the_greys_of_the_screen(write, tmp_path):
    common = {"PixelPaddingValue": 147, "RescaleSlope": 1}
    radiograph(
        write, 1, PhotometricInterpretation="MONOCHROME1", WindowCenter=124, WindowWidth=49,
        VOILUTFunction="SIGMOID", **common,
    )  # fmt: skip
    greys = [0, 65535, 30000] * 20
    radiograph(write, 2, VOILUTSequence=[table(200, greys, LUTExplanation="Hart")], **common)
    convert([tmp_path], Wish(tmp_path / "out", Form.PNG), "", Silent())
    (place,) = (tmp_path / "out").iterdir()
    told = json.loads((place / "geometry.json").read_text())
    assert [one["inverted"] for one in told["pictures"]] == [True, False]
    assert told["pictures"][0]["window"]["curve"] == "sigmoid"
    assert told["pictures"][1]["window"]["name"] == "Hart"
    first, second = (
        imagecodecs.png_decode((place / one["file"]).read_bytes()) for one in told["pictures"]
    )
    steps = np.arange(100, 148)
    inverse = 255 / (1 + np.exp(4 * (steps - 124) / 49))
    inverse[-1] = 0
    assert np.abs(first.ravel() - inverse).max() <= 0.51
    assert np.abs(second.ravel() - np.array(greys[:48]) / 65535 * 255).max() <= 0.51


# enhanced objects


def function_groups(number: int, **window: object) -> Dataset:
    made, place, voi = Dataset(), Dataset(), Dataset()
    place.ImagePositionPatient = [0, 0, float(number * number)]
    made.PlanePositionSequence = [place]
    for name, value in window.items():
        setattr(voi, name, value)
    made.FrameVOILUTSequence = [voi]
    return made


def test_frames_of_an_enhanced_object_have_their_own_windows(write, series):
    shared, turn, size = Dataset(), Dataset(), Dataset()
    turn.ImageOrientationPatient, size.PixelSpacing = [1, 0, 0, 0, 1, 0], [1, 1]
    shared.PlaneOrientationSequence, shared.PixelMeasuresSequence = [turn], [size]
    groups = [
        function_groups(0, WindowCenter=[100, 5], WindowWidth=[50, 2]),
        function_groups(1, WindowCenter=200, WindowWidth=80, VOILUTFunction="SIGMOID"),
        function_groups(2, WindowCenter=300, WindowWidth=90, VOILUTFunction="LINEAR_EXACT"),
    ]
    write(
        1, NumberOfFrames=3, PixelData=np.zeros((3, 8, 6), np.int16).tobytes(), Modality="MR",
        SharedFunctionalGroupsSequence=[shared], PerFrameFunctionalGroupsSequence=groups,
        ImagePositionPatient=None, ImageOrientationPatient=None, PixelSpacing=None,
    )  # fmt: skip
    image, _ = only_image(series)
    assert isinstance(image, Stack)
    assert [[window for _, window in frame.windows] for frame in image.frames] == [
        [Window(100, 50, Curve.LINEAR), Window(5, 2, Curve.LINEAR)],
        [Window(200, 80, Curve.SIGMOID)],
        [Window(300, 90)],
    ]


def test_a_volume_takes_the_windows_of_its_middle_slice_and_says_where_inversion_differs(
    write, series
):
    for number in (1, 2, 3):
        kind = "MONOCHROME1" if number == 3 else "MONOCHROME2"
        write(
            number, WindowCenter=number, WindowWidth=10, PhotometricInterpretation=kind,
        )  # fmt: skip
    image, _ = only_image(series)
    assert isinstance(image, Volume)
    assert image.windows == (("Window 1", Window(2, 10, Curve.LINEAR)),)
    assert not image.inverted
    assert codes(series()[0]) == {"mixed_inversion"}
