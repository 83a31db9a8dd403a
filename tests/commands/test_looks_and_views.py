from dataclasses import replace

from viewer.commands import looks, views
from viewer.commands.command import Commands
from viewer.core.window import PRESETS, Window
from viewer.session.look import Layout, Viewing

COMMANDS = Commands([*looks.COMMANDS, *views.COMMANDS])


def looks_of(desk):
    return desk.session.hanging.value.cells


def test_a_preset_reaches_all_views_of_the_series_while_windows_are_linked(desk, hung):
    COMMANDS.run("window.lung", desk)
    assert all(look.window == PRESETS["Lung"] for look in looks_of(desk))


def test_a_preset_stays_in_its_view_when_windows_are_not_linked(desk, hung):
    COMMANDS.run("link.window", desk)
    COMMANDS.run("window.bone", desk)
    assert [look.window for look in looks_of(desk)] == [PRESETS["Bone"], None, None, None]


def test_the_full_window_spans_all_values(desk, hung):
    COMMANDS.run("window.full", desk)
    desk.settle()
    window = looks_of(desk)[0].window
    assert (window.low, window.high) == (0, 319)


def test_the_window_from_the_file_comes_back(desk, hung):
    COMMANDS.run("window.bone", desk)
    COMMANDS.run("window.from_file", desk)
    assert desk.session.window_of(looks_of(desk)[0]) == Window(40, 400)


def test_nothing_is_allowed_on_an_empty_view(desk):
    before = desk.session.hanging.value
    for command in looks.COMMANDS:
        if not command.id.startswith("link."):
            assert not COMMANDS.run(command.id, desk)
    assert desk.session.hanging.value is before


def test_scrolling_goes_slice_by_slice_and_stops_at_the_ends(desk, hung):
    place = desk.session.place
    assert place.value.position[2] == 4.0
    COMMANDS.run("view.next_slice", desk)
    assert place.value.position[2] == 6.0
    COMMANDS.run("view.last_slice", desk)
    COMMANDS.run("view.next_slice", desk)
    assert place.value.position[2] == 8.0
    COMMANDS.run("view.first_slice", desk)
    assert place.value.position[2] == 0.0


def test_four_quarter_turns_are_none(desk, hung):
    before = looks_of(desk)
    for _ in range(4):
        COMMANDS.run("look.turn_right", desk)
    assert looks_of(desk) == before


def test_reset_keeps_what_hangs_where(desk, hung):
    COMMANDS.run("look.invert", desk)
    COMMANDS.run("slab.maximum", desk)
    COMMANDS.run("look.zoom_in", desk)
    COMMANDS.run("look.reset", desk)
    assert [look.viewing for look in looks_of(desk)] == [
        Viewing.AXIAL, Viewing.CORONAL, Viewing.SAGITTAL, Viewing.SPACE,
    ]  # fmt: skip
    first = looks_of(desk)[0]
    assert not first.inverted
    assert (first.slab_mm, first.zoom, first.series_key) == (0, 1, "key")


def test_a_smaller_layout_never_leaves_a_hidden_view_active(desk, hung):
    desk.session.hanging.set(replace(desk.session.hanging.value, active=3))
    COMMANDS.run("layout.one", desk)
    assert desk.session.hanging.value.layout == Layout.ONE
    assert desk.session.hanging.value.active == 0


def test_every_layout_shows_as_many_views_as_it_says(desk, hung):
    for name, count in (("one", 1), ("two", 2), ("four", 4), ("one_and_three", 4)):
        COMMANDS.run(f"layout.{name}", desk)
        assert len(desk.session.hanging.value.shown) == count
