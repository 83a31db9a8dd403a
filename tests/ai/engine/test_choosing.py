from __future__ import annotations

import json

import numpy as np
import pytest

from tests.ai.network_phantom import model, network_folder, random_weights, vector_of
from viewer.ai import engines
from viewer.ai.engine import asking, choices
from viewer.ai.engine.asking import candidates, makers_of, network_runner
from viewer.ai.engine.choosing import chosen, tried
from viewer.ai.engine.onnx_writing import onnx_of
from viewer.ai.networks.shape import NetworkShape
from viewer.ai.onnx_file import check_onnx
from viewer.ai.trial import try_model
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Silent

SMALL = NetworkShape(dimensions=3, inputs=1, widths=(2, 3), outputs=1)
SHAPES = [
    NetworkShape(dimensions=2, inputs=2, widths=(4, 6, 8), outputs=3, wholes=2),
    NetworkShape(dimensions=3, inputs=2, widths=(4, 6, 8), outputs=2, wholes=1),
    NetworkShape(dimensions=2, inputs=1, widths=(3, 4), wholes=2),
    NetworkShape(dimensions=3, inputs=1, widths=(4,), outputs=1),
]


@pytest.fixture
def small(tmp_path):
    return model(tmp_path / "small", SMALL, random_weights(SMALL))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_engine_gives_the_numbers_of_torch(shape):
    weights = random_weights(shape)
    vector = vector_of(shape, weights, 16)
    wanted = (vector.get("dense"), vector.get("whole"))
    makers = makers_of(shape, weights)
    assert {"openvino", "onnxruntime", "torch"} <= set(makers)
    for engine, make in makers.items():
        _, trial = tried(make, engine, vector["input"], wanted)
        assert trial.passed(1e-4), (engine, trial)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_onnx_of_a_network_is_one_that_would_be_let_in(shape):
    check_onnx(onnx_of(shape, random_weights(shape)), "here")


@pytest.mark.parametrize("change", ["missing", "another shape"])
def test_weights_of_another_network_are_refused(change):
    weights = dict(random_weights(SMALL))
    if change == "missing":
        del weights["up.0.0.weight"]
    else:
        weights["up.0.0.weight"] = weights["up.0.0.weight"][:1]
    with pytest.raises(Unreadable) as why:
        onnx_of(SMALL, weights)
    assert why.value.code == "damaged_model"


def test_the_choice_is_kept_and_asked_again_only_of_the_engine_kept(small, monkeypatch):
    engine, _ = chosen(candidates(small))
    assert choices.kept(candidates(small).key) == engine
    which = candidates(small)
    made = []
    for name, make in dict(which.makers).items():
        which.makers[name] = lambda name=name, make=make: made.append(name) or make()
    assert chosen(which)[0] == engine
    assert made == [engine]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": 1}', b"[" * 50_000, b"\xff"])
def test_a_damaged_list_of_choices_is_none(content, home):
    choices.keep("b", "torch")
    assert choices.kept("b") == "torch"
    (home / "cache" / "models" / "engines.json").write_bytes(content)
    assert choices.kept("a") == choices.kept("b") == ""
    choices.keep("b", "torch")
    assert choices.kept("b") == "torch"


def test_the_list_of_choices_does_not_grow_without_end(home):
    for number in range(250):
        choices.keep(str(number), "torch")
    kept = json.loads((home / "cache" / "models" / "engines.json").read_text())
    assert list(kept) == [str(number) for number in range(50, 250)]


def off_by_one(shape, weights):
    changed = dict(weights)
    changed["dense.bias"] = changed["dense.bias"] + 1
    return onnx_of(shape, changed)


def test_an_engine_whose_network_differs_from_the_weights_is_not_used(small, monkeypatch):
    monkeypatch.setattr(asking, "onnx_of", off_by_one)
    assert chosen(candidates(small))[0] == "torch"


def test_not_even_if_it_was_chosen_before(small, monkeypatch):
    choices.keep(candidates(small).key, "openvino")
    monkeypatch.setattr(asking, "onnx_of", off_by_one)
    assert chosen(candidates(small))[0] == "torch"


def test_a_network_that_no_engine_computes_rightly_is_refused(tmp_path):
    weights = random_weights(SMALL)
    folder = network_folder(tmp_path / "small", SMALL, weights)
    loaded = asking.ModelFolder(
        model(folder, SMALL, weights).card,
        {**weights, "dense.bias": weights["dense.bias"] + 1},
        vector_of(SMALL, weights),
    )
    with pytest.raises(Declined, match="no engine gives the numbers") as why:
        network_runner(loaded)
    assert why.value.code == "wrong_numbers"


def test_a_test_vector_that_lacks_an_answer_is_refused(small):
    broken = asking.ModelFolder(small.card, small.weights, {"input": small.test_vector["input"]})
    with pytest.raises(Unreadable) as why:
        network_runner(broken)
    assert why.value.code == "damaged_model"


def test_the_same_model_is_made_ready_once(small):
    assert network_runner(small) is network_runner(small)


def test_a_trial_tells_of_every_engine(tmp_path):
    trial = try_model(network_folder(tmp_path / "small", SMALL, random_weights(SMALL)), Silent())
    assert trial.passed
    assert {one.engine for one in trial.engines} >= {"openvino", "onnxruntime", "torch"}


def test_networks_without_a_card_are_computed_by_an_engine_that_agrees(monkeypatch):
    weights = random_weights(SMALL)
    assert asking.network_of_shape(SMALL, weights).engine in engines.installed()
    monkeypatch.setattr(asking, "onnx_of", off_by_one)
    assert asking.network_of_shape(SMALL, weights).engine == "torch"


def test_openvino_computes_in_32_bits(small):
    """In 16 bits it would be off by about a thousandth of the largest number."""
    weights = random_weights(SHAPES[1])
    vector = vector_of(SHAPES[1], weights, 16)
    make = makers_of(SHAPES[1], weights)["openvino"]
    dense, _ = make()(vector["input"])
    assert np.abs(dense - vector["dense"]).max() < 1e-5 * np.abs(vector["dense"]).max() + 1e-5
