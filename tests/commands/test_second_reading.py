"""What is hidden stays hidden through drafts and a new start of the program."""

from viewer.commands import second_reading
from viewer.commands.keeping import offer_earlier_work
from viewer.commands.stored_reads import results_saved, sealing_as_kept
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding
from viewer.core.read import ReadKind
from viewer.session.record import Record
from viewer.session.sealing import Sealing
from viewer.settings import Settings

MODEL = Author("nodules", is_model=True, version="1", weights_sha256="ab" * 32)


def finding(id_, author=MODEL):
    place, low, high = (1.0, 2.0, 4.0), (0.0, 1.0, 3.0), (2.0, 3.0, 5.0)
    score = 0.9 if author.is_model else None
    return Finding(id_, NODULE, LUNG, place, low, high, 2.0, 4.2, "key", author, score=score)


def hide(desk):
    second_reading.COMMANDS[1].run(desk)
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
