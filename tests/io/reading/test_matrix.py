"""Every transfer syntax with every kind of pixel it may hold, written by our own encoder calls.

Not encoded here, for want of a permissive encoder: JPEG lossless with a point transform, arithmetic
and hierarchical JPEG, JPEG 2000 with more than one quality layer or tile part, 12-bit colour JPEG.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate, encapsulate_extended
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    SecondaryCaptureImageStorage,
)

from viewer.core.progress import Silent
from viewer.core.volume import Volume
from viewer.io.load import open_series
from viewer.io.scan import scan

ROWS, COLUMNS = 24, 20
UID = "1.2.826.0.1.3680043.8.498.77"
JPEG = "1.2.840.10008.1.2.4."
DEFLATED_FRAME = "1.2.840.10008.1.2.8.1"
RLE = "1.2.840.10008.1.2.5"
UNKNOWN_TO_PYDICOM = (DEFLATED_FRAME, f"{JPEG}110", f"{JPEG}111", f"{JPEG}112")


@dataclass(frozen=True)
class Kind:
    """Frames as they are stored, how the file describes them, and what a reader has to show."""

    stored: np.ndarray
    shown: np.ndarray
    describe: dict[str, object]
    words: dict[str, np.ndarray] = field(default_factory=dict)


def grey(bits: int, stored_bits: int, *, signed: bool = False, frames: int = 2) -> Kind:
    low, high = (-(1 << (stored_bits - 1)), (1 << (stored_bits - 1)) - 1) if signed else (
        0, (1 << stored_bits) - 1)  # fmt: skip
    steps = np.random.default_rng(bits + stored_bits).integers(-3, 4, (frames, ROWS, COLUMNS))
    smooth = np.cumsum(steps, axis=2) + (low + high) // 2
    smooth[:, 0, :2] = low, high
    values = smooth.clip(low, high).astype(f"{'i' if signed else 'u'}{max(1, bits // 8)}")
    return Kind(values, values, described("MONOCHROME2", 1, bits, stored_bits, signed=signed))


def described(
    photometric: str, samples: int, bits: int, stored: int, *, signed: bool = False, planar: int = 0
) -> dict[str, object]:
    return {
        "PhotometricInterpretation": photometric, "SamplesPerPixel": samples,
        "BitsAllocated": bits, "BitsStored": stored, "HighBit": stored - 1,
        "PixelRepresentation": int(signed),
        **({"PlanarConfiguration": planar} if samples == 3 else {}),
    }  # fmt: skip


def floating(width: int) -> Kind:
    values = np.random.default_rng(width).normal(0, 1e3, (2, ROWS, COLUMNS)).astype(f"f{width}")
    describe = described("MONOCHROME2", 1, width * 8, width * 8)
    for name in ("BitsStored", "HighBit", "PixelRepresentation"):
        del describe[name]
    return Kind(values, values, describe)


def rgb() -> np.ndarray:
    across, down = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
    one = np.stack([across * 12, down * 10, (across + down) * 5], axis=-1).astype(np.uint8)
    return np.stack([one, one[::-1, :, ::-1]])


def ybr_of(colours: np.ndarray) -> np.ndarray:
    weights = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5],
                        [0.5, -0.418688, -0.081312]])  # fmt: skip
    return (colours @ weights.T + (0, 128, 128)).round().clip(0, 255).astype(np.uint8)


def rgb_of(stored: np.ndarray) -> np.ndarray:
    y, cb, cr = (stored[..., n].astype(float) - (0, 128, 128)[n] for n in range(3))
    colours = [y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb]
    return np.stack(colours, axis=-1).round().clip(0, 255).astype(np.uint8)


def colour(photometric: str = "RGB", planar: int = 0) -> Kind:
    shown = rgb()
    stored = shown
    if photometric.startswith("YBR_FULL"):
        stored = ybr_of(shown)
        if photometric.endswith("422"):
            stored[:, :, 1::2, 1:] = stored[:, :, ::2, 1:]
        shown = rgb_of(stored)
    return Kind(stored, shown, described(photometric, 3, 8, 8, planar=planar))


def palette(bits: int) -> Kind:
    indices = np.random.default_rng(3).integers(0, 200, (2, ROWS, COLUMNS)).astype(f"u{bits // 8}")
    tables = np.random.default_rng(4).integers(0, 65536, (3, 200)).astype(np.uint16)
    names = [f"{name}PaletteColorLookupTable" for name in ("Red", "Green", "Blue")]
    describe = described("PALETTE COLOR", 1, bits, bits)
    describe |= {f"{name}Descriptor": [200, 0, 16] for name in names}
    shown = np.stack([(table >> 8).astype(np.uint8)[indices] for table in tables], axis=-1)
    return Kind(
        indices, shown, describe, {f"{name}Data": t for name, t in zip(names, tables, strict=True)}
    )


PLAIN: dict[str, Callable[[], Kind]] = {
    "u8": lambda: grey(8, 8), "i8": lambda: grey(8, 8, signed=True),
    "u10": lambda: grey(16, 10), "u12": lambda: grey(16, 12),
    "i12": lambda: grey(16, 12, signed=True), "u16": lambda: grey(16, 16),
    "i16": lambda: grey(16, 16, signed=True),
}  # fmt: skip
WIDE: dict[str, Callable[[], Kind]] = {
    "u32": lambda: grey(32, 32), "i32": lambda: grey(32, 32, signed=True),
}  # fmt: skip
BIT: dict[str, Callable[[], Kind]] = {"u1": lambda: grey(1, 1)}
FLOATS: dict[str, Callable[[], Kind]] = {
    "float": lambda: floating(4), "double": lambda: floating(8),
}  # fmt: skip
RGB: dict[str, Callable[[], Kind]] = {"rgb": colour}
YBR: dict[str, Callable[[], Kind]] = {"ybr_full": lambda: colour("YBR_FULL")}
PALETTES: dict[str, Callable[[], Kind]] = {
    "palette8": lambda: palette(8), "palette16": lambda: palette(16),
}  # fmt: skip
NATIVE_KINDS = (
    PLAIN | WIDE | BIT | FLOATS | RGB | YBR | PALETTES
    | {"rgb_planar": lambda: colour(planar=1), "ybr_planar": lambda: colour("YBR_FULL", planar=1),
       "ybr_422": lambda: colour("YBR_FULL_422")}
)  # fmt: skip
NATIVE = {
    "implicit": ImplicitVRLittleEndian, "explicit": ExplicitVRLittleEndian,
    "big_endian": ExplicitVRBigEndian, "deflated": DeflatedExplicitVRLittleEndian,
}  # fmt: skip


def packed(kind: Kind, order: str = "<") -> bytes:
    """The frames as a file holds them that does not compress."""
    stored = kind.stored
    if kind.describe["BitsAllocated"] == 1:
        return np.packbits(stored.reshape(-1), bitorder="little").tobytes()
    if kind.describe["PhotometricInterpretation"] == "YBR_FULL_422":
        pairs = stored.reshape(-1, COLUMNS // 2, 2, 3)
        halved = [pairs[:, :, 0, 0], pairs[:, :, 1, 0], pairs[:, :, 0, 1], pairs[:, :, 0, 2]]
        return np.stack(halved, axis=-1).tobytes()
    if kind.describe.get("PlanarConfiguration"):
        stored = np.moveaxis(stored, -1, 1)
    return np.ascontiguousarray(stored.astype(stored.dtype.newbyteorder(order))).tobytes()


def save(
    folder: Path,
    kind: Kind,
    syntax: str,
    frames: list[bytes] | None = None,
    pixels: bytes = b"",
    **more: object,
) -> None:
    """Write a file of these frames, compressed ones or else as they are."""
    big = syntax == ExplicitVRBigEndian
    file = Dataset()
    file.SOPClassUID, file.SOPInstanceUID = SecondaryCaptureImageStorage, f"{UID}.1"
    file.StudyInstanceUID, file.SeriesInstanceUID = f"{UID}.2", f"{UID}.3"
    file.PatientID, file.Modality, file.InstanceNumber = "matrix", "OT", 1
    file.Rows, file.Columns, file.NumberOfFrames = ROWS, COLUMNS, len(kind.stored)
    for name, value in (kind.describe | more).items():
        setattr(file, name, value)
    for name, words in kind.words.items():
        setattr(file, name, words.astype(">u2" if big else "<u2").tobytes())
    if frames is not None or pixels:
        file.PixelData = pixels or encapsulate(frames or [])
        file["PixelData"].VR = "OB"
        file["PixelData"].is_undefined_length = True
    elif kind.stored.dtype.kind == "f":
        name = "FloatPixelData" if kind.stored.dtype.itemsize == 4 else "DoubleFloatPixelData"
        setattr(file, name, packed(kind, ">" if big else "<"))
    else:
        data = packed(kind, ">" if big else "<")
        file.PixelData = data + b"\0" * (len(data) % 2)
        file["PixelData"].VR = "OW" if kind.stored.dtype.itemsize > 1 else "OB"
    file.file_meta = FileMetaDataset()
    known = syntax not in UNKNOWN_TO_PYDICOM
    file.file_meta.TransferSyntaxUID = syntax if known else f"{JPEG}100"
    file.save_as(
        folder / "file.dcm",
        implicit_vr=syntax == ImplicitVRLittleEndian,
        little_endian=not big,
        enforce_file_format=True,
    )
    if not known:
        spell(folder, f"{JPEG}100", syntax)


def spell(folder: Path, syntax: str, instead: str) -> None:
    """Name a transfer syntax that pydicom does not know of and would not write."""
    path = folder / "file.dcm"
    padded = instead.encode().ljust(len(syntax), b"\0")
    path.write_bytes(path.read_bytes().replace(syntax.encode(), padded, 1))


def loaded(folder: Path) -> np.ndarray:
    """What the reader makes of the one file in a folder."""
    catalogue = scan([folder], Silent())
    assert not catalogue.refused
    ((_, series),) = catalogue.all_series()
    loading = open_series(series)
    image = loading.run(Silent(), lambda _: None)
    assert not loading.notices
    assert not isinstance(image, Volume)
    assert all((frame.slope, frame.intercept) == (1.0, 0.0) for frame in image.frames)
    return np.stack([frame.pixels for frame in image.frames])


def same(got: np.ndarray, kind: Kind, tolerance: float = 0) -> None:
    assert got.shape == kind.shown.shape
    if kind.shown.dtype.kind != "f" and kind.shown.ndim == 3:
        assert got.dtype == kind.shown.dtype
    apart = np.abs(got.astype(float) - kind.shown.astype(np.float32).astype(float)) if (
        kind.shown.dtype.kind == "f") else np.abs(got.astype(float) - kind.shown)  # fmt: skip
    assert apart.max() <= tolerance


@pytest.mark.parametrize("syntax", NATIVE)
@pytest.mark.parametrize("kind", NATIVE_KINDS)
def test_pixels_that_are_not_compressed_are_what_was_written(tmp_path, syntax, kind):
    wanted = NATIVE_KINDS[kind]()
    save(tmp_path, wanted, NATIVE[syntax])
    same(loaded(tmp_path), wanted, tolerance=1 if kind.startswith("ybr") else 0)


def run_lengths(row: bytes) -> Iterator[bytes]:
    """PackBits, as PS3.5 G.3 has it: replicate runs of two and more, copy the rest."""
    at = 0
    while at < len(row):
        run = next((n for n in range(1, min(128, len(row) - at)) if row[at + n] != row[at]),
                   min(128, len(row) - at))  # fmt: skip
        if run > 1:
            yield bytes([257 - run, row[at]])
        else:
            yield bytes([0, row[at]])
        at += run


def rle(kind: Kind, frame: np.ndarray) -> bytes:
    if kind.describe["BitsAllocated"] == 1:
        planes = [np.packbits(frame.reshape(-1), bitorder="little").tobytes()]
    else:
        width = frame.dtype.itemsize
        octets = np.ascontiguousarray(frame.astype(frame.dtype.newbyteorder(">"))).view(np.uint8)
        planes = [octets.reshape(-1, width)[:, n].tobytes() for n in range(width)]
        if frame.ndim == 3:
            planes = [frame[:, :, n].tobytes() for n in range(3)]
    line = COLUMNS if kind.describe["BitsAllocated"] != 1 else 64
    segments = []
    for plane in planes:
        coded = b"".join(
            part for at in range(0, len(plane), line) for part in run_lengths(plane[at : at + line])
        )
        segments.append(coded + b"\0" * (len(coded) % 2))
    starts = np.cumsum([64, *map(len, segments)])[:-1]
    head = np.zeros(16, "<u4")
    head[0], head[1 : 1 + len(starts)] = len(segments), starts
    return head.tobytes() + b"".join(segments)


def deflated(kind: Kind, frame: np.ndarray) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    one = Kind(frame[None], frame[None], kind.describe)
    return deflate.compress(packed(one)) + deflate.flush()


def bare(kind: Kind, frame: np.ndarray) -> np.ndarray:
    """Signed words without their sign, for codecs that know of none."""
    bits = int(str(kind.describe["BitsStored"]))
    unsigned = frame.view(frame.dtype.str.replace("i", "u"))
    return unsigned & np.array((1 << bits) - 1, unsigned.dtype)


def lossless_jpeg(kind: Kind, frame: np.ndarray, predictor: int) -> bytes:
    bits = int(str(kind.describe["BitsStored"]))
    space = "RGB" if frame.ndim == 3 else None
    return bytes(imagecodecs.jpeg8_encode(
        bare(kind, frame), lossless=True, predictor=predictor, bitspersample=bits,
        colorspace=space, outcolorspace=space,
    ))  # fmt: skip


def jpeg2000(kind: Kind, frame: np.ndarray) -> bytes:
    mct = kind.describe["PhotometricInterpretation"] in ("YBR_RCT", "YBR_ICT")
    return bytes(
        imagecodecs.jpeg2k_encode(frame, reversible=True, codecformat="j2k", mct=mct,
                                  bitspersample=int(str(kind.describe["BitsStored"])))
    )  # fmt: skip


def htj2k(kind: Kind, frame: np.ndarray) -> bytes:
    return bytes(imagecodecs.htj2k_encode(frame, reversible=True))


def jpeg_xl(kind: Kind, frame: np.ndarray) -> bytes:
    stored = frame if frame.ndim == 3 else bare(kind, frame)
    return bytes(imagecodecs.jpegxl_encode(stored, lossless=True))


def encapsulated(kind: Kind, frame: np.ndarray) -> bytes:
    """A frame as it is, but in a fragment (PS3.5 A.4.11)."""
    data = packed(Kind(frame[None], frame[None], kind.describe))
    return data + b"\0" * (len(data) % 2)


RCT: dict[str, Callable[[], Kind]] = {"ybr_rct": lambda: colour("YBR_RCT")}
GREYS = PLAIN | PALETTES
LOSSLESS = {
    "rle": (RLE, rle, PLAIN | WIDE | BIT | RGB | YBR | PALETTES),
    "deflated_frame": (DEFLATED_FRAME, deflated, PLAIN | WIDE | BIT | RGB | YBR | PALETTES),
    "jpeg_lossless": (f"{JPEG}57", lambda k, f: lossless_jpeg(k, f, 6), GREYS | RGB),
    "jpeg_lossless_sv1": (f"{JPEG}70", lambda k, f: lossless_jpeg(k, f, 1), GREYS | RGB),
    "jpeg_ls": (f"{JPEG}80", lambda k, f: imagecodecs.jpegls_encode(bare(k, f)), GREYS | RGB),
    "jpeg_2000": (f"{JPEG}90", jpeg2000, GREYS | RGB | RCT),
    "htj2k": (f"{JPEG}201", htj2k, GREYS | RCT),
    "htj2k_rpcl": (f"{JPEG}202", htj2k, GREYS | RCT),
    "jpeg_xl": (f"{JPEG}110", jpeg_xl, GREYS | RGB),
    "encapsulated": (
        "1.2.840.10008.1.2.1.98",
        encapsulated,
        PLAIN | WIDE | BIT | RGB | YBR | PALETTES,
    ),
}


@pytest.mark.parametrize(
    ("codec", "kind"),
    [(codec, kind) for codec, (_, _, kinds) in LOSSLESS.items() for kind in kinds],
)
def test_lossless_compression_gives_back_every_bit(tmp_path, codec, kind):
    syntax, encode, kinds = LOSSLESS[codec]
    wanted = kinds[kind]()
    save(tmp_path, wanted, syntax, [bytes(encode(wanted, frame)) for frame in wanted.stored])
    same(loaded(tmp_path), wanted, tolerance=1 if kind == "ybr_full" else 0)


def baseline(kind: Kind, frame: np.ndarray) -> bytes:
    """A JPEG of the RGB picture, turned into YBR by the encoder unless the file says RGB."""
    if frame.ndim == 2:
        return bytes(imagecodecs.jpeg8_encode(frame, level=98))
    photometric = kind.describe["PhotometricInterpretation"]
    return bytes(imagecodecs.jpeg8_encode(
        frame, level=98, colorspace="RGB",
        outcolorspace="RGB" if photometric == "RGB" else "YCBCR",
        subsampling="422" if photometric == "YBR_FULL_422" else "444",
    ))  # fmt: skip


def twelve(kind: Kind, frame: np.ndarray) -> bytes:
    bits = int(str(kind.describe["BitsStored"]))
    return bytes(imagecodecs.jpeg8_encode(frame, level=98, bitspersample=bits))


def coded_colour(photometric: str) -> Kind:
    """An RGB picture that its codec, not its writer, turns into YBR."""
    return Kind(rgb(), rgb(), described(photometric, 3, 8, 8))


def narrow(bits: int, stored: int, *, signed: bool = False) -> Kind:
    """Grey that keeps away from its limits, so that a little loss does not wrap around."""
    values = grey(bits, stored, signed=signed).stored.copy()
    values[:, 0, :2] = values[:, 1, :2]
    return Kind(values, values, described("MONOCHROME2", 1, bits, stored, signed=signed))


NARROW: dict[str, Callable[[], Kind]] = {
    "u8": lambda: narrow(8, 8), "u12": lambda: narrow(16, 12), "u16": lambda: narrow(16, 16),
    "i16": lambda: narrow(16, 16, signed=True), "i12": lambda: narrow(16, 12, signed=True),
}  # fmt: skip
SIMPLE = {name: NARROW[name] for name in ("u8", "u12", "u16")}
ICT = {"ybr_ict": lambda: coded_colour("YBR_ICT")}
LOSSY = {
    "jpeg_baseline": (f"{JPEG}50", baseline, 8, {
        "u8": NARROW["u8"], "rgb": lambda: coded_colour("RGB"),
        "ybr_full": lambda: coded_colour("YBR_FULL"),
        "ybr_422": lambda: coded_colour("YBR_FULL_422"),
    }),
    "jpeg_extended": (f"{JPEG}51", twelve, 6, {"u8": NARROW["u8"], "u12": NARROW["u12"]}),
    "jpeg_ls_near": (
        f"{JPEG}81", lambda k, f: imagecodecs.jpegls_encode(bare(k, f), level=2), 2, SIMPLE | RGB
    ),
    "jpeg_2000_lossy": (
        f"{JPEG}91",
        lambda k, f: imagecodecs.jpeg2k_encode(
            f, level=95, reversible=False, codecformat="j2k",
            bitspersample=int(str(k.describe["BitsStored"])),
        ), 6, NARROW | ICT,
    ),
    "jpeg_xl_lossy": (
        f"{JPEG}112", lambda _, f: imagecodecs.jpegxl_encode(f, distance=0.1), 12,
        {"u8": NARROW["u8"], "rgb": lambda: coded_colour("RGB"),
         "xyb": lambda: coded_colour("XYB")},
    ),
    "jpeg_xl_recompressed": (
        f"{JPEG}111", lambda k, f: imagecodecs.jpegxl_encode_jpeg(baseline(k, f)), 8,
        {"u8": NARROW["u8"], "ybr_full": lambda: coded_colour("YBR_FULL")},
    ),
    "htj2k_lossy": (
        f"{JPEG}203", lambda k, f: imagecodecs.htj2k_encode(f, level=1e-5, reversible=False), 6,
        NARROW | ICT,
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("codec", "kind"), [(codec, kind) for codec, (*_, kinds) in LOSSY.items() for kind in kinds]
)
def test_lossy_compression_comes_back_within_its_loss(tmp_path, codec, kind):
    syntax, encode, tolerance, kinds = LOSSY[codec]
    wanted = kinds[kind]()
    save(tmp_path, wanted, syntax, [bytes(encode(wanted, frame)) for frame in wanted.stored])
    same(loaded(tmp_path), wanted, tolerance)


CUTS = {"rle": "u16", "jpeg_ls": "i12", "jpeg_2000": "u16", "jpeg_lossless_sv1": "rgb"}


@pytest.mark.parametrize(
    ("codec", "pieces", "table"),
    [
        (codec, pieces, table)
        for codec in CUTS
        for pieces in (1, 2, 5)
        for table in ("offsets", "extended", "none")
        if pieces == 1 or (table == "offsets" or (table == "none" and codec != "rle"))
    ],
)
def test_frames_are_found_however_they_are_cut_up(tmp_path, codec, pieces, table):
    syntax, encode, kinds = LOSSLESS[codec]
    wanted = kinds[CUTS[codec]]()
    frames = [bytes(encode(wanted, frame)) for frame in wanted.stored]
    if table == "extended":
        data, offsets, lengths = encapsulate_extended(frames)
        tables = {"ExtendedOffsetTable": offsets, "ExtendedOffsetTableLengths": lengths}
        save(tmp_path, wanted, syntax, pixels=data, **tables)
    else:
        data = encapsulate(frames, fragments_per_frame=pieces, has_bot=table == "offsets")
        save(tmp_path, wanted, syntax, pixels=data)
    same(loaded(tmp_path), wanted)


@pytest.mark.parametrize(
    ("syntax", "name"),
    [
        (f"{JPEG}94", "JPIP referenced pixels"),
        (f"{JPEG}95", "JPIP referenced pixels"),
        (f"{JPEG}204", "JPIP referenced pixels"),
        (f"{JPEG}205", "JPIP referenced pixels"),
        ("1.2.840.10008.1.2.7.1", "SMPTE ST 2110 video"),
        ("1.2.840.10008.1.2.7.3", "SMPTE ST 2110 sound"),
        (f"{JPEG}92", "JPEG 2000 multi-component"),
    ],
)
def test_what_no_decoder_here_reads_is_declined_by_name(tmp_path, syntax, name):
    save(tmp_path, grey(8, 8), f"{JPEG}100", [bytes(64), bytes(64)])
    spell(tmp_path, f"{JPEG}100", syntax)
    (refusal,) = scan([tmp_path], Silent()).refused
    assert refusal.code == "unsupported_syntax"
    assert name in refusal.sentence
