"""Earlier work comes back to the images it was about, and to no others."""

from __future__ import annotations

from dataclasses import replace

from viewer.commands import earlier
from viewer.commands.keeping import offer_earlier_work
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding
from viewer.core.study import Patient
from viewer.session.record import Record

MODEL = Author("nodules", is_model=True, version="1")


def finding(id_, key):
    return Finding(id_, NODULE, LUNG, (1, 2, 4), (0, 1, 3), (2, 3, 5), 2.0, 4.2, key, MODEL)


def left_behind(desk, findings):
    """Leave a draft, as if the program had ended."""
    desk.session.do("Mark", Record(findings))
    desk.keeper.flush()
    desk.session.images.set(type(desk.session.images.value)())
    desk.session.record.set(Record())
    desk.keeper.flush()


def test_earlier_work_is_offered_and_brought_back(desk, hung):
    left_behind(desk, (finding("a", "key"),))
    desk.session.show(hung)
    desk.asker.yes = True
    offer_earlier_work(desk, hung.study)
    desk.settle()
    assert [found.id for found in desk.session.record.value.findings] == ["a"]


def test_what_was_said_of_another_patient_under_the_same_study_uid_is_not_offered(desk, hung):
    left_behind(desk, (finding("a", "key"),))
    series = replace(hung.series, key="another")
    other = replace(hung.study, patient=Patient("P2", name="Roe^Max"), series=(series,))
    desk.session.show(replace(hung, study=other, series=series))
    desk.asker.yes = True
    offer_earlier_work(desk, other)
    desk.settle()
    assert desk.asker.asked == []
    assert desk.session.record.value.findings == ()


def test_an_answer_after_the_study_was_closed_brings_nothing_back(desk, hung):
    left_behind(desk, (finding("a", "key"),))
    desk.session.show(hung)
    answers = []
    desk.asker.ask_yes = lambda title, question, then: answers.append(then)
    offer_earlier_work(desk, hung.study)
    desk.settle()
    desk.session.close(hung.study)
    (yes,) = answers
    yes()
    assert desk.session.record.value.findings == ()


def test_what_was_drawn_before_the_answer_stays_and_a_new_reading_gives_way(desk, hung):
    left_behind(desk, (finding("a", "key"),))
    desk.session.show(hung)
    answers = []
    desk.asker.ask_yes = lambda title, question, then: answers.append(then)
    offer_earlier_work(desk, hung.study)
    desk.settle()
    drawn = replace(finding("mine", "key"), author=desk.session.reader)
    desk.session.do("Draw", Record((drawn, finding("read again", "key"))))
    (yes,) = answers
    yes()
    assert {found.id for found in desk.session.record.value.findings} == {"a", "mine"}


def test_one_finding_is_counted_as_one(desk, hung):
    left_behind(desk, (finding("a", "key"),))
    desk.session.show(hung)
    questions = []
    desk.asker.ask_yes = lambda title, question, then: questions.append(question)
    offer_earlier_work(desk, hung.study)
    desk.settle()
    assert "you left 1 finding on this study. Bring it back?" in questions[0]


def test_work_that_stands_in_the_list_on_screen_is_not_asked_about_a_second_time(desk, hung):
    left_behind(desk, (finding("a", "key"),))
    desk.session.show(hung)
    answers = []
    desk.asker.offer = lambda *given: answers.append(given[-1])
    earlier.COMMANDS[0].run(desk)
    desk.settle()
    offer_earlier_work(desk, hung.study)
    desk.settle()
    assert desk.asker.asked == []
    (answer,) = answers
    answer(earlier.NOT_NOW, ())
    offer_earlier_work(desk, hung.study)
    desk.settle()
    assert len(desk.asker.asked) == 1


def test_work_on_a_study_that_is_open_is_brought_back_from_the_list(desk, hung, tmp_path):
    desk.keeper.remember(tmp_path, hung.study)
    left_behind(desk, (finding("a", "key"),))
    desk.session.show(hung)
    desk.asker.answer = earlier.BRING_BACK
    earlier.COMMANDS[0].run(desk)
    desk.settle()
    assert [found.id for found in desk.session.record.value.findings] == ["a"]
