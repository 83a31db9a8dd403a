from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.imaging.test_segment_statistics import CENTRE, grid, places
from viewer.core.geometry import Geometry
from viewer.core.progress import Cancelled
from viewer.imaging.surface import Surface, mask_surface
from viewer.imaging.surface_thinning import largest_distance_mm, thinned


def sides(triangles):
    """How many triangles each edge has, and how often it is gone along in each direction."""
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    _, each = np.unique(np.sort(edges, axis=1), axis=0, return_counts=True)
    _, directed = np.unique(edges, axis=0, return_counts=True)
    return set(each.tolist()), set(directed.tolist())


@pytest.mark.parametrize("name", ["even", "anisotropic", "oblique", "tilted"])
def test_smoothing_does_not_shrink_a_ball(name):
    geometry, radius = grid(name, 20), 16.2
    inside = np.linalg.norm(places(geometry), axis=-1) <= radius
    made = mask_surface(inside, geometry)
    voxels = inside.sum() * geometry.voxel_volume_mm3
    assert made.volume_mm3 == pytest.approx(voxels, rel=0.001)
    assert made.volume_mm3 == pytest.approx(4 / 3 * np.pi * radius**3, rel=0.01)
    away = np.linalg.norm(made.vertices - CENTRE, axis=1) - radius
    assert np.abs(away).max() < max(geometry.spacing_mm)
    assert np.sqrt((away**2).mean()) < 0.25 * max(geometry.spacing_mm)


def test_smoothing_does_not_shrink_what_is_small():
    geometry = grid("even", 6)
    inside = np.linalg.norm(places(geometry), axis=-1) <= 3
    assert mask_surface(inside, geometry).volume_mm3 == pytest.approx(inside.sum(), rel=0.01)


def test_a_thinned_surface_is_closed_and_as_close_as_it_says():
    geometry = grid("anisotropic", 20)
    made = mask_surface(np.linalg.norm(places(geometry) / (17, 9, 13), axis=-1) <= 1, geometry)
    found = thinned(made, 0.3)
    assert len(found.surface.triangles) < len(made.triangles) / 3
    assert found.triangles_before == len(made.triangles)
    assert 0 < found.error_mm < 0.3
    assert found.error_mm == pytest.approx(largest_distance_mm(made, found.surface))
    assert sides(found.surface.triangles) == ({2}, {1})
    assert found.surface.volume_mm3 == pytest.approx(made.volume_mm3, rel=0.02)


def test_pieces_that_touch_at_corners_stay_closed():
    rng = np.random.default_rng(4)
    geometry = grid("even", 8)
    made = mask_surface(rng.random(geometry.shape) > 0.6, geometry)
    found = thinned(made, 0.2)
    assert sides(made.triangles) == ({2}, {1})
    assert sides(found.surface.triangles) == ({2}, {1})


@pytest.mark.parametrize("error_mm", [0.05, 0.2, 1.0])
def test_the_error_is_kept_on_coarse_voxels_too(error_mm):
    geometry = Geometry.from_axes((9, 12, 12), (0, 0, 0), np.eye(3), (4, 4, 4))
    away = geometry.to_patient(np.moveaxis(np.indices(geometry.shape), 0, -1)) - geometry.centre
    made = mask_surface(np.linalg.norm(away, axis=-1) <= 13, geometry)
    found = thinned(made, error_mm)
    assert found.error_mm <= error_mm
    assert sides(found.surface.triangles) == ({2}, {1})


def test_nothing_is_taken_out_where_no_error_is_allowed():
    geometry = grid("even", 6)
    made = mask_surface(np.linalg.norm(places(geometry), axis=-1) <= 4, geometry)
    assert thinned(made, 0.0).surface is made


def test_thinning_can_be_stopped():
    class Unwanted:
        def report(self, done, doing=""):
            raise Cancelled

    geometry = grid("even", 20)
    made = mask_surface(np.linalg.norm(places(geometry), axis=-1) <= 19, geometry)
    with pytest.raises(Cancelled):
        thinned(made, 0.2, Unwanted())


def test_neighbouring_segments_meet_in_the_same_face():
    geometry = grid("even", 20)
    ball = np.linalg.norm(places(geometry), axis=-1) <= 18
    other = np.linalg.norm(places(geometry) - (14, 3, 2), axis=-1) <= 13
    one, two = mask_surface(ball & ~other, geometry), mask_surface(other, geometry)
    between = np.linalg.norm(one.vertices - CENTRE, axis=1) < 15
    kept = between[one.triangles].all(axis=1)
    face = replace(one, triangles=one.triangles[kept])
    used = np.unique(face.triangles)
    index = np.zeros(len(one.vertices), np.int32)
    index[used] = np.arange(len(used))
    face = Surface(one.vertices[used], index[face.triangles], one.normals[used])
    assert len(used) > 200
    assert largest_distance_mm(face, two) < 0.1
