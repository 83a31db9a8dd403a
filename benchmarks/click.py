"""Measure one-click lesions on real, outlined lesions: Dice over clicks, against fixed rules.

The judge is trained anew for each fold of patients, so that no lesion is judged by trees that
saw its patient; LIDC-IDRI-0314 and the QIN head and neck patient are never learned from.
Clicks are simulated: the first well inside the lesion, each further one at the deepest
voxel of the largest error, to add or to cut. Every lesion is clicked at by several readers.

    python benchmarks/click.py [--data ../shared/data] [--readers 2] [--workers 2] [--card]

The floors: voxels connected to the click at or above 40 % of the greatest value that one gets
to uphill (PET); region growing by confidence (ITK's rule, 2.5 standard deviations), all kinds.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import SimpleITK
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, label

from viewer.ai.card import Metric, Performance, read_card
from viewer.ai.click_lessons import Lesion, click_inside, planted_lesions, real_lesions, volume_of
from viewer.ai.click_training import PLANTED, SEED, Rows, all_rows, trained
from viewer.ai.writing import write_card
from viewer.core.geometry import Shape
from viewer.core.progress import Silent
from viewer.core.resources import resource_folder
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume
from viewer.imaging.click.engine import ClickResult, Clicks, Judge, plain, segment_click
from viewer.imaging.click.family import climbed
from viewer.imaging.segment.growing import confident, connected
from viewer.io.load import load
from viewer.io.scan import scan
from viewer.io.seg_read import read_segmentation

COMMAND = "python benchmarks/click.py"
FOLDS = 6
AT = (1, 2, 3, 5)
UNLEARNED = "same outlines, chosen by a fixed rule"
_AROUND_MM = 105.0


def held_out(data: Path) -> list[Lesion]:
    """Return the lesions nobody learns from: a lung nodule on CT, two tumours on PET."""
    chest = _series(data / "ct_chest_lidc0314" / "dicom")
    mask = SimpleITK.ReadImage(str(data / "ct_chest_lidc0314" / "nodule_consensus_2of4.nii.gz"))
    drawn_on = volume_of(mask, "CT")
    points = drawn_on.geometry.to_patient(np.argwhere(drawn_on.voxels != 0))
    made = [_cut("LIDC 0314 CT", "LIDC-IDRI-0314", chest, _filled(chest, points))]
    pet = _series(data / "pet_headneck_qin01" / "PET")
    folder = data / "pet_headneck_qin01" / "SEG" / "3DSlicer"
    drawn = read_segmentation(next(folder.glob("*.dcm")))
    for segment in drawn.segments:
        inside = np.argwhere(drawn.labels == segment.label)
        whole = _filled(pet, drawn.geometry.to_patient(inside))
        pieces, count = label(whole, np.ones((3, 3, 3)))
        for number in range(1, count + 1):
            if np.count_nonzero(pieces == number) >= 20:
                name = f"QIN {segment.label}.{number} PT"
                made.append(_cut(name, "QIN-HEADNECK-01", pet, np.asarray(pieces == number)))
    return made


def _series(folder: Path) -> Volume:
    (_, series), *_ = scan([folder], Silent()).all_series()
    volume = load(series, Silent())
    if not isinstance(volume, Volume):
        raise SystemExit(f"{folder.name} is no volume here")
    return volume


def _filled(volume: Volume, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    inside = np.zeros(volume.geometry.shape, np.bool_)
    inside[tuple(np.rint(volume.geometry.to_index(points)).astype(int).T)] = True
    return inside


def _cut(name: str, patient: str, volume: Volume, inside: NDArray[np.bool_]) -> Lesion:
    """Cut a lesion out with its surroundings, so that it travels to other processes."""
    spacing = np.asarray(volume.geometry.spacing_mm)
    centre = np.argwhere(inside).mean(axis=0)
    start = np.maximum(centre - _AROUND_MM / spacing, 0).astype(int).tolist()
    stop = np.minimum(centre + _AROUND_MM / spacing, inside.shape).astype(int).tolist()
    cut = tuple(slice(a, b) for a, b in zip(start, stop, strict=True))
    grid = volume.geometry.crop(tuple(start), tuple(stop))
    small = Volume(
        volume.voxels[cut].copy(), grid, volume.unit, volume.modality, "held out",
        volume.slope, volume.intercept, padding=volume.padding,
    )  # fmt: skip
    return Lesion(name, patient, volume.modality, small, inside[cut].copy())


@dataclass(frozen=True, slots=True)
class Outcome:
    """Dice after each click, and how long the clicks took."""

    lesion: str
    patient: str
    modality: str
    method: str
    dice: tuple[float, ...]
    seconds: tuple[float, ...] = field(default=())
    certainty: float = 0.0


def measured(lesion: Lesion, judge: Judge, readers: int) -> list[Outcome]:
    """Click at one lesion as some readers would, by the program and by the floors."""
    random = np.random.default_rng(SEED)
    starts = [
        click_inside(lesion.inside, lesion.volume.geometry.spacing_mm, random)
        for _ in range(readers)
    ]
    made = [_clicked(lesion, start, judge, "one click") for start in starts]
    made += [_clicked(lesion, start, plain, UNLEARNED, 1) for start in starts]
    values = lesion.volume.values()
    for start in starts:
        for method, rule in _FLOORS.items():
            if method.startswith("40 %") and lesion.modality != "PT":
                continue
            inside = rule(values, start, lesion.volume.geometry.spacing_mm)
            fit = _dice(inside, lesion.inside)
            made.append(_outcome(lesion, method, (fit,) * len(AT)))
    return made


def _outcome(
    lesion: Lesion,
    method: str,
    dice: tuple[float, ...],
    seconds: tuple[float, ...] = (),
    certainty: float = 0.0,
) -> Outcome:
    return Outcome(lesion.name, lesion.patient, lesion.modality, method, dice, seconds, certainty)


def _clicked(
    lesion: Lesion, start: Shape, judge: Judge, method: str, most: int = max(AT)
) -> Outcome:
    adds, cuts = [start], list[Shape]()
    dice, seconds, certainty = [], [], 0.0
    for number in range(most):
        began = time.perf_counter()
        result = segment_click(
            lesion.volume, Clicks(tuple(adds), tuple(cuts)), lesion.modality, judge
        )
        inside = _whole(result, result.mask(), lesion.inside.shape)
        seconds.append(time.perf_counter() - began)
        dice.append(_dice(inside, lesion.inside))
        certainty = result.certainty if number == 0 else certainty
        place, misses = _worst(inside, lesion)
        (adds if misses else cuts).append(place)
    return _outcome(
        lesion, method, tuple(dice[min(n, most) - 1] for n in AT), tuple(seconds), certainty
    )


def _whole(result: ClickResult, mask: Mask | None, shape: Shape) -> NDArray[np.bool_]:
    whole = np.zeros(shape, np.bool_)
    if mask is not None:
        start = np.rint(result.image.to_index(mask.geometry.origin)).astype(int)
        cut = tuple(slice(a, a + n) for a, n in zip(start, mask.voxels.shape, strict=True))
        whole[cut] = mask.voxels
    return whole


def _worst(inside: NDArray[np.bool_], lesion: Lesion) -> tuple[Shape, bool]:
    """Return the deepest voxel of the largest error, and whether it is one that is missed."""
    best: tuple[int, Shape, bool] = (-1, (0, 0, 0), True)
    for wrong, misses in ((lesion.inside & ~inside, True), (inside & ~lesion.inside, False)):
        if not wrong.any():
            continue
        pieces, _ = label(wrong)
        sizes = np.bincount(pieces.ravel())
        sizes[0] = 0
        number = int(sizes.argmax())
        if sizes[number] > best[0]:
            piece = np.pad(pieces == number, 1)
            depth = distance_transform_edt(piece, sampling=lesion.volume.geometry.spacing_mm)
            at = np.unravel_index(int(depth.argmax()), depth.shape)
            place = (int(at[0]) - 1, int(at[1]) - 1, int(at[2]) - 1)
            best = int(sizes[number]), place, misses
    return best[1], best[2]


def _dice(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    total = np.count_nonzero(one) + np.count_nonzero(other)
    return 2 * np.count_nonzero(one & other) / total if total else 1.0


Rule = Callable[[NDArray[np.float32], Shape, tuple[float, float, float]], NDArray[np.bool_]]


def _forty(
    values: NDArray[np.float32], at: Shape, spacing_mm: tuple[float, float, float]
) -> NDArray[np.bool_]:
    peak = float(values[climbed(values, at, spacing_mm)])
    grown = connected(values, at, 0.4 * peak, np.inf)
    return grown.mask


def _confident(
    values: NDArray[np.float32], at: Shape, _: tuple[float, float, float]
) -> NDArray[np.bool_]:
    return confident(values, at).mask


_FLOORS: dict[str, Rule] = {"40 % of the maximum": _forty, "confidence growing": _confident}


def folds_of(patients: Sequence[str]) -> dict[str, int]:
    """Share the patients out."""
    names = sorted(set(patients))
    order = np.random.default_rng(SEED).permutation(len(names))
    return {names[int(place)]: number % FOLDS for number, place in enumerate(order)}


def interval(outcomes: Sequence[Outcome], at: int) -> tuple[float, float, float]:
    """Return the mean over lesions, and its 95 % interval by drawing patients anew."""
    lesions: dict[tuple[str, str], list[float]] = {}
    for one in outcomes:
        lesions.setdefault((one.patient, one.lesion), []).append(one.dice[at])
    by_patient: dict[str, list[float]] = {}
    for (patient, _), found in lesions.items():
        by_patient.setdefault(patient, []).append(float(np.mean(found)))
    groups = list(by_patient.values())
    random = np.random.default_rng(SEED)
    drawn = []
    for _ in range(2000):
        picked = [groups[k] for k in random.integers(len(groups), size=len(groups))]
        drawn.append(float(np.mean([value for group in picked for value in group])))
    low, high = np.percentile(drawn, (2.5, 97.5))
    return float(np.mean([v for g in groups for v in g])), float(low), float(high)


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the table as Markdown."""
    lines = [
        "| images | lesions (patients) | method | " + " | ".join(f"{n}" for n in AT) + " |",
        "|---|---|---|" + "---|" * len(AT),
    ]
    for modality in ("CT", "MR", "PT"):
        methods = dict.fromkeys(one.method for one in outcomes if one.modality == modality)
        for method in methods:
            own = [o for o in outcomes if o.modality == modality and o.method == method]
            lesions, patients = {o.lesion for o in own}, {o.patient for o in own}
            cells = []
            for number in range(len(AT)):
                mean, low, high = interval(own, number)
                fixed = number and method != "one click"
                cells.append("" if fixed else f"{mean:.2f} ({low:.2f} to {high:.2f})")
            name = "PET" if modality == "PT" else modality
            lines.append(
                f"| {name} | {len(lesions)} ({len(patients)}) | {method} | "
                + " | ".join(cells)
                + " |"
            )
    return lines


def main() -> None:
    """Train in folds, click, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    place = os.environ.get("SKIAGRAM_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=place)
    parser.add_argument("--readers", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--card", action="store_true", help="write the figures into the card")
    given = parser.parse_args()
    real = list(real_lesions(given.data))
    lessons = [*real, *planted_lesions(given.data, real, PLANTED, SEED)]
    rows = all_rows(lessons, given.workers)
    outcomes = _crossed(real, rows, given.readers, given.workers)
    everything = trained(rows)
    with ProcessPoolExecutor(given.workers) as pool:
        run = partial(measured, judge=everything, readers=given.readers)
        new = [one for part in pool.map(run, held_out(given.data)) for one in part]
    _report(outcomes, new, given.card)


def _crossed(
    real: Sequence[Lesion], rows: Sequence[Rows], readers: int, workers: int
) -> list[Outcome]:
    """Judge each lesion by trees that saw no image of its patient."""
    folds = folds_of([one.patient for one in real])
    outcomes: list[Outcome] = []
    for fold in range(FOLDS):
        judge = trained([one for one in rows if folds.get(one.patient) != fold])
        left = [one for one in real if folds[one.patient] == fold]
        with ProcessPoolExecutor(workers) as pool:
            run = partial(measured, judge=judge, readers=readers)
            outcomes += [one for part in pool.map(run, left) for one in part]
        print(f"fold {fold + 1} of {FOLDS}: {len(left)} lesions", flush=True)
    return outcomes


def _report(outcomes: Sequence[Outcome], new: Sequence[Outcome], card: bool) -> None:  # noqa: FBT001
    print("\nDice after 1, 2, 3 and 5 clicks, patients left out (95 % interval over patients):\n")
    lines = table(outcomes)
    print("\n".join(lines))
    print("\nNever learned from:\n")
    for one in new:
        words = " / ".join(f"{value:.2f}" for value in one.dice)
        print(f"- {one.lesion}, {one.method}: {words}")
    ours = [one for one in (*outcomes, *new) if one.method == "one click"]
    spent = np.array([value for one in ours for value in one.seconds])
    print(
        f"\nTime of a click: median {np.median(spent):.2f} s, 95 % within "
        f"{np.percentile(spent, 95):.2f} s, longest {spent.max():.2f} s"
    )
    sure = np.array([one.certainty for one in ours])
    fits = np.array([one.dice[0] for one in ours])
    print(
        "Certainty against Dice of the first click: correlation "
        f"{np.corrcoef(sure, fits)[0, 1]:.2f}, mean {sure.mean():.2f} against {fits.mean():.2f}"
    )
    if card:
        _write_figures(outcomes)


def _metric(own: Sequence[Outcome], number: int, clicks: int) -> Metric:
    value, low, high = (round(end, 3) for end in interval(own, number))
    name = f"Dice after {clicks} click{'s' if clicks > 1 else ''}"
    return Metric(name, value, low, high, interval_over="patients")


_KINDS = {"CT": "CT", "MR": "MR", "PT": "PET"}


def _write_figures(outcomes: Sequence[Outcome]) -> None:
    folder = resource_folder() / "models" / "one_click"
    figures = []
    for modality in ("CT", "MR", "PT"):
        own = [o for o in outcomes if o.modality == modality and o.method == "one click"]
        words = " / ".join(
            "{:.2f} ({:.2f} to {:.2f})".format(*interval(own, n)) for n in range(len(AT))
        )
        patients = len({one.patient for one in own})
        figures.append(
            Performance(
                f"{_KINDS[modality]}: {len({o.lesion for o in own})} lesions of {patients} "
                "patients, each left out of training",
                patients,
                f"Dice {words} after 1 / 2 / 3 / 5 clicks (95 % interval over patients)",
                COMMAND,
                lesions=len({o.lesion for o in own}),
                metrics=tuple(_metric(own, n, clicks) for n, clicks in enumerate(AT)),
            )
        )
    from dataclasses import replace

    write_card(folder, replace(read_card(folder), performance=tuple(figures)))


if __name__ == "__main__":
    main()
