"""Anatomy by rules on real images that carry labels, and on those that must not fool it."""

from __future__ import annotations

import nibabel
import numpy as np
import pytest

from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.imaging.anatomy.find import find_anatomy
from viewer.imaging.anatomy.structures import BONE, BRAIN, LIVER, STRUCTURES, wanted

BY_ID = {one.id: one for one in STRUCTURES}


def opened(path):
    image = nibabel.load(path)
    affine = np.diag([-1.0, -1.0, 1.0, 1.0]) @ image.affine
    affine[:, :3] = affine[:, 2::-1]
    values = np.asanyarray(image.dataobj).T
    return values, Geometry(values.shape, affine)


def dice(a, b):
    return 2 * np.count_nonzero(a & b) / max(np.count_nonzero(a) + np.count_nonzero(b), 1)


@pytest.fixture(scope="module")
def trunk(data):
    folder = data / "ct_organs_totalsegmentator"
    values, geometry = opened(folder / "example_ct.nii.gz")
    labels, _ = opened(folder / "example_seg_fast_force_split.nii.gz")
    return find_anatomy(values, geometry, Silent()), labels


@pytest.mark.parametrize(
    ("name", "labels", "least"),
    [
        ("liver", (5,), 0.87), ("spleen", (1,), 0.8), ("kidney_right", (2,), 0.75),
        ("kidney_left", (3,), 0.78), ("aorta", (52,), 0.68), ("lung_left", (10, 11), 0.93),
        ("lung_right", (14,), 0.93),
        ("bone", (*range(25, 34), *range(75, 79), *range(98, 104), *range(110, 116)), 0.82),
    ],
)  # fmt: skip
def test_a_real_trunk_without_contrast(trunk, name, labels, least):
    found, truth = trunk
    assert dice(found.mask(BY_ID[name]), np.isin(truth, labels)) > least


def test_metal_and_a_narrow_field_of_view_are_said(trunk):
    found, _ = trunk
    told = {one.structure.id: " ".join(one.failed) for one in found.found}
    assert "There is metal" in told["bone"]
    assert "field of view cuts the body off" in told["body"]
    assert "cut off at the top" in told["liver"]


def test_a_leg_has_bone_and_no_organs(data):
    values, geometry = opened(data / "petctmr_sarcoma" / "STS_002" / "CT.nii.gz")
    asked = wanted(["bone", "liver", "brain"])
    found = {one.structure: one for one in
             find_anatomy(values, geometry, Silent(), structures=asked).found}  # fmt: skip
    assert found[BONE].there
    assert not found[LIVER].there
    assert not found[BRAIN].there


def test_the_brain_on_a_real_flair(data):
    folder = data / "mr_ms_longitudinal" / "patient12"
    values, geometry = opened(folder / "study2_FLAIR.nii.gz")
    anatomy = find_anatomy(values, geometry, Silent(), modality="MR", unit="1")
    (brain,) = [one for one in anatomy.found if one.structure == BRAIN]
    mask, common = opened(folder / "brainmask.nii.gz")
    truth = np.count_nonzero(mask) * common.voxel_volume_mm3 / 1000
    assert brain.volume_ml == pytest.approx(truth, rel=0.05)
    assert brain.certainty > 0.7


def test_a_lumbar_spine_is_no_brain(data):
    values, geometry = opened(data / "mr_spine_sct" / "t2_lumbar" / "t2_lumbar.nii.gz")
    anatomy = find_anatomy(values, geometry, Silent(), modality="MR", unit="1")
    assert not any(one.there for one in anatomy.found if one.structure == BRAIN)
