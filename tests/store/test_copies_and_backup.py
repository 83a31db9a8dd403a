"""Copies, erasing, backup and restore: complete and checked, or not at all."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.test_studies import study
from tests.store.things import PERSON, finding
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Cancelled, Silent
from viewer.core.study import Instance, Study
from viewer.store import copies
from viewer.store.drafts import Draft
from viewer.store.listed import Held, Question
from viewer.store.shelf import COPIES, FILE_NAME, Shelf


class StopsAt:
    """Progress that nobody wants any more after so many reports."""

    def __init__(self, most: int) -> None:
        self.left = most

    def report(self, done: float, doing: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def on_disk(folder: Path, number: int = 1, files: int = 4) -> Study:
    """Make files that stand for DICOM: a copy does not look into them."""
    folder.mkdir(exist_ok=True)
    one = study(number)
    instances = []
    for count in range(files):
        path = folder / f"{count}.dcm"
        path.write_bytes(bytes([count]) * (2000 + count))
        instances.append(Instance(path, f"1.9.{count}", "1", "1", count))
    return replace(one, series=(replace(one.series[0], instances=tuple(instances)),))


def left(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / COPIES).rglob("*") if path.is_file())


def test_a_copy_is_whole_and_bears_the_names_of_its_uids(shelf, folder, tmp_path):
    one = on_disk(tmp_path / "cd")
    shelf.copy_in(one, Silent())
    (listed,) = shelf.studies.of_uid(one.uid)
    assert listed.held is Held.COPIED
    names = [path.name for path in left(folder)]
    assert names == ["1.9.0.dcm", "1.9.1.dcm", "1.9.2.dcm", "1.9.3.dcm"]
    assert [path.read_bytes()[0] for path in left(folder)] == [0, 1, 2, 3]
    copied = shelf.studies.copied_files(listed.id)
    assert {(path, copies.sha256_of(path)) for path, _, _ in copied} == {
        (path, digest) for path, _, digest in copied
    }
    assert {path.stat().st_mode & 0o077 for path in left(folder)} == {0}


@pytest.mark.parametrize("reports", [0, 1, 3])
def test_a_copy_that_is_stopped_leaves_nothing(shelf, folder, tmp_path, reports):
    with pytest.raises(Cancelled):
        shelf.copy_in(on_disk(tmp_path / "cd"), StopsAt(reports))
    assert left(folder) == []
    assert list((folder / COPIES).glob("*")) == []
    assert shelf.studies.page(Question()).count == 0


def test_a_copy_that_comes_out_different_is_declined(shelf, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "sha256_of", lambda path: "0" * 64)
    with pytest.raises(Declined, match="came out different"):
        shelf.copy_in(on_disk(tmp_path / "cd"), Silent())
    assert left(folder) == []


def test_a_copy_without_room_is_declined_beforehand(shelf, folder, tmp_path, monkeypatch):
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(copies.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(Declined, match="free some space"):
        shelf.copy_in(on_disk(tmp_path / "cd"), Silent())
    assert left(folder) == []


def test_hostile_uids_do_not_lead_out_of_the_folder(shelf, folder, tmp_path):
    one = on_disk(tmp_path / "cd", files=2)
    series = one.series[0]
    evil = tuple(replace(item, sop_instance_uid="../../x") for item in series.instances)
    one = replace(one, uid="../../etc", series=(replace(series, uid="/abs", instances=evil),))
    shelf.copy_in(one, Silent())
    assert len(left(folder)) == 2
    (listed,) = shelf.studies.of_uid("../../etc")
    assert listed.place.parent == folder / COPIES


def test_what_is_no_dicom_is_not_copied(shelf, tmp_path):
    one = on_disk(tmp_path / "cd")
    with pytest.raises(Declined, match="Only DICOM"):
        shelf.copy_in(replace(one, series=(replace(one.series[0], format="NIfTI"),)), Silent())


def test_erasing_leaves_neither_files_nor_words_but_a_line_in_the_audit_trail(
    shelf, folder, tmp_path
):
    one = on_disk(tmp_path / "cd")
    shelf.remember(tmp_path / "cd", one)
    shelf.copy_in(one, Silent())
    (listed,) = shelf.studies.of_uid(one.uid)
    shelf.studies.set_notes(listed.id, "Unmistakable")
    shelf.drafts.record(one.uid, Draft("x", (finding(),)))
    shelf.erase(listed, PERSON)
    assert left(folder) == []
    assert (tmp_path / "cd" / "0.dcm").exists()
    assert shelf.drafts.waiting() == ()
    assert shelf.index.recent() == ()
    assert [line.what for line in shelf.audit.lines(one.uid)] == ["erased with its files"]
    content = b"".join(path.read_bytes() for path in folder.glob(f"{FILE_NAME}*"))
    assert b"Unmistakable" not in content
    assert "Müller".encode() not in content


def test_erasing_a_study_in_place_leaves_its_files(shelf, tmp_path):
    one = on_disk(tmp_path / "cd")
    shelf.studies.add(tmp_path / "cd", [one])
    shelf.erase(shelf.studies.of_uid(one.uid)[0], PERSON)
    assert (tmp_path / "cd" / "0.dcm").exists()
    assert shelf.studies.page(Question()).count == 0


def test_a_backup_brings_back_list_drafts_and_copied_images(shelf, folder, tmp_path):
    one = on_disk(tmp_path / "cd")
    shelf.copy_in(one, Silent())
    shelf.drafts.record(one.uid, Draft("before", (finding(),)))
    made = shelf.back_up(tmp_path / "b.zip", Silent(), with_images=True)
    assert (made.studies, len(made.files)) == (1, 5)
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
    before = {path: path.read_bytes() for path in left(folder)}
    shelf.erase(shelf.studies.of_uid(one.uid)[0], PERSON)
    shelf.studies.add(tmp_path, [study(9)])
    aside = shelf.restore(tmp_path / "b.zip", PERSON, Silent())
    assert [item.uid for item in shelf.studies.page(Question()).studies] == [one.uid]
    assert shelf.drafts.latest(one.uid).title == "before"
    assert {path: path.read_bytes() for path in left(folder)} == before
    assert shelf.check() == ""
    assert shelf.audit.lines()[-1].what == "restored b.zip"
    aside.rename(tmp_path / FILE_NAME)
    former = Shelf.open(tmp_path)
    assert [item.uid for item in former.studies.page(Question()).studies] == ["1.2.9"]
    former.close()


def _changed(path: Path, goal: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(goal, "w") as new:
        for item in old.namelist():
            new.writestr(item, content if item == name else old.read(item))
    return goal


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("skiagram.sqlite", b"x", "damaged"),
        ("manifest.json", b"{", "no list of itself"),
        ("manifest.json", b'{"form": "other", "made_at": "", "studies": 0, "files": []}', "form"),
    ],
)
def test_a_damaged_backup_is_declined_and_changes_nothing(shelf, tmp_path, name, content, why):
    shelf.studies.add(tmp_path, [study()])
    shelf.back_up(tmp_path / "b.zip", Silent(), with_images=False)
    bad = _changed(tmp_path / "b.zip", tmp_path / "bad.zip", name, content)
    with pytest.raises(Unreadable, match=why):
        shelf.restore(bad, PERSON, Silent())
    assert shelf.studies.page(Question()).count == 1


def test_a_backup_that_names_files_elsewhere_is_declined(shelf, tmp_path):
    shelf.back_up(tmp_path / "b.zip", Silent(), with_images=False)
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        told = packed.read("manifest.json").decode()
    evil = told.replace('"skiagram.sqlite"', '"images/../../evil"')
    bad = _changed(tmp_path / "b.zip", tmp_path / "bad.zip", "manifest.json", evil.encode())
    with pytest.raises(Unreadable, match="cannot be one of it"):
        shelf.restore(bad, PERSON, Silent())


def test_a_file_that_is_no_backup_is_declined(shelf, tmp_path):
    (tmp_path / "b.zip").write_bytes(b"nothing")
    with pytest.raises(Unreadable, match="no backup"):
        shelf.restore(tmp_path / "b.zip", PERSON, Silent())
    with pytest.raises(Unreadable, match="nothing at"):
        shelf.restore(tmp_path / "gone.zip", PERSON, Silent())


def test_a_backup_that_is_stopped_leaves_no_file(shelf, tmp_path):
    goal = tmp_path / "out"
    goal.mkdir()
    with pytest.raises(Cancelled):
        shelf.back_up(goal / "b.zip", StopsAt(1), with_images=True)
    assert list(goal.iterdir()) == []
