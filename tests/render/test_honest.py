"""Nothing on a view says more than is known: no sides, places or values that are not there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.plane import Plane
from viewer.core.stack import Frame, Stack
from viewer.core.study import Notice, Patient
from viewer.core.volume import Origin
from viewer.render.caveats import caveats
from viewer.render.describe import cut_of, describe
from viewer.render.lesions import shares_space
from viewer.render.probe import probe
from viewer.render.scene import Corner, Letters
from viewer.session.look import Viewing
from viewer.session.session import Place

SIZE = (300, 240)
UNKNOWN = Notice("unknown_orientation", "The file does not say how the patient lay.")


def opened_in(session, cell=0):
    opened = session.image_in(cell)
    assert opened is not None
    return opened


@pytest.mark.parametrize(
    ("off_mm", "drawn"), [(0.0, True), (0.9, True), (1.1, False), (900, False)]
)
def test_the_crosshair_is_drawn_only_in_the_slice_that_it_lies_in(bench, off_mm, drawn):
    session = bench.session_with(bench.thorax())
    last = session.image_in(0).geometry.to_patient((47, 28, 32))
    session.place.set(Place((last[0], last[1], last[2] + off_mm), bench.SPACE))
    assert bool(describe(session, 0, SIZE).lines) is drawn


def test_the_crosshair_is_drawn_in_the_nearest_frame_of_a_stack_alone(bench):
    planes = [Plane((0, 0, z), (1, 0, 0), (0, 1, 0), (1, 1)) for z in (0, 3, 10)]
    pixels = np.zeros((20, 20), np.int16)
    frames = tuple(Frame(pixels, plane, (1, 1), Origin("", "")) for plane in planes)
    stack = Stack(frames, "1", "CT", "ct", frame_of_reference_uid=bench.SPACE)
    seen = []
    for number in range(3):
        session = bench.session_with(stack, Viewing.ACQUISITION)
        session.place.set(Place((10, 10, 4), bench.SPACE))
        look = replace(session.hanging.value.cells[0], frame=number)
        session.hanging.set(session.hanging.value.changed(0, lambda _, look=look: look))
        seen.append(bool(describe(session, 0, SIZE).lines))
    assert seen == [False, True, False]


@pytest.mark.parametrize("viewing", [Viewing.AXIAL, Viewing.ACQUISITION, Viewing.SPACE])
def test_no_side_is_named_where_the_file_does_not_say_how_the_patient_lay(bench, viewing):
    session = bench.session_with(bench.thorax(), viewing)
    opened = replace(opened_in(session), notices=(UNKNOWN,))
    session.images.set(session.images.value.with_image(opened))
    scene = describe(session, 0, SIZE)
    assert scene.letters == Letters()
    assert "sides unknown" in scene.marks
    words = [
        line for corner, lines in scene.texts if corner is Corner.BOTTOM_LEFT for line in lines
    ]
    assert not any(line.startswith(("H ", "F ", "L ", "R ", "A ", "P ")) for line in words)
    if scene.picture is not None:
        look = session.hanging.value.cells[0]
        said = probe(opened, look, scene, (150, 120))
        assert said.place == ""
        assert said.value.endswith("HU")


def test_sides_are_named_where_they_are_known(bench):
    session = bench.session_with(bench.thorax())
    assert "sides unknown" not in caveats(opened_in(session), cut_of(session, 0))


@pytest.mark.parametrize(
    ("value", "said"), [(0.00123, "0.00123"), (-0.5, "\N{MINUS SIGN}0.5"), (12.345, "12.35"),
                        (np.nan, "no number")]
)  # fmt: skip
def test_a_small_value_is_not_said_to_be_nothing(bench, value, said):
    geometry = bench.grid(bench.UPRIGHT)
    voxels = np.full(geometry.shape, value, np.float32)
    session = bench.session_with(bench.volume_of(voxels, geometry, unit="1", modality="MR"))
    opened, look = opened_in(session), session.hanging.value.cells[0]
    assert probe(opened, look, describe(session, 0, SIZE), (150, 120)).value.startswith(said)


def test_what_was_said_of_one_patient_is_never_drawn_on_another(bench):
    session = bench.session_with(bench.thorax())
    first = opened_in(session)
    series = replace(first.series, key="other")
    same = replace(first, series=series)
    stranger = replace(same, study=replace(first.study, patient=Patient("P2", name="Roe^Max")))
    session.images.set(session.images.value.with_image(same))
    assert shares_space(session, same, "ct")
    assert not shares_space(session, stranger, "ct")
