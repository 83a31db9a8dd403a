"""`skiagram models`: the models of this computer, their cards, adding, removing, testing."""

from __future__ import annotations

import json as json_format
from dataclasses import asdict
from functools import partial
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from viewer.console import Bar, NothingFound, Outcome, opened_shelf, plainly, tell
from viewer.core.progress import Part

if TYPE_CHECKING:
    from viewer.ai.registry import Entry, Registry
    from viewer.ai.trial import Trial

app = typer.Typer(add_completion=False)
models = typer.Typer(
    name="models",
    no_args_is_help=True,
    add_completion=False,
    help="Models of this computer: list, show, add, remove, test, improve.",
)
app.add_typer(models)

_WIDEST = 110
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Name = Annotated[str, typer.Argument(help="The id of a model, as `models list` tells it.")]


@models.command("list")
def list_models(context: typer.Context, *, json: Json = False) -> None:
    """List all models: what they are for, and how far their figures can be trusted."""
    with plainly(context):
        entries = _registry().entries()
        if json:
            typer.echo(json_format.dumps([_entry(entry) for entry in entries], indent=2))
            return
        for entry in entries:
            typer.echo(_line(entry))
        from viewer.ai.external.programs import PROGRAMS

        for program in PROGRAMS:
            typer.echo(f"{program.id}: {program.title}")
            typer.echo("\n".join(_wrapped(program.lacking or f"Installed. {program.help}", "  ")))


@models.command("show")
def show_model(context: typer.Context, model: Name, *, json: Json = False) -> None:
    """Print the card of a model."""
    with plainly(context):
        from viewer.ai.card_text import card_as_text

        _, card = _registry().usable(model)
        typer.echo(json_format.dumps(asdict(card), indent=2) if json else card_as_text(card))


@models.command("add")
def add_model(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A model's folder or ZIP; see docs/models.md.")],
    *,
    trust_torchscript: Annotated[
        bool,
        typer.Option(
            "--trust-torchscript",
            help="I trust this TorchScript: it is a program that can do anything that I can.",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Check a model, run its test vector in a process of its own, and keep it."""
    with plainly(context):
        if not path.exists():
            raise NothingFound(f"There is nothing at {path}.")
        from viewer.cohort.apart import apart

        add = partial(_registry().add, path.absolute(), torchscript=trust_torchscript)
        if trust_torchscript:
            _note("said to trust TorchScript", path.name)
        with Bar() as bar:
            trial = apart("Add a model", add, bar)
        if trust_torchscript:
            _note("added with trust", f"{trial.id} {trial.weights_sha256}")
        typer.echo(_trials([trial]) if json else f"Added. {trial.in_words}")


@models.command("convert")
def convert_bundle(
    context: typer.Context,
    bundle: Annotated[Path, typer.Argument(help="Folder or ZIP of a MONAI bundle.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="The model folder to be written.")],
    licence: Annotated[str, typer.Option(help="Licence of weights and data, in words.")] = "",
    commercial: Annotated[
        bool, typer.Option("--commercial", help="Commercial use is known to be allowed.")
    ] = False,
    modality: Annotated[str, typer.Option(help="CT, MR or PT.")] = "",
    model_id: Annotated[str, typer.Option("--id", help="Its name on this computer.")] = "",
    labels: Annotated[str, typer.Option(help="Names of the labels, with commas.")] = "",
    orientation: Annotated[str, typer.Option(help="Where its axes point, such as RAS.")] = "",
    spacing: Annotated[str, typer.Option(help="mm along its axes, such as 1.5,1.5,2.")] = "",
    tile: Annotated[str, typer.Option(help="Sides of its window, such as 96,96,96.")] = "",
    range_: Annotated[
        str, typer.Option("--range", help="Values spread over 0 to 1: LOW,HIGH.")
    ] = "",
) -> None:
    """Make a model folder of a MONAI bundle; nothing of it is evaluated or run as a program."""
    with plainly(context):
        if not bundle.exists():
            raise NothingFound(f"There is nothing at {bundle}.")
        from viewer.ai.bundles.converting import Wishes, convert
        from viewer.ai.bundles.preprocessing import Asked
        from viewer.cohort.apart import apart

        asked = Asked(
            orientation.upper(),
            _numbers(spacing, "--spacing", 3),
            tuple(int(side) for side in _numbers(tile, "--tile", 3)),
            _numbers(range_, "--range", 2),
        )
        names = tuple(name.strip() for name in labels.split(",") if name.strip())
        wishes = Wishes(licence, commercial, modality, model_id, names, asked)
        work = partial(convert, bundle.absolute(), out.absolute(), wishes)
        with Bar() as bar:
            trial = apart("Convert a bundle", work, bar)
        typer.echo(f"Written to {out}. {trial.in_words} Add it with: skiagram models add {out}")


def _numbers(text: str, option: str, count: int) -> tuple[float, ...]:
    """Return the numbers of an option, so many or none."""
    try:
        found = tuple(float(part) for part in text.split(",")) if text else ()
    except ValueError:
        found = (0.0,)
    if len(found) not in (0, count):
        raise typer.BadParameter(f"{option} takes {count} numbers with commas.")
    return found


@models.command("remove")
def remove_model(context: typer.Context, model: Name) -> None:
    """Delete an added model; those of the program stay."""
    with plainly(context):
        _registry().remove(model)
        typer.echo(f"{model} is removed.")


@models.command("test")
def try_models(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="The id of a model; all if left out.")] = "",
    *,
    json: Json = False,
) -> None:
    """Run the test vector of one model, or of all, in a process of its own."""
    with plainly(context):
        from viewer.cohort.apart import apart
        from viewer.core.errors import Declined, Unreadable

        registry = _registry()
        names = [model] if model else [entry.id for entry in registry.entries()]
        trials: list[Trial] = []
        refused = 0
        with Bar() as bar:
            for number, name in enumerate(names):
                part = Part(bar, number / len(names), (number + 1) / len(names))
                try:
                    trials.append(apart("Test a model", partial(registry.test, name), part))
                except (Declined, Unreadable) as why:
                    if model:
                        raise
                    refused += 1
                    tell(str(why))
        typer.echo(_trials(trials) if json else "\n".join(trial.in_words for trial in trials))
        if refused or not all(trial.passed for trial in trials):
            raise typer.Exit(Outcome.FAILED)


@models.command("verdicts")
def verdicts(context: typer.Context, *, json: Json = False) -> None:
    """Tell how many verdicts on each model are kept, and what was learned from them."""
    with plainly(context), opened_shelf() as shelf:
        from viewer.ai.adapting import adaptation_from

        counts, crops = shelf.corrections.counts(), shelf.crops.counts()
        used = {one.weights_sha256: one for one in map(adaptation_from, shelf.corrections.in_use())}
        rows = []
        for entry in _registry().entries():
            weights = entry.card.weights_sha256 if entry.card else ""
            count, patients = counts.get(weights, (0, 0))
            if not count and weights not in used:
                continue
            learned = used.get(weights)
            name = learned.name if learned else ""
            told = {"verdicts": count, "patients": patients, "crops": crops.get(weights, 0)}
            trained = learned.tuned_sha256 if learned else ""
            rows.append({"id": entry.id, **told, "in_use": name, "trained_sha256": trained})
        if json:
            typer.echo(json_format.dumps(rows, indent=2))
            return
        for row in rows:
            adapted = f", improved as {row['in_use']}" if row["in_use"] else ", as it came"
            if row["trained_sha256"]:
                adapted += f", its network trained further (weights {row['trained_sha256']})"
            typer.echo(
                f"{row['id']}: {row['verdicts']} verdicts of {row['patients']} patients,"
                f" {row['crops']} with image crops{adapted}"
            )
        if not rows:
            typer.echo("No verdicts are kept: they are, when results are saved in the window.")


@models.command("improve")
def improve(context: typer.Context, model: Name) -> None:
    """Learn from saved verdicts and image crops; used only if better on patients held out."""
    with plainly(context), opened_shelf() as shelf:
        from viewer.ai.improving import improved
        from viewer.cohort.apart import apart
        from viewer.commands.improving import in_words, lessons_of, take_in
        from viewer.core.progress import Silent
        from viewer.store.database import now

        with Bar() as bar:
            lessons = lessons_of(shelf, _own(), model, Part(bar, 0.0, 0.05))
            work, part = partial(improved, lessons, now()), Part(bar, 0.05, 1.0)
            made = apart("Improve a model", work, part) if lessons.crops else work(part)
        take_in(shelf, _own(), made, Silent())
        typer.echo(in_words(made))


@models.command("back")
def go_back(context: typer.Context, model: Name) -> None:
    """Use the scores of a model as they were before its last improvement."""
    with plainly(context), opened_shelf() as shelf:
        from viewer.commands.improving import step_back
        from viewer.core.progress import Silent

        stepped, _ = step_back(shelf, _own(), model, Silent())
        typer.echo(
            f"{model} scores as before its last improvement."
            if stepped
            else f"{model} is as it came; there is nothing to go back to."
        )


def what_was_learned() -> tuple[str, ...]:
    """Return what models learned from verdicts here and is in use, as texts."""
    with opened_shelf() as shelf:
        return shelf.corrections.in_use()


def _note(what: str, detail: str) -> None:
    """Append a line to the audit trail."""
    import getpass

    from viewer.core.author import Author
    from viewer.settings import load

    with opened_shelf() as shelf:
        name = load().settings.reader.name.strip() or getpass.getuser()
        shelf.audit.note(Author(name), what, "", detail)


def _registry() -> Registry:
    from viewer.ai.registry import Registry

    return Registry(_own())


def _own() -> Path:
    from viewer.settings import data_folder

    return data_folder() / "models"


def _entry(entry: Entry) -> dict[str, object]:
    from viewer.ai.card_text import badges

    card = entry.card
    return {
        "id": entry.id,
        "built_in": entry.built_in,
        "problem": entry.problem,
        "title": card.title if card else "",
        "version": card.version if card else "",
        "badges": list(badges(card)) if card else [],
        "licence": card.licence if card else "",
        "weights_sha256": card.weights_sha256 if card else "",
    }


def _line(entry: Entry) -> str:
    from viewer.ai.card_text import badges, key_figures

    card = entry.card
    if card is None:
        return f"{entry.id}: cannot be used. {entry.problem}"
    of = "with the program" if entry.built_in else "added"
    head = f"{entry.id} {card.version}: {card.title} ({', '.join((of, *badges(card)))})"
    lines = [*_wrapped(head, "", "  "), *_wrapped(card.intended_use, "  ")]
    for figure in key_figures(card) or ("no figures: nothing is known of how good it is",):
        lines += _wrapped(f"- {figure}", "  ", "    ")
    lines += _wrapped(f"Not for: {card.not_for}", "  ")
    return "\n".join((*lines, f"  All figures: skiagram models show {entry.id}", ""))


def _wrapped(text: str, indent: str, further: str = "") -> list[str]:
    wide = min(get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
    return wrap(text, wide, initial_indent=indent, subsequent_indent=further or indent)


def _trials(trials: list[Trial]) -> str:
    told = [
        {**asdict(trial), "passed": trial.passed, "engine": trial.best.engine if trial.best else ""}
        for trial in trials
    ]
    for one in told:
        for engine in one["engines"]:
            engine["off"] = engine["off"] if engine["off"] != float("inf") else None
    return json_format.dumps(told, indent=2)
