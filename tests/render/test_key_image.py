"""Pictures that leave the window: PNGs with everything burnt in."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from viewer.render.burn import WARNING, scene_pixels, scene_png
from viewer.render.describe import describe
from viewer.render.key_image import draw_key_image, draw_overview
from viewer.render.paint import paint
from viewer.session.look import Viewing
from viewer.session.session import Place


def decoded(png):
    return cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)


def coloured(picture, colour):
    """How many pixels are of about a colour."""
    near = np.abs(picture[..., :3].astype(int) - colour[::-1]).max(axis=2) < 40
    return int(near.sum())


@pytest.fixture
def finding(bench):
    geometry = bench.thorax().geometry
    mask = bench.mask_of(geometry, bench.BALL, 6)
    return bench.finding_at(bench.BALL, 6, mask=mask, mean_value=1000.0, unit="[hnsf'U]")


def test_a_key_image_has_three_panels_with_the_lesion_in_the_middle_of_each(bench, finding):
    picture = decoded(draw_key_image(bench.thorax(), finding, ()))
    height, width = picture.shape[:2]
    panel = (width - 8) // 3
    assert height > panel
    for left in range(0, 3 * panel, panel + 4):
        middle = picture[panel // 2 - 4 : panel // 2 + 4, left + panel // 2 - 4 :][:, :8]
        assert (middle == 255).all()
        assert coloured(picture[:panel, left : left + panel], (255, 179, 64)) > 100


@pytest.mark.parametrize("number", range(0, 48, 9))
def test_a_key_image_does_not_depend_on_how_the_scan_was_stored(bench, finding, number):
    upright = decoded(draw_key_image(bench.thorax(), finding, ()))
    stored = bench.thorax(bench.ORIENTATIONS[number])
    assert upright.shape == decoded(draw_key_image(stored, finding, ())).shape


def test_synthetic_stands_on_every_panel(bench, finding):
    plain = decoded(draw_key_image(bench.thorax(), finding, ()))
    marked = decoded(draw_key_image(bench.thorax(synthetic=True), finding, ()))
    panel = (plain.shape[1] - 8) // 3
    for left in range(0, 3 * panel, panel + 4):
        here = np.s_[:panel, left : left + panel]
        assert coloured(marked[here], WARNING) > coloured(plain[here], WARNING) + 20


def test_a_lesion_at_the_edge_of_the_image_has_a_key_image_too(bench):
    volume = bench.thorax()
    corner = tuple(volume.geometry.to_patient((0, 0, 0)))
    assert decoded(draw_key_image(volume, bench.finding_at(corner, 4), ())).size


def test_other_images_than_ct_have_key_images(bench, finding):
    volume = bench.thorax(modality="MR", unit="1")
    assert decoded(draw_key_image(volume, finding, ())).max() == 255


def test_an_overview_shows_the_whole_slice_with_the_box(bench, finding):
    picture = decoded(draw_overview(bench.thorax(), finding, ()))
    assert picture.shape[0] == picture.shape[1]
    assert coloured(picture, (255, 179, 64)) > 50


def test_burning_leaves_the_picture_under_the_marks(bench, finding):
    session = bench.with_findings(bench.session_with(bench.thorax()), finding)
    session.place.set(Place(bench.BALL, bench.SPACE))
    scene = describe(session, 0, (400, 300))
    plain, marked = paint(scene), scene_pixels(scene)
    changed = (plain != marked).any(axis=2).mean()
    assert 0.005 < changed < 0.2
    assert np.array_equal(decoded(scene_png(scene)), marked[..., :3])


def test_names_in_any_script_and_long_lines_can_be_burnt(bench):
    session = bench.session_with(bench.thorax(), Viewing.CORONAL)
    opened = session.image_in(0)
    patient = replace(opened.study.patient, name="Иванов^Пётр " + "x" * 300)
    opened = replace(opened, study=replace(opened.study, patient=patient))
    session.images.set(session.images.value.with_image(opened))
    assert decoded(scene_png(describe(session, 0, (200, 150)))).shape == (150, 200, 3)


def test_an_empty_view_makes_a_png_with_its_sentence(bench):
    session = bench.session_with(bench.thorax())
    session.images.set(session.images.value.without(frozenset({"ct"})))
    assert decoded(scene_png(describe(session, 0, (200, 150)))).any()
