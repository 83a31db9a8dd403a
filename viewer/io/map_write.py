"""Maps of scores as files: NIfTI for volumes, grey pictures for single frames.

Voxels are bytes; a NIfTI says by slope and intercept which value each stands for, so that other
programs show the map in its own unit. What a map means is said in a comment (JSON).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.score_map import ScoreMap
from viewer.io.atomic import Staging, spoken_for
from viewer.io.identifiers import file_stem
from viewer.io.nifti import to_ras
from viewer.io.nifti_write import as_image, comment

_ESTIMATE = 1001
"""NIFTI_INTENT_ESTIMATE: the values are estimates of something that is named."""


class _Scaled(Protocol):
    def set_slope_inter(self, slope: float, inter: float) -> None: ...


def write_map(staging: Staging, score_map: ScoreMap, number: int) -> None:
    """Write a map beside other results, numbered from 1; of frames those that hold anything.

    Raises:
        Declined: if it cannot be written.
    """
    stem = f"map_{number:02d}_{file_stem(score_map.title, 'scores')}"
    if score_map.geometry is None:
        for frame, picture in enumerate(score_map.voxels, start=1):
            if picture.any():
                staging.write(f"{stem}_{frame:03d}.png", _png(picture))
        staging.write(f"{stem}.json", _words(score_map).encode())
        return
    path = staging.path(f"{stem}.nii.gz")
    with spoken_for(staging.folder):
        write_nifti_map(path, score_map)


def write_nifti_map(path: Path, score_map: ScoreMap) -> None:
    """Write a map of a volume; its stored bytes times the slope are in its unit.

    Raises:
        ValueError: if the map lies in no patient.
    """
    if score_map.geometry is None:
        raise ValueError("a map of single pictures is no NIfTI")
    affine = to_ras(score_map.geometry.affine)
    image = as_image(np.ascontiguousarray(score_map.voxels.T), affine)
    image.header.set_xyzt_units("mm")
    image.header["intent_code"] = _ESTIMATE
    cast("_Scaled", image.header).set_slope_inter(
        (score_map.high - score_map.low) / 255, score_map.low
    )
    image.header.extensions.append(comment(_words(score_map)))
    image.to_filename(path)


def _png(picture: NDArray[np.uint8]) -> bytes:
    done, encoded = cv2.imencode(".png", picture)
    if not done:
        raise Declined("A map could not be written as a picture.", code="not_written")
    return encoded.tobytes()


def _words(score_map: ScoreMap) -> str:
    author = score_map.author
    told = {
        "title": score_map.title,
        "meaning": score_map.meaning,
        "low": score_map.low,
        "high": score_map.high,
        "unit": score_map.unit,
        "about": score_map.about,
        "model": author.name,
        "version": author.version,
        "weights_sha256": author.weights_sha256,
        "parameters": dict(author.parameters),
    }
    return json.dumps(told, ensure_ascii=False)
