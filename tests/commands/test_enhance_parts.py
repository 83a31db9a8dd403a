"""Recipes for slices and regions, kept by name, matched; series denoised and made finer."""

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands import (
    enhance_apply,
    enhance_figures,
    enhance_others,
    enhance_recipes,
    enhancing,
)
from viewer.commands.enhance_preview import follow_slices
from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.errors import Declined
from viewer.core.geometry import position_of
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.progress import Silent
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Catalogue
from viewer.core.target import Aim, Target
from viewer.imaging.enhance.quality import contrast_to_noise, signal_to_noise
from viewer.imaging.measuring import values_inside
from viewer.session.sheets import sheet_wanted


@pytest.fixture
def tried(desk, opened):
    """An open volume on which a median within slices is tried."""
    follow_slices(desk)
    desk.session.catalogue.set(Catalogue((opened.study,)))
    desk.session.show(opened)
    enhancing.add(desk, "median")
    desk.settle()
    return opened


def rectangle(opened, number, low, high, slice_index):
    grid = opened.image.geometry
    corners = [(low[0], low[1]), (low[0], high[1]), (high[0], high[1]), (high[0], low[1])]
    points = tuple(position_of(grid.to_patient((slice_index, a, b))) for a, b in corners)
    anchor = Anchor(opened.key, grid.frame_of_reference_uid, position_of(grid.directions[0]))
    return Measurement(
        id=f"1.{number}", kind=MeasurementKind.RECTANGLE, points=points, anchor=anchor,
        author=Author("Dr. Roe"),
    )  # fmt: skip


def with_measurements(desk, figures):
    record = desk.session.record
    record.set(replace(record.value, measurements=figures))


def derived(desk):
    enhance_apply.apply(desk)
    desk.settle()
    return desk.session.active_image


def test_the_slice_on_screen_alone_is_enhanced_and_the_series_says_so(desk, tried):
    found = enhance_apply.targets(desk)
    assert [one.aim for one in found] == [Aim.SERIES, Aim.SLICES]
    enhance_apply.aim(desk, found[1])
    made = derived(desk)
    index = sheet_wanted(desk.session, 0).index
    original = tried.image.values()
    changed = (made.image.values() != original).any(axis=(1, 2))
    assert np.flatnonzero(changed).tolist() == [index]
    assert f"slice {index + 1} only" in made.series.notices[0].sentence
    assert any("everything else is the original" in line for line in made.image.provenance)


def test_slices_are_chosen_by_their_numbers(desk, tried):
    desk.asker.text = "2-3"
    enhance_apply.choose_slices(desk)
    assert desk.session.enhancing.value.target == Target(Aim.SLICES, 1, 2)
    changed = (derived(desk).image.values() != tried.image.values()).any(axis=(1, 2))
    assert np.flatnonzero(changed).tolist() == [1, 2]


@pytest.mark.parametrize("text", ["", "a-b", "0-2", "3-2", "1-9999", "-4"])
def test_slices_that_there_are_none_of_are_declined(text):
    with pytest.raises(Declined, match=r"\.$"):
        enhance_apply.slices_from(text, 40)


def test_a_measured_region_alone_is_enhanced(desk, tried):
    with_measurements(desk, (rectangle(tried, 1, (4.4, 5.4), (12.6, 15.6), 3),))
    target = next(t for t in enhance_apply.targets(desk) if t.aim is Aim.MEASUREMENT)
    enhance_apply.aim(desk, target)
    changed = derived(desk).image.values() != tried.image.values()
    where = np.argwhere(changed)
    assert set(where[:, 0]) == {3}
    assert where[:, 1].min() >= 5
    assert where[:, 1].max() <= 12
    assert where[:, 2].max() <= 15


def test_a_segment_alone_is_enhanced_and_one_that_is_gone_is_declined(desk, tried):
    labels = np.zeros(tried.image.geometry.shape, np.uint8)
    labels[1:3, 4:9, 4:9] = 1
    tissue = Code("85756007", "SCT", "Tissue")
    shape = Segmentation(
        "1.5", "Mine", labels, tried.image.geometry,
        (Segment(1, "Lump", tissue, tissue, (255, 0, 0)),), Author("Dr. Roe"), tried.key,
    )  # fmt: skip
    record = desk.session.record
    record.set(record.value.with_segmentation(shape))
    target = next(t for t in enhance_apply.targets(desk) if t.aim is Aim.SEGMENT)
    assert target.words == "the segment Lump"
    enhance_apply.aim(desk, target)
    changed = derived(desk).image.values() != tried.image.values()
    assert changed.any()
    assert not changed[labels == 0].any()
    record.set(replace(record.value, segmentations=()))
    desk.session.hanging.set(desk.session.hanging.value)
    enhance_apply.apply(desk)
    desk.settle()
    assert "not there any more" in desk.session.message.value.sentence


def test_a_recipe_is_kept_by_name_and_applied_to_another_study_in_one_go(desk, tried):
    desk.asker.text = "Soft"
    enhance_recipes.keep(desk)
    desk.settle()
    assert [one.name for one in desk.session.recipes.value] == ["Soft"]
    enhancing.clear(desk)
    desk.session.recipes.set(())
    enhance_recipes.list_kept(desk)
    desk.settle()
    enhance_recipes.use_at_once(desk, "Soft")
    desk.settle()
    made = desk.session.active_image
    assert made.key != tried.key
    assert any("enhanced by Soft" in line for line in made.image.provenance)
    desk.asker.yes = True
    enhance_recipes.forget(desk, "Soft")
    desk.settle()
    assert desk.session.recipes.value == ()
    with pytest.raises(Declined, match="no recipe called"):
        enhance_recipes.use(desk, "Soft")


def test_the_histogram_of_another_open_series_is_matched(desk, tried):
    values = tried.image.values() * 3 + 500
    image = replace(tried.image, voxels=values, slope=1.0, intercept=0.0, series_key="other")
    other = replace(tried, series=replace(tried.series, key="other", number=9), image=image)
    desk.session.images.set(desk.session.images.value.with_image(other))
    assert [one.key for one in enhancing.others_open(desk)] == ["other"]
    enhancing.clear(desk)
    enhancing.like(desk, "other")
    desk.settle()
    step = desk.session.enhancing.value.recipe.steps[0]
    assert step.filter == "match"
    assert step.note == other.series.title
    made = derived(desk)
    assert np.median(made.image.values()) == pytest.approx(np.median(values), rel=0.02)


def test_signal_and_contrast_to_noise_are_those_of_the_regions_before_and_after(desk, tried):
    index = sheet_wanted(desk.session, 0).index
    one = rectangle(tried, 1, (1.5, 0.5), (5.5, 4.5), index)
    other = rectangle(tried, 2, (1.5, 6.5), (5.5, 10.5), index)
    with_measurements(desk, (one, other))
    enhance_figures.measure_regions(desk)
    desk.settle()
    lines = desk.session.enhancing.value.regions
    made = desk.session.enhancing.value.sheet(0).volume
    before = [values_inside(figure, tried.image) for figure in (one, other)]
    after = [values_inside(figure, made) for figure in (one, other)]
    assert lines == (
        f"SNR 1: {signal_to_noise(before[0]):.3g} → {signal_to_noise(after[0]):.3g}",
        f"SNR 2: {signal_to_noise(before[1]):.3g} → {signal_to_noise(after[1]):.3g}",
        f"CNR 1, 2: {contrast_to_noise(*before):.3g} → {contrast_to_noise(*after):.3g}",
    )


def test_a_finer_grid_is_a_series_that_says_it_is_interpolated(desk, tried):
    grid = tried.image.geometry
    desk.asker.text = "Equal steps in all directions, cubic B-spline"
    enhance_others.resample(desk)
    desk.settle()
    made = desk.session.active_image
    least = min(grid.spacing_mm)
    assert made.image.geometry.spacing_mm == pytest.approx((least,) * 3, rel=0.1)
    assert made.series.notices[0].code == "derived"
    assert "no detail was gained" in made.series.notices[0].sentence


def test_a_denoised_series_says_how_it_was_made(desk, opened):
    noise = np.random.default_rng(1).normal(0, 20, (4, 40, 40)).astype(np.float32)
    grid = replace_grid(opened.image.geometry, noise.shape)
    image = replace(
        opened.image, voxels=noise + 100, geometry=grid, origins=(), slope=1.0, intercept=0.0,
        padding=None,
    )  # fmt: skip
    applied = enhance_others.denoised_apart(opened.series, image, Silent(), steps=20)
    assert applied.volume.voxels.std() < noise.std()
    assert "Noise2Self" in applied.series.notices[0].sentence
    assert any("SHA-256" in line for line in applied.volume.provenance)


def replace_grid(grid, shape):
    return type(grid)(shape, grid.affine, grid.frame_of_reference_uid)
