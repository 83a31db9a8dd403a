from __future__ import annotations

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.imaging.surface import surface

AXES = np.eye(3)[::-1]
C, S = np.cos(0.4), np.sin(0.4)
GRIDS = {
    "even": (AXES, (1, 1, 1)),
    "anisotropic": (AXES, (2, 0.8, 0.8)),
    "left-handed": (AXES * [[-1], [1], [1]], (1.5, 1, 1)),
    "oblique": (AXES @ [[C, -S, 0], [S, C, 0], [0, 0, 1]], (1.5, 0.9, 0.9)),
}
CENTRE, RADIUS = np.array([100.0, -50, 20]), 20.0


def ball(name) -> tuple[np.ndarray, Geometry]:
    directions, spacing = GRIDS[name]
    shape = tuple(int(50 / step) for step in spacing)
    middle = np.array(Geometry.from_axes(shape, (0, 0, 0), directions, spacing).centre)
    geometry = Geometry.from_axes(shape, CENTRE - middle, directions, spacing)
    index = np.stack(np.meshgrid(*map(np.arange, shape), indexing="ij"), axis=-1)
    inside = np.linalg.norm(geometry.to_patient(index) - CENTRE, axis=-1) <= RADIUS
    return inside.astype(np.uint8) * 3, geometry


@pytest.mark.parametrize("name", GRIDS)
@pytest.mark.parametrize("smoothing", [0, 20])
def test_a_ball_has_the_volume_of_a_ball(name, smoothing):
    made = surface(*ball(name), 3, smoothing=smoothing)
    assert made.volume_mm3 == pytest.approx(4 / 3 * np.pi * RADIUS**3, rel=0.02)
    assert np.allclose(made.vertices.mean(axis=0), CENTRE, atol=0.3)


@pytest.mark.parametrize("name", GRIDS)
def test_normals_point_outward_on_every_grid(name):
    made = surface(*ball(name), 3)
    outward = (made.vertices - CENTRE) / np.linalg.norm(made.vertices - CENTRE, axis=1)[:, None]
    along = np.einsum("ij,ij->i", made.normals, outward)
    assert along.min() > 0.6
    assert along.mean() > 0.97
    assert made.area_mm2 == pytest.approx(4 * np.pi * RADIUS**2, rel=0.04)


def test_a_large_mesh_is_made_coarser():
    fine, coarse = (surface(*ball("even"), 3, most_triangles=n) for n in (10**6, 3000))
    assert len(coarse.triangles) < 4500 < len(fine.triangles)
    assert coarse.volume_mm3 == pytest.approx(fine.volume_mm3, rel=0.06)


def test_a_label_at_the_border_is_closed():
    labels = np.ones((6, 6, 6), dtype=np.uint16)
    geometry = Geometry.from_axes((6, 6, 6), (0, 0, 0), AXES, (1, 1, 1))
    made = surface(labels, geometry, 1, smoothing=0)
    assert made.volume_mm3 == pytest.approx(216, rel=0.05)


def test_a_label_that_is_not_there_has_no_triangles():
    made = surface(np.zeros((4, 4, 4), np.uint8), ball("even")[1].crop((0, 0, 0), (4, 4, 4)), 1)
    assert made.triangles.shape == (0, 3)
    assert made.volume_mm3 == 0
