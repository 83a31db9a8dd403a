"""Strokes while something else happens: undo, a job, another image in the view, a closed study."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.code import LUNG
from viewer.core.geometry import Geometry, Position
from viewer.core.label_map import LabelMap
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.session.gestures import Button, Hand, Pointer, begin
from viewer.session.images import OpenImage
from viewer.session.segmenting import Target
from viewer.session.session import Session
from viewer.session.tools import Tool

SHAPE = (6, 40, 40)


def series(key: str, values: int, uid: str, shape=SHAPE) -> OpenImage:
    grid = Geometry.from_axes(shape, (0, 0, 0), np.eye(3)[::-1], (2, 1, 1), uid)
    instance = Instance(Path("a.dcm"), f"1.2.{key}", "1.2.840.10008.5.1.4.1.1.2", "", 1)
    one = Series(key, f"1.9.{key}", f"1.8.{uid}", "CT", SeriesKind.VOLUME, (instance,))
    study = Study(f"1.8.{uid}", Patient(uid), (one,), "20260102")
    return OpenImage(study, one, Volume(np.full(shape, values, np.int16), grid, "1", "CT", key))


@dataclass
class Verbs:
    """Keeps what is painted into one group."""

    session: Session
    label: int = 1
    said: list[str] = field(default_factory=list)

    def segment_to_paint(self, cell: int) -> Target | None:
        opened = self.session.image_in(cell)
        (group,) = self.session.record.value.segmentations
        return Target(group, self.label, opened.image)

    def keep_segments(self, title: str, segmentation: Segmentation) -> None:
        self.session.do(title, self.session.record.value.with_segmentation(segmentation))

    def snap(self, pointer: Pointer) -> Pointer:
        return pointer

    def measured(self, measurement):
        return measurement


@pytest.fixture
def session() -> Session:
    one = Session(Author("Dr. Roe"))
    opened = series("key", 100, "frame")
    one.catalogue.set(Catalogue((opened.study,)))
    one.show(opened)
    group = Segmentation(
        "1.2.3", "Segments", LabelMap.empty(SHAPE), opened.geometry,
        (Segment(1, "One", LUNG), Segment(2, "Two", LUNG)), one.reader, "key", "accepted",
    )  # fmt: skip
    one.record.set(one.record.value.with_segmentation(group))
    one.tool.set(Tool.PAINT)
    return one


def at(place: Position, *, pressed: bool = True) -> Pointer:
    return Pointer(place[0] * 10, place[1] * 10, (400, 400), position=place, pressed=pressed)


def labels(session: Session) -> np.ndarray:
    return session.record.value.segmentations[0].labels


def stroke(session: Session, *places: Position, verbs: Verbs | None = None):
    """Begin a stroke and move it; return the gesture."""
    gesture = begin(Hand(session, 0, verbs or Verbs(session)), Button.LEFT, at(places[0]))
    next(gesture)
    for place in places[1:]:
        gesture.send(at(place))
    return gesture


def let_go(gesture, place: Position) -> None:
    with pytest.raises(StopIteration):
        gesture.send(at(place, pressed=False))


def paint(session: Session, label: int, place: Position) -> None:
    let_go(stroke(session, place, verbs=Verbs(session, label)), place)


def test_a_stroke_keeps_what_a_job_changed_meanwhile(session):
    gesture = stroke(session, (10, 10, 4))
    (group,) = session.record.value.segmentations
    other = group.label_map.with_box((0, 30, 30), np.full((2, 2, 2), 2, np.uint8))
    renamed = replace(group, label_map=other, title="By a job")
    session.do("Grow", session.record.value.with_segmentation(renamed))
    let_go(gesture, (12, 10, 4))
    assert (labels(session) == 2).sum() == 8
    assert labels(session)[2, 10, 10] == 1
    assert session.record.value.segmentations[0].title == "By a job"


def test_undo_in_the_middle_of_a_stroke_stays_undone(session):
    paint(session, 2, (30, 30, 4))
    gesture = stroke(session, (10, 10, 4))
    session.undo()
    let_go(gesture, (12, 10, 4))
    assert not (labels(session) == 2).any()
    assert labels(session)[2, 10, 10] == 1


def test_a_group_removed_in_the_middle_of_a_stroke_stays_away(session):
    gesture = stroke(session, (10, 10, 4))
    record = session.record.value
    session.do("Remove", replace(record, segmentations=()))
    let_go(gesture, (12, 10, 4))
    assert session.record.value.segmentations == ()
    assert session.stroke.value is None
    assert "removed" in session.message.value.sentence


def test_a_study_closed_in_the_middle_of_a_stroke_stays_closed(session):
    gesture = stroke(session, (10, 10, 4))
    session.close(session.catalogue.value.studies[0])
    let_go(gesture, (12, 10, 4))
    assert session.record.value.segmentations == ()
    assert session.stroke.value is None
    assert session.history.undo_title is None


def test_a_stroke_ends_where_another_image_is_hung_below_it(session):
    other = series("other", 5, "another patient")
    gesture = stroke(session, (10, 10, 4))
    session.catalogue.set(Catalogue((*session.catalogue.value.studies, other.study)))
    session.hang(0, other)
    with pytest.raises(StopIteration):
        gesture.send(at((30, 30, 4)))
    found = labels(session)
    assert found[2, 10, 10] == 1
    assert not found[:, 20:, 20:].any()
    assert session.stroke.value is None


def test_after_a_turn_of_the_wheel_a_stroke_goes_on_on_the_new_slice_alone(session):
    brush = session.segmenting.value.brush
    session.segmenting.set(replace(session.segmenting.value, brush=brush.sized(2.0)))
    gesture = stroke(session, (10, 10, 4), (12, 10, 4), (30, 10, 6))
    let_go(gesture, (31, 10, 6))
    assert not labels(session)[2, :, 16:].any()
    assert labels(session)[3, 10, 30] == 1
    assert not labels(session)[3, :, :26].any()


def test_a_stroke_that_may_not_be_kept_leaves_nothing_behind(session):
    session.only_looked_at.set(frozenset({session.catalogue.value.studies[0].uid}))
    gesture = stroke(session, (10, 10, 4))
    with pytest.raises(Exception, match="looking only"):
        gesture.send(at((12, 10, 4), pressed=False))
    assert session.stroke.value is None
    assert not labels(session).any()


def ranged(session: Session, low: float, high: float) -> None:
    now = session.segmenting.value
    session.segmenting.set(replace(now, brush=replace(now.brush, low=low, high=high)))


@pytest.mark.parametrize("grid", ["turned", "finer"])
def test_the_brush_takes_the_values_of_the_image_that_is_seen(session, grid):
    """The group lies on an image of 100 throughout; the one on screen is bright on one side."""
    shape = SHAPE if grid == "turned" else (6, 80, 80)
    axes, steps = np.eye(3)[::-1], (2, 1, 1)
    start = (0, 0, 0)
    if grid == "turned":
        axes, start = axes * [[1], [1], [-1]], (39, 0, 0)
    else:
        steps, start = (2, 0.5, 0.5), (-0.2, -0.2, 0)
    other = series("other", 0, "frame", shape)
    geometry = Geometry.from_axes(shape, start, axes, steps, "frame")
    places = geometry.to_patient(np.moveaxis(np.indices(shape), 0, -1))
    voxels = np.where(places[..., 0] < 11.6, 7, 0).astype(np.int16)
    image = replace(other.image, voxels=voxels, geometry=geometry)
    session.hang(0, replace(other, image=image))
    ranged(session, 5, 9)
    verbs = Verbs(session)
    let_go(stroke(session, (12, 10, 4), verbs=verbs), (12, 10, 4))
    painted = np.argwhere(labels(session))
    assert len(painted) > 20
    assert painted[:, 2].max() == 11


def test_the_brush_does_not_take_what_stands_for_nothing(session):
    opened = series("other", 100, "frame")
    voxels = opened.image.voxels.copy()
    voxels[:, 10] = -2000
    image = replace(opened.image, voxels=voxels, padding=(-2000, -2000))
    session.hang(0, replace(opened, image=image))
    ranged(session, -5000, 5000)
    let_go(stroke(session, (12, 10, 4)), (12, 10, 4))
    assert labels(session).any()
    assert not labels(session)[:, 10].any()
