"""DICOM objects in another transfer syntax: new pixel data, everything else as it was.

The codings are lossless, so each object keeps its SOP Instance UID (PS3.3
C.7.6.1.1.5 asks for a new one only where pixels change). Colour that was
stored in another model becomes RGB. What is written is read back and compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmread, dcmwrite
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixels.encoders.base import RLELosslessEncoder
from pydicom.uid import UID

from viewer.core.errors import Declined, Unreadable
from viewer.io.decode import Decoder
from viewer.io.forms import Coding
from viewer.io.heads import header_of
from viewer.io.judge import judged
from viewer.io.mosaic import uncut
from viewer.io.object_file import DAMAGE, first_line
from viewer.io.picture import Layout, Picture, pictures_of
from viewer.io.pixels import decoded
from viewer.io.quiet import quietly
from viewer.io.syntaxes import BIG_ENDIAN, EXPLICIT, JPEG_2000_LOSSLESS, JPEG_LS_LOSSLESS, RLE

_SYNTAXES = {
    Coding.EXPLICIT: EXPLICIT,
    Coding.JPEG_LS: JPEG_LS_LOSSLESS,
    Coding.RLE: RLE,
    Coding.JPEG_2000: JPEG_2000_LOSSLESS,
}
_PIXELS = 0x7FE00010
_WIDTHS = {"OW": 2, "OF": 4, "OL": 4, "OD": 8, "OV": 8}
Frames: TypeAlias = Sequence[NDArray[np.generic]]


def transcode(source: Path, target: Path, coding: Coding) -> None:
    """Write one DICOM object anew with its pixels in another coding.

    Raises:
        Declined: if its pixels cannot be kept exactly in this coding.
        Unreadable: if it is damaged.
    """
    pictures = _pictures(source)
    frames = [decoded(picture, stored=True, decoder=Decoder()) for picture in pictures]
    try:
        with quietly():
            dataset = dcmread(source, force=True)
            _recode(dataset, pictures[0], frames, coding)
            dcmwrite(
                target, dataset, implicit_vr=False, little_endian=True, enforce_file_format=True
            )
    except DAMAGE as error:
        if isinstance(error, OSError) and error.errno:
            raise
        sentence = f"{source.name} cannot be written anew: {first_line(error)}"
        raise Unreadable(sentence, code="damaged") from error
    _compare(source, target, frames)


def _pictures(path: Path) -> list[Picture]:
    pictures = uncut(pictures_of(judged(header_of(path))))
    if not pictures:
        raise Declined(f"{path.name} has no pictures in it.", code="object")
    if len(pictures) != pictures[0].layout.frames:
        raise Unreadable(f"{path.name} does not describe all its frames", code="damaged_header")
    return pictures


def _recode(dataset: FileDataset, picture: Picture, frames: Frames, coding: Coding) -> None:
    layout = picture.layout
    if picture.transfer_syntax_uid == BIG_ENDIAN:
        dataset.walk(_turn_words)
    if not hasattr(dataset, "file_meta"):
        dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = UID(_SYNTAXES[coding])
    if picture.floating:
        if coding is not Coding.EXPLICIT:
            raise Declined("Floating point pixels are only stored uncompressed.", code="pixels")
        return
    if layout.samples == 3:
        dataset.PhotometricInterpretation = "RGB"
        dataset.PlanarConfiguration = 0
    if picture.raised:
        dataset.HighBit = layout.bits_stored - 1
    if coding is Coding.EXPLICIT:
        vr = "OW" if layout.bits_allocated > 8 else "OB"
        dataset[_PIXELS] = DataElement(_PIXELS, vr, _plain(layout, frames))
        return
    _check(layout, coding)
    coded = encapsulate([_coded(frame, layout, coding) for frame in frames])
    dataset[_PIXELS] = DataElement(_PIXELS, "OB", coded)
    dataset[_PIXELS].is_undefined_length = True


def _turn_words(_: Dataset, element: DataElement) -> None:
    """Turn long words round, which pydicom keeps as bytes."""
    width = _WIDTHS.get(element.VR, 0)
    if width and element.tag != _PIXELS and isinstance(element.value, bytes):
        element.value = np.frombuffer(element.value, f">u{width}").astype(f"<u{width}").tobytes()


def _plain(layout: Layout, frames: Frames) -> bytes:
    if layout.bits_allocated == 1:
        bits = np.concatenate([frame.reshape(-1) for frame in frames]).astype(np.uint8)
        content = np.packbits(bits, bitorder="little").tobytes()
    else:
        content = b"".join(_little(frame) for frame in frames)
    return content + b"\0" * (len(content) % 2)


def _little(frame: NDArray[np.generic]) -> bytes:
    return frame.astype(frame.dtype.newbyteorder("<"), copy=False).tobytes()


def _check(layout: Layout, coding: Coding) -> None:
    most = 32 if coding is Coding.RLE else 16
    if not 8 <= layout.bits_allocated <= most:
        sentence = f"Pixels of {layout.bits_allocated} bits cannot be stored as {coding.value}."
        raise Declined(sentence, code="pixels")


def _coded(frame: NDArray[np.generic], layout: Layout, coding: Coding) -> bytes:
    import imagecodecs

    frame = np.ascontiguousarray(frame)
    match coding:
        case Coding.JPEG_LS:
            # JPEG-LS knows no sign: the same bits are stored
            bare = frame.view(f"u{frame.dtype.itemsize}")
            return bytes(imagecodecs.jpegls_encode(bare))
        case Coding.JPEG_2000:
            return bytes(
                imagecodecs.jpeg2k_encode(
                    frame,
                    level=0,
                    reversible=True,
                    codecformat="J2K",
                    mct=False,
                    bitspersample=layout.bits_stored,
                    numthreads=1,
                )
            )
        case _:
            return RLELosslessEncoder.encode(
                _little(frame), encoding_plugin="pydicom", rows=layout.rows,
                columns=layout.columns, samples_per_pixel=layout.samples, number_of_frames=1,
                bits_allocated=layout.bits_allocated, bits_stored=layout.bits_stored,
                pixel_representation=int(layout.signed),
                photometric_interpretation="RGB" if layout.samples == 3 else layout.photometric,
                planar_configuration=0,
            )  # fmt: skip


def _compare(source: Path, target: Path, frames: Frames) -> None:
    decoder = Decoder()
    again = [decoded(picture, stored=True, decoder=decoder) for picture in _pictures(target)]
    same = len(again) == len(frames) and all(
        np.array_equal(one, other) for one, other in zip(again, frames, strict=True)
    )
    if not same:
        sentence = f"{source.name} would not be the same after this, so it was not converted."
        raise Declined(sentence, code="not_exact")
