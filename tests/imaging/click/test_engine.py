"""One click on lesions of known outline."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.click import click_model
from viewer.core.geometry import Geometry
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume
from viewer.imaging.click import engine
from viewer.imaging.click.engine import Clicks, segment_click
from viewer.imaging.click.hover import AIR, FLAT, KINDS, LUNG, NO_HU, UPTAKE, would_work
from viewer.imaging.click.measures import lesion_measures
from viewer.imaging.click.spreading import summed_steps, worst_step
from viewer.imaging.segment_shape import shape_of
from viewer.imaging.segment_values import values_in

CENTRE = (20, 32, 30)
SPACING = (2.0, 1.0, 1.0)


def ball(radius_mm: float = 9.0, at: tuple[int, int, int] = CENTRE) -> np.ndarray:
    away = (np.indices((40, 64, 64)).T - np.array(at)).T * np.array(SPACING)[:, None, None, None]
    return np.linalg.norm(away, axis=0) < radius_mm


UNITS = {"CT": "[hnsf'U]", "PT": "g/ml{SUVbw}"}


def volume(values: np.ndarray, modality: str, unit: str = "") -> Volume:
    grid = Geometry.from_axes(values.shape, (5.0, -7.0, 40.0), np.eye(3)[::-1], SPACING, "1.2.3")
    unit = unit or UNITS.get(modality, "1")
    return Volume(values.astype(np.float32), grid, unit, modality, "phantom")


def lesion(modality: str) -> tuple[Volume, np.ndarray]:
    inside, random = ball(), np.random.default_rng(1)
    ground, top, noise = {"CT": (-850, 40, 20), "MR": (300, 620, 20), "PT": (0.8, 7.0, 0.2)}[
        modality
    ]
    values = np.where(inside, top, ground) + random.normal(0, noise, inside.shape)
    return volume(values, modality), inside


def placed(mask, image: Volume) -> np.ndarray:
    whole = np.zeros(image.geometry.shape, bool)
    start = np.rint(image.geometry.to_index(mask.geometry.origin)).astype(int)
    whole[tuple(slice(a, a + n) for a, n in zip(start, mask.voxels.shape, strict=True))] = (
        mask.voxels
    )
    return whole


def dice(one: np.ndarray, other: np.ndarray) -> float:
    return 2 * np.count_nonzero(one & other) / (np.count_nonzero(one) + np.count_nonzero(other))


@pytest.mark.parametrize("modality", ["CT", "MR", "PT"])
def test_one_click_outlines_a_ball(modality):
    image, inside = lesion(modality)
    result = segment_click(image, Clicks((CENTRE,)), modality, click_model().forest)
    mask = result.mask()
    assert mask is not None
    assert dice(placed(mask, image), inside) > 0.8
    measures = lesion_measures(image, mask)
    assert measures.diameter_mm == pytest.approx(18, abs=3)
    assert np.allclose(measures.centre, image.geometry.to_patient(CENTRE), atol=1.5)


def test_sizes_are_nested_and_grow_evenly():
    image, _ = lesion("CT")
    result = segment_click(image, Clicks((CENTRE,)), "CT", click_model().forest)
    volumes = [result.volume_mm3(size) for size in range(-5, 6)]
    factors = np.array(volumes[1:]) / np.array(volumes[:-1])
    assert np.all(factors >= 1)
    assert np.all(factors < 1.5)
    assert result.next_size(0, 1) > 0 > result.next_size(0, -1)


def test_a_cut_takes_the_clicked_voxel_out_and_an_added_one_comes_in():
    image, _ = lesion("MR")
    beside = (20, 32, 46)
    added = segment_click(image, Clicks((CENTRE, beside)), "MR", click_model().forest)
    assert added.coarse().voxels[tuple(added.block.index_of(beside))]
    cut = segment_click(image, Clicks((CENTRE,), ((20, 37, 30),)), "MR", click_model().forest)
    for size in (0, 3):
        assert not cut.coarse(size).voxels[tuple(cut.block.index_of((20, 37, 30)))]
        assert cut.coarse(size).voxels[cut.block.click]


def test_hovering_says_why_a_click_would_not_work():
    image, _ = lesion("CT")
    assert would_work(image, CENTRE) == ""
    assert would_work(image, (5, 5, 5)) == LUNG
    assert would_work(volume(np.full((40, 64, 64), -1000.0), "CT"), CENTRE) == AIR
    assert would_work(volume(np.full((40, 64, 64), 50.0), "CT"), CENTRE) == FLAT
    assert would_work(lesion("PT")[0], (5, 5, 5)) == UPTAKE
    assert would_work(volume(np.full((40, 64, 64), 50.0), "US"), CENTRE) == KINDS


def test_a_ct_in_other_values_than_hu_is_refused_and_uptake_is_low_in_suv_alone():
    image, inside = lesion("CT")
    assert would_work(volume(image.values(), "CT", "1"), CENTRE) == NO_HU
    low = np.where(inside, 0.009, 0.001) + np.random.default_rng(1).normal(0, 2e-4, inside.shape)
    assert would_work(volume(low, "PT"), CENTRE) == UPTAKE
    assert would_work(volume(low, "PT", "{propcounts}"), CENTRE) == ""


def test_an_outline_of_which_nothing_is_left_is_not_sure_at_all(monkeypatch):
    image, _ = lesion("CT")
    monkeypatch.setattr(engine, "corrected", lambda made, *_: np.zeros_like(made))
    result = segment_click(image, Clicks((CENTRE,)), "CT", click_model().forest)
    assert (result.certainty, result.mask()) == (0.0, None)
    assert result.reason


def test_an_outline_that_clicks_push_to_the_end_of_what_is_seen_says_so(monkeypatch):
    image, _ = lesion("CT")
    monkeypatch.setattr(engine, "corrected", lambda made, *_: np.ones_like(made))
    result = segment_click(image, Clicks((CENTRE,)), "CT", click_model().forest)
    assert "reaches further" in result.reason


@pytest.mark.parametrize("signs", [(1, 1, 1), (-1, 1, -1)])
def test_measures_are_those_of_segment_statistics_on_a_tilted_grid(signs):
    inside, turn = ball(), np.array([[0.8, 0.6, 0.0], [-0.6, 0.8, 0.0], [0.0, 0.0, 1.0]])
    tilted = np.eye(3)[::-1] @ turn * np.array(signs)[:, None]
    grid = Geometry.from_axes(inside.shape, (5.0, -7.0, 40.0), tilted, SPACING, "1.2.3")
    values = np.random.default_rng(1).normal(40, 20, inside.shape).astype(np.float32)
    image = Volume(values, grid, UNITS["CT"], "CT", "phantom")
    measures = lesion_measures(image, Mask(inside, grid))
    shape, within = shape_of(inside, grid), values_in(image, inside, grid)
    assert measures.volume_mm3 == pytest.approx(1000 * shape.volume_ml)
    assert measures.mean == pytest.approx(within.mean)
    assert measures.diameter_mm == pytest.approx(shape.axes.long.length_mm, abs=0.5)
    assert np.allclose(measures.centre, shape.centre)
    assert np.allclose((measures.low, measures.high), (shape.low, shape.high))


def test_ways_are_those_of_an_independent_search():
    from skimage.graph import MCP

    cost = np.random.default_rng(0).integers(1, 60, (9, 11, 10)).astype(np.uint8)
    seed = np.array([[4, 5, 5]])
    found = summed_steps(cost, seed, np.array([16, 16, 16]), 4000)
    search = MCP(cost.astype(float), fully_connected=False)
    true, _ = search.find_costs([(4, 5, 5)])
    assert np.array_equal(found, (true - cost[4, 5, 5]).astype(int))
    worst = worst_step(cost, seed)
    for level in (10, 25, 40):
        from scipy.ndimage import label

        passable = cost <= level
        passable[4, 5, 5] = True
        pieces, _ = label(passable)
        assert np.array_equal(worst <= level, pieces == pieces[4, 5, 5])
