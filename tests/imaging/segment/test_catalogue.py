"""The list of operations: every one runs, within its bounds, its needs and its memory."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.core.errors import Declined
from viewer.core.progress import Cancelled, Silent
from viewer.core.recipe import Recipe, Step, recipe_from
from viewer.imaging.segment.apply import segmented, stepped
from viewer.imaging.segment.catalogue import OPERATIONS, operation_of
from viewer.imaging.segment.operation import COMMON, Choice, Ground, Need, Operation

SPACING = (2.0, 1.0, 0.8)
SIZE = (16, 36, 44)


def middle_mm() -> np.ndarray:
    lines = [
        (axis - (count - 1) / 2) * step
        for axis, count, step in zip(np.indices(SIZE), SIZE, SPACING, strict=True)
    ]
    return np.sqrt(sum(line**2 for line in lines))


BALL = middle_mm() <= 10


def ground(*, marked: bool = True) -> Ground:
    """A bright noisy ball with a mark inside (1) and one outside (2); padding at one side."""
    values = 200.0 * BALL + np.random.default_rng(1).normal(0, 10, SIZE)
    values[:, :2] = np.nan
    labels = np.zeros(SIZE, np.uint16)
    if marked:
        labels[middle_mm() < 4] = 1
        labels[2:14, 5, 5:40] = 2
    return Ground(values.astype(np.float32), labels, SPACING)


def overlap(labels: np.ndarray, label: int = 1) -> float:
    found = labels == label
    return float(2 * (found & BALL).sum() / (found.sum() + BALL.sum()))


BODY = ("range", "otsu", "li", "triangle", "hysteresis", "connected", "alike", "snake",
        "two_regions", "grow_from_seeds", "walker", "watershed", "graph_cut")  # fmt: skip


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.id)
def test_every_operation_keeps_grid_kind_and_padding(operation: Operation) -> None:
    before = ground()
    kept = before.labels.copy()
    found = stepped(before, Step(operation.id), Silent())
    assert found.shape == SIZE
    assert found.dtype == np.uint16
    assert (before.labels == kept).all()
    assert not found[np.isnan(before.values)].any()
    if operation.id in BODY:
        assert overlap(found) > 0.93


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.id)
def test_every_operation_declines_what_it_misses_and_stops_when_asked(
    operation: Operation,
) -> None:
    if Need.SEGMENT in operation.needs or Need.SEEDS in operation.needs:
        with pytest.raises(Declined, match=r"needs .*\.$"):
            stepped(ground(marked=False), Step(operation.id), Silent())

    class Stop:
        def report(self, done: float, doing: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        stepped(ground(), Step(operation.id), Stop())


def test_ids_are_unique_and_usual_values_lie_within_bounds() -> None:
    assert len({one.id for one in OPERATIONS}) == len(OPERATIONS)
    for operation in OPERATIONS:
        for parameter in operation.parameters:
            assert parameter.checked(parameter.usual) == parameter.usual
        names = {one.name for one in operation.parameters}
        assert not names & {one.name for one in COMMON}
        assert operation.help.endswith(".")


def test_a_recipe_goes_from_values_to_a_smooth_body_and_survives_its_file() -> None:
    steps = (
        Step("otsu"), Step("islands", (("what", "keep_largest"),)),
        Step("smooth", (("way", "closing"), ("mm", 2.0))), Step("margin", (("mm", 2.0),)),
    )  # fmt: skip
    recipe = Recipe("body", steps)
    assert recipe_from(recipe.as_json()) == recipe
    found = segmented(ground(marked=False), recipe, Silent())
    truth = middle_mm() <= 12
    assert 2 * ((found == 1) & truth).sum() / ((found == 1).sum() + truth.sum()) > 0.94


def test_what_becomes_of_a_result_can_be_chosen() -> None:
    marked = ground()
    bright = marked.values > 100
    inner = marked.mask
    low = (("low", 100.0),)
    for how, truth in (
        ("replace", bright), ("add", bright | inner), ("remove", inner & ~bright),
        ("inside", inner & bright),
    ):  # fmt: skip
        found = stepped(marked, Step("range", (*low, ("how", how))), Silent())
        assert ((found == 1) == truth).all()
        assert (found[marked.labels == 2] == 2).all()
    wide = (("low", -1000.0), ("spare", True))
    spared = stepped(marked, Step("range", wide), Silent())
    assert ((spared == 2) == (marked.labels == 2)).all()
    taken = stepped(marked, Step("range", wide[:1]), Silent())
    assert not (taken == 2).any()


def test_a_step_can_work_on_another_segment_and_pieces_get_free_numbers() -> None:
    labels = np.zeros(SIZE, np.uint16)
    labels[:, 10:14, 5:10] = 3
    labels[:, 20:26, 5:10] = 3
    labels[:, 30:33, 5:10] = 1
    start = Ground(np.zeros(SIZE, np.float32), labels, SPACING)
    step = Step("islands", (("segment", 3.0), ("what", "split"), ("least_ml", 0.0)))
    found = stepped(start, step, Silent())
    assert (found[:, 20:26, 5:10] == 3).all()
    assert (found[:, 10:14, 5:10] == 2).all()
    assert (found == 1).sum() == (labels == 1).sum()


def test_a_segment_of_another_group_may_overlap() -> None:
    marked = ground()
    both = Ground(marked.values, marked.labels, SPACING, beside=middle_mm() < 6)
    found = stepped(both, Step("intersection"), Silent())
    assert ((found == 1) == marked.mask).all()
    found = stepped(both, Step("union"), Silent())
    assert ((found == 1) == (middle_mm() < 6)).all()


@pytest.mark.parametrize(
    "step",
    [
        Step("nothing"), Step("margin", (("mm", 1000.0),)), Step("margin", (("wide", 1.0),)),
        Step("hollow", (("side", "left"),)), Step("otsu", (("segment", 0.0),)),
        Step("range", (("how", "perhaps"),)), Step("margin", (("mm", "wide"),)),
    ],
)  # fmt: skip
def test_a_step_that_cannot_be_taken_is_declined_in_a_sentence(step: Step) -> None:
    with pytest.raises(Declined, match=r"\.$"):
        stepped(ground(), step, Silent())


def test_what_would_take_too_much_memory_is_declined_before_it_begins() -> None:
    with pytest.raises(Declined, match="memory"):
        stepped(ground(), Step("walker"), Silent(), budget_bytes=1000)
    small = stepped(ground(), Step("margin", (("mm", 1.0),)), Silent(), budget_bytes=10**6)
    assert small.any()


def test_words_of_a_choice_have_titles() -> None:
    side = operation_of(Step("hollow")).parameters[1]
    assert isinstance(side, Choice)
    assert dict(side.words)["middle"] == "On both sides"
