"""The 48 ways to lay three axes along the patient's: which of them every run tries, and which not.

A test whose single case takes long tries twelve in every run: each order of the axes with two
opposite sets of directions, so that every order meets every direction of every axis, and every
two directions meet. All 48 are tried by `pytest -m "slow or not slow"`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pytest
from _pytest.mark import ParameterSet

T = TypeVar("T")
_SIGNS = 8


def sampled(ways: Sequence[T]) -> list[T | ParameterSet]:
    """Mark all but twelve of 48 ways as slow; they come order by order, each with its 8 signs."""
    if len(ways) != 6 * _SIGNS:
        raise ValueError(f"there are 48 ways, not {len(ways)}")
    return [
        way if number % _SIGNS in _tried(number // _SIGNS) else pytest.param(way, marks=_SLOW)
        for number, way in enumerate(ways)
    ]


def _tried(order: int) -> tuple[int, int]:
    return order % 4, _SIGNS - 1 - order % 4


_SLOW = pytest.mark.slow
