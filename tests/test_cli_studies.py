"""The list of studies on the command line."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from viewer.cli import app
from viewer.core.progress import Silent
from viewer.io.sample import sample_study
from viewer.settings import data_folder


@pytest.fixture(scope="module")
def images(tmp_path_factory):
    return sample_study(tmp_path_factory.mktemp("images"), Silent(), seed=5, shape=(4, 32, 32))


def say(*words: object):
    return CliRunner().invoke(app, ["studies", *map(str, words)])


def listed(*words: object) -> list[dict[str, object]]:
    return json.loads(say(*words, "--json").stdout)


def test_a_folder_is_listed_found_marked_and_taken_off(home, images):
    assert "1 studies with 4 images" in say("add", images).stdout
    (one,) = listed("list")
    assert (one["status"], one["held"], one["images"]) == ("unread", "in place", 4)
    assert say("status", 1, "--to", "read", "--tag", "teaching", "--note", "compare").exit_code == 0
    (one,) = listed("search", "comp", "teach")
    assert (one["status"], one["tags"]) == ("read", ["teaching"])
    assert say("search", "nothing").exit_code == 3
    assert say("remove", 1).exit_code == 0
    assert say("list").exit_code == 3
    assert list(images.iterdir())


def test_a_copy_is_backed_up_erased_after_yes_and_restored(home, images, tmp_path):
    assert say("add", images, "--copy").exit_code == 0
    copies = data_folder() / "studies"
    assert len(list(copies.rglob("*.dcm"))) == 4
    assert "checked" in say("backup", tmp_path / "b.zip", "--images").stdout
    assert say("backup", tmp_path / "b.zip").exit_code == 4
    assert say("erase", 1).exit_code == 4
    assert len(listed("list")) == 1
    assert say("erase", 1, "--yes").exit_code == 0
    assert list(copies.rglob("*.dcm")) == []
    assert say("restore", tmp_path / "b.zip").exit_code == 0
    assert [one["held"] for one in listed("list")] == ["copied"]
    assert len(list(copies.rglob("*.dcm"))) == 4


def test_what_is_not_there_is_said(home, tmp_path):
    assert say("add", tmp_path / "gone").exit_code == 3
    assert say("status", 7, "--to", "read").exit_code == 3
    assert say("restore", tmp_path / "gone.zip", "--yes").exit_code == 4
