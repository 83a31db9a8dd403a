from dataclasses import replace
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget

from viewer.core.geometry import Geometry
from viewer.core.progress import Silent
from viewer.core.study import Catalogue, Notice, Patient, Refusal, Series, SeriesKind
from viewer.core.volume import Volume
from viewer.imaging.derivation import DERIVED
from viewer.io.sample import sample_study
from viewer.io.scan import scan
from viewer.session.images import OpenImage
from viewer.session.second_reading import reveal, seal
from viewer.ui.panels.studies import StudiesPanel, written_date

pytestmark = pytest.mark.window


@pytest.fixture(scope="module")
def images(tmp_path_factory):
    return sample_study(tmp_path_factory.mktemp("images"), Silent(), shape=(12, 64, 64))


@pytest.fixture(scope="module")
def listed(images):
    return scan([images], Silent())


@pytest.fixture
def panel(qtbot, desk, settle):
    made = StudiesPanel(desk)
    qtbot.addWidget(made)
    made.resize(280, 500)
    with qtbot.waitExposed(made):
        made.show()
    settle()
    return made


def tree(panel):
    return panel.findChild(QTreeWidget)


def tops(panel):
    return [tree(panel).topLevelItem(n) for n in range(tree(panel).topLevelItemCount())]


def below(top):
    return [top.child(n) for n in range(top.childCount())]


def ink(item):
    """Return how bright the brightest point of an item's icon is."""
    picture = item.icon(0).pixmap(56, 56).toImage()
    points = [(x, y) for x in range(0, 56, 4) for y in range(0, 56, 4)]
    return max(picture.pixelColor(x, y).lightness() for x, y in points)


def double_click(qtbot, panel, item):
    place = tree(panel).visualItemRect(item).center()
    qtbot.mouseClick(tree(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(tree(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_an_empty_panel_says_how_to_begin(panel):
    assert panel._none.isVisible()
    assert "Ctrl+O" in panel._none.text()
    assert tops(panel) == []


def test_a_study_is_named_by_patient_date_and_description(panel, desk, listed):
    desk.session.catalogue.set(listed)
    (top,) = tops(panel)
    assert "SYNTHETIC Thorax phantom" in top.text(0)
    assert "2026-01-01 · SYNTHETIC thorax phantom" in top.text(0)
    assert "SYNTHETIC-THORAX" in top.toolTip(0)
    assert not panel._none.isVisible()


def test_a_series_tells_modality_count_and_size(panel, desk, listed):
    desk.session.catalogue.set(listed)
    (item,) = below(tops(panel)[0])
    assert "CT · 12 images · 64 × 64" in item.text(0)


def test_one_image_is_not_called_images(panel, desk, opened):
    desk.session.catalogue.set(Catalogue((opened.study,)))
    assert "CT · 1 image · 64 × 64" in below(tops(panel)[0])[0].text(0)


def test_a_patient_without_a_name_is_called_by_id(panel, desk, opened):
    nameless = replace(opened.study, patient=Patient("P1"))
    unknown = replace(opened.study, uid="1.9", patient=Patient(), series=())
    desk.session.catalogue.set(Catalogue((nameless, unknown)))
    assert [top.text(0).splitlines()[0] for top in tops(panel)] == ["P1", "Unnamed"]


def test_small_pictures_arrive(panel, desk, listed, settle):
    desk.session.catalogue.set(listed)
    (item,) = below(tops(panel)[0])
    assert ink(item) == 0
    settle()
    assert ink(item) > 80


def test_a_small_picture_is_made_once(panel, desk, listed, settle):
    desk.session.catalogue.set(listed)
    settle()
    desk.session.catalogue.set(Catalogue(listed.studies, ()))
    desk.session.catalogue.set(replace(listed, refused=(_refusal("a.txt"),)))
    assert [job.title for job in desk.runner.jobs] == []
    assert ink(below(tops(panel)[0])[0]) > 80


def test_what_was_not_opened_is_listed_with_its_reason(panel, desk, listed):
    desk.session.catalogue.set(replace(listed, refused=(_refusal("a.txt"), _refusal("b", "It."))))
    last = tops(panel)[-1]
    assert last.text(0) == "Not opened: 2"
    assert [item.text(0) for item in below(last)] == ["a.txt is not DICOM.", "b: It."]
    assert below(last)[0].toolTip(0).endswith("a.txt")


def test_many_refusals_of_one_kind_stand_under_one_heading(panel, desk, listed):
    many = tuple(_refusal(f"{number}.txt") for number in range(5))
    desk.session.catalogue.set(replace(listed, refused=many))
    (heading,) = below(tops(panel)[-1])
    assert heading.text(0) == "Is not DICOM. (5)"
    assert below(heading)[0].text(0) == "0.txt is not DICOM."


def test_what_must_be_known_of_a_series_stands_below_it(panel, desk, opened):
    noted = replace(opened.series, notices=(Notice("gap", "A slice is missing."),))
    desk.session.catalogue.set(Catalogue((replace(opened.study, series=(noted,)),)))
    (item,) = below(tops(panel)[0])
    assert "⚠ A slice is missing." in item.text(0)
    assert item.toolTip(0) == "A slice is missing."


def test_a_double_click_opens_a_series(panel, desk, listed, settle, qtbot):
    desk.session.catalogue.set(listed)
    double_click(qtbot, panel, below(tops(panel)[0])[0])
    settle()
    assert desk.session.active_image.key == listed.studies[0].series[0].key


def test_what_is_open_is_written_bold(panel, desk, opened):
    desk.session.catalogue.set(Catalogue((opened.study,)))
    assert not below(tops(panel)[0])[0].font(0).bold()
    desk.session.show(opened)
    assert below(tops(panel)[0])[0].font(0).bold()


def test_an_object_has_no_small_picture(panel, desk, opened):
    report = Series("sr", "1.7", "1.8", "SR", SeriesKind.OBJECT, opened.series.instances)
    desk.session.catalogue.set(Catalogue((replace(opened.study, series=(report,)),)))
    (item,) = below(tops(panel)[0])
    assert item.icon(0).isNull()
    assert "SR · object" in item.text(0)


def test_recent_studies_are_listed_until_they_are_open(qtbot, desk, images, listed, settle):
    desk.keeper.remember(images, listed.studies[0])
    desk.keeper.remember(images.parent / "gone", replace(listed.studies[0], uid="1.99"))
    desk.keeper.flush()
    panel = StudiesPanel(desk)
    qtbot.addWidget(panel)
    panel.show()
    settle()
    (recent,) = tops(panel)
    assert recent.text(0) == "Recent studies"
    assert ["SYNTHETIC Thorax phantom" in item.text(0) for item in below(recent)] == [True]
    double_click(qtbot, panel, below(recent)[0])
    settle(lambda: desk.session.active_image is not None)
    settle()
    assert [top.text(0) for top in tops(panel) if top.text(0) == "Recent studies"] == []


def test_a_recent_study_without_a_name_is_called_by_its_place(qtbot, desk, images, listed, settle):
    nameless = replace(listed.studies[0], patient=Patient(""), description="")
    desk.keeper.remember(images, nameless)
    desk.keeper.flush()
    panel = StudiesPanel(desk)
    qtbot.addWidget(panel)
    panel.show()
    settle()
    assert [item.text(0).splitlines()[0] for item in below(tops(panel)[0])] == [images.name]


def test_a_date_is_written_with_dashes_and_anything_else_as_it_is():
    assert written_date("20260102") == "2026-01-02"
    assert written_date("yesterday") == "yesterday"


def test_thousands_of_series_are_listed_without_a_long_wait(panel, desk, opened):
    series = tuple(
        replace(opened.series, key=f"k{n}", uid=f"1.{n}", kind=SeriesKind.OBJECT)
        for n in range(2000)
    )
    began = process_time()
    desk.session.catalogue.set(Catalogue((replace(opened.study, series=series),)))
    assert process_time() - began < 3


def _refusal(name, sentence=""):
    return Refusal(Path("/data") / name, "not_dicom", sentence or f"{name} is not DICOM")


def test_a_derived_series_is_said_to_lie_nowhere_and_looks_like_its_source(
    panel, desk, listed, settle
):
    desk.session.add_to_catalogue(listed)
    settle()
    (study,) = listed.studies
    source = study.series[0]
    derived = replace(
        source,
        key=f"{source.key}#straightened",
        split="straightened",
        instances=(),
        format=DERIVED,
    )
    desk.session.add_to_catalogue(Catalogue((replace(study, series=(derived,)),)))
    settle()
    items = {item.data(0, Qt.ItemDataRole.UserRole): item for item in below(tops(panel)[0])}
    item = items[derived.key]
    assert "straightened" in item.text(0)
    assert "derived, not on disk" in item.text(0)
    assert ink(item) == ink(items[source.key]) > 0


def test_a_derived_series_that_is_shown_has_a_picture_of_its_own(panel, desk, listed, settle):
    desk.session.add_to_catalogue(listed)
    settle()
    (study,) = listed.studies
    source = study.series[0]
    key = f"{source.key}#masked-1"
    derived = replace(source, key=key, split="masked", instances=(), format=DERIVED)
    voxels = np.zeros((3, 8, 8), np.float32)
    voxels[:, :, 4:] = 100
    volume = Volume(voxels, Geometry(voxels.shape, np.eye(4)), "1", "CT", key)
    desk.session.add_to_catalogue(Catalogue((replace(study, series=(derived,)),)))
    desk.session.show(OpenImage(study, derived, volume))
    settle()
    items = {item.data(0, Qt.ItemDataRole.UserRole): item for item in below(tops(panel)[0])}
    picture = items[key].icon(0).pixmap(56, 56).toImage()
    assert picture.pixelColor(8, 28).lightness() < 20
    assert picture.pixelColor(48, 28).lightness() > 230


def test_what_waits_for_the_first_read_shows_neither_name_nor_picture(panel, desk, settle, listed):
    (study,) = listed.studies
    (first,) = study.series
    capture = "1.2.840.10008.5.1.4.1.1.7"
    picture = replace(first.instances[0], sop_class_uid=capture)
    marks = replace(
        first, key="marks", description="3 nodules", instances=(picture,), kind=SeriesKind.STACK
    )
    both = Catalogue((replace(study, series=(first, marks)),))
    seal(desk.session, study.uid)
    desk.session.catalogue.set(both)
    settle()
    plain, hidden = below(tops(panel)[0])
    assert ink(plain) > 0
    assert ink(hidden) == 0
    assert hidden.text(0).startswith("Hidden until first read\nSecondary capture")
    assert "3 nodules" not in f"{hidden.text(0)}{hidden.toolTip(0)}"
    reveal(desk.session, study.uid)
    settle()
    seen = below(tops(panel)[0])[1]
    assert seen.text(0).startswith("3 nodules")
    settle(lambda: ink(below(tops(panel)[0])[1]) > 0)
    seal(desk.session, study.uid)
    again = below(tops(panel)[0])[1]
    assert ink(again) == 0
    assert "3 nodules" not in again.text(0)
