from __future__ import annotations

import numpy as np
import pytest
import torch

from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import network_of, weights_of
from viewer.ai.networks.training import Course, dice_and_entropy, trained

SHAPE = NetworkShape(dimensions=2, inputs=1, widths=(4, 8), outputs=1, wholes=1)


def squares(random: np.random.Generator):
    truth = np.zeros((4, 1, 16, 16), np.float32)
    for one in truth:
        row, column = random.integers(0, 10, 2)
        one[0, row : row + 6, column : column + 6] = 1
    noise = random.normal(0, 0.5, truth.shape).astype(np.float32)
    return {"input": truth + noise, "truth": truth}


def loss(answers, batch):
    each, whole = answers
    return dice_and_entropy(each, batch["truth"]) + (whole**2).mean()


@pytest.mark.parametrize("dimensions", [2, 3])
def test_a_network_answers_each_voxel_and_the_whole(dimensions, tmp_path):
    shape = NetworkShape(dimensions=dimensions, inputs=2, widths=(3, 5, 7), outputs=2, wholes=3)
    net = network_of(shape, weights_of(trained(shape, lambda _: {}, loss, Course(1, 0), tmp_path)))
    with torch.inference_mode():
        each, whole = net(torch.zeros(1, 2, *(8,) * dimensions))
    assert each.shape == (1, 2, *(8,) * dimensions)
    assert whole.shape == (1, 3)


def test_learning_finds_squares_in_noise(tmp_path):
    net = trained(SHAPE, squares, loss, Course(3, 300, fastest=5e-3), tmp_path, say=lambda _: None)
    batch = squares(np.random.default_rng(99))
    with torch.inference_mode():
        each, _ = net(torch.from_numpy(batch["input"]))
    found = each.numpy() > 0
    truth = batch["truth"] > 0
    assert 2 * (found & truth).sum() / (found.sum() + truth.sum()) > 0.8


def test_a_run_that_was_broken_off_ends_as_one_that_was_not(tmp_path):
    course = Course(5, 120)

    class Enough(Exception):
        pass

    def breaks(_):
        raise Enough

    whole = trained(SHAPE, squares, loss, course, tmp_path / "a", say=lambda _: None)
    with pytest.raises(Enough):
        trained(SHAPE, squares, loss, course, tmp_path / "b", say=breaks)
    again = trained(SHAPE, squares, loss, course, tmp_path / "b", say=lambda _: None)
    for name, value in weights_of(whole).items():
        assert np.array_equal(value, weights_of(again)[name]), name


def test_a_run_on_other_pictures_begins_anew_and_never_goes_on_from_those(tmp_path):
    course = Course(5, 20)

    def brighter(random):
        batch = squares(random)
        return {**batch, "input": batch["input"] + np.float32(1)}

    trained(SHAPE, squares, loss, course, tmp_path / "a", say=lambda _: None)
    other = trained(SHAPE, brighter, loss, course, tmp_path / "a", say=lambda _: None)
    fresh = trained(SHAPE, brighter, loss, course, tmp_path / "b", say=lambda _: None)
    for name, value in weights_of(fresh).items():
        assert np.array_equal(weights_of(other)[name], value), name
