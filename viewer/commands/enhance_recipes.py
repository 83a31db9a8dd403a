"""Recipes kept: as files to give away, and by name for other studies."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.enhance_apply import apply
from viewer.commands.enhancing import change, has_recipe, has_volume, wanted_volume
from viewer.commands.telling import tell
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.core.recipe import Recipe, recipe_from
from viewer.imaging.enhance.apply import check
from viewer.session.enhancing import Enhancing
from viewer.settings import data_folder
from viewer.store.recipes import Recipes

_LONGEST = 1 << 16

# -- files ------------------------------------------------------------------------------------


def save(desk: Desk) -> None:
    """Ask for a name and keep the recipe as a file."""
    recipe = _recipe(desk)

    def named(path: Path) -> None:
        text = replace(recipe, name=path.stem.removesuffix(".recipe")).as_json()
        desk.runner.start(
            "Save recipe",
            partial(_write, path, text),
            lambda _: desk.session.say(f"The recipe is saved as {path.name}."),
            failed=partial(tell, desk),
        )

    start = desk.settings.start_folder / "recipe.recipe.json"
    desk.asker.choose_name("Save recipe", start, named)


def _recipe(desk: Desk) -> Recipe:
    recipe = desk.session.enhancing.value.recipe
    if not recipe.steps:
        raise Declined("There is no recipe to save: add a filter first.", code="no_steps")
    return recipe


def _write(path: Path, text: str, progress: Progress) -> None:
    from viewer.io.atomic import Staging

    progress.report(0.0, path.name)
    with Staging(path.parent) as staging:
        staging.write(path.name, text.encode())
        staging.commit()


def load(desk: Desk) -> None:
    """Ask for a recipe file and try it on the active volume."""
    opened = wanted_volume(desk)

    def chosen(paths: list[Path]) -> None:
        if paths:
            desk.runner.start(
                "Open recipe",
                partial(_read, paths[0]),
                lambda recipe: change(desk, Enhancing(opened.key, recipe)),
                failed=partial(tell, desk),
            )

    desk.asker.choose_files("Open recipe", desk.settings.start_folder, chosen)


def _read(path: Path, progress: Progress) -> Recipe:
    progress.report(0.0, path.name)
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST + 1).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path.name} cannot be read as a recipe.", code="bad_recipe") from error
    recipe = recipe_from(text)
    check(recipe)
    return recipe


# -- by name ----------------------------------------------------------------------------------


def kept() -> Recipes:
    """Return the reader's own recipes."""
    return Recipes(data_folder() / "recipes")


def list_kept(desk: Desk) -> None:
    """Read the names of the reader's recipes, for the panel."""
    desk.runner.start(
        "List recipes", _all, desk.session.recipes.set, instead_of="recipes",
        failed=partial(tell, desk),
    )  # fmt: skip


def _all(progress: Progress) -> tuple[Recipe, ...]:
    progress.report(0.0)
    return kept().all()


def keep(desk: Desk) -> None:
    """Ask for a name and keep the recipe among the reader's own."""
    recipe = _recipe(desk)

    def named(name: str) -> None:
        desk.runner.start(
            "Keep recipe", partial(_keep, recipe, name), partial(_kept, desk, recipe),
            failed=partial(tell, desk),
        )  # fmt: skip

    suggested = "" if recipe.name == "Recipe" else recipe.name
    desk.asker.ask_text("Keep recipe", "Name of the recipe", suggested, named)


def _keep(recipe: Recipe, name: str, progress: Progress) -> tuple[Recipe, tuple[Recipe, ...]]:
    progress.report(0.0, name)
    return kept().keep(recipe, name), kept().all()


def _kept(desk: Desk, before: Recipe, found: tuple[Recipe, tuple[Recipe, ...]]) -> None:
    named, everything = found
    session = desk.session
    session.recipes.set(everything)
    now = session.enhancing.value
    if now.recipe == before:
        change(desk, replace(now, recipe=named))
    session.say(f"The recipe {named.name} is kept.")


def use(desk: Desk, name: str) -> None:
    """Try one of the reader's recipes on the active volume.

    Raises:
        Declined: if there is none of this name, or a step of it is not known here.
    """
    opened = wanted_volume(desk)
    recipe = next((one for one in desk.session.recipes.value if one.name == name), None)
    if recipe is None:
        raise Declined(f"There is no recipe called {name}.", code="no_recipe")
    check(recipe)
    change(desk, Enhancing(opened.key, recipe))


def use_at_once(desk: Desk, name: str) -> None:
    """Make a new series of the active volume by one of the reader's recipes, in one go."""
    use(desk, name)
    apply(desk)


def forget(desk: Desk, name: str) -> None:
    """Take a recipe away, after asking."""

    def sure() -> None:
        desk.runner.start(
            "Remove recipe", partial(_forget, name), desk.session.recipes.set,
            failed=partial(tell, desk),
        )  # fmt: skip

    desk.asker.ask_yes("Remove recipe", f"Remove the recipe {name}?", sure)


def _forget(name: str, progress: Progress) -> tuple[Recipe, ...]:
    progress.report(0.0, name)
    kept().forget(name)
    return kept().all()


def _choose(title: str, act: str, desk: Desk) -> None:
    """Ask for one of the reader's recipes and do something with it."""
    names = [recipe.name for recipe in desk.session.recipes.value]
    if not names:
        raise Declined("No recipe is kept by name yet.", code="no_recipe")
    does = {"use": use, "apply": use_at_once, "forget": forget}[act]

    def chosen(number: int) -> None:
        try:
            does(desk, names[number])
        except Declined as why:
            desk.session.say(str(why), serious=True)

    desk.asker.ask_choice(title, "Recipe", names, chosen)


def _has_kept(desk: Desk) -> bool:
    return bool(desk.session.recipes.value)


def _can_use(desk: Desk) -> bool:
    return _has_kept(desk) and has_volume(desk)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="enhance.keep",
        title="Keep recipe by name…",
        help="Keep the recipe among your own, to use it on other studies.",
        menu="Image/Enhance/Recipes",
        run=keep,
        allowed=has_recipe,
    ),
    Command(
        id="enhance.use",
        title="Try a kept recipe…",
        help="Try one of your recipes on the active volume.",
        menu="Image/Enhance/Recipes",
        run=partial(_choose, "Try a kept recipe", "use"),
        allowed=_can_use,
    ),
    Command(
        id="enhance.use_at_once",
        title="Apply a kept recipe…",
        help="Make a new series of the active volume by one of your recipes.",
        menu="Image/Enhance/Recipes",
        run=partial(_choose, "Apply a kept recipe", "apply"),
        allowed=_can_use,
    ),
    Command(
        id="enhance.forget",
        title="Remove a kept recipe…",
        help="Take one of your recipes away.",
        menu="Image/Enhance/Recipes",
        run=partial(_choose, "Remove a kept recipe", "forget"),
        allowed=_has_kept,
    ),
    Command(
        id="enhance.save",
        title="Save recipe…",
        help="Keep the recipe as a file, to use it on other studies or from the command line.",
        menu="Image/Enhance",
        run=save,
        allowed=has_recipe,
    ),
    Command(
        id="enhance.load",
        title="Open recipe…",
        help="Try a recipe from a file on the active volume.",
        menu="Image/Enhance",
        run=load,
        allowed=has_volume,
    ),
)
