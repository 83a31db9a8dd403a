"""When to stop trying: slices of which none can be decoded, and files that are gone."""

from __future__ import annotations

from viewer.core.errors import Unreadable
from viewer.core.study import Series

_NEAR, _FAR = 100, 50
_MANY = 1_000
GIVEN_UP = (
    f"None of the first {_NEAR + _FAR} slices tried, near and far, could be decoded, so the others "
    "were not tried. They are shown empty."
)


class Patience:
    """Runs out once many slices, near the wanted one and all over the series, were damaged.

    A series of few slices is always tried to its end. Not thread-safe.
    """

    def __init__(self, count: int) -> None:
        self._far = range(0, count, max(1, count // _FAR))
        self._next_far = 0
        self._failed = 0
        self._hopeful = count < _MANY

    @property
    def out(self) -> bool:
        """Tell whether trying on is of no use."""
        return not self._hopeful and self._failed >= _NEAR + _FAR

    def note(self, *, damaged: bool) -> None:
        """Learn what came of one slice; a single good one is reason enough to go on."""
        self._hopeful = self._hopeful or not damaged
        self._failed += damaged

    def far(self) -> int | None:
        """Return a slice far away that is worth a try while the near ones are all damaged."""
        if self._hopeful or self._failed < _NEAR or self._next_far >= len(self._far):
            return None
        self._next_far += 1
        return self._far[self._next_far - 1]


def check_there(series: Series) -> None:
    """Look whether any file of a series is still there.

    Raises:
        Unreadable: if all are gone.
    """
    paths = list(dict.fromkeys(instance.path for instance in series.instances))
    if any(path.exists() for path in paths):
        return
    name = paths[0].name
    what = f"{name} is gone: it was" if len(paths) == 1 else (
        f"All {len(paths)} files of {series.title} are gone, the first is {name}: they were"
    )  # fmt: skip
    sentence = f"{what} moved or deleted, or the disk was taken away."
    raise Unreadable(sentence, code="missing_file")
