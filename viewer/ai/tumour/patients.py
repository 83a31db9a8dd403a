"""The patients to learn from: images and outlines of soft-tissue sarcomas, ready for lessons.

The images of the data set are cut some 5 cm round the tumour, PET, CT and MR each on its own grid.
Where CT ends within the PET, and where MR ends, gives the place of the tumour away. So all of it is
cut to the box that both PET and CT fill; see `lessons` for the MR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import SimpleITK
from numpy.typing import NDArray

from viewer.ai.click_lessons import volume_of
from viewer.ai.engine.preparing import Prepared, prepare
from viewer.ai.engine.sampling import sampled
from viewer.ai.readers import Inputs
from viewer.ai.tumour.preparation import PREPARATION, TITLE
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.volume import Volume

FOLDER = "petctmr_sarcoma"
FILES = (("PT", "PET", "{SUVbw}g/ml"), ("CT", "CT", "[hnsf'U]"), ("MR", "MR_T1", "1"))
"""Modality, stem of the file, unit of its values as the README of the data tells it."""

Box = tuple[slice, slice, slice]


@dataclass(frozen=True, slots=True, eq=False)
class Patient:
    """One patient: the images, the outline on the PET, and all of it on the working grid."""

    name: str
    pet: Volume = field(repr=False)
    truth: NDArray[np.bool_] = field(repr=False)
    """The outline on the grid of the PET."""
    prepared: Prepared = field(repr=False)
    """On the whole working grid, all three images there."""
    common: Box
    """The part of the working grid that both PET and CT fill."""
    inside: NDArray[np.float32] = field(repr=False)
    """How much of each voxel of the common part is tumour, 0 to 1."""

    @property
    def channels(self) -> NDArray[np.float32]:
        """The input (channel, ...) in the common part."""
        return self.prepared.channels[(slice(None), *self.common)]

    @property
    def grid(self) -> Geometry:
        """The grid of the common part."""
        start = [side.start for side in self.common]
        stop = [side.stop for side in self.common]
        return self.prepared.geometry.crop(
            (start[0], start[1], start[2]), (stop[0], stop[1], stop[2])
        )


def read_patients(data: Path, names: Sequence[str] = ()) -> list[Patient]:
    """Read the patients of the data set, or those of these names."""
    folders = sorted((data / FOLDER).glob("STS_*"))
    if not folders:
        raise FileNotFoundError(f"there is no {FOLDER} in {data}")
    return [read_patient(one) for one in folders if not names or one.name in names]


def read_patient(folder: Path) -> Patient:
    """Read one patient and put all images on the working grid."""
    pet, *others = (_read(folder / f"{stem}.nii.gz", kind, unit) for kind, stem, unit in FILES)
    mask = _read(folder / "PET_mask.nii.gz", "PT", "1")
    prepared = prepare(PREPARATION, Inputs(pet, tuple(others)), Silent(), TITLE)
    common = common_part(prepared.inside[0] & prepared.inside[1])
    whole = on_grid(mask, prepared.geometry)
    truth = np.asarray(mask.voxels) != 0
    return Patient(folder.name, pet, truth, prepared, common, whole[common])


def on_grid(volume: Volume, grid: Geometry) -> NDArray[np.float32]:
    """Return the values of a volume on a grid, 0 beyond it."""
    values, known = np.zeros(grid.shape, np.float32), np.zeros(grid.shape, np.bool_)
    sampled(volume, grid, 0.0, values, known, Silent())
    return values


def common_part(filled: NDArray[np.bool_]) -> Box:
    """Return the box that is filled, one voxel within."""
    sides = []
    for axis in range(3):
        others = tuple(one for one in range(3) if one != axis)
        profile = filled.mean(axis=others)
        within = np.flatnonzero(profile > profile.max() / 2)
        sides.append(slice(int(within[0]) + 1, int(within[-1])))
    return sides[0], sides[1], sides[2]


def _read(path: Path, kind: str, unit: str) -> Volume:
    return replace(volume_of(SimpleITK.ReadImage(str(path)), kind), unit=unit)
