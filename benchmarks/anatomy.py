"""How well anatomy by rules agrees with labels, how long it takes and how much memory it takes.

    python benchmarks/anatomy.py [--data FOLDER] [--only trunk|brain|synthetic|chest]

Dice is measured on the grid of the image against every label that the data hold: organs and bone
of a CT trunk (labels made by TotalSegmentator, a network; not by hand), brain masks of MR brains
(in a common space; ours are brought there by the transforms that come with them), and synthetic
bodies whose truth is a formula. Time and memory are those of a whole chest CT, all structures.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import SimpleITK
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.volume import Volume
from viewer.imaging.anatomy.find import find_anatomy
from viewer.imaging.anatomy.result import Anatomy
from viewer.imaging.anatomy.segments import values_of
from viewer.imaging.anatomy.structures import BRAIN, STRUCTURES, Structure
from viewer.imaging.phantom import thorax
from viewer.imaging.phantom.simple import MADE

BONES = (*range(25, 34), *range(75, 79), *range(98, 104), *range(110, 116))
TRUNK = {
    "liver": (5,), "spleen": (1,), "kidney_right": (2,), "kidney_left": (3,), "aorta": (52,),
    "lung_left": (10, 11), "lung_right": (14,), "bone": BONES,
}  # fmt: skip
MUSCLES = tuple(range(80, 90))
BY_ID = {one.id: one for one in STRUCTURES}
Row = tuple[str, str, float, float, float]


def main() -> None:
    """Measure and print."""
    options = _options()
    table = Table("Image", "Structure", "Dice", "Certainty", "ml")
    for rows in _chosen(options.data, options.only):
        for image, name, score, certainty, volume in rows:
            table.add_row(image, name, f"{score:.3f}", f"{certainty:.2f}", f"{volume:.0f}")
    console = Console()
    console.print(table)
    if options.only in ("", "chest"):
        for line in _chest(options.data):
            console.print(line)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    usual = os.environ.get("SKIAGRAM_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(usual))
    parser.add_argument("--only", default="", choices=["", "trunk", "brain", "synthetic", "chest"])
    return parser.parse_args()


def _chosen(data: Path, only: str) -> Iterator[Iterator[Row]]:
    if only in ("", "trunk"):
        yield _trunk(data)
    if only in ("", "brain"):
        yield _brains(data)
    if only in ("", "synthetic"):
        yield _synthetic()


def _dice(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    both = np.count_nonzero(one) + np.count_nonzero(other)
    return 2 * np.count_nonzero(one & other) / max(both, 1)


def _row(image: str, anatomy: Anatomy, structure: Structure, score: float) -> Row:
    found = next(one for one in anatomy.found if one.structure == structure)
    return image, structure.id, score, found.certainty, found.volume_ml


def _opened(path: Path) -> tuple[NDArray[np.generic], Geometry]:
    image = SimpleITK.ReadImage(str(path))
    turned = np.array(image.GetDirection()).reshape(3, 3) * np.array(image.GetSpacing())
    affine = np.eye(4)
    affine[:3, :3] = turned[:, ::-1]
    affine[:3, 3] = image.GetOrigin()
    values = SimpleITK.GetArrayFromImage(image)
    return values, Geometry(values.shape, affine)


def _trunk(data: Path) -> Iterator[Row]:
    folder = data / "ct_organs_totalsegmentator"
    values, geometry = _opened(folder / "example_ct.nii.gz")
    labels, _ = _opened(folder / "example_seg_fast_force_split.nii.gz")
    anatomy = find_anatomy(values, geometry, Silent())
    for name, numbers in TRUNK.items():
        mask = anatomy.mask(BY_ID[name])
        yield _row("CT trunk, plain", anatomy, BY_ID[name], _dice(mask, np.isin(labels, numbers)))
    muscle, labelled = anatomy.mask(BY_ID["muscle"]), np.isin(labels, MUSCLES)
    share = np.count_nonzero(muscle & labelled) / np.count_nonzero(labelled)
    image = "CT trunk, plain (share of the labelled muscles found)"
    yield _row(image, anatomy, BY_ID["muscle"], share)


def _brains(data: Path) -> Iterator[Row]:
    for patient in ("01", "12"):
        folder = data / "mr_ms_longitudinal" / f"patient{patient}"
        truth = SimpleITK.ReadImage(str(folder / "brainmask.nii.gz"))
        for study in (1, 2):
            for kind in ("FLAIR", "T1W"):
                path = folder / f"study{study}_{kind}.nii.gz"
                values, geometry = _opened(path)
                anatomy = find_anatomy(values, geometry, Silent(), modality="MR", unit="1")
                mask = SimpleITK.GetImageFromArray(anatomy.mask(BRAIN).astype(np.uint8))
                mask.CopyInformation(SimpleITK.ReadImage(str(path)))
                there = SimpleITK.Resample(
                    mask, truth, _to_common(folder, study, kind), SimpleITK.sitkNearestNeighbor
                )
                score = _dice(
                    SimpleITK.GetArrayFromImage(there) > 0, SimpleITK.GetArrayFromImage(truth) > 0
                )
                yield _row(f"MR {patient}, study {study}, {kind}", anatomy, BRAIN, score)


def _to_common(folder: Path, study: int, kind: str) -> SimpleITK.Transform:
    joined = SimpleITK.CompositeTransform(3)
    names = [f"study{study}_FLAIR_to_common_space.txt"]
    if kind == "T1W":
        names.append(f"study{study}_T1W_intrastudy_to_FLAIR.txt")
    for name in names:
        joined.AddTransform(SimpleITK.ReadTransform(str(folder / name)))
    return joined


def _synthetic() -> Iterator[Row]:
    for title, make in MADE.items():
        body = make()
        modality = "MR" if "MR" in title else "CT"
        anatomy = find_anatomy(body.values, body.geometry, Silent(), modality=modality)
        for name, truth in body.truth.items():
            score = _dice(anatomy.mask(BY_ID[name]), truth)
            yield _row(f"synthetic {title}", anatomy, BY_ID[name], score)
    chest = thorax(5, shape=(140, 256, 256))
    anatomy = find_anatomy(values_of(chest.volume), chest.volume.geometry, Silent())
    truths = {
        "lung_right": chest.lungs == 1, "lung_left": chest.lungs == 2, "airways": chest.airways,
    }  # fmt: skip
    for name, truth in truths.items():
        score = _dice(anatomy.mask(BY_ID[name]), truth)
        yield _row("synthetic chest", anatomy, BY_ID[name], score)


def _chest(data: Path) -> Iterator[str]:
    from viewer.io.load import open_series
    from viewer.io.scan import scan

    catalogue = scan([data / "ct_chest_lidc0314" / "dicom"], Silent())
    series = next(one for _, one in catalogue.all_series())
    volume = open_series(series).run(Silent(), lambda _: None)
    if not isinstance(volume, Volume):
        yield "The chest CT is no volume."
        return
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, worked = time.perf_counter(), time.process_time()
    anatomy = find_anatomy(values_of(volume), volume.geometry, Silent())
    took, work = time.perf_counter() - began, time.process_time() - worked
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    shape = " x ".join(str(n) for n in volume.geometry.shape)
    yield (
        f"CT chest {shape}: {took:.1f} s ({work:.1f} s of processor) for all structures; "
        f"{more / volume.voxels.nbytes:.1f} times the stored voxels more memory at the peak."
    )
    for one in anatomy.found:
        yield f"  {one.in_words}"


if __name__ == "__main__":
    main()
