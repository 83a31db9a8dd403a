"""Damaged files of every kind: each opens or is refused with a code and one sentence.

A few valid files are damaged in ways that are drawn from a seed: flipped bits, cuts, other
lengths, swapped tags, other value representations, and sequences put into each other.
"""

from __future__ import annotations

import gzip
import io
import random
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.filewriter import dcmwrite
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    EnhancedCTImageStorage,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
    MediaStorageDirectoryStorage,
    SegmentationStorage,
)

from tests.io.reading.conftest import picture, pixels
from tests.io.reading.test_bombs import probed
from viewer.io.quiet import quietly

MOST_MB = 1024
PATIENCE_S = 5.0
SLOW_MACHINE = 2.0
VRS = (b"SQ", b"UN", b"OB", b"OW", b"DS", b"US", b"UT", b"AT", b"FD", b"PN", b"zz", b"\0\0")
ODD_LENGTHS = (0, 1, 7, 0xFFFE, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)


def stored(dataset: Dataset, syntax: str) -> bytes:
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    file = io.BytesIO()
    with quietly():
        dcmwrite(
            file,
            dataset,
            implicit_vr=syntax == ImplicitVRLittleEndian,
            little_endian=syntax != ExplicitVRBigEndian,
            enforce_file_format=True,
        )
    return file.getvalue()


def jpeg_ls() -> bytes:
    import imagecodecs

    fragment = imagecodecs.jpegls_encode(pixels(1).astype(np.uint16))
    whole = picture(1, PixelRepresentation=0, PixelData=encapsulate([fragment]))
    whole["PixelData"].VR, whole["PixelData"].is_undefined_length = "OB", True
    return stored(whole, JPEGLSLossless)


def item(**values: object) -> Dataset:
    one = Dataset()
    for name, value in values.items():
        setattr(one, name, value)
    return one


def enhanced(**changes: object) -> Dataset:
    whole = picture(
        1, SOPClassUID=EnhancedCTImageStorage, NumberOfFrames=3, PixelData=bytes(3 * 96), **changes
    )
    for name in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing"):
        delattr(whole, name)
    shared = item(
        PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])],
        PixelMeasuresSequence=[item(PixelSpacing=[0.5, 0.75], SliceThickness=1)],
    )
    whole.SharedFunctionalGroupsSequence = [shared]
    whole.PerFrameFunctionalGroupsSequence = [
        item(PlanePositionSequence=[item(ImagePositionPatient=[0, 0, z])]) for z in range(3)
    ]
    return whole


def segmentation() -> Dataset:
    whole = enhanced(
        Modality="SEG", BitsAllocated=1, BitsStored=1, HighBit=0, PixelRepresentation=0
    )
    whole.SOPClassUID, whole.PixelData = SegmentationStorage, bytes(18)
    whole.SegmentSequence = [item(SegmentNumber=1, SegmentLabel="Lung")]
    return whole


def directory() -> Dataset:
    records = [item(DirectoryRecordType="IMAGE", ReferencedFileID=["IN", str(n)]) for n in (1, 2)]
    whole = item(FileSetID="TEST", DirectoryRecordSequence=records)
    whole.SOPClassUID = MediaStorageDirectoryStorage
    whole.SOPInstanceUID = "1.2.3"
    return whole


def nifti() -> bytes:
    import nibabel

    image = nibabel.Nifti1Image(np.arange(60, dtype=np.int16).reshape(3, 4, 5), np.eye(4))
    return bytes(image.to_bytes())


def nrrd() -> bytes:
    head = (
        "NRRD0004\ntype: short\ndimension: 3\nspace: left-posterior-superior\nsizes: 3 4 5\n"
        "space directions: (1,0,0) (0,1,0) (0,0,2)\nkinds: domain domain domain\nendian: little\n"
        "encoding: raw\nspace origin: (0,0,0)\n\n"
    )
    return head.encode() + np.arange(60, dtype=np.int16).tobytes()


def metaimage() -> bytes:
    head = (
        "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
        "CompressedData = False\nTransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 0 0 0\n"
        "ElementSpacing = 1 1 2\nDimSize = 3 4 5\nElementType = MET_SHORT\n"
        "ElementDataFile = LOCAL\n"
    )
    return head.encode() + np.arange(60, dtype=np.int16).tobytes()


def big_endian() -> bytes:
    return stored(picture(1, PixelData=pixels(1).byteswap().tobytes()), ExplicitVRBigEndian)


KINDS: dict[str, Callable[[], bytes]] = {
    "explicit": lambda: stored(picture(1), ExplicitVRLittleEndian),
    "implicit": lambda: stored(picture(1), ImplicitVRLittleEndian),
    "big": big_endian,
    "deflated": lambda: stored(picture(1), DeflatedExplicitVRLittleEndian),
    "jpegls": jpeg_ls,
    "enhanced": lambda: stored(enhanced(), ExplicitVRLittleEndian),
    "seg": lambda: stored(segmentation(), ExplicitVRLittleEndian),
    "dicomdir": lambda: stored(directory(), ExplicitVRLittleEndian),
    "volume.nii": nifti,
    "packed.nii.gz": lambda: gzip.compress(nifti(), mtime=0),
    "volume.nrrd": nrrd,
    "volume.mha": metaimage,
}


def flipped(data: bytearray, dice: random.Random) -> bytearray:
    for _ in range(dice.choice((1, 3, 12))):
        data[_place(data, dice)] ^= 1 << dice.randrange(8)
    return data


def cut(data: bytearray, dice: random.Random) -> bytearray:
    return data[: dice.randrange(len(data))]


def other_length(data: bytearray, dice: random.Random) -> bytearray:
    at = _element(data, dice)
    form, start = ("<H", at + 6) if dice.random() < 0.5 else ("<L", at + dice.choice((4, 8)))
    size = struct.calcsize(form)
    value = dice.choice((*ODD_LENGTHS, dice.randrange(1 << 16))) & (1 << 8 * size) - 1
    data[start : start + size] = struct.pack(form, value)
    return data


def swapped(data: bytearray, dice: random.Random) -> bytearray:
    one, other = _element(data, dice), _element(data, dice)
    data[one : one + 4], data[other : other + 4] = data[other : other + 4], data[one : one + 4]
    return data


def other_vr(data: bytearray, dice: random.Random) -> bytearray:
    at = _element(data, dice)
    data[at + 4 : at + 6] = dice.choice(VRS)
    return data


def nested(data: bytearray, dice: random.Random) -> bytearray:
    opening = b"\x40\x00\x75\x02SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff"
    closing = b"\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0"
    depth, at = dice.choice((1, 5, 60, 3000)), _element(data, dice)
    inside = opening * depth + closing * (depth - dice.randrange(2))
    return data[:at] + bytearray(inside) + data[at:]


WAYS = (flipped, cut, other_length, swapped, other_vr, nested)


def _place(data: bytearray, dice: random.Random) -> int:
    """Return a place in a file, its beginning more often than its bulk; never the preamble."""
    first = 128 if data[128:132] == b"DICM" else 0
    return min(len(data) - 1, first + int((len(data) - first) * dice.random() ** 2))


def _element(data: bytearray, dice: random.Random) -> int:
    """Return where an element begins, where such a place is found by its group."""
    groups = [b"\x08\0", b"\x10\0", b"\x20\0", b"\x28\0", b"\x02\0", b"\xe0\x7f", b"\x04\0"]
    start = _place(data, dice)
    found = [at for group in groups if (at := data.find(group, start)) >= 0]
    return min(min(found, default=start), max(0, len(data) - 12))


def mutants(count: int, seed: int) -> dict[str, bytes]:
    """Return so many damaged files by name, the same ones for the same seed."""
    made: dict[str, bytes] = {}
    whole = {kind: make() for kind, make in KINDS.items()}
    for number in range(count):
        kind = list(KINDS)[number % len(KINDS)]
        way = WAYS[number // len(KINDS) % len(WAYS)]
        dice = random.Random(seed * 100_000 + number)
        made[f"{number:04d}-{way.__name__}-{kind}"] = bytes(way(bytearray(whole[kind]), dice))
    return made


def check(folder: Path, files: dict[str, bytes]) -> None:
    """Open all, and assert that each came to a clear end."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    told, peak_mb = probed(folder)
    assert len(told) == len(files)
    slowest = max(told, key=lambda one: one["seconds"])
    opened = sum(one["opened"] for one in told)
    print(
        f"{len(told)} mutants: {opened} opened, slowest {slowest['name']} {slowest['seconds']:.2f}"
        f" s, {peak_mb:.0f} MB"
    )
    assert [one["crash"] for one in told if one["crash"]] == []
    wordless = [one["name"] for one in told if not one["opened"] and not one["complaints"]]
    assert wordless == []
    for one in told:
        for code, sentence in one["complaints"]:
            assert code.isidentifier()
            assert sentence.strip()
            assert "\n" not in sentence
            assert "Traceback" not in sentence
    assert slowest["seconds"] < PATIENCE_S * SLOW_MACHINE
    assert peak_mb < MOST_MB


@pytest.mark.parametrize("kind", KINDS)
def test_each_file_opens_or_lists_while_it_is_whole(tmp_path, kind):
    (tmp_path / kind).write_bytes(KINDS[kind]())
    from tests.io.reading.prober import outcome

    told = outcome(tmp_path / kind)
    assert not told["crash"], told["crash"]
    codes = {code for code, _ in told["complaints"]}
    assert told["opened"] or codes == {"missing_file"}


def test_a_mutant_opens_or_is_refused_with_one_coded_sentence(tmp_path):
    check(tmp_path, mutants(144, seed=7))


@pytest.mark.slow
def test_eleven_hundred_mutants_open_or_are_refused_with_one_coded_sentence(tmp_path):
    check(tmp_path, mutants(1100, seed=11))
