"""Whole pictures of a phantom, compared with those that were looked at and found right.

Set SKIAGRAM_NEW_PICTURES=1 to write them anew, and look at each before keeping it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.segmentation import Mask, Segment, Segmentation
from viewer.core.study import Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.core.window import PRESETS
from viewer.render.burn import scene_pixels
from viewer.render.describe import describe
from viewer.render.key_image import draw_key_image
from viewer.render.shrink import shrink
from viewer.render.space import picture
from viewer.session.images import OpenImage
from viewer.session.look import Camera, Look, Slab, Viewing
from viewer.session.oblique import STANDARD, Planes, rotation
from viewer.session.session import Place, Session
from viewer.session.transfer import BONE

EXPECTED = Path(__file__).parent / "expected"
BALL = (45.0, -20.0, 25.0)
SIZE = (420, 320)
MODEL = Author("second reader", is_model=True, version="1")
LOOKS = {
    "axial": Look("ct", Viewing.AXIAL, PRESETS["Lung"]),
    "coronal": Look("ct", Viewing.CORONAL, PRESETS["Soft tissue"]),
    "sagittal": Look("ct", Viewing.SAGITTAL, PRESETS["Lung"], inverted=True),
    "turned": Look("ct", Viewing.AXIAL, PRESETS["Lung"], quarter_turns=1, flipped_sideways=True),
    "zoomed": Look("ct", Viewing.AXIAL, PRESETS["Lung"], zoom=3.0, pan_mm=(-40.0, 10.0)),
    "pixels": Look("ct", Viewing.AXIAL, PRESETS["Lung"], zoom=6.0, smooth=False),
    "slab": Look("ct", Viewing.CORONAL, PRESETS["Soft tissue"], slab_mm=60.0, slab=Slab.MAXIMUM),
}


def within(geometry, centre, radii):
    index = np.stack(np.indices(geometry.shape), axis=-1)
    off = (geometry.to_patient(index) - np.asarray(centre)) / np.asarray(radii)
    return (off**2).sum(axis=-1) <= 1


@pytest.fixture(scope="module")
def session():
    """A trunk with two lungs, a spine and a nodule in the left lung, with its finding."""
    axes = np.eye(3)[::-1]
    shape = (60, 90, 120)
    geometry = Geometry.from_axes(shape, (-119, -89, -59), axes, (2, 2, 2), "1.2.3")
    voxels = np.full(shape, -1000, dtype=np.int16)
    voxels[within(geometry, (0, 0, 0), (105, 75, 400))] = 40
    left = within(geometry, (48, -5, 0), (38, 52, 90))
    right = within(geometry, (-48, -5, 0), (38, 52, 90))
    voxels[left | right] = -850
    voxels[within(geometry, (0, 55, 0), (14, 14, 400))] = 500
    nodule = within(geometry, BALL, (9, 9, 9))
    voxels[nodule] = 30
    volume = Volume(voxels, geometry, "[hnsf'U]", "CT", "ct", synthetic=True)
    return filled(volume, left, right, nodule)


def filled(volume, left, right, nodule):
    series = Series("ct", "1.2", "1.1", "CT", SeriesKind.VOLUME, (), 2, "Phantom", synthetic=True)
    study = Study("1.1", Patient("P1", "", "Phantom^Anna", "19600102", "F"), (series,), "20240131")
    made = Session(Author("A. Reader"))
    made.show(OpenImage(study, series, volume))
    made.place.set(Place(BALL, "1.2.3"))
    labels = (left | right).astype(np.uint8)
    segments = (Segment(1, "lungs", LUNG, colour=(90, 170, 250)),)
    shape = Segmentation("8.1", "lungs", labels, volume.geometry, segments, MODEL, "ct")
    finding = Finding(
        id="9.1",
        kind=NODULE,
        site=LUNG,
        position=BALL,
        low=tuple(n - 9 for n in BALL),
        high=tuple(n + 9 for n in BALL),
        diameter_mm=18.0,
        volume_mm3=3054.0,
        series_key="ct",
        author=MODEL,
        score=0.93,
        mask=Mask(nodule, volume.geometry),
    )
    record = replace(made.record.value, findings=(finding,), segmentations=(shape,))
    made.record.set(record)
    return made


def check(name, seen):
    """Compare with the picture that was found right; fonts and drivers may differ a little."""
    path = EXPECTED / f"{name}.png"
    if os.environ.get("SKIAGRAM_NEW_PICTURES"):
        EXPECTED.mkdir(exist_ok=True)
        cv2.imwrite(str(path), seen)
    wanted = cv2.imread(str(path), cv2.IMREAD_COLOR)
    assert wanted is not None, f"{path.name} is missing"
    assert wanted.shape == seen.shape
    small, right = (
        cv2.resize(n, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) for n in (seen, wanted)
    )
    off = np.abs(small.astype(int) - right)
    assert off.mean() < 2.0
    assert np.percentile(off, 99) < 40


@pytest.mark.parametrize("name", LOOKS)
def test_a_slice_looks_as_it_should(session, name):
    session.hanging.set(session.hanging.value.changed(0, lambda _: LOOKS[name]))
    check(name, scene_pixels(describe(session, 0, SIZE))[..., :3].copy())


def test_a_turned_plane_looks_as_it_should(session):
    turn = rotation((0.0, 0.6, 0.8), 0.5)
    session.planes.set(session.planes.value.with_turn("1.2.3", STANDARD, turn))
    session.hanging.set(session.hanging.value.changed(0, lambda _: LOOKS["coronal"]))
    check("oblique", scene_pixels(describe(session, 0, SIZE))[..., :3].copy())
    session.planes.set(Planes())


def test_a_key_image_looks_as_it_should(session):
    record = session.record.value
    png = draw_key_image(session.image_in(0).image, record.findings[0], record.segmentations)
    check("key_image", cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR))


def test_a_volume_in_space_looks_as_it_should(session):
    small = shrink(session.image_in(0).image, Silent())
    findings = session.record.value.findings
    seen = picture(small, BONE, (320, 240), findings=findings, camera=Camera(25, 15))
    check("space", seen[..., :3].copy())
