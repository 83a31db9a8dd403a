"""Statements, what a model gave before an edit, and both reads go out and come back."""

from dataclasses import replace

import numpy as np
import pydicom
import pytest

from tests.store.things import segmentation
from viewer.core.assessment import Assessment
from viewer.core.code import LUNG
from viewer.core.finding import Status
from viewer.core.progress import Silent
from viewer.core.read import ChangeKind, Read, ReadKind, changes
from viewer.imaging.outlines import outlines_of
from viewer.io.reads_page import reads_page
from viewer.io.reads_table import reads_table
from viewer.io.results import Results, save_results
from viewer.io.sr import read_findings
from viewer.io.sr_read import read_report
from viewer.io.sr_tree import walk
from viewer.io.table import findings_table


@pytest.fixture
def edited(case):
    """A finding whose box a person made larger."""
    old = case.finding(1, start=(0, 0, 0))
    by = case.accepted(2, start=(0, 0, 0)).history[0].by
    wider = replace(old, high=tuple(part + 2 for part in old.high), diameter_mm=9.5)
    return wider.edited_from(old).judged(Status.EDITED, by, "2026-05-06T07:08:09+00:00"), old, by


def test_what_the_model_had_given_comes_back_with_the_report(case, edited, tmp_path):
    finding, old, by = edited
    said = Assessment("2.25.77", LUNG, "one", old.author, "Speaks for it.", 0.7, 0.4)
    said = said.judged(Status.ACCEPTED, by, "2026-05-06T07:09:00+00:00", "agreed")
    first = Read(case.study_uid, ReadKind.FIRST, by, "2026-05-06T07:00:00.000000+00:00")
    second = replace(
        first,
        kind=ReadKind.SECOND,
        at="2026-05-06T07:10:00.000000+00:00",
        findings=(finding,),
    )
    results = Results(
        case.study,
        case.series,
        case.volume,
        (finding,),
        reader=by,
        assessments=(said,),
        reads=(first, second),
    )
    save_results(tmp_path / "out", results, Silent())
    path = tmp_path / "out" / "sr_findings.dcm"
    back = read_findings(path)[0]
    assert back.original.position == pytest.approx(old.position, abs=1e-3)
    assert back.original.high == pytest.approx(old.high, abs=1e-3)
    assert back.original.diameter_mm == pytest.approx(old.diameter_mm)
    assert back.as_model_had_it.diameter_mm == pytest.approx(old.diameter_mm)
    statement = read_report(path).assessments[0]
    assert (statement.id, statement.status) == ("2.25.77", Status.ACCEPTED)
    assert (statement.score, statement.threshold) == pytest.approx((0.7, 0.4))
    assert statement.history[0].reason == "agreed"
    page = (tmp_path / "out" / "report.html").read_text()
    assert "How it was read" in page
    assert "taken from the model" in page
    assert "semi-automatic; the model gave" in page
    assert "Whole image" in page
    table = (tmp_path / "out" / "reads.csv").read_text()
    assert table.count("taken from the model") == 1


def test_the_table_names_source_history_and_original(edited):
    finding, old, by = edited
    line = findings_table([finding]).split("\r\n")[1]
    assert f"edited by {by.name} 2026-05-06T07:08:09+00:00" in line
    assert ",model," in line
    assert line.endswith(f"{old.diameter_mm:.3f},{old.volume_mm3:.3f}")


def test_changes_between_reads_name_what_was_added_dropped_edited_taken_and_rejected(edited):
    _, old, by = edited
    own = replace(old, id="2.25.1", author=by, score=None)
    gone = replace(own, id="2.25.2")
    taken = replace(old, id="2.25.3").judged(Status.ACCEPTED, by, "t")
    refused = replace(old, id="2.25.4").judged(Status.REJECTED, by, "t", "a vessel")
    new = replace(own, id="2.25.5")
    first = Read("1", ReadKind.FIRST, by, "t", findings=(own, gone))
    moved = replace(own, high=tuple(part + 1 for part in own.high))
    later = Read("1", ReadKind.SECOND, by, "u", findings=(moved, taken, refused, new))
    found = {change.item.id: change for change in changes(first, later)}
    assert {id_: change.kind for id_, change in found.items()} == {
        "2.25.1": ChangeKind.EDITED,
        "2.25.2": ChangeKind.DROPPED,
        "2.25.3": ChangeKind.TAKEN,
        "2.25.4": ChangeKind.REJECTED,
        "2.25.5": ChangeKind.ADDED,
    }
    assert found["2.25.4"].reason == "a vessel"
    assert "a vessel" in reads_table((first, later))


def test_a_statement_below_its_threshold_is_never_written_as_the_finding(case, edited, tmp_path):
    _, old, by = edited
    said = Assessment("2.25.78", LUNG, "one", old.author, "Not alike.", 0.1, 0.4)
    said = said.judged(Status.ACCEPTED, by, "2026-05-06T07:09:00+00:00")
    results = Results(case.study, case.series, case.volume, (), reader=by, assessments=(said,))
    save_results(tmp_path / "out", results, Silent())
    path = tmp_path / "out" / "sr_findings.dcm"
    (statement,) = read_report(path).assessments
    assert (statement.kind, statement.speaks_for) == (LUNG, False)
    report = pydicom.dcmread(path)
    named = [
        child.ConceptCodeSequence[0].CodeMeaning
        for item in walk(report)
        for child in item.get("ContentSequence", ())
        if child.get("ValueType") == "CODE"
        and child.ConceptNameCodeSequence[0].CodeValue == "121071"
    ]
    assert named == []
    assert "below the threshold" in (tmp_path / "out" / "report.html").read_text()
    assert "(below threshold)" in findings_table((), (said,))


def test_outlines_that_were_added_dropped_taken_redrawn_and_renamed_are_told_in_numbers(edited):
    _, old, by = edited
    model = old.author

    def drawn(number, rows, author=by, name="Node"):
        labels = np.zeros((4, 30, 30), np.uint8)
        labels[1, :rows, :10] = 1
        made = segmentation(labels)
        segment = replace(made.segments[0], name=name)
        given = replace(made, id=f"2.25.{number}", segments=(segment,), author=author)
        return replace(given, status="accepted")

    first = Read(
        "1", ReadKind.FIRST, by, "t",
        outlines=outlines_of([drawn(1, 10), drawn(2, 4), drawn(3, 5)]),
    )  # fmt: skip
    helped = drawn(6, 3, by.helped_by(str(model)))
    later = Read(
        "1", ReadKind.SECOND, by, "u", models=(str(model),),
        outlines=outlines_of(
            [drawn(1, 20), drawn(3, 5, name="Vessel"), drawn(4, 7), drawn(5, 3, model), helped]
        ),
    )  # fmt: skip
    found = {change.item.id: change for change in changes(first, later)}
    assert {id_: change.kind for id_, change in found.items()} == {
        "2.25.1/1": ChangeKind.REDRAWN,
        "2.25.3/1": ChangeKind.EDITED,
        "2.25.4/1": ChangeKind.ADDED,
        "2.25.5/1": ChangeKind.TAKEN,
        "2.25.6/1": ChangeKind.TAKEN,
        "2.25.2/1": ChangeKind.DROPPED,
    }
    assert found["2.25.1/1"].dice == pytest.approx(2 * 100 / 300)
    page = reads_page((first,), later)
    assert "<td>redrawn</td><td>Node (Left lung)</td>" in page
    assert "0.06 → 0.12" in page
    assert "<td>0.67</td>" in page
    table = reads_table((first, later))
    assert table.count("outline") == 8
    assert table.count("redrawn") == 1
