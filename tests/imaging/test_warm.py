from __future__ import annotations

import numpy as np
import pytest

from viewer.core.progress import Cancelled, Silent
from viewer.core.window import Window
from viewer.imaging.tone import tone
from viewer.imaging.warm import be_ready_for, warm


class Stopped:
    def report(self, done: float, doing: str = "") -> None:
        if done > 0:
            raise Cancelled


def test_all_loops_are_compiled_for_all_types():
    warm(Silent())


def test_compiling_stops_when_nobody_wants_it():
    with pytest.raises(Cancelled):
        warm(Stopped())


@pytest.mark.parametrize("kind", [np.int16, np.uint8, np.float32])
def test_a_type_that_is_ready_is_painted_without_the_compiler(kind, monkeypatch):
    be_ready_for(np.dtype(kind))

    def never(*_: object) -> None:
        raise AssertionError("the compiler was asked")

    monkeypatch.setattr("numba.core.dispatcher.Dispatcher.compile", never)
    picture = np.zeros((8, 9), dtype=kind)
    assert tone(picture, Window(0, 1)).shape == (8, 9, 4)


def test_types_that_are_never_painted_need_nothing():
    be_ready_for(np.dtype("S3"))
