"""The reader's recipes: a folder of files by name, damaged ones left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from viewer.core.errors import Declined
from viewer.core.recipe import Recipe, Step
from viewer.store.recipes import Recipes

SOFT = Recipe("x", (Step("gaussian", (("sigma_mm", 1.5),)), Step("median")))


def test_a_recipe_is_kept_by_its_name_and_found_again(tmp_path: Path) -> None:
    recipes = Recipes(tmp_path / "recipes")
    assert recipes.all() == ()
    kept = recipes.keep(SOFT, "  Leber / Größe: 3..  ")
    assert kept.name == "Leber / Größe: 3.."
    recipes.keep(Recipe("y", (Step("median"),)), "Angio")
    assert [one.name for one in recipes.all()] == ["Angio", "Leber / Größe: 3.."]
    assert recipes.all()[1].steps == SOFT.steps
    assert all(path.parent == tmp_path / "recipes" for path in tmp_path.rglob("*.json"))


def test_the_same_name_replaces_and_one_that_is_forgotten_is_gone(tmp_path: Path) -> None:
    recipes = Recipes(tmp_path)
    recipes.keep(SOFT, "soft")
    recipes.keep(Recipe("z", (Step("median"),)), "soft")
    assert [len(one.steps) for one in recipes.all()] == [1]
    recipes.forget("soft")
    recipes.forget("soft")
    assert recipes.all() == ()


def test_files_that_are_no_recipes_are_left_out(tmp_path: Path) -> None:
    recipes = Recipes(tmp_path)
    recipes.keep(SOFT, "soft")
    (tmp_path / "a.recipe.json").write_bytes(b"\xff\xfe")
    (tmp_path / "b.recipe.json").write_text("[" * 70_000)
    (tmp_path / "c.recipe.json").mkdir()
    assert [one.name for one in recipes.all()] == ["soft"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b"])
def test_a_name_that_is_none_is_declined(tmp_path: Path, name: str) -> None:
    with pytest.raises(Declined, match="characters"):
        Recipes(tmp_path).keep(SOFT, name)


def test_a_folder_that_cannot_be_written_is_declined_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "recipes").write_text("a file")
    with pytest.raises(Declined, match=r"cannot be kept: .*\.$"):
        Recipes(tmp_path / "recipes").keep(SOFT, "soft")
