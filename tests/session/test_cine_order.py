"""Which picture comes next: on and on, to and fro, or once."""

from __future__ import annotations

import pytest

from viewer.session.cine_order import Span, Way, following
from viewer.session.moments import Playing


def run(way, there, start, count):
    shown, back = [start], False
    for _ in range(count):
        step = following(shown[-1], there, way, backwards=back)
        if step.number is None:
            break
        back = step.backwards
        shown.append(step.number)
    return shown


def test_a_loop_begins_again():
    assert run(Way.LOOP, range(4), 2, 4) == [2, 3, 0, 1, 2]


def test_to_and_fro_shows_each_end_once():
    assert run(Way.BOUNCE, range(4), 0, 7) == [0, 1, 2, 3, 2, 1, 0, 1]


def test_once_stops_at_the_last():
    assert run(Way.ONCE, range(4), 1, 9) == [1, 2, 3]


@pytest.mark.parametrize("way", Way)
def test_what_is_not_there_is_never_shown(way):
    assert set(run(way, (2, 5, 7), 5, 12)) <= {2, 5, 7}


def test_from_outside_a_range_it_goes_into_it():
    assert following(9, range(2, 5), Way.LOOP).number == 2
    assert following(0, range(2, 5), Way.LOOP).number == 2


def test_a_single_picture_stays():
    assert following(3, (3,), Way.LOOP).number == 3
    assert following(3, (3,), Way.BOUNCE).number == 3


def test_each_series_has_a_range_of_its_own():
    playing = Playing().with_span("a", 2, 5).with_span("b", 0, 1).with_span("a", 3, 4)
    assert playing.span_of("a") == Span("a", 3, 4)
    assert playing.whole("a").span_of("a") is None
    assert playing.whole("a").span_of("b") == Span("b", 0, 1)


def test_a_range_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="cine from 3 to 2"):
        Span("a", 3, 2)
