from __future__ import annotations

import numpy as np
import pytest

from viewer.core.window import PRESETS, Window
from viewer.imaging.tone import Overlay, tone, tone_colour
from viewer.imaging.values import COMMON, RARE

VALUES = np.random.default_rng(4).integers(0, 250, (31, 45))
HU = (VALUES * 10 - 1200).astype(np.int16)
COLOURS = np.array([[9, 9, 9, 255], [200, 100, 50, 255], [0, 255, 0, 64]], dtype=np.uint8)


def grey(screen) -> np.ndarray:
    """Check that a screen picture has no colour, and return its grey."""
    assert (screen[..., 3] == 255).all()
    assert (screen[..., :3] == screen[..., :1]).all()
    return screen[..., 0]


@pytest.mark.parametrize("name", PRESETS)
def test_greys_are_those_of_the_window(name):
    assert np.array_equal(grey(tone(HU, PRESETS[name])), PRESETS[name].grey(HU))


@pytest.mark.parametrize("kind", [*COMMON, *RARE])
def test_every_number_type_is_toned(kind):
    window = Window(60, 77.5)
    values = (VALUES // 2).astype(kind)
    assert np.array_equal(grey(tone(values, window)), window.grey(values))


def test_inverted_is_white_for_black():
    window = Window(-300, 500)
    difference = grey(tone(HU, window, invert=True)).astype(int) + window.grey(HU)
    assert np.abs(difference - 255).max() <= 1


def test_outside_is_black_even_when_inverted():
    values = HU.astype(np.float32)
    values[:4] = np.nan
    outside = np.zeros(values.shape, dtype=bool)
    outside[:, -3:] = True
    picture = grey(tone(values, Window(5000, 10), invert=True, outside=outside))
    assert (picture[:4] == 0).all()
    assert (picture[:, -3:] == 0).all()
    assert (picture[4:, :-3] == 255).all()


def test_the_given_buffer_is_written_into():
    buffer = np.empty((*HU.shape, 4), dtype=np.uint8)
    assert tone(HU, PRESETS["Lung"], out=buffer) is buffer
    assert np.array_equal(buffer, tone(HU, PRESETS["Lung"]))
    with pytest.raises(ValueError, match="screen"):
        tone(HU[1:], PRESETS["Lung"], out=buffer)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_a_label_is_laid_over_by_its_alpha(kind):
    labels = (VALUES % 3).astype(kind)
    bare = tone(HU, PRESETS["Lung"]).astype(int)
    picture = tone(HU, PRESETS["Lung"], overlays=[Overlay(labels, COLOURS)])
    alpha = COLOURS[labels][..., 3:].astype(float) / 255 * (labels > 0)[..., None]
    mixed = bare[..., :3] * (1 - alpha) + COLOURS[labels][..., 2::-1] * alpha
    assert np.abs(picture[..., :3] - mixed).max() <= 0.51
    assert (picture[..., 3] == 255).all()


def test_an_outline_colours_only_the_border():
    labels = np.zeros((9, 9), dtype=np.uint8)
    labels[2:7, 2:7] = 1
    blank = np.zeros((9, 9), dtype=np.int16)
    overlay = Overlay(labels, COLOURS, outline=True)
    border = labels.astype(bool)
    border[3:6, 3:6] = False
    coloured = tone(blank, Window(100, 10), overlays=[overlay])[..., 2] == 200
    assert np.array_equal(coloured, border)


def test_a_label_without_a_colour_is_clear():
    labels = np.full(HU.shape, 7, dtype=np.uint16)
    picture = tone(HU, PRESETS["Bone"], overlays=[Overlay(labels, COLOURS)])
    assert np.array_equal(picture, tone(HU, PRESETS["Bone"]))


def test_colour_frames_pass_through():
    frame = np.random.default_rng(5).integers(0, 256, (6, 8, 3)).astype(np.uint8)
    screen = tone_colour(frame)
    assert np.array_equal(screen[..., 2::-1], frame)
    assert (screen[..., 3] == 255).all()


def test_labels_of_another_size_are_refused():
    overlay = Overlay(np.zeros((3, 3), dtype=np.uint8), COLOURS)
    with pytest.raises(ValueError, match="labels"):
        tone(HU, PRESETS["Lung"], overlays=[overlay])
