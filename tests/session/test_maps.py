from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.geometry import Geometry
from viewer.core.score_map import ScoreMap
from viewer.core.volume import Volume
from viewer.session import maps as kept
from viewer.session.maps import Maps, fits

GRID = Geometry((2, 3, 4), np.eye(4), "frame")
MODEL = Author("Model", True, "1", "ab" * 32)


def score_map(id_="1", key="a", *, author=MODEL, about="", grid=GRID):
    voxels = np.zeros((2, 3, 4), np.uint8)
    return ScoreMap(id_, "Probability", "Meaning.", voxels, grid, key, author, about=about)


def test_a_new_reading_takes_the_place_of_the_last_by_the_same_model_on_the_same_series():
    other = score_map("other", author=replace(MODEL, name="Other"))
    elsewhere = score_map("elsewhere", "b")
    maps = Maps((score_map("old"), other, elsewhere))
    again = maps.with_reading("a", "Model", (score_map("new"),))
    assert [one.id for one in again.items] == ["other", "elsewhere", "new"]
    assert again.chosen == "new"


def test_a_file_opened_over_another_series_leaves_the_map_of_the_first():
    maps = Maps((score_map("1", "a"),)).with_opened((score_map("1", "b"),))
    assert [one.series_key for one in maps.items] == ["a", "b"]
    assert len(maps.with_opened((score_map("1", "a"),)).items) == 2


def test_what_explains_a_finding_stays_until_it_is_explained_anew():
    maps = Maps((score_map("why", about="f1"), score_map("old")))
    assert [one.id for one in maps.with_reading("a", "Model", ()).items] == ["why"]
    newer = maps.with_reading("a", "Model", (score_map("again", about="f1"),))
    assert [one.id for one in newer.items] == ["again"]


def test_the_explanation_of_the_selected_finding_is_drawn_before_the_newest_map():
    maps = Maps((score_map("whole"), score_map("why", about="f1")))
    keys = frozenset("a")
    assert maps.drawn(keys).id == "whole"
    assert maps.drawn(keys, "f1").id == "why"
    assert replace(maps, chosen="whole").drawn(keys, "f1").id == "whole"
    assert replace(maps, shown=False).drawn(keys) is None
    assert maps.drawn(frozenset("b")) is None


def test_maps_go_with_their_series():
    maps = Maps((score_map("1"), score_map("2", "b")))
    assert [one.id for one in maps.without(frozenset("a")).items] == ["2"]
    assert maps.without(frozenset("c")) is maps


def test_the_oldest_go_when_there_is_too_much(monkeypatch):
    monkeypatch.setattr(kept, "MOST_BYTES", 50)
    maps = Maps((score_map("1"), score_map("2", "b")))
    third = maps.with_reading("c", "Model", (score_map("3", "c"),))
    assert [one.id for one in third.items] == ["2", "3"]


def test_a_map_fits_only_the_very_grid_it_was_made_on():
    image = Volume(np.zeros((2, 3, 4), np.int16), GRID, "1", "CT", "a")
    assert fits(score_map(), image)
    moved = GRID.affine.copy()
    moved[0, 3] += 1
    other = Geometry(GRID.shape, moved, "frame")
    assert not fits(score_map(grid=other), image)
    assert not fits(score_map(grid=None), image)


def test_opacity_and_floor_are_shares():
    with pytest.raises(ValueError, match="shares"):
        Maps(opacity=1.5)
