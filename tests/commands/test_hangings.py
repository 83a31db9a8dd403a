"""Studies are hung as protocols say; files of four mammograms hang back to back."""

from __future__ import annotations

import numpy as np
import pytest
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from viewer.commands import hangings, priors
from viewer.commands.command import Commands
from viewer.commands.files import open_paths
from viewer.commands.hangings import import_from, protocols_of
from viewer.core.progress import Silent
from viewer.io.scan import scan
from viewer.render.projection_letters import letters_of_projection
from viewer.session.edge import Edge
from viewer.session.hanging_files import exported
from viewer.session.hanging_rules import best
from viewer.session.hanging_shipped import CT, MAMMOGRAPHY, PET_CT, SHIPPED
from viewer.session.look import SECOND, Layout

COMMANDS = Commands([*hangings.COMMANDS, *priors.COMMANDS])
_MG, _DX = "1.2.840.10008.5.1.4.1.1.1.2", "1.2.840.10008.5.1.4.1.1.1.1"


def write_projection(path, study_uid, series_uid, **values: object):
    """Write a small projection: bright at its left edge, dark at its right one."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    head = Dataset()
    head.SOPClassUID = meta.MediaStorageSOPClassUID = values.pop("SOPClassUID", _MG)
    head.SOPInstanceUID = meta.MediaStorageSOPInstanceUID = generate_uid()
    head.StudyInstanceUID, head.SeriesInstanceUID = study_uid, series_uid
    head.PatientID, head.PatientName, head.Modality = "P1", "Doe^Jane", "MG"
    head.StudyDate, head.StudyTime, head.InstanceNumber = "20260102", "100000", 1
    head.Rows, head.Columns, head.SamplesPerPixel = 32, 24, 1
    head.PhotometricInterpretation, head.PixelRepresentation = "MONOCHROME2", 0
    head.BitsAllocated = head.BitsStored = 16
    head.HighBit = 15
    head.PixelData = np.tile(np.arange(24, 0, -1, "<u2") * 100, (32, 1)).tobytes()
    for name, value in values.items():
        setattr(head, name, value)
    head.file_meta = meta
    head.save_as(path, enforce_file_format=True)


@pytest.fixture
def mammograms(tmp_path):
    """Four views, the chest wall of all at the left edge of the stored picture."""
    study, folder = generate_uid(), tmp_path / "mg"
    folder.mkdir()
    views = {
        ("L", "MLO"): ["A", "F"], ("R", "CC"): ["A", "L"],
        ("R", "MLO"): ["A", "F"], ("L", "CC"): ["A", "R"],
    }  # fmt: skip
    for number, ((side, view), towards) in enumerate(views.items(), start=1):
        write_projection(
            folder / f"{number}.dcm", study, generate_uid(), ImageLaterality=side,
            ViewPosition=view, PatientOrientation=towards, SeriesNumber=number,
        )  # fmt: skip
    return folder


def hung(desk):
    """Return side and view of what hangs in each view on screen."""
    session, found = desk.session, []
    for cell in session.hanging.value.shown:
        opened, look = session.image_in(cell), session.hanging.value.cells[cell]
        picture = opened.series.instances[look.frame] if opened else None
        found.append(f"{picture.side} {picture.view}" if picture else "")
    return found


def test_mammograms_hang_back_to_back_with_the_right_letters(desk, mammograms):
    open_paths(desk, [mammograms])
    desk.settle(lambda: all(hung(desk)))
    assert hung(desk) == ["R CC", "L CC", "R MLO", "L MLO"]
    session = desk.session
    looks = session.hanging.value.cells[:4]
    assert [look.flipped_sideways for look in looks] == [True, False, True, False]
    assert [look.edge for look in looks] == [Edge.RIGHT, Edge.LEFT] * 2, "chest walls meet"
    letters = [letters_of_projection(session.image_in(n), looks[n]) for n in range(4)]
    assert [(one.left, one.right) for one in letters] == [("A", "P"), ("P", "A")] * 2
    assert [one.top for one in letters] == ["R", "L", "H", "H"]
    desk.settle()


def test_it_is_said_how_a_study_hangs_and_why(desk, mammograms):
    open_paths(desk, [mammograms])
    desk.settle(lambda: all(hung(desk)))
    assert desk.fits[0].protocol == MAMMOGRAPHY
    COMMANDS.run("hanging.why", desk)
    assert "The modality is MG. It shows the side R. The view is CC." in desk.asker.pages[-1]
    desk.settle()


def test_an_arrangement_is_used_again_for_the_next_study(desk, mammograms):
    open_paths(desk, [mammograms])
    desk.settle(lambda: all(hung(desk)))
    session = desk.session
    session.hanging.set(session.hanging.value.swapped(0, 3).laid_out(Layout.TWO))
    before, desk.asker.text = hung(desk), "Two of four"
    COMMANDS.run("hanging.use_example", desk)
    desk.keeper.flush()
    assert protocols_of(desk.keeper.shelf)[0].name == "Two of four"
    desk.session.hanging.set(desk.session.hanging.value.laid_out(Layout.FOUR))
    open_paths(desk, [mammograms])
    desk.settle()
    assert hung(desk) == before


def test_all_series_of_a_study_hang_side_by_side_and_back(desk, mammograms):
    open_paths(desk, [mammograms])
    desk.settle(lambda: all(hung(desk)))
    desk.settle()
    COMMANDS.run("hanging.all", desk)
    desk.settle(lambda: all(hung(desk)))
    assert hung(desk) == ["L MLO", "R CC", "R MLO", "L CC"]
    COMMANDS.run("view.empty", desk)
    assert hung(desk) == ["", "R CC", "R MLO", "L CC"]
    COMMANDS.run("view.swap", desk)
    assert hung(desk) == ["R CC", "", "R MLO", "L CC"]
    desk.settle()


def test_a_radiograph_hangs_beside_the_one_before(desk, tmp_path):
    for number, date in enumerate(("20260102", "20240102"), start=1):
        write_projection(
            tmp_path / f"{number}.dcm", generate_uid(), generate_uid(), SOPClassUID=_DX,
            Modality="DX", StudyDate=date, SeriesDescription=date,
        )  # fmt: skip
    open_paths(desk, [tmp_path])
    desk.settle(lambda: desk.session.image_in(1) is not None)
    desk.settle()
    dates = [desk.session.image_in(cell).study.date for cell in desk.session.hanging.value.shown]
    assert dates == ["20260102", "20240102"]


def test_the_prior_is_hung_beside_at_the_readers_word(desk, tmp_path, mammograms):
    write_projection(
        tmp_path / "mg" / "old.dcm", generate_uid(), generate_uid(), StudyDate="20240101",
        ImageLaterality="R", ViewPosition="CC", SeriesDescription="old",
    )  # fmt: skip
    open_paths(desk, [mammograms])
    desk.settle(lambda: all(hung(desk)))
    desk.settle()
    COMMANDS.run("hanging.prior", desk)
    desk.settle(lambda: all(hung(desk)))
    dates = [desk.session.image_in(cell).study.date for cell in desk.session.hanging.value.shown]
    assert dates == ["20260102", "20240101"]
    desk.settle()


def test_a_patient_without_an_earlier_study_has_no_prior(desk, mammograms):
    open_paths(desk, [mammograms])
    desk.settle(lambda: all(hung(desk)))
    desk.settle()
    COMMANDS.run("hanging.prior", desk)
    desk.settle()
    assert "No earlier study" in desk.session.message.value.sentence


def test_protocols_are_read_from_a_file_and_nonsense_is_refused(desk, tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(exported(SHIPPED[:1]))
    bad.write_text("{}")
    import_from(desk, good)
    desk.settle()
    assert desk.protocols.value[0].name == SHIPPED[0].name
    assert len(desk.protocols.value) == len(SHIPPED) + 1
    import_from(desk, bad)
    desk.settle()
    assert desk.session.message.value.sentence.startswith("These are no hanging protocols")
    assert len(desk.protocols.value) == len(SHIPPED) + 1


def test_the_second_window_begins_with_the_active_view(desk, mammograms):
    open_paths(desk, [mammograms])
    desk.settle(lambda: all(hung(desk)))
    COMMANDS.run("view.second", desk)
    assert hung(desk)[-1] == "R CC"
    assert desk.session.hanging.value.shown[-1] == SECOND
    COMMANDS.run("view.second", desk)
    assert len(hung(desk)) == 4
    desk.settle()


@pytest.mark.parametrize(
    ("folder", "name", "shown"),
    [
        ("petctmr_sarcoma_dicom", PET_CT.name, ["CT", "PT", "CT"]),
        ("ct_chest_lidc0314/dicom", CT.name, ["CT"] * 4),
    ],
)
def test_real_studies_hang_by_the_protocol_for_their_kind(data, folder, name, shown):
    study = scan([data / folder], Silent()).studies[0]
    found = best(SHIPPED, study)[0]
    assert found.protocol.name == name
    assert [one.series.modality for one in found.hung] == shown
