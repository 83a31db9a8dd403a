"""Bone for 3D pictures: found on the synthetic thorax, and told from vessels."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.code import LUNG, Code
from viewer.core.geometry import Geometry
from viewer.core.progress import Cancelled, Silent
from viewer.core.segmentation import Segment, Segmentation
from viewer.imaging.bones import bones, bones_of, is_bone

RIB = Code("113197003", "SCT", "Rib")


def grid(step=2.0, shape=(50, 60, 70)):
    return Geometry.from_axes(shape, (0, 0, 0), np.eye(3)[::-1], (step, step, step))


def tube(geometry, x, y, radius):
    _, rows, columns = np.indices(geometry.shape)
    return (
        np.hypot(rows * geometry.spacing_mm[1] - y, columns * geometry.spacing_mm[2] - x) < radius
    )


@pytest.fixture
def trunk():
    """A vertebra with a hard rim and spongy marrow, and an artery full of contrast."""
    geometry = grid()
    hu = np.full(geometry.shape, 40, dtype=np.float32)
    column, marrow = tube(geometry, 70, 80, 18), tube(geometry, 70, 80, 14)
    artery = tube(geometry, 70, 42, 11)
    hu[column] = 750
    hu[marrow] = 180
    hu[artery] = 420
    hu += np.random.default_rng(1).normal(0, 15, hu.shape)
    return geometry, hu.astype(np.float32), column, artery


def test_bone_goes_with_its_marrow_and_vessels_stay(trunk):
    geometry, hu, column, artery = trunk
    found = bones(hu, geometry, Silent())
    assert found[column].mean() > 0.98
    assert found[artery].mean() < 0.02
    assert found[~column & ~artery].mean() < 0.05


def test_an_artery_that_touches_bone_loses_little(trunk):
    geometry, hu, column, _ = trunk
    touching = tube(geometry, 70, 53, 10) & ~column
    hu = np.where(touching, np.float32(280), hu)
    found = bones(hu, geometry, Silent())
    assert found[column].mean() > 0.98
    assert found[touching].mean() < 0.4


def test_small_calcium_stays(trunk):
    geometry, hu, _, _ = trunk
    spot = tube(geometry, 30, 30, 3)
    spot[:20] = spot[23:] = False
    found = bones(np.where(spot, np.float32(900), hu), geometry, Silent())
    assert not found[spot].any()


def test_no_bone_is_found_where_there_is_none():
    assert not bones(np.full((8, 8, 8), 40, np.float32), grid(2.0, (8, 8, 8)), Silent()).any()


def test_nobody_waits_for_bone_that_is_not_wanted(trunk):
    class Impatient:
        def report(self, done, doing=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        bones(trunk[1], trunk[0], Impatient())


def test_the_synthetic_thorax_loses_its_skeleton_and_keeps_its_vessels():
    from viewer.imaging.phantom import thorax
    from viewer.render.shrink import shrink

    made = thorax(7, shape=(80, 160, 160))
    small = shrink(made.volume, Silent(), longest=160)
    hu = small.voxels * np.float32(small.slope) + np.float32(small.intercept)
    found = bones(hu, small.geometry, Silent())
    hard = hu > 150
    assert found[hard].mean() > 0.97
    soft = (hu > 0) & (hu < 60)
    assert found[soft].mean() < 0.02


@pytest.mark.parametrize(
    ("name", "meaning", "bony"),
    [
        ("rib_left_4", "", True),
        ("vertebrae_L1", "Lumbar vertebra", True),
        ("Segment 1", "Rib", True),
        ("spinal_cord", "Spinal cord", False),
        ("bone metastasis", "Lesion", False),
        ("liver", "Liver", False),
        ("hip_left", "", True),
    ],
)
def test_bones_are_known_by_their_names(name, meaning, bony):
    assert is_bone(Segment(1, name, Code("1", "99", meaning))) is bony


def test_outlined_bone_is_found_on_another_grid():
    fine, coarse = grid(1.0, (40, 40, 40)), grid(2.0, (20, 20, 20))
    labels = np.zeros(fine.shape, dtype=np.uint8)
    labels[10:20, 10:20, 10:20] = 1
    labels[30:35, 30:35, 30:35] = 2
    author = Author("A. Reader")
    shape = Segmentation(
        "1", "s", labels, fine, (Segment(1, "rib", RIB), Segment(2, "lung", LUNG)), author, "ct"
    )
    found = bones_of([shape], coarse)
    assert found[5:10, 5:10, 5:10].all()
    assert not found[14:].any()
    assert bones_of([], coarse) is None
