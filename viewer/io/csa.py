"""The private header of Siemens MR files (CSA), in both its forms, read with every bound checked.

After a preamble come tags: a name, counts, and for each item four numbers, of
which the second is its length, and its text, filled up to four bytes. The
layout is not published; nibabel and dcm2niix read it like this, too.
"""

from __future__ import annotations

import struct
from collections.abc import Collection
from contextlib import suppress

_MOST_TAGS = 1000
_MOST_ITEMS = 50_000
_NAME = 64
_COUNTS = struct.Struct("<i4s3i")
_ITEM = struct.Struct("<4i")


def csa_values(stored: bytes, wanted: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the texts of the wanted tags that can be read; those behind a fault cannot."""
    found: dict[str, tuple[str, ...]] = {}
    with suppress(struct.error):  # cut off or mangled from there on
        _read(stored, wanted, found)
    return found


def _read(stored: bytes, wanted: Collection[str], found: dict[str, tuple[str, ...]]) -> None:
    at = 8 if stored.startswith(b"SV10") else 0
    (tags,) = struct.unpack_from("<I", stored, at)
    at += 8
    items_left = _MOST_ITEMS
    for _ in range(min(tags, _MOST_TAGS)):
        name = _text(stored[at : at + _NAME])
        _, _, _, count, _ = _COUNTS.unpack_from(stored, at + _NAME)
        at += _NAME + _COUNTS.size
        items_left -= max(count, 0)
        if count < 0 or items_left < 0:
            raise struct.error
        texts = []
        for _ in range(count):
            _, length, _, _ = _ITEM.unpack_from(stored, at)
            at += _ITEM.size
            if not 0 <= length <= len(stored) - at:
                raise struct.error
            texts.append(_text(stored[at : at + length]))
            at += -(-length // 4) * 4
        if name in wanted:
            found[name] = tuple(text for text in texts if text)


def _text(stored: bytes) -> str:
    return stored.split(b"\0", 1)[0].decode("latin-1").strip()
