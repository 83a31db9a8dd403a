from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.finding import Status
from viewer.session.record import Record
from viewer.session.session import Session

MODEL = Author("chest", is_model=True, version="1")
READER = Author("Dr. Roe")
PNEUMONIA = Code("233604007", "SCT", "Pneumonia")
EFFUSION = Code("60046008", "SCT", "Pleural effusion")


def statement(id_, kind=PNEUMONIA, series="s", score=0.7):
    return Assessment(id_, kind, series, MODEL, "speaks for it", score)


def test_statements_about_images_are_undone_and_redone():
    session = Session(READER)
    session.do("read", session.record.value.with_assessment(statement("1")))
    judged = statement("1").judged(Status.REJECTED, READER, "now", "artefact")
    session.do("reject", session.record.value.with_assessment(judged))
    assert session.record.value.assessment("1").status is Status.REJECTED
    session.undo()
    assert session.record.value.assessment("1").status is Status.PROPOSED
    session.undo()
    assert session.record.value.assessments == ()
    session.redo()
    assert session.record.value.assessments == (statement("1"),)


def test_statements_go_with_their_series():
    record = Record(assessments=(statement("1"), statement("2", series="other")))
    assert [one.id for one in record.of(frozenset({"s"})).assessments] == ["1"]
    assert [one.id for one in record.without(frozenset({"s"})).assessments] == ["2"]
    assert not record.same_as(Record())


def test_a_new_reading_says_nothing_again_that_a_person_judged():
    judged = statement("1").judged(Status.REJECTED, READER, "now")
    record = Record(assessments=(judged, statement("2", EFFUSION)))
    again = (statement("3"), statement("4", EFFUSION))
    after = record.with_reading("s", "chest", (), (), again)
    assert [one.id for one in after.assessments] == ["1", "4"]
