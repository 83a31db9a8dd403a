"""Which model reads, what it takes along, and what becomes of what it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.ai.offer import Offer
from viewer.ai.reading import Reading
from viewer.commands import reading as verbs
from viewer.commands import reading_inputs
from viewer.commands.command import Commands
from viewer.commands.known_readers import KnownReaders
from viewer.commands.reading import COMMANDS
from viewer.commands.reading_inputs import companions, gather, unchanged
from viewer.commands.reading_words import caution, outcome
from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding
from viewer.core.progress import Silent
from viewer.core.score_map import ScoreMap
from viewer.core.study import Catalogue, Notice, Series, SeriesKind
from viewer.core.volume import Volume
from viewer.imaging.derivation import DERIVED
from viewer.session.images import OpenImage
from viewer.session.observable import Observable
from viewer.session.second_reading import reveal

MODEL = Author("Model", True, "1", "ab" * 32)
FIRST = Offer("first", "First model", "Looks.", ("PT", "MR"))
SECOND = Offer("second", "Second model", "Looks, too.")


def series(key, modality="PT", frame="frame", **more: object):
    made = Series(key, f"1.9.{key}", "1.8", modality, SeriesKind.VOLUME, (), rows=8, columns=8)
    return replace(made, frame_of_reference_uid=frame, **more)


def reading_of(opened, **more: object):
    voxels = np.zeros(opened.geometry.shape, np.uint8)
    score_map = ScoreMap("1.4", "Probability", "Meaning.", voxels, opened.geometry, "key", MODEL)
    said = Assessment("1.5", NODULE, "key", MODEL, "There is one: 80 %.", 0.8)
    made = Reading((), (), 0.5, (), MODEL, (("all", 2.0),), assessments=(said,), maps=(score_map,))
    return replace(made, **more)


@pytest.fixture
def begun(monkeypatch):
    """The offers that were begun with, in place of reading."""
    called = []
    monkeypatch.setattr(verbs, "_begin", lambda desk, opened, offer: called.append(offer.id))
    return called


def ask(desk, monkeypatch, *offers: Offer):
    monkeypatch.setattr(verbs, "ask_all", lambda inputs, own, progress: offers)


def test_the_only_model_that_takes_the_image_reads_at_once(desk, hung, monkeypatch, begun):
    ask(desk, monkeypatch, FIRST, replace(SECOND, reason="Not this one."))
    Commands(COMMANDS).run("reading.run", desk)
    desk.settle()
    assert begun == ["first"]


def test_of_several_the_reader_chooses_once_for_each_kind_of_image(desk, hung, monkeypatch, begun):
    ask(desk, monkeypatch, FIRST, SECOND)
    desk.asker.text = "Second model: Looks, too."
    Commands(COMMANDS).run("reading.run", desk)
    desk.settle()
    Commands(COMMANDS).run("reading.run", desk)
    desk.settle()
    assert begun == ["second", "second"]
    assert desk.asker.asked == ["Read with"]
    assert desk.settings.second_reader.models == {"CT": "second"}


def test_an_experimental_model_reads_only_when_it_was_chosen(desk, hung, monkeypatch, begun):
    ask(desk, monkeypatch, replace(FIRST, experimental=True))
    Commands(COMMANDS).run("reading.run", desk)
    desk.settle()
    assert begun == []
    desk.asker.text = "First model (experimental): Looks."
    Commands(COMMANDS).run("reading.run", desk)
    desk.settle()
    assert begun == ["first"]


def test_where_no_model_takes_the_image_the_reason_is_said(desk, hung, monkeypatch, begun):
    ask(desk, monkeypatch, replace(FIRST, reason="The slices are too thick."))
    Commands(COMMANDS).run("reading.run", desk)
    desk.settle()
    assert begun == []
    assert desk.session.message.value.sentence == "The slices are too thick."


def test_a_command_that_is_not_allowed_says_why(desk, hung):
    reader = verbs.READERS[0]
    refusal = replace(FIRST, id=reader.id, reason="Too few slices.")
    desk.readers.set(KnownReaders(hung.image, (refusal,)))
    commands = Commands(COMMANDS)
    assert not commands[f"reading.with_{reader.id}"].allowed(desk)
    assert not commands.run(f"reading.with_{reader.id}", desk)
    assert desk.session.message.value.sentence == "Too few slices."


def test_what_is_taken_along_is_of_the_same_person_and_space(desk, hung):
    study = replace(
        hung.study,
        series=(
            hung.series,
            series("pet"),
            series("mr", "MR"),
            series("far", frame="elsewhere"),
            series("us", "US"),
        ),
    )
    stranger = replace(hung.study, uid="1.7", patient=replace(hung.study.patient, id="P2"))
    stranger = replace(stranger, series=(series("theirs"),))
    desk.session.catalogue.set(Catalogue((study, stranger)))
    opened = replace(hung, study=study)
    found = companions(desk, opened, FIRST)
    assert {one.series.key for one in found} == {"pet", "mr"}
    assert all(one.image is None for one in found)
    assert companions(desk, opened, SECOND) == ()


def test_a_model_that_compares_is_given_open_images_of_other_dates(desk, hung):
    earlier = replace(hung.study, uid="1.7", date="20250102", series=(series("old", "CT"),))
    old = Volume(hung.image.voxels.copy(), hung.geometry, hung.image.unit, "CT", "old")
    desk.session.images.set(
        desk.session.images.value.with_image(OpenImage(earlier, earlier.series[0], old))
    )
    wanted = companions(desk, hung, replace(SECOND, compares=True))
    gathered = gather(hung, wanted, Silent())
    assert gathered.inputs.others == (old,)
    assert gathered.inputs.dates == ("20260102", "20250102")
    assert gathered.sources == ("1.9", "1.9.old")
    assert companions(desk, hung, SECOND) == ()


def test_what_cannot_be_loaded_is_left_out_and_told(desk, hung, monkeypatch):
    def load(_series, _progress):
        raise Unreadable("Its files are damaged.", code="damaged")

    monkeypatch.setattr(reading_inputs, "load", load)
    wanted = (reading_inputs.Wanted(hung.study, series("pet"), None),)
    gathered = gather(hung, wanted, Silent())
    assert gathered.inputs.others == ()
    assert gathered.sources == (hung.series.uid,)
    (sentence,) = gathered.left_out
    assert "Its files are damaged." in sentence


def test_only_images_as_they_were_taken_of_the_same_person_are_compared(desk, hung):
    compares = replace(SECOND, compares=True)
    nobody = replace(hung.study.patient, id="", name="")
    made = replace(hung.study, uid="1.7", series=(series("made", "CT", format=DERIVED),))
    stranger = replace(hung.study, uid="1.8", patient=nobody, series=(series("theirs", "CT"),))
    for study in (made, stranger):
        image = replace(hung.image, series_key=study.series[0].key)
        opened = OpenImage(study, study.series[0], image)
        desk.session.images.set(desk.session.images.value.with_image(opened))
    nameless = replace(hung, study=replace(hung.study, patient=nobody))
    assert companions(desk, hung, compares) == ()
    assert companions(desk, nameless, compares) == ()


def test_what_a_model_made_is_taken_in_as_one_step_and_maps_beside_it(desk, hung):
    verbs._came(desk, hung, FIRST, reading_of(hung))
    session = desk.session
    assert [one.id for one in session.record.value.assessments] == ["1.5"]
    assert [one.id for one in session.maps.value.items] == ["1.4"]
    told = "First model: Nodule, 0.80, at or above its threshold (2 s)."
    assert session.message.value.sentence.startswith(told)
    assert session.selected.value == "1.5"
    session.undo()
    assert session.record.value.assessments == ()
    assert session.maps.value.items


def test_what_comes_after_the_voxels_were_replaced_is_dropped(desk, hung):
    other = replace(hung, image=replace(hung.image, voxels=hung.image.voxels + 1))
    desk.session.images.set(desk.session.images.value.with_image(other))
    verbs._came(desk, hung, FIRST, reading_of(hung))
    assert desk.session.record.value.assessments == ()
    assert desk.session.maps.value.items == ()


def test_another_unit_leaves_the_image_the_same(desk, hung):
    same = replace(hung, image=replace(hung.image, slope=2.0))
    desk.session.images.set(desk.session.images.value.with_image(same))
    assert unchanged(desk.session, hung)
    desk.session.close(hung.study)
    assert not unchanged(desk.session, hung)


def test_while_models_are_hidden_nothing_of_a_reading_is_told(desk, hung):
    session = desk.session
    session.sealing.set(replace(session.sealing.value, asked=frozenset({hung.study.uid})))
    verbs._came(desk, hung, FIRST, reading_of(hung))
    assert session.record.value.assessments == ()
    assert "80 %" not in session.message.value.sentence


def test_while_models_are_hidden_one_that_finds_much_leaves_the_same_as_one_that_finds_nothing(
    desk, hung
):
    session = desk.session
    session.sealing.set(replace(session.sealing.value, asked=frozenset({hung.study.uid})))
    place, low, high = (1.0, 2.0, 4.0), (0.0, 1.0, 3.0), (2.0, 3.0, 5.0)
    found = Finding("1.6", NODULE, None, place, low, high, 2.0, 4.2, "key", MODEL, 0.9)
    verbs._came(desk, hung, FIRST, reading_of(hung, assessments=(), maps=()))
    left = {name: one.value for name, one in vars(session).items() if isinstance(one, Observable)}
    words = session.message.value.sentence
    much = reading_of(hung, findings=(found,), threshold=0.38, notices=(Notice("a", "Much."),))
    verbs._came(desk, hung, FIRST, much)
    now = {name: one.value for name, one in vars(session).items() if isinstance(one, Observable)}
    assert {name for name in left if now[name] != left[name]} <= {"sealing", "message", "maps"}
    assert session.message.value.sentence == words
    reveal(session, hung.study.uid)
    assert session.threshold.value == 0.38
    assert session.visible_findings() == (found,)


def test_what_must_be_known_of_a_model_stays_until_it_is_put_away(desk, hung):
    limited = replace(FIRST, experimental=True, non_commercial=True)
    told = []
    desk.session.message.changed.connect(lambda new, _: told.append(new))
    verbs._came(desk, hung, limited, reading_of(hung))
    kept = " ".join(one.sentence for one in told if one.serious)
    assert "experimental" in kept
    assert "non-commercial" in kept
    assert caution(FIRST) == ""


def test_a_score_below_the_threshold_is_not_told_as_a_finding(opened):
    said = replace(reading_of(opened).assessments[0], score=0.1)
    told = outcome(FIRST, reading_of(opened, assessments=(said,)))
    assert "Nodule, 0.10, below its threshold" in told


def test_the_sentence_counts_what_was_made(opened):
    told = outcome(FIRST, reading_of(opened, assessments=()))
    assert told.startswith("First model: 1 map (2 s).")
    assert "nothing to propose" in outcome(FIRST, reading_of(opened, assessments=(), maps=()))


def test_nothing_is_read_without_a_whole_image(desk):
    with pytest.raises(Declined, match="needs an image"):
        verbs.run_second_reader(desk)
