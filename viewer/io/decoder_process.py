"""The process in which compressed frames are decoded: a decoder that dies takes nothing along.

It reads jobs from its standard input and writes voxels to its standard
output until the input ends: a length, the job as JSON, then the bytes. It
imports nothing of the program but this file.
"""

from __future__ import annotations

import json
import os
import struct
import warnings
from typing import TYPE_CHECKING, BinaryIO, TypedDict

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pydicom.dataset import FileDataset

_HEAD = struct.Struct("<LQ")
_MEMORY = 6 << 30


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


def main() -> None:
    """Serve until the input ends."""
    _confine()
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
    while True:
        head = source.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return
        length, size = _HEAD.unpack(head)
        job: Job = json.loads(source.read(length))
        _answer(target, job, source.read(size))


def _confine() -> None:
    """Take away what a decoder gone wild could use up."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _answer(target: BinaryIO, job: Job, payload: bytes) -> None:
    try:
        voxels = decode(job, payload)
        complaint = ""
    except (Exception, SystemExit) as error:
        # decoders raise almost anything on damaged data; the sentence is all that matters
        voxels, complaint = np.zeros(0, np.uint8), f"{type(error).__name__}: {error}"[:500]
    text = json.dumps({"complaint": complaint}).encode()
    target.write(_HEAD.pack(len(text), voxels.nbytes) + text)
    if voxels.nbytes:
        target.write(voxels.tobytes())
    target.flush()


def decode(job: Job, payload: bytes) -> NDArray[np.generic]:
    """Return one frame as (row, column) or (row, column, 3) in the wanted type."""
    frame = _by_codec(job, payload) if job["codec"] else _by_pydicom(job)
    shape = (job["rows"], job["columns"], 3) if job["colour"] else (job["rows"], job["columns"])
    if frame.shape != shape:
        raise ValueError(f"the frame is {frame.shape}, not {shape}")
    wanted = np.dtype(job["dtype"])
    if not frame.dtype.isnative:
        frame = frame.astype(frame.dtype.newbyteorder("="))
    if frame.dtype.kind in "iu" and wanted.kind in "iu" and frame.dtype.itemsize == wanted.itemsize:
        return np.ascontiguousarray(frame).view(wanted)
    return np.ascontiguousarray(frame.astype(wanted))


def _by_codec(job: Job, payload: bytes) -> NDArray[np.generic]:
    import imagecodecs

    wanted = np.dtype(job["dtype"])
    decoded: NDArray[np.generic]
    if job["codec"] in ("jpeg", "jpegls") and b"\xff\xd9" not in payload[-16:]:
        # one of these decoders would fill in grey, the other take its time to find out
        raise ValueError("the frame is cut off")
    match job["codec"]:
        case "jpegls":
            decoded = imagecodecs.jpegls_decode(payload)
        case "ljpeg":
            decoded = imagecodecs.ljpeg_decode(payload)
        case "jpeg":
            decoded = imagecodecs.jpeg_decode(payload)
        case "jpeg2k":
            decoded = imagecodecs.jpeg2k_decode(payload, numthreads=1)
        case "rle":
            flat = imagecodecs.dicomrle_decode(payload, wanted.str)
            decoded = np.frombuffer(flat, wanted).reshape(job["rows"], job["columns"])
        case other:
            raise ValueError(f"no decoder {other}")
    return np.asarray(decoded)


def _by_pydicom(job: Job) -> NDArray[np.generic]:
    from pydicom import dcmread
    from pydicom.pixels.processing import apply_color_lut, apply_modality_lut
    from pydicom.pixels.utils import pixel_array
    from pydicom.uid import DeflatedExplicitVRLittleEndian

    head = dcmread(job["path"], force=True, stop_before_pixels=True)
    deflated = head.file_meta.get("TransferSyntaxUID") == DeflatedExplicitVRLittleEndian
    frame = None if deflated else _frame_alone(job)
    if frame is None:
        whole = dcmread(job["path"], force=True)
        try:
            frame = np.asarray(pixel_array(whole, index=job["frame"]))
        except RuntimeError:
            frame = _by_other_codec(job, whole)
    if head.PhotometricInterpretation == "PALETTE COLOR":
        frame = apply_color_lut(frame, head)
        return _shifted(frame, 8) if frame.dtype.itemsize == 2 else frame
    if job["table"]:
        return np.asarray(apply_modality_lut(frame, head))
    if job["colour"] and job["bits"] > 8:
        return _shifted(frame, job["bits"] - 8)
    return frame


def _shifted(frame: NDArray[np.generic], bits: int) -> NDArray[np.generic]:
    """Return colours of more than 8 bits as those of 8."""
    return np.asarray(np.right_shift(frame.astype(np.int64), bits))


def _frame_alone(job: Job) -> NDArray[np.generic] | None:
    """Decode a frame without reading the others; what fails so may be readable as a whole."""
    from pydicom.pixels.utils import pixel_array

    try:
        return np.asarray(pixel_array(job["path"], index=job["frame"]))
    except Exception:  # pydicom raises almost anything here
        return None


def _by_other_codec(job: Job, dataset: FileDataset) -> NDArray[np.generic]:
    """Decode what pydicom's own decoders leave, where the stream itself gives RGB."""
    import imagecodecs
    from pydicom.encaps import get_frame

    if dataset.PhotometricInterpretation not in ("RGB", "YBR_RCT", "YBR_ICT"):
        raise ValueError("no decoder for its colours")
    number = int(dataset.get("NumberOfFrames", 1))
    payload = get_frame(dataset.PixelData, job["frame"], number_of_frames=number)
    syntax = str(dataset.file_meta.TransferSyntaxUID)
    if syntax.startswith(("1.2.840.10008.1.2.4.9", "1.2.840.10008.1.2.4.2")):
        return np.asarray(imagecodecs.jpeg2k_decode(payload, numthreads=1))
    if syntax.startswith("1.2.840.10008.1.2.4.8"):
        return np.asarray(imagecodecs.jpegls_decode(payload))
    return np.asarray(imagecodecs.jpegsof3_decode(payload))


if __name__ == "__main__":
    main()
