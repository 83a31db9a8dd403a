"""The moments of a 4D series as the session knows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.axis import Axis
from viewer.core.geometry import Geometry
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.session.images import OpenImage
from viewer.session.moments import moment_name, moments_in_words
from viewer.session.session import Session


def part(number: int) -> Series:
    picture = Instance(Path(f"{number}.dcm"), f"1.{number}", "", "", 1)
    return Series(
        f"k#{number}",
        "1.2",
        "1.1",
        "MR",
        SeriesKind.VOLUME,
        (picture,),
        split=f"time {number} of 3",
    )


PARTS = tuple(part(number) for number in (1, 2, 3))
GROUP = Series(
    "k", "1.2", "1.1", "MR", SeriesKind.FOUR_D,
    tuple(picture for one in PARTS for picture in one.instances), parts=PARTS, split_by="time",
)  # fmt: skip
PLAIN = Series("plain", "1.3", "1.1", "MR", SeriesKind.VOLUME, ())
STUDY = Study("1.1", Patient("P"), (GROUP, PLAIN))


def opened(series: Series) -> OpenImage:
    volume = Volume(np.zeros((2, 3, 4), np.int16), Geometry((2, 3, 4), np.eye(4)), "1", "MR", "k")
    group = GROUP.key if series in PARTS else ""
    return OpenImage(STUDY, series, volume, Window(1, 2), group=group)


@pytest.fixture
def session() -> Session:
    made = Session(Author("Reader"))
    made.catalogue.set(Catalogue((STUDY,)))
    made.show(opened(PARTS[0]))
    return made


def test_a_part_is_found_under_its_key_and_belongs_to_its_group(session):
    catalogue = session.catalogue.value
    assert catalogue.find("k#2") == (STUDY, PARTS[1])
    assert catalogue.group_of("k#2") is catalogue.group_of("k") is GROUP
    assert catalogue.group_of("plain") is None
    assert {"k", "k#1", "k#2", "k#3", "plain"} == STUDY.keys


def test_a_moment_is_shown_in_every_view_of_its_group_and_in_no_other(session):
    session.hang(2, opened(PLAIN))
    session.show_moment(GROUP, 1)
    keys = [look.series_key for look in session.hanging.value.cells]
    assert keys == ["k#2", "k#2", "plain", "k#2"]
    assert [session.moment_in(cell) for cell in range(4)] == [1, 1, None, 1]
    assert session.group_in(2) is None
    assert session.shown_moment(GROUP) == 1


def test_a_moment_that_is_not_open_has_no_image_but_a_number(session):
    session.show_moment(GROUP, 2)
    assert session.active_image is None
    assert session.moment_in(0) == 2


def test_showing_the_moment_of_a_series_without_moments_changes_nothing(session):
    before = session.hanging.value
    session.show_moment_of("plain")
    session.show_moment_of("nowhere")
    assert session.hanging.value is before


def test_closing_puts_all_moments_away(session):
    session.images.set(session.images.value.with_image(opened(PARTS[1])))
    session.axes.set((Axis("k", (0.0, 1.0, 2.0), "s"),))
    session.close(STUDY)
    assert list(session.images.value) == []
    assert {look.series_key for look in session.hanging.value.cells} == {""}
    assert session.axes.value == ()


def test_closing_ends_the_cine_of_what_is_closed(session):
    session.cine.set(0)
    session.close(STUDY)
    assert session.cine.value is None


def test_a_group_of_which_a_moment_is_open_stays_as_it_was_opened(session):
    again = replace(GROUP, description="scanned again")
    session.add_to_catalogue(Catalogue((replace(STUDY, series=(again,)),)))
    assert session.catalogue.value.group_of("k#1") is GROUP


def test_other_pictures_under_the_key_of_an_open_group_have_parts_of_their_own(session):
    stranger = Instance(Path("x.dcm"), "9.9", "", "", 1)
    other = replace(
        GROUP,
        instances=(stranger,) * 3,
        parts=tuple(replace(one, instances=(stranger,)) for one in PARTS),
    )
    session.add_to_catalogue(Catalogue((replace(STUDY, series=(other,)),)))
    keys = [one.key for series in session.catalogue.value.studies[0].series for one in series.parts]
    assert len(set(keys)) == 6


@pytest.mark.parametrize(
    ("split_by", "words", "one"),
    [
        ("time", "3 times", "1 time"),
        ("b-value", "3 b-values", "1 b-value"),
        ("echo", "3 echoes", "1 echo"),
        ("b-value and direction", "3 b-values and directions", "1 b-value and direction"),
        ("", "3 moments", "1 moment"),
    ],
)
def test_moments_are_counted_in_words(split_by, words, one):
    group = replace(GROUP, split_by=split_by)
    assert moments_in_words(group) == words
    assert moments_in_words(group, 1) == one


def test_a_moment_without_a_name_is_numbered():
    nameless = replace(GROUP, parts=tuple(replace(one, split="") for one in PARTS))
    assert moment_name(GROUP, 1) == "time 2 of 3"
    assert moment_name(nameless, 1) == "time 2 of 3"
