"""Measurements where they are seen, in every orientation and on pictures without a place."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from viewer.core import code
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.stack import Frame, Stack
from viewer.core.volume import Origin
from viewer.imaging.measuring import measured
from viewer.render.anchoring import anchor_of, from_anchor, to_anchor
from viewer.render.describe import cut_of, describe
from viewer.render.numbers import caption
from viewer.session.ground import ground_of
from viewer.session.look import Viewing
from viewer.session.session import Session

SIZE = (320, 240)
AXIAL = (0.0, 0.0, 1.0)


def with_figure(session: Session, figure: Measurement) -> Session:
    session.record.set(replace(session.record.value, measurements=(figure,)))
    return session


def figure_of(
    bench: SimpleNamespace, kind: MeasurementKind, *points: tuple, **more: object
) -> Measurement:
    anchor = Anchor("ct", bench.SPACE, None if kind.solid else AXIAL)
    return Measurement("1.9", kind, points, more.pop("anchor", anchor), bench.READER, **more)


def seen(session: Session) -> tuple:
    return describe(session, 0, SIZE).annotations


@pytest.mark.parametrize("number", range(0, 48, 7))
def test_a_figure_lies_over_what_it_was_drawn_on_however_the_voxels_are_stored(
    bench: SimpleNamespace, number: int
) -> None:
    volume = bench.thorax(bench.ORIENTATIONS[number])
    session = bench.session_with(volume, quarter_turns=1, flipped_sideways=True, zoom=1.7)
    session.place.set(replace(session.place.value, position=bench.BALL))
    scene = describe(session, 0, SIZE)
    z = float(np.asarray(scene.plane.origin)[2])
    ends = ((20.0, -30.0, z), (31.0, -35.0, z))
    (drawn,) = seen(with_figure(session, figure_of(bench, MeasurementKind.LENGTH, *ends)))
    for end, (x, y) in zip(ends, drawn.handles, strict=True):
        assert scene.to_patient((x, y)) == pytest.approx(end, abs=1e-6)


def test_a_flat_figure_is_seen_in_its_own_slice_alone(bench: SimpleNamespace) -> None:
    session = bench.session_with(bench.thorax())
    z = float(np.asarray(describe(session, 0, SIZE).plane.origin)[2])
    line = figure_of(bench, MeasurementKind.LENGTH, (10, -20, z), (20, -20, z))
    assert len(seen(with_figure(session, line))) == 1
    session.place.set(replace(session.place.value, position=(10, -20, z + 2)))
    assert seen(session) == ()
    coronal = bench.session_with(bench.thorax(), viewing=Viewing.CORONAL)
    assert seen(with_figure(coronal, line)) == ()


def test_a_sphere_is_seen_as_the_circle_in_which_a_slice_cuts_it(bench: SimpleNamespace) -> None:
    ball = figure_of(bench, MeasurementKind.SPHERE, (10, -20, 30), (30, -20, 30))
    session = with_figure(bench.session_with(bench.thorax()), ball)
    for away in (0, 12, 16):
        session.place.set(replace(session.place.value, position=(10, -20, 30 + away)))
        scene = describe(session, 0, SIZE)
        off = float(np.asarray(scene.plane.origin)[2]) - 30
        across = np.ptp(scene.annotations[0].strokes[0].points[:, 0]) * scene.plane.spacing_mm[0]
        assert across == pytest.approx(2 * (400 - off**2) ** 0.5, rel=1e-3)
    session.place.set(replace(session.place.value, position=(10, -20, 55)))
    assert seen(session) == ()


def test_a_box_is_seen_as_the_polygon_in_which_a_slice_cuts_it(bench: SimpleNamespace) -> None:
    box = figure_of(
        bench, MeasurementKind.BOX, (0, -30, 20), (20, -30, 20), (0, -10, 20), (0, -30, 40)
    )
    session = with_figure(bench.session_with(bench.thorax()), box)
    scene = describe(session, 0, SIZE)
    line = scene.annotations[0].strokes[0].points * scene.plane.spacing_mm[0]
    assert np.ptp(line, axis=0) == pytest.approx([20, 20], rel=1e-6)
    assert len(line) == 4


def test_figures_of_another_patient_space_are_not_drawn(bench: SimpleNamespace) -> None:
    session = bench.session_with(bench.thorax())
    z = float(np.asarray(describe(session, 0, SIZE).plane.origin)[2])
    anchor = Anchor("other", "9.9.9", AXIAL)
    line = figure_of(bench, MeasurementKind.LENGTH, (10, -20, z), (20, -20, z), anchor=anchor)
    assert seen(with_figure(session, line)) == ()


def flat_session(bench: SimpleNamespace, spacing: tuple[float, float] | None) -> Session:
    frames = tuple(
        Frame(np.arange(600, dtype=np.int16).reshape(20, 30), None, spacing, Origin(f"1.{n}", "2"))
        for n in range(3)
    )
    stack = Stack(frames, "1", "DX", "ct")
    return bench.session_with(stack, viewing=Viewing.ACQUISITION, frame=1)


@pytest.mark.parametrize("spacing", [None, (0.5, 0.25)])
def test_a_figure_on_a_picture_without_a_place_is_kept_in_its_pixels(
    bench: SimpleNamespace, spacing: tuple[float, float] | None
) -> None:
    session = flat_session(bench, spacing)
    opened, cut = session.image_in(0), cut_of(session, 0)
    anchor = anchor_of(opened, cut)
    assert (anchor.in_patient, anchor.sop_instance_uid) == (False, "1.1")
    spot = to_anchor(anchor, cut.geometry, cut.geometry.to_patient((0, 7, 11)))
    assert spot == pytest.approx([11, 7, 0])
    assert from_anchor(anchor, cut.geometry, spot) == pytest.approx(
        cut.geometry.to_patient((0, 7, 11))
    )
    line = figure_of(bench, MeasurementKind.LENGTH, (3, 4, 0), (15, 20, 0), anchor=anchor)
    with_numbers = measured(line, *ground_of(opened, line))
    length = with_numbers.quantity(code.LENGTH)
    assert length.value == pytest.approx(20.0 if spacing is None else (3**2 + 8**2) ** 0.5)
    assert length.unit == (code.PIXEL if spacing is None else code.MILLIMETRE)
    assert len(seen(with_figure(session, with_numbers))) == 1
    session.hanging.set(session.hanging.value.changed(0, lambda look: replace(look, frame=2)))
    assert seen(session) == ()


def test_values_on_a_picture_are_those_of_its_pixels(bench: SimpleNamespace) -> None:
    session = flat_session(bench, None)
    opened = session.image_in(0)
    anchor = anchor_of(opened, cut_of(session, 0))
    point = figure_of(bench, MeasurementKind.PROBE, (11, 7, 0), anchor=anchor)
    found = measured(point, *ground_of(opened, point))
    assert found.quantity(code.VALUE).value == 7 * 30 + 11


def test_words_carry_units_and_what_limits_them(bench: SimpleNamespace) -> None:
    volume = bench.thorax()
    ball = figure_of(
        bench, MeasurementKind.ELLIPSE, (0, -20, 31), (20, -20, 31), (10, -30, 31), (10, -10, 31)
    )
    lines = caption(measured(replace(ball, label="Heart"), volume))
    assert lines[0] == "Heart"
    assert lines[1] == "Area 314.2 mm²"
    assert lines[2].startswith("Mean 0.00  SD 0.00 HU")
    axes = figure_of(
        bench, MeasurementKind.BIDIRECTIONAL, (0, 0, 0), (12.34, 0, 0), (5, -3, 0), (5, 3, 0)
    )
    assert caption(measured(axes, None)) == ("12.3 × 6.00 mm",)


def moments(bench: SimpleNamespace) -> Session:
    """Two moments of one series, the first with a region that is measured."""
    session = bench.session_with(bench.thorax())
    first = replace(session.image_in(0), group="all")
    series = replace(first.series, key="second")
    second = replace(first, series=series, image=replace(first.image, series_key="second"))
    for one in (first, second):
        session.images.set(session.images.value.with_image(one))
    z = float(np.asarray(describe(session, 0, SIZE).plane.origin)[2])
    corners = ((10, -20, z), (20, -20, z), (20, -10, z), (10, -10, z))
    region = figure_of(bench, MeasurementKind.RECTANGLE, *corners)
    return with_figure(session, measured(region, first.image))


def test_a_figure_of_one_moment_is_seen_faintly_on_the_others_which_says_so(
    bench: SimpleNamespace,
) -> None:
    session = moments(bench)
    (own,) = seen(session)
    assert (own.faint, own.caption[-1][:3]) == (False, "Min")
    session.hanging.set(
        session.hanging.value.changed(0, lambda look: replace(look, series_key="second"))
    )
    (other,) = seen(session)
    assert other.faint
    assert other.caption[-1] == "measured on another moment"
    assert other.caption[:-1] == own.caption


def test_values_of_another_series_in_the_same_space_say_whose_they_are(
    bench: SimpleNamespace,
) -> None:
    session = moments(bench)
    for one in session.images.value:
        session.images.set(session.images.value.with_image(replace(one, group="")))
    session.hanging.set(
        session.hanging.value.changed(0, lambda look: replace(look, series_key="second"))
    )
    (other,) = seen(session)
    assert not other.faint
    assert other.caption[-1] == "measured on Chest"


def test_numbers_beside_figures_are_those_of_the_list(bench: SimpleNamespace) -> None:
    session = bench.session_with(bench.thorax())
    z = float(np.asarray(describe(session, 0, SIZE).plane.origin)[2])
    lines = tuple(
        replace(figure_of(bench, MeasurementKind.LENGTH, (10, y, z), (20, y, z)), id=f"1.{y}")
        for y in (-30, -20, -10)
    )
    session.record.set(replace(session.record.value, measurements=lines))
    session.selected.set("1.-30")
    assert {one.measurement_id: one.number for one in seen(session)} == {
        "1.-30": 1,
        "1.-20": 2,
        "1.-10": 3,
    }


@pytest.mark.parametrize("away", [0.0, 7.0])
def test_a_sphere_is_taken_at_four_places_of_the_circle_that_is_seen(
    bench: SimpleNamespace, away: float
) -> None:
    ball = figure_of(bench, MeasurementKind.SPHERE, (10, -20, 30), (30, -20, 30))
    session = with_figure(bench.session_with(bench.thorax()), ball)
    session.place.set(replace(session.place.value, position=(10, -20, 30 + away)))
    scene = describe(session, 0, SIZE)
    (drawn,) = scene.annotations
    for grip in drawn.handles[1:]:
        there = np.asarray(scene.to_patient(grip))
        assert np.linalg.norm(there - (10, -20, 30)) == pytest.approx(20, abs=1e-6)
    assert (abs(drawn.handles[0][0]) < 1e5) == (away == 0.0)
