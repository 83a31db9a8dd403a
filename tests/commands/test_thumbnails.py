"""The small picture of a 4D series is that of its middle moment."""

from __future__ import annotations

import numpy as np

from tests.moments import write_moments
from viewer.commands.thumbnails import make_thumbnails
from viewer.core.progress import Silent
from viewer.io.scan import scan
from viewer.io.thumbnail import thumbnail


def test_a_series_of_several_volumes_has_one_picture_of_its_middle_moment(desk, tmp_path):
    ((_, series),) = scan([write_moments(tmp_path / "four", 5)], Silent()).all_series()
    made = {}
    make_thumbnails(desk, (series,), made.__setitem__)
    desk.settle()
    assert set(made) == {series.key}
    assert np.array_equal(made[series.key], thumbnail(series.parts[2]))
    assert not np.array_equal(made[series.key], thumbnail(series.parts[0]))
