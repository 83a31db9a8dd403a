"""Our own rays: least and mean values along them, and what lies along a single one."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.imaging.rays import along, cast
from viewer.imaging.scalpel import behind

FRONT = np.array([[1.0, 0, 0], [0, 0, 1.0], [0, -1.0, 0]])
"""Right is left of the patient, up the head, the eye in front."""


@pytest.fixture
def block():
    geometry = Geometry.from_axes((10, 12, 14), (0, 0, 0), np.eye(3)[::-1], (2, 2, 2))
    values = np.zeros(geometry.shape, dtype=np.float32)
    values += np.arange(12, dtype=np.float32)[None, :, None]
    return values, geometry


def seen(values, geometry, planes=(), *, mean, wanted=lambda: True):
    middle = np.asarray(geometry.centre)
    return cast(
        values,
        geometry,
        FRONT,
        middle,
        np.inf,
        2.0,
        (20, 20),
        planes,
        0.5,
        mean=mean,
        wanted=wanted,
    )


def test_least_and_mean_are_those_of_the_line_of_sight(block):
    values, geometry = block
    assert seen(values, geometry, mean=False)[10, 10] == pytest.approx(0, abs=0.01)
    assert seen(values, geometry, mean=True)[10, 10] == pytest.approx(5.5, abs=0.05)
    assert np.isnan(seen(values, geometry, mean=True)[0, 0])


def test_planes_limit_what_is_looked_at(block):
    values, geometry = block
    behind_row_8 = [(0.0, 1.0, 0.0, -16.0)]
    assert seen(values, geometry, behind_row_8, mean=False)[10, 10] == pytest.approx(8, abs=0.2)


def test_what_is_no_number_is_not_there(block):
    values, geometry = block
    values = values.copy()
    values[:, :6] = np.nan
    assert seen(values, geometry, mean=True)[10, 10] == pytest.approx(8.7, abs=0.1)


def test_rays_that_nobody_wants_are_not_cast(block):
    assert np.isnan(seen(*block, mean=True, wanted=lambda: False)).all()


def test_values_along_a_ray_are_those_of_the_grid(block):
    values, geometry = block
    places, found = along(values, geometry, (13.0, -50.0, 9.0), (0.0, 1.0, 0.0), [], 0.5)
    inside = (places[:, 1] >= 0) & (places[:, 1] <= 22)
    assert np.allclose(found[inside], places[inside, 1] / 2, atol=1e-5)
    assert len(along(values, geometry, (99.0, 0.0, 0.0), (0.0, 1.0, 0.0), [], 0.5)[0]) == 0


@pytest.mark.parametrize("away", [np.inf, 60.0])
def test_the_scalpel_marks_what_is_seen_within_its_stencil(block, away):
    _, geometry = block
    middle = np.asarray(geometry.centre)
    stencil = np.zeros((40, 40), dtype=np.bool_)
    stencil[:, 20:] = True
    marked = behind(geometry, stencil, FRONT, middle, away, 2.0)
    x = geometry.to_patient(np.moveaxis(np.indices(geometry.shape), 0, -1))[..., 0]
    assert marked[x > middle[0] + 2.1].all()
    assert not marked[x < middle[0] - 2.1].any()


def test_what_lies_behind_the_eye_is_cut_only_with_all_around(block):
    _, geometry = block
    stencil = np.ones((40, 40), dtype=np.bool_)
    for keeps in (False, True):
        marked = behind(geometry, stencil, FRONT, geometry.centre, 4.0, 2.0, keeps=keeps)
        assert (marked[:, :2] == keeps).all()
