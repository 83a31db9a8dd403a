"""A series that was made here is saved as DICOM beside the one it was made from."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from tests.patience import PATIENCE_S
from viewer.commands.derived_saving import COMMANDS, save_series
from viewer.commands.enhance_apply import made_from, show_made
from viewer.commands.loading import first_window
from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.core.study import Catalogue
from viewer.imaging.derivation import DERIVED
from viewer.io import derived_write
from viewer.io.load import open_series
from viewer.io.scan import scan
from viewer.session.images import OpenImage

(SAVE,) = COMMANDS


@pytest.fixture
def chest(desk, few_slices):
    """A chest of few slices, on the desk."""
    catalogue = scan([few_slices], Silent())
    ((study, series),) = catalogue.all_series()
    desk.session.add_to_catalogue(catalogue)
    volume = open_series(series).run(Silent(), lambda _: None)
    opened = OpenImage(study, series, volume, first_window(volume, 3))
    desk.session.show(opened)
    return opened


def brighter(desk, source, title="enhanced"):
    """Show a series with a value more everywhere, made from another; return its volume."""
    values = source.image.values() + np.float32(1.25)
    told = ("Derived: a little brighter.",)
    made = replace(source.image, voxels=values, slope=1.0, intercept=0.0, provenance=told)
    show_made(desk, source, made_from(source.series, made, title, ["a little brighter"], title))
    return made


def test_it_is_offered_only_for_what_lies_in_no_file(desk, chest):
    assert not SAVE.allowed(desk)
    with pytest.raises(Declined, match="lies in files already"):
        save_series(desk)
    brighter(desk, chest)
    assert SAVE.allowed(desk)


def test_saved_and_opened_again_it_is_the_same_and_says_what_was_done(desk, chest, tmp_path):
    made = brighter(desk, chest)
    desk.asker.path = tmp_path / "results"
    save_series(desk)
    desk.settle()
    assert "6 slices, read back and found equal" in desk.session.message.value.sentence
    (folder,) = desk.asker.path.iterdir()
    ((study, series),) = scan([folder], Silent()).all_series()
    assert study.identity == chest.study.identity
    assert [one.sentence for one in series.notices if one.code == DERIVED] == [
        "Derived: a little brighter."
    ]
    assert series.synthetic
    back = open_series(series).run(Silent(), lambda _: None)
    assert np.allclose(back.geometry.affine, made.geometry.affine, atol=1e-4)
    assert np.abs(back.values() - made.values()).max() < 0.06
    window = desk.session.active_image.window
    assert dict(back.windows)[next(iter(dict(back.windows)))].width == pytest.approx(window.width)


def test_what_was_made_of_what_was_made_goes_back_to_the_files(desk, chest, tmp_path):
    brighter(desk, chest)
    brighter(desk, desk.session.active_image, "masked")
    assert desk.session.active_image.key.count("#") == 2
    desk.asker.path = tmp_path / "results"
    save_series(desk)
    desk.settle()
    assert "found equal" in desk.session.message.value.sentence


def test_a_source_that_is_not_open_any_more_is_said(desk, chest):
    brighter(desk, chest)
    derived = desk.session.active_image
    study = replace(derived.study, series=(derived.series,))
    desk.session.catalogue.set(Catalogue((study,)))
    with pytest.raises(Declined, match="not open any more"):
        save_series(desk)


def test_given_up_nothing_is_left(desk, chest, tmp_path, monkeypatch):
    brighter(desk, chest)
    desk.asker.path = tmp_path / "results"
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()
    save = derived_write.save_derived_series

    def held(folder, volume, source, patient_id, progress, *, window):
        def report(done, doing=""):
            begun.set()
            assert go_on.wait(PATIENCE_S)
            progress.report(done, doing)

        try:
            return save(
                folder, volume, source, patient_id, SimpleNamespace(report=report), window=window
            )
        finally:
            ended.set()

    monkeypatch.setattr(derived_write, "save_derived_series", held)
    save_series(desk)
    assert begun.wait(PATIENCE_S)
    for job in desk.runner.jobs:
        job.cancel()
    go_on.set()
    assert ended.wait(PATIENCE_S)
    desk.settle()
    assert desk.session.message.value.sentence == "No series was saved."
    assert not desk.asker.path.exists()
