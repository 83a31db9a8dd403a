"""A reading with its nodules rated: what is told, and what could not be."""

from __future__ import annotations

import numpy as np

from viewer.ai.card import read_card
from viewer.ai.reading import Reading
from viewer.ai.second_reader import model_folder
from viewer.cohort.rating import rated
from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.finding import RATED, Finding
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume


def ball(geometry, centre, radius_mm):
    places = geometry.to_patient(np.argwhere(np.ones(geometry.shape, bool)))
    away = np.linalg.norm(places - geometry.to_patient(centre), axis=1)
    return (away <= radius_mm).reshape(geometry.shape)


def finding(name, inside, geometry, score):
    model = Author("finder", True, "1")
    box = ((0, 0, 0), (0, 0, 0), (1, 1, 1))
    mask = Mask(inside, geometry)
    return Finding(name, NODULE, None, *box, 9.0, 400.0, "key", model, score, mask=mask)


def test_shown_nodules_are_rated_and_what_lies_in_fat_is_noted():
    geometry = Geometry.from_axes((28, 48, 96), (0, 0, 0), np.eye(3)[::-1], (1.25, 0.7, 0.7))
    in_lung, in_fat = ball(geometry, (14, 24, 24), 4.5), ball(geometry, (14, 24, 76), 4.5)
    voxels = np.full(geometry.shape, -850, np.int16)
    voxels[:, :, 50:] = -90
    voxels[in_lung | in_fat] = 40
    volume = Volume(voxels, geometry, "[hnsf'U]", "CT", "key")
    cards = (read_card(model_folder()),)
    findings = (
        finding("lung", in_lung, geometry, 0.9),
        finding("fat", in_fat, geometry, 0.8),
        finding("low", in_lung, geometry, 0.1),
    )
    reading = Reading((), findings, 0.5, cards, Author("finder", True, "1"), ())
    result = rated(volume, reading)
    told = {
        one.id: [r for r in one.explanation if r.name.startswith(RATED)] for one in result.findings
    }
    assert {name: bool(lines) for name, lines in told.items()} == {
        "lung": True,
        "fat": False,
        "low": False,
    }
    assert 0 < told["lung"][0].value < 100
    assert [notice.code for notice in result.notices] == ["not_rated"]
    assert [card.id for card in result.models] == ["lung_nodules", "nodule_malignancy"]
    assert all(one.status == "proposed" for one in result.findings)
