"""Operations on segments by clicks in their panel; segments as files, read back; recipes again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QInputDialog, QLineEdit
from scipy import ndimage
from typer.testing import CliRunner

from tests.journeys.conftest import walking
from tests.journeys.drawer import Drawer
from viewer.cli import app
from viewer.io.segment_files import read_segments
from viewer.session.segmenting import Segmenting

pytestmark = pytest.mark.window
A, B = (0.4, 0.45), (0.6, 0.55)


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
    place = window.walker.session.place.value
    window.walker.settle()
    yield window
    window.begin_anew()
    window.walker.session.place.set(place)
    window.walker.rest()


@pytest.fixture
def ball(hand) -> Drawer:
    """The same, with a ball of 15 mm radius painted in the middle."""
    brush(hand, 15.0, ball=True)
    hand.drag((0.5, 0.5), (0.5, 0.5))
    return hand


def brush(hand: Drawer, radius_mm: float, *, ball: bool = False) -> None:
    """Take the brush in hand."""
    hand.walker.run("segment.paint")
    if hand.walker.session.segmenting.value.brush.ball != ball:
        hand.walker.run("brush.ball")
    now = hand.walker.session.segmenting
    now.update(brush=now.value.brush.sized(radius_mm))


def values(hand: Drawer) -> np.ndarray:
    """Return the values of the image in HU."""
    return hand.opened.image.values()


# -- one of each group ---------------------------------------------------------------------------


def test_a_threshold_is_shown_before_it_is_done_and_takes_its_values_alone(hand):
    brush(hand, 5.0)
    hand.drag(A, B)
    hand.choose_operation("range")
    hand.type_value("From value", "-1000")
    hand.type_value("To value", "-500")
    before = hand.walker.session.record.value
    hand.tick_try()
    hand.walker.wait(lambda: hand.walker.session.preview.value is not None)
    hand.walker.rest()
    assert hand.walker.session.record.value is before
    here = hand.opened.geometry.nearest(hand.walker.session.place.value.position)
    truth = (values(hand) >= -1000) & (values(hand) <= -500)
    shown = hand.walker.session.preview.value.label_map.plane(0, here[0])
    assert ((shown == 1) == truth[here[0]]).all()
    hand.do_it()
    hand.tick_try()
    assert ((hand.labels == 1) == truth).all()
    assert hand.walker.session.preview.value is None


def test_classes_part_all_values(hand):
    brush(hand, 5.0)
    hand.drag(A, B)
    hand.choose_operation("k_means")
    hand.type_value("Classes", "2")
    hand.do_it()
    labels, known = hand.labels, values(hand)
    used = [int(label) for label in np.unique(labels) if label]
    means = sorted(float(known[labels == label].mean()) for label in used)
    assert len(used) == 2
    assert means[0] < -700
    assert means[1] > -200


def test_growing_in_a_range_follows_what_is_connected(hand):
    brush(hand, 3.0)
    air = np.unravel_index(values(hand)[30, 30:100, 30:100].argmin(), (70, 70))
    hand.draw(hand.pixel(tuple(hand.opened.geometry.to_patient((30, air[0] + 30, air[1] + 30)))))
    hand.walker.qtbot.mouseRelease(hand.view, Qt.MouseButton.LeftButton)
    seeds = hand.labels == 1
    hand.choose_operation("connected")
    hand.type_value("From value", "-1100")
    hand.type_value("To value", "-600")
    hand.do_it()
    pieces, _ = ndimage.label((values(hand) >= -1100) & (values(hand) <= -600))
    truth = np.isin(pieces, np.setdiff1d(np.unique(pieces[seeds]), [0]))
    grown = (hand.labels == 1) & ~seeds
    assert grown.sum() > 1000
    assert (grown == (truth & ~seeds)).all()


def test_marks_grow_until_they_meet(hand):
    brush(hand, 4.0)
    hand.drag((0.3, 0.5), (0.35, 0.5))
    hand.walker.run("segment.add")
    hand.drag((0.45, 0.5), (0.5, 0.5))
    before = hand.labels.copy()
    hand.choose_operation("grow_from_seeds")
    hand.do_it()
    after = hand.labels
    assert (after[before > 0] == before[before > 0]).all()
    assert all((after == label).sum() > 2 * (before == label).sum() for label in (1, 2))


def test_a_margin_is_so_many_millimetres(ball):
    before = ball.labels == 1
    ball.choose_operation("margin")
    ball.type_value("Margin", "6")
    ball.do_it()
    far_mm = ndimage.distance_transform_edt(~before, ball.group.geometry.spacing_mm)
    after = ball.labels == 1
    assert after[far_mm <= 5.9].all()
    assert not after[far_mm > 6.1].any()


def test_slices_between_drawn_ones_are_filled(hand):
    brush(hand, 12.0)
    middle = hand.walker.session.place.value.position
    step = hand.opened.geometry.spacing_mm[0]
    for by in (-3, 3):
        spot = hand.pixel((middle[0], middle[1], middle[2] + by * step))
        hand.draw(spot, spot)
    assert (hand.labels == 1).any(axis=(1, 2)).sum() == 2
    hand.choose_operation("between")
    hand.do_it()
    areas = (hand.labels == 1).sum(axis=(1, 2))
    assert (areas > 0).sum() == 7
    assert np.ptp(areas[areas > 0]) <= 0.15 * areas.max()


def test_two_segments_become_one(ball):
    first = ball.labels == 1
    ball.walker.run("segment.add")
    ball.drag((0.75, 0.5), (0.75, 0.5))
    both = ball.labels > 0
    ball.choose_operation("union")
    box = ball.field(QComboBox, "Second segment")
    box.setFocus()
    ball.walker.qtbot.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    ball.do_it()
    assert first.sum() < both.sum()
    assert ((ball.labels == 2) == both).all()


# -- files ---------------------------------------------------------------------------------------


def test_a_surface_is_written_as_stl_in_lps_millimetres(ball, tmp_path):
    ball.walker.run("segments.export_surfaces")
    ball.choose("stl lps")
    asked = ball.walker.dialog(QInputDialog)
    ball.walker.wait(asked.isActiveWindow)
    ball.walker.qtbot.keyClick(asked.findChild(QLineEdit), Qt.Key.Key_Return)
    ball.walker.answer_folder(tmp_path)
    ball.walker.wait(lambda: ball.walker.said.startswith("Surfaces saved"))
    (path,) = tmp_path.glob("*.stl")
    corners = triangles(path)
    volume_mm3 = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum()
    places = ball.group.geometry.to_patient(np.argwhere(ball.labels == 1))
    assert volume_mm3 / 6000 == pytest.approx(ball.volume_ml(), rel=0.06)
    assert np.allclose(corners.reshape(-1, 3).mean(axis=0), places.mean(axis=0), atol=1.5)
    assert np.ptp(corners.reshape(-1, 3), axis=0) == pytest.approx([30.0] * 3, abs=5)


def triangles(path: Path) -> np.ndarray:
    """Read a binary STL: corners of triangles (n, 3, 3) in mm."""
    content = path.read_bytes()
    count = int.from_bytes(content[80:84], "little")
    record = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("more", "<u2")])
    return np.frombuffer(content, record, count, 84)["corners"].astype(np.float64)


def test_a_saved_seg_opened_again_has_the_same_voxels(ball, tmp_path):
    drawn, path = ball.labels.copy(), tmp_path / "ball.dcm"
    ball.walker.run("segments.save_as")
    ball.choose("dicom seg")
    ball.name_file(path)
    ball.walker.wait(lambda: "read back and compared" in ball.walker.said)
    ball.begin_anew()
    ball.walker.run("segments.open_as")
    ball.name_file(path)
    session = ball.walker.session
    ball.walker.wait(lambda: bool(session.record.value.segmentations))
    ball.walker.rest()
    (group,) = session.record.value.segmentations
    assert ((group.labels > 0) == (drawn > 0)).all()
    (segment,) = group.segments
    assert segment.name == "Segment 1"


def test_the_same_steps_by_command_line_make_the_same_voxels(hand, phantom_images, tmp_path):
    brush(hand, 5.0)
    hand.drag(A, B)
    hand.choose_operation("otsu")
    hand.do_it()
    hand.choose_operation("islands")
    hand.do_it()
    hand.choose_operation("margin")
    hand.type_value("Margin", "-4")
    hand.do_it()
    words = "otsu; islands keep_largest; margin mm=-4"
    arguments = ["segment", str(phantom_images), "--out", str(tmp_path), "--do", words]
    done = CliRunner().invoke(app, [*arguments, "--format", "seg"])
    assert done.exit_code == 0, done.output
    (path,) = tmp_path.rglob("*.dcm")
    (made,) = read_segments(path, hand.opened.geometry).segmentations
    assert hand.labels.any()
    assert ((made.labels > 0) == (hand.labels == 1)).all()


def test_a_new_start_has_nothing_set_up(hand):
    assert hand.walker.session.segmenting.value == Segmenting()
