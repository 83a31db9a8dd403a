"""Small pictures: of a 4D series its middle moment, of a derived one its volume in memory."""

from __future__ import annotations

import numpy as np

from tests.moments import write_moments
from viewer.commands.thumbnails import draw_derived, make_thumbnails
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.study import Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.imaging.derivation import DERIVED
from viewer.io.scan import scan
from viewer.io.thumbnail import thumbnail
from viewer.session.images import OpenImage


def test_a_series_of_several_volumes_has_one_picture_of_its_middle_moment(desk, tmp_path):
    ((_, series),) = scan([write_moments(tmp_path / "four", 5)], Silent()).all_series()
    made = {}
    make_thumbnails(desk, (series,), made.__setitem__)
    desk.settle()
    assert set(made) == {series.key}
    assert np.array_equal(made[series.key], thumbnail(series.parts[2]))
    assert not np.array_equal(made[series.key], thumbnail(series.parts[0]))


def test_a_series_that_lies_in_no_file_has_a_picture_of_its_own(desk):
    ramp = np.broadcast_to(np.arange(32, dtype=np.float32) * 10, (5, 32, 32)).copy()
    volume = Volume(ramp, Geometry((5, 32, 32), np.eye(4)), "1", "MR", "mr#enhanced-1")
    series = Series("mr#enhanced-1", "", "1.1", "MR", SeriesKind.VOLUME, (), format=DERIVED)
    opened = OpenImage(Study("1.1", Patient("P"), (series,)), series, volume)
    made = {}
    draw_derived(desk, opened, made.__setitem__)
    assert made == {}  # not while whoever asked is waiting
    desk.settle()
    (picture,) = made.values()
    assert picture[0, 0] == 0
    assert picture[0, -1] == 255
