from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.ai.accepting import admit_by_card
from viewer.ai.admission import CHEST
from viewer.ai.card import Accepts, read_card
from viewer.ai.second_reader import model_folder
from viewer.core.code import LUNG
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.volume import Volume

CARD = read_card(model_folder())


def volume(spacing=(2.0, 1.0, 1.0), shape=(60, 8, 8), modality="CT", unit="[hnsf'U]"):
    affine = np.diag([*spacing, 1.0])[[2, 1, 0, 3]]
    return Volume(np.zeros(shape, np.int16), Geometry(shape, affine), unit, modality, "series")


def refusal(image, accepts, body_part=""):
    with pytest.raises(Declined) as declined:
        admit_by_card(image, replace(CARD, accepts=accepts), body_part)
    sentence = str(declined.value)
    assert sentence.startswith(CARD.title)
    assert sentence.endswith(".")
    return declined.value.code


def test_the_card_of_the_second_reader_accepts_what_it_asks_for():
    assert CARD.accepts == CHEST


def test_an_image_that_fits_is_let_in():
    admit_by_card(volume(), CARD, "CHEST")


@pytest.mark.parametrize("part", ["", "SOMEWHERE", "CHESTABDOMEN", " lung "])
def test_a_part_of_the_body_that_is_right_or_unknown_is_let_in(part):
    admit_by_card(volume(), CARD, part)


@pytest.mark.parametrize("part", ["HEAD", "abdomen", " KNEE "])
def test_another_part_of_the_body_is_refused(part):
    assert refusal(volume(), CHEST, part) == "wrong_region"


def test_another_modality_is_refused():
    assert refusal(volume(modality="MR", unit="1"), CHEST) == "not_ct"
    assert refusal(volume(), Accepts(("PT", "MR"))) == "not_pt_mr"


def test_a_file_that_does_not_tell_what_it_is_is_judged_later():
    admit_by_card(volume(modality="OT", unit="1"), CARD)


def test_a_wrong_unit_is_refused():
    assert refusal(volume(unit="1"), CHEST) == "not_hu"
    pet = Accepts(("PT",), unit="SUVbw")
    assert refusal(volume(modality="PT", unit="Bq/ml"), pet) == "not_suvbw"
    admit_by_card(volume(modality="PT", unit="g/ml{SUVbw}"), replace(CARD, accepts=pet))


@pytest.mark.parametrize(
    ("spacing", "code"),
    [
        ((5.2, 1.0, 1.0), "too_thick"),
        ((2.0, 3.2, 1.0), "too_thick"),
        ((2.0, 0.2, 0.2), "too_fine"),
        ((1.0, 1.0, 1.0), "too_few_slices"),
    ],
)
def test_a_wrong_spacing_or_too_short_a_stretch_is_refused(spacing, code):
    assert refusal(volume(spacing), replace(CHEST, finest_mm=0.3)) == code


def test_spacing_is_judged_along_the_patient_however_slices_are_stored():
    coarse = volume((1.0, 1.0, 5.2), shape=(60, 60, 60))
    turned = Geometry((60, 60, 60), coarse.geometry.affine[:, [2, 1, 0, 3]])
    assert refusal(replace(coarse, geometry=turned), CHEST) in ("too_thick", "too_few_slices")
    sagittal = np.eye(4)[:, [0, 1, 2, 3]] * [1.0, 1.0, 5.2, 1.0]
    stored = replace(coarse, geometry=Geometry((60, 60, 60), sagittal))
    assert refusal(stored, CHEST) == "too_thick"


@pytest.mark.parametrize("wanted", ["sagittal", "coronal"])
def test_slices_that_lie_otherwise_are_refused(wanted):
    accepts = Accepts(("CT",), orientation=wanted)
    assert refusal(volume(), accepts) == "wrong_orientation"
    admit_by_card(volume(), replace(CARD, accepts=Accepts(("CT",), orientation="axial")))


def test_nothing_is_asked_where_a_card_says_nothing():
    open_to_all = replace(CARD, accepts=Accepts(("CT",)))
    admit_by_card(volume((40.0, 9.0, 9.0), shape=(2, 3, 3), unit="1"), open_to_all, "HEAD")


def test_regions_are_told_by_their_codes():
    assert LUNG in CHEST.regions
