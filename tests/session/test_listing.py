"""Which study a series is listed under, whatever identifiers the files claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from viewer.core.author import Author
from viewer.core.geometry import Geometry
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.session.images import OpenImage
from viewer.session.session import Session

ANNA, BOB = Patient("PA", name="Anna"), Patient("PB", name="Bob")


def series(key: str, *uids: str) -> Series:
    pictures = tuple(Instance(Path(f"{uid}.dcm"), uid, "", "", 1) for uid in uids)
    return Series(key, "1.2", "1.1", "CT", SeriesKind.VOLUME, pictures)


def study(patient: Patient, *listed: Series, uid: str = "1.1") -> Study:
    return Study(uid, patient, listed)


@pytest.fixture
def session() -> Session:
    return Session(Author("Reader"))


def opened(session: Session, of: Study, one: Series) -> None:
    geometry = Geometry((2, 3, 4), np.eye(4), "1.9")
    volume = Volume(np.zeros((2, 3, 4), np.int16), geometry, "1", "CT", one.key)
    session.show(OpenImage(of, one, volume))


def listed(session: Session) -> dict[str, list[str]]:
    return {
        study.patient.id: [one.key for one in study.series]
        for study in session.catalogue.value.studies
    }


@pytest.mark.parametrize("at_once", [True, False])
def test_two_patients_with_the_same_study_uid_stay_apart(session, at_once):
    anna, bob = study(ANNA, series("a", "1")), study(BOB, series("b", "2"))
    for found in [(anna, bob)] if at_once else [(anna,), (bob,)]:
        session.add_to_catalogue(Catalogue(found))
    assert listed(session) == {"PA": ["a"], "PB": ["b"]}


def test_the_same_patient_id_of_another_issuer_is_another_patient(session):
    here, there = Patient("P", "here"), Patient("P", "there")
    session.add_to_catalogue(Catalogue((study(here, series("a", "1")),)))
    session.add_to_catalogue(Catalogue((study(there, series("b", "2")),)))
    assert [one.patient for one in session.catalogue.value.studies] == [here, there]


def test_closing_a_study_leaves_that_of_another_patient_with_the_same_uid(session):
    anna, bob = study(ANNA, series("a", "1")), study(BOB, series("b", "2"))
    session.add_to_catalogue(Catalogue((anna, bob)))
    session.close(anna)
    assert listed(session) == {"PB": ["b"]}


def test_more_of_a_series_replaces_what_was_listed(session):
    session.add_to_catalogue(Catalogue((study(ANNA, series("a", "1")),)))
    session.add_to_catalogue(Catalogue((study(ANNA, series("a", "1", "2")),)))
    (only,) = session.catalogue.value.studies[0].series
    assert len(only.instances) == 2


def test_less_of_a_series_changes_nothing(session):
    session.add_to_catalogue(Catalogue((study(ANNA, series("a", "1", "2")),)))
    session.add_to_catalogue(Catalogue((study(ANNA, series("a", "1")),)))
    (only,) = session.catalogue.value.studies[0].series
    assert len(only.instances) == 2


def test_other_pictures_under_the_uid_of_an_open_series_are_listed_beside_it(session):
    one = series("a", "1", "2")
    of = study(ANNA, one)
    session.add_to_catalogue(Catalogue((of,)))
    opened(session, of, one)
    for _ in range(2):
        session.add_to_catalogue(Catalogue((study(ANNA, series("a", "3", "4")),)))
    first, second = session.catalogue.value.studies[0].series
    assert first is one
    assert second.key != "a"
    assert [i.sop_instance_uid for i in second.instances] == ["3", "4"]
    assert session.listed_as(series("a", "3", "4")) == second.key
    assert session.listed_as(one) == "a"


def test_the_same_pictures_from_elsewhere_do_not_displace_an_open_series(session):
    one = series("a", "1")
    of = study(ANNA, one)
    session.add_to_catalogue(Catalogue((of,)))
    opened(session, of, one)
    session.add_to_catalogue(Catalogue((study(ANNA, replace(one, description="copy")),)))
    assert session.catalogue.value.studies[0].series == (one,)
