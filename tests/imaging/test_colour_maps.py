"""Colours for values: computed, ordered, black where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.core.window import Curve, Window
from viewer.imaging.colour_maps import ColourMap, colours, words
from viewer.imaging.tone import tone

VALUES = np.linspace(-50, 150, 4000, dtype=np.float32).reshape(40, 100)
WINDOW = Window(50, 100)


def lightness(table):
    """CIE L* of sRGB colours."""
    rgb = table / 255
    linear = np.where(rgb > 0.04045, ((rgb + 0.055) / 1.055) ** 2.4, rgb / 12.92)
    y = linear @ np.array([0.2126, 0.7152, 0.0722])
    return np.where(y > 0.008856, 116 * np.cbrt(y) - 16, 903.3 * y)


@pytest.mark.parametrize("colour_map", ColourMap)
def test_a_map_has_256_colours_and_its_words_are_those(colour_map):
    table = colours(colour_map)
    assert table.shape == (256, 3)
    packed = words(colour_map)
    assert np.array_equal((packed >> 16) & 255, table[:, 0])
    assert np.array_equal((packed >> 8) & 255, table[:, 1])
    assert np.array_equal(packed & 255, table[:, 2])
    assert (packed >> 24 == 255).all()


def test_grey_is_what_the_window_makes_and_inverse_grey_is_the_other_way_round():
    grey = tone(VALUES, WINDOW)
    assert np.array_equal(grey[..., 0], WINDOW.grey(VALUES))
    inverse = tone(VALUES, WINDOW, colour_map=ColourMap.INVERSE_GREY)
    turned = tone(VALUES, WINDOW, invert=True)
    assert np.abs(inverse.astype(int) - turned).max() <= 1


@pytest.mark.parametrize("colour_map", [ColourMap.HOT, ColourMap.VIRIDIS])
def test_these_maps_grow_lighter_all_the_way(colour_map):
    assert (np.diff(lightness(colours(colour_map).astype(float))) > -0.35).all()


def test_viridis_is_even_in_lightness():
    steps = np.diff(lightness(colours(ColourMap.VIRIDIS).astype(float))[5:-5:10])
    assert steps.std() < 0.25 * steps.mean()


def test_cool_warm_is_palest_in_the_middle_and_even_to_both_sides():
    light = lightness(colours(ColourMap.COOL_WARM).astype(float))
    assert 120 <= int(light.argmax()) <= 135
    assert abs(light[64] - light[191]) < 6
    assert colours(ColourMap.COOL_WARM)[0].tolist() == [59, 76, 192]
    assert colours(ColourMap.COOL_WARM)[255].tolist() == [180, 4, 38]


@pytest.mark.parametrize("curve", [Curve.EXACT, Curve.SIGMOID])
@pytest.mark.parametrize("colour_map", ColourMap)
def test_each_pixel_has_the_colour_of_its_grey(colour_map, curve):
    window = Window(50, 100, curve)
    seen = tone(VALUES, window, colour_map=colour_map)
    level = tone(VALUES, window)[..., 0]
    assert np.array_equal(seen[..., 2::-1], colours(colour_map)[level])


@pytest.mark.parametrize("colour_map", ColourMap)
@pytest.mark.parametrize("invert", [False, True])
def test_what_is_no_value_is_black_in_every_map(colour_map, invert):
    values = np.full((3, 4), np.nan, np.float32)
    seen = tone(values, WINDOW, invert=invert, colour_map=colour_map)
    assert not seen[..., :3].any()
