"""Small images whose truth is known, opened in a session without a window."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry, Position, position_of
from viewer.core.segmentation import Mask
from viewer.core.study import Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.session.images import Image, OpenImage
from viewer.session.look import Look, Viewing
from viewer.session.session import Session

READER = Author("A. Reader")
MODEL = Author("second reader", is_model=True, version="1")
SPACE = "1.2.3"

ORIENTATIONS = [
    np.eye(3)[list(order)] * np.array(signs)[:, None]
    for order in permutations(range(3))
    for signs in product((1, -1), repeat=3)
]
"""All 48 ways to store a grid whose axes are those of the patient."""
UPRIGHT = np.eye(3)[::-1]
"""Slices grow to the head, rows to the back, columns to the left."""


def volume_of(voxels: NDArray[np.generic], geometry: Geometry, **kinds: object) -> Volume:
    words = {"unit": "[hnsf'U]", "modality": "CT", "series_key": "ct", **kinds}
    return Volume(voxels, geometry, **words)


def grid(
    directions: ArrayLike,
    shape: tuple[int, int, int] = (12, 16, 20),
    spacing_mm: tuple[float, float, float] = (2.0, 1.5, 1.0),
    centre: Position = (10.0, -20.0, 30.0),
) -> Geometry:
    """A grid about a centre."""
    axes = np.asarray(directions, dtype=float)
    half = (np.asarray(shape) - 1) / 2 * np.asarray(spacing_mm)
    origin = np.asarray(centre) - half @ axes
    return Geometry.from_axes(shape, origin, axes, spacing_mm, SPACE)


def opened(image: Image, **more: object) -> OpenImage:
    series = Series("ct", "1.2", "1.1", "CT", SeriesKind.VOLUME, (), 3, "Chest", **more)
    patient = Patient("P1", "", "Doe^Jane", "19600102", "F")
    return OpenImage(Study("1.1", patient, (series,), "20240131", "", "CT chest"), series, image)


def session_with(image: Image, viewing: Viewing = Viewing.AXIAL, **look: object) -> Session:
    session = Session(READER)
    session.show(opened(image))
    session.hanging.set(
        session.hanging.value.changed(0, lambda _: Look("ct", viewing=viewing, **look))
    )
    return session


def finding_at(position: Position, radius_mm: float = 3.0, **more: object) -> Finding:
    centre = np.asarray(position)
    return Finding(
        id=more.pop("id", "9.1"),
        kind=NODULE,
        site=None,
        position=position,
        low=position_of(centre - radius_mm),
        high=position_of(centre + radius_mm),
        diameter_mm=2 * radius_mm,
        volume_mm3=4 / 3 * np.pi * radius_mm**3,
        series_key=more.pop("series_key", "ct"),
        author=MODEL,
        **{"score": 0.93, **more},
    )


def ball(geometry: Geometry, centre: Position, radius_mm: float) -> NDArray[np.bool_]:
    index = np.stack(np.indices(geometry.shape), axis=-1)
    off = geometry.to_patient(index) - np.asarray(centre)
    return np.linalg.norm(off, axis=-1) <= radius_mm


def with_findings(session: Session, *findings: Finding) -> Session:
    session.record.set(replace(session.record.value, findings=findings))
    return session


BALL: Position = (25.0, -33.0, 42.0)
"""To the left, in front of and above the middle of the thorax."""


def thorax(directions: ArrayLike = UPRIGHT, **more: object) -> Volume:
    """A body of water with a ball of bone at BALL, stored as asked."""
    geometry = grid(directions, (48, 56, 64), (2.0, 1.5, 1.25))
    voxels = np.full(geometry.shape, -1000, dtype=np.int16)
    voxels[ball(geometry, (10.0, -20.0, 30.0), 35)] = 0
    voxels[ball(geometry, BALL, 6)] = 1000
    return volume_of(voxels, geometry, **more)


def mask_of(geometry: Geometry, centre: Position, radius_mm: float) -> Mask:
    return Mask(ball(geometry, centre, radius_mm), geometry)


@pytest.fixture
def bench() -> SimpleNamespace:
    """The makers of this file, by name."""
    makers = (
        volume_of,
        grid,
        opened,
        session_with,
        finding_at,
        ball,
        with_findings,
        thorax,
        mask_of,
    )
    constants = {
        "Mask": Mask,
        "READER": READER,
        "MODEL": MODEL,
        "SPACE": SPACE,
        "BALL": BALL,
        "UPRIGHT": UPRIGHT,
    }
    made = {maker.__name__: maker for maker in makers}
    return SimpleNamespace(ORIENTATIONS=ORIENTATIONS, **made, **constants)
