"""Movies: as many pictures as were asked for, not all the same; whole or not at all."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageSequence

from viewer.core.errors import Declined
from viewer.core.progress import Cancelled
from viewer.io.movie import write_movie, write_picture


def frames(count, size=(48, 63)):
    for number in range(count):
        frame = np.zeros((*size, 3), dtype=np.uint8)
        frame[:, number * 3 : number * 3 + 9] = (250, 120, 40)
        yield frame


def test_a_gif_has_all_its_pictures_and_its_speed(tmp_path):
    path = tmp_path / "a.gif"
    assert write_movie(path, frames(12), 10) == 12
    with Image.open(path) as film:
        assert film.info["duration"] == 100
        shown = [np.asarray(one.convert("RGB")).astype(int) for one in ImageSequence.Iterator(film)]
    assert len(shown) == 12
    for seen, made in zip(shown, frames(12), strict=True):
        assert np.abs(seen - made).mean() < 6


def test_an_mp4_has_all_its_pictures(tmp_path):
    path = tmp_path / "a.mp4"
    assert write_movie(path, frames(12), 15) == 12
    film = cv2.VideoCapture(str(path))
    shown = []
    while True:
        there, seen = film.read()
        if not there:
            break
        shown.append(seen)
    film.release()
    assert [seen.shape for seen in shown] == [(48, 62, 3)] * 12
    assert np.abs(shown[0].astype(int) - shown[11]).mean() > 5
    assert shown[5][24, 19, 2] > 180
    assert shown[5][24, 19, 0] < 110


@pytest.mark.parametrize("name", ["a.gif", "a.mp4"])
def test_what_is_cancelled_leaves_nothing(tmp_path, name):
    def broken():
        yield from frames(3)
        raise Cancelled

    with pytest.raises(Cancelled):
        write_movie(tmp_path / name, broken(), 15)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.gif", "a.mp4"])
def test_a_movie_of_nothing_is_declined_and_what_was_there_stays(tmp_path, name):
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(Declined, match="no picture"):
        write_movie(tmp_path / name, iter(()), 15)
    assert (tmp_path / name).read_bytes() == b"mine"


def test_other_endings_are_declined(tmp_path):
    with pytest.raises(Declined, match=r"\.gif"):
        write_movie(tmp_path / "a.avi", frames(2), 15)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for write in (
        lambda path: write_movie(path, frames(2), 15),
        lambda path: write_picture(path, next(frames(1))),
    ):
        with pytest.raises(Declined, match="choose another folder"):
            write(tmp_path / "file" / "a.gif")


def test_a_picture_is_a_png_with_its_colours(tmp_path):
    write_picture(tmp_path / "a.png", next(frames(1)))
    assert tuple(cv2.imread(str(tmp_path / "a.png"))[5, 4]) == (40, 120, 250)
