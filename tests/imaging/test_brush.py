"""What a brush and a closed line touch, against plain arithmetic on every voxel."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.imaging.brush import filled, swept

SHAPE = (24, 40, 36)


def turned(degrees: float) -> np.ndarray:
    a = np.radians(degrees)
    about_x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    about_z = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    return about_z @ about_x


GRIDS = {
    "straight": Geometry.from_axes(SHAPE, (-5, 7, 9), np.eye(3)[::-1], (2.5, 0.7, 0.9), "1"),
    "flipped": Geometry.from_axes(SHAPE, (3, 3, 3), -np.eye(3), (2.5, 0.7, 0.9), "1"),
    "oblique": Geometry.from_axes(SHAPE, (1, 2, 3), turned(25)[::-1], (2.5, 0.7, 0.9), "1"),
}


def centres(grid: Geometry) -> np.ndarray:
    return grid.to_patient(np.moveaxis(np.indices(grid.shape), 0, -1))


def whole(grid: Geometry, touched) -> np.ndarray:
    mask = np.zeros(grid.shape, bool)
    if touched is not None:
        mask[touched.box] = touched.mask
    return mask


def off_way(places, first, last):
    way = last - first
    share = np.clip((places - first) @ way / max(way @ way, 1e-12), 0, 1)
    return np.linalg.norm(places - first - share[..., None] * way, axis=-1)


@pytest.fixture(params=GRIDS, ids=str)
def grid(request):
    return GRIDS[request.param]


def test_a_ball_touches_the_voxels_within_its_radius_of_its_way(grid):
    first, last = grid.to_patient([(10, 12, 14), (13, 22, 19)])
    found = whole(grid, swept(grid, first, last, 4.0))
    truth = off_way(centres(grid), first, last) <= 4.0
    assert (found == truth).all()
    assert truth.sum() > 100


def test_a_disc_touches_only_the_voxels_that_its_plane_cuts(grid):
    normal = grid.directions[0]
    first, last = grid.to_patient([(11.2, 12, 14), (11.2, 22, 19)])
    found = whole(grid, swept(grid, first, last, 4.0, normal))
    flat = [first, last] - np.outer([0, 0], normal)
    places = centres(grid)
    off = (places - first) @ normal
    truth = (off_way(places - off[..., None] * normal, *flat) <= 4.0) & (np.abs(off) < 1.25)
    assert (found == truth).all()
    assert found.any(axis=(1, 2)).sum() == 1
    assert found[11].any()


def test_a_disc_half_way_between_two_slices_paints_one_of_them(grid):
    place = grid.to_patient((11.5, 20, 18))
    found = whole(grid, swept(grid, place, place, 3.0, grid.directions[0]))
    assert found.any(axis=(1, 2)).sum() == 1


def test_a_disc_on_a_slanted_plane_paints_what_a_view_there_shows(grid):
    """Every voxel in which a point of the plane within the disc lies, and none the plane misses."""
    a = np.radians(30)
    normal = np.cos(a) * grid.directions[0] + np.sin(a) * grid.directions[1]
    across = grid.directions[2]
    along = np.cross(normal, across)
    middle = grid.to_patient((12, 20, 18))
    found = whole(grid, swept(grid, middle, middle, 5.0, normal))
    u, v = np.meshgrid(np.linspace(-3.5, 3.5, 90), np.linspace(-3.5, 3.5, 90))
    points = middle + u.reshape(-1, 1) * across + v.reshape(-1, 1) * along
    inside = np.linalg.norm(points - middle, axis=1) <= 3.4
    seen = {tuple(index) for index in np.rint(grid.to_index(points[inside])).astype(int)}
    assert all(found[index] for index in seen)
    half = np.abs(normal @ grid.affine[:3, :3]).sum() / 2
    assert np.abs((centres(grid)[found] - middle) @ normal).max() <= half


def test_however_small_a_brush_is_it_paints_the_voxel_below_it(grid):
    place = grid.to_patient((3.3, 4.2, 5.4))
    found = whole(grid, swept(grid, place, place, 0.01, grid.directions[0]))
    assert np.argwhere(found).tolist() == [[3, 4, 5]]


def test_beside_the_grid_nothing_is_touched(grid):
    far = np.asarray(grid.centre) + 1000
    assert swept(grid, far, far, 5.0) is None
    assert swept(grid, far, far, 5.0, grid.directions[0]) is None


def test_at_the_edge_the_part_inside_the_grid_is_touched(grid):
    edge = grid.to_patient((0, 0, 0))
    found = whole(grid, swept(grid, edge, edge, 4.0))
    assert (found == (np.linalg.norm(centres(grid) - edge, axis=-1) <= 4.0)).all()


def test_a_closed_line_fills_the_voxels_inside_it_on_its_plane(grid):
    right, down = grid.directions[2], grid.directions[1]
    index = np.array([(7.2, 5.3, 4.4), (7.2, 5.3, 30.6), (7.2, 33.7, 30.6), (7.2, 33.7, 4.4)])
    notch = np.array([(7.2, 20.0, 15.5)])
    line = grid.to_patient(np.concatenate([index, notch]))
    found = whole(grid, filled(grid, line, right, down))
    assert found.any(axis=(1, 2)).tolist() == [n == 7 for n in range(SHAPE[0])]
    rows, columns = np.indices(SHAPE[1:])
    box = (rows > 5.3) & (rows < 33.7) & (columns > 4.4) & (columns < 30.6)
    above = rows < 20 - (20 - 5.3) * (15.5 - columns) / (15.5 - 4.4)
    below = rows > 20 + (33.7 - 20) * (15.5 - columns) / (15.5 - 4.4)
    truth = box & ((columns > 15.5) | above | below)
    assert (found[7] == truth).all()


def test_a_line_of_two_points_holds_nothing(grid):
    line = grid.to_patient([(7, 5, 4), (7, 20, 20)])
    assert filled(grid, line, grid.directions[2], grid.directions[1]) is None
