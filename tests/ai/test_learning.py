from __future__ import annotations

import numpy as np
import pytest

from viewer.ai import network_training
from viewer.ai.figures import curve
from viewer.ai.learning import regression
from viewer.ai.lessons import NODULE, OTHER, Lesson
from viewer.ai.network import asked, network_of
from viewer.ai.network_training import Trainer
from viewer.ai.samples import Samples, balanced

RANDOM = np.random.default_rng(6)


def test_the_regression_finds_the_weights_that_made_the_labels():
    numbers = RANDOM.normal(size=(4000, 3)) * [1, 10, 0.1]
    odds = numbers @ [1.5, -0.2, 0.0] - 1
    truth = (RANDOM.random(4000) < 1 / (1 + np.exp(-odds))).astype(float)
    found = regression(numbers, None, truth)
    slopes = found["odds.weight"][:3] / found["features.scale"]
    assert slopes[:2] == pytest.approx([1.5, -0.2], rel=0.15)
    assert found["odds.weight"][3] == 0


def test_a_third_of_every_batch_are_nodules():
    truth = np.zeros(500)
    truth[:20] = 1
    chosen = balanced(truth, 60, RANDOM)
    assert truth[chosen].sum() == 20


@pytest.fixture
def lesson_samples():
    """Bright middles are nodules."""
    truth = np.arange(60) % 2
    cubes = RANDOM.integers(0, 40, (60, 2, 8, 8, 8), dtype=np.uint8)
    cubes[truth == 1, :, 3:5, 3:5, 3:5] = 250
    return Samples(np.zeros((60, 1)), cubes, truth.astype(float))


def test_the_network_learns_what_is_bright(tmp_path, lesson_samples, monkeypatch):
    monkeypatch.setattr(network_training, "STEPS", 60)
    trainer = Trainer(1, 2, tmp_path)
    for _ in range(2):
        trainer.round(lesson_samples)
    odds = asked(network_of(trainer.weights()), lesson_samples.cubes.astype(np.float32) / 255)
    order = np.argsort(odds)
    assert lesson_samples.truth[order[-20:]].mean() > 0.9


def test_a_broken_off_training_goes_on_where_it_stood(tmp_path, lesson_samples, monkeypatch):
    monkeypatch.setattr(network_training, "STEPS", 1)
    trainer = Trainer(1, 4, tmp_path)
    trainer.round(lesson_samples)
    trainer.save()
    again = Trainer(1, 4, tmp_path)
    assert again.rounds == 1
    trainer.round(lesson_samples)
    again.round(lesson_samples)
    assert all(np.allclose(again.weights()[k], v) for k, v in trainer.weights().items())


def lesson(truth, which, sizes):
    count = len(truth)
    numbers, cubes = np.zeros((count, 1)), np.zeros((count, 0), np.uint8)
    return Lesson(
        numbers, cubes, np.array(truth), np.array(which), np.array(sizes), np.zeros(count)
    )


def test_sensitivity_and_false_marks_are_counted_per_nodule_and_per_scan():
    lessons = [
        lesson([NODULE, OTHER, OTHER], [0, -1, -1], [8.0, 6.0]),
        lesson([NODULE, NODULE, OTHER], [0, 0, -1], [5.0]),
    ]
    found = curve(lessons, [np.array([0.9, 0.8, 0.1]), np.array([0.3, 0.7, 0.2])])
    assert found.nodules == 3
    point = found.point(0.5)
    assert point.sensitivity == pytest.approx(2 / 3, abs=1e-3)
    assert point.false_positives_per_scan == 0.5
    assert found.at(0.0) == pytest.approx(1 / 3)
    assert found.threshold_for(0.5) == pytest.approx(0.7)
