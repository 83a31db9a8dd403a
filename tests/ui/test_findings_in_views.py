"""Of very many findings every view shows just those that hold, after each gesture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from viewer.commands.findings import set_threshold
from viewer.core.finding import Status
from viewer.render.describe import describe
from viewer.render.over_space import over
from viewer.session.finding_list import Listing, Order
from viewer.session.record import Record

pytestmark = pytest.mark.window
COUNT = 200


@pytest.fixture
def many(shown, finding):
    """The program with findings all over the image, in each state, some of them edited."""
    chance, made = np.random.default_rng(7), []
    states = (Status.PROPOSED, Status.PROPOSED, Status.ACCEPTED, Status.REJECTED)
    for number in range(COUNT):
        centre = np.array([*chance.uniform(-60, 60, 2), chance.uniform(-15, 95)])
        low, high = (tuple(map(float, centre + d)) for d in (-6, 6))
        given = replace(
            finding,
            id=f"2.25.{number}",
            position=tuple(map(float, centre)),
            low=low,
            high=high,
            score=float(chance.uniform(0, 1)),
            status=states[number % len(states)],
        )
        wider = replace(given, high=tuple(part + 9 for part in high)).edited_from(given)
        made.append(wider if number % 5 == 0 else given)
    shown.desk.session.record.set(Record(tuple(made)))
    shown.view().setFocus()
    return shown


def slices(program):
    return [cell.slice_view for cell in program.window.grid.cells[:3]]


def key_of(boxes):
    return [
        (one.finding_id, one.low, one.high, one.colour, one.trace, one.selected, one.caption)
        for one in boxes
    ]


def agrees(program):
    """Tell whether every view shows what the session says now."""
    session, space = program.desk.session, program.view(3)
    for cell, view in enumerate(slices(program)):
        if view._stale or view.scene is None:
            return False
        fresh = describe(session, cell, view.device_size)
        if key_of(view.scene.boxes) != key_of(fresh.boxes):
            return False
    if space._finished is None:
        return False
    scene = describe(session, 3, space.device_size)
    sight = space._finished.sight(scene.size)
    look = session.hanging.value.look(3).space
    fresh = over(session, session.image_in(3), look, scene, sight)
    drawn = [one.id for one in space._finished.sitting.findings]
    known = [one.id for one in session.visible_findings()] == drawn
    covered = space._covered(space._scene())
    return known and key_of(covered.boxes) == key_of(fresh.boxes)


GESTURES = {
    "the threshold moves": lambda p: set_threshold(p.desk, 0.8),
    "all are shown": lambda p: set_threshold(p.desk, 0.0),
    "the next is chosen": lambda p: p.qtbot.keyClick(p.view(), Qt.Key.Key_N),
    "one is accepted": lambda p: judged(p, Qt.Key.Key_A),
    "one is rejected": lambda p: judged(p, Qt.Key.Key_R),
    "it is taken back": lambda p: p.desk.session.undo(),
    "they are as the model had them": lambda p: p.run("findings.as_model"),
    "half of them go": lambda p: p.desk.session.record.set(
        Record(p.desk.session.record.value.findings[::2])
    ),
    "all go": lambda p: p.desk.session.record.set(Record()),
}


def judged(program, key):
    program.qtbot.keyClick(program.view(), Qt.Key.Key_N)
    program.qtbot.keyClick(program.view(), key)


def test_no_view_keeps_a_frame_of_before(many):
    many.wait(lambda: agrees(many))
    before = [key_of(view.scene.boxes) for view in slices(many)]
    assert sum(map(len, before)) > COUNT // 10
    for name, gesture in GESTURES.items():
        gesture(many)
        many.wait(lambda: agrees(many))
        after = [key_of(view.scene.boxes) for view in slices(many)]
        assert after != before, name
        before = after


def test_order_and_filters_of_the_list_draw_no_view_anew(many):
    session = many.desk.session
    many.wait(lambda: agrees(many))
    drawn = [view.sketch.number for view in slices(many)]
    session.listing.set(Listing(Order.SIZE, falling=True))
    session.listing.set(Listing(status=Status.ACCEPTED))
    many.qtbot.wait(50)
    assert [view.sketch.number for view in slices(many)] == drawn
    assert agrees(many)
    session.listing.update(as_model=True)
    many.wait(lambda: agrees(many))
    assert all(a.sketch.number > b for a, b in zip(slices(many), drawn, strict=True))


def test_the_marks_beside_the_slices_are_those_of_the_visible(many):
    session = many.desk.session
    set_threshold(many.desk, 0.0)
    many.wait(lambda: agrees(many))
    bars = [view.slice_bar for view in slices(many)]
    before = [bar._marked for bar in bars]
    session.record.set(Record(session.record.value.findings[:1]))
    many.wait(lambda: agrees(many))
    assert all(len(bar._marked) <= 1 < len(old) for bar, old in zip(bars, before, strict=True))
