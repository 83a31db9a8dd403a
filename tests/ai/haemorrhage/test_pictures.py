"""Every head fills the network's square alike, and comes back to its own pixels."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.haemorrhage.brightness import brightness_of
from viewer.ai.haemorrhage.pictures import FILLED, SIDE, back, frame_of, framed, with_neighbours
from viewer.ai.haemorrhage.training import synthetic
from viewer.core.errors import Declined


@pytest.mark.parametrize(("side", "place"), [(200, (10, 40)), (320, (100, 60))])
def test_heads_of_any_size_and_place_fill_the_square_alike(side, place):
    pictures = np.zeros((4, 512, 512), np.uint8)
    pictures[:, place[0] : place[0] + side, place[1] : place[1] + side] = synthetic(4, side)
    seen = framed(pictures, frame_of(pictures))
    rows = np.flatnonzero((seen[0] > 100).any(axis=1))
    assert abs(len(rows) - FILLED) <= 2
    assert abs((rows[0] + rows[-1]) / 2 - (SIDE - 1) / 2) <= 1


def test_a_map_comes_back_to_the_pixels_it_was_made_of():
    pictures = synthetic(2, 300)
    frame = frame_of(pictures)
    seen = framed(pictures, frame).astype(np.float32)
    again = back(seen, frame, (300, 300))
    assert np.abs(again - pictures)[:, 60:240, 60:240].mean() < 6


def test_neighbours_are_repeated_beyond_the_ends():
    made = with_neighbours(
        np.arange(3, dtype=np.uint8)[:, None, None] * np.ones((3, 4, 4), np.uint8)
    )
    assert made.shape == (3, 3, 4, 4)
    assert (made[:, :, 0, 0] * 255).round().tolist() == [[0, 0, 1], [0, 1, 2], [1, 2, 2]]


def test_no_head_is_declined():
    with pytest.raises(Declined, match="No head"):
        frame_of(np.zeros((3, 128, 128), np.uint8))


def test_a_clot_is_brighter_than_the_brain_and_than_the_other_side():
    pictures = synthetic(2, SIDE)
    light = brightness_of(pictures)
    middle, side = SIDE // 2, SIDE // 2 + SIDE // 6
    assert light.excess[1, middle, side] > 60
    assert light.uneven[1, middle, side] > 20
    assert light.uneven[1, middle, SIDE - side] < -20
    assert abs(light.uneven[0, middle, side]) < 5
