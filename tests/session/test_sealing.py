from dataclasses import replace

import numpy as np
import pytest

from viewer.core.assessment import Assessment
from viewer.core.author import ANATOMY_BY_RULES, Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding, Status
from viewer.core.geometry import Geometry
from viewer.core.key_image import KeyImage
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Catalogue, Patient, Series, SeriesKind, Study
from viewer.session.record import Record
from viewer.session.sealing import by_others, with_items, without_items
from viewer.session.second_reading import everything, reveal, seal, seal_everywhere
from viewer.session.session import Session

MODEL = Author("nodules", is_model=True, version="1", weights_sha256="ab" * 32)
RULE = Author(ANATOMY_BY_RULES, is_model=True, version="1")
ELSEWHERE = Author("TotalSegmentator", is_model=True, version="2")
READER = Author("Dr. Roe")


def finding(id_, author=MODEL, series="s"):
    place, low, high = (0.0, 0.0, 0.0), (-1.0, -1.0, -1.0), (1.0, 1.0, 1.0)
    score = 0.9 if author.is_model else None
    return Finding(id_, NODULE, LUNG, place, low, high, 2.0, 4.2, series, author, score=score)


def outline(id_, author):
    grid = Geometry.from_axes((1, 2, 2), (0, 0, 0), np.eye(3), (1, 1, 1), "f")
    labels = np.zeros((1, 2, 2), np.uint8)
    return Segmentation(id_, "Lung", labels, grid, (Segment(1, "Lung", LUNG),), author, "s")


def study(uid, key):
    series = Series(key, "1.9", uid, "CT", SeriesKind.VOLUME, (), rows=8, columns=8)
    return Study(uid, Patient("P1", name="Doe^Jane"), (series,), "20260102")


@pytest.fixture
def session():
    made = Session(READER)
    made.catalogue.set(Catalogue((study("1.1", "s"), study("1.2", "other"))))
    return made


def read_by_model(session, *items: Finding):
    before = session.record.value
    session.do("Second reader", replace(before, findings=(*before.findings, *items)))


def test_what_a_model_says_of_a_sealed_study_is_not_in_the_record(session):
    seal(session, "1.1")
    read_by_model(session, finding("a"), finding("b", series="other"))
    said = Assessment("c", NODULE, "s", MODEL, "speaks for it", 0.8)
    session.do("Second reader", session.record.value.with_assessment(said))
    assert [one.id for one in session.record.value.findings] == ["b"]
    assert session.record.value.assessments == ()
    assert session.ai_hidden("s")
    assert not session.ai_hidden("other")
    assert {one.id for one in everything(session).findings} == {"a", "b"}


def test_what_is_put_aside_leaves_no_step_to_undo(session):
    seal(session, "1.1")
    read_by_model(session, finding("a"))
    assert session.undo() is None


def test_revealing_brings_everything_and_undo_never_loses_it(session):
    seal(session, "1.1")
    session.do("Mark", session.record.value.with_finding(finding("mine", READER)))
    read_by_model(session, finding("a"))
    reveal(session, "1.1")
    assert [one.id for one in session.record.value.findings] == ["mine", "a"]
    session.undo()
    assert [one.id for one in session.record.value.findings] == ["a"]
    session.redo()
    assert {one.id for one in session.record.value.findings} == {"mine", "a"}
    assert not session.ai_hidden("s")
    assert session.sealing.value.aside.same_as(Record())


def test_undo_does_not_bring_to_light_what_was_sealed_later(session):
    read_by_model(session, finding("a"))
    session.do("Mark", session.record.value.with_finding(finding("mine", READER)))
    session.selected.set("a")
    seal(session, "1.1")
    assert [one.id for one in session.record.value.findings] == ["mine"]
    assert session.selected.value == ""
    session.undo()
    assert session.record.value.findings == ()
    assert session.undo() is None
    session.redo()
    assert [one.id for one in session.record.value.findings] == ["mine"]


def test_what_the_reader_judged_stays_his_own(session):
    judged = finding("a").judged(Status.ACCEPTED, READER, "now")
    other = finding("b").judged(Status.ACCEPTED, Author("Dr. Poe"), "now")
    read_by_model(session, judged, other)
    seal(session, "1.1")
    assert [one.id for one in session.record.value.findings] == ["a"]


def test_outlines_by_plain_rules_are_tools_and_stay(session):
    seal(session, "1.1")
    drawn = (
        *(outline("rule", RULE), outline("learned", MODEL), outline("hand", READER)),
        outline("outside program", ELSEWHERE),
    )
    session.do("Anatomy", replace(session.record.value, segmentations=drawn))
    assert [one.id for one in session.record.value.segmentations] == ["rule", "hand"]


def test_a_second_reading_by_the_same_model_replaces_what_it_said_before(session):
    seal(session, "1.1")
    read_by_model(session, finding("a"))
    read_by_model(session, finding("b"))
    assert [one.id for one in session.sealing.value.aside.findings] == ["b"]


def test_everywhere_seals_studies_that_show_nothing_yet_and_off_reveals_nothing(session):
    seal_everywhere(session, on=True)
    read_by_model(session, finding("a"))
    assert session.record.value.findings == ()
    assert session.sealed_keys() == {"s", "other"}
    reveal(session, "1.1")
    assert session.sealed_keys() == {"other"}


def test_marks_of_other_persons_are_parted_with_their_key_images():
    mark, own = KeyImage("s", "1.2", "1.3", Author("Dr. Poe")), KeyImage("s", "1.4", "1.3", READER)
    said = Record(
        (finding("a", READER), finding("b", Author("Dr. Poe")), finding("c")),
        key_images=(mark, own),
    )
    others = by_others(said, frozenset("s"), READER)
    assert [one.id for one in others.findings] == ["b"]
    left = without_items(said, others)
    assert ([one.id for one in left.findings], left.key_images) == (["a", "c"], (own,))
    assert set(with_items(left, others).key_images) == {mark, own}
    assert by_others(said, frozenset(), READER).same_as(Record())
