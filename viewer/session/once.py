"""What is worked out once, and again only when it is asked of something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Once(Generic[P, T]):
    """A pure function of frozen values that keeps its last answer, and what that was asked of."""

    def __init__(self, function: Callable[P, T]) -> None:
        self._function = function
        self._last: tuple[tuple[object, ...], T] | None = None

    def __call__(self, *asked: P.args, **named: P.kwargs) -> T:
        """Return what the function does of these."""
        of = (*asked, *named.values())
        if self._last is not None and self._last[0] == of:
            return self._last[1]
        answer = self._function(*asked, **named)
        self._last = of, answer
        return answer
