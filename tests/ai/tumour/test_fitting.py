"""Images that the network never learned are no input: other contrasts, tracers, parts, spaces."""

from dataclasses import replace

import numpy as np
import pytest

from viewer.ai.asking import offers
from viewer.ai.readers import Inputs
from viewer.ai.tumour.reader import admit, read_inputs
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.technique import Technique


def refusal(inputs):
    with pytest.raises(Declined) as refused:
        admit(inputs)
    return refused.value.code


@pytest.mark.parametrize("part", ["CHESTABDPELVIS", "TAP", "HEADNECK", "ABDOMENPELVIS"])
@pytest.mark.parametrize("kind", ["CT", "MR"])
def test_ct_and_mr_that_do_not_say_they_show_a_limb_are_declined(study, kind, part):
    assert refusal(Inputs(study[kind], body_part=part)) in ("wrong_region", "part_unsaid")


def test_a_ct_by_its_name_alone_is_declined_unless_it_names_a_limb(study):
    unsaid = replace(study["CT"], modality="OT", unit="1")
    assert refusal(Inputs(unsaid, names=("ct.nii.gz",))) == "part_unsaid"
    admit(Inputs(unsaid, names=("ct thigh.nii.gz",)))


@pytest.mark.parametrize("part", ["THIGH", "LOWER EXTREMITY", "LEG", "KNEE"])
def test_limbs_by_many_names_are_taken(study, part):
    admit(Inputs(study["CT"], body_part=part))


def test_mr_that_is_not_t1_is_declined_in_front_and_left_out_beside(study):
    assert refusal(Inputs(study["MR"], body_part="LEG", names=("Ax T2 STIR",))) == "not_t1"
    slow = (Technique(), Technique(echo_ms=90.0), Technique(echo_ms=12.0))
    bright = replace(study["MR"], voxels=np.ascontiguousarray(study["MR"].voxels[::-1]))
    both = Inputs(study["PT"], (bright, study["MR"]), techniques=slow)
    alone = read_inputs(Inputs(study["PT"], (study["MR"],)), Silent())
    found = read_inputs(both, Silent())
    assert np.array_equal(found.maps[0].voxels, alone.maps[0].voxels)
    assert any("T1 MR" in notice.sentence for notice in found.notices)


def test_a_pet_with_another_tracer_is_declined(study):
    psma = (Technique(tracer="68Ga PSMA-11"),)
    assert refusal(Inputs(study["PT"], techniques=psma)) == "other_tracer"
    admit(Inputs(study["PT"], techniques=(Technique(tracer="FDG -- fluorodeoxyglucose"),)))


def test_uptake_is_never_that_of_a_pet_in_another_space(study):
    grid = study["PT"].geometry
    elsewhere = replace(study["PT"], geometry=Geometry(grid.shape, grid.affine, "other"))
    found = read_inputs(Inputs(study["CT"], (elsewhere,), "LEG"), Silent())
    told = {line.name for one in found.findings for line in one.explanation}
    assert "SUVmax" not in told


def test_the_figures_of_just_these_images_are_told_and_what_computed(study):
    found = read_inputs(Inputs(study["CT"], body_part="LEG"), Silent())
    (measured,) = [one.sentence for one in found.notices if one.code == "measured"]
    card = found.models[0]
    (row,) = [one for one in card.performance if one.data.endswith("; CT")]
    assert row.result in measured
    assert dict(found.author.parameters)["engine"]


def test_a_body_longer_than_any_learned_from_is_read_only_by_choice_and_without_its_figures(
    study, tmp_path
):
    pet = study["PT"]
    voxels = np.concatenate([pet.voxels] * 3)
    grid = Geometry(voxels.shape, pet.geometry.affine, pet.geometry.frame_of_reference_uid)
    for image, by_itself in ((pet, True), (replace(pet, voxels=voxels, geometry=grid), False)):
        (said,) = [one for one in offers(Inputs(image), tmp_path) if one.id == "tumour_petctmr"]
        assert said.taken
        assert said.by_itself == by_itself
    codes = {one.code for one in read_inputs(Inputs(image), Silent()).notices}
    assert "normal_uptake" in codes
    assert "measured" not in codes
