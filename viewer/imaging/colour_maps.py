"""Colours for grey values, each computed from a formula; nothing is looked up in a file.

A map has 256 colours from the lowest value of a window to its highest. "viridis" is the sixth
degree polynomial that fits it to within a byte or two; "cool-warm" is the diverging map of
K. Moreland (Diverging Color Maps for Scientific Visualization, ISVC 2009), even in lightness
to both sides.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SHADES = 256


class ColourMap(StrEnum):
    """In which colours values are shown, from low to high."""

    GREY = "grey"
    INVERSE_GREY = "inverse grey"
    """Black for what takes up most, as PET is usually read."""
    HOT = "hot"
    """Black, red, yellow, white."""
    RAINBOW = "rainbow"
    """Blue to red; steps of colour are not steps of value."""
    VIRIDIS = "viridis"
    COOL_WARM = "cool-warm"
    """Blue over pale grey to red: below and above the centre."""


_VIRIDIS = np.array(
    [
        (0.2777273272234177, 0.005407344544966578, 0.3340998053353061),
        (0.1050930431085774, 1.404613529898575, 1.384590162594685),
        (-0.3308618287255563, 0.214847559468213, 0.09509516302823659),
        (-4.634230498983486, -5.799100973351585, -19.33244095627987),
        (6.228269936347081, 14.17993336680509, 56.69055260068105),
        (4.776384997670288, -13.74514537774601, -65.35303263337234),
        (-5.435455855934631, 4.645852612178535, 26.3124352495832),
    ]
)
_COOL, _WARM = (59, 76, 192), (180, 4, 38)
_MIDDLE_LIGHT = 88.0
_TO_XYZ = np.array(
    [
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    ]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


@lru_cache(maxsize=16)
def colours(colour_map: ColourMap) -> NDArray[np.uint8]:
    """Return (256, 3) red, green, blue from the lowest value to the highest; not to be written."""
    table = np.rint(_formula(colour_map, np.linspace(0, 1, SHADES)).clip(0, 1) * 255)
    made = table.astype(np.uint8)
    made.flags.writeable = False
    return np.asarray(made)


@lru_cache(maxsize=16)
def words(colour_map: ColourMap) -> NDArray[np.uint32]:
    """Return the same colours as 256 pixels 0xffRRGGBB of a screen; not to be written."""
    red, green, blue = colours(colour_map).astype(np.uint32).T
    made = np.uint32(0xFF000000) | (red << np.uint32(16)) | (green << np.uint32(8)) | blue
    made.flags.writeable = False
    return np.asarray(made, dtype=np.uint32)


def _formula(colour_map: ColourMap, level: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n, 3) red, green and blue of 0 to 1 at levels of 0 to 1."""
    if colour_map is ColourMap.HOT:
        return np.stack([3 * level, 3 * level - 1, 3 * level - 2], axis=-1)
    if colour_map is ColourMap.RAINBOW:
        return _rainbow(level)
    if colour_map is ColourMap.VIRIDIS:
        return np.asarray(np.polynomial.polynomial.polyval(level, _VIRIDIS).T)
    if colour_map is ColourMap.COOL_WARM:
        return np.stack([_cool_warm(float(one)) for one in level])
    grey = 1 - level if colour_map is ColourMap.INVERSE_GREY else level
    return np.stack([grey] * 3, axis=-1)


def _rainbow(level: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return pure hues from blue (240 degrees) down to red (0 degrees)."""
    hue = 4 * (1 - level)
    red = np.abs(hue - 3) - 1
    green = 2 - np.abs(hue - 2)
    blue = 2 - np.abs(hue - 4)
    return np.stack([red, green, blue], axis=-1).clip(0, 1)


def _cool_warm(level: float) -> NDArray[np.float64]:
    """Go in Msh (Moreland 2009) from one end to the pale middle, or on to the other end."""
    end = _msh(_COOL if level < 0.5 else _WARM)
    middle = np.array([_MIDDLE_LIGHT, 0.0, _turned_hue(end)])
    share = 2 * level if level < 0.5 else 2 - 2 * level
    return _from_msh(end + (middle - end) * share)


def _turned_hue(end: NDArray[np.float64]) -> float:
    """Turn the hue of the unsaturated middle so that colours near it look evenly spaced."""
    light, strength, hue = (float(part) for part in end)
    if light >= _MIDDLE_LIGHT:
        return hue
    turn = strength * np.sqrt(_MIDDLE_LIGHT**2 - light**2) / (light * np.sin(strength))
    return float(hue + turn if hue > -np.pi / 3 else hue - turn)


def _msh(rgb: tuple[int, int, int]) -> NDArray[np.float64]:
    light, a, b = _lab(np.asarray(rgb) / 255)
    length = float(np.sqrt(light**2 + a**2 + b**2))
    return np.array([length, np.arccos(light / length), np.arctan2(b, a)])


def _from_msh(msh: NDArray[np.float64]) -> NDArray[np.float64]:
    length, strength, hue = msh
    away = length * np.sin(strength)
    lab = (length * np.cos(strength), away * np.cos(hue), away * np.sin(hue))
    return _rgb(np.asarray(lab))


def _lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIELAB under D65 of sRGB (IEC 61966-2-1)."""
    linear = np.where(rgb > 0.04045, ((rgb + 0.055) / 1.055) ** 2.4, rgb / 12.92)
    part = _TO_XYZ @ linear / _WHITE
    root = np.where(part > 0.008856, np.cbrt(part), 7.787 * part + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def _rgb(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    middle = (lab[0] + 16) / 116
    root = np.array([lab[1] / 500 + middle, middle, middle - lab[2] / 200])
    part = np.where(root > 0.206893, root**3, (root - 16 / 116) / 7.787) * _WHITE
    linear = np.clip(np.linalg.solve(_TO_XYZ, part), 0, 1)
    return np.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear)
