from __future__ import annotations

import numpy as np
import pytest

from viewer.imaging.veil import lay_borders, lay_map, unsure

GREEN = np.array([[0, 0, 0, 0], [0, 255, 0, 255]], np.uint8)


def black(shape):
    screen = np.zeros((*shape, 4), np.uint8)
    screen[..., 3] = 255
    return screen


def test_each_value_is_mixed_in_by_its_own_alpha_and_nothing_stays_clear():
    colours = np.zeros((256, 4), np.uint8)
    colours[100], colours[200] = (255, 0, 0, 255), (0, 0, 200, 51)
    values = np.array([[100, 200, 50, np.nan]], np.float32)
    screen = black((1, 4))
    lay_map(screen, values, colours)
    assert screen[0, :, :3].tolist() == [[0, 0, 255], [40, 0, 0], [0, 0, 0], [0, 0, 0]]


def test_bytes_and_floats_give_the_same_picture():
    rng = np.random.default_rng(0)
    colours = rng.integers(0, 256, (256, 4)).astype(np.uint8)
    values = rng.integers(0, 256, (20, 30)).astype(np.uint8)
    one, other = black((20, 30)), black((20, 30))
    lay_map(one, values, colours)
    lay_map(other, values.astype(np.float32), colours)
    assert (one == other).all()


def test_a_step_is_sure_and_a_slope_is_not():
    step = np.zeros((9, 40), np.float32)
    step[:, 20:] = 255
    slope = np.tile(np.linspace(0, 255, 40, dtype=np.float32), (9, 1))
    assert not unsure(step, 1.0)[:, 19:21].any()
    assert unsure(slope, 1.0)[:, 19:21].all()


def test_a_border_where_the_map_is_high_on_both_sides_is_unsure():
    assert unsure(np.full((5, 5), 240, np.float32), 1.0).all()
    assert unsure(np.full((5, 5), np.nan, np.float32), 1.0).all()


def test_a_slope_over_as_many_voxels_is_judged_alike_at_any_zoom():
    for zoom in (1, 3, 6):
        ramp = np.clip((np.arange(40 * zoom) / zoom - 19) / 2, 0, 1).astype(np.float32) * 255
        row = unsure(np.tile(ramp, (3 * zoom, 1)), float(zoom))
        assert not row[:, 20 * zoom].any()


def test_sure_borders_are_whole_lines_and_unsure_ones_are_dashed():
    labels = np.zeros((40, 40), np.uint8)
    labels[5:35, 5:35] = 1
    sure, dashed = black((40, 40)), black((40, 40))
    lay_borders(sure, labels, GREEN, np.zeros((40, 40), np.bool_))
    lay_borders(dashed, labels, GREEN, np.ones((40, 40), np.bool_))
    border = 4 * 29
    assert (sure[..., 1] == 255).sum() == border
    assert 0.3 * border < (dashed[..., 1] > 0).sum() < 0.7 * border
    assert dashed[..., 1].max() == 170
    assert sure[20, 20, 1] == 0


@pytest.mark.parametrize("shape", [(3, 3), (5, 4)])
def test_other_sizes_are_refused(shape):
    with pytest.raises(ValueError, match="over a picture"):
        lay_map(black((4, 4)), np.zeros(shape, np.float32), np.zeros((256, 4), np.uint8))
