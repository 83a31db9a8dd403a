"""What is hidden stays hidden through drafts and a new start of the program."""

from dataclasses import replace

import numpy as np

from viewer.commands import earlier, second_reading
from viewer.commands.command import Commands
from viewer.commands.earlier import offer_what_was_left
from viewer.commands.keeping import offer_earlier_work
from viewer.commands.results import draw_and_save
from viewer.commands.stored_reads import reads_with_now, results_saved, sealing_as_kept
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding
from viewer.core.progress import Silent
from viewer.core.read import Read, ReadKind
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Catalogue
from viewer.session.record import Record
from viewer.session.sealing import Sealing
from viewer.settings import Settings

MODEL = Author("nodules", is_model=True, version="1", weights_sha256="ab" * 32)


COMMANDS = Commands([*second_reading.COMMANDS])


def finding(id_, author=MODEL):
    place, low, high = (1.0, 2.0, 4.0), (0.0, 1.0, 3.0), (2.0, 3.0, 5.0)
    score = 0.9 if author.is_model else None
    return Finding(id_, NODULE, LUNG, place, low, high, 2.0, 4.2, "key", author, score=score)


def hide(desk):
    COMMANDS.run("second_reading.this_study", desk)
    desk.keeper.flush()
    desk.settle()


def test_what_is_hidden_is_in_the_draft_and_comes_back_hidden(desk, hung):
    hide(desk)
    desk.session.do("Second reader", Record((finding("a"),)))
    desk.keeper.flush()
    assert [one.id for one in desk.keeper.latest("1.8").findings] == ["a"]
    kept = sealing_as_kept(Settings(), desk.keeper.shelf.reads.states(), desk.session.reader)
    assert kept.hides("1.8")
    desk.session.close(hung.study)
    desk.session.sealing.set(kept)
    desk.session.show(hung)
    offer_earlier_work(desk, hung.study)
    desk.settle()
    assert desk.session.record.value.findings == ()
    assert [one.id for one in desk.session.sealing.value.aside.findings] == ["a"]
    assert desk.asker.asked == []


def test_another_reader_is_not_hidden_anything(desk, hung):
    hide(desk)
    states = desk.keeper.shelf.reads.states()
    assert not sealing_as_kept(Settings(), states, Author("Dr. Poe")).hides("1.8")


def test_saving_results_is_a_first_read_and_then_a_second(desk, hung):
    hide(desk)
    own = finding("mine", desk.session.reader)
    desk.session.do("Mark", Record((own,)))
    desk.session.do("Second reader", Record((own, finding("a"))))
    results_saved(desk, "1.8")
    desk.keeper.flush()
    desk.settle(lambda: not desk.session.ai_hidden("key"))
    results_saved(desk, "1.8")
    desk.keeper.flush()
    reads = desk.keeper.shelf.reads.of("1.8")
    assert [one.kind for one in reads] == [ReadKind.SEALED, ReadKind.FIRST, ReadKind.SECOND]
    assert [one.id for one in reads[1].findings] == ["mine"]
    assert [one.id for one in reads[2].findings] == ["mine", "a"]
    assert reads[1].begun_at <= reads[1].at


def test_once_read_it_stays_open_also_where_everything_is_hidden_first(desk, hung):
    hide(desk)
    second_reading.first_read_done(desk)
    desk.keeper.flush()
    desk.settle(lambda: not desk.session.ai_hidden("key"))
    kept = Settings().second_reader.changed(read_first=True)
    settings = Settings().model_copy(update={"second_reader": kept})
    states = desk.keeper.shelf.reads.states()
    sealing = sealing_as_kept(settings, states, desk.session.reader)
    assert not sealing.hides("1.8")
    assert sealing.hides("9.9")


def test_that_results_were_seen_before_they_were_hidden_is_kept(desk, hung):
    desk.session.do("Second reader", Record((finding("a"),)))
    hide(desk)
    assert "had been on the screen" in desk.keeper.shelf.reads.of("1.8")[0].reason
    assert desk.session.record.value.findings == ()


def test_nothing_is_hidden_until_somebody_asks_for_it():
    assert not Sealing().hides("1.8")


def outline(hung, author, rows=3, status="accepted"):
    labels = np.zeros((5, 8, 8), np.uint8)
    labels[1, :rows, :4] = 1
    grid, segment = hung.image.geometry, Segment(1, "Node", NODULE)
    return Segmentation("2.25.7", "Nodes", labels, grid, (segment,), author, "key", status)


def store_first(desk):
    second_reading.first_read_done(desk)
    desk.keeper.flush()
    desk.settle(lambda: not desk.session.ai_hidden("key"))


def test_outlines_are_stored_with_both_reads_and_their_change_is_on_the_page(desk, hung):
    hide(desk)
    mine = outline(hung, desk.session.reader)
    learned = replace(outline(hung, MODEL, status="proposed"), id="2.25.8")
    desk.session.do("Draw", Record(segmentations=(mine,)))
    desk.session.do("Second reader", Record(segmentations=(mine, learned)))
    store_first(desk)
    (first,) = (one for one in desk.session.reads.value if one.kind is ReadKind.FIRST)
    assert [(one.id, one.voxels) for one in first.outlines] == [("2.25.7/1", 12)]
    assert "1 outline" in desk.session.message.value.sentence
    taken = replace(learned, status="accepted")
    larger = outline(hung, desk.session.reader, rows=6)
    desk.session.do("Draw", Record(segmentations=(larger, taken)))
    results_saved(desk, "1.8")
    desk.keeper.flush()
    second = desk.keeper.shelf.reads.of("1.8")[-1]
    assert [one.voxels for one in second.outlines] == [24, 12]
    COMMANDS.run("second_reading.reads", desk)
    desk.settle()
    (page,) = desk.asker.pages
    assert "<td>redrawn</td>" in page
    assert "<td>0.67</td>" in page
    assert "taken from the model" in page


def test_the_table_that_is_saved_holds_the_outlines(desk, hung, tmp_path):
    hide(desk)
    desk.session.do("Draw", Record(segmentations=(outline(hung, desk.session.reader),)))
    store_first(desk)
    desk.asker.path = tmp_path / "reads.csv"
    COMMANDS.run("second_reading.save_reads", desk)
    desk.settle()
    assert "2.25.7/1" in (tmp_path / "reads.csv").read_text()


def test_saved_results_hold_the_outlines_of_the_read_they_are_saved_with(desk, hung, monkeypatch):
    from viewer.commands import results

    hide(desk)
    desk.session.do("Draw", Record(segmentations=(outline(hung, desk.session.reader),)))
    given = []
    monkeypatch.setattr("viewer.io.results.save_results", lambda *parts: given.append(parts[1]))
    material = results._material(desk)
    draw_and_save(desk.settings.start_folder, material, desk.draw, Silent())
    assert [len(one.outlines) for one in given[0].reads] == [0, 1]


def test_each_reader_reads_a_study_for_himself(desk, hung):
    other = Read("1.8", ReadKind.FIRST, Author("Dr. Poe"), "2026-01-01T10:00:00")
    desk.keeper.store_read(other, lambda _: None)
    desk.keeper.flush()
    desk.settle(lambda: bool(desk.session.reads.value))
    assert reads_with_now(desk, "1.8") == ()
    results_saved(desk, "1.8")
    desk.keeper.flush()
    assert len(desk.keeper.shelf.reads.of("1.8")) == 1
    hide(desk)
    assert desk.session.ai_hidden("key")
    assert all(one.by == desk.session.reader for one in reads_with_now(desk, "1.8"))
    store_first(desk)
    assert {one.by.name for one in reads_with_now(desk, "1.8")} == {"Dr. Roe", "Dr. Poe"}


def test_after_the_own_first_read_nothing_is_hidden_a_second_time(desk, hung):
    hide(desk)
    store_first(desk)
    COMMANDS.run("second_reading.this_study", desk)
    assert not desk.session.ai_hidden("key")
    assert "has been seen" in desk.session.message.value.sentence


def test_what_another_reader_left_waits_for_the_first_read_and_is_not_lost(desk, hung):
    theirs = finding("theirs", Author("Dr. Poe"))
    desk.session.do("Mark", Record((theirs, finding("a"))))
    desk.keeper.flush()
    desk.session.close(hung.study)
    desk.session.sealing.set(Sealing(everywhere=True))
    desk.session.catalogue.set(Catalogue((hung.study,)))
    desk.session.show(hung)
    offer_earlier_work(desk, hung.study)
    desk.settle()
    assert desk.session.record.value.findings == ()
    assert desk.asker.asked == []
    own = finding("mine", desk.session.reader)
    desk.session.do("Mark", Record((own,)))
    desk.keeper.flush()
    assert {one.id for one in desk.keeper.latest("1.8").findings} == {"mine", "theirs", "a"}
    store_first(desk)
    assert {one.id for one in desk.session.record.value.findings} == {"mine", "theirs", "a"}
    (first,) = desk.keeper.shelf.reads.of("1.8")
    assert [one.id for one in first.findings] == ["mine"]
    assert first.models == ("nodules 1",)


def leave(desk, hung, *items: Finding):
    """Leave findings unsaved, and begin anew with everything hidden."""
    desk.session.do("Second reader", Record(items))
    desk.keeper.flush()
    desk.session.close(hung.study)
    desk.session.sealing.set(Sealing(everywhere=True))


def test_unsaved_work_that_is_hidden_is_not_told_of_at_the_start(desk, hung):
    leave(desk, hung, finding("theirs", Author("Dr. Poe")), finding("a"))
    offer_what_was_left(desk)
    desk.settle()
    assert desk.session.message.value.sentence == ""
    Commands([*earlier.COMMANDS]).run("files.unsaved_work", desk)
    desk.settle()
    assert desk.asker.offered == ()


def test_unsaved_work_of_the_reader_is_told_of_without_its_last_step(desk, hung):
    leave(desk, hung, finding("mine", desk.session.reader), finding("a"))
    offer_what_was_left(desk)
    desk.settle()
    assert "unsaved work on 1 study" in desk.session.message.value.sentence
    Commands([*earlier.COMMANDS]).run("files.unsaved_work", desk)
    desk.settle()
    ((_, last, _),) = desk.asker.offered
    assert last == ""


def test_what_is_offered_elsewhere_is_left_as_it_is_until_that_is_answered(desk, hung):
    leave(desk, hung, finding("theirs", Author("Dr. Poe")), finding("a"))
    desk.session.catalogue.set(Catalogue((hung.study,)))
    desk.session.show(hung)
    desk.keeper.offered.add("1.8")
    offer_earlier_work(desk, hung.study)
    desk.settle()
    desk.keeper.flush()
    assert {one.id for one in desk.keeper.latest("1.8").findings} == {"theirs", "a"}
