"""Recipes tried on what is on screen and applied, without a window."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage

from viewer.commands import enhance_apply, enhance_recipes, enhancing
from viewer.commands.enhance_preview import follow_slices, refresh
from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.core.recipe import Recipe, Step
from viewer.core.study import Catalogue
from viewer.imaging.enhance.derive import enhanced_volume
from viewer.render.describe import describe
from viewer.render.paint import paint
from viewer.session.enhancing import Enhancing, Refusal
from viewer.session.gestures import Button, Hand, Pointer, begin
from viewer.session.look import Viewing
from viewer.session.oblique import STANDARD, rotation
from viewer.session.sheets import sheet_wanted

SIZE = (200, 160)


@pytest.fixture
def tried(desk, opened):
    """An open volume on which a Gaussian within slices is tried."""
    follow_slices(desk)
    desk.session.catalogue.set(Catalogue((opened.study,)))
    desk.session.show(opened)
    enhancing.add(desk, "gaussian")
    enhancing.set_parameter(desk, 0, "flat", 1.0)
    desk.settle()
    return opened


def test_views_show_what_the_recipe_makes_and_say_so(desk, tried):
    where = sheet_wanted(desk.session, 0)
    assert where.axis == 0
    index = where.index
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
    assert abs(after.where.index - before.where.index) == 2
    assert after.where == sheet_wanted(desk.session, 0)


def test_the_original_is_one_key_away(desk, tried):
    enhancing.compare(desk)
    scene = describe(desk.session, 0, SIZE)
    assert scene.picture.voxels is not None
    assert scene.picture.voxels.shape == tried.image.voxels.shape
    assert "Preview: enhanced" not in scene.marks


def test_a_divider_has_the_original_left_and_the_result_right(desk, tried):
    enhancing.swipe(desk)
    parted = paint(describe(desk.session, 0, SIZE))
    enhancing.swipe(desk)
    after = paint(describe(desk.session, 0, SIZE))
    enhancing.compare(desk)
    before = paint(describe(desk.session, 0, SIZE))
    half = SIZE[0] // 2
    assert np.array_equal(parted[:, :half], before[:, :half])
    assert np.array_equal(parted[:, half:], after[:, half:])
    assert not np.array_equal(before, after)


def test_the_divider_is_dragged_whatever_the_tool_and_stays_in_the_picture(desk, tried):
    enhancing.swipe(desk)
    hand = Hand(desk.session, 0, None)
    place = Pointer(101.0, 50.0, size=SIZE)
    gesture = begin(hand, Button.LEFT, place)
    next(gesture)
    gesture.send(replace(place, x=50.0))
    assert desk.session.enhancing.value.swipe == 0.25
    gesture.send(replace(place, x=-30.0))
    assert desk.session.enhancing.value.swipe == 0.02
    with pytest.raises(StopIteration):
        gesture.send(replace(place, pressed=False))


def test_a_parameter_beyond_its_bounds_changes_nothing(desk, tried):
    before = desk.session.enhancing.value
    with pytest.raises(Declined):
        enhancing.set_parameter(desk, 0, "sigma_mm", -1.0)
    assert desk.session.enhancing.value is before


def test_a_recipe_applied_makes_a_new_series_and_leaves_the_original(desk, tried):
    original = tried.image.values()
    enhance_apply.apply(desk)
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


def test_a_recipe_that_needs_whole_slices_is_tried_in_other_planes_too(desk, tried):
    enhancing.clear(desk)
    enhancing.add(desk, "clahe")
    desk.settle()
    now = desk.session.enhancing.value
    cells = desk.session.hanging.value.cells
    coronal = next(n for n, look in enumerate(cells) if look.viewing is Viewing.CORONAL)
    made = now.sheet(coronal)
    whole = enhanced_volume(tried.image, now.recipe, Silent())
    index = made.where.index
    assert made.volume.voxels[:, 0] == pytest.approx(whole.voxels[:, index])
    assert "Preview: enhanced" in describe(desk.session, coronal, SIZE).marks


def test_a_turned_plane_shows_the_values_that_the_whole_volume_would_have(desk, tried):
    cells = desk.session.hanging.value.cells
    coronal = next(n for n, look in enumerate(cells) if look.viewing is Viewing.CORONAL)
    space = tried.image.geometry.frame_of_reference_uid
    axes = STANDARD[Viewing.CORONAL].turned(rotation((0.3, 0.2, 0.9), 0.5))
    planes = desk.session.planes.value
    desk.session.planes.set(replace(planes, turned=((space, Viewing.CORONAL, axes),)))
    desk.settle()
    scene = describe(desk.session, coronal, SIZE)
    assert "Preview: enhanced" in scene.marks
    now = desk.session.enhancing.value
    whole = enhanced_volume(tried.image, now.recipe, Silent())
    truth = replace(scene.picture, voxels=whole.voxels, geometry=whole.geometry)
    shown, wanted = paint(scene), paint(replace(scene, picture=truth))
    assert np.array_equal(shown, wanted)
    assert wanted[..., 0].std() > 5


def test_a_slab_shows_the_values_that_the_whole_volume_would_have(desk, tried):
    hanging = desk.session.hanging.value
    step = 3 * tried.image.geometry.spacing_mm[0]
    desk.session.hanging.set(hanging.changed(0, lambda look: replace(look, slab_mm=step)))
    desk.settle()
    scene = describe(desk.session, 0, SIZE)
    assert "Preview: enhanced" in scene.marks
    whole = enhanced_volume(tried.image, desk.session.enhancing.value.recipe, Silent())
    truth = replace(scene.picture, voxels=whole.voxels, geometry=whole.geometry)
    assert np.array_equal(paint(scene), paint(replace(scene, picture=truth)))


def test_what_would_take_too_long_is_said_in_the_view_and_not_tried_again(desk, tried):
    where = sheet_wanted(desk.session, 0)
    now = desk.session.enhancing.value
    refusal = Refusal(now.recipe, where, "A preview in this plane would take about 90 s.")
    desk.session.enhancing.set(replace(now, sheets=(), refused=((0, refusal),)))
    refresh(desk)
    desk.settle()
    assert desk.session.enhancing.value.sheet(0) is None
    marks = describe(desk.session, 0, SIZE).marks
    assert "Original: A preview in this plane would take about 90 s." in marks


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
    enhance_recipes.save(desk)
    desk.settle()
    steps = desk.session.enhancing.value.recipe.steps
    enhancing.clear(desk)
    enhance_recipes.load(desk)
    desk.settle()
    assert desk.session.enhancing.value.recipe == Recipe("soft", steps)


def test_a_file_that_is_no_recipe_is_named(desk, tried, tmp_path):
    desk.asker.path = tmp_path / "no.json"
    desk.asker.path.write_text("{}")
    enhance_recipes.load(desk)
    desk.settle()
    assert "no recipe" in desk.session.message.value.sentence


def test_nothing_is_applied_without_a_volume_or_a_step(desk):
    with pytest.raises(Declined):
        enhancing.add(desk, "gaussian")
    with pytest.raises(Declined):
        enhance_apply.apply(desk)
    assert Step("gaussian").of("sigma_mm") is None
