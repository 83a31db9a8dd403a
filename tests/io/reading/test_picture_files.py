"""PNG, JPEG, TIFF and BMP: pictures that know of no patient, right or refused."""

from __future__ import annotations

import io
import struct
import zlib

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from viewer.core.progress import Silent
from viewer.core.stack import Stack
from viewer.core.study import SeriesKind
from viewer.io.load import load, open_series
from viewer.io.pixels import frame_of
from viewer.io.thumbnail import thumbnail
from viewer.io.written import understand, write

RANDOM = np.random.default_rng(5)
GREY = np.cumsum(RANDOM.integers(-3, 4, (20, 30)), axis=1).astype(np.uint8)
DEEP = RANDOM.integers(0, 65536, (20, 30)).astype(np.uint16)
COLOUR = np.stack([GREY, GREY[::-1], GREY[:, ::-1]], axis=-1)


def pillow(pixels, kind, mode="", **how: object) -> bytes:
    content = io.BytesIO()
    picture = Image.fromarray(pixels)
    (picture.convert(mode) if mode else picture).save(content, kind, **how)
    return content.getvalue()


def tiff(pixels, **how: object) -> bytes:
    content = io.BytesIO()
    tifffile.imwrite(content, pixels, **how)
    return content.getvalue()


def codes(series) -> list[str]:
    return [notice.code for notice in series.notices]


def only_frame(series) -> np.ndarray:
    (one,) = series()
    stack = load(one, Silent())
    assert isinstance(stack, Stack)
    assert stack.frames[0].spacing_mm is None
    assert stack.frames[0].plane is None
    assert "no_calibration" in codes(one)
    return stack.frames[0].pixels


EXACT = {
    "grey.png": (lambda: bytes(imagecodecs.png_encode(GREY)), GREY),
    "deep.png": (lambda: bytes(imagecodecs.png_encode(DEEP)), DEEP),
    "colour.png": (lambda: bytes(imagecodecs.png_encode(COLOUR)), COLOUR),
    "deep_colour.png": (
        lambda: bytes(imagecodecs.png_encode(COLOUR.astype(np.uint16) * 256 + 255)), COLOUR),
    "alpha.png": (lambda: pillow(np.dstack([COLOUR, GREY]), "PNG"), COLOUR),
    "grey_alpha.png": (lambda: pillow(np.dstack([GREY, GREY[::-1]]), "PNG"), GREY),
    "palette.png": (lambda: pillow(COLOUR, "PNG", "P"),
                    np.asarray(Image.fromarray(COLOUR).convert("P").convert("RGB"))),
    "grey.bmp": (lambda: pillow(GREY, "BMP"), GREY),
    "colour.bmp": (lambda: pillow(COLOUR, "BMP"), COLOUR),
    "colour.tif": (lambda: tiff(COLOUR, photometric="rgb"), COLOUR),
    "deep_colour.tif": (
        lambda: tiff(COLOUR.astype(np.uint16) * 257, photometric="rgb"), COLOUR),
    "planar.tif": (lambda: tiff(np.moveaxis(COLOUR, -1, 0), photometric="rgb",
                                planarconfig="separate"), COLOUR),
    "alpha.tif": (lambda: tiff(np.dstack([COLOUR, GREY]), photometric="rgb",
                               extrasamples=["unassalpha"]), COLOUR),
    "big.tif": (lambda: tiff(DEEP, bigtiff=True), DEEP),
    "big_endian.tif": (lambda: tiff(DEEP.astype(">u2"), byteorder=">"), DEEP),
    "tiles.tif": (lambda: tiff(DEEP, tile=(16, 16)), DEEP),
    "lzw.tif": (lambda: tiff(DEEP, compression="lzw"), DEEP),
    "deflate.tif": (lambda: tiff(DEEP, compression="deflate", predictor=True), DEEP),
    "bilevel.tif": (lambda: pillow(GREY, "TIFF", "1", compression="group4"),
                    np.asarray(Image.fromarray(GREY).convert("1")).astype(np.uint8)),
    "cmyk.tif": (lambda: pillow(COLOUR, "TIFF", "CMYK"), COLOUR),
}  # fmt: skip


@pytest.mark.parametrize("name", EXACT)
def test_pixels_are_what_was_written(tmp_path, series, name):
    write_it, truth = EXACT[name]
    (tmp_path / name).write_bytes(write_it())
    got = only_frame(series)
    assert got.shape == truth.shape
    assert got.dtype == truth.dtype
    assert np.abs(got.astype(int) - truth).max() <= (1 if "cmyk" in name else 0)


@pytest.mark.parametrize("kind", ["u1", "i1", "u2", "i2", "u4", "i4", "f2", "f4", "f8"])
def test_every_kind_of_number_in_tiff_is_kept(tmp_path, series, kind):
    values = RANDOM.integers(-100 if kind[0] != "u" else 0, 120, (20, 30)).astype(kind)
    (tmp_path / "case.tif").write_bytes(tiff(values))
    got = only_frame(series)
    assert np.array_equal(got, values)
    assert got.dtype == (values.dtype if kind not in ("f2", "f8") else np.float32)


def test_palettes_in_tiff_become_colours(tmp_path, series):
    table = RANDOM.integers(0, 65536, (3, 256)).astype(np.uint16)
    (tmp_path / "case.tif").write_bytes(tiff(GREY, photometric="palette", colormap=table))
    assert np.abs(only_frame(series).astype(int) - (table.T[GREY] / 257)).max() <= 1


def test_white_is_zero_is_inverted_not_changed(tmp_path, series):
    (tmp_path / "case.tif").write_bytes(tiff(GREY, photometric="miniswhite"))
    (one,) = series()
    frame = load(one, Silent()).frames[0]
    assert frame.inverted
    assert np.array_equal(frame.pixels, GREY)


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"mode": "CMYK"}])
def test_jpeg_is_shown_and_called_lossy(tmp_path, series, how):
    smooth = np.dstack([np.add.outer(np.arange(40), np.arange(60))] * 3).astype(np.uint8)
    smooth[..., 1] += 60
    (tmp_path / "case.jpg").write_bytes(pillow(smooth, "JPEG", quality=97, **how))
    got = only_frame(series)
    assert np.abs(got.astype(int) - smooth).max() <= 6
    assert "lossy" in codes(series()[0])
    assert ("colour_converted" in codes(series()[0])) == bool(how.get("mode"))


TURNED = {
    1: lambda p: p, 2: np.fliplr, 3: lambda p: np.rot90(p, 2), 4: np.flipud,
    5: lambda p: np.swapaxes(p, 0, 1), 6: lambda p: np.rot90(p, -1),
    7: lambda p: np.rot90(np.swapaxes(p, 0, 1), 2), 8: np.rot90,
}  # fmt: skip


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_a_picture_is_turned_as_its_file_asks_and_that_is_said(tmp_path, series, kind, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    (tmp_path / f"case.{kind.lower()}").write_bytes(pillow(GREY, kind, exif=exif))
    got = only_frame(series)
    assert np.array_equal(got, TURNED[orientation](GREY))
    assert ("turned" in codes(series()[0])) == (orientation != 1)
    assert series()[0].rows == got.shape[0]


def test_a_jpeg_from_a_camera_is_turned(tmp_path, series):
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "case.jpg").write_bytes(pillow(COLOUR, "JPEG", quality=98, exif=exif))
    assert only_frame(series).shape == (30, 20, 3)
    assert any("90 degrees clockwise" in notice.sentence for notice in series()[0].notices)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
def test_dots_per_inch_are_never_taken_for_mm_in_the_patient(tmp_path, series, kind):
    (tmp_path / f"case.{kind.lower()}").write_bytes(pillow(GREY, kind, dpi=(300, 300)))
    only_frame(series)
    (said,) = [n for n in series()[0].notices if n.code == "no_calibration"]
    assert "300 dots per inch" in said.sentence


def test_each_page_of_a_tiff_is_a_frame(tmp_path, series):
    pages = RANDOM.integers(0, 4096, (7, 20, 30)).astype(np.uint16)
    (tmp_path / "case.tif").write_bytes(tiff(pages, photometric="minisblack"))
    (one,) = series()
    assert (one.kind, len(one.instances)) == (SeriesKind.STACK, 7)
    assert np.array_equal(np.stack([f.pixels for f in load(one, Silent()).frames]), pages)
    assert np.array_equal(frame_of(tmp_path / "case.tif", 4, stored=True), pages[4])


def test_pages_of_other_sizes_are_listed_on_their_own(tmp_path, series):
    content = io.BytesIO()
    with tifffile.TiffWriter(content) as writer:
        for pixels in (GREY, GREY, DEEP[:10]):
            writer.write(pixels, contiguous=False)
    (tmp_path / "case.tif").write_bytes(content.getvalue())
    listed = sorted(series(), key=lambda one: one.key)
    assert [len(one.instances) for one in listed] == [2, 1]
    assert np.array_equal(load(listed[1], Silent()).frames[0].pixels, DEEP[:10])


def test_smaller_copies_in_a_tiff_are_left_aside(tmp_path, series):
    content = io.BytesIO()
    with tifffile.TiffWriter(content) as writer:
        writer.write(GREY)
        writer.write(GREY[::2, ::2], subfiletype=1)
    (tmp_path / "case.tif").write_bytes(content.getvalue())
    (one,) = series()
    assert (len(one.instances), "reduced" in codes(one)) == (1, True)


def png(pixels=GREY) -> bytes:
    return bytes(imagecodecs.png_encode(pixels))


def test_numbered_pictures_of_a_folder_are_one_stack_in_natural_order(tmp_path, listed):
    folder = tmp_path / "knee"
    folder.mkdir()
    for number in (1, 2, 3, 4, 5, 6, 8, 9, 10, 11):
        (folder / f"slice{number}.png").write_bytes(png(np.full((9, 8), number, np.uint8)))
    (folder / "slice2_note.png").write_bytes(png(DEEP))
    ((_, stack), (_, other)) = listed().all_series()
    study = listed().studies[0]
    assert study.description == "knee"
    assert (stack.description, other.description) == ("knee (slice#.png)", "slice2_note.png")
    values = [int(frame.pixels[0, 0]) for frame in load(stack, Silent()).frames]
    assert values == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11]
    (missing,) = [n for n in stack.notices if n.code == "missing_number"]
    assert "number 7 is missing" in missing.sentence


def test_pictures_of_two_patients_never_share_a_stack(tmp_path, series):
    for patient in (1, 2):
        for number in (1, 2, 3):
            name = f"patient{patient}_slice{number}.png"
            (tmp_path / name).write_bytes(png(GREY + patient * 10 + number))
    assert [len(one.instances) for one in series()] == [3, 3]


def test_pictures_beside_dicom_are_a_study_of_their_own(tmp_path, write, listed):
    for number in (1, 2, 3):
        write(number)
    (tmp_path / "thumb.jpg").write_bytes(pillow(GREY, "JPEG"))
    studies = listed().studies
    assert sorted(len(study.series) for study in studies) == [1, 1]
    assert {study.series[0].format for study in studies} == {"DICOM", "JPEG"}


def test_dicom_that_calls_itself_a_picture_is_dicom(write, series):
    write(1, name="slice.jpg")
    (one,) = series()
    assert one.format == "DICOM"


def test_the_same_pictures_have_the_same_uids_whatever_they_are_called(tmp_path, series):
    (tmp_path / "one.png").write_bytes(png())
    first = series()[0]
    (tmp_path / "one.png").rename(tmp_path / "two.png")
    assert (first.uid, first.study_uid) == (series()[0].uid, series()[0].study_uid)


def test_a_picture_has_a_thumbnail(tmp_path, series):
    (tmp_path / "case.tif").write_bytes(tiff(DEEP))
    assert thumbnail(series()[0]).shape == (20, 30)


def test_a_head_of_pictures_comes_back_as_it_was_written_down(tmp_path):
    from viewer.io.scan import look_at

    (tmp_path / "case.tif").write_bytes(tiff(GREY, photometric="palette", colormap=None or
                                             np.zeros((3, 256), np.uint16)))  # fmt: skip
    found = look_at(tmp_path / "case.tif")
    again = understand(write(found, found.path), found.path)
    assert (again.path, again.digest, again.notices) == (found.path, found.digest, found.notices)
    assert again.pages[0].shown == (20, 30)


CUT = {
    "png": png, "jpg": lambda: pillow(COLOUR, "JPEG"), "bmp": lambda: pillow(COLOUR, "BMP"),
    "tif": lambda: tiff(DEEP), "jpeg": lambda: pillow(COLOUR, "JPEG", progressive=True),
}  # fmt: skip


@pytest.mark.parametrize("ending", CUT)
@pytest.mark.parametrize("kept", [0.2, 0.6, 0.98])
def test_a_picture_cut_off_is_refused_never_shown_as_whole(tmp_path, listed, ending, kept):
    whole = CUT[ending]()
    (tmp_path / f"case.{ending}").write_bytes(whole[: int(len(whole) * kept)])
    (refusal,) = listed().refused
    assert refusal.code == "truncated"


def test_a_thumbnail_within_does_not_end_a_jpeg(tmp_path, listed):
    exif = b"Exif\0\0" + pillow(GREY[:8, :8], "JPEG")
    whole = pillow(COLOUR, "JPEG")
    inside = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    (tmp_path / "case.jpg").write_bytes(whole[:2] + inside + whole[2:-60])
    (refusal,) = listed().refused
    assert refusal.code == "truncated"


def test_damaged_pixels_are_named_in_their_place(tmp_path, series):
    for number in (1, 2, 3):
        (tmp_path / f"{number}.png").write_bytes(png(GREY + number))
    data = bytearray((tmp_path / "2.png").read_bytes())
    data[70] ^= 0xFF
    (tmp_path / "2.png").write_bytes(data)
    loading = open_series(series()[0])
    stack = loading.run(Silent(), lambda _: None)
    assert [bool(frame.damage) for frame in stack.frames] == [False, True, False]
    assert "2.png" in loading.notices[-1].sentence


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_bomb(columns: int, rows: int, colour: int = 6) -> bytes:
    head = struct.pack(">IIBBBBB", columns, rows, 16, colour, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1 << 20), 9))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def jpeg_bomb() -> bytes:
    data = bytearray(pillow(GREY, "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 65000, 65000)
    return bytes(data)


def tiff_bomb(width: int) -> bytes:
    data = bytearray(tiff(GREY, compression="deflate"))
    at = data.index(struct.pack("<HHI", 256, 4, 1))
    data[at : at + 12] = struct.pack("<HHII", 256, 4, 1, width)
    return bytes(data)


def tiff_circle() -> bytes:
    data = bytearray(tiff(np.stack([GREY] * 3), photometric="minisblack"))
    first = struct.unpack_from("<I", data, 4)[0]
    count = struct.unpack_from("<H", data, first)[0]
    data[first + 2 + 12 * count : first + 6 + 12 * count] = struct.pack("<I", first)
    return bytes(data)


BOMBS = {
    "wide.png": lambda: png_bomb(2_000_000_000, 2_000_000_000),
    "large.png": lambda: png_bomb(60_000, 60_000),
    "large.jpg": jpeg_bomb,
    "large.tif": lambda: tiff_bomb(4_000_000_000),
    "circle.tif": tiff_circle,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_anything_is_decoded(tmp_path, listed, name):
    (tmp_path / name).write_bytes(BOMBS[name]())
    (refusal,) = listed().refused
    assert refusal.code == "implausible_size"


@pytest.mark.parametrize("ending", ["png", "jpg", "tif", "bmp"])
def test_mangled_heads_are_refused_or_named(tmp_path, listed, ending):
    whole = {**CUT, "jpg": CUT["jpg"]}[ending]()
    for number in range(40):
        data = bytearray(whole)
        for at in RANDOM.integers(2, min(len(data), 200), 3):
            data[at] = RANDOM.integers(0, 256)
        (tmp_path / f"case{number}x{ending}.{ending}").write_bytes(data)
    catalogue = listed()
    for _, one in catalogue.all_series():
        stack = open_series(one).run(Silent(), lambda _: None)
        assert len(stack.frames) == len(one.instances)
    opened = sum(len(one.instances) for _, one in catalogue.all_series())
    assert opened + len(catalogue.refused) >= 40


def test_real_radiographs_without_dicom_are_shown(data, tmp_path):
    from viewer.io.scan import scan

    path = min((data / "cr_chest_pneumonia" / "NORMAL").glob("*.jpeg"))
    ((_, one),) = scan([path], Silent()).all_series()
    truth = np.asarray(Image.open(path))
    got = load(one, Silent()).frames[0].pixels
    assert np.abs(got.astype(int) - truth).max() <= 2
