"""Thumbnails: kept ones first, from memory where the slice is there, else from one picture."""

import numpy as np
import pytest

from viewer.commands import files, thumbnails
from viewer.commands.thumbnails import make_thumbnails
from viewer.core.progress import Silent
from viewer.io.sample import sample_study
from viewer.io.scan import scan


@pytest.fixture
def place(tmp_path):
    return sample_study(tmp_path / "images", Silent(), shape=(5, 64, 64))


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The keys of series whose files are read for a thumbnail."""
    keys, honest = [], thumbnails.thumbnail

    def noted(series):
        keys.append(series.key)
        return honest(series)

    monkeypatch.setattr(thumbnails, "thumbnail", noted)
    return keys


def made_of(desk, place):
    got = {}
    series = tuple(one for _, one in scan([place], Silent()).all_series())
    make_thumbnails(desk, series, got.__setitem__)
    desk.settle()
    return got


def test_a_thumbnail_made_once_is_not_read_again(desk, place, read):
    first = made_of(desk, place)
    again = made_of(desk, place)
    assert len(read) == len(first) == len(again) == 1
    assert all(np.array_equal(first[key], again[key]) for key in first)


def test_a_thumbnail_of_a_changed_file_is_made_anew(desk, place, read):
    made_of(desk, place)
    for path in [path for path in place.rglob("*") if path.is_file()]:
        path.write_bytes(path.read_bytes())
    made_of(desk, place)
    assert len(read) == 2


def test_a_loaded_series_gives_its_thumbnail_from_memory(desk, place, read):
    files.open_paths(desk, [place])
    desk.settle()
    from_memory = made_of(desk, place)
    assert read == []
    (picture,) = from_memory.values()
    (_, series) = next(scan([place], Silent()).all_series())
    assert np.array_equal(picture, thumbnails.thumbnail(series))
