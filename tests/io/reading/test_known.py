"""Places that were looked through before: only what is new or has changed is read again."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.errors import Declined
from viewer.core.known_file import KnownFile
from viewer.core.progress import Silent
from viewer.io import known, scan
from viewer.io.header import Header, PixelPlace, Stamp
from viewer.io.load import load
from viewer.io.written import understand, write


class Kept:
    """Known files in memory, of one place."""

    def __init__(self) -> None:
        self.files: dict[str, KnownFile] = {}
        self.reader = ""

    def recall(self, place, reader):
        return tuple(self.files.values()) if reader == self.reader else ()

    def keep(self, place, reader, fresh, gone):
        self.reader = reader
        self.files |= {one.path: one for one in fresh}
        for name in gone:
            del self.files[name]


@pytest.fixture
def kept(monkeypatch):
    monkeypatch.setattr(known, "_SETTLED_S", 0.0)
    return Kept()


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The names of the files that are read."""
    names: list[str] = []
    look = scan.look_at

    def noted(path):
        names.append(path.name)
        return look(path)

    monkeypatch.setattr(scan, "look_at", noted)
    return names


def test_a_place_seen_before_is_listed_the_same_without_reading_a_file(write, tmp_path, kept, read):
    for number in (1, 2, 3):
        write(number)
    write(9, Modality="SR", SOPClassUID="1.2.840.10008.5.1.4.1.1.88.33", PixelData=None)
    (tmp_path / "notes.txt").write_text("no image")
    first = scan.scan([tmp_path], Silent(), kept)
    read.clear()
    assert scan.scan([tmp_path], Silent(), kept) == first == scan.scan([tmp_path], Silent())
    assert len(read) == 5, "those of the scan that knows of nothing"


def test_what_was_listed_from_memory_is_loaded_as_ever(write, tmp_path, kept):
    for number in (1, 2, 3):
        write(number)
    scan.scan([tmp_path], Silent(), kept)
    (_, series) = next(scan.scan([tmp_path], Silent(), kept).all_series())
    assert [int(one[0, 0]) for one in load(series, Silent()).voxels] == [100, 200, 300]


def test_new_changed_and_missing_files_are_noticed(write, tmp_path, kept, read):
    for number in (1, 2, 3):
        write(number)
    scan.scan([tmp_path], Silent(), kept)
    read.clear()
    (tmp_path / "0001").unlink()
    write(2, SeriesDescription="Abdomen")
    write(4)
    catalogue = scan.scan([tmp_path], Silent(), kept)
    assert read == ["0002", "0004"]
    assert catalogue == scan.scan([tmp_path], Silent())
    assert sorted(Path(name).name for name in kept.files) == ["0002", "0003", "0004"]


def test_a_file_of_the_same_size_and_date_is_not_taken_for_its_former_self(
    write, tmp_path, kept, read
):
    path = write(1, PatientID="P1")
    scan.scan([tmp_path], Silent(), kept)
    status = path.stat()
    write(1, PatientID="P2")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    (study, _) = next(scan.scan([tmp_path], Silent(), kept).all_series())
    assert study.patient.id == "P2"


def test_nothing_is_kept_of_a_file_that_was_written_a_moment_ago(write, tmp_path):
    kept = Kept()
    write(1)
    scan.scan([tmp_path], Silent(), kept)
    assert kept.files == {}


def test_what_another_version_wrote_down_is_read_anew(write, tmp_path, kept, read):
    write(1)
    scan.scan([tmp_path], Silent(), kept)
    kept.reader = "of long ago"
    read.clear()
    scan.scan([tmp_path], Silent(), kept)
    assert read == ["0001"]


@pytest.mark.parametrize(
    "told",
    ["", "null", "[[[[", "{}", '{"v":[99,1]}', '{"v":[-1]}', '{"w":["Path","/"]}', '{"p":"/etc"}'],
)
def test_what_cannot_be_understood_is_read_anew(write, tmp_path, kept, read, told):
    path = write(1)
    first = scan.scan([tmp_path], Silent(), kept)
    kept.files[str(path)] = replace(kept.files[str(path)], told=told)
    read.clear()
    assert scan.scan([tmp_path], Silent(), kept) == first
    assert read == ["0001"]


def test_what_is_kept_of_one_file_is_never_taken_for_another(write, tmp_path, kept, read):
    paths = [str(write(number, PatientID=f"P{number}")) for number in (1, 2)]
    scan.scan([tmp_path], Silent(), kept)
    told = kept.files[paths[0]].told
    kept.files[paths[1]] = replace(kept.files[paths[1]], told=told)
    read.clear()
    found = scan.scan([tmp_path], Silent(), kept)
    assert read == ["0002"]
    assert sorted(study.patient.id for study in found.studies) == ["P1", "P2"]


def test_a_store_that_fails_is_done_without(write, tmp_path, kept, monkeypatch):
    def locked(*_: object) -> None:
        raise Declined("It is in use by another program.", code="locked")

    write(1)
    monkeypatch.setattr(kept, "recall", locked)
    monkeypatch.setattr(kept, "keep", locked)
    assert len(scan.scan([tmp_path], Silent(), kept).studies) == 1


def test_the_version_of_the_readers_depends_on_their_code(tmp_path, monkeypatch):
    source = tmp_path / "reader.py"
    monkeypatch.setattr(known, "__file__", str(source))
    names = []
    for code in ("a = 1", "a = 2"):
        source.write_text(code)
        known.reader.cache_clear()
        names.append(known.reader())
    known.reader.cache_clear()
    assert names[0] != names[1]


RAW = st.dictionaries(st.integers(0, 0xFFFFFFFF), st.binary(max_size=40), max_size=5)


@given(RAW, st.lists(RAW, max_size=2), st.none() | st.integers(0, 1 << 40), st.text())
def test_a_head_comes_back_as_it_was_written_down(raw, frames, length, syntax):
    header = Header(
        Path("/a/b"), Stamp(12, 1 << 60), syntax, raw, PixelPlace(132, length),
        frames=tuple(frames),
    )  # fmt: skip
    assert understand(write(header, header.path), header.path) == header


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from("vwpbrx"), inner, max_size=2)
        ),
        max_leaves=12,
    )
)
def test_any_other_text_is_refused_in_one_way(tree):
    with suppress(ValueError):
        understand(json.dumps(tree), Path("/a"))


def test_the_real_studies_are_listed_the_same_from_memory(data, kept, read):
    folder = data / "petctmr_sarcoma_dicom"
    first = scan.scan([folder], Silent(), kept)
    read.clear()
    assert scan.scan([folder], Silent(), kept) == first
    assert read == []
