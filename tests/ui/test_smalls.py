"""Small copies of volumes are kept while there is room and while their volumes are open."""

from __future__ import annotations

import numpy as np

from viewer.core.geometry import Geometry
from viewer.core.study import Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.session.images import Images, OpenImage
from viewer.ui.smalls import Smalls


def volume(key="a"):
    grid = Geometry((2, 3, 4), np.eye(4))
    return Volume(np.zeros((2, 3, 4), np.int16), grid, "1", "MR", key)


def test_the_copy_asked_for_longest_ago_goes_first():
    first, second, third = volume(), volume(), volume()
    smalls = Smalls(most_bytes=2 * 48)
    smalls.put(first, first)
    smalls.put(second, second)
    assert smalls.get(first) is first
    smalls.put(third, third)
    assert smalls.get(second) is None
    assert smalls.get(first) is first
    assert smalls.get(third) is third


def test_one_copy_is_kept_however_large_it_is():
    only = volume()
    smalls = Smalls(most_bytes=1)
    smalls.put(only, only)
    assert smalls.get(only) is only


def test_copies_of_what_is_closed_are_let_go():
    kept, closed = volume("kept"), volume("closed")
    smalls = Smalls()
    smalls.put(kept, kept)
    smalls.put(closed, closed)
    series = Series("kept", "1.2", "1.1", "MR", SeriesKind.VOLUME, ())
    smalls.keep_only(Images((OpenImage(Study("1.1", Patient(), (series,)), series, kept),)))
    assert smalls.get(kept) is kept
    assert smalls.get(closed) is None
