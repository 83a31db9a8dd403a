"""The bar that says which colour stands for which value."""

from __future__ import annotations

import numpy as np

from viewer.core.code import NO_UNIT
from viewer.core.stack import Stack
from viewer.core.window import Window
from viewer.imaging.colour_maps import ColourMap, colours
from viewer.render.cut import Cut
from viewer.render.probe import unit_in_words
from viewer.render.scene import ColourBar
from viewer.session.images import OpenImage
from viewer.session.look import Look

_STEPS = 128
_TICKS = 5


def colour_bar(opened: OpenImage, cut: Cut, look: Look, window: Window) -> ColourBar | None:
    """Return the bar of a view that shows values in colour; greys and colour pictures have none."""
    if look.colour_map is ColourMap.GREY:
        return None
    source = opened.image.frames[cut.number] if isinstance(opened.image, Stack) else opened.image
    if isinstance(opened.image, Stack) and opened.image.frames[cut.number].pixels.ndim == 3:
        return None
    low, high = window.centre - window.width / 2, window.centre + window.width / 2
    values = np.linspace(low, high, _STEPS)
    levels = window.grey(values, inverted=source.inverted ^ look.inverted)
    unit = "" if opened.image.unit == NO_UNIT.value else unit_in_words(opened.image.unit)
    ticks = tuple(_number(value, high - low) for value in np.linspace(low, high, _TICKS))
    return ColourBar(colours(look.colour_map)[levels], ticks, unit)


def _number(value: float, span: float) -> str:
    """Return a value with as many digits as tell the ticks of a bar apart."""
    digits = max(0, int(np.ceil(1 - np.log10(max(span / (_TICKS - 1), 1e-9)))))
    text = f"{value:.{min(digits, 6)}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "\N{MINUS SIGN}") if text not in ("-0", "") else "0"
