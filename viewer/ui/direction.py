"""Names that run from right to left beside dates and numbers that do not."""

from __future__ import annotations

import unicodedata

_ISOLATE, _END = "\u2068", "\u2069"
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])


def kept_apart(text: str) -> str:
    """Return text from a file so that it cannot turn what stands beside it.

    Without this, "2026-02-03" after an Arabic name is shown as "03-02-2026".
    """
    plain = text.translate(_TURNING)
    if not any(unicodedata.bidirectional(one) in ("R", "AL", "AN") for one in plain):
        return plain
    return f"{_ISOLATE}{plain}{_END}"
