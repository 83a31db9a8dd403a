"""Anatomy by rules on synthetic bodies whose truth is a formula."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Cancelled, Silent
from viewer.core.volume import Volume
from viewer.imaging.anatomy.body import find_body
from viewer.imaging.anatomy.find import find_anatomy
from viewer.imaging.anatomy.ground import ground_of
from viewer.imaging.anatomy.segments import TAKEN_FOR_MR, anatomy_of
from viewer.imaging.anatomy.skeleton import contrast_pools
from viewer.imaging.anatomy.structures import (
    AIRWAYS,
    BODY,
    BONE,
    BRAIN,
    LIVER,
    LUNG_LEFT,
    LUNG_RIGHT,
    SKULL,
    STRUCTURES,
    wanted,
)
from viewer.imaging.phantom import thorax
from viewer.imaging.phantom.simple import abdomen, head_ct, head_mr

BY_ID = {one.id: one for one in STRUCTURES}


def dice(a, b):
    return 2 * np.count_nonzero(a & b) / max(np.count_nonzero(a) + np.count_nonzero(b), 1)


def said(anatomy, structure):
    return next(one for one in anatomy.found if one.structure == structure)


@pytest.fixture(scope="module")
def body():
    return abdomen(step_mm=5.0, contrast=True)


@pytest.fixture(scope="module")
def found(body):
    return find_anatomy(body.values, body.geometry, Silent())


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("body", 0.98), ("lung_right", 0.97), ("lung_left", 0.97), ("bone", 0.95),
        ("liver", 0.88), ("kidney_right", 0.9), ("kidney_left", 0.9), ("aorta", 0.7),
        ("spleen", 0.7), ("fat_subcutaneous", 0.95),
    ],
)  # fmt: skip
def test_a_synthetic_trunk_falls_into_its_parts(body, found, name, least):
    assert dice(found.mask(BY_ID[name]), body.truth[name]) > least


def test_volumes_are_those_of_the_labels_in_ml(body, found):
    for one in found.found:
        ml = np.count_nonzero(found.mask(one.structure)) * body.geometry.voxel_volume_mm3 / 1000
        assert one.volume_ml == pytest.approx(ml)
        assert 0 <= one.certainty <= 0.95
        assert (one.certainty > 0) == one.there


def test_what_is_missing_says_why(found):
    brain = said(found, BRAIN)
    assert not brain.there
    assert brain.failed == ("No closed skull is seen, or it is not whole in the images.",)
    assert "head" not in found.regions
    assert {"thorax", "trunk", "abdomen"} <= set(found.regions)


def test_what_the_images_cut_off_is_less_sure_and_says_so(body):
    low = 20
    geometry = body.geometry.crop((low, 0, 0), body.geometry.shape)
    cut = find_anatomy(body.values[low:], geometry, Silent(), structures=(LIVER,))
    (liver,) = cut.found
    assert any("cut off at the bottom" in sentence for sentence in liver.failed)
    assert liver.certainty < 0.8


@pytest.mark.parametrize("number", [5, 22, 41])
def test_the_stored_order_changes_nothing(body, found, number):
    axes, flips = list(product(permutations(range(3)), product((1, -1), repeat=3)))[number]
    slices = tuple(slice(None, None, step) for step in flips)
    stored = np.ascontiguousarray(body.values.transpose(axes)[slices])
    affine = body.geometry.affine.copy()
    affine[:3, :3] = body.geometry.affine[:3, list(axes)] * np.array(flips)
    start = np.zeros(3)
    for new, old in enumerate(axes):
        start[old] = body.geometry.shape[old] - 1 if flips[new] < 0 else 0
    affine[:3, 3] = body.geometry.to_patient(start)
    asked = wanted(["liver", "lungs", "bone", "kidneys"])
    turned = find_anatomy(stored, Geometry(stored.shape, affine), Silent(), structures=asked)
    for one in asked:
        straight = found.mask(one).transpose(axes)[slices]
        assert dice(turned.mask(one), straight) > 0.995, one.id


@pytest.mark.parametrize(("degrees", "says"), [(12.0, False), (40.0, True)])
def test_a_grid_that_is_far_from_axial_is_less_sure_and_says_so(body, degrees, says):
    turn = np.radians(degrees)
    about = np.array([[1, 0, 0], [0, np.cos(turn), -np.sin(turn)], [0, np.sin(turn), np.cos(turn)]])
    affine = body.geometry.affine.copy()
    affine[:3, :3] = about @ affine[:3, :3]
    tilted = Geometry(body.geometry.shape, affine)
    (one,) = find_anatomy(body.values, tilted, Silent(), structures=wanted(["body"])).found
    assert any("tilted" in sentence for sentence in one.failed) is says
    assert (one.certainty < 0.6) is says


def test_labels_of_one_group_are_those_of_its_segments(found):
    for layer, labels in found.layers:
        known = {one.structure.label for one in found.of(layer)}
        assert set(np.unique(labels)) - {0} == known
        assert labels.shape == found.geometry.shape


def test_values_that_are_no_hu_are_refused_with_a_sentence(body):
    grey = ((body.values.clip(-160, 240) + 160) / 400 * 255).astype(np.uint8)
    with pytest.raises(Declined, match="no CT in HU") as why:
        find_anatomy(grey, body.geometry, Silent(), unit="1")
    assert why.value.code == "no_ct"
    with pytest.raises(Declined, match="not those of a CT") as why:
        find_anatomy(body.values + 3000, body.geometry, Silent())
    assert why.value.code == "no_hu"


def test_too_thin_and_too_coarse_images_are_refused(body):
    with pytest.raises(Declined, match="too thin"):
        find_anatomy(body.values[:2], body.geometry.crop((0, 0, 0), (2, *body.geometry.shape[1:])),
                     Silent())  # fmt: skip
    affine = body.geometry.affine.copy()
    affine[:3, 0] *= 4
    with pytest.raises(Declined, match="too far apart"):
        find_anatomy(body.values, Geometry(body.geometry.shape, affine), Silent())


def test_a_word_that_names_no_structure_is_declined():
    with pytest.raises(Declined, match="There is no structure spleeen"):
        wanted(["liver", "spleeen"])
    assert wanted(["lungs"]) == (LUNG_RIGHT, LUNG_LEFT)


def test_the_table_is_no_body(body):
    ground = ground_of(body.values, body.geometry, Silent())
    nothing = np.zeros(ground.rough.values.shape, dtype=bool)
    marked = find_body(ground, nothing, nothing, Silent())
    table = ground.lowered(body.values > 50) & ~ground.lowered(body.truth["body"])
    assert np.count_nonzero(table) > 500
    assert np.count_nonzero(marked.mask & table) < 0.05 * np.count_nonzero(table)


def test_blood_with_contrast_is_told_from_bone():
    random = np.random.default_rng(0)
    grid = Geometry((40, 60, 60), np.diag([2.0, 2.0, 2.0, 1.0])[[2, 1, 0, 3]])
    _, y, x = np.indices(grid.shape) * 2.0
    hu = np.full(grid.shape, 40.0)
    blood = np.hypot(y - 30, x - 30) < 13
    bone = np.hypot(y - 80, x - 80) < 18
    hu[blood], hu[bone] = 300, 250
    hu[bone & (np.hypot(y - 80, x - 80) > 13)] = 600
    hu += np.where(bone, random.normal(0, 60, grid.shape), random.normal(0, 10, grid.shape))
    pools = contrast_pools(hu.astype(np.float32), grid)
    assert dice(pools, blood) > 0.9
    assert not (pools & bone).any()


def test_a_skull_holds_its_brain():
    head = head_ct(step_mm=3.0)
    anatomy = find_anatomy(head.values, head.geometry, Silent())
    assert dice(anatomy.mask(BRAIN), head.truth["brain"]) > 0.97
    assert dice(anatomy.mask(SKULL), head.truth["skull"]) > 0.9
    assert anatomy.regions == ("head",)
    assert not said(anatomy, LIVER).there


@pytest.fixture(scope="module")
def head():
    return head_mr(step_mm=4.0)


def of_head(head, modality):
    """Find what there is in a head whose values are in no unit."""
    values = (head.values * 0.01).astype(np.float32)
    return anatomy_of(Volume(values, head.geometry, "1", modality, "key"), Silent())


@pytest.fixture(scope="module")
def of_mr(head):
    return of_head(head, "MR")


def test_the_brain_is_found_on_an_mr_of_any_unit(head, of_mr):
    assert dice(of_mr.mask(BRAIN), head.truth["brain"]) > 0.95
    assert said(of_mr, LIVER).failed == ("It is looked for on CT alone.",)


def test_an_image_that_does_not_say_what_it_is_is_less_sure_and_says_so(head, of_mr):
    sure, guessed = said(of_mr, BRAIN), said(of_head(head, "OT"), BRAIN)
    assert guessed.certainty == pytest.approx(0.7 * sure.certainty, abs=0.01)
    assert TAKEN_FOR_MR in guessed.failed
    assert TAKEN_FOR_MR not in sure.failed


def test_an_mr_without_a_head_has_no_brain():
    values = np.random.default_rng(0).normal(300, 20, (40, 30, 30)).astype(np.float32)
    grid = Geometry(values.shape, np.diag([2.0, 2.0, 2.0, 1.0])[[2, 1, 0, 3]])
    anatomy = find_anatomy(values, grid, Silent(), modality="MR")
    assert not said(anatomy, BRAIN).there


def test_lungs_and_airways_of_the_synthetic_chest_are_found():
    chest = thorax(5, shape=(70, 120, 120))
    asked = wanted(["lungs", "airways", "body", "bone"])
    anatomy = find_anatomy(chest.volume.values(), chest.volume.geometry, Silent(), structures=asked)
    assert dice(anatomy.mask(LUNG_RIGHT), chest.lungs == 1) > 0.95
    assert dice(anatomy.mask(LUNG_LEFT), chest.lungs == 2) > 0.95
    tree = anatomy.mask(AIRWAYS)
    outside = tree & ~chest.airways & (chest.lungs > 0)
    assert np.count_nonzero(outside) < 0.25 * np.count_nonzero(tree)
    assert said(anatomy, BODY).there
    assert said(anatomy, BONE).there


def test_a_cancelled_search_stops(body):
    class Stopper:
        def report(self, done, doing=""):
            if done > 0.3:
                raise Cancelled

    with pytest.raises(Cancelled):
        find_anatomy(body.values, body.geometry, Stopper())
