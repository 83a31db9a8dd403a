"""What is worked out once, and again only when it is asked of something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Once(Generic[P, T]):
    """A pure function that keeps its last answer; it holds what that was asked of, no more.

    Arguments are told apart by being the very same object, which is quick where equality of
    a thousand values is not; so they must be frozen.
    """

    def __init__(self, function: Callable[P, T]) -> None:
        self._function = function
        self._last: tuple[tuple[object, ...], T] | None = None

    def __call__(self, *asked: P.args, **named: P.kwargs) -> T:
        """Return what the function does of these."""
        of = (*asked, *named.values())
        if self._last is not None:
            before, answer = self._last
            if len(of) == len(before) and all(a is b for a, b in zip(of, before, strict=True)):
                return answer
        answer = self._function(*asked, **named)
        self._last = of, answer
        return answer
