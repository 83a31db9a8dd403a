"""One undo for everything: bit for bit, bounded, and each study keeps its own."""

from __future__ import annotations

import gc
import random
import weakref
from dataclasses import replace

import numpy as np
import pytest

from tests.journeys.ledger_life import after_gesture, digest, session
from viewer.core.author import Author
from viewer.core.code import LUNG
from viewer.core.geometry import Geometry
from viewer.core.key_image import KeyImage
from viewer.core.label_map import LabelMap
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Catalogue
from viewer.session.record import History, Record, Step
from viewer.session.session import Session

READER = Author("Dr. Roe")


def mixed(record: Record, number: int, chance: random.Random) -> Record:
    """Do one of all the things that can be done, key images and deletions among them."""
    what = chance.randrange(9)
    if what == 0:
        marked = KeyImage("key", f"1.{number}", "1.2", READER)
        return replace(record, key_images=(*record.key_images, marked))
    if what == 1 and record.key_images:
        return replace(record, key_images=record.key_images[1:])
    if what == 2 and record.findings:
        noted = replace(record.findings[0], note=f"note {number}")
        return record.with_finding(noted)
    if what == 3 and record.measurements:
        named = replace(record.measurements[0], label=f"label {number}")
        return replace(record, measurements=(named, *record.measurements[1:]))
    if what == 4 and record.segmentations:
        return replace(record, segmentations=())
    return after_gesture(record, number, chance)


def test_200_mixed_steps_are_undone_and_redone_bit_for_bit():
    one, chance = session(), random.Random(11)
    digests = [digest(one.record.value)]
    for number in range(200):
        one.do(f"Step {number}", mixed(one.record.value, number, chance))
        digests.append(digest(one.record.value))
    assert len(set(digests)) > 180
    for expected in reversed(digests[:-1]):
        assert one.undo() is not None
        assert digest(one.record.value) == expected
    assert one.undo() is None
    for expected in digests[1:]:
        assert one.redo() is not None
        assert digest(one.record.value) == expected
    assert one.redo() is None


def outlines(seed: int, key: str = "key") -> Segmentation:
    geometry = Geometry.from_axes((8, 64, 64), (0, 0, 0), np.eye(3), (1, 1, 1), "frame")
    labels = np.random.default_rng(seed).integers(0, 2, geometry.shape).astype(np.uint8)
    return Segmentation("1", "L", labels, geometry, (Segment(1, "L", LUNG),), READER, key)


def test_steps_that_share_an_array_hold_it_once():
    history, same = History(), outlines(1)
    before = Record(segmentations=(same,))
    for number in range(100):
        after = Record(segmentations=(replace(same, status=f"s{number}"),))
        history.add(Step("Name", before, after))
        before = after
    assert history.held_bytes == same.labels.nbytes


def test_the_oldest_steps_go_when_memory_would_grow_without_bound():
    most = 20 * outlines(0).labels.nbytes
    history, before = History(most_bytes=most), Record()
    for number in range(60):
        after = Record(segmentations=(outlines(number),))
        history.add(Step(f"Paint {number}", before, after))
        before = after
        assert history.held_bytes <= most
    assert history.undo_title == "Paint 59"
    undone = 0
    while history.undo():
        undone += 1
    assert undone >= 10


def strokes(count: int) -> list[Step]:
    """Strokes on one dense group, each in a brick of its own."""
    group = outlines(1)
    steps = []
    for number in range(count):
        block = np.full((1, 2, 2), 1 + number % 2, np.uint8)
        place = number % 8, 8 * (number % 7), 8 * (number % 5)
        labels = group.label_map.with_box(place, block)
        painted = replace(group, label_map=labels)
        record = Record(segmentations=(group,))
        steps.append(Step(f"Paint {number}", record, Record(segmentations=(painted,))))
        group = painted
    return steps


def test_to_remember_a_stroke_no_older_one_is_looked_at(monkeypatch):
    history, steps = History(), strokes(60)
    for step in steps[:-1]:
        history.add(step)
    looked = []
    held = LabelMap.held
    monkeypatch.setattr(LabelMap, "held", lambda one: looked.append(one) or held(one))
    history.add(steps[-1])
    assert not looked


def test_many_strokes_keep_within_their_memory():
    steps = strokes(200)
    most = outlines(1).labels.nbytes + 20 * 16 * 32 * 32
    history = History(most_bytes=most)
    for step in steps:
        history.add(step)
        assert history.held_bytes <= most
    undone = 0
    while history.undo():
        undone += 1
    assert undone >= 8


def test_a_closed_study_is_held_by_nothing_that_was_remembered_of_it():
    history, group = History(most_bytes=1), outlines(1)
    weak = weakref.ref(group.label_map)
    first = Record(segmentations=(group,))
    history.add(Step("Name", first, Record(segmentations=(replace(group, title="x"),))))
    history.add(Step("Name", first, Record(segmentations=(replace(group, title="y"),))))
    history.forget(frozenset({"key"}))
    del group, first
    gc.collect()
    assert weak() is None


@pytest.fixture
def two():
    """A session in which two studies are worked on in turn."""
    one = session()
    study = one.catalogue.value.studies[0]
    series = replace(study.series[0], key="other")
    other = replace(study, uid="1.9", series=(series,))
    one.add_to_catalogue(Catalogue((other,)))
    for number in range(6):
        key = "key" if number % 2 else "other"
        record = one.record.value
        shapes = (*record.segmentations, outlines(number, key))
        one.do(f"{key} {number}", replace(record, segmentations=shapes))
    return one, study, other


def test_the_history_of_a_study_stays_when_another_is_closed(two):
    one, _, other = two
    one.close(other)
    titles = []
    while title := one.undo():
        titles.append((title, len(one.record.value.segmentations)))
    assert titles == [("key 5", 2), ("key 3", 1), ("key 1", 0)]
    while one.redo():
        pass
    assert [item.series_key for item in one.record.value.segmentations] == ["key"] * 3
    assert (one.record.value.segmentations[0].labels == outlines(1).labels).all()


def test_undone_steps_of_the_other_study_stay_as_well(two):
    one, study, _ = two
    one.undo()
    one.undo()
    one.close(study)
    assert one.redo() == "other 4"
    assert [item.series_key for item in one.record.value.segmentations] == ["other"] * 3


def test_a_new_session_has_nothing_to_undo():
    assert Session(READER).undo() is None
