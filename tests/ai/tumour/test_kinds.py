"""Files that do not say what they are: their names, and whether their values fit."""

from dataclasses import replace

import numpy as np
import pytest

from viewer.ai.readers import Inputs
from viewer.ai.tumour.kinds import kind_in, told
from viewer.ai.tumour.reader import admit, read_inputs
from viewer.core.errors import Declined
from viewer.core.progress import Silent


def unsaid(volume):
    return replace(volume, modality="OT", unit="1")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("PET.nii.gz", "PT"),
        ("CT.nii.gz", "CT"),
        ("MR_T1.nii.gz", "MR"),
        ("patient 3 suv", "PT"),
        ("PET_CT.nii.gz", None),
        ("octopus.nii", None),
        ("", None),
    ],
)
def test_a_name_tells_one_kind_or_none(name, kind):
    assert kind_in(name) == kind


def test_a_file_that_does_not_say_what_it_is_is_taken_by_its_name(study):
    found = read_inputs(Inputs(unsaid(study["PT"]), names=("PET.nii.gz",)), Silent())
    assert "taken_as_pt" in {notice.code for notice in found.notices}
    assert found.findings


def test_a_file_that_nobody_knows_what_it_is_is_declined(study):
    with pytest.raises(Declined) as refused:
        admit(Inputs(unsaid(study["PT"]), names=("image.nii.gz",)))
    assert refused.value.code == "kind_unsaid"


def test_another_file_that_nobody_knows_what_it_is_is_left_out(study):
    inputs, _ = told(Inputs(study["PT"], (unsaid(study["CT"]),), names=("", "image")))
    assert inputs.others == ()


def test_counts_in_a_file_that_is_called_a_pet_are_declined(study):
    pet = unsaid(study["PT"])
    counts = replace(pet, voxels=(pet.voxels * 2000).astype(np.float32))
    with pytest.raises(Declined) as refused:
        read_inputs(Inputs(counts, names=("PET.nii.gz",)), Silent())
    assert refused.value.code == "not_suvbw"


def test_values_that_are_no_hounsfield_units_in_a_file_that_is_called_a_ct_are_declined(study):
    ct = unsaid(study["CT"])
    grey = replace(ct, voxels=(ct.voxels + 1024).clip(0).astype(np.float32))
    with pytest.raises(Declined) as refused:
        read_inputs(Inputs(grey, body_part="LEG", names=("CT.nii.gz",)), Silent())
    assert refused.value.code == "not_hu"
