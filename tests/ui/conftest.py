"""A small CT made by hand, and the whole window to show it in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.program import Program
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.session.images import OpenImage

SPHERE = (-20.0, 10.0, 30.0)


@pytest.fixture
def program(qtbot):
    started = Program.started(qtbot)
    yield started
    started.close()


@pytest.fixture
def opened():
    """Air with a ball of soft tissue, 10 mm in radius, at `SPHERE`; voxels of 2 mm."""
    geometry = Geometry.from_axes(
        (60, 64, 64), (-64, -64, -20), np.eye(3)[::-1], (2, 2, 2), "frame"
    )
    places = geometry.to_patient(np.moveaxis(np.indices(geometry.shape), 0, -1))
    ball = np.linalg.norm(places - np.asarray(SPHERE), axis=-1) < 10
    voxels = np.where(ball, 40, -1000).astype(np.int16)
    instance = Instance(Path("a.dcm"), "1.2.3", "1.2.840.10008.5.1.4.1.1.2", "", 1)
    series = Series("key", "1.9", "1.8", "CT", SeriesKind.VOLUME, (instance,), rows=64, columns=64)
    study = Study("1.8", Patient("P1", name="Doe^Jane"), (series,), "20260102")
    windows = (("", Window(-400, 1200)),)
    return OpenImage(
        study, series, Volume(voxels, geometry, "[hnsf'U]", "CT", "key", windows=windows)
    )


@pytest.fixture
def finding():
    """The ball, as a model proposes it."""
    low, high = (tuple(p + d for p in SPHERE) for d in (-10, 10))
    return Finding(
        "2.25.1", NODULE, LUNG, SPHERE, low, high, 20.0, 4189.0, "key",
        Author("Model", is_model=True, version="1"), score=0.9, unit="[hnsf'U]",
    )  # fmt: skip


@pytest.fixture
def shown(program, opened, finding):
    """The program with the CT in all views and one proposed finding."""
    session = program.desk.session
    session.catalogue.set(Catalogue((replace(opened.study, series=()),)))
    session.show(opened)
    session.record.set(session.record.value.with_finding(finding))
    session.place.update(position=SPHERE)
    program.settle()
    return program
