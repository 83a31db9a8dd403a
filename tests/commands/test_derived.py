"""The straight volume that a reader asks for: offered, made aside, marked, beside the original."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands.derived import COMMANDS, make_straight
from viewer.commands.files import open_series
from viewer.commands.reading import run_second_reader
from viewer.core.errors import Declined
from viewer.core.plane import Plane
from viewer.core.stack import Frame, Stack
from viewer.core.study import Catalogue, Notice, Patient, Series, SeriesKind, Study
from viewer.core.volume import Origin, Volume
from viewer.render.caveats import caveats
from viewer.render.cut import cut_volume
from viewer.session.images import OpenImage
from viewer.session.look import Look, Viewing
from viewer.session.session import Place

(STRAIGHTEN,) = COMMANDS


def tilted() -> Stack:
    frames = []
    for number in range(6):
        plane = Plane((0, 1.5 * number, 3.0 * number), (1, 0, 0), (0, 1, 0), (1, 1))
        pixels = np.full((16, 16), 100 + number, np.int16)
        frames.append(Frame(pixels, plane, (1, 1), Origin("", "")))
    return Stack(tuple(frames), "[hnsf'U]", "CT", "ct", frame_of_reference_uid="1.2.3")


@pytest.fixture
def tilted_desk(desk):
    """A desk with a tilted series on it."""
    notice = Notice("tilted", "The slices are tilted.")
    series = Series("ct", "1.2", "1.1", "CT", SeriesKind.STACK, (), 3, "Chest", notices=(notice,))
    study = Study("1.1", Patient("P1"), (series,))
    desk.session.add_to_catalogue(Catalogue((study,)))
    desk.session.show(OpenImage(study, series, tilted(), notices=series.notices))
    desk.asker.yes = True
    return desk


def test_it_is_offered_only_for_what_can_be_put_right(tilted_desk):
    assert STRAIGHTEN.allowed(tilted_desk)
    session = tilted_desk.session
    opened = session.active_image
    session.show(replace(opened, series=replace(opened.series, notices=())))
    assert not STRAIGHTEN.allowed(tilted_desk)


def test_nothing_is_made_without_a_yes(tilted_desk):
    tilted_desk.asker.yes = False
    make_straight(tilted_desk)
    assert not tilted_desk.runner.jobs
    assert "stay as they are" in tilted_desk.asker.asked[0]


def test_the_volume_is_listed_and_shown_beside_the_original(tilted_desk):
    session = tilted_desk.session
    before = session.active_image
    make_straight(tilted_desk)
    tilted_desk.settle()
    shown = session.active_image
    assert isinstance(shown.image, Volume)
    assert shown.series.title == "Chest (straightened)"
    assert session.images.value.get("ct") is before
    (study,) = session.catalogue.value.studies
    assert [series.key for series in study.series] == ["ct", shown.key]
    assert "Derived: resampled from tilted slices." in caveats(shown, None)
    assert shown.image.value_at((8.0, 8.0, 6.0)) == 102.0


def test_a_slice_where_none_was_taken_says_so_when_it_is_shown(tilted_desk):
    session = tilted_desk.session
    opened = session.active_image
    frames = opened.image.frames
    gappy = replace(opened.image, frames=(*frames[:3], *frames[4:]))
    session.images.set(session.images.value.with_image(replace(opened, image=gappy)))
    make_straight(tilted_desk)
    tilted_desk.settle()
    shown = session.active_image
    look = Look(shown.key, Viewing.ACQUISITION)
    mark = "no slice was taken here: interpolated"
    for number in range(6):
        place = Place(tuple(shown.image.geometry.to_patient((number, 8, 8))), "1.2.3")
        cut = cut_volume(shown.image, look, place)
        assert (mark in caveats(shown, cut)) is (number == 3)


def test_it_is_made_once_and_opened_again_from_the_list(tilted_desk):
    session = tilted_desk.session
    make_straight(tilted_desk)
    tilted_desk.settle()
    made = session.active_image
    session.show(session.images.value.get("ct"))
    make_straight(tilted_desk)
    assert session.active_image is made
    assert not tilted_desk.runner.jobs
    session.show(session.images.value.get("ct"))
    open_series(tilted_desk, made.key)
    tilted_desk.settle()
    assert session.active_image is made


def test_the_second_reader_declines_what_was_resampled(tilted_desk):
    make_straight(tilted_desk)
    tilted_desk.settle()
    with pytest.raises(Declined) as why:
        run_second_reader(tilted_desk)
    assert why.value.code == "derived"


def test_a_volume_that_comes_after_its_study_was_closed_is_dropped(tilted_desk):
    make_straight(tilted_desk)
    tilted_desk.session.close(tilted_desk.session.catalogue.value.studies[0])
    tilted_desk.settle()
    assert not tilted_desk.session.catalogue.value.studies
    assert not tuple(tilted_desk.session.images.value)


def test_no_volume_is_made_of_a_series_that_is_still_being_loaded(tilted_desk):
    tilted_desk.loadings["ct"] = object()
    with pytest.raises(Declined) as why:
        make_straight(tilted_desk)
    assert why.value.code == "loading"
