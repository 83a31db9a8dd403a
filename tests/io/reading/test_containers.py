from __future__ import annotations

import os
import stat
import tarfile
import zipfile
from pathlib import Path
from time import process_time

import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, MediaStorageDirectoryStorage

from viewer.core.progress import Silent
from viewer.core.study import SeriesKind
from viewer.io import archive
from viewer.io.quiet import quietly
from viewer.io.scan import scan


@pytest.fixture
def slices(write) -> list[Path]:
    return [write(number, name=f"in/{number}") for number in range(1, 6)]


def packed(tmp_path, slices, **extra: bytes) -> Path:
    path = tmp_path / "study.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as folder:
        for one in slices:
            folder.write(one, f"ST0/SE0/{one.name}")
        for name, content in extra.items():
            folder.writestr(name, content)
    return path


def found(path: Path):
    return scan([path], Silent())


def test_an_archive_is_opened_like_a_folder(tmp_path, slices):
    ((_, series),) = found(packed(tmp_path, slices)).all_series()
    assert series.kind is SeriesKind.VOLUME
    assert len(series.instances) == 5


def test_an_archive_is_unpacked_into_a_private_folder_of_the_user(tmp_path, slices, home):
    ((_, series),) = found(packed(tmp_path, slices)).all_series()
    folder = archive.import_folder()
    assert folder.is_relative_to(home)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(one.path.is_relative_to(folder) for one in series.instances)


def test_an_archive_is_unpacked_once(tmp_path, slices):
    path = packed(tmp_path, slices)
    first, second = found(path), found(path)
    assert first == second
    assert len(list(archive.import_folder().iterdir())) == 1


def test_what_else_is_in_an_archive_is_listed(tmp_path, slices):
    path = packed(tmp_path, slices, **{"README.txt": b"read me, please, " * 9})
    assert [refusal.code for refusal in found(path).refused] == ["not_an_image"]


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "a/../../escaped", "C:\\escaped"])
def test_nothing_is_written_outside_the_folder(tmp_path, slices, name):
    catalogue = found(packed(tmp_path, slices, **{name: slices[0].read_bytes()}))
    assert [refusal.code for refusal in catalogue.refused] == ["unsafe_path"]
    assert not list(tmp_path.rglob("escaped"))
    assert not Path("/tmp/escaped").exists()
    assert len(next(catalogue.all_series())[1].instances) == 5


def test_a_link_in_an_archive_is_not_made(tmp_path, slices):
    path = packed(tmp_path, slices)
    with zipfile.ZipFile(path, "a") as folder:
        link = zipfile.ZipInfo("shadow")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        folder.writestr(link, "/etc/passwd")
    assert [refusal.code for refusal in found(path).refused] == ["link"]


def test_an_archive_that_swells_beyond_measure_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_RATIO_FROM", 1 << 16)
    path = packed(tmp_path, [], bomb=bytes(50 << 20))
    (refusal,) = found(path).refused
    assert refusal.code == "archive_bomb"
    assert list(archive.import_folder().iterdir()) == []


def test_an_archive_of_too_many_files_is_declined(tmp_path, slices, monkeypatch):
    monkeypatch.setattr(archive, "_MOST_FILES", 3)
    assert [refusal.code for refusal in found(packed(tmp_path, slices)).refused] == ["too_large"]


def test_a_damaged_archive_is_refused(tmp_path, slices):
    path = packed(tmp_path, slices)
    path.write_bytes(path.read_bytes()[:-60])
    assert [refusal.code for refusal in found(path).refused] == ["damaged_archive"]


def test_a_damaged_entry_is_named_and_the_others_are_opened(tmp_path, slices):
    path = packed(tmp_path, slices)
    data = bytearray(path.read_bytes())
    data[200:260] = bytes(60)
    path.write_bytes(data)
    for _ in range(2):  # the second time it is unpacked already
        catalogue = found(path)
        (refusal,) = catalogue.refused
        assert (refusal.code, refusal.path) == ("damaged_archive", path / "1")
        assert sum(len(one.instances) for _, one in catalogue.all_series()) == 4


def test_entries_of_one_name_are_all_opened(tmp_path, slices):
    path = tmp_path / "study.zip"
    with zipfile.ZipFile(path, "w") as folder:
        for number, one in enumerate(slices):
            with quietly():
                folder.write(one, ("image", "IMAGE", "image", "image/1", "Image/1")[number])
    ((_, series),) = found(path).all_series()
    assert len(series.instances) == 5
    assert found(path).refused == ()


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "NUL.dcm",
        "com1.1.2.3",
        "a<b>?*|.dcm",
        "dot. ",
        "bell\a",
        "long" * 60,
        "d/" * 300 + "x",
    ],
)
def test_names_that_some_system_cannot_hold_are_changed(tmp_path, slices, name):
    path = tmp_path / "study.zip"
    with zipfile.ZipFile(path, "w") as folder:
        for one in slices[:3]:
            folder.write(one, one.name)
        folder.write(slices[3], name)
    ((_, series),) = found(path).all_series()
    assert len(series.instances) == 4
    root = archive.import_folder()
    for one in series.instances:
        for part in one.path.relative_to(root).parts:
            assert part.split(".")[0].lower() not in ("con", "nul", "com1")
            assert not set(part) & set('<>:"|?*\a')
            assert part == part.rstrip(". ")
            assert len(part) <= 120


def test_what_is_locked_with_a_password_is_named(tmp_path, slices):
    path = packed(tmp_path, slices)
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    catalogue = found(path)
    (refusal,) = catalogue.refused
    assert (refusal.code, refusal.path.name) == ("encrypted", "1")
    assert "password" in refusal.sentence
    assert len(next(catalogue.all_series())[1].instances) == 4


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_in_a_rare_way_is_named(tmp_path, slices, method):
    path = packed(tmp_path, slices)
    with zipfile.ZipFile(path, "a") as folder:
        folder.writestr("rare", slices[0].read_bytes(), method)
    (refusal,) = found(path).refused
    assert (refusal.code, refusal.path.name) == ("archive_method", "rare")


@pytest.mark.parametrize("more", [b"", b"a comment"])
def test_a_table_of_contents_without_end_is_not_read(tmp_path, monkeypatch, more):
    path = tmp_path / "study.zip"
    with zipfile.ZipFile(path, "w") as folder:
        for number in range(300):
            folder.writestr(str(number), b"")
        folder.comment = more
    monkeypatch.setattr(archive, "_MOST_FILES", 200)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert [refusal.code for refusal in found(path).refused] == ["too_large"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("a.tar", "foreign_archive"), ("a.tar.gz", "foreign_archive"), ("a.7z", "foreign_archive"),
     ("a.rar", "foreign_archive"), ("cd.iso", "disc_image")],
)  # fmt: skip
def test_other_archives_and_discs_are_declined_by_name(tmp_path, slices, name, code):
    path = tmp_path / name
    match name:
        case "a.tar" | "a.tar.gz":
            with tarfile.open(path, "w:gz" if name.endswith("gz") else "w") as folder:
                folder.add(slices[0], "1")
        case "cd.iso":
            path.write_bytes(bytes(0x8001) + b"CD001\1" + bytes(5000))
        case _:
            path.write_bytes(
                {"a.7z": b"7z\xbc\xaf\x27\x1c", "a.rar": b"Rar!\x1a\x07\1\0"}[name] * 40
            )
    (refusal,) = found(path).refused
    assert refusal.code == code
    assert name in refusal.sentence
    assert "not a DICOM" not in refusal.sentence


def test_an_archive_in_an_archive_is_named(tmp_path, slices):
    inner = packed(tmp_path, slices).read_bytes()
    assert [r.code for r in found(packed(tmp_path, slices, **{"in.zip": inner})).refused] == [
        "nested_archive"
    ]


def test_old_imports_are_forgotten(tmp_path, slices, monkeypatch):
    found(packed(tmp_path, slices))
    monkeypatch.setattr(archive, "_KEPT_DAYS", -1)
    packed(tmp_path, slices[:2])
    found(tmp_path / "study.zip")
    assert len(list(archive.import_folder().iterdir())) == 1


def write_dicomdir(folder: Path, references: list[list[str]]) -> Path:
    directory = Dataset()
    directory.FileSetID = "TEST"
    directory.DirectoryRecordSequence = []
    for reference in references:
        record = Dataset()
        record.DirectoryRecordType = "IMAGE"
        with quietly():
            record.ReferencedFileID = reference
        directory.DirectoryRecordSequence.append(record)
    directory.file_meta = FileMetaDataset()
    directory.file_meta.MediaStorageSOPClassUID = MediaStorageDirectoryStorage
    directory.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    directory.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    path = folder / "DICOMDIR"
    with quietly():
        directory.save_as(path, enforce_file_format=True)
    return path


def test_a_dicomdir_lists_the_files_it_names_and_no_others(tmp_path, slices):
    path = write_dicomdir(tmp_path, [["IN", str(n)] for n in (1, 2, 3)])
    ((_, series),) = found(path).all_series()
    assert len(series.instances) == 3
    assert found(path).refused == ()


def test_a_folder_with_a_dicomdir_lists_each_file_once(tmp_path, slices):
    write_dicomdir(tmp_path, [["in", str(n)] for n in (1, 2, 3)])
    ((_, series),) = found(tmp_path).all_series()
    assert len(series.instances) == 5
    assert found(tmp_path).refused == ()


def test_a_file_that_a_dicomdir_names_in_vain_is_listed(tmp_path, slices):
    path = write_dicomdir(tmp_path, [["in", "1"], ["in", "77"]])
    assert [(r.code, r.path.name) for r in found(path).refused] == [("missing_file", "77")]


@pytest.mark.parametrize("reference", [["..", "secret"], ["in", "..", "..", "secret"], ["/etc"]])
def test_a_dicomdir_does_not_lead_out_of_its_folder(tmp_path, slices, reference):
    secret = tmp_path / "secret"
    secret.write_bytes(slices[0].read_bytes())
    path = write_dicomdir(tmp_path / "in", [["1"], reference])
    catalogue = found(path)
    assert [refusal.code for refusal in catalogue.refused] == ["unsafe_path"]
    assert [len(one.instances) for _, one in catalogue.all_series()] == [1]


def test_a_link_out_of_a_dicomdirs_folder_is_not_followed(tmp_path, slices):
    (tmp_path / "secret").write_bytes(slices[0].read_bytes())
    (tmp_path / "in" / "lure").symlink_to(tmp_path / "secret")
    path = write_dicomdir(tmp_path / "in", [["lure"]])
    assert [refusal.code for refusal in found(path).refused] == ["unsafe_path"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_or_folder_that_a_dicomdir_names_is_not_opened(tmp_path, slices):
    os.mkfifo(tmp_path / "in" / "pipe")
    path = write_dicomdir(tmp_path / "in", [["1"], ["pipe"], ["."], [""]])
    (tmp_path / "in" / "sub").mkdir()
    assert [refusal.code for refusal in found(path).refused] == ["unsafe_path", "missing_file"]
    path = write_dicomdir(tmp_path / "in", [["sub"]])
    assert [refusal.code for refusal in found(path).refused] == ["missing_file"]


def test_a_dicomdir_without_end_is_refused_soon(tmp_path, slices):
    path = write_dicomdir(tmp_path, [["in", "1"]])
    stored = path.read_bytes()
    path.write_bytes(stored + b"\xfe\xff\x00\xe0\0\0\0\0" * 4_000_000)
    began_s = process_time()
    assert [refusal.code for refusal in found(path).refused] == ["implausible_head"]
    assert process_time() - began_s < 8


def test_a_damaged_dicomdir_is_refused(tmp_path):
    path = write_dicomdir(tmp_path, [["in", "1"]] * 30)
    path.write_bytes(path.read_bytes()[:600] + b"\xff" * 400)
    assert found(path).refused != ()
