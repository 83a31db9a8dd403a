"""Views that move together and those that do not; pairs of examinations brought in line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.geometry import Geometry
from viewer.core.plane import Plane
from viewer.core.stack import Frame, Stack
from viewer.core.study import Patient, Series, SeriesKind, Study
from viewer.core.volume import Origin, Volume
from viewer.session.images import OpenImage
from viewer.session.linking import Group, Linking
from viewer.session.look import Look, Viewing
from viewer.session.session import Place, Session
from viewer.session.whereabouts import companions, go, in_line, jump, place_in, where

UP = np.eye(3)[::-1]


def volume(key, space, *, first=0.0, flipped=False, modality="CT"):
    axes = UP.copy()
    origin = np.array([-10.0, -10.0, first])
    if flipped:
        axes[0], origin[2] = -axes[0], first + 38
    grid = Geometry.from_axes((20, 20, 20), origin, axes, (2, 1, 1), space)
    return Volume(np.zeros((20, 20, 20), np.int16), grid, "[hnsf'U]", modality, key)


def opened(image, key):
    series = Series(key, key, "1.1", image.modality, SeriesKind.VOLUME, ())
    return OpenImage(Study("1.1", Patient("P"), (series,)), series, image)


def session_of(*images: tuple[str, object]) -> Session:
    session = Session(Author("Reader"))
    for cell, (key, image) in enumerate(images):
        session.images.set(session.images.value.with_image(opened(image, key)))
        solid = isinstance(image, Volume)
        viewing = Viewing.AXIAL if solid else Viewing.ACQUISITION
        look = Look(key, viewing)
        session.hanging.set(session.hanging.value.changed(cell, lambda _, look=look: look))
    return session


def heights(session, *cells: int) -> list[float]:
    return [place_in(session, cell).position[2] for cell in cells]


def test_views_of_one_patient_space_go_together():
    session = session_of(("a", volume("a", "1")), ("b", volume("b", "1")))
    go(session, 0, (0.0, 0.0, 12.0))
    assert heights(session, 0, 1) == [12.0, 12.0]


def test_another_patient_space_stays_where_it_was_left():
    session = session_of(("a", volume("a", "1")), ("b", volume("b", "2")))
    go(session, 1, (0.0, 0.0, 30.0))
    go(session, 0, (0.0, 0.0, 12.0))
    assert heights(session, 0, 1) == [12.0, 30.0]


def test_a_view_that_moves_alone_is_followed_by_none_and_follows_none():
    session = session_of(("a", volume("a", "1")), ("b", volume("b", "1")), ("c", volume("c", "1")))
    go(session, 0, (0.0, 0.0, 12.0))
    session.linking.set(session.linking.value.with_group(1, Group.ALONE))
    go(session, 1, (0.0, 0.0, 20.0))
    assert heights(session, 0, 1, 2) == [12.0, 20.0, 12.0]
    go(session, 0, (0.0, 0.0, 6.0))
    assert heights(session, 0, 1, 2) == [6.0, 20.0, 6.0]


def test_a_group_moves_as_one_and_leaves_the_others():
    session = session_of(("a", volume("a", "1")), ("b", volume("b", "1")), ("c", volume("c", "1")))
    linking = session.linking.value.with_group(1, Group.A).with_group(2, Group.A)
    session.linking.set(linking)
    go(session, 0, (0.0, 0.0, 4.0))
    go(session, 2, (0.0, 0.0, 22.0))
    assert heights(session, 0, 1, 2) == [4.0, 22.0, 22.0]


@pytest.mark.parametrize("flipped", [False, True])
def test_paired_examinations_go_the_same_way_however_their_slices_are_stored(flipped):
    prior = volume("b", "2", first=100.0, flipped=flipped)
    session = session_of(("a", volume("a", "1")), ("b", prior))
    session.hanging.set(replace(session.hanging.value, active=0))
    go(session, 1, (0.0, 0.0, 110.0))
    go(session, 0, (0.0, 0.0, 12.0))
    assert in_line(session, 0)
    go(session, 0, (0.0, 0.0, 16.0))
    assert heights(session, 0, 1) == [16.0, 114.0]
    go(session, 1, (1.0, 0.0, 120.0))
    assert heights(session, 0, 1) == [22.0, 120.0]
    assert place_in(session, 0).position[0] == 1.0


def test_unlinked_pairs_go_their_own_ways_again():
    session = session_of(("a", volume("a", "1")), ("b", volume("b", "2")))
    in_line(session, 0)
    session.linking.set(session.linking.value.unpaired(frozenset({"2"}), frozenset()))
    before = where(session, 1)
    go(session, 0, (0.0, 0.0, 16.0))
    assert where(session, 1) == before


def test_nothing_is_linked_where_all_share_one_space():
    session = session_of(("a", volume("a", "1")), ("b", volume("b", "1")))
    assert not in_line(session, 0)


def test_pairs_reach_as_far_as_they_are_joined():
    linking = Linking().paired("1", "2", (0.0, 0.0, 5.0)).paired("2", "3", (1.0, 0.0, 0.0))
    found = linking.everywhere("3", (1.0, 0.0, 5.0))
    assert found == {"3": (1.0, 0.0, 5.0), "2": (0.0, 0.0, 5.0), "1": (0.0, 0.0, 0.0)}


def stack(key, heights_mm, space="1"):
    pixels = np.zeros((20, 20), np.int16)
    planes = [
        None if z is None else Plane((-10, -10, z), (1, 0, 0), (0, 1, 0), (1, 1))
        for z in heights_mm
    ]
    frames = tuple(Frame(pixels, plane, (1, 1), Origin(f"{key}.{n}", ""))
                   for n, plane in enumerate(planes))  # fmt: skip
    return Stack(frames, "1", "MR", key, frame_of_reference_uid=space)


def test_a_stack_shows_the_frame_nearest_to_the_place():
    session = session_of(("a", volume("a", "1")), ("s", stack("s", [0, 3, 10, 30])))
    session.place.set(Place((0.0, 0.0, 8.0), "1"))
    assert session.hanging.value.cells[1].frame == 2
    session.place.set(Place((0.0, 0.0, 1.0), "1"))
    assert session.hanging.value.cells[1].frame == 0


def test_of_frames_at_one_place_the_one_shown_stays():
    session = session_of(("s", stack("s", [5, 5, 5, 9])))
    looks = session.hanging.value
    session.hanging.set(looks.changed(0, lambda look: replace(look, frame=2)))
    session.place.set(Place((0.0, 0.0, 4.0), "1"))
    assert session.hanging.value.cells[0].frame == 2


def test_a_scout_from_the_side_does_not_jump_to_one_from_the_front():
    side = Plane((0, -10, 20), (0, 1, 0), (0, 0, -1), (1, 1))
    front = Plane((-10, 0, 20), (1, 0, 0), (0, 0, -1), (1, 1))
    pixels = np.zeros((20, 20), np.int16)
    frames = tuple(Frame(pixels, plane, (1, 1), Origin("", "")) for plane in (side, front))
    scouts = Stack(frames, "1", "CT", "s", frame_of_reference_uid="1")
    session = session_of(("s", scouts))
    session.place.set(Place((9.0, 0.0, 10.0), "1"))
    assert session.hanging.value.cells[0].frame == 0


def test_zoom_is_shared_in_a_group_and_windows_only_where_values_mean_the_same():
    session = session_of(
        ("a", volume("a", "1")), ("b", volume("b", "2")), ("p", volume("p", "1", modality="PT"))
    )
    assert companions(session, 0) == {0}
    linking = session.linking.value
    for cell in range(3):
        linking = linking.with_group(cell, Group.B)
    session.linking.set(linking)
    assert companions(session, 0) == {0, 1, 2}
    assert companions(session, 0, values=True) == {0, 1}
    session.linking.set(linking.with_group(0, Group.ALONE))
    assert companions(session, 0) == {0}
    assert companions(session, 1) == {1, 2}


def test_a_place_chosen_from_a_list_moves_groups_too_and_leaves_alone_what_is_alone():
    image = volume("a", "1.2")
    session = session_of(*((f"a{n}", replace(image, series_key=f"a{n}")) for n in range(4)))
    for cell, group in ((1, Group.A), (2, Group.ALONE)):
        session.linking.set(session.linking.value.with_group(cell, group))
        go(session, cell, (0.0, 0.0, 5.0))
    there = Place((1.0, 2.0, 25.0), "1.2")
    jump(session, there)
    at = [place_in(session, cell).position[2] for cell in range(4)]
    assert at == [25.0, 25.0, 5.0, 25.0]
    session.hanging.update(active=2)
    jump(session, there)
    assert place_in(session, 2).position == there.position, "the active view always comes along"
