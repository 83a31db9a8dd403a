import os
import shutil
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.session.test_linking import session_of, volume
from viewer.commands import files, loading, reading
from viewer.commands.command import Commands
from viewer.commands.loading import want_what_views_show
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.errors import Unreadable
from viewer.core.finding import Finding
from viewer.core.progress import Silent
from viewer.core.study import Catalogue, Series, SeriesKind
from viewer.core.volume import Fidelity
from viewer.io.sample import sample_study
from viewer.session.linking import Group
from viewer.session.session import Place
from viewer.session.whereabouts import go

COMMANDS = Commands([*files.COMMANDS, *files.LEAVING, *reading.COMMANDS])


@pytest.fixture(scope="module")
def images(tmp_path_factory):
    return sample_study(tmp_path_factory.mktemp("images"), Silent(), shape=(12, 64, 64))


def sentence(desk):
    return desk.session.message.value.sentence


def other_series(opened, key="other"):
    return replace(opened.series, key=key, uid=f"1.9.{key}")


def test_opening_a_folder_lists_it_shows_it_and_remembers_it(desk, images):
    files.open_paths(desk, [images])
    desk.settle()
    (study,) = desk.session.catalogue.value.studies
    assert desk.session.active_image.count == 12
    assert desk.session.active_image.fidelity.complete
    assert {look.series_key for look in desk.session.hanging.value.cells} == {study.series[0].key}
    assert desk.settings.window.last_folder == images
    assert [recent.path for recent in desk.keeper.recent()] == [images]
    assert desk.loadings == {}


def test_opening_nothing_does_nothing(desk):
    files.open_paths(desk, [])
    assert desk.runner.jobs == ()


def test_the_first_to_show_is_the_volume_with_the_most_slices(opened):
    one, two = opened.series.instances[0], replace(opened.series.instances[0], number=2)
    few, many = other_series(opened, "few"), other_series(opened, "many")
    clip = replace(other_series(opened, "clip"), kind=SeriesKind.CINE, instances=(one, two, one))
    many = replace(many, instances=(one, two))
    study = replace(opened.study, series=(few, clip, many))
    assert files.first_to_show(Catalogue((study,))) is many
    assert files.first_to_show(Catalogue()) is None


def test_more_of_an_open_study_is_added_to_what_is_listed(desk, hung):
    added = replace(hung.study, series=(other_series(hung),))
    desk.session.add_to_catalogue(Catalogue((added,)))
    (study,) = desk.session.catalogue.value.studies
    assert [series.key for series in study.series] == ["key", "other"]


def test_an_open_series_stays_listed_as_it_was_opened(desk, hung):
    shorter = replace(hung.series, instances=(), description="again")
    desk.session.add_to_catalogue(Catalogue((replace(hung.study, series=(shorter,)),)))
    assert desk.session.catalogue.value.find("key")[1] is hung.series


def test_what_is_said_about_an_open_series_is_kept_after_more_of_its_study_was_opened(desk, hung):
    added = replace(hung.study, series=(other_series(hung),))
    desk.session.add_to_catalogue(Catalogue((added,)))
    model = Author("nodules", is_model=True, version="1")
    finding = Finding("a", NODULE, LUNG, (1, 2, 4), (0, 1, 3), (2, 3, 5), 2.0, 4.2, "key", model)
    desk.session.do("Mark", desk.session.record.value.with_finding(finding))
    desk.keeper.flush()
    assert [found.id for found in desk.keeper.latest("1.8").findings] == ["a"]


def test_closing_a_study_closes_what_was_added_to_it_too(desk, hung):
    added = other_series(hung)
    desk.session.add_to_catalogue(Catalogue((replace(hung.study, series=(added,)),)))
    desk.session.hang(1, replace(hung, series=added))
    COMMANDS.run("files.close_study", desk)
    assert list(desk.session.images.value) == []
    assert desk.session.catalogue.value.studies == ()


def test_an_object_without_pictures_is_not_hung(desk, hung):
    report = Series("sr", "1.7", "1.8", "REG", SeriesKind.OBJECT, hung.series.instances)
    desk.session.add_to_catalogue(Catalogue((replace(hung.study, series=(report,)),)))
    files.open_series(desk, "sr")
    desk.settle()
    assert "no pictures" in sentence(desk)
    assert desk.session.active_image is hung


def test_a_stopped_load_is_told_and_opening_again_goes_on(desk, images, monkeypatch):
    def endless(fresh, landed, progress):
        while True:
            progress.report(0.5)
            time.sleep(0.01)

    with monkeypatch.context() as patch:
        patch.setattr(loading, "_fill", endless)
        files.open_paths(desk, [images])
        desk.settle(lambda: bool(desk.loadings))
        assert not reading_is_begun(desk)
        for job in desk.runner.jobs:
            job.cancel()
        desk.settle()
    stopped = desk.session.active_image
    assert not stopped.fidelity.complete
    assert "was stopped" in sentence(desk)
    assert not reading_is_begun(desk)
    files.open_series(desk, stopped.key)
    desk.settle()
    assert desk.session.active_image.fidelity.complete


def test_a_load_that_fails_is_told_and_leaves_no_claim(desk, images, monkeypatch):
    def fail(fresh, landed, progress):
        raise Unreadable("The disk is gone.")

    monkeypatch.setattr(loading, "_fill", fail)
    files.open_paths(desk, [images])
    desk.settle()
    assert desk.loadings == {}
    assert sentence(desk) == "The disk is gone."


def test_the_reader_waits_until_a_series_is_complete(desk, hung):
    quality = Fidelity.ORIGINAL * hung.image.voxels[:, 0, 0].astype(bool).astype("uint8")
    quality[0] = Fidelity.NEIGHBOUR
    images = desk.session.images.value.with_fidelity("key", Fidelity(quality))
    desk.session.images.set(images)
    assert not reading_is_begun(desk)
    assert "Not all of this series is loaded" in sentence(desk)


def test_many_damaged_slices_are_told_in_one_sentence(desk, images, tmp_path):
    copy = shutil.copytree(images, tmp_path / "copy")
    said = []
    desk.session.message.changed.connect(lambda new, old: said.append(new))
    files.open_paths(desk, [copy])
    desk.settle()
    (study,) = desk.session.catalogue.value.studies
    files.close_study(desk, study)
    desk.session.add_to_catalogue(Catalogue((study,)))
    for file in filter(Path.is_file, copy.rglob("*")):
        os.truncate(file, file.stat().st_size // 2)
    files.open_series(desk, study.series[0].key)
    desk.settle()
    (message,) = said
    assert message.serious
    assert message.sentence.startswith("12 of 12 slices of ")
    assert len(desk.session.active_image.notices) == 12


def test_a_place_with_nothing_but_objects_says_so(desk, images, opened):
    report = Series("sr", "1.7", "1.8", "SR", SeriesKind.OBJECT, opened.series.instances)
    files._listed(desk, images, Catalogue((replace(opened.study, series=(report,)),)))
    assert "1 segmentation or report" in sentence(desk)


def reading_is_begun(desk):
    COMMANDS.run("reading.run", desk)
    return any("Second reader" in job.title for job in desk.runner.jobs)


def test_views_that_move_apart_have_their_own_slices_wanted():
    asked = {}

    class Loading:
        def __init__(self, key):
            self.key = key

        def want(self, number):
            asked[self.key] = number

    session = session_of(("a", volume("a", "1.2")), ("b", volume("b", "1.2")))
    session.place.set(Place((0.0, 0.0, 4.0), "1.2"))
    session.linking.set(session.linking.value.with_group(1, Group.A))
    go(session, 1, (0.0, 0.0, 30.0))
    loadings = {"a": Loading("a"), "b": Loading("b")}
    want_what_views_show(SimpleNamespace(session=session, loadings=loadings))
    assert asked == {"a": 2, "b": 15}
