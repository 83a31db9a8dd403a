"""Learning from pictures without labels, on squares that are bright or dark."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import Net
from viewer.ai.networks.training import Course, trained
from viewer.ai.semi.learning import Guessed, consistent, guessed, pseudo_labelled
from viewer.imaging.evaluation.classification import area_under

WHOLE = NetworkShape(dimensions=2, inputs=1, widths=(4, 8), wholes=1)
DENSE = NetworkShape(dimensions=2, inputs=1, widths=(4, 8), outputs=1)


def squares(count, seed, share=0.5):
    """Noise (n, 1, 16, 16), in some a square somewhere; who has one, and where it is."""
    chance = np.random.default_rng(seed)
    pictures = chance.normal(0, 0.5, (count, 1, 16, 16)).astype(np.float32)
    marked = np.arange(count) < count * share
    where = np.zeros_like(pictures)
    for number in np.flatnonzero(marked):
        row, column = chance.integers(10, size=2)
        where[number, 0, row : row + 5, column : column + 5] = 1
    return pictures + 1.5 * where, marked, where


def entropy(answers, batch):
    odds = answers[0] if answers[0] is not None else answers[1]
    return torch.nn.functional.binary_cross_entropy_with_logits(odds, batch["truth"])


def labelled(pictures, truth):
    def draw(chance):
        rows = chance.integers(len(pictures), size=8)
        return {"input": pictures[rows], "truth": truth[rows].astype(np.float32)}

    return draw


def noisy(pictures, chance):
    return (pictures + chance.normal(0, 0.3, pictures.shape)).astype(np.float32)


def views_of(pool):
    def views(chance):
        chosen = pool[chance.integers(len(pool), size=8)]
        return chosen, noisy(chosen, chance)

    return views


def score(net, pictures):
    with torch.inference_mode():
        return net(torch.from_numpy(pictures))[1][:, 0].double().numpy()


def test_both_ways_learn_to_tell_squares_from_noise(tmp_path):
    pictures, marked, _ = squares(12, 0)
    pool, _, _ = squares(80, 1)
    asked, truth, _ = squares(60, 2)
    few = labelled(pictures, marked[:, np.newaxis])
    course = Course(0, 60, fastest=5e-3, name="first")
    first = trained(WHOLE, few, entropy, course, tmp_path, lambda _: None)
    more = pseudo_labelled(few, guessed(first, pool, sure=0.8), noisy)
    again = trained(WHOLE, more, entropy, Course(0, 60, 5e-3, name="b"), tmp_path, lambda _: None)
    draw, loss = consistent(few, views_of(pool), entropy, sure=0.8)
    both = trained(WHOLE, draw, loss, Course(0, 60, 5e-3, name="c"), tmp_path, lambda _: None)
    for net in (again, both):
        assert area_under(truth, score(net, asked)) > 0.9


def test_only_pictures_that_the_network_is_sure_of_are_guessed(tmp_path):
    pictures, marked, _ = squares(40, 0)
    draw = labelled(pictures, marked[:, np.newaxis])
    net = trained(WHOLE, draw, entropy, Course(0, 80, 5e-3), tmp_path, lambda _: None)
    pool, hidden, _ = squares(100, 3)
    some, all_ = guessed(net, pool, sure=0.9), guessed(net, pool, sure=0.5)
    assert 0 < len(some.rows) < len(all_.rows) == len(pool)
    right = (some.truth[:, 0] == hidden[some.rows]).mean()
    assert right >= (all_.truth[:, 0] == hidden).mean()
    assert np.array_equal(some.pictures, pool[some.rows])


def test_guesses_come_after_the_labels_both_kinds_alike_often():
    pictures, marked, _ = squares(20, 0)
    pool, _, _ = squares(50, 1)
    truth = np.zeros((50, 1), np.float32)
    truth[:5] = 1
    guesses = Guessed(pool, truth, np.arange(50))
    draw = pseudo_labelled(labelled(pictures, marked[:, np.newaxis]), guesses, noisy)
    batches = [draw(np.random.default_rng(seed)) for seed in range(40)]
    assert {len(one["input"]) for one in batches} == {16}
    share = np.mean([one["truth"][8:].mean() for one in batches])
    assert 0.4 < share < 0.6


def test_without_a_sure_guess_nothing_is_added():
    pictures, marked, _ = squares(20, 0)
    nothing = Guessed(pictures[:0], np.zeros((0, 1), np.float32), np.zeros(0, np.intp))
    draw = labelled(pictures, marked[:, np.newaxis])
    same = pseudo_labelled(draw, nothing, noisy)
    one, other = draw(np.random.default_rng(1)), same(np.random.default_rng(1))
    assert np.array_equal(one["input"], other["input"])


def test_two_views_that_are_answered_alike_cost_less_than_two_that_are_not():
    pictures, marked, _ = squares(8, 0)
    _, loss = consistent(
        labelled(pictures, marked[:, np.newaxis]), views_of(pictures), entropy, sure=0.9
    )
    batch = {"input": torch.zeros(6, 1, 16, 16), "truth": torch.ones(2, 1), "views": torch.zeros(2)}
    known, weak = [[4.0], [4.0]], [[5.0], [-5.0]]
    alike = loss((None, torch.tensor([*known, *weak, [5.0], [-5.0]])), batch)
    apart = loss((None, torch.tensor([*known, *weak, [-5.0], [5.0]])), batch)
    unsure = loss((None, torch.tensor([*known, [0.5], [-0.5], [-5.0], [5.0]])), batch)
    alone = torch.nn.functional.binary_cross_entropy_with_logits(
        torch.tensor(known), torch.ones(2, 1)
    )
    assert apart > alike + 3
    assert unsure.item() == pytest.approx(alone.item())


def test_the_view_that_is_hardly_changed_is_the_truth_and_is_not_pulled():
    pictures, marked, _ = squares(8, 0)
    _, loss = consistent(labelled(pictures, marked[:, np.newaxis]), views_of(pictures), entropy)
    odds = torch.tensor([[4.0], [5.0], [-1.0]], requires_grad=True)
    batch = {"input": torch.zeros(3, 1, 4, 4), "truth": torch.ones(1, 1), "views": torch.zeros(1)}
    loss((None, odds), batch).backward()
    assert odds.grad[1].item() == 0
    assert odds.grad[2].item() < 0


def test_networks_that_answer_each_voxel_are_trained_the_same_way(tmp_path):
    pictures, _, where = squares(12, 0, share=1)
    pool, _, _ = squares(30, 1, share=1)
    draw, loss = consistent(labelled(pictures, where), views_of(pool), entropy, sure=0.7)
    net = trained(DENSE, draw, loss, Course(0, 60, 5e-3), tmp_path, lambda _: None)
    guesses = guessed(net, pool, sure=0.7)
    assert guesses.truth.shape[1:] == (1, 16, 16)
    asked, _, truth = squares(20, 5, share=1)
    with torch.inference_mode():
        odds = net(torch.from_numpy(asked))[0].numpy()
    assert area_under(truth.ravel() > 0, odds.ravel().astype(np.float64)) > 0.9


def test_a_network_that_was_asked_gives_the_same_again():
    torch.manual_seed(0)
    net, pool = Net(WHOLE), squares(5, 0)[0]
    assert np.array_equal(guessed(net, pool, sure=0.5).truth, guessed(net, pool, sure=0.5).truth)
