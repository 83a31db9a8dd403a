"""Maps of what a network's answer hangs on: where they are high, and when they are not shown."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from viewer.ai.explaining.asked import Target, score_of
from viewer.ai.explaining.methods import (
    Method,
    evidence,
    grad_cam,
    integrated_gradients,
    occlusion,
)
from viewer.ai.explaining.trying import LIMIT, Deletion, Sanity, alike, deletion, sanity, shuffled
from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import Net
from viewer.ai.networks.training import Course, trained
from viewer.core.progress import Cancelled, Silent

SIDE = 24


def disc(random, *, there=True):
    """A noisy picture with a bright disc, and where the disc is."""
    picture = random.normal(0, 0.3, (SIDE, SIDE)).astype(np.float32)
    y, x = np.indices((SIDE, SIDE))
    row, column = random.integers(6, SIDE - 6, 2)
    inside = (y - row) ** 2 + (x - column) ** 2 <= 16
    return (picture + 2 * inside * there).astype(np.float32), inside


@pytest.fixture(scope="module")
def net(tmp_path_factory):
    """A network that has learned to tell whether there is a disc."""

    def draw(random):
        truth = np.arange(16) % 2 == 0
        pictures = [disc(random, there=bool(one))[0] for one in truth]
        return {
            "input": np.stack(pictures)[:, None].astype(np.float32),
            "truth": truth[:, None].astype(np.float32),
        }

    def loss(answers, batch):
        return binary_cross_entropy_with_logits(answers[1], batch["truth"])

    shape = NetworkShape(dimensions=2, inputs=1, widths=(8, 12, 16), wholes=1)
    course = Course(seed=1, steps=80, fastest=5e-3)
    return trained(shape, draw, loss, course, tmp_path_factory.mktemp("run"), lambda _: None)


@pytest.fixture
def seen():
    picture, inside = disc(np.random.default_rng(5))
    return picture[None], inside


@pytest.mark.parametrize("method", list(Method))
def test_the_map_is_highest_on_what_the_network_learned_to_look_for(net, seen, method):
    picture, inside = seen

    found = evidence(net, picture, Target(), method, Silent(), 5)

    assert found.shape == inside.shape
    assert found.min() >= 0
    y, x = np.unravel_index(found.argmax(), found.shape)
    near = np.argwhere(inside)
    assert np.hypot(*(near - [y, x]).T).min() <= 3
    assert found[inside].mean() > 2 * found[~inside].mean()


@pytest.mark.parametrize("method", list(Method))
def test_shuffled_weights_give_another_map(net, seen, method):
    picture, _ = seen
    again = partial(_again, picture, method)
    found = again(net, Silent())

    tried = sanity(net, found, again, Silent())

    assert tried.passed
    assert tried.alike < LIMIT
    assert [name for name, _ in tried.stages] == ["answer", "level 2", "everything"]


def _again(picture, method, net, progress):
    return evidence(net, picture, Target(), method, progress, 5)


def test_a_map_that_does_not_depend_on_the_weights_fails(net, seen):
    picture, _ = seen
    edges = np.abs(np.gradient(picture[0])[0])

    tried = sanity(net, edges, lambda _net, _progress: edges, Silent())

    assert not tried.passed
    assert tried.alike == pytest.approx(1)
    assert "not shown" in tried.in_words


def test_shuffling_goes_from_the_answer_down_and_leaves_the_network_as_it_was(net):
    before = {name: value.clone() for name, value in net.state_dict().items()}

    stages = list(shuffled(net, 1))

    assert [name for name, _ in stages] == ["answer", "level 3", "level 2", "level 1"]
    first, last = stages[0][1].state_dict(), stages[-1][1].state_dict()
    assert torch.equal(first["down.0.0.weight"], before["down.0.0.weight"])
    assert not torch.equal(last["down.0.0.weight"], before["down.0.0.weight"])
    sorted_ = torch.sort(last["down.0.0.weight"].flatten()).values
    assert torch.equal(sorted_, torch.sort(before["down.0.0.weight"].flatten()).values)
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())


def test_hiding_what_is_marked_changes_more_than_hiding_elsewhere(net, seen):
    picture, inside = seen

    right = deletion(net, picture, Target(), inside.astype(np.float32))
    wrong = deletion(net, picture, Target(), np.roll(inside, 12, axis=0).astype(np.float32))

    assert right.marked > right.elsewhere
    assert right.beaten > 0.7
    assert right.marked > wrong.marked
    assert right.passed
    assert "not shown" not in right.in_words


def test_a_map_on_which_the_answer_hangs_no_more_than_on_the_rest_fails():
    tried = Deletion(marked=0.2, elsewhere=0.4, beaten=0.3)
    assert not tried.passed
    assert "not shown" in tried.in_words


def test_integrated_gradients_add_up_to_the_answer(net, seen):
    picture, _ = seen
    even = np.full_like(picture, picture.mean())

    shares = integrated_gradients(net, picture, Target(), Silent())

    gap = score_of(net, picture, Target()) - score_of(net, even, Target())
    assert shares.sum() == pytest.approx(gap, rel=0.1, abs=0.1)


def test_hiding_the_whole_picture_leaves_what_an_even_one_gives(net, seen):
    picture, _ = seen
    even = np.full_like(picture, picture.mean())

    found = occlusion(net, picture, Target(), Silent(), SIDE)

    gap = score_of(net, picture, Target()) - score_of(net, even, Target())
    assert found == pytest.approx(np.full((SIDE, SIDE), gap), abs=1e-3)


def test_a_region_of_a_network_in_three_dimensions_can_be_explained():
    torch.manual_seed(0)
    net = Net(NetworkShape(dimensions=3, inputs=2, widths=(4, 6), outputs=1)).eval()
    picture = np.random.default_rng(0).normal(size=(2, 8, 8, 8)).astype(np.float32)
    region = np.zeros((8, 8, 8), np.bool_)
    region[2:4, 2:4, 2:4] = True
    target = Target(0, region)

    found = occlusion(net, picture, target, Silent(), 3)

    assert found.shape == (8, 8, 8)
    assert np.abs(found[:5, :5, :5]).max() > 10 * np.abs(found[-1, -1, -1]).max()
    assert grad_cam(net, picture, target).shape == (8, 8, 8)


def test_a_network_without_such_an_answer_is_refused(seen):
    net = Net(NetworkShape(dimensions=2, inputs=1, widths=(4,), outputs=1)).eval()
    with pytest.raises(ValueError, match="as a whole"):
        score_of(net, seen[0], Target())


def test_hiding_stops_when_it_is_cancelled(net, seen):
    class Stop:
        def report(self, done, text=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        occlusion(net, seen[0], Target(), Stop())


def test_even_maps_are_like_nothing():
    assert alike(np.zeros((3, 3), np.float32), np.eye(3, dtype=np.float32)) == 0


def test_the_sentence_tells_how_alike_the_maps_are():
    assert "0.12" in Sanity((("answer", 0.9), ("everything", 0.12))).in_words
