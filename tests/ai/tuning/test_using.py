from __future__ import annotations

import math
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
from safetensors.numpy import save

from tests.ai.tuning.tiny_reader import SCORES
from viewer.ai.adapting import Adaptation, Side, adaptation_from, as_it_came
from viewer.ai.asking import Request, read
from viewer.ai.card import load_folder
from viewer.ai.explanation import NETWORK
from viewer.ai.readers import Inputs, Reader
from viewer.ai.tuning.using import share_of, shipped
from viewer.ai.tuning.weights import folder_beside, forget_weights, keep_weights, packed_weights
from viewer.core.correction import log_odds
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.volume import Volume

READERS = (Reader("lung_nodules", "Lung nodules", "", "tests.ai.tuning.tiny_reader", ("CT",)),)


@pytest.fixture(scope="module")
def model():
    return load_folder(shipped("lung_nodules"))


@pytest.fixture
def own(tmp_path):
    return tmp_path / "models"


def surer_by_one(model) -> bytes:
    """Weights whose last layer adds 1 to what the network says."""
    changed = {**model.weights, "network.head.bias": model.weights["network.head.bias"] + 1}
    return packed_weights(changed, model.card.weights_sha256)


def adaptation(model, content: bytes, *factors: tuple[str, float]) -> Adaptation:
    return Adaptation(
        model.card.weights_sha256, factors, 0.0, 1.0, "2026", 40, 20, 10, 6,
        Side(0.6, 0.7), Side(0.5, 0.8), (0.1, 0.05, 0.2),
        sha256(content).hexdigest(), "last block", 0.1,
    )  # fmt: skip


IMAGE = Volume(
    np.zeros((2, 2, 2), np.int16), Geometry((2, 2, 2), np.eye(4)), "[hnsf'U]", "CT", "key"
)


def asked(own, *learned: str, keep_crops: bool = False):
    request = Request(
        "lung_nodules", Inputs(IMAGE), own, readers=READERS, learned=learned, keep_crops=keep_crops
    )
    return read(request, Silent())


@pytest.fixture
def learned(model, own):
    content = surer_by_one(model)
    keep_weights(own, content)
    return adaptation(model, content)


def test_the_trained_weights_score_what_is_read(model, own, learned):
    reading = asked(own, learned.as_json())
    for one, before in zip(reading.findings, SCORES, strict=True):
        moved = log_odds(one.score) - log_odds(before)
        assert moved == pytest.approx(share_of(model.weights), abs=1e-4)
        (line,) = (line for line in one.explanation if line.name == NETWORK)
        assert line.contribution == pytest.approx(-0.4 + moved, abs=2e-3)


def test_findings_and_card_tell_the_trained_version_and_its_weights(model, own, learned):
    reading = asked(own, learned.as_json())
    hash_ = learned.tuned_sha256
    for author in (reading.author, *(one.author for one in reading.findings)):
        assert author.version == f"{model.card.version}+{hash_[:8]}"
        assert author.weights_sha256 == hash_
        assert author.as_it_came == str(model.card.author())
    assert reading.models[0].weights_sha256 == hash_
    assert reading.models[0].version == reading.author.version
    assert [one.code for one in reading.notices] == ["tuned"]
    assert model.card.operating
    assert not reading.models[0].operating
    told = dict(reading.findings[0].author.parameters)
    assert told["adapted by corrections"] == learned.name
    assert told["weights as the model came"] == model.card.weights_sha256


def test_a_finding_can_be_had_as_the_model_gave_it(model, own):
    content = surer_by_one(model)
    keep_weights(own, content)
    both = adaptation(model, content, ("size", 0.5), (NETWORK, 2.0))
    came = asked(own).findings
    for seen in asked(own, both.as_json()).findings:
        again = as_it_came(seen, {both.name: both}, NETWORK)
        (before,) = (one for one in came if one.id == seen.id)
        assert again.score == pytest.approx(before.score, abs=2e-3)
        for line, was in zip(again.explanation, before.explanation, strict=True):
            assert line.contribution == pytest.approx(was.contribution, abs=2e-3)
        assert again.author.version == before.author.version
        assert again.author.weights_sha256 == before.author.weights_sha256
    assert as_it_came(seen, {}, NETWORK) is None


def test_crops_leave_the_reading_unless_they_are_asked_for(own, learned):
    assert asked(own, learned.as_json()).crops == ()
    assert len(asked(own, keep_crops=True).crops) == 3


def test_what_was_learned_of_other_weights_does_nothing(own, learned):
    other = replace(learned, weights_sha256="cd" * 32)
    assert [one.score for one in asked(own, other.as_json()).findings] == list(SCORES)


def _missing(path, model):
    path.unlink()


def _damaged(path, model):
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def _linked(path, model):
    path.rename(path.with_name("other"))
    path.symlink_to(path.with_name("other"))


@pytest.mark.parametrize("spoil", [_missing, _damaged, _linked])
def test_a_spoiled_file_is_refused_and_the_model_scores_as_it_came(model, own, learned, spoil):
    spoil(folder_beside(own) / f"{learned.tuned_sha256}.safetensors", model)
    reading = asked(own, learned.as_json())
    assert [one.score for one in reading.findings] == list(SCORES)
    assert reading.findings[0].author == model.card.author(reading.findings[0].author.parameters)
    assert [one.code for one in reading.notices] == ["bad_tuned_weights"]
    assert "scored as it came" in reading.notices[0].sentence


@pytest.mark.parametrize(
    "change",
    [
        lambda weights: {"network.head.bias": np.ones(2, np.float32)},
        lambda weights: {"network.head.bias": np.full(1, np.nan, np.float32)},
        lambda weights: {"network.head.bias": np.ones(1, np.float64)},
        lambda weights: {"another": np.ones(1, np.float32)},
    ],
)
def test_weights_of_another_network_are_refused_even_under_their_own_hash(model, own, change):
    content = save({**model.weights, **change(model.weights)})
    keep_weights(own, content)
    reading = asked(own, adaptation(model, content).as_json())
    assert [one.code for one in reading.notices] == ["bad_tuned_weights"]
    assert [one.score for one in reading.findings] == list(SCORES)


def test_all_weights_can_be_forgotten(own, learned):
    forget_weights(own)
    assert not list(folder_beside(own).iterdir())
    forget_weights(own.parent / "nowhere" / "models")


def test_what_was_learned_comes_back_from_its_text(learned):
    assert adaptation_from(learned.as_json()) == learned
    weighed = replace(learned, tuned_sha256="", layers="", anchor=0.0)
    assert "tuned_sha256" not in weighed.as_json()
    assert adaptation_from(weighed.as_json()) == weighed
    assert math.isclose(learned.anchor, 0.1)
