"""What a user may set is kept, checked, and never in the way."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from viewer import settings as room
from viewer.core.errors import Declined
from viewer.settings import Section, Settings, load, save, settings_file


def sections() -> list[tuple[str, Section]]:
    return [(name, value) for name, value in Settings() if isinstance(value, Section)]


def with_reader(name: str) -> Settings:
    settings = Settings()
    return settings.model_copy(update={"reader": settings.reader.changed(name=name)})


def test_settings_are_brought_back_as_they_were_kept(tmp_path):
    settings = with_reader("Dr Röntgen").with_last_folder(tmp_path)
    save(settings)
    assert load() == (settings, ())


def test_one_home_holds_everything(home):
    folders = [room.config_folder(), room.cache_folder(), room.data_folder()]
    assert len(set(folders)) == 3
    assert all(folder.is_relative_to(home) for folder in folders)


def test_without_a_home_the_usual_folders_are_used(monkeypatch):
    monkeypatch.delenv("SKIAGRAM_HOME")
    folders = [room.config_folder(), room.cache_folder(), room.data_folder()]
    assert all("skiagram" in folder.parts for folder in folders)


def test_every_setting_has_its_sentence():
    for name, section in sections():
        assert Settings.model_fields[name].description, name
        for field, info in type(section).model_fields.items():
            assert (info.description or "").endswith("."), f"{name}.{field}"


def test_a_value_out_of_bounds_is_refused():
    with pytest.raises(ValidationError):
        Settings().second_reader.changed(threshold=1.5)


@pytest.mark.parametrize("content", [b"", b"{", b"\x00\xff" * 50, b"[1, 2]", b'{"reader": 3}'])
def test_a_damaged_file_is_set_aside_and_told_about(content):
    settings_file().parent.mkdir(parents=True)
    settings_file().write_bytes(content)
    settings, (notice,) = load()
    assert settings == Settings()
    assert "damaged" in notice.sentence
    (aside,) = settings_file().parent.iterdir()
    assert aside.read_bytes() == content
    assert load() == (Settings(), ())


def test_one_unusable_value_costs_only_itself():
    settings_file().parent.mkdir(parents=True)
    values = {"reader": {"name": "Dr Röntgen"}, "viewing": {"slab_mm": -3, "from the future": 1}}
    settings_file().write_text(json.dumps(values))
    settings, (notice,) = load()
    assert settings == with_reader("Dr Röntgen")
    assert "viewing.slab_mm" in notice.sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told_about():
    save(Settings())
    settings_file().chmod(0)
    assert "could not be read" in load().notices[0].sentence


def test_a_folder_in_place_of_the_file_is_told_about():
    settings_file().mkdir(parents=True)
    assert "could not be read" in load().notices[0].sentence


def test_the_environment_wins_for_one_run_and_is_not_kept(monkeypatch):
    save(with_reader("Dr Röntgen"))
    monkeypatch.setenv("SKIAGRAM_READER__NAME", "Guest")
    monkeypatch.setenv("SKIAGRAM_VIEWING__SMOOTH", "false")
    settings = load().settings
    assert (settings.reader.name, settings.viewing.smooth) == ("Guest", False)
    save(settings)
    monkeypatch.delenv("SKIAGRAM_READER__NAME")
    monkeypatch.delenv("SKIAGRAM_VIEWING__SMOOTH")
    assert load().settings == with_reader("Dr Röntgen")


@pytest.mark.parametrize("name", ["SKIAGRAM_VIEWING__SLAB_MM", "SKIAGRAM_READER"])
def test_nonsense_in_the_environment_changes_nothing(monkeypatch, name):
    monkeypatch.setenv(name, "nonsense")
    assert load().settings == Settings()


def test_settings_that_cannot_be_kept_are_a_sentence_and_the_old_ones_stay(home, monkeypatch):
    save(with_reader("Dr Röntgen"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Declined, match=r"could not be kept in .*No space left"):
        save(Settings())
    assert load().settings == with_reader("Dr Röntgen")
    assert [path.name for path in settings_file().parent.iterdir()] == ["settings.json"]


def test_the_last_folder_is_where_dialogs_start(tmp_path):
    file = tmp_path / "image.dcm"
    file.touch()
    assert Settings().start_folder == Path.home()
    assert Settings().with_last_folder(file).start_folder == tmp_path
    assert Settings().with_last_folder(tmp_path / "gone" / "x.dcm").start_folder == Path.home()
