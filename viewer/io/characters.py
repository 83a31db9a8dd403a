"""Stored text to Unicode, by the Specific Character Set of the file (PS3.5 6.1)."""

from __future__ import annotations

from functools import lru_cache

from viewer.io.quiet import quietly

_SINGLE_BYTE = {
    b"": "latin-1",
    b"ISO_IR 6": "latin-1",
    b"ISO_IR 100": "latin-1",
    b"ISO_IR 192": "utf-8",
}

_CHINESE = "\x1b$)A"
"""ISO 2022 IR 58 begins so (PS3.5 K.2); pydicom leaves it in."""


def decode(stored: bytes, character_set: bytes, *, name: bool = False) -> str:
    """Return text as it was meant; bytes that fit no alphabet become a question mark.

    `name` says that the text is a person's, whose groups are parted by "=".
    """
    if stored.isascii() and b"\x1b" not in stored and character_set.strip(b" \0") in _SINGLE_BYTE:
        return stored.decode("ascii")
    simple = _SINGLE_BYTE.get(character_set.strip(b" \0"))
    if simple is not None:
        return stored.decode(simple, errors="replace")
    return _decode_extended(stored, character_set, name=name)


@lru_cache(maxsize=4096)
def _decode_extended(stored: bytes, character_set: bytes, *, name: bool) -> str:
    from pydicom.charset import convert_encodings, decode_bytes
    from pydicom.valuerep import PN_DELIMS, TEXT_VR_DELIMS

    labels = [label.strip() for label in character_set.decode("latin-1").strip(" \0").split("\\")]
    delimiters = PN_DELIMS if name else TEXT_VR_DELIMS
    groups = stored.split(b"=") if name else [stored]
    try:
        with quietly():
            encodings = convert_encodings(labels)
            parts = [decode_bytes(group, encodings, delimiters) for group in groups]
    except (ValueError, LookupError):  # the file names a set that there is not
        return stored.decode("ascii", errors="replace")
    return "=".join(part.replace(_CHINESE, "") for part in parts)
