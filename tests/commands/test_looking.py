"""Places opened again: at once what was there before, then what is there now."""

import shutil
import time

import pytest

from tests.patience import PATIENCE_S
from viewer.commands import files, looking
from viewer.core.progress import Silent
from viewer.core.study import Catalogue
from viewer.io import known
from viewer.io.sample import sample_study


@pytest.fixture
def place(few_slices, tmp_path, monkeypatch):
    """A folder with a study that was there for long."""
    monkeypatch.setattr(known, "_SETTLED_S", -60.0)
    return shutil.copytree(few_slices, tmp_path / "images")


def opened_again(desk, place):
    """Open a place, put it away as another start of the program would, and open it again."""
    files.open_paths(desk, [place])
    desk.settle()
    for study in desk.session.catalogue.value.studies:
        files.close_study(desk, study)
    desk.session.catalogue.set(Catalogue())
    files.open_paths(desk, [place])


def test_a_place_on_a_slow_disk_is_listed_from_memory_first(desk, place, monkeypatch):
    listed = []

    def late(paths, progress, known):
        until = time.monotonic() + PATIENCE_S
        while "listed" not in listed and time.monotonic() < until:
            time.sleep(0.01)
        listed.append("looked")
        return scan(paths, progress, known)

    scan = looking.scan
    files.open_paths(desk, [place])
    desk.settle()
    monkeypatch.setattr(looking, "scan", late)
    monkeypatch.setattr(looking, "_hand_over", lambda *_: listed.append("listed"))
    files.open_paths(desk, [place])
    desk.settle()
    assert listed == ["listed", "looked"]


def test_a_place_on_a_fast_disk_is_listed_once(desk, place, monkeypatch):
    files.open_paths(desk, [place])
    desk.settle()
    monkeypatch.setattr(looking, "_PATIENCE_S", 60.0)
    monkeypatch.setattr(looking, "_hand_over", lambda *_: pytest.fail("told from memory"))
    files.open_paths(desk, [place])
    desk.settle()


@pytest.mark.parametrize("patience_s", [0.0, 60.0])
def test_a_place_opened_again_hangs_the_same_series_with_all_its_slices(
    desk, place, patience_s, monkeypatch
):
    monkeypatch.setattr(looking, "_PATIENCE_S", patience_s)
    opened_again(desk, place)
    desk.settle()
    (study,) = desk.session.catalogue.value.studies
    assert desk.session.active_image.count == 6
    assert desk.session.active_image.fidelity.complete
    assert len(study.series) == 1


def test_a_file_that_came_since_is_listed_once_it_is_noticed(desk, place):
    files.open_paths(desk, [place])
    desk.settle()
    other = sample_study(place.parent / "other", Silent(), shape=(4, 32, 32))
    shutil.copytree(other, place / "more")
    opened_again(desk, place)
    desk.settle()
    counts = sorted(
        len(series.instances) for _, series in desk.session.catalogue.value.all_series()
    )
    assert sum(counts) == 10


def test_series_that_are_gone_leave_the_list_and_those_that_are_open_stay(desk, place):
    files.open_paths(desk, [place])
    desk.settle()
    before = desk.session.catalogue.value
    files.open_paths(desk, [place])
    desk.settle()
    found = Catalogue()
    looking._drop_what_is_no_more(desk, before, found)
    assert desk.session.catalogue.value.studies == before.studies, "it is open"
    for study in before.studies:
        files.close_study(desk, study)
    desk.session.catalogue.set(before)
    looking._drop_what_is_no_more(desk, before, found)
    assert desk.session.catalogue.value.studies == ()


def test_a_series_whose_files_changed_is_not_shown_from_memory(desk, place):
    files.open_paths(desk, [place])
    desk.settle()
    for path in place.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes())
    opened_again(desk, place)
    desk.settle()
    assert desk.session.active_image.fidelity.complete


def test_another_study_in_the_list_is_left_alone(desk, place, opened):
    files.open_paths(desk, [place])
    desk.settle()
    before = desk.session.catalogue.value
    for study in before.studies:
        files.close_study(desk, study)
    desk.session.catalogue.set(Catalogue((*before.studies, opened.study)))
    looking._drop_what_is_no_more(desk, before, Catalogue())
    assert desk.session.catalogue.value.studies == (opened.study,)
