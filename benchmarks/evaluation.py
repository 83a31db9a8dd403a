"""Judge what the program finds on real images by its own evaluation, and race its surfaces.

    python benchmarks/evaluation.py [--data FOLDER] [--only anatomy|nodules|surfaces]

Anatomy by rules against organ labels of a CT trunk (made by TotalSegmentator, a network; not by
hand), the second reader against the consensus mask of a nodule that four readers drew
(LIDC-IDRI-0314, no part of its training), and surface distances against SimpleITK's.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np
import SimpleITK
from anatomy import BY_ID, TRUNK, _opened
from numpy.typing import NDArray

from viewer.cohort.evaluation import evaluate
from viewer.cohort.review import review
from viewer.core.author import Author
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.segmentation import Segment, Segmentation
from viewer.imaging.anatomy.find import find_anatomy
from viewer.imaging.evaluation.overlap import compare
from viewer.imaging.evaluation.result import Evaluation
from viewer.imaging.evaluation.wish import Wish
from viewer.io.evaluation_page import in_short
from viewer.io.nifti_write import write_nifti
from viewer.render.key_image import draw_key_image


def main() -> None:
    options = _options()
    if options.only in ("", "anatomy"):
        _anatomy(options.data)
    if options.only in ("", "nodules"):
        _nodules(options.data)
    if options.only in ("", "surfaces"):
        _surfaces(options.data)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    usual = os.environ.get("SKIAGRAM_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(usual))
    parser.add_argument("--only", default="", choices=["", "anatomy", "nodules", "surfaces"])
    return parser.parse_args()


def _anatomy(data: Path) -> None:
    folder = data / "ct_organs_totalsegmentator"
    values, geometry = _opened(folder / "example_ct.nii.gz")
    labels, _ = _opened(folder / "example_seg_fast_force_split.nii.gz")
    found = find_anatomy(values, geometry, Silent())
    sides = {
        "found": {name: found.mask(BY_ID[name]) for name in TRUNK},
        "truth": {name: np.isin(labels, numbers) for name, numbers in TRUNK.items()},
    }
    with tempfile.TemporaryDirectory() as place:
        for side, masks in sides.items():
            Path(place, side).mkdir()
            write_nifti(Path(place, side, "trunk.nii.gz"), _segments(masks, geometry))
        began_s = time.monotonic()
        wish = Wish(predictions=Path(place, "found"), truth=Path(place, "truth"))
        result = evaluate(wish, Silent())
    print(f"Anatomy by rules on a CT trunk, judged in {time.monotonic() - began_s:.1f} s")
    _show(result, "cases", ("structure", "dice", "hausdorff95_mm", "surface_dice"))


def _segments(masks: dict[str, NDArray[np.bool_]], geometry: Geometry) -> Segmentation:
    labels = np.zeros(geometry.shape, np.uint8)
    segments = []
    for number, (name, mask) in enumerate(masks.items(), start=1):
        labels[mask] = number
        segments.append(Segment(number, name, BY_ID[name].code))
    return Segmentation(
        "2.25.1", "Trunk", labels, geometry, tuple(segments), Author("benchmark"), ""
    )


def _nodules(data: Path) -> None:
    chest = data / "ct_chest_lidc0314"
    with tempfile.TemporaryDirectory() as place:
        out, truth = Path(place, "out"), Path(place, "truth")
        review([chest / "dicom"], out, draw_key_image, Silent())
        truth.mkdir()
        (truth / "dicom.nii.gz").symlink_to((chest / "nodule_consensus_2of4.nii.gz").resolve())
        began_s = time.monotonic()
        result = evaluate(Wish(predictions=out, truth=truth, smallest_mm=3.0), Silent())
    print(f"\nSecond reader on LIDC-IDRI-0314, judged in {time.monotonic() - began_s:.1f} s")
    for one in result.figures:
        print(f"  {one.name:<32} {in_short(one.value)}  of {one.count} {one.of}")


def _show(result: Evaluation, name: str, columns: tuple[str, ...]) -> None:
    table = next(one for one in result.tables if one.name == name)
    for row in table.rows:
        told = dict(zip(table.head, row, strict=True))
        print("  ", *(f"{in_short(told[column]):>14}" for column in columns))
    print("  ", *(f"{column:>14}" for column in columns))


def _surfaces(data: Path) -> None:
    """Race all figures of one large organ against SimpleITK's overlap and Hausdorff filters."""
    folder = data / "ct_organs_totalsegmentator"
    labels, geometry = _opened(folder / "example_seg_fast_force_split.nii.gz")
    truth = labels == TRUNK["liver"][0]
    found = np.roll(truth, (1, 2), axis=(0, 2))
    began_s = time.monotonic()
    ours = compare(truth, found, geometry, 2.0)
    ours_s = time.monotonic() - began_s
    began_s = time.monotonic()
    images = [_image(one, geometry) for one in (truth, found)]
    overlap = SimpleITK.LabelOverlapMeasuresImageFilter()
    overlap.Execute(*images)
    contours = [SimpleITK.LabelContour(one, fullyConnected=False) for one in images]
    far = SimpleITK.HausdorffDistanceImageFilter()
    far.Execute(*contours)
    theirs_s = time.monotonic() - began_s
    print(
        f"\nLiver of {np.count_nonzero(truth)} voxels: all figures in {ours_s:.2f} s, SimpleITK's"
    )
    print(f"overlap and Hausdorff distance in {theirs_s:.2f} s, ratio {theirs_s / ours_s:.1f}")
    print(f"  Dice {ours.dice:.6f} and {overlap.GetDiceCoefficient():.6f}")
    print(f"  Hausdorff {ours.hausdorff_mm:.6f} and {far.GetHausdorffDistance():.6f} mm")


def _image(mask: NDArray[np.bool_], geometry: Geometry) -> SimpleITK.Image:
    image = SimpleITK.GetImageFromArray(mask.astype(np.uint8))
    image.SetSpacing([float(one) for one in reversed(geometry.spacing_mm)])
    return image


if __name__ == "__main__":
    main()
