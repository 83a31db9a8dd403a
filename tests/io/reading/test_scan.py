from __future__ import annotations

import os
import threading

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from viewer.core.progress import Cancelled, Silent
from viewer.core.study import SeriesKind
from viewer.io.scan import scan

CUT_BEFORE_PIXELS = 600


def refused(listed) -> dict[str, str]:
    return {refusal.path.name: refusal.code for refusal in listed().refused}


def test_an_empty_file_is_refused_with_a_sentence(tmp_path, listed):
    (tmp_path / "nothing.dcm").touch()
    (refusal,) = listed().refused
    assert (refusal.code, refusal.sentence) == ("empty", "nothing.dcm is empty.")


@pytest.mark.parametrize("ending", ["nii", "nii.gz", "nrrd", "mha"])
def test_an_empty_file_of_another_format_is_refused_as_empty(tmp_path, listed, ending):
    (tmp_path / f"nothing.{ending}").touch()
    assert refused(listed) == {f"nothing.{ending}": "empty"}


def test_text_that_calls_itself_dicom_is_refused(tmp_path, listed):
    (tmp_path / "letter.dcm").write_text("Dear colleague, " * 50)
    assert refused(listed) == {"letter.dcm": "not_an_image"}


def test_what_lies_beside_the_images_is_listed_and_not_skipped(tmp_path, listed):
    for name in ("README.txt", "results.json", "picture.png", ".hidden"):
        (tmp_path / name).write_bytes(b"\x89PNG and so on, " * 20)
    assert set(refused(listed).values()) == {"not_an_image"}
    assert len(listed().refused) == 4


def test_a_file_cut_off_in_its_head_is_refused_as_truncated(write, listed):
    path = write()
    path.write_bytes(path.read_bytes()[:CUT_BEFORE_PIXELS])
    assert refused(listed) == {"0001": "truncated"}


def test_every_cut_of_a_file_is_refused_with_a_plain_sentence(write, listed):
    path = write()
    whole = path.read_bytes()
    for cut in range(0, len(whole), 37):
        path.write_bytes(whole[:cut])
        (refusal,) = listed().refused
        assert refusal.code in ("empty", "not_an_image", "truncated", "no_pixels")
        assert refusal.sentence.startswith("0001")


def test_a_single_picture_whose_pixels_are_cut_off_is_refused(write, listed):
    path = write()
    path.write_bytes(path.read_bytes()[:-10])
    (refusal,) = listed().refused
    assert refusal.code == "truncated"
    assert "86 of 96 bytes" in refusal.sentence


def test_a_slice_whose_pixels_are_cut_off_keeps_its_place_and_is_named(write, listed):
    for number in range(1, 6):
        write(number)
    path = write(3)
    path.write_bytes(path.read_bytes()[:-10])
    ((_, series),) = listed().all_series()
    assert series.kind is SeriesKind.VOLUME
    assert [notice.code for notice in series.notices] == ["damaged"]
    assert refused(listed) == {"0003": "truncated"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read all")
def test_a_file_without_permission_is_refused(write, listed):
    write().chmod(0)
    assert refused(listed) == {"0001": "no_permission"}


def test_a_file_the_system_forbids_is_refused(write, listed, monkeypatch):
    path = write()
    opened = os.open

    def forbidding(place, *rest: object):
        if place == path:
            raise PermissionError(13, "Permission denied")
        return opened(place, *rest)

    monkeypatch.setattr(os, "open", forbidding)
    (refusal,) = listed().refused
    assert refusal.code == "no_permission"
    assert "permission is missing" in refusal.sentence


def test_a_place_that_is_not_there_is_refused(tmp_path):
    (refusal,) = scan([tmp_path / "gone"], Silent()).refused
    assert refusal.code == "missing_file"


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes in folders")
def test_a_pipe_in_a_folder_does_not_hold_the_scan_up(tmp_path, write, listed):
    write()
    os.mkfifo(tmp_path / "pipe")
    assert refused(listed) == {"pipe": "not_a_file"}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_folder_is_named_and_not_followed(tmp_path, write, listed):
    write()
    (tmp_path / "round").symlink_to(tmp_path)
    assert refused(listed) == {"round": "link"}


def test_folders_are_searched_to_the_bottom_whatever_files_are_called(write, listed):
    write(1, name="a/b/c/IM1")
    write(2, name="a/b/scan.of.today")
    write(3, name="x.dcm")
    ((_, series),) = listed().all_series()
    assert len(series.instances) == 3


def test_an_unknown_syntax_is_refused_by_its_name(write, listed):
    path = write()
    referenced = b"1.2.840.10008.1.2.4.204"
    data = path.read_bytes()
    at = data.index(b"\x02\0\x10\0UI")
    length = len(b"1.2.840.10008.1.2.1\0")
    value = referenced + b"\0" * (len(referenced) % 2)
    head = data[:at] + b"\x02\0\x10\0UI" + len(value).to_bytes(2, "little") + value
    path.write_bytes(head + data[at + 8 + length :])
    (refusal,) = listed().refused
    assert refusal.code == "unsupported_syntax"
    assert "JPIP referenced pixels" in refusal.sentence


def test_a_picture_far_larger_than_its_file_is_refused(write, listed):
    write(1, Rows=60000, Columns=60000)
    assert refused(listed) == {"0001": "implausible_size"}


def test_the_same_picture_twice_is_shown_once_and_said(write, listed):
    write(1, name="one")
    write(1, name="two")
    assert refused(listed) == {"two": "copy"}


def test_the_same_id_of_another_issuer_is_another_patient(write, listed):
    write(1, IssuerOfPatientID="A")
    write(2, IssuerOfPatientID="B")
    studies = listed().studies
    assert {study.patient.issuer for study in studies} == {"A", "B"}
    keys = [series.key for _, series in listed().all_series()]
    assert len(set(keys)) == 2


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian])
def test_the_same_id_of_an_issuer_with_another_universal_name_is_another_patient(
    write, listed, syntax
):
    for number, name in enumerate(("1.2.3", "1.2.4", "1.2.4"), start=1):
        qualifiers = Dataset()
        qualifiers.UniversalEntityID, qualifiers.UniversalEntityIDType = name, "ISO"
        write(number, syntax=syntax, IssuerOfPatientIDQualifiersSequence=[qualifiers])
    studies = listed().studies
    assert {study.patient.issuer for study in studies} == {"1.2.3 ISO", "1.2.4 ISO"}
    assert len({study.identity for study in studies}) == 2


def test_patient_and_study_are_read_in_their_own_alphabet(write, listed):
    write(1, PatientName="Grüße^Ägidius", StudyDescription="Thorax nativ")
    (study,) = listed().studies
    assert (study.patient.name, study.patient.id, study.patient.sex) == ("Grüße^Ägidius", "P1", "F")
    assert (study.date, study.time, study.description) == ("20260203", "101500", "Thorax nativ")


@pytest.mark.parametrize(
    "change",
    [
        {"PatientID": "SYNTHETIC-THORAX"},
        {"ImageComments": "SYNTHETIC"},
        {"PatientComments": "synthetic phantom"},
        {"SeriesDescription": "Synthetic thorax"},
    ],
)
def test_what_says_that_it_is_synthetic_is_marked(write, series, change):
    write(1, **change)
    assert [one.synthetic for one in series()] == [True]


def test_what_does_not_say_so_is_not_marked(write, series):
    write()
    assert [one.synthetic for one in series()] == [False]


def test_objects_without_pictures_are_listed_as_such(write, listed):
    write(
        1,
        SOPClassUID="1.2.840.10008.5.1.4.1.1.88.33",
        Modality="SR",
        SeriesInstanceUID="1.2.3",
        PixelData=None,
    )
    ((_, series),) = listed().all_series()
    assert series.kind is SeriesKind.OBJECT
    assert series.notices[0].code == "object"
    assert "structured report" in series.notices[0].sentence


def test_a_cancelled_scan_stops_and_leaves_no_thread(write):
    for number in range(1, 40):
        path = write(number)

    class Tired:
        calls = 0

        def report(self, done: float, doing: str = "") -> None:
            self.calls += 1
            if self.calls > 1:
                raise Cancelled

    before = threading.active_count()
    with pytest.raises(Cancelled):
        scan([path.parent], Tired())
    assert threading.active_count() == before


def test_progress_only_grows_and_ends_near_one(write):
    for number in range(1, 50):
        path = write(number)
    seen: list[float] = []

    class Listening:
        def report(self, done: float, doing: str = "") -> None:
            seen.append(done)

    scan([path.parent], Listening())
    assert seen == sorted(seen)
    assert seen[-1] > 0.95


@pytest.mark.parametrize(
    "changes", [{"PatientID": "P2"}, {"StudyInstanceUID": "1.2.3"}, {"IssuerOfPatientID": "there"}]
)
def test_a_series_uid_used_twice_never_gives_two_series_one_key(write, tmp_path, changes):
    for number in (1, 2, 3):
        write(number, name=f"one/{number}")
        write(number, name=f"two/{number}", **changes)
    keys = [[s.key for _, s in scan([tmp_path / n], Silent()).all_series()] for n in ("one", "two")]
    together = {series.key for _, series in scan([tmp_path], Silent()).all_series()}
    assert keys[0] != keys[1]
    assert together == {*keys[0], *keys[1]}
