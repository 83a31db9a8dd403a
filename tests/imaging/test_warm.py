from __future__ import annotations

import pytest

from viewer.core.progress import Cancelled, Silent
from viewer.imaging.warm import warm


class Stopped:
    def report(self, done: float, doing: str = "") -> None:
        if done > 0:
            raise Cancelled


def test_all_loops_are_compiled_for_all_types():
    warm(Silent())


def test_compiling_stops_when_nobody_wants_it():
    with pytest.raises(Cancelled):
        warm(Stopped())
