from __future__ import annotations

import numpy as np
from scipy import ndimage

from viewer.imaging.depth import depth


def test_the_depth_is_the_exact_distance_to_the_outside():
    noise = np.random.default_rng(4).normal(size=(19, 23, 17))
    inside = ndimage.gaussian_filter(noise, 2) > -0.02
    assert np.allclose(depth(inside), ndimage.distance_transform_edt(inside))


def test_a_full_cube_is_deep_everywhere():
    assert depth(np.ones((4, 4, 4), dtype=bool)).min() > 1000


def test_outside_there_is_no_depth():
    assert not depth(np.zeros((3, 4, 5), dtype=bool)).any()
