"""The one real chest with a known nodule; nothing was learned from it."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
import SimpleITK

from viewer.ai.second_reader import read
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.volume import Volume

pytestmark = pytest.mark.data


def grid(image):
    axes = np.array(image.GetDirection()).reshape(3, 3).T[::-1]
    shape = image.GetSize()[::-1]
    return Geometry.from_axes(shape, image.GetOrigin(), axes, image.GetSpacing()[::-1])


@pytest.fixture(scope="module")
def chest(data):
    folder = str(data / "ct_chest_lidc0314" / "dicom")
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(folder))
    image = reader.Execute()
    voxels = SimpleITK.GetArrayFromImage(image).astype(np.int16)
    return Volume(voxels, grid(image), "[hnsf'U]", "CT", "lidc0314")


@pytest.fixture(scope="module")
def consensus(data):
    """Positions of the voxels that two of four readers outlined, and their volume in mm3."""
    path = data / "ct_chest_lidc0314" / "nodule_consensus_2of4.nii.gz"
    image = SimpleITK.ReadImage(str(path))
    mask = SimpleITK.GetArrayFromImage(image) > 0
    geometry = grid(image)
    return geometry.to_patient(np.argwhere(mask)), mask.sum() * geometry.voxel_volume_mm3


@pytest.fixture(scope="module")
def timed(chest):
    start = time.process_time()
    return read(chest, Silent()), time.process_time() - start


@pytest.fixture(scope="module")
def hit(timed, consensus):
    centre = consensus[0].mean(axis=0)
    return min(timed[0].findings, key=lambda finding: math.dist(finding.position, centre))


def test_the_nodule_is_among_the_first_three_candidates(timed, hit, consensus):
    assert hit in timed[0].findings[:3]
    assert math.dist(hit.position, consensus[0].mean(axis=0)) < 4


def test_the_nodule_is_shown_at_the_default_threshold_with_few_others(timed, hit):
    assert hit in timed[0].shown
    assert len(timed[0].shown) <= 8


def test_its_volume_is_that_of_the_readers_within_their_spread(hit, consensus):
    assert hit.volume_mm3 == pytest.approx(consensus[1], rel=0.3)


def test_its_mask_is_that_of_the_readers(hit, consensus):
    index = np.rint(hit.mask.geometry.to_index(consensus[0])).astype(int)
    inside = ((index >= 0) & (index < hit.mask.voxels.shape)).all(axis=1)
    both = hit.mask.voxels[tuple(index[inside].T)].sum()
    assert 2 * both / (hit.mask.voxels.sum() + len(index)) > 0.75


def test_it_lies_in_the_right_lung(hit):
    assert hit.site is not None
    assert hit.site.meaning == "Right lung"


def test_it_takes_less_than_a_minute_of_two_cores(timed):
    assert timed[1] < 120
