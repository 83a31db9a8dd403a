"""New identifiers (PS3.5 B.2: made from UUIDs)."""

from __future__ import annotations

from uuid import uuid4


def new_uid() -> str:
    """Return an identifier that nobody else has."""
    return f"2.25.{uuid4().int}"
