from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.ai.tuning.small_model import WHEN, site, small_model
from viewer.ai.adapting import adapt
from viewer.ai.improving import Improved, Lessons, _by_training, better, improved
from viewer.ai.tuning import fitting
from viewer.ai.tuning.tail import Tail, log_odds, net_of
from viewer.ai.tuning.weights import keep_weights, read_weights
from viewer.ai.verdicts import is_held_out
from viewer.core.errors import Declined
from viewer.core.progress import Cancelled, Silent

WAYS = (fitting.Way("last block", 0.001),)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("model")


@pytest.fixture(scope="module")
def model(folder):
    return small_model(folder)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(fitting, "MOST_STEPS", 75)
    monkeypatch.setattr(fitting, "WAYS", WAYS)


@pytest.fixture(scope="module")
def verdicts(model):
    return site(model)


@pytest.fixture(scope="module")
def made(folder, verdicts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "MOST_STEPS", 75)
        patch.setattr(fitting, "WAYS", WAYS)
        return improved(Lessons(*verdicts, folder), WHEN, Silent())


def test_a_false_mark_that_only_the_picture_tells_is_learned_by_the_network(made):
    learned = made.learned
    assert learned.is_better
    assert learned.tuned_sha256
    assert learned.layers == "last block"
    assert learned.after.area > learned.before.area + 0.2
    assert made.beside.startswith("Weighed alone")


def test_only_the_last_block_changed(made, model, tmp_path):
    keep_weights(tmp_path / "models", made.weights)
    now = read_weights(tmp_path / "models", made.learned.tuned_sha256, model)
    changed = {name for name in now if not np.array_equal(now[name], model.weights[name])}
    assert changed
    assert all(name.startswith(("network.blocks.3", "network.head")) for name in changed)
    assert not any("running" in name for name in changed)


def test_a_network_that_learned_from_shuffled_verdicts_is_refused_by_those_held_out(folder, model):
    given = site(model, shuffled=True)
    assert not improved(Lessons(*given, folder), WHEN, Silent()).weights


def test_patients_held_out_are_never_learned_from_and_the_rest_gives_the_same_weights(
    made, folder, verdicts, model
):
    corrections, crops = verdicts
    hash_ = model.card.weights_sha256
    held = {one.patient for one in corrections if is_held_out(one.patient, hash_)}
    turned = tuple(replace(o, right=not o.right) if o.patient in held else o for o in corrections)
    weighing = adapt(corrections, WHEN, Silent())
    again = _by_training(Lessons(turned, crops, folder), model, weighing, Silent())
    assert again.learned.gain[0] < 0
    assert again.weights == made.weights


def test_without_crops_or_with_too_few_its_pushes_are_weighed_all_the_same(folder, verdicts):
    corrections, crops = verdicts
    none = improved(Lessons(corrections, (), folder), WHEN, Silent())
    assert "Without image crops" in none.beside
    few = improved(Lessons(corrections, crops[:12], folder), WHEN, Silent())
    assert "too few verdicts with image crops" in few.beside
    assert not none.weights + few.weights


def test_crops_of_another_shape_are_not_looked_at(folder, verdicts):
    corrections, crops = verdicts
    odd = tuple(replace(one, voxels=one.voxels[:, :6]) for one in crops)
    assert not improved(Lessons(corrections, odd, folder), WHEN, Silent()).weights


def test_of_two_that_are_as_good_the_simpler_one_is_used(made):
    weighing = Improved(replace(made.learned, tuned_sha256="", layers="", anchor=0.0))
    assert better(weighing, replace(made, more=0.004)).weights == b""
    assert better(weighing, replace(made, more=0.01)).weights == made.weights
    worse = replace(made, learned=replace(made.learned, gain=(0.1, -0.1, 0.3)))
    assert better(weighing, replace(worse, more=0.9)).weights == b""


def test_it_can_be_stopped(folder, verdicts):
    class Stopping:
        def report(self, done: float, doing: str = "") -> None:
            if done > 0.3:
                raise Cancelled

    with pytest.raises(Cancelled):
        improved(Lessons(*verdicts, folder), WHEN, Stopping())


def test_too_few_verdicts_are_declined(folder, verdicts):
    with pytest.raises(Declined, match="too few verdicts to learn from"):
        improved(Lessons(verdicts[0][:20], verdicts[1], folder), WHEN, Silent())


def test_last_layers_as_they_came_leave_scores_as_they_are(model, verdicts):
    corrections, crops = verdicts
    voxels = np.stack([one.voxels for one in crops[:8]])
    odds = np.array([one.odds for one in corrections[:8]])
    net = net_of(model.weights)
    known = fitting.Pupil.of(net, voxels, np.ones(8), 1.3, Silent())
    np.testing.assert_allclose(fitting.scored(Tail(net).eval(), known, odds), odds, atol=1e-5)
    np.testing.assert_allclose(known.came.numpy(), log_odds(net, voxels), atol=1e-5)
