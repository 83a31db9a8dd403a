"""What can go wrong that is not our mistake.

Anything else that is raised is a defect: it rises, is logged with its
traceback and gets fixed.
"""

from __future__ import annotations

_ENDS = (".", "!", "?", "…")


def whole(sentence: str) -> str:
    """Return a sentence with its full stop."""
    sentence = sentence.rstrip()
    return sentence if not sentence or sentence.endswith(_ENDS) else f"{sentence}."


class Unreadable(Exception):
    """A file that is not what it says it is. The user is told; we go on.

    `code` is a stable word for scripts ("truncated", "no_pixels"); the
    sentence says what, where and what now, and ends with a full stop.
    """

    def __init__(self, sentence: str, *, code: str = "unreadable") -> None:
        super().__init__(whole(sentence))
        self.code = code


class Declined(Exception):
    """A wish that cannot be met for a reason the user can understand.

    A model asked about an image it was not made for, a folder that cannot be
    written, an object that would not survive the round trip.
    """

    def __init__(self, sentence: str, *, code: str = "declined") -> None:
        super().__init__(whole(sentence))
        self.code = code
