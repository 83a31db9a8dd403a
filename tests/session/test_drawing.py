"""Figures drawn by presses, moves and clicks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.finding import Finding
from viewer.core.geometry import Position
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.session.drawing import change, draw
from viewer.session.gestures import Gesture, Hand, Pointer
from viewer.session.hand import Points
from viewer.session.session import Session

ANCHOR = Anchor("series", "1.2.3", (0.0, 0.0, 1.0), "1.2.9", "1.2.8")


@dataclass
class Desk:
    """Keeps what is drawn."""

    drawn: list[Measurement] = field(default_factory=list)
    redrawn: list[Measurement] = field(default_factory=list)
    magnet: Position | None = None

    def scroll(self, cell: int, count: int) -> None: ...

    def resize(self, finding: Finding) -> None: ...

    def measured(self, measurement: Measurement) -> Measurement:
        return measurement

    def snap(self, pointer: Pointer) -> Pointer:
        if self.magnet is None or pointer.spot is None:
            return pointer
        near = np.linalg.norm(np.subtract(self.magnet, pointer.spot)) < 5
        return replace(pointer, spot=self.magnet, snapped=True) if near else pointer

    def trace(self, figure: Measurement, pointer: Pointer, start: Position) -> Points:
        middle = tuple(np.add(start, pointer.spot) / 2 + (0, 3, 0))
        return (start, middle, pointer.spot)

    def draw(self, measurement: Measurement) -> None:
        self.drawn.append(measurement)

    def redraw(self, measurement: Measurement) -> None:
        self.redrawn.append(measurement)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def hand(desk: Desk) -> Hand:
    return Hand(Session(Author("Reader")), 0, desk)


def at(x: float, y: float, *, pressed: bool = True, double: bool = False) -> Pointer:
    return Pointer(
        x, y, (100, 100), spot=(x, y, 5.0), anchor=ANCHOR, pressed=pressed, double=double
    )


def drag(gesture: Gesture, *pointers: Pointer) -> bool:
    """Send pointers to a gesture; tell whether it ended with the last of them."""
    next(gesture)
    for number, pointer in enumerate(pointers):
        try:
            gesture.send(pointer)
        except StopIteration:
            assert number == len(pointers) - 1, "it ended early"
            return True
    return False


def clicks(*places: tuple[float, float]) -> list[Pointer]:
    """Let go where the gesture was begun, then go to the other places and click there."""
    found = [at(*places[0], pressed=False)]
    for place in places[1:]:
        found += [at(*place, pressed=False), at(*place), at(*place, pressed=False)]
    return found


def test_a_length_is_drawn_by_dragging_from_end_to_end(hand: Hand, desk: Desk) -> None:
    gesture = draw(MeasurementKind.LENGTH, hand, at(10, 10))
    assert drag(gesture, at(30, 10), at(40, 50), at(40, 50, pressed=False))
    (length,) = desk.drawn
    assert list(length.points) == [(10, 10, 5), (40, 50, 5)]
    assert length.anchor == ANCHOR


def test_a_length_is_drawn_by_two_clicks_as_well(hand: Hand, desk: Desk) -> None:
    assert drag(draw(MeasurementKind.LENGTH, hand, at(10, 10)), *clicks((10, 10), (40, 50)))
    assert list(desk.drawn[0].points) == [(10, 10, 5), (40, 50, 5)]


def test_a_click_alone_measures_nothing_yet(hand: Hand, desk: Desk) -> None:
    gesture = draw(MeasurementKind.LENGTH, hand, at(10, 10))
    assert not drag(gesture, at(10, 10, pressed=False))
    gesture.close()
    assert desk.drawn == []


@pytest.mark.parametrize(("kind", "count"), [(MeasurementKind.ANGLE, 3), (MeasurementKind.COBB, 4)])
def test_figures_of_more_points_take_a_click_for_each(
    hand: Hand, desk: Desk, kind: MeasurementKind, count: int
) -> None:
    places = [(10.0, 10.0), (40.0, 50.0), (80.0, 20.0), (70.0, 90.0)][:count]
    assert drag(draw(kind, hand, at(10, 10)), *clicks(*places))
    assert desk.drawn[0].points == tuple((x, y, 5) for x, y in places)


def test_a_polygon_ends_at_its_first_point_and_a_polyline_with_a_double_click(
    hand: Hand, desk: Desk
) -> None:
    places = [(10.0, 10.0), (60.0, 10.0), (60.0, 60.0)]
    gesture = draw(MeasurementKind.POLYGON, hand, at(10, 10))
    assert drag(gesture, *clicks(*places, (12, 11)))
    line = draw(MeasurementKind.POLYLINE, hand, at(10, 10))
    assert drag(line, *clicks(*places), at(60, 60, double=True))
    assert [len(figure.points) for figure in desk.drawn] == [3, 3]


def test_enter_ends_a_spline_and_too_few_points_make_none(hand: Hand, desk: Desk) -> None:
    places = [(10.0, 10.0), (60.0, 10.0), (60.0, 60.0)]
    finish = replace(at(80, 80, pressed=False), finish=True)
    assert drag(draw(MeasurementKind.SPLINE, hand, at(10, 10)), *clicks(*places), finish)
    assert drag(draw(MeasurementKind.SPLINE, hand, at(10, 10)), *clicks(*places[:2]), finish)
    assert [len(figure.points) for figure in desk.drawn] == [3]


def test_a_short_axis_stands_at_right_angles_on_the_long_one(hand: Hand, desk: Desk) -> None:
    gesture = draw(MeasurementKind.BIDIRECTIONAL, hand, at(10, 10))
    ends = [at(50, 40), at(50, 40, pressed=False), at(30, 60, pressed=False), at(30, 60)]
    assert drag(gesture, *ends, at(30, 60, pressed=False))
    a, b, c, d = np.array(desk.drawn[0].points)
    assert np.dot(b - a, d - c) == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(np.cross(b - a, c - a)) > 0


@pytest.mark.parametrize("kind", [MeasurementKind.RECTANGLE, MeasurementKind.ELLIPSE])
def test_upright_figures_fill_what_is_dragged(
    hand: Hand, desk: Desk, kind: MeasurementKind
) -> None:
    assert drag(draw(kind, hand, at(10, 10)), at(50, 30), at(50, 30, pressed=False))
    points = np.array(desk.drawn[0].points)
    assert points.min(axis=0) == pytest.approx([10, 10, 5])
    assert points.max(axis=0) == pytest.approx([50, 30, 5])


def test_a_box_is_as_deep_as_its_sides_are_long_and_lies_about_its_slice(
    hand: Hand, desk: Desk
) -> None:
    gesture = draw(MeasurementKind.BOX, hand, at(10, 10))
    assert drag(gesture, at(50, 30), at(50, 30, pressed=False))
    corner, *others = np.array(desk.drawn[0].points)
    assert [np.linalg.norm(other - corner) for other in others] == pytest.approx([40, 20, 30])
    assert corner[2] == pytest.approx(5 - 15)
    assert desk.drawn[0].anchor.normal is None


def test_freehand_follows_the_button(hand: Hand, desk: Desk) -> None:
    way = [at(20, 10), at(30, 20), at(20, 30), at(20, 30, pressed=False)]
    assert drag(draw(MeasurementKind.FREEHAND, hand, at(10, 10)), *way)
    assert len(desk.drawn[0].points) == 4


def test_nothing_is_drawn_where_there_is_no_picture(hand: Hand, desk: Desk) -> None:
    gesture = draw(MeasurementKind.LENGTH, hand, Pointer(10, 10))
    assert list(gesture) == []
    assert desk.drawn == []


# -- changes -----------------------------------------------------------------------------


def put(hand: Hand, kind: MeasurementKind, points: tuple[Position, ...]) -> Measurement:
    figure = Measurement("1.9", kind, points, ANCHOR, hand.session.reader)
    record = hand.session.record.value
    hand.session.record.set(replace(record, measurements=(figure,)))
    return figure


def taken(pointer: Pointer, handle: int | None) -> Pointer:
    return replace(pointer, measurement_id="1.9", handle=handle)


def test_dragging_an_end_moves_it_and_dragging_the_line_moves_all(hand: Hand, desk: Desk) -> None:
    put(hand, MeasurementKind.LENGTH, ((10, 10, 5), (40, 50, 5)))
    assert drag(change(hand, taken(at(41, 50), 1)), at(61, 55), at(61, 55, pressed=False))
    assert list(desk.redrawn[-1].points) == [(10, 10, 5), (60, 55, 5)]
    assert drag(change(hand, taken(at(25, 30), None)), at(35, 50), at(35, 50, pressed=False))
    assert list(desk.redrawn[-1].points) == [(20, 30, 5), (50, 70, 5)]


def test_a_click_on_a_figure_chooses_it_and_changes_nothing(hand: Hand, desk: Desk) -> None:
    put(hand, MeasurementKind.LENGTH, ((10, 10, 5), (40, 50, 5)))
    assert drag(change(hand, taken(at(10, 10), 0)), at(11, 11), at(11, 11, pressed=False))
    assert desk.redrawn == []
    assert hand.session.selected.value == "1.9"


def test_a_rectangle_stays_one_when_a_corner_is_dragged(hand: Hand, desk: Desk) -> None:
    put(hand, MeasurementKind.RECTANGLE, ((10, 10, 5), (50, 10, 5), (50, 30, 5), (10, 30, 5)))
    assert drag(change(hand, taken(at(50, 30), 2)), at(70, 80), at(70, 80, pressed=False))
    assert list(desk.redrawn[-1].points) == [(10, 10, 5), (70, 10, 5), (70, 80, 5), (10, 80, 5)]


def test_an_ellipse_turns_about_its_centre(hand: Hand, desk: Desk) -> None:
    put(hand, MeasurementKind.ELLIPSE, ((10, 30, 5), (50, 30, 5), (30, 20, 5), (30, 40, 5)))
    assert drag(change(hand, taken(at(50, 30), 1)), at(30, 60), at(30, 60, pressed=False))
    a, b, c, d = np.array(desk.redrawn[-1].points)
    assert (a + b) / 2 == pytest.approx([30, 30, 5])
    assert b == pytest.approx([30, 60, 5])
    assert np.linalg.norm(d - c) == pytest.approx(20)
    assert np.dot(b - a, d - c) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("handle", range(6))
def test_a_face_of_a_box_moves_along_its_edge_and_the_opposite_one_stays(
    hand: Hand, desk: Desk, handle: int
) -> None:
    from viewer.session.shaping import handles

    box = put(hand, MeasurementKind.BOX, ((0, 0, 0), (40, 0, 0), (0, 30, 0), (0, 0, 20)))
    held = handles(box)[handle]
    grip = Pointer(0, 0, (100, 100), spot=held, anchor=ANCHOR, measurement_id="1.9", handle=handle)
    further = replace(grip, x=20, spot=(held[0] + 5, held[1] + 5, held[2] + 5))
    assert drag(change(hand, grip), further, replace(further, pressed=False))
    before, after = (np.array(handles(one)) for one in (box, desk.redrawn[-1]))
    opposite, axis = (handle + 3) % 6, handle % 3
    assert after[opposite][axis] == pytest.approx(before[opposite][axis])
    assert after[handle][axis] == pytest.approx(before[handle][axis] + 5)


def test_a_locked_figure_is_chosen_but_not_moved(hand: Hand, desk: Desk) -> None:
    figure = put(hand, MeasurementKind.LENGTH, ((10, 10, 5), (40, 50, 5)))
    record = hand.session.record.value
    hand.session.record.set(replace(record, measurements=(replace(figure, locked=True),)))
    assert drag(change(hand, taken(at(40, 50), 1)), at(61, 55), at(61, 55, pressed=False))
    assert desk.redrawn == []
    assert hand.session.selected.value == "1.9"


def test_words_that_are_dragged_stand_where_they_are_let_go_and_move_with_the_figure(
    hand: Hand, desk: Desk
) -> None:
    figure = put(hand, MeasurementKind.LENGTH, ((10, 10, 5), (40, 50, 5)))
    words = replace(taken(at(60, 60), None), words_at=(58.0, 55.0, 5.0))
    assert drag(change(hand, words), at(80, 20), at(80, 20, pressed=False))
    moved = desk.redrawn[-1]
    assert (moved.points, list(moved.caption_at)) == (figure.points, [78, 15, 5])
    hand.session.record.set(replace(hand.session.record.value, measurements=(moved,)))
    assert drag(change(hand, taken(at(25, 30), None)), at(35, 50), at(35, 50, pressed=False))
    assert list(desk.redrawn[-1].caption_at) == [88, 35, 5]


def test_a_sphere_reaches_wherever_its_circle_is_dragged(hand: Hand, desk: Desk) -> None:
    put(hand, MeasurementKind.SPHERE, ((10, 10, 5), (30, 10, 5)))
    assert drag(change(hand, taken(at(10, 30), 3)), at(10, 50), at(10, 50, pressed=False))
    centre, edge = np.array(desk.redrawn[-1].points)
    assert np.linalg.norm(edge - centre) == pytest.approx(40)


def test_ends_are_drawn_to_what_snaps(hand: Hand, desk: Desk) -> None:
    desk.magnet = (42.0, 52.0, 5.0)
    gesture = draw(MeasurementKind.LENGTH, hand, at(10, 10))
    assert drag(gesture, at(40, 50), at(40, 50, pressed=False))
    assert list(desk.drawn[0].points) == [(10, 10, 5), (42, 52, 5)]


def test_a_livewire_runs_along_edges_between_clicks_and_back_to_its_first_point(
    hand: Hand, desk: Desk
) -> None:
    places = [(10.0, 10.0), (60.0, 10.0), (60.0, 60.0)]
    finish = replace(at(80, 80, pressed=False), finish=True)
    assert drag(draw(MeasurementKind.LIVEWIRE, hand, at(10, 10)), *clicks(*places), finish)
    points = [point[:2] for point in desk.drawn[0].points]
    assert points == [(10, 10), (35, 13), (60, 10), (60, 38), (60, 60), (35, 38)]


@pytest.mark.parametrize(
    "kind",
    [kind for kind in MeasurementKind if kind.counts[0] > 1 and kind.value != "freehand"],
)
def test_enter_in_the_middle_of_a_figure_leaves_nothing_half_done(
    hand: Hand, desk: Desk, kind: MeasurementKind
) -> None:
    finish = replace(at(10, 10, pressed=False), finish=True)
    drag(draw(kind, hand, at(10, 10)), at(10, 10, pressed=False), finish)
    assert desk.drawn == []
