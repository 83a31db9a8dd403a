"""Segments made with every tool, by mouse and keys on the whole program, against what is true."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QTableView, QToolButton

from tests.journeys.conftest import walking
from tests.journeys.drawer import LEFT, Drawer
from tests.journeys.lesion import take_lesion
from tests.journeys.walker import CTRL, PLAIN
from viewer.session.tools import Tool

pytestmark = pytest.mark.window
A, B = (0.4, 0.45), (0.6, 0.55)
ROUND = ((0.35, 0.35), (0.65, 0.35), (0.65, 0.65), (0.35, 0.65), (0.35, 0.36))


@pytest.fixture(scope="module")
def window(request, qapp, phantom_images, tmp_path_factory) -> Iterator[Drawer]:
    """The synthetic chest in the window; all tests here share it."""
    with walking(tmp_path_factory.mktemp("home"), request) as walker:
        walker.open(phantom_images)
        walker.wait(lambda: bool((walker.picture(3).max(axis=-1) > 40).mean() > 0.1))
        walker.rest()
        yield Drawer(walker)


@pytest.fixture
def hand(window) -> Iterator[Drawer]:
    """A hand on the first view, with nothing drawn yet."""
    walker, window.cell = window.walker, 0
    hanging, place = walker.session.hanging.value, walker.session.place.value
    walker.settle()
    yield window
    window.begin_anew()
    walker.session.hanging.set(hanging)
    walker.session.place.set(place)
    walker.rest()


@pytest.fixture(scope="module")
def nodule(phantom_images) -> dict[str, object]:
    """What is true of the largest nodule."""
    truth = json.loads((phantom_images.parent / "truth.json").read_text())
    return max(truth["nodules"], key=lambda one: one["diameter_mm"])


def values(hand: Drawer) -> np.ndarray:
    """Return the values of the image in HU."""
    return hand.opened.image.values()


def take(hand: Drawer, name: str) -> None:
    """Click on a tool of the segments panel."""
    buttons = hand.panel("segments").findChildren(QToolButton)
    button = next(one for one in buttons if one.accessibleName() == name)
    hand.walker.qtbot.mouseClick(button, LEFT)


def tick(hand: Drawer, name: str) -> None:
    """Click on a tick of the segments panel."""
    box = next(b for b in hand.panel("segments").findChildren(QCheckBox) if b.text() == name)
    hand.walker.qtbot.mouseClick(box, LEFT, PLAIN, QPoint(8, box.height() // 2))


def in_nodule(hand: Drawer, nodule: dict[str, object]) -> QPoint:
    """Go to the middle of the nodule and return where it is seen."""
    x, y, z = nodule["position_mm"]
    return hand.pixel((x, y, z))


def ball(hand: Drawer, radius_mm: float, spot: QPoint) -> None:
    """Paint a ball by one click."""
    take(hand, "Paint")
    tick(hand, "Ball")
    now = hand.walker.session.segmenting
    now.update(brush=now.value.brush.sized(radius_mm))
    hand.draw(spot, spot)


# -- drawn by hand ----------------------------------------------------------------------------


def test_a_stroke_is_painted_on_one_slice_undone_and_done_again(hand):
    take(hand, "Paint")
    hand.drag(A, B)
    painted = hand.labels == 1
    assert painted.any(axis=(1, 2)).sum() == 1
    assert painted.sum() > 50
    hand.walker.press(Qt.Key.Key_Z, CTRL)
    assert hand.walker.session.record.value.segmentations == ()
    hand.walker.press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert (hand.walker.session.record.value.segmentations[0].labels == painted).all()


def test_the_eraser_takes_out_what_it_goes_over(hand):
    take(hand, "Paint")
    hand.drag(A, B)
    before = hand.labels.copy()
    take(hand, "Erase")
    hand.drag(A, A)
    gone = (before == 1) & (hand.labels == 0)
    assert 0 < gone.sum() < (before == 1).sum()
    assert (hand.labels[~gone] == before[~gone]).all()


def test_a_ball_has_the_volume_of_a_ball_and_the_statistics_say_so(hand):
    ball(hand, 15.0, hand.at((0.5, 0.5)))
    truth_ml = 4 / 3 * math.pi * 1.5**3
    assert hand.volume_ml() == pytest.approx(truth_ml, rel=0.05)  # voxels of 3 x 3 x 4.7 mm
    panel = hand.panel("segment_statistics")
    hand.walker.wait(lambda: panel.table.rows and not panel.table.rows[0].stale)
    view = panel.findChild(QTableView)
    model = view.model()
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    row = {title: model.index(0, n).data() for n, title in enumerate(titles)}
    assert float(row["Volume (ml)"]) == pytest.approx(hand.volume_ml(), abs=0.006)
    assert float(row["Mean (HU)"]) == pytest.approx(values(hand)[hand.labels == 1].mean(), abs=0.06)
    assert float(row["Long axis (mm)"]) == pytest.approx(30.0, abs=4.5)
    hand.walker.run("panel.segment_statistics")


def test_in_a_range_only_its_values_are_painted(hand, nodule):
    spot = in_nodule(hand, nodule)
    take(hand, "Paint")
    tick(hand, "Only values from")
    now = hand.walker.session.segmenting
    now.update(brush=type(now.value.brush)(15.0, low=-400.0, high=200.0))
    hand.draw(spot, spot)
    painted = values(hand)[hand.labels == 1]
    assert len(painted) > 10
    assert painted.min() >= -400
    assert painted.max() <= 200


def test_the_adaptive_brush_stays_in_the_nodule(hand, nodule):
    spot = in_nodule(hand, nodule)
    take(hand, "Paint")
    tick(hand, "Adaptive")
    now = hand.walker.session.segmenting
    now.update(brush=now.value.brush.sized(20.0))
    hand.draw(spot, spot + QPoint(2, 0))
    painted = hand.labels == 1
    places = hand.group.geometry.to_patient(np.argwhere(painted))
    far = np.linalg.norm(places - np.asarray(nodule["position_mm"]), axis=1)
    assert painted.sum() > 10
    assert far.max() < nodule["diameter_mm"] / 2 + 6


def test_a_lasso_fills_and_control_empties(hand):
    take(hand, "Lasso")
    hand.drag(*ROUND)
    filled = hand.labels.copy()
    first, last = (np.asarray(hand.view.pointer(hand.at(p).toPointF(), PLAIN).position)
                   for p in (ROUND[0], ROUND[2]))  # fmt: skip
    sides = np.abs(last - first)
    pixel_mm2 = float(np.prod(hand.group.geometry.spacing_mm[1:]))
    assert filled.sum() * pixel_mm2 == pytest.approx(sides[0] * sides[1], rel=0.08)
    hand.drag((0.45, 0.45), (0.55, 0.45), (0.55, 0.55), (0.45, 0.55), (0.45, 0.46), keys=CTRL)
    assert 0 < hand.labels.sum() < filled.sum()


@pytest.mark.parametrize("name", ["Polygon fill", "Livewire fill"])
def test_clicked_corners_are_filled(hand, name):
    take(hand, name)
    for place in ((0.35, 0.35), (0.65, 0.35), (0.65, 0.65), (0.35, 0.65), (0.35, 0.35)):
        hand.click(hand.at(place))
    hand.walker.settle()
    assert (hand.labels == 1).sum() > 50
    assert hand.walker.session.record.value.measurements == ()


def test_scissors_in_3d_cut_through_all_depth(hand):
    ball(hand, 40.0, hand.at((0.5, 0.5)))
    whole = (hand.labels == 1).sum()
    take(hand, "Scissors")
    hand.cell = 3
    hand.drag((0.02, 0.02), (0.5, 0.02), (0.5, 0.98), (0.02, 0.98), (0.02, 0.03))
    hand.walker.wait(lambda: hand.walker.session.history.undo_title == "Scissors")
    hand.walker.rest()
    assert 0.2 < (hand.labels == 1).sum() / whole < 0.8


# -- by one click -------------------------------------------------------------------------------


def test_growing_from_a_click_takes_the_nodule(hand, nodule):
    take(hand, "Grow region")
    hand.click(in_nodule(hand, nodule))
    assert hand.volume_ml() * 1000 == pytest.approx(nodule["volume_mm3"], rel=0.5)
    middle = hand.group.geometry.to_patient(np.argwhere(hand.labels == 1)).mean(axis=0)
    assert math.dist(middle, nodule["position_mm"]) < 3


def test_level_tracing_outlines_the_nodule_on_the_slice(hand, nodule):
    x, y, z = nodule["position_mm"]
    take(hand, "Level tracing")
    hand.click(hand.pixel((x + nodule["diameter_mm"] / 2 - 3, y, z)))
    traced = hand.labels == 1
    assert traced.any(axis=(1, 2)).sum() == 1
    middle = hand.group.geometry.to_patient(np.argwhere(traced)).mean(axis=0)
    assert math.dist(middle, nodule["position_mm"]) < 12


def test_only_the_island_that_was_clicked_stays(hand):
    take(hand, "Paint")
    hand.drag((0.3, 0.3), (0.35, 0.3))
    first = hand.labels.copy()
    hand.drag((0.7, 0.7), (0.75, 0.7))
    take(hand, "Keep island")
    hand.click(hand.at((0.32, 0.3)))
    assert (hand.labels == first).all()


def test_a_lesion_is_outlined_by_one_click_grown_and_taken(hand, nodule):
    take_lesion(hand, in_nodule(hand, nodule), tuple(nodule["position_mm"]))
    (finding,) = hand.walker.session.record.value.findings
    assert finding.volume_mm3 == pytest.approx(nodule["volume_mm3"], rel=0.5)


def test_a_tool_of_the_panel_is_put_back_by_a_second_click(hand):
    take(hand, "Paint")
    assert hand.walker.session.tool.value is Tool.PAINT
    take(hand, "Paint")
    assert hand.walker.session.tool.value is Tool.CROSSHAIR


# -- by rules -----------------------------------------------------------------------------------


def test_the_lungs_are_found_by_rules_through_the_menu(hand, phantom_images):
    hand.walker.run("anatomy.lungs")
    hand.walker.wait(lambda: bool(hand.walker.session.record.value.segmentations))
    hand.walker.rest()
    (found,) = hand.walker.session.record.value.segmentations
    truth = json.loads((Path(phantom_images).parent / "truth.json").read_text())["lungs_litres"]
    counts = found.label_map.counts()
    voxel_litres = float(np.prod(found.geometry.spacing_mm)) / 1e6
    assert found.status == "proposed"
    for segment in found.segments:
        side = "left" if "left" in segment.name.lower() else "right"
        assert counts[segment.label] * voxel_litres == pytest.approx(truth[side], rel=0.1)
    assert {"left", "right"} == {s.name.lower().split()[0] for s in found.segments}
