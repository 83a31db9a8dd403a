from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.planting import plant
from viewer.core.progress import Silent
from viewer.imaging.lungs import find_lungs
from viewer.imaging.phantom import thorax


@pytest.fixture(scope="module")
def lungs():
    values = thorax(8, shape=(64, 150, 150), wishes=()).volume
    return values.values(), find_lungs(values.values(), values.geometry, Silent())


def test_nodules_are_planted_inside_the_lungs_and_apart(lungs):
    upright, found = lungs
    changed, planted = plant(upright, found, 12, np.random.default_rng(1))
    assert len(planted) > 6
    centres = np.array([nodule.centre for nodule in planted])
    away = np.linalg.norm(centres[:, None] - centres, axis=-1) + np.eye(len(centres)) * 1e3
    assert away.min() > 8
    lit = np.argwhere(np.abs(changed - upright) > 100)
    nearest = np.linalg.norm(found.geometry.to_patient(lit)[:, None] - centres, axis=-1).min(axis=1)
    assert nearest.max() < 25


def test_the_same_seed_plants_the_same_nodules(lungs):
    upright, found = lungs
    first = plant(upright, found, 5, np.random.default_rng(2))
    second = plant(upright, found, 5, np.random.default_rng(2))
    assert first[1] == second[1]
    assert np.array_equal(first[0], second[0])


def test_planting_leaves_the_original_alone(lungs):
    upright, found = lungs
    before = upright.copy()
    plant(upright, found, 5, np.random.default_rng(3))
    assert np.array_equal(upright, before)
