"""Similar nodules: a table of numbers, the nearest first, with what their readers said."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.numpy import load_file, save

from tests.ai.test_malignancy import shapes
from viewer.ai.similar import (
    FILE,
    RATED,
    SHOWN,
    SIMILAR,
    cases_in,
    known_cases,
    lines,
    placed,
    read_cases,
    similar_cases,
)
from viewer.core.errors import Unreadable
from viewer.core.resources import resource_folder
from viewer.imaging.nodule_shape import SHAPE_NAMES

TABLE = resource_folder() / "cases" / FILE


def made(count=12):
    return {
        "shapes": shapes(count).astype(np.float32),
        "patients": np.arange(count, dtype=np.float32) // 2 + 7,
        "malignancy": np.tile(np.array([2, 3, 5, 0], np.float32), (count, 1)),
        "ratings": np.full((count, len(RATED)), 4.5, np.float32),
    }


def test_the_shipped_table_holds_numbers_only_and_is_small():
    parts = load_file(TABLE)
    assert set(parts) == {"shapes", "patients", "malignancy", "ratings"}
    assert TABLE.stat().st_size < 1_000_000
    assert len(known_cases().shapes) > 1000


def test_a_nodule_of_the_study_is_nearest_to_itself_and_others_follow_by_distance():
    cases = known_cases()
    for row in (3, 700):
        found = cases.nearest(cases.shapes[row])
        assert len(found) == SHOWN
        assert found[0].distance < 1e-6
        assert found[0].patient == f"LIDC-IDRI-{cases.patients[row]:04d}"
        assert np.all(np.diff([one.distance for one in found]) >= 0)


def test_the_nearest_are_those_of_an_independent_count():
    cases = known_cases()
    asked = shapes(4)[2]
    rows = placed(np.concatenate([asked[np.newaxis], cases.shapes]))
    away = np.sqrt(((rows[1:] - rows[0]) ** 2).sum(axis=1))
    found = similar_cases(asked)
    assert np.allclose([one.distance for one in found], np.sort(away)[:SHOWN])


def test_similar_nodules_are_about_as_large():
    cases = known_cases()
    longest = SHAPE_NAMES.index("longest_mm")
    rows = np.arange(0, len(cases.shapes), 60)
    near = [np.median([o.longest_mm for o in cases.nearest(cases.shapes[r])]) for r in rows]
    assert np.corrcoef(np.log(near), np.log(cases.shapes[rows, longest]))[0, 1] > 0.9


def test_a_line_tells_who_how_large_and_what_each_reader_said():
    cases = cases_in(save(made()))
    (first, *others) = lines(cases.nearest(cases.shapes[3]))
    assert first.name.startswith(SIMILAR)
    assert "LIDC-IDRI-0008 nodule 2" in first.name
    assert "malignancy by its readers 2 3 5 of 5" in first.name
    assert first.value == 0
    assert len(others) == SHOWN - 1


@pytest.mark.parametrize("part", ["shapes", "patients", "malignancy", "ratings"])
def test_a_table_whose_parts_do_not_fit_is_refused(part):
    for broken in (np.zeros((3, 3), np.float32), np.full_like(made()[part], np.nan)):
        with pytest.raises(Unreadable) as why:
            cases_in(save({**made(), part: broken}))
        assert why.value.code == "damaged_model"


def test_another_table_than_the_shipped_one_is_refused(tmp_path):
    path = tmp_path / FILE
    path.write_bytes(save(made()))
    with pytest.raises(Unreadable) as why:
        read_cases(path)
    assert why.value.code == "hash_mismatch"
    with pytest.raises(Unreadable):
        read_cases(tmp_path / "nothing")
