"""What a reader can say of images whose files do not; light, for the command line's sake."""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """What can be said of such images."""

    CT_HU = "ct-hu"
