"""Whether a DICOM head can be listed at all, and if not, the sentence that says why."""

from __future__ import annotations

from viewer.core.errors import Unreadable
from viewer.io import tags
from viewer.io.header import Header
from viewer.io.kinds import is_whole_slide
from viewer.io.meaning import object_in
from viewer.io.picture import Layout, layout_of
from viewer.io.syntaxes import CODECS, NATIVE, READABLE, syntax_name

_LONGEST_SIDE = 65_535
_MOST_FRAMES = 100_000
_MOST_EXPANSION = 5_000
"""No picture gets smaller than this by any of the codecs; more is a bomb."""
_EXPANSIONS = {"rle": 130, "ljpeg": 80}
"""These codecs cannot do more: 128 bytes of two, 32 bits of one."""
_MANY_FRAMES, _MOST_MISSING = 1_000, 50
"""A clip of so many frames is not listed for the few that a cut file still holds."""
_SMALLEST_FRAME = 18
"""No compressed frame takes less: the mark and length of its item, and a head."""
_LARGEST_COMPRESSED = 256 << 20
"""The bytes of a frame that a file need not hold itself."""


def judged(header: Header) -> Header:
    """Return the header if something can be made of it.

    Raises:
        Unreadable: with a stable code and one sentence.
    """
    name, sop_class = header.path.name, header.text(tags.SOP_CLASS)
    if object_in(header):
        return header
    if is_whole_slide(sop_class):
        raise Unreadable(
            f"{name} is a microscope slide in tiles, which is not shown here", code="whole_slide"
        )
    layout = layout_of(header)
    pictured = layout.rows > 0 and layout.columns > 0
    if header.pixels is None and not pictured and header.text(tags.SERIES_UID):
        return header
    if not pictured:
        raise Unreadable(f"{name} has no picture in it", code="not_an_image")
    if header.pixels is None or header.pixels.length == 0:
        raise Unreadable(f"{name} ends before its pixel data", code="no_pixels")
    if header.syntax not in READABLE:
        what = syntax_name(header.syntax)
        raise Unreadable(
            f"{name} is stored as {what}, which cannot be read here", code="unsupported_syntax"
        )
    if layout.bits_allocated not in (1, 8, 16, 32, 64) or layout.samples not in (1, 3):
        kind = f"{layout.samples} samples of {layout.bits_allocated} bits"
        raise Unreadable(
            f"{name} has pixels of an unknown kind ({kind})", code="unsupported_pixels"
        )
    if layout.frames > _MOST_FRAMES or _is_bomb(header, layout):
        told = f"{layout.frames} frames of {layout.columns} x {layout.rows}"
        raise Unreadable(
            f"{name} claims {told}, far more than the file can hold", code="implausible_size"
        )
    return header


def _is_bomb(header: Header, layout: Layout) -> bool:
    """Tell whether a file claims pixels that cannot be in it."""
    size, held = layout.frames * layout.frame_bytes, max(1, header.stamp.size)
    if header.syntax in NATIVE and layout.frames > _MANY_FRAMES:
        return size > _MOST_MISSING * held
    if header.syntax in NATIVE:
        return size > _MOST_EXPANSION * held
    most = _EXPANSIONS.get(CODECS.get(header.syntax, ""), _MOST_EXPANSION)
    if header.syntax in CODECS and layout.frames * _SMALLEST_FRAME > held:
        return True
    return size > most * held or layout.frame_bytes > _LARGEST_COMPRESSED
