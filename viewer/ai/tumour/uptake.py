"""What PET says of an outlined part: SUVmax, SUVmean, metabolic volume and total glycolysis.

Sampled at the PET's own voxels whose middle lies in the outline, so that figures do not depend on
the grid that the outline was drawn on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.ai.engine.channels import in_unit
from viewer.ai.engine.lesions import Lesion
from viewer.ai.tumour.preparation import CHANNELS, TITLE
from viewer.core.finding import Reason
from viewer.core.geometry import Geometry
from viewer.core.volume import Volume, blanked

MTV_SHARE = 0.41
"""Share of SUVmax above which a voxel counts as metabolic volume (EANM, Boellaard 2015)."""
_SUV = "{SUVbw}g/ml"


@dataclass(frozen=True, slots=True, eq=False)
class Uptake:
    """A PET in SUV by body weight."""

    volume: Volume

    def within(self, lesion: Lesion) -> NDArray[np.float64]:
        """Return the SUV of all voxels of the PET whose middle lies in a part."""
        source, mask = self.volume.geometry, lesion.mask
        start, stop = _box(source, mask.geometry)
        index = np.stack(np.meshgrid(*map(np.arange, start, stop), indexing="ij"), axis=-1)
        there = np.rint(mask.geometry.to_index(source.to_patient(index))).astype(np.intp)
        shape = np.asarray(mask.voxels.shape)
        inside: NDArray[np.bool_] = np.asarray(((there >= 0) & (there < shape)).all(axis=-1))
        inside[inside] = mask.voxels[tuple(there[inside].T)]
        part = tuple(slice(a, b) for a, b in zip(start, stop, strict=True))
        stored = self.volume.voxels[part]
        values = blanked(stored, self.volume.padding) * self.volume.slope + self.volume.intercept
        known = values[inside]
        return np.asarray(known[np.isfinite(known)], dtype=np.float64)

    @property
    def voxel_ml(self) -> float:
        """The volume of one voxel in ml."""
        return self.volume.geometry.voxel_volume_mm3 / 1000


def uptake_of(volume: Volume | None) -> Uptake | None:
    """Return the uptake of a PET in SUV, if there is one."""
    return None if volume is None else Uptake(in_unit(volume, CHANNELS[0], TITLE))


def explained(lesion: Lesion, uptake: Uptake | None) -> tuple[Reason, ...]:
    """Return what speaks for a part, and its figures on the PET if there is one."""
    reasons = [
        Reason("Highest probability", lesion.highest),
        Reason("Mean probability", lesion.mean),
        Reason("Volume", lesion.volume_mm3 / 1000, "ml"),
    ]
    values = np.zeros(0) if uptake is None else uptake.within(lesion)
    if uptake is None or not values.size:
        return tuple(reasons)
    hot = values[values >= MTV_SHARE * values.max()]
    metabolic = hot.size * uptake.voxel_ml
    return (
        *reasons,
        Reason("SUVmax", float(values.max()), _SUV),
        Reason("SUVmean", float(values.mean()), _SUV),
        Reason("Metabolic tumour volume (41 % of SUVmax)", metabolic, "ml"),
        Reason("Total lesion glycolysis", metabolic * float(hot.mean()), "g"),
    )


def _box(source: Geometry, mask: Geometry) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    corners = source.to_index(mask.corners())
    shape = np.asarray(source.shape)
    start = np.clip(np.floor(corners.min(axis=0)), 0, shape - 1).astype(np.intp)
    stop = np.clip(np.ceil(corners.max(axis=0)) + 1, start + 1, shape).astype(np.intp)
    return start, stop
