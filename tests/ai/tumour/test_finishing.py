"""Thresholds, ways to ask, and the score of a part."""

import numpy as np
import pytest

from viewer.ai.card import load_folder
from viewer.ai.engine.lesions import lesions_of
from viewer.ai.engine.returning import Returned
from viewer.ai.tumour.finishing import (
    Finishing,
    asked,
    features_of,
    finishing_of,
    read_finishing,
    without_specks,
)
from viewer.ai.tumour.lessons import COMBINATIONS
from viewer.ai.tumour.reader import model_folder
from viewer.core.errors import Unreadable
from viewer.core.geometry import Geometry
from viewer.imaging.upright import Turn


def finishing(weights=(0.0, 1.0, 2.0, 0.0)):
    return Finishing(
        dict.fromkeys(COMBINATIONS, 0.5),
        dict.fromkeys(COMBINATIONS, "apart"),
        0.5,
        np.array(weights, np.float32),
    )


def answer():
    """Return probabilities on cubes of 10 mm (1 ml): a part of 8 ml and a speck of 1 ml."""
    voxels = np.zeros((1, 10, 10, 10), np.uint8)
    voxels[0, 2:4, 2:4, 2:4] = 200
    voxels[0, 7, 7, 7] = 250
    grid = Geometry.from_axes((10, 10, 10), (0, 0, 0), np.eye(3)[::-1], (10, 10, 10))
    return Returned(voxels, Turn.of(grid), grid, "key")


def test_asking_together_is_asking_once():
    assert asked(("PT", "CT", "MR"), "together") == (("PT", "CT", "MR"),)
    assert asked(("MR",), "apart") == (("MR",),)


def test_asking_apart_never_leaves_out_a_pet():
    assert set(asked(("PT", "CT", "MR"), "apart")) == {
        ("PT",),
        ("PT", "CT"),
        ("PT", "MR"),
        ("PT", "CT", "MR"),
    }
    assert set(asked(("CT", "MR"), "apart")) == {("CT",), ("MR",), ("CT", "MR")}


def test_what_is_asked_are_known_combinations_of_the_images_there_are():
    for kinds in COMBINATIONS:
        for way in ("together", "apart", "first"):
            assert {kinds} <= set(asked(kinds, way)) <= set(COMBINATIONS)
            assert all(set(one) <= set(kinds) for one in asked(kinds, way))


def test_specks_are_left_out():
    kept = without_specks(answer(), 0.5, 4.0)
    assert np.count_nonzero(kept.upright) == 8
    assert np.count_nonzero(without_specks(answer(), 0.5, 0.5).upright) == 9
    assert np.count_nonzero(without_specks(answer(), 0.9, 0.5).upright) == 1


def test_the_score_is_the_logistic_function_of_size_and_probabilities():
    rows = features_of(lesions_of(answer(), 0, 0.5))
    assert rows[0] == pytest.approx([0.0, 250 / 255, 250 / 255], abs=1e-6)
    assert rows[1] == pytest.approx([np.log(8), 200 / 255, 200 / 255], abs=1e-6)
    wanted = 1 / (1 + np.exp(-(rows[:, 0] + 2 * rows[:, 1])))
    assert finishing().scores(rows) == pytest.approx(wanted, abs=1e-6)


def test_what_is_written_is_read_again():
    again = finishing_of(finishing().tensors())
    assert again.thresholds == finishing().thresholds
    assert again.ways == finishing().ways
    assert again.weights.tolist() == [0.0, 1.0, 2.0, 0.0]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"thresholds": np.array([0.5], np.float32)},
        {"thresholds": np.full(7, 1.5, np.float32)},
        {"ways": np.full(7, 9, np.float32)},
        {"weights": np.array([np.nan, 0, 0, 0], np.float32)},
        {"least_ml": np.zeros(0, np.float32)},
    ],
)
def test_damaged_numbers_are_refused(spoilt):
    with pytest.raises(Unreadable) as refused:
        finishing_of({**finishing().tensors(), **spoilt})
    assert refused.value.code == "damaged_model"


def test_the_card_vouches_for_the_thresholds_too(tmp_path):
    folder = model_folder()
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    card = load_folder(tmp_path).card
    assert read_finishing(tmp_path, card).least_ml >= 0.5
    (tmp_path / "finishing.safetensors").write_bytes(b"something else")
    with pytest.raises(Unreadable) as refused:
        read_finishing(tmp_path, card)
    assert refused.value.code == "hash_mismatch"
