"""Where the words of figures stand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.render.captions import Area, Placed, Words, place

VIEW = (600.0, 500.0)
CORNER = Area(0, 0, 180, 60)


def words(*ink: tuple[float, float], **more: object) -> Words:
    return Words((150.0, 54.0), (20.0, 18.0), np.array(ink, dtype=float), **more)


def line_at(x: float, y: float, **more: object) -> Words:
    return words((x, y), (x + 40, y + 10), **more)


def meeting(placed: list[Placed | None], taken: list[Area]) -> list[tuple[Area, Area]]:
    areas = [one.area for one in placed if one is not None]
    return [(a, b) for a, b in combinations([*areas, *taken], 2) if a.meets(b)]


places = st.lists(st.tuples(st.floats(0, 560), st.floats(0, 480)), min_size=1, max_size=14)


@settings(max_examples=60, deadline=None)
@given(places)
def test_no_words_stand_on_others_on_corner_texts_or_beyond_the_view(
    at: list[tuple[float, float]],
) -> None:
    placed = place([line_at(*one) for one in at], VIEW, [CORNER])
    assert meeting(placed, [CORNER]) == []
    screen = Area(0, 0, *VIEW)
    assert all(screen.holds(one.area) for one in placed if one is not None)


def test_words_stand_beside_a_lonely_figure_without_a_line() -> None:
    (placed,) = place([line_at(200, 200)], VIEW, [])
    assert placed is not None
    assert placed.whole
    assert placed.leader is None
    assert placed.area.left > 240


def test_a_crowd_is_numbered_and_the_chosen_one_of_it_is_whole() -> None:
    crowd = [line_at(250 + 3 * n, 240 + 2 * n, first=n == 7) for n in range(16)]
    placed = place(crowd, VIEW, [])
    assert meeting(placed, []) == []
    assert placed[7] is not None
    assert placed[7].whole
    assert any(one is not None and not one.whole for one in placed)


def test_words_that_were_put_somewhere_stay_there_with_a_line_to_their_figure() -> None:
    put = line_at(100, 300, at=(400.0, 100.0))
    placed, other = place([put, line_at(420, 110)], VIEW, [])
    assert (placed.area.left, placed.area.top) == (400, 100)
    assert placed.leader is not None
    assert placed.leader[2:] == (140, 310)
    assert not placed.area.meets(other.area)


def test_words_put_beyond_the_view_are_brought_back_into_it() -> None:
    (placed,) = place([line_at(100, 300, at=(900.0, -80.0))], VIEW, [])
    assert Area(0, 0, *VIEW).holds(placed.area)


def test_a_tiny_figure_has_its_number_only_until_it_is_chosen() -> None:
    small = words((200, 200), (204, 203), tiny=True)
    chosen = words((200, 200), (204, 203), tiny=True, first=True)
    assert [one.whole for one in place([small], VIEW, [])] == [False]
    assert [one.whole for one in place([chosen], VIEW, [])] == [True]


def test_a_figure_off_the_screen_has_no_words_on_it() -> None:
    assert place([line_at(5000, 200)], VIEW, []) == [None]


def test_words_keep_off_the_lines_of_other_figures_where_there_is_room() -> None:
    beside = words((260, 150), (260, 260))
    placed, _ = place([line_at(200, 200), beside], VIEW, [])
    assert not (placed.area.left < 260 < placed.area.right and placed.area.top < 260)
