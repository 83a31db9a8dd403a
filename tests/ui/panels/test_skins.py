"""Surfaces in 3D follow the edits: only what changed is made anew, and the newest wins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.code import LEFT_LUNG, NODULE
from viewer.core.segmentation import Segment, Segmentation
from viewer.ui.skins import Skins

pytestmark = pytest.mark.window


@pytest.fixture
def drawn(opened):
    labels = np.zeros(opened.geometry.shape, np.uint8)
    labels[4:12, 10:18, 10:18] = 1
    labels[30:40, 30:40, 30:40] = 7
    segments = (Segment(1, "One", NODULE), Segment(7, "Seven", LEFT_LUNG))
    return Segmentation(
        "2.25.5", "Boxes", labels, opened.geometry, segments, Author("Dr. Roe"), "key"
    )


@pytest.fixture
def skins(desk, settle, drawn):
    told = []
    made = Skins(desk, 0, lambda: told.append(1))
    made.told = told
    assert made.of((drawn,), "1.8") == ()
    settle()
    return made


def volumes(bodies):
    return {body.key.rpartition("/")[2]: body.surface.volume_mm3 for body in bodies}


def test_every_segment_has_its_surface(skins, drawn):
    found = volumes(skins.of((drawn,), "1.8"))
    assert found == {"1": pytest.approx(8**3 * 8, rel=0.02), "7": pytest.approx(8000, rel=0.02)}
    assert len(skins.told) == 2


def test_after_a_stroke_only_its_segment_is_made_anew_and_the_old_one_stays_till_then(
    skins, drawn, settle
):
    before = {body.key: body for body in skins.of((drawn,), "1.8")}
    stroke = drawn.label_map.with_box((12, 10, 10), np.full((4, 8, 8), 1, np.uint8))
    edited = replace(drawn, label_map=stroke)
    assert {body.key: body for body in skins.of((edited,), "1.8")} == before
    settle()
    after = {body.key: body for body in skins.of((edited,), "1.8")}
    assert after["2.25.5/7"] is before["2.25.5/7"]
    assert after["2.25.5/1"].surface.volume_mm3 == pytest.approx(12 * 64 * 8, rel=0.02)


def test_of_many_strokes_the_newest_is_shown(skins, drawn, settle, desk):
    for depth in range(1, 8):
        edited = replace(
            drawn,
            label_map=drawn.label_map.with_box((12, 10, 10), np.full((depth, 8, 8), 1, np.uint8)),
        )
        skins.of((edited,), "1.8")
    settle()
    found = volumes(skins.of((edited,), "1.8"))
    assert found["1"] == pytest.approx((8 + 7) * 64 * 8, rel=0.02)
    assert not desk.runner.jobs


def test_a_segment_that_is_erased_or_taken_off_the_list_is_gone(skins, drawn, settle):
    erased = replace(
        drawn, label_map=drawn.label_map.with_box((4, 10, 10), np.zeros((8, 8, 8), np.uint8))
    )
    skins.of((erased,), "1.8")
    settle()
    assert set(volumes(skins.of((erased,), "1.8"))) == {"7"}
    shorter = replace(erased, segments=drawn.segments[:1])
    assert skins.of((shorter,), "1.8") == ()
    settle()


def test_another_colour_needs_no_other_surface(skins, drawn, settle):
    before = {body.key: body for body in skins.of((drawn,), "1.8")}
    red = replace(
        drawn, segments=(replace(drawn.segments[0], colour=(255, 0, 0)), drawn.segments[1])
    )
    skins.of((red,), "1.8")
    settle()
    after = {body.key: body for body in skins.of((red,), "1.8")}
    assert after["2.25.5/1"].colour == (255, 0, 0)
    assert after["2.25.5/1"].surface is before["2.25.5/1"].surface
    assert after["2.25.5/7"] is before["2.25.5/7"]


def test_a_surface_keeps_its_opacity_through_an_edit(skins, drawn):
    (body, _) = skins.of((drawn,), "1.8")
    assert skins.at(body, 0.8).opacity == 0.8
    assert skins.at(body, 0.8) is skins.at(body, 0.8)
