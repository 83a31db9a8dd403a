"""Recipes: checked, applied whole, in tiles and to one sheet, and kept as files."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Cancelled, Silent
from viewer.core.recipe import Recipe, Step, recipe_from
from viewer.imaging.enhance.apply import can_preview, enhanced, needs_bytes, preview, reach_of
from viewer.imaging.enhance.catalogue import FILTERS, Filter
from viewer.imaging.enhance.field import Field

SPACING = (2.0, 0.9, 0.9)


def field(shape: tuple[int, int, int] = (14, 36, 40)) -> Field:
    z, y, x = np.indices(shape)
    values = 100 + 2.0 * x + 30 * (np.hypot(y - 18, x - 20) < 8) + 3 * z
    noise = np.random.default_rng(11).normal(0, 4, shape)
    return Field((values + noise).astype(np.float32), SPACING)


def recipe(*steps: Step) -> Recipe:
    return Recipe("test", steps)


TILED = [one for one in FILTERS if one.reach is not None]


@pytest.mark.parametrize("one", TILED, ids=lambda one: one.id)
def test_tiles_give_the_same_as_the_whole(one: Filter) -> None:
    whole = enhanced(field(), recipe(Step(one.id)), Silent())
    budget = field().values[0].nbytes * 6 * (8 if one.id in ("sato", "blobs", "diffusion") else 6)
    tiles = enhanced(field(), recipe(Step(one.id)), Silent(), budget_bytes=budget)
    assert tiles == pytest.approx(whole, abs=1e-3)
    assert not np.array_equal(whole, field().values)


@pytest.mark.parametrize("axis", range(3))
@pytest.mark.parametrize("one", TILED, ids=lambda one: one.id)
def test_what_is_previewed_is_what_will_be(one: Filter, axis: int) -> None:
    if not can_preview(recipe(Step(one.id)), axis):
        assert one.whole_slice
        return
    whole = enhanced(field(), recipe(Step(one.id)), Silent())
    index = (7, 17, 21)[axis]
    sheet = preview(field(), recipe(Step(one.id)), axis, index, Silent())
    assert sheet == pytest.approx(np.moveaxis(whole, axis, 0)[index], abs=1e-3)


def test_steps_follow_one_another() -> None:
    both = enhanced(field(), recipe(Step("median"), Step("gaussian")), Silent())
    first = enhanced(field(), recipe(Step("median")), Silent())
    second = enhanced(replace(field(), values=first), recipe(Step("gaussian")), Silent())
    assert both == pytest.approx(second)


def test_what_is_no_value_stays_so_and_taints_nothing() -> None:
    holed = field()
    values = holed.values.copy()
    values[3:5, 10:14, 10:14] = np.nan
    values[6, 20, 20] = -2000
    nothing = values == -2000
    marked = Field.of(values, SPACING, nothing)
    done = enhanced(marked, recipe(Step("gaussian"), Step("stretch")), Silent())
    assert np.isnan(done[3:5, 10:14, 10:14]).all()
    assert done[6, 20, 20] == -2000
    rest = np.isfinite(done) & ~nothing
    assert done[rest].min() >= 80
    assert np.isfinite(done).sum() == done.size - 32


def test_an_image_without_any_value_comes_back_as_it_was() -> None:
    nothing = Field.of(np.full((2, 8, 8), np.nan, np.float32), SPACING)
    assert np.isnan(enhanced(nothing, recipe(Step("gaussian")), Silent())).all()


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (Step("sharper"), "unknown_filter"),
        (Step("gaussian", (("sigma_mm", 0.0),)), "bad_setting"),
        (Step("gaussian", (("sigma_mm", float("nan")),)), "bad_setting"),
        (Step("gaussian", (("sigma_mm", "wide"),)), "bad_setting"),
        (Step("gaussian", (("width", 1.0),)), "bad_setting"),
    ],
)
def test_a_step_beyond_its_bounds_is_declined_with_a_sentence(step: Step, code: str) -> None:
    with pytest.raises(Declined) as refused:
        enhanced(field(), recipe(step), Silent())
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_a_recipe_is_broken_off_between_slices() -> None:
    class Unwanted:
        def report(self, done: float, doing: str = "") -> None:
            if done > 0.2:
                raise Cancelled

    with pytest.raises(Cancelled):
        enhanced(field(), recipe(Step("median"), Step("gaussian")), Unwanted())


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.id)
def test_every_filter_is_described_and_its_usual_settings_are_within_bounds(one: Filter) -> None:
    assert one.help.endswith(".")
    for parameter in one.parameters:
        assert parameter.low <= parameter.usual <= parameter.high
        assert parameter.checked(parameter.usual) == parameter.usual
    done = enhanced(field((6, 24, 24)), recipe(Step(one.id)), Silent())
    assert done.dtype == np.float32
    assert np.isfinite(done).all()


def test_a_recipe_comes_back_from_its_file() -> None:
    made = recipe(Step("gaussian", (("flat", True), ("sigma_mm", 1.5))), Step("equalise"))
    back = recipe_from(made.as_json())
    assert back == made


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "{", '{"skiagram_recipe": 2, "name": "x", "steps": []}',
        '{"skiagram_recipe": 1, "name": "x", "steps": [{"filter": 3}]}',
        '{"skiagram_recipe": 1, "name": "x", "steps": [{"filter": "a", "settings": {"b": []}}]}',
        "[" * 60_000, " " * 70_000,
    ],
)  # fmt: skip
def test_a_file_that_is_no_recipe_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        recipe_from(text)
    assert refused.value.code == "bad_recipe"


def test_needs_are_bounded_by_the_budget_where_tiles_serve() -> None:
    shape = (100, 512, 512)
    voxels = 100 * 512 * 512 * 4
    assert needs_bytes(shape, recipe(Step("gaussian")), voxels) == 3 * voxels
    assert needs_bytes(shape, recipe(Step("frangi")), voxels) == 8 * voxels
    assert reach_of(Step("frangi"), SPACING) is None
