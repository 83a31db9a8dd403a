from __future__ import annotations

import json

import numpy as np
import pytest
import SimpleITK

from viewer.core.geometry import Geometry
from viewer.core.progress import Cancelled, Silent
from viewer.imaging.lungs import AIRWAYS, LEFT_LUNG, RIGHT_LUNG, find_lungs, segment_lungs
from viewer.imaging.phantom import thorax

PHANTOM_LEFT, PHANTOM_RIGHT = 2, 1


@pytest.fixture(scope="module")
def phantom():
    return thorax(3, shape=(112, 192, 192))


@pytest.fixture(scope="module")
def labels(phantom):
    return segment_lungs(phantom.volume.values(), phantom.volume.geometry, Silent())


def dice(a, b):
    return 2 * np.count_nonzero(a & b) / (np.count_nonzero(a) + np.count_nonzero(b))


@pytest.mark.parametrize(
    ("label", "truth"), [(LEFT_LUNG, PHANTOM_LEFT), (RIGHT_LUNG, PHANTOM_RIGHT)]
)
def test_each_lung_of_the_phantom_is_found_on_its_side(phantom, labels, label, truth):
    assert dice(labels == label, phantom.lungs == truth) > 0.975


def test_bowel_gas_and_the_air_around_the_body_are_no_lung(phantom, labels):
    lung = (labels == LEFT_LUNG) | (labels == RIGHT_LUNG)
    gas = phantom.volume.values() < -960
    assert np.count_nonzero(lung & gas & (phantom.lungs == 0) & ~phantom.airways) < 50


def test_nodules_lie_inside_the_lungs_also_at_the_pleura(phantom, labels):
    geometry = phantom.volume.geometry
    for nodule in phantom.truth:
        start = np.rint(geometry.to_index(nodule.mask.geometry.origin)).astype(int)
        box = tuple(slice(a, a + n) for a, n in zip(start, nodule.mask.voxels.shape, strict=True))
        assert (labels[box][nodule.mask.voxels] > 0).mean() > 0.75


def test_airways_are_found_and_do_not_leak(phantom, labels):
    found = labels == AIRWAYS
    assert np.count_nonzero(found & phantom.airways) > 0.5 * np.count_nonzero(phantom.airways)
    assert np.count_nonzero(found & ~phantom.airways) < 0.15 * np.count_nonzero(found)


def test_windpipe_and_both_main_bronchi_hang_together(phantom):
    found = find_lungs(phantom.volume.values(), phantom.volume.geometry, Silent())
    assert 20_000 < found.airways_mm3 < 80_000


@pytest.mark.parametrize("flip", [(0,), (1,), (2,), (0, 1, 2)])
def test_left_is_left_however_the_picture_is_stored(phantom, labels, flip):
    geometry = phantom.volume.geometry
    affine = geometry.affine.copy()
    start = np.zeros(3)
    for axis in flip:
        affine[:3, axis] *= -1
        start[axis] = geometry.shape[axis] - 1
    affine[:3, 3] = geometry.to_patient(start)
    values = np.ascontiguousarray(np.flip(phantom.volume.values(), flip))
    flipped = segment_lungs(values, Geometry(geometry.shape, affine), Silent())
    assert np.array_equal(np.flip(flipped, flip), labels)


def test_a_body_without_lungs_has_none():
    geometry = Geometry.from_axes((60, 120, 120), (0, 0, 0), np.eye(3)[::-1], (3, 3, 3))
    places = np.moveaxis(np.indices(geometry.shape), 0, -1) - 60.0
    body = np.linalg.norm(places[..., 1:], axis=-1) < 40
    values = np.where(body, 40.0, -1000.0).astype(np.float32)
    assert not segment_lungs(values, geometry, Silent()).any()


def test_the_search_stops_when_it_is_cancelled(phantom):
    class Impatient:
        def report(self, done, doing=""):
            if done > 0.3:
                raise Cancelled

    with pytest.raises(Cancelled):
        segment_lungs(phantom.volume.values(), phantom.volume.geometry, Impatient())


def opened(path):
    image = SimpleITK.ReadImage(str(path))
    values = SimpleITK.GetArrayFromImage(image)
    axes = np.array(image.GetDirection()).reshape(3, 3).T[::-1]
    spacing = image.GetSpacing()[::-1]
    return values, Geometry.from_axes(values.shape, image.GetOrigin(), axes, spacing)


@pytest.mark.data
def test_lungs_agree_with_the_organ_labels_of_a_trunk_ct_full_of_bowel_gas(data):
    folder = data / "ct_organs_totalsegmentator"
    values, geometry = opened(folder / "example_ct.nii.gz")
    organs, _ = opened(folder / "example_seg_fast_force_split.nii.gz")
    names = json.loads((folder / "labels.json").read_text())
    found = segment_lungs(values.astype(np.float32), geometry, Silent())
    for side, label in (("left", LEFT_LUNG), ("right", RIGHT_LUNG)):
        wanted = [int(k) for k, name in names.items() if "lung" in name and name.endswith(side)]
        assert dice(found == label, np.isin(organs, wanted)) > 0.94


@pytest.mark.data
def test_both_lungs_and_the_airways_of_a_cropped_contrast_chest_are_found(data):
    values, geometry = opened(data / "ct_organs_totalsegmentator" / "chest_ct.nii.gz")
    found = find_lungs(values.astype(np.float32), geometry, Silent())
    assert 900_000 < found.left_mm3 < 1_100_000
    assert 750_000 < found.right_mm3 < 950_000
    assert 15_000 < found.airways_mm3 < 40_000
    assert found.top_share > 0.5
