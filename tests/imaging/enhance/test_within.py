"""Recipes applied to slices, measured regions and segments; everything else the original."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry, position_of
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.progress import Silent
from viewer.core.recipe import Recipe, Step
from viewer.core.units import Way, Ways
from viewer.core.volume import Volume, padded
from viewer.imaging.enhance.derive import enhanced_volume
from viewer.imaging.enhance.within import enhanced_within, region_of, segment_of, slices_of
from viewer.imaging.measuring import values_inside

SHAPE = (14, 40, 44)
RECIPE = Recipe("soft", (Step("median"), Step("gaussian")))


def volume() -> Volume:
    voxels = np.random.default_rng(1).integers(0, 300, SHAPE).astype(np.int16)
    grid = Geometry.from_axes(SHAPE, (3, -20, 5), np.eye(3)[::-1], (2.5, 0.9, 0.8), "1.2")
    return Volume(voxels, grid, "[hnsf'U]", "CT", "series", slope=2.0, intercept=-100.0)


VOLUME = volume()
WHOLE = enhanced_volume(VOLUME, RECIPE, Silent())


def figure(kind: MeasurementKind, indices: list[tuple[float, float, float]]) -> Measurement:
    points = tuple(position_of(VOLUME.geometry.to_patient(one)) for one in indices)
    normal = None if kind.solid else position_of(VOLUME.geometry.directions[0])
    return Measurement(
        id="1.1", kind=kind, points=points, anchor=Anchor("series", "1.2", normal),
        author=Author("Dr. Roe"),
    )  # fmt: skip


def check(made: Volume, inside: np.ndarray) -> None:
    assert made.voxels[inside] == pytest.approx(WHOLE.voxels[inside], abs=1e-3)
    assert np.array_equal(made.voxels[~inside], VOLUME.values()[~inside])


def test_slices_are_enhanced_as_in_the_whole_and_the_others_are_the_original() -> None:
    within = slices_of(VOLUME.geometry, 4, 8, "slices 5 to 9")
    made = enhanced_within(VOLUME, RECIPE, within, Silent())
    inside = np.zeros(SHAPE, bool)
    inside[4:9] = True
    check(made, inside)
    assert "Applied to slices 5 to 9 only; everything else is the original." in made.provenance
    assert made.unit == VOLUME.unit
    assert made.provenance[0] == "Derived: enhanced by soft."


def test_steps_that_go_by_the_whole_image_do_so_in_a_part_of_it_too() -> None:
    recipe = Recipe("both", (Step("gaussian"), Step("equalise")))
    whole = enhanced_volume(VOLUME, recipe, Silent())
    within = slices_of(VOLUME.geometry, 2, 3, "slices 3 to 4")
    made = enhanced_within(VOLUME, recipe, within, Silent())
    assert np.array_equal(made.voxels[2:4], whole.voxels[2:4])


@pytest.mark.parametrize(
    "kind", [MeasurementKind.POLYGON, MeasurementKind.RECTANGLE, MeasurementKind.ELLIPSE]
)
def test_a_flat_region_has_the_voxels_that_its_own_statistics_count(kind: MeasurementKind) -> None:
    corners = [(6.0, 10.2, 9.7), (6.0, 10.2, 30.3), (6.0, 29.8, 30.3), (6.0, 29.8, 9.7)]
    if kind is MeasurementKind.ELLIPSE:
        corners = [(6.0, 20.0, 8.3), (6.0, 20.0, 31.7), (6.0, 12.4, 20.0), (6.0, 27.6, 20.0)]
    region = figure(kind, corners)
    within = region_of(region, VOLUME.geometry, "the region 1")
    assert (within.start[0], within.stop[0]) == (6, 7)
    counted = values_inside(region, VOLUME)
    assert within.inside is not None
    assert abs(int(within.inside.sum()) - counted.size) <= 0.01 * counted.size
    inside = np.zeros(SHAPE, bool)
    inside[within.box] = within.inside
    assert VOLUME.values()[inside].mean() == pytest.approx(counted.mean(), rel=0.01)
    check(enhanced_within(VOLUME, RECIPE, within, Silent()), inside)


def test_a_sphere_has_the_voxels_whose_centres_are_in_it() -> None:
    centre = np.asarray(VOLUME.geometry.centre)
    ball = figure(MeasurementKind.SPHERE, [(0, 0, 0), (0, 0, 1)])
    ball = replace(ball, points=(position_of(centre), position_of(centre + np.eye(3)[0] * 7.0)))
    within = region_of(ball, VOLUME.geometry, "the region 1")
    index = np.stack(np.indices(SHAPE), axis=-1)
    truth = np.linalg.norm(VOLUME.geometry.to_patient(index) - centre, axis=-1) <= 7.0
    inside = np.zeros(SHAPE, bool)
    inside[within.box] = within.inside
    assert np.array_equal(inside, truth)


def test_a_region_on_a_turned_plane_is_as_thick_as_a_slice() -> None:
    tilted = np.array([0.2, 0.1, 0.97])
    tilted /= np.linalg.norm(tilted)
    right = np.cross(tilted, (0, 1, 0))
    right /= np.linalg.norm(right)
    down = np.cross(tilted, right)
    centre = np.asarray(VOLUME.geometry.centre)
    ends = [(-8, -6), (-8, 6), (8, 6), (8, -6)]
    points = tuple(position_of(centre + a * right + b * down) for a, b in ends)
    region = figure(MeasurementKind.POLYGON, [(0, 0, 0)] * 4)
    anchor = replace(region.anchor, normal=position_of(tilted))
    within = region_of(replace(region, points=points, anchor=anchor), VOLUME.geometry, "it")
    assert within.inside is not None
    taken = within.inside.sum() * VOLUME.geometry.voxel_volume_mm3
    thick = float(np.abs(VOLUME.geometry.affine[:3, :3].T @ tilted).max())
    assert taken == pytest.approx(16 * 12 * thick, rel=0.08)


def test_a_segment_also_of_another_grid_is_where_it_lies_in_the_patient() -> None:
    labels = np.zeros(SHAPE, np.uint8)
    labels[3:7, 10:20, 12:30] = 2
    labels[9:11, 5:8, 5:8] = 1
    same = segment_of(labels, VOLUME.geometry, 2, VOLUME, "the segment A")
    check(enhanced_within(VOLUME, RECIPE, same, Silent()), labels == 2)
    finer = Geometry(
        (28, 80, 88),
        VOLUME.geometry.affine @ np.array([[0.5, 0, 0, -0.25], [0, 0.5, 0, -0.25],
                                           [0, 0, 0.5, -0.25], [0, 0, 0, 1]]),
        "1.2",
    )  # fmt: skip
    fine = labels.repeat(2, 0).repeat(2, 1).repeat(2, 2)
    other = segment_of(fine, finer, 2, VOLUME, "the segment A")
    inside = np.zeros(SHAPE, bool)
    inside[other.box] = other.inside
    assert np.array_equal(inside, labels == 2)


@pytest.mark.parametrize(
    ("id_", "unit"), [("clahe", "1"), ("gamma", "1"), ("gaussian", "[hnsf'U]")]
)
def test_bent_values_are_no_longer_in_the_unit_of_the_image(id_: str, unit: str) -> None:
    recipe = Recipe("", (Step(id_),))
    ways = Ways((Way("HU", VOLUME.unit), Way("stored", "1", 0.5, 50.0)), "HU")
    known = enhanced_volume(replace(VOLUME, ways=ways), recipe, Silent()).ways.known
    assert known == (ways.known if unit == VOLUME.unit else ())
    within = slices_of(VOLUME.geometry, 4, 8, "slices 5 to 9")
    assert enhanced_volume(VOLUME, recipe, Silent()).unit == unit
    assert enhanced_within(VOLUME, recipe, within, Silent()).unit == unit
    assert enhanced_volume(VOLUME, recipe, Silent()).windows == VOLUME.windows


@pytest.mark.parametrize("scale", [(0.37, -1024.3), (2.7001, -811.1), (-0.0127, 3.3)])
def test_padding_is_known_again_whatever_the_slope(scale: tuple[float, float]) -> None:
    for pad in (-2000, -32768, 17_771):
        voxels = np.random.default_rng(pad + 40_000).integers(-500, 500, SHAPE).astype(np.int16)
        voxels[0] = pad
        image = replace(
            VOLUME, voxels=voxels, slope=scale[0], intercept=scale[1], padding=(pad, pad)
        )
        made = enhanced_volume(image, Recipe("", (Step("gaussian"),)), Silent())
        nothing = padded(made.voxels, made.padding)
        assert nothing is not None
        assert np.array_equal(nothing, voxels == pad)


def test_what_encloses_nothing_or_changes_the_unit_is_declined() -> None:
    line = figure(MeasurementKind.LENGTH, [(1, 1, 1), (1, 1, 9)])
    with pytest.raises(Declined, match="encloses no part"):
        region_of(line, VOLUME.geometry, "it")
    with pytest.raises(Declined, match="slices 1 to 14"):
        slices_of(VOLUME.geometry, 3, 14, "slices")
    with pytest.raises(Declined, match="no voxel"):
        segment_of(np.zeros(SHAPE, np.uint8), VOLUME.geometry, 1, VOLUME, "it")
    within = slices_of(VOLUME.geometry, 0, 1, "slices 1 to 2")
    with pytest.raises(Declined, match="unit"):
        enhanced_within(VOLUME, Recipe("", (Step("sobel"),)), within, Silent())
