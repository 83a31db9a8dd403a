"""Outlining a sarcoma with whichever images there are."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from tests.ai.thigh_phantom import CENTRE, RADIUS_MM, distances
from viewer.ai.engine.running import Asking
from viewer.ai.readers import Inputs
from viewer.ai.tumour import reader
from viewer.ai.tumour.reader import admit, read_inputs
from viewer.core.errors import Declined
from viewer.core.finding import Status
from viewer.core.geometry import Geometry
from viewer.core.progress import Cancelled, Silent
from viewer.imaging.upright import Turn


@pytest.fixture
def asked_once(monkeypatch):
    """The network asked without its mirror image, where only what is told of it counts."""
    monkeypatch.setattr(reader, "ASKING", Asking())


@pytest.fixture(scope="module")
def alone(study):
    """What is made of each image alone; a PET tells by itself what it is of."""
    return {
        kind: read_inputs(Inputs(one, body_part="" if kind == "PT" else "EXTREMITY"), Silent())
        for kind, one in study.items()
    }


def outlined(reading):
    return reading.segmentations[0].labels == 1


def dice(found, geometry):
    tumour, _ = distances(geometry)
    truth = tumour < RADIUS_MM
    return 2 * (found & truth).sum() / (found.sum() + truth.sum())


def codes(reading):
    return {notice.code for notice in reading.notices}


def sentences(reading):
    return " ".join(notice.sentence for notice in reading.notices)


def test_a_hot_tumour_is_outlined_where_it_lies(study, reading):
    assert dice(outlined(reading), study["PT"].geometry) > 0.6
    assert np.linalg.norm(np.array(reading.findings[0].position) - CENTRE) < 10


def test_the_outline_and_the_map_lie_on_the_grid_of_the_image_in_front(study, reading):
    assert reading.segmentations[0].geometry == study["PT"].geometry
    assert reading.maps[0].geometry == study["PT"].geometry
    assert reading.maps[0].voxels[outlined(reading)].min() > 0


def test_findings_come_best_first_and_only_proposed(reading):
    scores = [finding.score for finding in reading.findings]
    assert scores == sorted(scores, reverse=True)
    assert {finding.status for finding in reading.findings} == {Status.PROPOSED}


def test_the_images_that_were_used_are_told(reading):
    assert dict(reading.author.parameters)["images"] == "PET+CT+MR"
    assert "Outlined on PET, CT, MR." in sentences(reading)


def test_figures_of_the_pet_are_told_with_units(reading):
    told = {line.name: line for line in reading.findings[0].explanation}
    assert 6.5 < told["SUVmax"].value < 7.5
    assert told["SUVmax"].unit == "{SUVbw}g/ml"
    assert 1 < told["SUVmean"].value <= told["SUVmax"].value
    volume, hot = told["Volume"], told["Metabolic tumour volume (41 % of SUVmax)"]
    assert (volume.unit, hot.unit, told["Total lesion glycolysis"].unit) == ("ml", "ml", "g")
    assert told["Total lesion glycolysis"].value == pytest.approx(hot.value * 7.0, rel=0.1)


@pytest.mark.parametrize("front", ["CT", "MR"])
def test_any_of_the_images_may_be_in_front(study, reading, front):
    others = tuple(one for kind, one in study.items() if kind != front)
    found = read_inputs(Inputs(study[front], others), Silent())
    assert found.segmentations[0].geometry == study[front].geometry
    assert dict(found.author.parameters)["images"] == "PET+CT+MR"
    assert dice(outlined(found), study[front].geometry) > 0.6


@pytest.mark.parametrize("kind", ["PT", "CT", "MR"])
def test_any_of_the_images_may_be_alone(alone, kind):
    found = alone[kind]
    assert dict(found.author.parameters)["images"] == {"PT": "PET"}.get(kind, kind)
    assert "would help" in sentences(found)
    told = {line.name for one in found.findings for line in one.explanation}
    assert ("SUVmax" in told) == (kind == "PT")


def test_the_pet_alone_is_enough_for_a_hot_tumour(study, alone):
    assert dice(outlined(alone["PT"]), study["PT"].geometry) > 0.6


def test_an_image_in_another_space_is_left_out_and_that_is_said(study, asked_once):
    geometry = study["CT"].geometry
    elsewhere = replace(
        study["CT"], geometry=Geometry(geometry.shape, geometry.affine, "another space")
    )
    found = read_inputs(Inputs(study["PT"], (elsewhere,)), Silent())
    assert dict(found.author.parameters)["images"] == "PET"
    assert found.used == (study["PT"].series_key,)
    assert "left_out" in codes(found)


def test_an_other_pet_in_counts_is_left_out_and_that_is_said(study, asked_once):
    counts = replace(study["PT"], unit="{counts}")
    found = read_inputs(Inputs(study["CT"], (counts,), "LEG"), Silent())
    assert dict(found.author.parameters)["images"] == "CT"
    assert "left_out" in codes(found)


def test_a_pet_in_counts_in_front_is_declined(study):
    with pytest.raises(Declined) as refused:
        admit(Inputs(replace(study["PT"], unit="{counts}")))
    assert refused.value.code == "not_suvbw"


def test_other_modalities_are_declined(study):
    with pytest.raises(Declined) as refused:
        admit(Inputs(replace(study["CT"], modality="US")))
    assert refused.value.code == "not_pt_ct_mr"


@pytest.mark.parametrize("part", ["CHEST", "HEADNECK", "head"])
def test_other_parts_of_the_body_are_declined(study, part):
    with pytest.raises(Declined) as refused:
        admit(Inputs(study["PT"], body_part=part))
    assert refused.value.code == "wrong_region"


def test_a_ct_of_nobody_knows_what_is_declined_without_a_pet(study):
    with pytest.raises(Declined) as refused:
        admit(Inputs(study["CT"]))
    assert refused.value.code == "part_unsaid"
    admit(Inputs(study["CT"], (study["PT"],)))


def test_a_handful_of_slices_is_declined(study):
    pet = study["PT"]
    few = replace(pet, voxels=pet.voxels[:5], geometry=pet.geometry.crop((0, 0, 0), (5, 40, 40)))
    with pytest.raises(Declined) as refused:
        admit(Inputs(few))
    assert refused.value.code == "too_few_slices"


def test_the_same_study_stored_otherwise_gives_the_same_place(study, reading):
    pet = study["PT"]
    axes = (2, 0, 1)
    affine = pet.geometry.affine.copy()
    affine[:3, :3] = pet.geometry.affine[:3, list(axes)]
    affine[:3, 3] = pet.geometry.to_patient((0, pet.geometry.shape[1] - 1, 0))
    affine[:3, axes.index(1)] *= -1
    voxels = np.ascontiguousarray(pet.voxels.transpose(axes)[:, :, ::-1])
    turned = replace(pet, voxels=voxels, geometry=Geometry(voxels.shape, affine, "1.2.3.4"))
    assert np.allclose(Turn.of(turned.geometry).upright(voxels), pet.voxels)
    found = read_inputs(Inputs(turned, (study["CT"], study["MR"])), Silent())
    assert found.findings[0].position == pytest.approx(reading.findings[0].position, abs=0.01)
    assert found.findings[0].score == pytest.approx(reading.findings[0].score, abs=1e-3)


def test_the_same_study_always_gives_the_same_reading(study, reading):
    again = read_inputs(Inputs(study["PT"], (study["CT"], study["MR"])), Silent())
    assert np.array_equal(outlined(again), outlined(reading))
    assert [one.id for one in again.findings] == [one.id for one in reading.findings]


def test_a_reading_travels_between_processes(reading):
    again = pickle.loads(pickle.dumps(reading))
    assert np.array_equal(outlined(again), outlined(reading))


def test_an_image_without_tumour_says_so_and_is_no_error(study):
    pet = study["PT"]
    cold = replace(pet, voxels=np.full(pet.voxels.shape, 0.4, np.float32))
    found = read_inputs(Inputs(cold), Silent())
    assert not found.findings
    assert not outlined(found).any()
    assert "nothing_found" in codes(found)


def test_reading_stops_when_it_is_cancelled(study):
    class Stopped:
        def report(self, done, doing=""):
            if done > 0.3:
                raise Cancelled

    with pytest.raises(Cancelled):
        read_inputs(Inputs(study["PT"], (study["CT"],)), Stopped())
