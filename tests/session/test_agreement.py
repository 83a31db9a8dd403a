from dataclasses import replace

import pytest

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding, Status
from viewer.session.agreement import agreements, compared, disagreements, voices
from viewer.session.record import Record
from viewer.session.session import Session

V1 = Author("nodules", is_model=True, version="1")
V2 = Author("nodules", is_model=True, version="2")
READER = Author("Dr. Roe")


def at(id_, x, author, diameter=6.0, score=0.9):
    place = (float(x), 0.0, 0.0)
    low, high = (float(x) - 3, -3.0, -3.0), (float(x) + 3, 3.0, 3.0)
    score = score if author.is_model else None
    return Finding(
        id_, NODULE, LUNG, place, low, high, diameter, 113.0, "s", author, score=score
    )  # fmt: skip


@pytest.fixture
def session():
    made = Session(READER)
    made.record.set(
        Record(
            (
                at("mine", 0, READER),
                at("one", 2, V1),
                at("alone", 40, V1),
                at("two", -2, V2),
                at("other", 80, V2),
                at("weak", 120, V2, score=0.1),
            )
        )
    )
    return made


def test_two_findings_are_one_where_the_centre_is_within_the_radius(session):
    found = compared(session, "Dr. Roe", "nodules 1")
    assert found.both == (("mine", "one"),)
    assert (found.only_first, found.only_second) == ((), ("alone",))
    assert found.positive == pytest.approx(2 / 3)


def test_versions_of_a_model_are_compared_like_people(session):
    assert voices(session) == ("Dr. Roe", "nodules 1", "nodules 2")
    assert len(agreements(session)) == 3
    found = compared(session, "nodules 1", "nodules 2")
    assert found.only_second == ("two", "other")  # 4 mm apart, 3 mm of radius
    assert found.positive == 0.0


def test_what_is_below_the_threshold_is_no_opinion(session):
    assert "weak" not in disagreements(session)
    session.threshold.set(0.05)
    assert "weak" in disagreements(session)


def test_accepting_makes_it_the_readers_opinion_too_and_rejecting_does_not(session):
    alone = session.record.value.finding("alone")
    accepted = alone.judged(Status.ACCEPTED, READER, "now")
    session.record.set(session.record.value.with_finding(accepted))
    assert compared(session, "Dr. Roe", "nodules 1").only_second == ()
    rejected = accepted.judged(Status.REJECTED, READER, "later")
    session.record.set(session.record.value.with_finding(rejected))
    assert compared(session, "Dr. Roe", "nodules 1").only_second == ("alone",)


def test_a_model_is_compared_as_it_was_before_a_person_edited_it(session):
    old = session.record.value.finding("one")
    moved = replace(old, position=(60.0, 0.0, 0.0), low=(57.0, -3.0, -3.0), high=(63.0, 3.0, 3.0))
    edited = moved.edited_from(old).judged(Status.EDITED, READER, "now")
    session.record.set(session.record.value.with_finding(edited))
    found = compared(session, "Dr. Roe", "nodules 1")
    assert ("mine", "one") in found.both
    assert found.only_first == ("one",)


def test_each_finding_is_paired_once(session):
    more = session.record.value.with_finding(at("again", 1, V1))
    session.record.set(more)
    found = compared(session, "Dr. Roe", "nodules 1")
    assert found.both == (("mine", "again"),)
    assert "one" in found.only_second


def test_statements_that_are_disputed_are_disagreements(session):
    said = Assessment("s1", NODULE, "s", V1, "speaks for it", 0.9)
    no = said.judged(Status.REJECTED, READER, "now")
    session.record.set(Record(assessments=(no,)))
    found = compared(session, "Dr. Roe", "nodules 1")
    assert found.disputed == ("s1",)
    assert disagreements(session) == ("s1",)
    yes = said.judged(Status.ACCEPTED, READER, "now")
    session.record.set(Record(assessments=(yes,)))
    assert compared(session, "Dr. Roe", "nodules 1").same_statements == 1
    assert disagreements(session) == ()


def test_nobody_agrees_about_nothing():
    assert agreements(Session(READER)) == ()
