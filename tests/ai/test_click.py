"""The judge of one-click outlines."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from safetensors.numpy import save_file

from viewer.ai.click import click_model, load_click_model
from viewer.core.errors import Unreadable
from viewer.core.resources import resource_folder
from viewer.imaging.click.features import NAMES
from viewer.imaging.click.trees import Forest


def test_the_shipped_judge_gives_the_numbers_of_its_test_vector():
    model = click_model()
    assert model.card.features == NAMES
    assert model.author().is_model


def test_a_changed_weight_file_is_refused(tmp_path):
    folder = tmp_path / "one_click"
    shutil.copytree(resource_folder() / "models" / "one_click", folder)
    save_file({"value": np.zeros(3, np.float32)}, folder / "weights.safetensors")
    with pytest.raises(Unreadable):
        load_click_model(folder)


def test_a_forest_that_walks_in_circles_is_refused():
    arrays = {
        "feature": [0, 0], "threshold": [0, 0], "left": [0, -1], "right": [1, -1],
        "value": [0, 1], "roots": [0], "base": [0],
    }  # fmt: skip
    with pytest.raises(Unreadable):
        Forest.of({name: np.array(row, np.float32) for name, row in arrays.items()}, 1)


def test_a_forest_says_what_its_leaves_hold():
    arrays = {
        "feature": [0, 0, 0], "threshold": [0.5, 0, 0], "left": [1, -1, -1], "right": [2, -1, -1],
        "value": [0, 3, 7], "roots": [0], "base": [10],
    }  # fmt: skip
    forest = Forest.of({name: np.array(row, np.float32) for name, row in arrays.items()}, 1)
    assert forest(np.array([[0.5], [0.6]], np.float32)).tolist() == [13, 17]
