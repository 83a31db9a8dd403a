"""How fast a SEG of many segments opens, and how much memory that takes beside its labels.

Run: python benchmarks/objects.py [--segments 100] [--slices 500] [--rival] [--json FILE]
The files are made here, of 512 x 512 pixels: balls that do not overlap (bits), the same as a
label map, the same label map in RLE, and bits in which every segment has a frame in every slice,
most of them empty, as some tools write them (`--dense`: a file of 33 KB x segments x slices).
Every opening is a process of its own, warmed by a small file, so that memory is that of the
opening alone: the peak over what the process had before. `--rival` opens them with highdicom.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixels.encoders import RLELosslessEncoder
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, RLELossless, generate_uid
from rich.console import Console
from rich.table import Table

SIDE = 512
BINARY, LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7"
RLE = {
    "rows": SIDE, "columns": SIDE, "samples_per_pixel": 1, "bits_allocated": 8, "bits_stored": 8,
    "pixel_representation": 0, "number_of_frames": 1, "photometric_interpretation": "MONOCHROME2",
}  # fmt: skip
MEASURE = """
import json, resource, sys, time
from pathlib import Path
import numpy as np
def status(name):
    line = next(l for l in open("/proc/self/status") if l.startswith(name))
    return int(line.split()[1]) / 1024
if sys.argv[3] == "ours":
    from viewer.io.seg_read import read_seg
    def look(path):
        found = read_seg(Path(path))
        return [one.label_map for one in found.segmentations]
else:
    import highdicom
    def look(path):
        return highdicom.seg.segread(path).get_volume(combine_segments=True).array
look(sys.argv[1])
Path("/proc/self/clear_refs").write_text("5")
before, start = status("VmRSS"), time.perf_counter()
kept = look(sys.argv[2])
seconds = time.perf_counter() - start
from viewer.io.decoders import shared_decoders
shared_decoders().close()
print(json.dumps({"seconds": seconds, "peak_mb": status("VmHWM") - before,
                  "kept_mb": status("VmRSS") - before}))
"""


def balls(segments: int, slices: int) -> NDArray[np.uint8]:
    """Return labels (slice, row, column) of balls in rows and columns, one after the other."""
    labels = np.zeros((slices, SIDE, SIDE), np.uint8)
    across = int(np.ceil(np.sqrt(segments)))
    pitch = SIDE // across
    reach = slices // 2
    y, x = np.mgrid[:pitch, :pitch] - pitch / 2
    for number in range(segments):
        row, column = (number // across) * pitch, (number % across) * pitch
        first = (number * 37) % (slices - reach)
        for step in range(reach):
            size = (pitch / 2 - 1) * np.sqrt(max(1 - (2 * step / reach - 1) ** 2, 0.01))
            inside = y * y + x * x < size * size
            labels[first + step, row : row + pitch, column : column + pitch][inside] = number + 1
    return labels


def item(**values: object) -> Dataset:
    """Return an item of a sequence."""
    dataset = Dataset()
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    return dataset


def code(meaning: str) -> Sequence:
    """Return a code for a part of the body."""
    return Sequence([item(CodeValue="85756007", CodingSchemeDesignator="SCT", CodeMeaning=meaning)])


def frame(slice_: int, segment: int) -> Dataset:
    """Return what is said of a frame, with the reference to its image that writers add."""
    source = item(
        ReferencedSOPClassUID="1.2.840.10008.5.1.4.1.1.2",
        ReferencedSOPInstanceUID=f"1.2.826.0.1.3680043.8.498.1.{slice_}",
        PurposeOfReferenceCodeSequence=code("Source image for image processing operation"),
    )
    place = item(ImagePositionPatient=[0.0, 0.0, float(slice_)])
    groups = item(
        DerivationImageSequence=Sequence([item(SourceImageSequence=Sequence([source]))]),
        FrameContentSequence=Sequence([item(DimensionIndexValues=[max(segment, 1), slice_ + 1])]),
        PlanePositionSequence=Sequence([place]),
    )
    if segment:
        groups.SegmentIdentificationSequence = Sequence([item(ReferencedSegmentNumber=segment)])
    return groups


def head(frames: list[Dataset], segments: int, *, label_map: bool, bits: int) -> Dataset:
    """Return a SEG without its pixels."""
    seg = Dataset()
    seg.file_meta = FileMetaDataset()
    seg.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    seg.SOPClassUID = LABEL_MAP if label_map else BINARY
    seg.file_meta.MediaStorageSOPClassUID = seg.SOPClassUID
    seg.SOPInstanceUID = seg.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    seg.StudyInstanceUID, seg.SeriesInstanceUID = generate_uid(), generate_uid()
    seg.FrameOfReferenceUID, seg.Modality, seg.PatientID = generate_uid(), "SEG", "B"
    seg.SegmentationType = "LABELMAP" if label_map else "BINARY"
    seg.NumberOfFrames, seg.Rows, seg.Columns = len(frames), SIDE, SIDE
    seg.SamplesPerPixel, seg.PhotometricInterpretation = 1, "MONOCHROME2"
    seg.BitsAllocated = seg.BitsStored = bits
    seg.HighBit, seg.PixelRepresentation = bits - 1, 0
    seg.SegmentSequence = Sequence(
        item(
            SegmentNumber=number, SegmentLabel=f"Segment {number}", SegmentAlgorithmType="MANUAL",
            SegmentedPropertyCategoryCodeSequence=code("Body structure"),
            SegmentedPropertyTypeCodeSequence=code("Structure"),
        )
        for number in range(1, segments + 1)
    )  # fmt: skip
    seg.DimensionIndexSequence = Sequence(
        item(DimensionIndexPointer=pointer, FunctionalGroupPointer=group)
        for pointer, group in ((0x0062000B, 0x0062000A), (0x00200032, 0x00209113))
    )
    measures = item(PixelSpacing=[0.7, 0.7], SliceThickness=1.0, SpacingBetweenSlices=1.0)
    turn = item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])
    shared = item(
        PixelMeasuresSequence=Sequence([measures]), PlaneOrientationSequence=Sequence([turn])
    )
    seg.SharedFunctionalGroupsSequence = Sequence([shared])
    seg.PerFrameFunctionalGroupsSequence = Sequence(frames)
    return seg


def write_bits(path: Path, labels: NDArray[np.uint8], segments: int, *, dense: bool) -> None:
    """Write labels as bits, a segment after the other; `dense` keeps its empty slices."""
    frames, packed = [], []
    for number in range(1, segments + 1):
        mine = labels == number
        for slice_ in range(len(labels)) if dense else np.flatnonzero(mine.any(axis=(1, 2))):
            frames.append(frame(int(slice_), number))
            packed.append(np.packbits(mine[slice_], bitorder="little").tobytes())
    seg = head(frames, segments, label_map=False, bits=1)
    seg.PixelData = b"".join(packed)
    seg["PixelData"].VR = "OB"
    seg.save_as(path, enforce_file_format=True)


def write_map(path: Path, labels: NDArray[np.uint8], segments: int, *, rle: bool) -> None:
    """Write labels as a label map, uncompressed or in RLE."""
    seg = head([frame(n, 0) for n in range(len(labels))], segments, label_map=True, bits=8)
    if rle:
        seg.file_meta.TransferSyntaxUID = RLELossless
        seg.PixelData = encapsulate(
            [RLELosslessEncoder.encode(sheet.tobytes(), **RLE) for sheet in labels]
        )
        seg["PixelData"].is_undefined_length = True
    else:
        seg.PixelData = labels.tobytes()
    seg["PixelData"].VR = "OB"
    seg.save_as(path, enforce_file_format=True)


def measured(small: Path, path: Path, who: str) -> dict[str, float]:
    """Open a file in a process of its own."""
    command = [sys.executable, "-c", MEASURE, str(small), str(path), who]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Make the files, open them, print a table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--segments", type=int, default=100)
    asked.add_argument("--slices", type=int, default=500)
    asked.add_argument("--dense", action="store_true")
    asked.add_argument("--rival", action="store_true")
    asked.add_argument("--json", type=Path)
    wanted = asked.parse_args()
    table = Table("file", "MB", "by", "seconds", "peak MB more", "kept MB more")
    results = []
    with tempfile.TemporaryDirectory() as folder:
        labels = balls(wanted.segments, wanted.slices)
        small, few = balls(2, 4), Path(folder) / "small"
        few.mkdir()
        kinds: dict[str, Callable[[Path, NDArray[np.uint8], int], None]] = {
            "bits": partial(write_bits, dense=False),
            "label map": partial(write_map, rle=False),
            "label map, RLE": partial(write_map, rle=True),
        }
        if wanted.dense:
            kinds["bits, every slice"] = partial(write_bits, dense=True)
        for name, write in kinds.items():
            path, warm = Path(folder) / "a.dcm", few / "a.dcm"
            write(path, labels, wanted.segments)
            write(warm, small, 2)
            size = path.stat().st_size / 1e6
            for who in ("ours", "highdicom") if wanted.rival else ("ours",):
                result = measured(warm, path, who)
                results.append({"file": name, "mb": size, "by": who, **result})
                table.add_row(name, f"{size:.0f}", who, f"{result['seconds']:.2f}",
                              f"{result['peak_mb']:.0f}", f"{result['kept_mb']:.0f}")  # fmt: skip
            path.unlink()
    Console().print(table)
    if wanted.json:
        wanted.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    started = time.perf_counter()
    main()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"in {time.perf_counter() - started:.0f} s; making the files took {own:.0f} MB")
