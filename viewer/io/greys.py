"""How values become grey by what a file says: windows, inversion, padding (PS3.3 C.11)."""

from __future__ import annotations

from viewer.core.study import Notice
from viewer.core.window import Curve, Window
from viewer.io import tags
from viewer.io.header import Header
from viewer.io.voi import tables_in

_MOST_WINDOWS = 64
_LARGEST = 1e30
_CURVES = {
    "": Curve.LINEAR,
    "LINEAR": Curve.LINEAR,
    "LINEAR_EXACT": Curve.EXACT,
    "SIGMOID": Curve.SIGMOID,
}
_SHAPES = {"MONOCHROME1": "INVERSE", "MONOCHROME2": "IDENTITY"}
"""The presentation that goes with each kind of grey (PS3.3 C.8.11.3)."""


def windows_of(header: Header) -> tuple[tuple[str, Window], ...]:
    """Return the windows and the tables stored in the file with their names."""
    centres = header.numbers(tags.WINDOW_CENTRE)[:_MOST_WINDOWS]
    widths = header.numbers(tags.WINDOW_WIDTH)
    names = header.texts(tags.WINDOW_NAME)
    curve = _CURVES.get(header.text(tags.VOI_FUNCTION), Curve.LINEAR)
    found: list[tuple[str, Window]] = []
    for number, (centre, width) in enumerate(zip(centres, widths, strict=False)):
        name = names[number] if number < len(names) else ""
        if 0 < width < _LARGEST and abs(centre) < _LARGEST:
            found.append((name or f"Window {number + 1}", _window(centre, width, curve)))
    return (*found, *tables_in(header.raw.get(tags.VOI_LUT, b"")).windows)


def _window(centre: float, width: float, curve: Curve) -> Window:
    """Return a window; less than one step of values cannot be meant to be counted in steps."""
    if curve is Curve.LINEAR and width < 1:
        return Window(centre, width)
    return Window(centre, width, curve)


def is_inverted(header: Header) -> bool:
    """Tell whether the least value is to be shown white.

    Photometric Interpretation alone decides: what Presentation LUT Shape says beside it is
    the same thing once more, and known to be wrong in pictures of some makers.
    """
    return header.text(tags.PHOTOMETRIC) == "MONOCHROME1"


def padding_of(header: Header) -> tuple[int, int] | None:
    """Return the least and greatest stored value of padding (PS3.3 C.7.5.1.1.2)."""
    values = header.numbers(tags.PADDING)
    if not values or header.text(tags.PHOTOMETRIC) not in _SHAPES:
        return None
    limits = header.numbers(tags.PADDING_LIMIT) or values
    return int(min(values[0], limits[0])), int(max(values[0], limits[0]))


def remarks_on_greys(header: Header) -> tuple[Notice, ...]:
    """Return what a file asks of its greys that contradicts itself or cannot be done."""
    said: list[Notice] = []
    kind, shape = header.text(tags.PHOTOMETRIC), header.text(tags.LUT_SHAPE)
    if kind in _SHAPES and shape and shape != _SHAPES[kind]:
        sentence = f"The file is {kind} but asks for the presentation {shape}; {kind} is followed."
        said.append(Notice("presentation", sentence))
    function = header.text(tags.VOI_FUNCTION)
    if function not in _CURVES:
        sentence = f"The file asks for greys by {function}, which is unknown; they rise straight."
        said.append(Notice("voi_function", sentence))
    tables = tables_in(header.raw.get(tags.VOI_LUT, b""))
    if tables.lost:
        sentence = "A table of greys in the file is damaged, or one of too many; it is not offered."
        said.append(Notice("voi_table", sentence))
    if tables.mended:
        sentence = "A table of greys names other bits than it has; it is shown by those it has."
        said.append(Notice("voi_table", sentence))
    return tuple(said)
