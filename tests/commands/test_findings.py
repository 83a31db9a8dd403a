from dataclasses import replace

import numpy as np
import pytest

from viewer.commands import edit, findings
from viewer.commands.command import Commands
from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding, Status
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin
from viewer.session.record import Record

COMMANDS = Commands([*findings.COMMANDS, *edit.COMMANDS])
MODEL = Author("nodules", is_model=True, version="1")


def finding(id_, score, position=(1.0, 2.0, 4.0)):
    low = tuple(p - 1 for p in position)
    high = tuple(p + 1 for p in position)
    return Finding(id_, NODULE, LUNG, position, low, high, 2.0, 4.2, "key", MODEL, score=score)


@pytest.fixture
def listed(desk, hung):
    desk.session.do(
        "Second reader",
        Record((finding("a", 0.9), finding("b", 0.7, (3.0, 3.0, 6.0)), finding("c", 0.2))),
    )
    return desk


def test_next_and_previous_go_round_what_the_threshold_shows(listed):
    seen = []
    for _ in range(3):
        COMMANDS.run("findings.next", listed)
        seen.append(listed.session.selected.value)
    COMMANDS.run("findings.previous", listed)
    assert seen == ["a", "b", "a"]
    assert listed.session.selected.value == "b"


def test_choosing_a_finding_brings_every_view_to_its_centre(listed):
    findings.select(listed, "b")
    assert listed.session.place.value.position == (3.0, 3.0, 6.0)
    assert listed.session.place.value.frame_of_reference_uid == "frame"


def test_accepting_is_by_the_reader_and_can_be_undone_and_redone(listed):
    findings.select(listed, "a")
    COMMANDS.run("findings.accept", listed)
    judged = listed.session.record.value.finding("a")
    assert judged.status is Status.ACCEPTED
    assert judged.history[0].by.name == "Dr. Roe"
    assert judged.author == MODEL
    COMMANDS.run("edit.undo", listed)
    assert listed.session.record.value.finding("a").status is Status.PROPOSED
    COMMANDS.run("edit.redo", listed)
    assert listed.session.record.value.finding("a").status is Status.ACCEPTED


def test_a_judgement_is_on_the_disk_and_in_the_audit_trail(listed):
    findings.select(listed, "b")
    COMMANDS.run("findings.reject", listed)
    listed.keeper.flush()
    draft = listed.keeper.latest("1.8")
    assert {f.id: f.status for f in draft.findings}["b"] is Status.REJECTED


def test_the_audit_trail_says_what_was_taken_back(listed):
    findings.select(listed, "b")
    COMMANDS.run("findings.accept", listed)
    COMMANDS.run("edit.undo", listed)
    listed.keeper.flush()
    lines = [line.what for line in listed.keeper.shelf.audit.lines("1.8")]
    assert lines == ["opened", "accepted finding b", "undone: accept finding"]


def test_a_note_makes_a_finding_edited_and_the_same_note_changes_nothing(listed):
    findings.note(listed, "a", " granuloma ")
    edited = listed.session.record.value
    assert edited.finding("a").note == "granuloma"
    assert edited.finding("a").status is Status.EDITED
    findings.note(listed, "a", "granuloma")
    assert listed.session.record.value is edited


def test_the_threshold_stays_between_0_and_1(listed):
    findings.set_threshold(listed, 7)
    assert listed.session.threshold.value == 1.0
    findings.set_threshold(listed, -1)
    assert listed.session.threshold.value == 0.0


def test_nothing_can_be_judged_before_it_is_chosen(listed):
    assert not COMMANDS.run("findings.accept", listed)


def test_a_statement_about_one_picture_of_a_stack_brings_its_view_there(desk, opened):
    session = desk.session
    frames = tuple(
        Frame(np.zeros((8, 8), np.uint8), None, None, Origin(f"1.{n}", "2")) for n in range(4)
    )
    session.show(replace(opened, image=Stack(frames, "1", "CT", opened.key)))
    said = Assessment("9", NODULE, opened.key, MODEL, "Picture 3.", 0.9, picture=3)
    session.do("Second reader", Record(assessments=(said, replace(said, id="8", picture=0))))
    findings.select(desk, "9")
    assert session.hanging.value.cells[0].frame == 2
    findings.select(desk, "8")
    assert session.hanging.value.cells[0].frame == 2
