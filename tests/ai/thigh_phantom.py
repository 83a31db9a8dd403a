"""A thigh with a tumour in it, as PET, CT and MR would show it."""

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.volume import Volume

CENTRE = np.array([12.0, -8.0, 5.0])
"""Of the tumour: left, back, head."""
RADIUS_MM = 26.0
FRAME = "1.2.3.4"


def grid(spacing_mm, shape):
    """Return an axial grid round the middle of the thigh."""
    directions = [(0, 0, 1), (0, 1, 0), (1, 0, 0)]
    half = (np.array(shape) - 1) / 2 * spacing_mm
    return Geometry.from_axes(shape, -half[::-1], directions, spacing_mm, FRAME)


def distances(geometry):
    """Return how far each voxel is from the middle of the tumour and from the axis of the thigh."""
    places = geometry.to_patient(np.stack(np.indices(geometry.shape), axis=-1))
    return np.linalg.norm(places - CENTRE, axis=-1), np.linalg.norm(places[..., :2], axis=-1)


def volume(modality, values, geometry):
    """Return a volume in the unit that its modality has in files."""
    unit = {"PT": "{SUVbw}g/ml", "CT": "[hnsf'U]"}.get(modality, "1")
    return Volume(values.astype(np.float32), geometry, unit, modality, f"key-{modality}")


def thigh(modality, spacing_mm, shape):
    """Return the thigh: 80 mm thick muscle in fat, bone in the middle, the tumour beside it."""
    geometry = grid(spacing_mm, shape)
    tumour, axis = distances(geometry)
    air, fat, muscle, bone, lesion, noise = {
        "PT": (0.0, 0.3, 0.7, 0.5, 7.0, 0.05),
        "CT": (-1000.0, -100.0, 55.0, 700.0, 35.0, 12.0),
        "MR": (5.0, 1000.0, 350.0, 200.0, 420.0, 25.0),
    }[modality]
    values = np.select(
        [tumour < RADIUS_MM, axis < 14, axis < 75, axis < 90], [lesion, bone, muscle, fat], air
    )
    values = values + np.random.default_rng(3).normal(0, noise, values.shape)
    return volume(modality, values.clip(0) if modality != "CT" else values, geometry)
