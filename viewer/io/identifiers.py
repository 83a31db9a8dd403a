"""Unique identifiers (PS3.5 B.2: made from UUIDs) and names for files."""

from __future__ import annotations

import re
import unicodedata
from uuid import NAMESPACE_OID, uuid5

from viewer.core.identity import new_uid

__all__ = ["file_stem", "is_uid", "new_uid", "required_uid", "uid_from"]

_UID = re.compile(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))+")


def uid_from(*words: str) -> str:
    """Return the identifier that always belongs to these words."""
    return f"2.25.{uuid5(NAMESPACE_OID, '|'.join(words)).int}"


def is_uid(text: str) -> bool:
    """Tell whether a text is a unique identifier (PS3.5 9)."""
    return len(text) <= 64 and _UID.fullmatch(text) is not None


def required_uid(text: str, what: str) -> str:
    """Return a text that must be a unique identifier.

    Raises:
        ValueError: if it is none.
    """
    if not is_uid(text):
        raise ValueError(f"{what} is called {text!r}, which is no unique identifier")
    return text


def file_stem(title: str, fallback: str) -> str:
    """Return a title as a short file name that every operating system accepts."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    return words[:40].strip("_") or fallback
