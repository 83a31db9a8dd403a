"""Recipes tried on what is on screen and applied, without a window."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage

from viewer.commands import enhancing
from viewer.core.errors import Declined
from viewer.core.recipe import Recipe, Step
from viewer.core.study import Catalogue
from viewer.render.describe import describe
from viewer.session.enhancing import Enhancing
from viewer.session.look import Viewing
from viewer.session.sheets import sheet_wanted

SIZE = (200, 160)


@pytest.fixture
def tried(desk, opened):
    """An open volume on which a Gaussian within slices is tried."""
    enhancing.follow_slices(desk)
    desk.session.catalogue.set(Catalogue((opened.study,)))
    desk.session.show(opened)
    enhancing.add(desk, "gaussian")
    enhancing.set_parameter(desk, 0, "flat", 1.0)
    desk.settle()
    return opened


def test_views_show_what_the_recipe_makes_and_say_so(desk, tried):
    axis, index = sheet_wanted(desk.session, 0)
    assert axis == 0
    scene = describe(desk.session, 0, SIZE)
    assert "Preview: enhanced" in scene.marks
    values = tried.image.values()[index]
    sigmas = [1.0 / step for step in tried.image.geometry.spacing_mm[1:]]
    truth = ndimage.gaussian_filter(values, sigmas, mode="mirror")
    assert scene.picture.voxels[0] == pytest.approx(truth, abs=0.1)
    assert scene.picture.geometry.origin == pytest.approx(
        tuple(tried.image.geometry.to_patient((index, 0, 0)))
    )


def test_the_slices_follow_the_reader(desk, tried):
    before = desk.session.enhancing.value.sheet(0)
    place = desk.session.place.value
    step = np.asarray(tried.image.geometry.affine[:3, 0])
    moved = tuple(float(x) for x in np.add(place.position, 2 * step))
    desk.session.place.set(replace(place, position=moved))
    desk.settle()
    after = desk.session.enhancing.value.sheet(0)
    assert abs(after.index - before.index) == 2
    assert after.index == sheet_wanted(desk.session, 0)[1]


def test_the_original_is_one_key_away(desk, tried):
    enhancing.compare(desk)
    scene = describe(desk.session, 0, SIZE)
    assert scene.picture.voxels is not None
    assert scene.picture.voxels.shape == tried.image.voxels.shape
    assert "Preview: enhanced" not in scene.marks


def test_a_parameter_beyond_its_bounds_changes_nothing(desk, tried):
    before = desk.session.enhancing.value
    with pytest.raises(Declined):
        enhancing.set_parameter(desk, 0, "sigma_mm", -1.0)
    assert desk.session.enhancing.value is before


def test_a_recipe_applied_makes_a_new_series_and_leaves_the_original(desk, tried):
    original = tried.image.values()
    enhancing.apply(desk)
    desk.settle()
    made = desk.session.active_image
    assert made.key != tried.key
    assert made.series.format == "derived"
    assert any(line.startswith("Derived") for line in made.image.provenance)
    assert made.image.geometry == tried.image.geometry
    assert not np.array_equal(made.image.values(), original)
    assert np.array_equal(desk.session.images.value.get(tried.key).image.values(), original)
    listed = desk.session.catalogue.value.find(made.key)
    assert listed is not None
    assert listed[0].uid == tried.study.uid


def test_a_recipe_that_needs_whole_slices_is_not_guessed_in_other_planes(desk, tried):
    enhancing.clear(desk)
    enhancing.add(desk, "clahe")
    desk.settle()
    now = desk.session.enhancing.value
    cells = desk.session.hanging.value.cells
    coronal = next(n for n, look in enumerate(cells) if look.viewing is Viewing.CORONAL)
    assert now.sheet(0) is not None
    assert now.sheet(coronal) is None
    assert "Original: no preview in this plane" in describe(desk.session, coronal, SIZE).marks


def test_steps_are_moved_and_removed(desk, tried):
    enhancing.add(desk, "median")
    enhancing.move(desk, 1, -1)
    steps = desk.session.enhancing.value.recipe.steps
    assert [step.filter for step in steps] == ["median", "gaussian"]
    enhancing.remove(desk, 0)
    assert [s.filter for s in desk.session.enhancing.value.recipe.steps] == ["gaussian"]
    enhancing.clear(desk)
    assert desk.session.enhancing.value == Enhancing()


def test_a_recipe_is_kept_as_a_file_and_opened_again(desk, tried, tmp_path):
    desk.asker.path = tmp_path / "soft.recipe.json"
    enhancing.save(desk)
    desk.settle()
    steps = desk.session.enhancing.value.recipe.steps
    enhancing.clear(desk)
    enhancing.load(desk)
    desk.settle()
    assert desk.session.enhancing.value.recipe == Recipe("soft", steps)


def test_a_file_that_is_no_recipe_is_named(desk, tried, tmp_path):
    desk.asker.path = tmp_path / "no.json"
    desk.asker.path.write_text("{}")
    enhancing.load(desk)
    desk.settle()
    assert "no recipe" in desk.session.message.value.sentence


def test_nothing_is_applied_without_a_volume_or_a_step(desk):
    with pytest.raises(Declined):
        enhancing.add(desk, "gaussian")
    with pytest.raises(Declined):
        enhancing.apply(desk)
    assert Step("gaussian").of("sigma_mm") is None
