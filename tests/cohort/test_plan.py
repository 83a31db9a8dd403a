from dataclasses import replace
from pathlib import Path

from viewer.cohort.plan import errands, left_out, place
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study

OUT = Path("out")


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
    (first, second) = errands(Catalogue((study("1", series("a", "1"), series("b", "1")),)))
    assert place(OUT, [], first) == OUT
    assert place(OUT, [first], second) == OUT / "series-002"


def test_every_further_study_has_a_folder_that_names_no_patient():
    catalogue = Catalogue((study("1", series("a", "1")), study("2", series("b", "2"))))
    (first, second) = errands(catalogue)
    assert place(OUT, [first], second) == OUT / "study-002"
    assert place(OUT, [first, second], second) == OUT / "study-002" / "series-002"


def test_of_several_moments_the_first_is_read_and_the_others_are_named():
    first, second = series("a#1", "1"), series("a#2", "1")
    whole = replace(series("a", "1", SeriesKind.FOUR_D, 6), parts=(first, second))
    catalogue = Catalogue((study("1", whole),))
    (errand,) = errands(catalogue)
    assert errand.series.key == "a#1"
    assert [notice.code for notice in errand.series.notices] == ["first_of_several"]
    assert "Of the 2 volumes" in errand.series.notices[0].sentence
    assert left_out(catalogue) == ()
