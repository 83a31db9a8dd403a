"""A wheel that is turned fast goes on faster."""

from __future__ import annotations

from viewer.ui.wheel import Turning


def turned(gap_s, times, count=500):
    wheel = Turning()
    return [wheel.slices(1, 10 + gap_s * number, count) for number in range(times)]


def test_slow_notches_are_single_slices():
    assert turned(0.12, 12) == [1] * 12


def test_fast_notches_go_on_by_more_but_never_by_more_than_a_share_of_the_stack():
    fast = turned(0.012, 30)
    assert fast[0] == 1
    assert fast[-1] > 3
    assert max(fast) <= 20
    assert max(turned(0.004, 60, count=40)) <= 2


def test_turning_back_begins_slowly_again():
    wheel = Turning()
    for number in range(30):
        wheel.slices(1, 10 + 0.012 * number, 500)
    assert wheel.slices(-1, 10.37, 500) == -1


def test_after_a_pause_it_begins_slowly_again():
    wheel = Turning()
    for number in range(30):
        wheel.slices(1, 10 + 0.012 * number, 500)
    assert wheel.slices(1, 12.0, 500) == 1


def test_events_without_a_time_are_single_slices():
    wheel = Turning()
    assert [wheel.slices(1, 0.0, 500) for _ in range(20)] == [1] * 20
