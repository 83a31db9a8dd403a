from pathlib import Path

from viewer.cohort.plan import errands, folders, left_out, place
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study


def series(key, study_uid, kind=SeriesKind.VOLUME, images=3):
    one = Instance(Path(key), key, "1.2", "1.2.840.10008.1.2.1", 1)
    return Series(key, key, study_uid, "CT", kind, (one,) * images)


def study(uid, *parts: Series):
    return Study(uid, Patient(), parts)


def test_the_finest_series_of_a_study_is_read_first():
    catalogue = Catalogue(
        (study("1", series("thick", "1", images=5), series("thin", "1", images=9)),)
    )
    assert [errand.series.key for errand in errands(catalogue)] == ["thin", "thick"]


def test_pictures_that_form_no_volume_are_left_out_but_not_forgotten():
    catalogue = Catalogue((study("1", series("a", "1"), series("scout", "1", SeriesKind.STACK)),))
    assert [errand.series.key for errand in errands(catalogue)] == ["a"]
    assert [errand.series.key for errand in left_out(catalogue)] == ["scout"]


def test_the_results_of_a_single_study_go_right_where_they_were_wanted():
    catalogue = Catalogue((study("1", series("a", "1"), series("b", "1")),))
    assert folders(Path("out"), errands(catalogue)) == {"1": Path("out")}


def test_every_one_of_several_studies_has_a_folder_that_names_no_patient():
    catalogue = Catalogue((study("1", series("a", "1")), study("2", series("b", "2"))))
    assert folders(Path("out"), errands(catalogue)) == {
        "1": Path("out/study-001"),
        "2": Path("out/study-002"),
    }


def test_a_second_series_of_a_study_never_overwrites_the_first():
    assert place(Path("out"), 0) != place(Path("out"), 1) != place(Path("out"), 2)
