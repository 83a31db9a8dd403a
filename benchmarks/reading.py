"""How fast a series of each transfer syntax is read, by us and by others.

Run: python benchmarks/reading.py [--slices 100] [--rounds 3] [--json FILE]
Each series is written into a temporary folder by encoder calls of our own. All times are the
best of the rounds, taken in turn in one process with the files in the system's cache. The floor
is to read every byte and to put it into one volume or, where it is compressed, to decode it in
two threads, with nothing around it. A rival that is not installed, or cannot read a syntax, is
named and left out. Memory is that of the reading process, not of its decoders.

`opened` is the first slice of a listed series, with decoders that are ready (the window starts
them ahead), and is compared with loading all of it; `opened_cold` waits for a decoder to start.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import imagecodecs
import numpy as np
from loading import peak_over_voxels
from numpy.typing import NDArray
from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate, get_frame
from pydicom.pixels.encoders import RLELosslessEncoder
from pydicom.uid import (
    CTImageStorage,
    ExplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLossless,
    JPEGLSLossless,
    RLELossless,
    generate_uid,
)
from rich.console import Console
from rich.table import Table

from viewer.core.progress import Silent
from viewer.core.study import Series
from viewer.io.decoders import shared_decoders, warm_up
from viewer.io.load import load, open_series
from viewer.io.scan import scan

SIDE = 512
PIXELS = {
    "Rows": SIDE, "Columns": SIDE, "SamplesPerPixel": 1, "PhotometricInterpretation": "MONOCHROME2",
    "BitsAllocated": 16, "BitsStored": 16, "HighBit": 15, "PixelRepresentation": 0,
}  # fmt: skip
RLE = {
    "rows": SIDE, "columns": SIDE, "samples_per_pixel": 1, "bits_allocated": 16, "bits_stored": 16,
    "pixel_representation": 0, "number_of_frames": 1, "photometric_interpretation": "MONOCHROME2",
}  # fmt: skip

Picture = NDArray[np.uint16]
ENCODERS: dict[str, tuple[str, Callable[[Picture], bytes]]] = {
    "uncompressed": (ExplicitVRLittleEndian, lambda picture: picture.tobytes()),
    "lossless JPEG": (JPEGLossless, imagecodecs.ljpeg_encode),
    "JPEG-LS": (JPEGLSLossless, imagecodecs.jpegls_encode),
    "JPEG 2000": (
        JPEG2000Lossless,
        lambda picture: imagecodecs.jpeg2k_encode(
            picture, level=0, codecformat="j2k", reversible=True
        ),
    ),
    "RLE": (RLELossless, lambda picture: RLELosslessEncoder.encode(picture.tobytes(), **RLE)),
}
DECODERS: dict[str, Callable[[bytes], object]] = {
    "lossless JPEG": imagecodecs.ljpeg_decode,
    "JPEG-LS": imagecodecs.jpegls_decode,
    "JPEG 2000": imagecodecs.jpeg2k_decode,
    "RLE": lambda data: imagecodecs.dicomrle_decode(data, "<u2"),
}


def picture() -> Picture:
    """Draw something like a slice of a chest: air, a body of smooth tissue, noise."""
    row, column = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]
    body = (row / 0.7) ** 2 + (column / 0.9) ** 2 < 1
    lungs = (row / 0.45) ** 2 + ((np.abs(column) - 0.42) / 0.3) ** 2 < 1
    drawn = np.where(lungs, 150, np.where(body, 1050 + 40 * np.sin(9 * row * column), 24))
    noise = np.random.default_rng(7).normal(0, 12, drawn.shape) * body
    return np.asarray((drawn + noise).clip(0), np.uint16)


def write_series(folder: Path, syntax: str, slices: int) -> None:
    """Write a CT series in one syntax, every slice a little different."""
    uid, encode = ENCODERS[syntax]
    drawn = picture()
    study, series, frame = generate_uid(), generate_uid(), generate_uid()
    for index in range(slices):
        one = Dataset()
        one.SOPClassUID, one.SOPInstanceUID = CTImageStorage, generate_uid()
        one.StudyInstanceUID, one.SeriesInstanceUID = study, series
        one.FrameOfReferenceUID, one.Modality, one.PatientID = frame, "CT", "BENCH"
        one.PatientName, one.StudyDate, one.InstanceNumber = "Bench", "20260101", index + 1
        one.ImagePositionPatient = [-200.0, -200.0, index * 1.25]
        one.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
        one.PixelSpacing = [0.75, 0.75]
        one.RescaleSlope, one.RescaleIntercept, one.RescaleType = 1, -1024, "HU"
        for name, value in PIXELS.items():
            setattr(one, name, value)
        stored = encode(np.ascontiguousarray(np.roll(drawn, index, axis=1)))
        one.PixelData = stored if syntax == "uncompressed" else encapsulate([stored])
        if syntax != "uncompressed":
            one["PixelData"].VR, one["PixelData"].is_undefined_length = "OB", True
        one.file_meta = FileMetaDataset()
        one.file_meta.TransferSyntaxUID = uid
        one.save_as(folder / f"{index:04d}", enforce_file_format=True)


def floor(folder: Path, syntax: str) -> Callable[[], object]:
    """Return what cannot be saved: reading every byte, and decoding it in two threads."""
    paths = sorted(folder.iterdir())
    if syntax == "uncompressed":
        return lambda: read_raw(paths)
    frames = [get_frame(dcmread(path).PixelData, 0, number_of_frames=1) for path in paths]
    decode = DECODERS[syntax]

    def read_and_decode() -> None:
        for path in paths:
            path.read_bytes()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(decode, frames))

    return read_and_decode


def read_raw(paths: list[Path]) -> None:
    """Read every file and put its last bytes, the pixels, into one fresh volume."""
    volume = np.empty((len(paths), SIDE, SIDE), np.uint16)
    for index, path in enumerate(paths):
        stored = path.read_bytes()[-SIDE * SIDE * 2 :]
        volume[index] = np.frombuffer(stored, "<u2").reshape(SIDE, SIDE)


def ours(folder: Path) -> None:
    """Scan the folder and load all slices."""
    _, series = next(scan([folder], Silent()).all_series())
    load(series, Silent())


def ours_first(folder: Path) -> None:
    """Scan the folder and decode the first wanted slice."""
    _, series = next(scan([folder], Silent()).all_series())
    open_series(series)


def opened_cold(series: Series) -> float:
    """Return the seconds to the first slice where no decoder runs yet."""
    shared_decoders().close()
    start = time.perf_counter()
    open_series(series)
    return time.perf_counter() - start


def by_pydicom(folder: Path) -> None:
    """Read, sort and stack as pydicom's users do."""
    slices = [dcmread(path) for path in folder.iterdir()]
    slices.sort(key=lambda one: float(one.ImagePositionPatient[2]))
    np.stack([one.pixel_array for one in slices])


def by_simpleitk(folder: Path) -> None:
    """Read the series as SimpleITK's users do."""
    import SimpleITK

    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(folder)))
    reader.Execute()


def by_dicomsdl(folder: Path) -> None:
    """Read, sort and stack with dicomsdl."""
    import dicomsdl

    slices = [dicomsdl.open(str(path)) for path in folder.iterdir()]
    slices.sort(key=lambda one: float(one.ImagePositionPatient[2]))
    np.stack([one.pixelData() for one in slices])


def by_gdcm(folder: Path) -> None:
    """Read every slice with gdcm, in the order of their names."""
    import gdcm

    for path in sorted(folder.iterdir()):
        reader = gdcm.ImageReader()
        reader.SetFileName(str(path))
        reader.Read()
        reader.GetImage().GetBuffer()


RIVALS = {
    "pydicom": by_pydicom,
    "SimpleITK": by_simpleitk,
    "dicomsdl": by_dicomsdl,
    "gdcm": by_gdcm,
}


def able(folder: Path) -> dict[str, Callable[[Path], None]]:
    """Return the rivals that are here and read this series, tried once."""
    found: dict[str, Callable[[Path], None]] = {}
    for name, read in RIVALS.items():
        if find_spec(name) is None:
            continue
        try:
            read(folder)
        except Exception as error:  # whatever a rival raises, it is out of this race
            print(f"{name} is left out: {str(error).splitlines()[0][:100]}")
        else:
            found[name] = read
    return found


def best_times(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the best time of each, all measured in turn in every round."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: min(measured) for name, measured in times.items()}


def measure(syntax: str, slices: int, rounds: int) -> dict[str, float]:
    """Measure one series in one syntax, in seconds and ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_series(folder, syntax, slices)
        _, series = next(scan([folder], Silent()).all_series())
        cold_s = opened_cold(series)
        warm_up()
        works: dict[str, Callable[[], object]] = {
            "floor_s": floor(folder, syntax),
            "ours_s": lambda: ours(folder),
            "listed_and_opened_s": lambda: ours_first(folder),
            "opened_s": lambda: open_series(series),
            "loaded_s": lambda: load(series, Silent()),
        }
        for rival, read in able(folder).items():
            works[f"{rival}_s"] = lambda read=read: read(folder)
        figures = best_times(works, rounds)
        figures["opened_cold_s"] = cold_s
        figures["peak_over_voxels"] = peak_over_voxels(folder)
    figures["ours_over_floor"] = figures["ours_s"] / figures["floor_s"]
    figures["opened_over_loaded"] = figures["opened_s"] / figures["loaded_s"]
    figures["listed_and_opened_over_all"] = figures["listed_and_opened_s"] / figures["ours_s"]
    for rival in RIVALS:
        if f"{rival}_s" in figures:
            figures[f"{rival}_over_ours"] = figures[f"{rival}_s"] / figures["ours_s"]
    return figures


def main() -> None:
    """Measure, print a table and write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slices", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    wishes = parser.parse_args()
    missing = [name for name in RIVALS if find_spec(name) is None]
    load_before = os.getloadavg()[0]
    results = {name: measure(name, wishes.slices, wishes.rounds) for name in ENCODERS}
    names = list(dict.fromkeys(name for figures in results.values() for name in figures))
    table = Table(f"512 x 512 x {wishes.slices}", *results)
    for name in names:
        row = [f"{one[name]:.3f}" if name in one else "-" for one in results.values()]
        table.add_row(name, *row)
    Console().print(table)
    print(f"load of the machine before: {load_before:.1f} on {os.cpu_count()} cores")
    if missing:
        print(f"not installed: {', '.join(missing)}")
    told = {"results": results, "missing": missing, "load": load_before}
    text = json.dumps(told, indent=1)
    if wishes.json:
        wishes.json.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
