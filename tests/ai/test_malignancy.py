"""The rating of nodules: a folder without code, its numbers, its reasons, its refusals."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from viewer.ai.card import load_folder
from viewer.ai.malignancy import (
    GROUPS,
    load_malignancy_model,
    malignancy_model,
    model_of,
    rate,
    reasons,
    standardised,
)
from viewer.ai.trial import try_model
from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.resources import resource_folder
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume
from viewer.imaging.nodule_shape import SHAPE_NAMES, NoduleShape

FOLDER = resource_folder() / "models" / "nodule_malignancy"


def shapes(count=60):
    """Made-up shapes over all that was learned from."""
    weights = malignancy_model().weights
    random = np.random.default_rng(2)
    rows = weights["mean"] + random.normal(0, 1.5, (count, len(SHAPE_NAMES))) * weights["scale"]
    logarithmic = [k for k in range(len(SHAPE_NAMES)) if SHAPE_NAMES[k] in LOGARITHMIC]
    rows[:, logarithmic] = np.exp(rows[:, logarithmic])
    return rows


LOGARITHMIC = (
    "volume_diameter_mm", "longest_mm", "shortest_mm", "height_mm", "surface_to_volume",
    "roughness",
)  # fmt: skip


def test_the_shipped_model_gives_the_numbers_of_its_test_vector():
    assert try_model(FOLDER, Silent()).passed
    assert malignancy_model().card.features == SHAPE_NAMES
    assert malignancy_model().card.proven


def test_the_folder_holds_numbers_and_words_only():
    assert {path.suffix for path in FOLDER.iterdir()} == {".json", ".safetensors"}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 100_000
    words = (FOLDER / "model.json").read_text().lower()
    assert "opinion of readers, not pathology" in words
    assert "cc by 3.0" in words


def test_pushes_and_base_add_up_to_the_log_odds_and_groups_hold_every_feature_once():
    names = [name for _, members in GROUPS for name in members]
    assert sorted(names) == sorted(SHAPE_NAMES)
    model = malignancy_model()
    for row in shapes():
        told = model.rating(NoduleShape(*row))
        total = told.base + sum(push for _, push in told.pushes)
        assert told.risk == pytest.approx(1 / (1 + np.exp(-total)), abs=1e-9)
        assert told.low < told.risk < told.high
        lines = reasons(told)
        assert sum(one.contribution or 0 for one in lines) == pytest.approx(total, abs=0.005)


def test_a_larger_nodule_of_the_same_form_is_riskier():
    model = malignancy_model()
    row = np.exp(model.weights["mean"])
    form = [k for k in range(len(SHAPE_NAMES)) if SHAPE_NAMES[k] not in LOGARITHMIC]
    row[form] = model.weights["mean"][form]
    risks = []
    for times in (0.6, 1.0, 1.6, 2.5):
        larger = row.copy()
        larger[:4] *= times
        larger[SHAPE_NAMES.index("surface_to_volume")] /= times
        risks.append(float(model.risks(larger[np.newaxis])[0]))
    assert risks == sorted(risks)
    assert risks[0] < 0.3
    assert risks[-1] > 0.7


def test_a_model_of_labels_at_random_gives_other_contributions():
    from sklearn.linear_model import LogisticRegression

    model = malignancy_model()
    rows = shapes(400)
    standard = standardised(rows, model.weights)
    labels = model.risks(rows) > 0.5
    dealt = np.random.default_rng(5).permutation(labels)
    right, wrong = (LogisticRegression(C=0.1).fit(standard, each) for each in (labels, dealt))
    pushes = model.pushes(rows)
    like = np.corrcoef((standard * right.coef_).ravel(), pushes.ravel())[0, 1]
    unlike = np.corrcoef((standard * wrong.coef_).ravel(), pushes.ravel())[0, 1]
    assert like > 0.9
    assert unlike < 0.5


def test_changed_or_unfitting_weights_are_refused(tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(FOLDER, folder)
    weights = load_file(folder / "weights.safetensors")
    save_file(weights | {"weight": -weights["weight"]}, folder / "weights.safetensors")
    with pytest.raises(Unreadable, match="vouches"):
        load_malignancy_model(folder)
    found = load_folder(FOLDER)
    for name, value in (
        ("scale", np.zeros(14)),
        ("weight", np.zeros(3)),
        ("bias", np.array([np.nan])),
    ):
        other = replace(found, weights={**found.weights, name: value.astype(np.float32)})
        with pytest.raises(Unreadable, match="damaged"):
            model_of(other)
    card = json.loads((FOLDER / "model.json").read_text())
    assert card["accepts"]["modalities"] == ["CT"]


def nodule(radius_mm=6.0, around=-850, spacing=(1.25, 0.7, 0.7)):
    """A ball in the middle of a block of lung, and its mask on its own little grid."""
    shape = tuple(int(2 * (radius_mm + 8) / step) for step in spacing)
    geometry = Geometry.from_axes(shape, (-50, 20, 10), np.eye(3)[::-1], spacing)
    middle = (np.array(shape) - 1) / 2
    away = np.linalg.norm((np.indices(shape).T - middle) * spacing, axis=-1).T
    voxels = np.where(away <= radius_mm, 30, around).astype(np.int16)
    start, stop = (3, 3, 3), tuple(n - 3 for n in shape)
    cut = np.ascontiguousarray(away[3:-3, 3:-3, 3:-3] <= radius_mm)
    mask = Mask(cut, geometry.crop(start, stop))
    return Volume(voxels, geometry, "[hnsf'U]", "CT", "key"), mask


def test_images_and_outlines_it_was_not_made_for_are_declined():
    volume, mask = nodule()
    assert 0 < rate(volume, mask, Silent()).risk < 1
    for other, outline, words in (
        (replace(volume, modality="PT"), mask, "a PET"),
        (replace(volume, unit="1"), mask, "Hounsfield"),
        (*nodule(around=20), "no lung"),
        (*nodule(radius_mm=1.2), "mm"),
        (*nodule(radius_mm=24, spacing=(2.5, 1.0, 1.0)), "3 to 45 mm"),
        (*nodule(radius_mm=14, spacing=(6.0, 0.7, 0.7)), "thick"),
    ):
        with pytest.raises(Declined, match=words):
            rate(other, outline, Silent())


def test_an_outline_of_another_grid_is_declined():
    volume, mask = nodule()
    affine = mask.geometry.affine.copy()
    affine[:3, 3] += 0.3
    elsewhere = Mask(mask.voxels, Geometry(mask.geometry.shape, affine))
    with pytest.raises(Declined, match="another image"):
        rate(volume, elsewhere, Silent())
