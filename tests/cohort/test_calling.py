"""Which models read which series from the command line, and what they leave behind."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import nibabel
import numpy as np
import pytest

from tests.ai.network_phantom import network_folder, threshold_weights
from viewer.ai.offer import Offer
from viewer.cohort import calling
from viewer.cohort import visit as visiting
from viewer.cohort.account import Fate
from viewer.cohort.calling import Call, Choice, calls_for, companions, each_once
from viewer.cohort.plan import Errand, errands
from viewer.cohort.review import review
from viewer.core.assessment import Assessment
from viewer.core.code import NODULE
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Silent
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study
from viewer.io.load import load
from viewer.io.map_forms import MapForm
from viewer.io.results import Results
from viewer.io.sample import sample_study
from viewer.io.scan import scan
from viewer.io.sr import read_findings

PREPARATION = {
    "patch_voxels": 0,
    "steps_mm": [],
    "low_hu": 0.0,
    "high_hu": 1.0,
    "spacing_mm": [6.0, 6.0, 6.0],
    "tile_voxels": [32, 32, 32],
    "overlap": 0.25,
    "channels": [{"modality": "CT", "low": 0.0, "high": 400.0}],
}


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Path:
    """Added models: one that marks what is brighter than 200 HU."""
    folder = tmp_path_factory.mktemp("own")
    shape, weights = threshold_weights(3, steep=12.0)
    network_folder(folder / "bright", shape, weights, preparation=PREPARATION)
    return folder


@pytest.fixture(scope="module")
def images(tmp_path_factory) -> Path:
    return sample_study(tmp_path_factory.mktemp("images"), Silent(), seed=3, shape=(24, 64, 64))


def no_picture(volume, finding, segmentations):
    return b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def reviewed(images, own, tmp_path_factory):
    out = tmp_path_factory.mktemp("results")
    return review([images], out, no_picture, Silent(), own=own, models=("bright",)), out


def test_a_model_that_is_named_reads_though_it_is_experimental(reviewed):
    result, out = reviewed
    (done,) = result.done
    assert done.reading.author.name == "Bright parts"
    assert done.reading.findings
    assert {"findings.csv", "report.html", "review.json", "sr_findings.dcm"} <= {
        path.name for path in out.iterdir()
    }
    found = read_findings(out / "sr_findings.dcm", "key")
    assert {one.author for one in found} == {done.reading.author}


def test_the_table_of_a_review_holds_statements_too(reviewed, tmp_path):
    done = reviewed[0].done[0]
    series, author = done.errand.series, done.reading.author
    said = Assessment("2.25.9", NODULE, series.key, author, "Speaks for it.", 0.7)
    reading = replace(done.reading, findings=(), segmentations=(), maps=(), assessments=(said,))
    image = load(series, Silent())
    results = Results(done.errand.study, series, image, assessments=(said,))
    visiting._save(tmp_path / "out", results, reading, MapForm.NIFTI, Silent())
    assert "Nodule,0.7000" in (tmp_path / "out" / "findings.csv").read_text()


def test_the_map_lies_where_the_images_lie_and_is_high_in_bone(reviewed, images):
    result, out = reviewed
    (path,) = out.glob("map_*.nii.gz")
    assert path in result.done[0].files
    image = nibabel.load(path)
    values = image.get_fdata().T
    volume = result.done[0].reading.maps[0]
    assert np.allclose(values, volume.values(), atol=1e-5)
    assert 0.9 < values.max() <= 1.0
    assert values.min() >= 0


def test_the_account_tells_model_weights_inputs_engine_device_and_time(reviewed):
    result, out = reviewed
    account = json.loads((out / "review.json").read_text())
    (series,) = account["series"]
    (model,) = series["models"]
    assert series["fate"] == Fate.READ
    assert model["id"] == "bright"
    assert model["inputs"] == [result.done[0].errand.series.uid]
    assert len(model["weights_sha256"]) == 64
    assert model["engine"]
    assert model["device"]
    assert model["read_at"]
    assert model["experimental"]
    assert series["maps"] == [one.title for one in result.done[0].reading.maps]


def test_a_later_review_takes_the_maps_of_the_last_away(images, own, tmp_path):
    out = tmp_path / "again"
    first = review([images], out, no_picture, Silent(), own=own, models=("bright",))
    (path,) = out.glob("map_*.nii.gz")
    assert first.done
    empty = tmp_path / "empty"
    empty.mkdir()
    review([empty], out, no_picture, Silent(), own=own, models=("bright",))
    assert not path.exists()


def test_an_unknown_model_is_declined_before_anything_is_read(images, own, tmp_path):
    with pytest.raises(Declined, match="bright"):
        review([images], tmp_path, no_picture, Silent(), own=own, models=("nobody",))


def test_nobody_else_is_asked_where_models_are_named(images, own):
    catalogue = scan([images], Silent())
    (errand,) = errands(catalogue)
    (call,) = calls_for(errand, catalogue, Choice(("bright",), own))
    assert call.offer.id == "bright"
    with pytest.raises(Declined, match="chest CT"):
        calls_for(errand, catalogue, Choice(("lung_nodules",), own))


# -- what is taken along ------------------------------------------------------------------------

OFFER = Offer("tumour", "Tumour", "Looks.", ("PT", "CT"))


def series(key, modality, count=3, frame="space"):
    one = Instance(Path(key), key, "1.2", "1.2.840.10008.1.2.1", 1)
    made = Series(key, f"9.{key}", "1", modality, SeriesKind.VOLUME, (one,) * count)
    return replace(made, frame_of_reference_uid=frame)


STUDY = Study(
    "1", Patient("P"), (series("ct", "CT", 9), series("pet", "PT"), series("scout", "CT", 2, "x"))
)
CATALOGUE = Catalogue((STUDY, Study("2", Patient("P"), (series("later", "CT"),))))


def call(key, offer=OFFER):
    errand = next(one for one in errands(CATALOGUE) if one.series.key == key)
    return Call(errand, offer, companions(errand, CATALOGUE, offer))


def keys(found):
    return {one.series.key for one in found}


def test_what_lies_in_the_same_space_is_taken_along():
    assert keys(call("pet").companions) == {"ct", "later"}
    assert keys(call("scout").companions) == set()


def test_other_dates_are_taken_along_by_a_model_that_compares():
    compares = replace(OFFER, companions=(), compares=True)
    assert keys(call("ct", compares).companions) == {"later"}


def test_what_one_call_takes_along_is_no_call_of_its_own():
    made = each_once([call("ct"), call("pet"), call("scout")])
    assert keys(one.errand for one in made) == {"ct", "scout"}
    other = replace(OFFER, id="other")
    both = each_once([call("ct"), call("pet", other)])
    assert len(both) == 2
    assert isinstance(both[0].errand, Errand)


# -- of several dates, and of several people -----------------------------------------------------

COMPARES = replace(OFFER, companions=(), compares=True)


def dated(date, *names: str, person="P", folder="a", slices=3):
    made = (
        replace(
            series(f"{folder}/{date}/{name}", "MR", slices if "FLAIR" in name else 90, date),
            description=name,
        )
        for name in names
    )
    return Study(f"{person}{folder}{date}", Patient(person), tuple(made), date)


def asked(*studies: Study):
    catalogue = Catalogue(studies)
    return [
        Call(one, COMPARES, companions(one, catalogue, COMPARES))
        for one in errands(catalogue)
        if "T1" not in one.series.description
    ]


def dates(calls):
    return sorted(one.errand.study.date for one in calls)


def test_of_three_dates_each_but_the_first_is_read_and_compared_with_the_one_before():
    calls = each_once(asked(*(dated(year, "FLAIR") for year in ("2018", "2019", "2020"))))
    assert dates(calls) == ["2019", "2020"]
    latest = next(one for one in calls if one.errand.study.date == "2020")
    assert [one.study.date for one in latest.companions] == ["2019", "2018"]


def test_what_is_called_alike_is_taken_along_however_many_others_there_are():
    others = [f"T1 {letter}" for letter in "abcdefghij"]
    calls = each_once(asked(dated("2019", "FLAIR", *others), dated("2020", "FLAIR", *others)))
    (found,) = calls
    assert found.errand.study.date == "2020"
    assert found.companions[0].series.description == "FLAIR"


def test_those_whom_nobody_names_are_of_one_person_only_in_one_folder():
    ours = [dated(date, f"study_{date}_FLAIR.nii.gz", person="") for date in ("1", "2")]
    theirs = [dated(d, f"study_{d}_FLAIR.nii.gz", person="", folder="b") for d in ("3", "4")]
    moved = [
        replace(one, series=tuple(replace(s, instances=(at(s, folder),)) for s in one.series))
        for folder, group in (("a", ours), ("b", theirs))
        for one in group
    ]
    calls = each_once(asked(*moved))
    assert dates(calls) == ["2", "4"]
    for one in calls:
        assert {other.series.key[0] for other in one.companions} == {one.errand.series.key[0]}


def at(series, folder):
    return replace(series.instances[0], path=Path("data") / folder / "file.nii.gz")


def test_a_mask_beside_images_without_dates_takes_none_of_their_readings_away():
    names = ("brainmask.nii.gz", "study1_FLAIR.nii.gz", "study2_FLAIR.nii.gz")
    undated = [
        Study(name, Patient(""), (replace(series(name, "", 3, ""), description=name),), "")
        for name in names
    ]
    read = each_once(asked(*undated))
    assert [one.errand.series.description for one in read] == list(names[:2])
    assert read[1].companions[0].series.description == names[2]


def test_of_two_images_in_one_space_that_of_the_same_study_comes_first():
    old = Study("0", Patient("P"), (series("old", "CT", 50),))
    catalogue = Catalogue((old, STUDY))
    errand = next(one for one in errands(catalogue) if one.series.key == "pet")
    assert [one.series.key for one in companions(errand, catalogue, OFFER)] == ["ct", "old"]


def test_what_is_beyond_the_figures_of_a_model_is_read_only_where_it_is_named():
    long = replace(OFFER, beyond="Longer than any image it learned from.")
    declined = calling._not_beyond(long)
    assert not declined.taken
    assert declined.reason == long.beyond
    assert long.taken
    assert not long.by_itself
    assert calling._not_beyond(OFFER) is OFFER


def test_a_companion_that_cannot_be_loaded_is_left_out_and_told(monkeypatch):
    def load(series, _progress):
        if series.key == "ct":
            raise Unreadable("Its files are damaged.", code="damaged")
        return series.key

    monkeypatch.setattr(visiting, "load", load)
    told, images, (notice,) = visiting.taken_along(call("pet"), Silent())
    assert images == ("later",)
    assert keys(told.companions) == {"later"}
    assert "Its files are damaged." in notice.sentence
