from dataclasses import replace

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding, Status
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Segment, Segmentation
from viewer.session.record import History, Record, Step
from viewer.session.session import Session

MODEL = Author("nodules", is_model=True, version="1")
READER = Author("Dr. Roe")


def finding(id_, score=0.5, series="s", author=MODEL, status=Status.PROPOSED):
    return Finding(
        id_, NODULE, LUNG, (0, 0, 0), (-1, -1, -1), (1, 1, 1), 2.0, 4.2, series, author,
        score=score, status=status,
    )  # fmt: skip


def test_a_new_reading_replaces_proposals_but_keeps_what_a_person_judged():
    judged = finding("1").judged(Status.ACCEPTED, READER, "2026-01-01T00:00:00+00:00")
    record = Record((judged, finding("2"), finding("3", series="other")))
    new = replace(finding("4"), position=(9, 0, 0), low=(8, -1, -1), high=(10, 1, 1))
    after = record.with_reading("s", "nodules", (new,), ())
    assert [item.id for item in after.findings] == ["1", "3", "4"]


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.REJECTED])
def test_what_a_person_judged_is_not_proposed_again_by_a_second_reading(status):
    judged = finding("1").judged(status, READER, "2026-01-01T00:00:00+00:00")
    after = Record((judged,)).with_reading("s", "nodules", (finding("2"),), ())
    assert [item.id for item in after.findings] == ["1"]


def test_a_model_may_not_judge_a_finding():
    with pytest.raises(ValueError, match="only a person"):
        finding("1").judged(Status.ACCEPTED, MODEL, "now")


def test_undo_and_redo_go_back_and_forth_through_200_steps():
    session = Session(READER)
    states = [session.record.value]
    for number in range(200):
        session.do("add", session.record.value.with_finding(finding(str(number))))
        states.append(session.record.value)
    for state in reversed(states[:-1]):
        session.undo()
        assert session.record.value is state
    for state in states[1:]:
        session.redo()
        assert session.record.value is state


def test_a_new_step_forgets_what_was_undone():
    session = Session(READER)
    session.do("one", Record((finding("1"),)))
    session.undo()
    session.do("two", Record((finding("2"),)))
    assert session.redo() is None


def test_history_is_bounded():
    history = History(longest=3)
    for _ in range(10):
        history.add(Step("x", Record(), Record()))
    assert sum(history.undo() is not None for _ in range(10)) == 3


def test_the_threshold_hides_proposals_but_never_what_a_person_judged():
    session = Session(READER)
    judged = finding("low", score=0.1).judged(Status.REJECTED, READER, "now")
    session.record.set(Record((finding("weak", 0.3), finding("strong", 0.8), judged)))
    session.threshold.set(0.5)
    assert [item.id for item in session.visible_findings()] == ["strong", "low"]


def test_listeners_hear_the_new_and_the_old_and_equal_values_are_no_news():
    session = Session(READER)
    heard = []
    session.threshold.changed.connect(lambda new, old: heard.append((new, old)))
    session.threshold.set(0.5)
    session.threshold.set(0.7)
    assert heard == [(0.7, 0.5)]


def outline(author, status, label):
    labels = np.full((1, 2, 2), label, np.uint8)
    segments = (Segment(1, "Tumour", NODULE),)
    grid = Geometry((1, 2, 2), np.eye(4))
    return Segmentation("same", "Tumour", labels, grid, segments, author, "s", status)


@pytest.mark.parametrize("author", [MODEL, READER.helped_by("nodules 1")])
def test_a_second_reading_leaves_an_outline_that_a_person_changed(author):
    mine = outline(author, "accepted", 1)
    new = outline(MODEL, "proposed", 0)
    after = Record(segmentations=(mine,)).with_reading("s", "nodules", (), (new,))
    assert after.segmentations == (mine,)
    renamed = replace(mine, title="Sarcoma")
    assert after.with_segmentation(renamed).segmentations == (renamed,)
