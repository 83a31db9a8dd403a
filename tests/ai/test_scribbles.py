"""Learning from scribbles: as scikit-learn would, on textures that values cannot tell apart."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier

from viewer.ai import scribbles
from viewer.core.errors import Declined
from viewer.core.progress import Cancelled, Silent

PIXEL_MM = (0.9, 0.8)


def stripes_in_noise(count: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values of the same mean and spread everywhere, the truth, and a few scribbles."""
    chance = np.random.default_rng(2)
    _, y, x = np.indices((count, 120, 130))
    disc = np.hypot(y - 60, x - 65) < 32
    waves = 50 * np.sin(2 * np.pi * x / 6)
    values = np.where(disc, waves, chance.normal(0, 35, disc.shape)) + chance.normal(
        0, 8, disc.shape
    )
    marks = np.zeros(disc.shape, np.uint16)
    marks[1, 58:61, 45:85] = 1
    marks[1, 10:13, 20:110] = 2
    marks[1, 20:100, 8:11] = 2
    return values.astype(np.float32), disc, marks


def test_scribbles_on_one_slice_find_a_texture_on_all() -> None:
    values, disc, marks = stripes_in_noise()
    found = scribbles.taught_labels(values, marks, PIXEL_MM, Silent())
    assert (found[marks > 0] == marks[marks > 0]).all()
    inside = found == 1
    assert 2 * (inside & disc).sum() / (inside.sum() + disc.sum()) > 0.93


def test_the_compiled_forest_says_what_scikit_learn_says() -> None:
    values, _, marks = stripes_in_noise(2)
    taught = scribbles.teach(values, marks, PIXEL_MM, Silent())
    features = taught.bank.of(taught.scale.scaled(values[1]), PIXEL_MM)
    samples = scribbles._balanced(scribbles.Samples.of(features, marks[1]), 0)
    engine = RandomForestClassifier(
        scribbles.TREES, max_depth=14, min_samples_leaf=2, class_weight="balanced", random_state=0
    ).fit(samples.features, samples.classes)
    truth = engine.predict_proba(features.reshape(len(features), -1).T).T
    found = taught.chances(values[1], PIXEL_MM)
    assert found.reshape(2, -1) == pytest.approx(truth, abs=1e-5)
    assert taught.forest.classes == (1, 2)
    assert sum(taught.forest.worth) == pytest.approx(1)


def test_doubt_can_be_left_out_and_is_told() -> None:
    values, _, marks = stripes_in_noise(2)
    taught = scribbles.teach(values, marks, PIXEL_MM, Silent())
    labels, sure = scribbles.apply(taught, values, PIXEL_MM, Silent(), least=0.9)
    assert ((labels == 0) == (sure < 90)).mean() > 0.99
    assert (labels == 0).any()
    assert sure.max() <= 100


def test_one_class_teaches_nothing_and_work_can_be_stopped() -> None:
    values, _, marks = stripes_in_noise(2)
    for few in (np.where(marks == 1, marks, 0), np.zeros_like(marks)):
        with pytest.raises(Declined, match="two classes"):
            scribbles.teach(values, few, PIXEL_MM, Silent())

    class Stop:
        def report(self, done: float, doing: str = "") -> None:
            if done > 0.3:
                raise Cancelled

    with pytest.raises(Cancelled):
        scribbles.taught_labels(values, marks, PIXEL_MM, Stop())
