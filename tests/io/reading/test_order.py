"""In which order what was found is listed, and which of two copies is shown."""

from __future__ import annotations

import shutil
import zipfile

import pytest

from viewer.core.progress import Silent
from viewer.core.study import SeriesKind
from viewer.io.scan import scan


def test_images_are_listed_before_what_is_said_about_them(data):
    found = scan([data / "petctmr_sarcoma_dicom"], Silent())
    (study,) = found.studies
    kinds = [series.kind is SeriesKind.OBJECT for series in study.series]
    assert kinds == sorted(kinds)
    assert kinds.count(True) == 3
    numbers = [one.number for one in study.series if one.kind is not SeriesKind.OBJECT]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("home", ["a", "z"])
def test_of_a_file_and_its_copy_in_an_archive_the_first_by_name_is_shown(
    data, tmp_path, monkeypatch, home
):
    """Wherever archives are unpacked on this computer."""
    place = tmp_path / "m"
    place.mkdir()
    source = next((data / "mr_brain_sag_anon").glob("*.dcm"))
    shutil.copy(source, place / "slice.dcm")
    with zipfile.ZipFile(place / "all.zip", "w") as archive:
        archive.write(source, "slice.dcm")
    monkeypatch.setenv("SKIAGRAM_HOME", str(tmp_path / home))
    found = scan([place], Silent())
    ((refusal),) = found.refused
    assert (refusal.path, refusal.code) == (place / "slice.dcm", "copy")
    ((_, series),) = found.all_series()
    assert series.instances[0].path != place / "slice.dcm"
