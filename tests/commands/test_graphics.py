"""What files draw over their pictures comes with the series that is opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from tests.io.reading.conftest import picture
from tests.io.reading.test_overlays import add_plane
from viewer.commands.command import Commands
from viewer.commands.files import open_paths
from viewer.commands.views import COMMANDS as VIEWS
from viewer.core.volume import Fidelity

MASK = np.eye(8, 6, dtype=bool)[np.newaxis]


def write(folder: Path, number: int, *, drawn: bool = True, **more: object) -> None:
    dataset = picture(number)
    if drawn:
        add_plane(dataset, MASK, **more)
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.save_as(folder / f"{number}.dcm", enforce_file_format=True)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "images"
    made.mkdir()
    return made


def test_graphics_are_there_when_a_series_is_open(desk, folder):
    for number in (1, 2, 3):
        write(folder, number, drawn=number == 2)
    open_paths(desk, [folder])
    desk.settle()
    opened = desk.session.active_image
    over = [opened.graphics.over(origin) for origin in opened.image.origins]
    assert [len(planes) for planes in over] == [0, 1, 0]
    assert np.array_equal(over[1][0].mask, MASK[0])
    assert not any(notice.code == "overlay" for notice in opened.notices)


def test_a_damaged_plane_is_said_and_stays_with_the_image(desk, folder):
    write(folder, 1, cut=2)
    open_paths(desk, [folder])
    desk.settle()
    opened = desk.session.active_image
    (notice,) = [one for one in opened.notices if one.code == "overlay"]
    assert notice.sentence.startswith("The overlay plane 6000 of 1.dcm is not shown")
    assert opened.fidelity is None or opened.fidelity.quality[0] == Fidelity.ORIGINAL


def test_graphics_are_switched_off_and_on(desk, folder):
    commands = Commands(VIEWS)
    assert desk.session.shown.value.graphics
    commands.run("show.graphics", desk)
    assert not desk.session.shown.value.graphics
    assert not commands["show.graphics"].checked(desk)


def test_what_was_read_for_a_closed_image_is_dropped(desk, folder):
    from viewer.commands.graphics import _found
    from viewer.core.graphics import NO_GRAPHICS

    before = desk.session.images.value
    _found(desk, "gone", replace(NO_GRAPHICS))
    assert desk.session.images.value is before
