"""Back and forward through what was looked at."""

from dataclasses import replace

import pytest

from tests.session.hangings import study, volume
from viewer.core.author import Author
from viewer.core.study import Catalogue
from viewer.core.window import Window
from viewer.session.look import Hanging, Layout, Look
from viewer.session.session import Place, Session
from viewer.session.view_history import ViewHistory


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def session():
    made = Session(Author("Reader"))
    group = replace(volume("group", "CT"), parts=(volume("a", "CT"), volume("b", "CT")))
    made.catalogue.set(Catalogue((study(group),)))
    made.hanging.set(Hanging().filled((Look("a"),) * 4))
    return made


@pytest.fixture
def history(session, clock):
    clock.now = 10.0
    return ViewHistory(session, clock)


def window(session, width):
    session.hanging.set(
        session.hanging.value.all_changed(lambda look: replace(look, window=Window(40, width)))
    )


def test_back_and_forward_bring_windows_layouts_and_places(session, history, clock):
    sights = [(session.hanging.value, session.place.value)]
    for change in (
        lambda: window(session, 100),
        lambda: session.place.set(Place((1.0, 2.0, 3.0), "1.9")),
        lambda: session.hanging.set(session.hanging.value.laid_out(Layout(4, 6))),
    ):
        clock.now += 5
        change()
        sights.append((session.hanging.value, session.place.value))
    for hanging, place in reversed(sights[:-1]):
        assert history.back()
        assert session.place.value == place
        assert session.hanging.value.layout == hanging.layout
        assert session.hanging.value.cells[: len(hanging.cells)] == hanging.cells
    assert not history.back()
    for hanging, place in sights[1:]:
        assert history.forward()
        assert (session.hanging.value.layout, session.place.value) == (hanging.layout, place)
    assert not history.forward()


def test_all_of_a_drag_is_one_step(session, history, clock):
    for width in range(100, 150):
        clock.now += 0.02
        window(session, width)
    assert history.back()
    assert session.hanging.value.cells[0].window is None
    assert not history.can_go_back


def test_another_change_ends_the_way_forward(session, history, clock):
    window(session, 100)
    history.back()
    clock.now += 5
    window(session, 200)
    assert not history.can_go_forward


def test_it_remembers_only_so_many(session, history, clock):
    for width in range(100, 400):
        clock.now += 5
        window(session, width)
    steps = 0
    while history.back():
        steps += 1
    assert steps == 100


def test_what_cine_plays_and_which_view_is_active_is_no_step(session, history, clock):
    session.hanging.update(active=2)
    session.cine.set(0)
    clock.now += 5
    session.hanging.set(session.hanging.value.all_changed(lambda look: replace(look, frame=3)))
    assert not history.can_go_back


def test_views_that_fill_up_are_no_step(session, history, clock):
    session.hanging.set(session.hanging.value.filled((Look(),) * 4))
    clock.now += 5
    session.hanging.set(session.hanging.value.changed(0, lambda _: Look("b")))
    assert history.back()
    assert session.hanging.value.cells[0].series_key == "a"


def test_what_was_closed_does_not_come_back(session, history, clock):
    window(session, 100)
    session.catalogue.set(Catalogue())
    history.back()
    assert {look.series_key for look in session.hanging.value.cells} == {""}


def test_what_is_said_about_images_stays(session, history):
    record = session.record.value
    window(session, 100)
    history.back()
    assert session.record.value is record
    assert not session.history.undo_title
