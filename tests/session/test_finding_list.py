"""Which findings are shown and listed, in which order; nothing of before in what is remembered."""

from dataclasses import replace
from math import nan

import numpy as np
import pytest

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import RATED, Finding, Reason, Status
from viewer.session.finding_list import Listing, Order
from viewer.session.once import Once
from viewer.session.operating import Operating
from viewer.session.record import Record
from viewer.session.session import Session
from viewer.session.worked_list import is_rated, models, rows, sources, take_point, was_changed

OLD, NEW = (Author("Ranker", is_model=True, version=one) for one in ("1", "2"))
READER = Author("Dr. Roe")


def finding(number, score=0.5, author=OLD, risk=None, **more: object):
    told = () if risk is None else (Reason(f"{RATED}estimate", risk, "%"),)
    centre = (float(number), 2.0 * number, 3.0 * number)
    low, high = (tuple(part + d for part in centre) for d in (-1, 1))
    return Finding(
        f"2.25.{number}", NODULE, LUNG, centre, low, high, 2.0 + number, 4.2, "s", author,
        score=score, explanation=told, **more,
    )  # fmt: skip


@pytest.fixture
def session():
    made = Session(READER)
    made.threshold.set(0.0)
    return made


def listed(session):
    return [row.number for row in rows(session)]


def with_findings(session, *findings: Finding, statements=()):
    session.record.set(Record(findings, assessments=tuple(statements)))


def test_findings_of_one_risk_stay_in_the_order_of_the_record_either_way(session):
    risks = (None, 40.0, 40.0, None, 70.0, 40.0)
    with_findings(session, *(finding(n, 0.4, risk=risk) for n, risk in enumerate(risks)))
    session.listing.set(Listing(Order.RISK, falling=True))
    assert listed(session) == [5, 1, 2, 3, 4, 6]
    session.listing.set(Listing(Order.RISK))
    assert listed(session) == [1, 2, 3, 4, 6, 5]


def test_the_order_by_risk_stays_while_one_is_judged_and_the_threshold_moves(session):
    risks = (10.0, 80.0, 80.0, 30.0)
    with_findings(session, *(finding(n, 0.2 + n / 10, risk=r) for n, r in enumerate(risks)))
    session.listing.set(Listing(Order.RISK, falling=True))
    before = listed(session)
    judged = session.record.value.findings[2].judged(Status.ACCEPTED, READER, "now")
    session.do("Accept", session.record.value.with_finding(judged))
    assert listed(session) == before == [2, 3, 4, 1]
    session.threshold.set(0.35)
    assert listed(session) == [3, 4]


@pytest.mark.parametrize("falling", [False, True])
def test_a_risk_that_is_no_number_is_none_and_does_not_disturb_the_order(session, falling):
    risks = (20.0, nan, 90.0, nan, 50.0)
    scores = (0.5, None, 0.5, None, 0.5)
    found = (finding(n, s, risk=r) for n, (r, s) in enumerate(zip(risks, scores, strict=True)))
    with_findings(session, *found)
    session.listing.set(Listing(Order.RISK, falling=falling))
    known = [1, 5, 3]
    assert listed(session) == [*(known[::-1] if falling else known), 2, 4]


def test_a_size_that_is_no_number_comes_last(session):
    with_findings(session, finding(3), replace(finding(2), diameter_mm=nan), finding(1))
    session.listing.set(Listing(Order.SIZE))
    assert listed(session) == [3, 1, 2]


def test_each_change_is_seen_at_once(session):
    with_findings(session, finding(0, 0.2), finding(1, 0.6), finding(2, 0.6, NEW))
    assert listed(session) == [1, 2, 3]
    session.threshold.set(0.5)
    assert listed(session) == [2, 3]
    take_point(session, str(NEW), 0.7, Operating())
    take_point(session, str(OLD), 0.5, Operating())
    assert listed(session) == [2]
    session.listing.set(Listing(source=str(NEW)))
    assert listed(session) == []
    session.listing.set(Listing())
    session.record.set(Record((finding(5, 0.9),)))
    assert [row.id for row in rows(session)] == ["2.25.5"]
    assert session.visible_findings() == session.record.value.findings


def test_places_and_numbers_are_those_of_the_findings_that_are_visible(session):
    with_findings(session, *(finding(n, n / 10) for n in range(8)))
    session.threshold.set(0.45)
    spots = session.visible_spots()
    assert [number for number, _ in spots] == [6, 7, 8]
    for n, one in enumerate(session.visible_findings()):
        assert spots.findings[n] is one
        assert np.array_equal(spots.positions[n], one.position)
        assert np.array_equal([spots.lows[n], spots.highs[n]], [one.low, one.high])
        assert spots.diameters_mm[n] == one.diameter_mm


def test_what_was_judged_or_drawn_is_shown_below_the_threshold(session):
    judged = finding(1, 0.1).judged(Status.REJECTED, READER, "now")
    drawn = finding(2, None, READER)
    with_findings(session, finding(0, 0.1), judged, drawn)
    session.threshold.set(0.9)
    assert listed(session) == [2, 3]


def test_as_the_model_had_it_lies_where_the_model_had_it(session):
    given = finding(1)
    moved = replace(given, position=(9.0, 9.0, 9.0), high=(20.0, 20.0, 20.0)).edited_from(given)
    with_findings(session, moved)
    assert session.visible_spots().positions.tolist() == [[9.0, 9.0, 9.0]]
    session.listing.update(as_model=True)
    assert session.visible_spots().positions.tolist() == [list(given.position)]
    assert rows(session)[0].item is session.visible_findings()[0]
    session.listing.update(as_model=False)
    assert rows(session)[0].item is moved


def test_lines_of_what_did_not_change_are_kept_and_others_are_new(session):
    with_findings(session, finding(0), finding(1), finding(2))
    before = rows(session)
    judged = session.record.value.findings[1].judged(Status.ACCEPTED, READER, "now")
    session.do("Accept", session.record.value.with_finding(judged))
    after = rows(session)
    assert after[0] is before[0]
    assert after[2] is before[2]
    assert after[1].item is judged
    session.record.set(Record(session.record.value.findings[1:]))
    assert [(row.number, row.id) for row in rows(session)] == [(1, "2.25.1"), (2, "2.25.2")]


def test_statements_stand_before_findings_and_have_no_number(session):
    said = Assessment("9", NODULE, "s", NEW, "Unlike one.", 0.1)
    with_findings(session, finding(0), statements=(said,))
    assert [(row.number, row.id) for row in rows(session)] == [(0, "9"), (1, "2.25.0")]
    assert [row.is_finding for row in rows(session)] == [False, True]


def test_sources_are_people_first_and_models_those_with_scores(session):
    said = Assessment("9", NODULE, "s", NEW, "Unlike one.", 0.1)
    with_findings(session, finding(0), finding(1, None, READER), statements=(said,))
    assert sources(session) == ("Dr. Roe", "Ranker 1", "Ranker 2")
    assert models(session) == ("Ranker 1",)
    assert not is_rated(session)
    assert not was_changed(session)
    with_findings(session, finding(0, risk=12.0))
    assert is_rated(session)
    assert sources(session) == ("Ranker 1",)


def test_what_is_remembered_is_asked_again_for_anything_else():
    asked = []
    told = Once(lambda *of: asked.append(of) or sum(of))
    assert [told(1, 2), told(1, 2), told(2, 1), told(1, 2)] == [3, 3, 3, 3]
    assert asked == [(1, 2), (2, 1), (1, 2)]
