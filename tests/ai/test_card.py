from __future__ import annotations

import hashlib
import json
import pickle
import shutil

import numpy as np
import pytest

from viewer.ai.card import CARD, TEST_VECTOR, WEIGHTS, load_folder, read_card
from viewer.ai.network import asked, network_of
from viewer.ai.ranking import NETWORK_LIMIT, NETWORK_PREFIX, combined
from viewer.ai.second_reader import model_folder
from viewer.core.errors import Unreadable
from viewer.imaging.features import FEATURE_NAMES


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(model_folder(), tmp_path / "lung_nodules")


def refusal(folder):
    with pytest.raises(Unreadable) as refused:
        load_folder(folder)
    return refused.value.code


def test_the_card_says_what_the_model_is_for_and_how_well_it_does():
    card = read_card(model_folder())
    assert card.modality == "CT"
    assert card.features == FEATURE_NAMES
    assert card.licence == "Apache-2.0"
    assert "Research use" in card.intended_use
    assert card.labels[0].meaning == "Nodule"
    assert card.performance
    assert all(figure.command for figure in card.performance)


def test_the_operating_table_falls_with_the_threshold_and_holds_the_default():
    card = read_card(model_folder())
    rates = [point.false_positives_per_scan for point in card.operating]
    assert rates == sorted(rates, reverse=True)
    assert card.default_threshold in [point.threshold for point in card.operating]


def test_the_test_vector_gives_the_scores_it_gave_when_trained():
    model = load_folder(model_folder())
    vector = model.test_vector
    net = {
        name.removeprefix(NETWORK_PREFIX): value
        for name, value in model.weights.items()
        if name.startswith(NETWORK_PREFIX)
    }
    odds = asked(network_of(net), vector["cubes"]).clip(-NETWORK_LIMIT, NETWORK_LIMIT)
    scores = combined(model, vector["numbers"].astype(np.float64), odds).scores
    assert np.allclose(scores, vector["scores"], atol=2e-3)


def test_the_weights_are_small():
    assert (model_folder() / WEIGHTS).stat().st_size < 2_000_000


def test_weights_other_than_the_card_names_are_refused(folder):
    content = bytearray((folder / WEIGHTS).read_bytes())
    content[-1] ^= 1
    (folder / WEIGHTS).write_bytes(content)
    assert refusal(folder) == "hash_mismatch"


def test_missing_weights_are_refused(folder):
    (folder / WEIGHTS).unlink()
    assert refusal(folder) == "no_model"


@pytest.mark.parametrize("content", [b"", b"short", pickle.dumps({"a": 1}), b"\xff" * 4000])
@pytest.mark.parametrize("name", [WEIGHTS, TEST_VECTOR])
def test_files_that_are_no_safetensors_are_refused_even_if_the_card_vouches_for_them(
    folder, name, content
):
    (folder / name).write_bytes(content)
    card = json.loads((folder / CARD).read_text())
    for entry in card["sha256"]:
        if entry["file"] == name:
            entry["hash"] = hashlib.sha256(content).hexdigest()
    (folder / CARD).write_text(json.dumps(card))
    assert refusal(folder) == "damaged_model"


def test_a_folder_without_a_card_is_refused(tmp_path):
    assert refusal(tmp_path) == "no_model"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"id": 3}'])
def test_a_damaged_card_is_refused(folder, text):
    (folder / CARD).write_text(text)
    assert refusal(folder) == "bad_card"


@pytest.mark.parametrize("field", ["operating", "preparation", "licence", "default_threshold"])
def test_a_card_that_lacks_a_field_is_refused_by_name(folder, field):
    card = json.loads((folder / CARD).read_text())
    del card[field]
    (folder / CARD).write_text(json.dumps(card))
    with pytest.raises(Unreadable, match=field):
        read_card(folder)
