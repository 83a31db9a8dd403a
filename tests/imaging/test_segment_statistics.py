"""The numbers of a segment against analytic phantoms, SimpleITK, scipy and IBSI."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - the name everybody knows
from scipy import ndimage
from scipy.spatial.distance import pdist

from viewer.core.geometry import Geometry
from viewer.core.label_map import LabelMap
from viewer.core.volume import Volume
from viewer.imaging.diameters import feret, slice_axes
from viewer.imaging.segment_shape import shape_of
from viewer.imaging.segment_statistics import cut_out, statistics_of
from viewer.imaging.segment_values import values_in
from viewer.imaging.surface import mask_surface

AXES = np.eye(3)[::-1]
C, S = np.cos(0.4), np.sin(0.4)
TURN = np.array([[C, -S, 0], [S, C, 0], [0, 0, 1]]) @ [[1, 0, 0], [0, C, -S], [0, S, C]]
GRIDS = {
    "even": (AXES, (1.0, 1.0, 1.0)),
    "anisotropic": (AXES, (2.0, 0.7, 0.9)),
    "flipped": (AXES * [[-1], [1], [-1]], (1.5, 0.8, 0.8)),
    "oblique": (AXES @ TURN, (1.5, 0.8, 0.8)),
    "sagittal": (np.eye(3), (1.2, 0.9, 0.9)),
}
CENTRE = np.array([31.3, -52.1, 17.7])


def grid(name: str, half_mm: float) -> Geometry:
    directions, spacing = GRIDS["even" if name == "tilted" else name]
    shape = tuple(int(2.3 * half_mm / step) + 4 for step in spacing)
    middle = np.array(Geometry.from_axes(shape, (0, 0, 0), directions, spacing).centre)
    made = Geometry.from_axes(shape, CENTRE - middle, directions, spacing, "frame")
    if name != "tilted":
        return made
    affine = made.affine.copy()
    affine[1, 0] = 0.25  # slices that shift as under a tilted gantry
    affine[:3, 3] += CENTRE - (affine @ [*((np.array(shape) - 1) / 2), 1])[:3]
    return Geometry(shape, affine, "frame")


def places(geometry: Geometry) -> np.ndarray:
    return geometry.to_patient(np.moveaxis(np.indices(geometry.shape), 0, -1)) - CENTRE


def voxel_along(geometry: Geometry, line) -> float:
    start, end = np.array(line.start), np.array(line.end)
    along = (end - start) / np.linalg.norm(end - start)
    return float(np.abs(along @ geometry.affine[:3, :3]).sum())


ALL = [*GRIDS, "tilted"]


@pytest.mark.parametrize("name", ALL)
def test_a_ball_is_measured_as_large_as_it_is(name):
    geometry, radius = grid(name, 20), 17.3
    inside = np.linalg.norm(places(geometry), axis=-1) <= radius
    shape = shape_of(inside, geometry)
    assert shape.volume_ml * 1000 == pytest.approx(4 / 3 * np.pi * radius**3, rel=0.005)
    assert shape.area_mm2 == pytest.approx(4 * np.pi * radius**2, rel=0.03)
    assert shape.sphericity == pytest.approx(1, abs=0.03)
    assert np.allclose(shape.centre, CENTRE, atol=0.1)
    for line in (shape.feret, shape.axes.long, shape.axes.short):
        assert abs(line.length_mm - 2 * radius) <= voxel_along(geometry, line) / 2 + 0.05
    assert np.allclose(shape.extent_mm, 2 * radius, atol=max(geometry.spacing_mm))
    assert shape.elongation == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("name", ALL)
def test_an_ellipsoid_has_its_axes_and_its_length(name):
    geometry, half = grid(name, 24), np.array([9.0, 12.0, 22.0])
    inside = np.linalg.norm((places(geometry) - (0.3, 0.2, 0.4)) / half, axis=-1) <= 1
    shape = shape_of(inside, geometry)
    assert shape.volume_ml * 1000 == pytest.approx(4 / 3 * np.pi * half.prod(), rel=0.005)
    voxel = voxel_along(geometry, shape.feret)
    assert abs(shape.feret.length_mm - 44) <= 0.75 * voxel  # its tips end between voxels
    assert shape.elongation == pytest.approx(12 / 22, abs=0.01)
    assert shape.flatness == pytest.approx(9 / 22, abs=0.01)


def test_recist_axes_are_those_of_the_ellipse_in_the_slice_and_at_right_angles():
    geometry = grid("anisotropic", 20)
    turned = places(geometry) @ [[C, -S, 0], [S, C, 0], [0, 0, 1]]
    inside = np.linalg.norm(turned / [18, 9, 12], axis=-1) <= 1
    axes = slice_axes(inside, geometry)
    long, short = axes.long, axes.short
    assert abs(long.length_mm - 36) <= voxel_along(geometry, long) / 2
    assert abs(short.length_mm - 18) <= voxel_along(geometry, short) / 2
    u, v = (np.subtract(line.end, line.start) for line in (long, short))
    assert abs(u @ v) < 1e-9
    assert abs(u[2]) < 1e-9
    assert geometry.to_index(long.start)[0] == pytest.approx(axes.slice_index)
    assert np.linalg.norm((np.add(long.start, long.end) / 2 - CENTRE)[:2]) < 1


@pytest.mark.parametrize("name", [*GRIDS])
def test_a_box_along_the_grid_is_exact(name):
    geometry = grid(name, 20)
    inside = np.zeros(geometry.shape, bool)
    inside[2:12, 5:20, 4:28] = True
    shape = shape_of(inside, geometry)
    sides = np.array(geometry.spacing_mm) * (10, 15, 24)
    assert shape.volume_ml * 1000 == pytest.approx(sides.prod())
    assert shape.voxels == 10 * 15 * 24
    voxel = voxel_along(geometry, shape.feret)
    assert abs(shape.feret.length_mm - np.linalg.norm(sides)) <= 0.51 * voxel
    ordered = np.sort(sides)[::-1]
    assert shape.elongation == pytest.approx(ordered[1] / ordered[0])
    assert shape.flatness == pytest.approx(ordered[2] / ordered[0])
    middle = geometry.to_patient((6.5, 12, 15.5))
    assert np.allclose(shape.centre, middle)
    assert [one.index for one in shape.slices] == list(range(2, 12))
    assert {round(one.area_mm2, 6) for one in shape.slices} == {round(sides[1] * sides[2], 6)}
    if name in ("even", "anisotropic", "flipped"):
        assert np.allclose(shape.extent_mm, sides[[2, 1, 0]])


def test_a_shell_is_measured_without_its_hollow():
    geometry = grid("anisotropic", 22)
    away = np.linalg.norm(places(geometry), axis=-1)
    shape = shape_of((away <= 20) & (away > 14), geometry)
    assert shape.volume_ml * 1000 == pytest.approx(4 / 3 * np.pi * (20**3 - 14**3), rel=0.005)
    assert shape.area_mm2 == pytest.approx(4 * np.pi * (20**2 + 14**2), rel=0.03)
    assert abs(shape.feret.length_mm - 40) <= voxel_along(geometry, shape.feret) / 2 + 0.05


def test_numbers_agree_with_simpleitk_and_scipy():
    rng = np.random.default_rng(3)
    geometry = grid("oblique", 20)
    noise = ndimage.gaussian_filter(rng.normal(size=geometry.shape), 3)
    pieces, _ = ndimage.label(noise > 0.03)
    inside = pieces == np.bincount(pieces[pieces > 0]).argmax()
    image = sitk.GetImageFromArray(inside.astype(np.uint8))
    image.SetSpacing(geometry.spacing_mm[::-1])
    image.SetDirection(geometry.directions[::-1].T.ravel().tolist())
    image.SetOrigin(geometry.origin)
    theirs = sitk.LabelShapeStatisticsImageFilter()
    theirs.ComputeFeretDiameterOn()
    theirs.Execute(image)
    shape = shape_of(inside, geometry)
    assert shape.volume_ml * 1000 == pytest.approx(theirs.GetPhysicalSize(1))
    assert np.allclose(shape.centre, theirs.GetCentroid(1))
    index = ndimage.center_of_mass(inside)
    assert np.allclose(shape.centre, geometry.to_patient(index))
    centres_only = theirs.GetFeretDiameter(1)
    assert 0 < shape.feret.length_mm - centres_only <= sum(geometry.spacing_mm) / 2
    moments = np.sort(theirs.GetPrincipalMoments(1))
    ours = (shape.elongation, shape.flatness)
    assert np.allclose(ours, np.sqrt(moments[[1, 0]] / moments[2]), rtol=1e-3)


def test_the_longest_line_is_found_among_all_pairs():
    rng = np.random.default_rng(1)
    geometry = grid("oblique", 8)
    for _ in range(5):
        inside = ndimage.gaussian_filter(rng.normal(size=geometry.shape), 1.5) > 0.15
        points = geometry.to_patient(np.argwhere(inside))
        found = feret(inside, geometry)
        longest = pdist(points).max()
        assert longest < found.length_mm <= longest + voxel_along(geometry, found) / 2 + 1e-9


@pytest.mark.parametrize("voxels", [[(2, 3, 4)], [(2, 3, 4), (2, 3, 5)], [(1, 2, 2), (4, 2, 2)]])
def test_a_segment_of_a_voxel_or_two_has_all_numbers(voxels):
    geometry = Geometry.from_axes((6, 7, 8), (0, 0, 0), AXES, (3, 1, 1))
    inside = np.zeros(geometry.shape, bool)
    inside[tuple(np.transpose(voxels))] = True
    shape = shape_of(inside, geometry)
    assert shape.volume_ml == pytest.approx(3 * len(voxels) / 1000)
    assert shape.axes.long.length_mm > 0
    assert shape.feret.length_mm >= 0.5
    assert all(np.isfinite([shape.area_mm2, shape.sphericity, shape.elongation, shape.flatness]))


def test_a_flat_sheet_across_many_slices_has_a_diameter():
    geometry = Geometry.from_axes((1500, 4, 4), (0, 0, 0), AXES, (1, 1, 1))
    inside = np.zeros(geometry.shape, bool)
    inside[:, 1, :] = True
    long = feret(inside, geometry).length_mm
    assert abs(long - np.hypot(1500, 4)) < 1


def test_the_unsmoothed_mesh_has_the_area_and_volume_that_scikit_image_finds():
    from skimage.measure import marching_cubes, mesh_surface_area

    geometry = grid("anisotropic", 12)
    inside = np.linalg.norm(places(geometry) / (8, 10, 6), axis=-1) <= 1
    vertices, faces, *_ = marching_cubes(np.pad(inside, 1), 0.5, spacing=geometry.spacing_mm)
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    made = mask_surface(inside, geometry, smoothing=0)
    assert made.area_mm2 == pytest.approx(mesh_surface_area(vertices, faces), rel=0.01)
    volume_mm3 = abs(np.einsum("ij,ij->i", a, np.cross(b, c)).sum()) / 6
    assert made.volume_mm3 == pytest.approx(volume_mm3, rel=0.01)


# -- values ---------------------------------------------------------------------


def volume(voxels, geometry, slope=1.0, intercept=0.0, padding=None):
    return Volume(
        np.asarray(voxels), geometry, "[hnsf'U]", "CT", "key", slope, intercept, padding=padding
    )


def ball_of(geometry, radius):
    labels = np.where(np.linalg.norm(places(geometry), axis=-1) <= radius, 3, 0).astype(np.uint8)
    return LabelMap.of(labels)


def test_values_are_those_of_numpy_in_the_unit_of_the_image():
    geometry = grid("oblique", 15)
    stored = np.random.default_rng(2).integers(-50, 900, geometry.shape).astype(np.int16)
    cut = cut_out(ball_of(geometry, 10), geometry, 3)
    image = volume(stored, geometry, slope=2.0, intercept=-1000.0)
    (found,) = (one.values for one in statistics_of(cut, [("CT", image)]).within)
    values = stored[ball_of(geometry, 10).whole() == 3] * 2.0 - 1000
    assert not found.resampled
    assert found.voxels == values.size
    assert found.mean == pytest.approx(values.mean())
    assert found.sd == pytest.approx(values.std())
    assert (found.minimum, found.maximum) == (values.min(), values.max())
    assert found.percentiles == pytest.approx(np.percentile(values, [5, 25, 50, 75, 95]))
    assert found.counts.sum() == values.size
    assert found.edges[0] <= values.min() <= values.max() <= found.edges[-1]
    labels = ball_of(geometry, 10).whole()
    for index, mean in found.slices:
        assert mean == pytest.approx(stored[index][labels[index] == 3].mean() * 2 - 1000)


def test_padding_and_what_is_no_number_is_left_out_and_counted():
    geometry = grid("even", 10)
    inside = np.ones(geometry.shape, bool)
    stored = np.full(geometry.shape, 7.0, np.float32)
    stored[0, 0, :3] = np.nan
    stored[1, 0, 0] = np.inf
    stored[2, 0, :5] = -2000
    found = values_in(volume(stored, geometry, padding=(-2000, -2000)), inside, geometry)
    assert found.missing == 9
    assert found.voxels == inside.sum() - 9
    assert (found.mean, found.sd, found.minimum, found.maximum) == (7, 0, 7, 7)


def test_an_image_on_another_grid_is_sampled_and_says_so():
    geometry = grid("oblique", 15)
    other = grid("anisotropic", 20)
    slope = places(other) @ [1.0, 2.0, 3.0]
    cut = cut_out(ball_of(geometry, 12), geometry, 3)
    found = statistics_of(cut, [("PET", volume(slope, other))]).within[0].values
    direct = slope[np.linalg.norm(places(other), axis=-1) <= 12]
    assert found.resampled
    assert found.outside == 0
    assert found.mean == pytest.approx(direct.mean(), abs=0.5)
    assert found.sd == pytest.approx(direct.std(), rel=0.01)
    assert found.voxels == pytest.approx(direct.size, rel=0.02)


def test_a_part_of_a_segment_beyond_the_image_is_told():
    geometry = grid("even", 15)
    half = geometry.crop((0, 0, 0), (geometry.shape[0] // 2, *geometry.shape[1:]))
    cut = cut_out(ball_of(geometry, 10), geometry, 3)
    found = statistics_of(cut, [("CT", volume(np.ones(half.shape), half))]).within[0].values
    assert not found.resampled
    assert found.outside == pytest.approx(0.5, abs=0.05)
    assert found.voxels == pytest.approx((1 - found.outside) * cut.inside.sum())


def test_an_image_without_a_voxel_in_the_segment_is_declined_by_name():
    geometry = grid("even", 10)
    cut = cut_out(ball_of(geometry, 5), geometry, 3)
    away = Geometry.from_axes((4, 4, 4), (900, 0, 0), AXES, (1, 1, 1))
    coarse = Geometry.from_axes((3, 3, 3), CENTRE - 80, AXES, (53, 53, 53))
    blank = volume(np.full(geometry.shape, np.nan), geometry)
    images = [
        ("Far", volume(np.ones((4, 4, 4)), away)),
        ("Coarse", volume(np.ones((3, 3, 3)), coarse)),
        ("Blank", blank),
    ]
    found = statistics_of(cut, images).within
    assert [one.image for one in found] == ["Far", "Coarse", "Blank"]
    whys = [one.why_not for one in found]
    assert whys[0] == "The segment lies outside the image."
    assert whys[1] == "The segment is smaller than the voxels of the image."
    assert whys[2].startswith("All voxels")


def test_an_edit_changes_the_numbers_of_its_segment():
    geometry = grid("even", 15)
    before = ball_of(geometry, 8)
    after = before.with_box((1, 1, 1), np.full((2, 3, 4), 3, np.uint8))
    counts = [cut_out(one, geometry, 3).inside.sum() for one in (before, after)]
    assert counts[1] - counts[0] == 24
    assert cut_out(after, geometry, 9) is None


def test_every_corner_of_the_grid_is_measured_where_it_lies():
    geometry = grid("oblique", 10)
    for corner in product(*((0, n - 1) for n in geometry.shape)):
        labels = np.zeros(geometry.shape, np.uint8)
        labels[corner] = 1
        cut = cut_out(LabelMap.of(labels), geometry, 1)
        shape = shape_of(cut.inside, cut.geometry, cut.start[0])
        assert np.allclose(shape.centre, geometry.to_patient(corner))
        assert shape.slices[0].index == corner[0]


def test_recist_axes_lie_in_one_piece_of_the_slice():
    geometry = Geometry.from_axes((5, 60, 60), (0, 0, 0), AXES, (2, 1, 1))
    inside = np.zeros(geometry.shape, bool)
    inside[2, 5:15, 5:15] = inside[2, 40:55, 40:52] = True
    axes = slice_axes(inside, geometry)
    assert axes.slice_index == 2
    assert abs(axes.long.length_mm - np.hypot(15, 12)) <= 0.8
    assert feret(inside, geometry).length_mm > 65
