"""Whose length the scale bar is, and what the probe says of a pixel without a place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.region import Axis, Region, RegionFormat
from viewer.core.scale import UNKNOWN, Scale, ScaleKind
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin
from viewer.render.describe import describe
from viewer.render.probe import probe
from viewer.session.look import Viewing

SIZE = (300, 200)
DETECTOR = Scale(ScaleKind.DETECTOR, (0.5, 0.5))
ESTIMATED = Scale(ScaleKind.ESTIMATED, (0.4, 0.4), magnification=1.25)
SCANNED = Scale(ScaleKind.SCANNED, (0.5, 0.5))
CALIBRATED = Scale(ScaleKind.CALIBRATED, (0.5, 0.5))
CM, TIME = Axis("cm", 0.05), Axis("s", 0.01)
TISSUE = Region((0, 0), (39, 29), RegionFormat.PLANE, "tissue", CM, CM)
SPECTRAL = Region(
    (0, 30), (39, 59), RegionFormat.SPECTRAL, "pulsed Doppler", TIME, Axis("cm/s", -2.0), (20, 50)
)
M_MODE = replace(SPECTRAL, format=RegionFormat.M_MODE, content="tissue", down=CM, reference=(0, 50))


def ultrasound(*regions: Region) -> Scale:
    return Scale(ScaleKind.REGIONS, regions=regions)


@pytest.fixture
def shown(bench):
    """Show a picture of 40 x 60 pixels that measure this; return its session and scene."""

    def show(scale: Scale, **look: object):
        frame = Frame(np.zeros((40, 60), np.uint8), None, None, Origin("", ""), scale=scale)
        image = Stack((frame,), "1", "US", "ct")
        session = bench.session_with(image, Viewing.ACQUISITION, **look)
        return session, describe(session, 0, SIZE)

    return show


def place_at(session, scene, row, column):
    """What the probe says of an image pixel."""
    high, wide = scene.picture.geometry.spacing_mm[1:]
    point = scene.to_screen((column * wide, row * high, 0.0))
    look = session.hanging.value.cells[0]
    return probe(session.image_in(0), look, scene, point).place


@pytest.mark.parametrize(("scale", "words", "mark"), [
    (DETECTOR, "mm at the detector", "mm at the detector, not in the patient"),
    (ESTIMATED, "mm, estimated at magnification 1.25", "mm estimated from the magnification"),
    (SCANNED, "mm on the scanned sheet", "mm on the scanned sheet, not in the patient"),
    (UNKNOWN, "px", "not calibrated"),
    (Scale(ScaleKind.ASPECT, shape=(2.0, 1.0)), "px", "not calibrated"),
])  # fmt: skip
def test_lengths_that_are_not_the_patients_say_so_everywhere(shown, scale, words, mark):
    session, scene = shown(scale)
    assert scene.scale_bar.text.endswith(words)
    assert mark in scene.marks
    assert not scene.calibrated
    assert place_at(session, scene, 3, 4).endswith(words)


def test_calibrated_lengths_are_the_patients_and_say_how_they_came_to_be(shown):
    _, scene = shown(CALIBRATED)
    assert scene.calibrated
    assert scene.scale_bar.text.endswith("mm, calibrated")


@pytest.mark.parametrize("turns", [0, 1])
def test_a_bar_of_pixels_counts_pixels_whatever_their_shape(shown, turns):
    _, scene = shown(Scale(ScaleKind.ASPECT, shape=(2.0, 1.0)), quarter_turns=turns)
    bar = scene.scale_bar
    ends = [scene.to_patient((x, 50.0)) for x in (0.0, bar.length_px)]
    index = scene.picture.geometry.to_index(np.array(ends))
    assert np.linalg.norm(index[1] - index[0]) == pytest.approx(bar.length_mm)


@pytest.mark.parametrize("scale", [
    Scale(ScaleKind.DETECTOR, (1.0, 0.5)), Scale(ScaleKind.ASPECT, shape=(2.0, 1.0)),
    ultrasound(replace(TISSUE, down=Axis("cm", 0.1))),
])  # fmt: skip
def test_pixels_that_are_not_square_are_drawn_in_their_shape(shown, scale):
    _, scene = shown(scale)
    geometry = scene.picture.geometry
    corner, down, right = (
        np.array(scene.to_screen(geometry.to_patient(index)))
        for index in ((0, 0, 0), (0, 1, 0), (0, 0, 1))
    )
    assert np.linalg.norm(down - corner) == pytest.approx(2 * np.linalg.norm(right - corner))


def test_the_probe_says_millimetres_from_the_corner_at_the_detector(shown):
    session, scene = shown(DETECTOR)
    assert place_at(session, scene, 10, 20) == "x 10.0  y 5.0 mm at the detector"


def test_the_probe_says_pixels_where_nothing_is_known(shown):
    session, scene = shown(UNKNOWN)
    assert place_at(session, scene, 10, 20) == "x 20  y 10 px"
    assert place_at(session, scene, -3, 20) == ""


def test_the_probe_says_what_a_pixel_means_in_its_ultrasound_region(shown):
    session, scene = shown(ultrasound(TISSUE, SPECTRAL))
    assert place_at(session, scene, 10, 20) == "x 10.0  y 5.0 mm in the 2D tissue region"
    assert place_at(session, scene, 5, 40) == (
        "\N{MINUS SIGN}0.100 s  30.0 cm/s in the spectral pulsed Doppler region"
    )


def test_the_probe_says_seconds_and_millimetres_in_m_mode(shown):
    session, scene = shown(ultrasound(TISSUE, M_MODE))
    assert place_at(session, scene, 12, 55) == "0.050 s  6.0 mm in the M-mode tissue region"


def test_the_probe_says_steps_where_no_reference_is_told(shown):
    session, scene = shown(ultrasound(replace(SPECTRAL, reference=None)))
    words = "0.01 s per pixel  2 cm/s per pixel in the spectral pulsed Doppler region"
    assert place_at(session, scene, 5, 40) == words


def test_the_probe_says_nothing_outside_of_all_regions(shown):
    session, scene = shown(ultrasound(replace(TISSUE, last=(20, 20))))
    assert place_at(session, scene, 30, 40) == ""


def test_values_count_from_the_reference_pixel_of_a_region(shown):
    session, scene = shown(ultrasound(replace(TISSUE, reference=(4.0, 10.0))))
    assert place_at(session, scene, 4, 8) == (
        "x \N{MINUS SIGN}1.0  y 0.0 mm in the 2D tissue region"
    )


def test_the_bar_is_that_of_the_region_in_the_middle_of_the_view(shown):
    coarse = replace(
        TISSUE, first=(0, 25), last=(39, 59), across=Axis("cm", 0.1), down=Axis("cm", 0.1)
    )
    _, scene = shown(ultrasound(replace(TISSUE, last=(39, 24)), coarse))
    bar = scene.scale_bar
    assert bar.text.endswith("in the 2D tissue region")
    geometry = scene.picture.geometry
    ends = [geometry.to_index(scene.to_patient((x, 99.0))) for x in (0.0, bar.length_px)]
    assert abs(ends[1][2] - ends[0][2]) * 1.0 == pytest.approx(bar.length_mm)


def test_the_bar_is_that_of_the_only_region_where_none_is_in_the_middle(shown):
    _, scene = shown(ultrasound(replace(TISSUE, last=(39, 20))))
    assert scene.scale_bar.text.endswith("mm in the 2D tissue region")
    assert "not calibrated" not in scene.marks


def test_ultrasound_without_a_region_of_the_body_is_not_calibrated(shown):
    _, scene = shown(ultrasound(SPECTRAL))
    assert scene.scale_bar.text.endswith("px")
    assert "not calibrated" in scene.marks
