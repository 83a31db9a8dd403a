"""Whether a click would work, told within milliseconds, and why not."""

from __future__ import annotations

import numpy as np

from viewer.core.geometry import Shape
from viewer.core.volume import Volume
from viewer.imaging.click.family import climbed
from viewer.imaging.click.field import Field, field_of

_NEAR_MM, _FAR_MM = 8.0, 40.0
_NEAR_STEPS, _FAR_STEPS = 5, 10
_AIR_HU, _LUNG_HU, _BONE_HU = -920.0, -700.0, 350.0
_LOW_UPTAKE = 1.0
"""SUV; in other units (Bq/ml, counts) only what is around tells what is low."""
_DARK_SHARE = 0.06
_FLAT, _EVEN = 3.0, 8.0

AIR = "There is only air here."
LUNG = "There is only aerated lung here: point at the lesion itself."
BONE = "This is as dense as bone or contrast medium: its outline would be that of the bone."
NOTHING = "The image has no values here."
BODY = "This is outside the body, or without signal."
UPTAKE = "Uptake is hardly above that around it here."
FLAT = "Nothing stands out here: values are as even as noise allows."
NO_HU = "This CT is not in HU, and what a lesion looks like in other values is not known."
KINDS = "A click works on CT, MR and PET only."
_HU = ("[hnsf'U]", "{HU_MOD}")
MODALITIES = ("CT", "MR", "PT")


def would_work(volume: Volume, voxel: Shape) -> str:
    """Return an empty text where a click would work, else one sentence that says why not."""
    if volume.modality not in MODALITIES:
        return KINDS
    if volume.modality == "CT" and volume.unit not in _HU:
        return NO_HU
    stored = volume.voxels[voxel]
    if not np.isfinite(stored) or _is_padding(volume, float(stored)):
        return NOTHING
    near = field_of(volume, voxel, _NEAR_MM, _NEAR_STEPS)
    far = field_of(volume, voxel, _FAR_MM, _FAR_STEPS)
    if volume.modality == "PT":
        return _in_pet(near, far, _LOW_UPTAKE if "SUV" in volume.unit else 0.0) or _flat(near, far)
    return _WAYS[volume.modality](near, far) or _flat(near, far)


def _is_padding(volume: Volume, stored: float) -> bool:
    return volume.padding is not None and volume.padding[0] <= stored <= volume.padding[1]


def _middle(block: Field) -> float:
    """Return the middle value of the voxel and its neighbours."""
    about = tuple(slice(max(n - 1, 0), n + 2) for n in block.click)
    return float(np.median(block.values[about]))


def _in_ct(near: Field, far: Field) -> str:
    value = _middle(near)
    if value < _AIR_HU:
        return AIR
    if value < _LUNG_HU:
        return LUNG
    return BONE if value > _BONE_HU and _middle(far) > _BONE_HU / 2 else ""


def _in_mr(near: Field, far: Field) -> str:
    bright = float(np.percentile(far.values, 95))
    return BODY if _middle(near) < _DARK_SHARE * bright else ""


def _in_pet(near: Field, far: Field, least: float) -> str:
    peak = float(near.values[climbed(near.values, near.click, near.spacing_mm)])
    around = max(float(np.median(far.values)), 0.0)
    hot = peak > least and peak > 1.5 * around
    return "" if hot else UPTAKE


def _flat(near: Field, far: Field) -> str:
    """Tell where the surroundings differ no more than neighbours do."""
    values = far.values
    steps = [np.abs(np.diff(values, axis=axis)).ravel() for axis in range(3)]
    noise = float(np.median(np.concatenate(steps))) if values.size > 1 else 0.0
    spread = float(values.max() - values.min())
    off = abs(_middle(near) - float(np.median(values)))
    even = spread <= max(_EVEN * noise, 1e-6) and off <= max(_FLAT * noise, 1e-6)
    return FLAT if even else ""


_WAYS = {"CT": _in_ct, "MR": _in_mr}
