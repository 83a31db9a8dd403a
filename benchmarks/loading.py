"""How fast a series opens, against a raw read of the same bytes and SimpleITK's series reader.

Run: python benchmarks/loading.py [--slices 275 500] [--json FILE]
All times are the best of several rounds, taken in turn in one process with the files in the
system's cache. Memory is how far the peak of a fresh process rises while it loads.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid
from rich.console import Console
from rich.table import Table

from viewer.core.progress import Silent
from viewer.core.volume import Volume
from viewer.io.load import load, open_series
from viewer.io.scan import scan

SIDE = 512
ROUNDS = 5


def write_series(folder: Path, slices: int) -> None:
    """Write an uncompressed CT series, every slice a little different."""
    noise = np.random.default_rng(7).integers(-1000, 1500, (SIDE, SIDE), np.int16)
    study, series, frame = generate_uid(), generate_uid(), generate_uid()
    for index in range(slices):
        slice_ = Dataset()
        slice_.SOPClassUID, slice_.SOPInstanceUID = CTImageStorage, generate_uid()
        slice_.StudyInstanceUID, slice_.SeriesInstanceUID = study, series
        slice_.FrameOfReferenceUID, slice_.Modality, slice_.PatientID = frame, "CT", "BENCH"
        slice_.PatientName, slice_.StudyDate, slice_.InstanceNumber = "Bench", "20260101", index + 1
        slice_.ImagePositionPatient = [-200.0, -200.0, -100.0 + index * 0.75]
        slice_.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
        slice_.PixelSpacing, slice_.SliceThickness = [0.75, 0.75], 0.75
        slice_.Rows = slice_.Columns = SIDE
        slice_.SamplesPerPixel, slice_.PhotometricInterpretation = 1, "MONOCHROME2"
        slice_.BitsAllocated = slice_.BitsStored = 16
        slice_.HighBit, slice_.PixelRepresentation = 15, 1
        slice_.RescaleSlope, slice_.RescaleIntercept, slice_.RescaleType = 1, 0, "HU"
        slice_.PixelData = np.roll(noise, index, axis=0).tobytes()
        slice_.file_meta = FileMetaDataset()
        slice_.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        slice_.save_as(folder / f"{index:04d}", enforce_file_format=True)


def best_times(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the best time of each, all measured in turn in every round."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: min(measured) for name, measured in times.items()}


def raw_read(folder: Path) -> None:
    """Read every byte, and do nothing with it."""
    for path in sorted(folder.iterdir()):
        path.read_bytes()


def raw_read_kept(folder: Path) -> list[bytes]:
    """Read every byte and keep it, as a program that shows all slices must."""
    return [path.read_bytes() for path in sorted(folder.iterdir())]


def fill(slices: int) -> None:
    """Write once to memory of the size of the voxels, fresh from the system."""
    np.zeros((slices, SIDE, SIDE), np.int16)[...] = 1


def rival(folder: Path) -> None:
    """Read the series as SimpleITK's users do."""
    import SimpleITK

    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(folder)))
    reader.Execute()


def scan_and_first(folder: Path) -> None:
    """Scan the folder and decode the first wanted slice."""
    _, series = next(scan([folder], Silent()).all_series())
    open_series(series)


def all_of_it(folder: Path) -> None:
    """Scan the folder and load all slices."""
    _, series = next(scan([folder], Silent()).all_series())
    load(series, Silent())


def peak_over_voxels(folder: Path) -> float:
    """Return how far a fresh process's peak rises while it loads, over the bytes of the voxels."""
    command = [sys.executable, __file__, "--memory-of", str(folder)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def memory_of(folder: Path) -> float:
    """Load once in this process and return the rise of its peak over the bytes of the voxels."""
    import psutil

    before = psutil.Process().memory_info().rss
    _, series = next(scan([folder], Silent()).all_series())
    volume = load(series, Silent())
    if not isinstance(volume, Volume):
        raise SystemExit("the series did not become a volume")
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
    return (peak - before) / volume.voxels.nbytes


def measure(slices: int) -> dict[str, float]:
    """Measure one series of so many slices."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_series(folder, slices)
        _, series = next(scan([folder], Silent()).all_series())
        figures: dict[str, float] = {"slices": slices}
        figures |= best_times(
            {
                "raw_read_s": lambda: raw_read(folder),
                "raw_read_into_memory_s": lambda: raw_read_kept(folder),
                "fill_fresh_memory_s": lambda: fill(slices),
                "scan_s": lambda: scan([folder], Silent()),
                "open_first_slice_s": lambda: open_series(series),
                "scan_and_first_slice_s": lambda: scan_and_first(folder),
                "load_s": lambda: load(series, Silent()),
                "scan_and_load_s": lambda: all_of_it(folder),
                "simpleitk_s": lambda: rival(folder),
            }
        )
        figures["peak_over_voxels"] = peak_over_voxels(folder)
    raw = figures["raw_read_s"]
    figures["load_over_raw"] = figures["load_s"] / raw
    figures["load_over_raw_into_memory"] = figures["load_s"] / figures["raw_read_into_memory_s"]
    figures["scan_and_load_over_raw"] = figures["scan_and_load_s"] / raw
    figures["load_faster_than_simpleitk"] = figures["simpleitk_s"] / figures["load_s"]
    figures["all_faster_than_simpleitk"] = figures["simpleitk_s"] / figures["scan_and_load_s"]
    first = figures["scan_and_first_slice_s"]
    figures["first_slice_over_simpleitk"] = first / figures["simpleitk_s"]
    return figures


def main() -> None:
    """Measure, print a table and write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slices", type=int, nargs="+", default=[275, 500])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    wishes = parser.parse_args()
    if wishes.memory_of:
        print(memory_of(wishes.memory_of))
        return
    results = [measure(slices) for slices in wishes.slices]
    table = Table("figure", *(f"512 x 512 x {result['slices']}" for result in results))
    for name in results[0]:
        table.add_row(name, *(f"{result[name]:.3f}" for result in results))
    Console().print(table)
    if wishes.json:
        wishes.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
