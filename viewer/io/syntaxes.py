"""Transfer syntaxes: how pixels may be stored, and who decodes them (PS3.5 A)."""

from __future__ import annotations

IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
DEFLATED = "1.2.840.10008.1.2.1.99"
BIG_ENDIAN = "1.2.840.10008.1.2.2"
JPEG_BASELINE = "1.2.840.10008.1.2.4.50"
JPEG_EXTENDED = "1.2.840.10008.1.2.4.51"
JPEG_LOSSLESS = "1.2.840.10008.1.2.4.57"
JPEG_LOSSLESS_FIRST_ORDER = "1.2.840.10008.1.2.4.70"
JPEG_LS_LOSSLESS = "1.2.840.10008.1.2.4.80"
JPEG_LS_NEAR = "1.2.840.10008.1.2.4.81"
JPEG_2000_LOSSLESS = "1.2.840.10008.1.2.4.90"
JPEG_2000 = "1.2.840.10008.1.2.4.91"
HTJ2K_LOSSLESS = "1.2.840.10008.1.2.4.201"
HTJ2K_LOSSLESS_RPCL = "1.2.840.10008.1.2.4.202"
HTJ2K = "1.2.840.10008.1.2.4.203"
JPEG_XL_LOSSLESS = "1.2.840.10008.1.2.4.110"
JPEG_XL_RECOMPRESSED = "1.2.840.10008.1.2.4.111"
JPEG_XL = "1.2.840.10008.1.2.4.112"
ENCAPSULATED = "1.2.840.10008.1.2.1.98"
RLE = "1.2.840.10008.1.2.5"
DEFLATED_FRAME = "1.2.840.10008.1.2.8.1"

NATIVE = frozenset({IMPLICIT, EXPLICIT})
"""Pixels lie in the file as they are, little endian."""

CODECS = {
    JPEG_BASELINE: "jpeg",
    JPEG_EXTENDED: "jpeg",
    JPEG_LOSSLESS: "ljpeg",
    JPEG_LOSSLESS_FIRST_ORDER: "ljpeg",
    JPEG_LS_LOSSLESS: "jpegls",
    JPEG_LS_NEAR: "jpegls",
    JPEG_2000_LOSSLESS: "jpeg2k",
    JPEG_2000: "jpeg2k",
    HTJ2K_LOSSLESS: "jpeg2k",
    HTJ2K_LOSSLESS_RPCL: "jpeg2k",
    HTJ2K: "jpeg2k",
    JPEG_XL_LOSSLESS: "jpegxl",
    JPEG_XL_RECOMPRESSED: "jpegxl",
    JPEG_XL: "jpegxl",
    ENCAPSULATED: "raw",
    RLE: "rle",
    DEFLATED_FRAME: "deflate",
}
"""The decoder of each compressed syntax."""

_VIDEOS = {
    "1.2.840.10008.1.2.4.100": "MPEG-2 video",
    "1.2.840.10008.1.2.4.101": "MPEG-2 video",
    "1.2.840.10008.1.2.4.102": "MPEG-4 video",
    "1.2.840.10008.1.2.4.103": "MPEG-4 video",
    "1.2.840.10008.1.2.4.104": "MPEG-4 video",
    "1.2.840.10008.1.2.4.105": "MPEG-4 video",
    "1.2.840.10008.1.2.4.106": "MPEG-4 video",
    "1.2.840.10008.1.2.4.107": "HEVC video",
    "1.2.840.10008.1.2.4.108": "HEVC video",
}
VIDEO = frozenset(_VIDEOS) | frozenset(
    f"{uid}.1" for uid in _VIDEOS if uid[-2:] not in ("07", "08")
)
"""Frames can only be decoded one after the other; the ends in .1 are of many fragments."""

READABLE = NATIVE | {DEFLATED, BIG_ENDIAN} | frozenset(CODECS) | VIDEO

_NAMES = {
    **_VIDEOS,
    **{f"{uid}.1": name for uid, name in _VIDEOS.items()},
    "1.2.840.10008.1.2.7.1": "SMPTE ST 2110 video over the network",
    "1.2.840.10008.1.2.7.2": "SMPTE ST 2110 video over the network",
    "1.2.840.10008.1.2.7.3": "SMPTE ST 2110 sound over the network",
    "1.2.840.10008.1.2.4.92": "JPEG 2000 multi-component",
    "1.2.840.10008.1.2.4.93": "JPEG 2000 multi-component",
    "1.2.840.10008.1.2.4.94": "JPIP referenced pixels",
    "1.2.840.10008.1.2.4.95": "JPIP referenced pixels",
    "1.2.840.10008.1.2.4.204": "JPIP referenced pixels",
    "1.2.840.10008.1.2.4.205": "JPIP referenced pixels",
}


def syntax_name(uid: str) -> str:
    """Return what a person would call a transfer syntax."""
    return _NAMES.get(uid) or (f"transfer syntax {uid}" if uid else "no transfer syntax")
