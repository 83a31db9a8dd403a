"""The process in which compressed frames are decoded: a decoder that dies takes nothing along.

It reads orders from its standard input and answers on its standard output until
the input ends, both as a length and JSON. The compressed bytes and the voxels lie
in memory shared with the program. It imports nothing of the program but this file,
and `picture_decoding` or `video_decoding` where a whole file is to be decoded.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import warnings
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, TypedDict

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pydicom.dataset import FileDataset

_HEAD = struct.Struct("<L")
_MEMORY = 6 << 30
_DEFLATED_FRAME = "1.2.840.10008.1.2.8.1"
_RAW_FRAME = "1.2.840.10008.1.2.1.98"
_RLE = "1.2.840.10008.1.2.5"
_JPEG_XL = tuple(f"1.2.840.10008.1.2.4.11{end}" for end in (0, 1, 2))
_PALETTES = tuple(f"{name}PaletteColorLookupTableData" for name in ("Red", "Green", "Blue"))


class Job(TypedDict):
    """What to decode: `codec` names the decoder, or is empty where pydicom reads the file."""

    codec: str
    rows: int
    columns: int
    dtype: str
    bits: int
    colour: bool
    path: str
    frame: int
    table: bool


class Order(TypedDict):
    """A job, and where it lies in the shared memory of `size` bytes.

    The compressed bytes are at the beginning, the voxels go from `start` on.
    """

    job: Job
    payload: int
    start: int
    size: int


def main() -> None:
    """Serve until the input ends."""
    _confine()
    _step_back()
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    warnings.simplefilter("ignore")
    import imagecodecs

    for codec in (
        imagecodecs.jpegls_decode,
        imagecodecs.dicomrle_decode,
        imagecodecs.jpeg2k_decode,
    ):
        codec.__name__  # noqa: B018  # importing lazily now keeps the first frame quick
    shared, memory = int(sys.argv[2]), None
    while True:
        head = source.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return
        order: Order = json.loads(source.read(*_HEAD.unpack(head)))
        if memory is None or len(memory) < order["size"]:
            memory = mmap.mmap(shared, order["size"])
        _answer(target, order, memory)


def _confine() -> None:
    """Take away what a decoder gone wild could use up."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _step_back() -> None:
    """Let the window go first for the processor."""
    with suppress(OSError, AttributeError):
        os.nice(5)


def _answer(target: BinaryIO, order: Order, memory: mmap.mmap) -> None:
    try:
        voxels = decode(order["job"], memory[: order["payload"]])
        _put(voxels, memory, order["start"])
        size, complaint = voxels.nbytes, ""
    except (Exception, SystemExit) as error:
        # decoders raise almost anything on damaged data; the sentence is all that matters
        size, complaint = 0, f"{type(error).__name__}: {error}"[:500]
    text = json.dumps({"complaint": complaint, "size": size}).encode()
    target.write(_HEAD.pack(len(text)) + text)
    target.flush()


def _put(voxels: NDArray[np.generic], memory: mmap.mmap, start: int) -> None:
    """Copy decoded voxels into the shared memory, where there is room for them."""
    if start + voxels.nbytes > len(memory):
        raise ValueError("the frame is larger than the room for it")
    target = np.frombuffer(memory, np.uint8, voxels.nbytes, start)
    target[...] = voxels.reshape(-1).view(np.uint8)


def decode(job: Job, payload: bytes) -> NDArray[np.generic]:
    """Return one frame as (row, column) or (row, column, 3) in the wanted type."""
    frame = _frame(job, payload)
    shape = (job["rows"], job["columns"], 3) if job["colour"] else (job["rows"], job["columns"])
    if frame.shape != shape:
        raise ValueError(f"the frame is {frame.shape}, not {shape}")
    wanted = np.dtype(job["dtype"])
    if not frame.dtype.isnative:
        frame = frame.astype(frame.dtype.newbyteorder("="))
    if frame.dtype.kind in "iu" and wanted.kind in "iu" and frame.dtype.itemsize == wanted.itemsize:
        return np.ascontiguousarray(frame).view(wanted)
    return np.ascontiguousarray(frame.astype(wanted))


def _frame(job: Job, payload: bytes) -> NDArray[np.generic]:
    """Return a frame as its decoder gives it."""
    if job["codec"].startswith("picture-"):
        from viewer.io.picture_decoding import decoded_page

        return decoded_page(job["codec"], job["path"], job["frame"], colour=job["colour"])
    if job["codec"].startswith("video"):
        from viewer.io.video_decoding import video_frame, video_head

        if job["codec"] == "video-head":
            return video_head(job["path"])
        return video_frame(job["path"], payload, job["frame"], colour=job["colour"])
    return _by_codec(job, payload) if job["codec"] else _by_pydicom(job)


def _by_codec(job: Job, payload: bytes) -> NDArray[np.generic]:
    import imagecodecs

    wanted = np.dtype(job["dtype"])
    decoded: NDArray[np.generic]
    if job["codec"] in ("jpeg", "jpegls", "ljpeg"):
        _check_end(payload)
    match job["codec"]:
        case "jpegls":
            decoded = imagecodecs.jpegls_decode(payload)
        case "ljpeg":
            decoded = imagecodecs.ljpeg_decode(payload)
        case "jpeg":
            decoded = imagecodecs.jpeg_decode(payload)
        case "jpeg2k":
            decoded = imagecodecs.jpeg2k_decode(payload, numthreads=1)
        case "jpegxl":
            decoded = imagecodecs.jpegxl_decode(payload, keeporientation=True, numthreads=1)
        case "raw":
            size = job["rows"] * job["columns"] * wanted.itemsize
            if len(payload) < size:
                raise ValueError("the frame is cut off")
            decoded = np.frombuffer(payload[:size], wanted).reshape(job["rows"], job["columns"])
        case "rle":
            flat = imagecodecs.dicomrle_decode(payload, wanted.str)
            decoded = np.frombuffer(flat, wanted).reshape(job["rows"], job["columns"])
        case "deflate":
            size = job["rows"] * job["columns"] * wanted.itemsize
            flat = _inflated(payload, size)
            decoded = np.frombuffer(flat, wanted).reshape(job["rows"], job["columns"])
        case other:
            raise ValueError(f"no decoder {other}")
    return np.asarray(decoded)


def _inflated(payload: bytes, size: int) -> bytes:
    """Return the bytes of a frame that was deflated on its own (PS3.5 A.4.13), never more."""
    flat = zlib.decompressobj(-15).decompress(payload, size)
    if len(flat) < size:
        raise ValueError("the frame is cut off")
    return flat


def _by_pydicom(job: Job) -> NDArray[np.generic]:
    from pydicom import dcmread
    from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
    from pydicom.uid import DeflatedExplicitVRLittleEndian

    head = dcmread(job["path"], force=True, stop_before_pixels=True)
    deflated = head.file_meta.get("TransferSyntaxUID") == DeflatedExplicitVRLittleEndian
    frame = None if deflated else _frame_alone(job)
    if frame is None:
        whole = dcmread(job["path"], force=True)
        _name_syntax(whole)
        try:
            frame = _pixels(whole, job)
        except (RuntimeError, NotImplementedError):
            frame = _by_other_codec(job, whole)
    if head.PhotometricInterpretation == "PALETTE COLOR" and job["colour"]:
        _name_syntax(head)
        _turn_palette_round(head)
        frame = apply_color_lut(frame, head)
        return _shifted(frame, 8) if frame.dtype.itemsize == 2 else frame
    if not job["colour"] and head.get("HighBit") == job["bits"] - 1:
        frame = settled(frame, job["bits"])
    if job["table"]:
        return np.asarray(apply_modality_lut(frame, head))
    if job["colour"] and job["bits"] > 8:
        return _shifted(frame, job["bits"] - 8)
    return frame


def settled(pixels: NDArray[np.generic], bits: int) -> NDArray[np.generic]:
    """Clear or sign-extend the bits above those stored, where a writer left other things there."""
    spare = pixels.dtype.itemsize * 8 - bits
    if spare <= 0 or pixels.dtype.kind not in "iu" or not pixels.size:
        return pixels
    signed = pixels.dtype.kind == "i"
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)
    if int(pixels.min()) >= low and int(pixels.max()) <= high:
        return pixels
    return np.asarray(np.right_shift(np.left_shift(pixels, spare), spare))


def _name_syntax(dataset: FileDataset) -> None:
    """Fill in the transfer syntax of a file that names none, as pydicom found it to be."""
    from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

    if "TransferSyntaxUID" in dataset.file_meta:
        return
    implicit, little = dataset.original_encoding
    explicit = ExplicitVRLittleEndian if little else ExplicitVRBigEndian
    dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else explicit


def _shifted(frame: NDArray[np.generic], bits: int) -> NDArray[np.generic]:
    """Return colours of more than 8 bits as those of 8."""
    return np.asarray(np.right_shift(frame.astype(np.int64), bits))


def _pixels(source: str | FileDataset, job: Job) -> NDArray[np.generic]:
    """Let pydicom decode, but leave grey values alone: they may be in the upper bits."""
    from pydicom.pixels.utils import pixel_array

    tidied = job["colour"]
    return np.asarray(pixel_array(source, index=job["frame"], correct_unused_bits=tidied))


def _frame_alone(job: Job) -> NDArray[np.generic] | None:
    """Decode a frame without reading the others; what fails so may be readable as a whole."""
    try:
        return _pixels(job["path"], job)
    except Exception:  # pydicom raises almost anything here
        return None


def _turn_palette_round(head: FileDataset) -> None:
    """Swap the words of big endian tables, which pydicom takes as they are."""
    if head.file_meta.get("TransferSyntaxUID") != "1.2.840.10008.1.2.2":
        return
    for name in _PALETTES:
        if name in head and head[name].VR == "OW":
            head[name].value = np.frombuffer(head[name].value, ">u2").astype("<u2").tobytes()


def _check_end(payload: bytes) -> None:
    """Look for the end of a JPEG: some decoders would fill in grey, or take their time."""
    if b"\xff\xd9" not in payload.rstrip(b"\0")[-16:]:
        raise ValueError("the frame is cut off")


def _by_other_codec(job: Job, dataset: FileDataset) -> NDArray[np.generic]:
    """Decode what pydicom's own decoders leave, where the stream itself gives RGB or indices."""
    import imagecodecs
    from pydicom.encaps import get_frame

    number = int(dataset.get("NumberOfFrames", 1))
    payload = get_frame(dataset.PixelData, job["frame"], number_of_frames=number)
    syntax = str(dataset.file_meta.TransferSyntaxUID)
    bits = dataset.Rows * dataset.Columns * dataset.SamplesPerPixel * dataset.BitsAllocated
    if syntax == _DEFLATED_FRAME:
        return _as_stored(dataset, _inflated(payload, (bits + 7) // 8))
    if syntax == _RLE and dataset.BitsAllocated == 1:
        return _as_stored(dataset, bytes(imagecodecs.dicomrle_decode(payload, "|u1")))
    if syntax == _RAW_FRAME:
        return _as_stored(dataset, payload)
    if syntax in _JPEG_XL:
        return np.asarray(imagecodecs.jpegxl_decode(payload, keeporientation=True, numthreads=1))
    if dataset.PhotometricInterpretation not in ("RGB", "YBR_RCT", "YBR_ICT", "PALETTE COLOR"):
        raise ValueError("no decoder for its colours")
    if syntax.startswith(("1.2.840.10008.1.2.4.9", "1.2.840.10008.1.2.4.2")):
        return np.asarray(imagecodecs.jpeg2k_decode(payload, numthreads=1))
    _check_end(payload)
    if syntax.startswith("1.2.840.10008.1.2.4.8"):
        return np.asarray(imagecodecs.jpegls_decode(payload))
    return np.asarray(imagecodecs.jpegsof3_decode(payload))


def _as_stored(dataset: FileDataset, octets: bytes) -> NDArray[np.generic]:
    """Let pydicom unpack one frame that is compressed no longer."""
    from pydicom.pixels.utils import pixel_array
    from pydicom.uid import ExplicitVRLittleEndian

    dataset.NumberOfFrames = 1
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.PixelData = octets + b"\0" * (len(octets) % 2)
    dataset["PixelData"].is_undefined_length = False
    return np.asarray(pixel_array(dataset, index=0))


if __name__ == "__main__":
    main()
