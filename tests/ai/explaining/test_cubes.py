"""What the network of the nodule finder saw, and a map of it in the patient."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from viewer.ai import second_reader
from viewer.ai.adapting import CAME_WITH
from viewer.ai.candidates import Chest
from viewer.ai.explaining.asked import score_of
from viewer.ai.explaining.cubes import UNTRAINED, on_grid, subject_of_cubes
from viewer.ai.explaining.explained import explained
from viewer.ai.explaining.methods import Method
from viewer.ai.explaining.subject import subject_of
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent


@pytest.fixture(scope="module")
def nodule(reading):
    """One of the surest findings of middle size."""
    return next(one for one in reading.findings if 8 <= one.diameter_mm <= 16)


@pytest.fixture(scope="module")
def seen(phantom, nodule):
    return subject_of("lung_nodules", Inputs(phantom.volume), nodule, Silent())


def test_the_picture_gives_the_odds_that_stand_among_the_reasons(nodule, seen):
    (odds,) = (one.value for one in nodule.explanation if "network" in one.name)
    assert score_of(seen.net, seen.picture, seen.target) == pytest.approx(math.log(odds), abs=1e-3)


def test_what_is_hidden_is_hidden_in_both_cubes(seen):
    asked = []
    seen.net.down.register_forward_pre_hook(lambda _, given: asked.append(given[0]))
    hidden = seen.picture.copy()
    hidden[:, 20:28, 20:28, 20:28] += 0.5

    with torch.inference_mode():
        seen.net(torch.from_numpy(np.stack([seen.picture, hidden])))

    before, after = asked[0].numpy()
    fine, wide = np.abs(after - before)
    assert np.allclose(fine[8:16, 8:16, 8:16], 0.5, atol=1e-6)
    assert np.allclose(wide[10:14, 10:14, 10:14], 0.5, atol=1e-6)
    assert fine.sum() == pytest.approx(0.5 * 8**3, rel=1e-4)
    assert wide.sum() == pytest.approx(0.5 * 4**3, rel=1e-4)


def test_a_map_lies_on_the_nodule_and_says_what_it_is_about(phantom, nodule, seen):
    found = explained(seen, Method.GRADIENTS, Silent())

    assert found.map is not None
    assert found.map.geometry == phantom.volume.geometry
    peak = np.unravel_index(found.map.voxels.argmax(), found.map.voxels.shape)
    place = phantom.volume.geometry.to_patient(peak)
    assert math.dist(place, nodule.position) <= nodule.diameter_mm / 2 + 2
    assert "one of the reasons" in found.sentence


def test_of_a_finding_scored_by_a_network_trained_further_it_says_which_one_it_shows(
    phantom, nodule, seen
):
    model, chest = seen.model, Chest(phantom.volume.values(), None, phantom.volume.geometry)
    author = replace(nodule.author, parameters=((CAME_WITH, "ab" * 32),))
    about = replace(nodule, author=author)
    told = subject_of_cubes(model, chest, phantom.volume.geometry, about)
    assert UNTRAINED in told.caveat
    assert UNTRAINED not in seen.caveat


def test_a_person_s_edit_does_not_change_what_the_model_is_asked(phantom, nodule, monkeypatch):
    moved = tuple(part + 30 for part in nodule.position)
    edited = replace(nodule, position=moved).edited_from(nodule)
    asked = []
    monkeypatch.setattr(second_reader, "subject", lambda _, about, __: asked.append(about))

    subject_of("lung_nodules", Inputs(phantom.volume), edited, Silent())

    assert [one.position for one in asked] == [nodule.position]


def test_a_small_grid_is_brought_to_the_place_it_has_in_the_patient():
    affine = np.eye(4)
    affine[:3, :3] = [[0, 0, -2], [0, -2, 0], [3, 0, 0]]
    affine[:3, 3] = (40, 40, -60)
    stored = Geometry((40, 40, 40), affine)
    small = np.eye(4)
    small[:3, 3] = (-10, -12, -20)
    found = np.zeros((24, 24, 24), np.uint8)
    found[9:12, 10:13, 11:14] = 200

    brought = on_grid(found, Geometry(found.shape, small), stored)

    middle = small[:3, 3] + np.array((10, 11, 12))
    place = tuple(np.rint(stored.to_index(tuple(middle))).astype(int))
    assert brought[place] > 100
    indices = np.argwhere(brought > 0)
    away = np.abs(stored.to_patient(indices) - middle).max(axis=0)
    assert (away <= 3).all()


def test_beyond_the_image_nothing_is_marked():
    far = np.eye(4)
    far[:3, 3] = 500
    grid = Geometry((4, 4, 4), far)
    assert not on_grid(
        np.full((4, 4, 4), 255, np.uint8), grid, Geometry((5, 5, 5), np.eye(4))
    ).any()


def test_what_is_no_finding_is_declined(phantom, reading):
    with pytest.raises(Declined, match="Choose a finding"):
        subject_of("lung_nodules", Inputs(phantom.volume), None, Silent())
