"""`skiagram studies`: the list of studies of this computer, for scripts."""

from __future__ import annotations

import json as json_text
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viewer.console import Bar, NothingFound, Outcome, opened_shelf, plainly, tell
from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.store.listed import Column, Listed, Priority, Question, Reading

if TYPE_CHECKING:
    from viewer.store.shelf import Shelf

app = typer.Typer(
    name="studies",
    no_args_is_help=True,
    add_completion=False,
    help="List, search, add, remove, erase and back up the studies of this computer.",
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Numbers = Annotated[list[int], typer.Argument(help="Numbers that `studies list` told.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Most = Annotated[int, typer.Option(min=1, max=100_000, help="At most so many.")]


@app.command("list")
def list_studies(
    context: typer.Context,
    *,
    status: Annotated[list[Reading] | None, typer.Option(help="Only these.")] = None,
    modality: Annotated[str, typer.Option(help="Only with this: CT, MR ...")] = "",
    tag: Annotated[str, typer.Option(help="Only with this tag.")] = "",
    since: Annotated[str, typer.Option(help="Study date from, YYYYMMDD.")] = "",
    until: Annotated[str, typer.Option(help="Study date to, YYYYMMDD.")] = "",
    order: Annotated[Column, typer.Option(help="Sorted by.")] = Column.DATE,
    ascending: Annotated[bool, typer.Option("--ascending")] = False,
    most: Most = 200,
    json: Json = False,
) -> None:
    """List studies, the newest first."""
    question = Question(
        statuses=frozenset(status or ()),
        modality=modality,
        tag=tag,
        since=since,
        until=until,
        order=order,
        descending=not ascending,
    )
    with plainly(context), opened_shelf() as shelf:
        _show(shelf, question, most, json=json)


@app.command("search")
def search_studies(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Beginnings of words, all must occur.")],
    *,
    most: Most = 200,
    json: Json = False,
) -> None:
    """Search names, IDs, accession numbers, descriptions, notes and tags."""
    with plainly(context), opened_shelf() as shelf:
        _show(shelf, Question(" ".join(words)), most, json=json)


@app.command("add")
def add_studies(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A folder, ZIP, DICOMDIR or image file.")],
    *,
    copy: Annotated[
        bool, typer.Option("--copy", help="Copy the DICOM files in; else they stay in place.")
    ] = False,
) -> None:
    """Look through PATH and list its studies."""
    with plainly(context), opened_shelf() as shelf:
        if not path.exists():
            raise NothingFound(f"There is nothing at {path}.")
        from viewer.commands.adding import add_place

        with Bar() as bar:
            added = add_place(shelf, path, bar, copy=copy)
        for refusal in added.refused:
            tell(f"{refusal.path}: {refusal.sentence} [{refusal.code}]")
        typer.echo(f"{added.studies} studies with {added.images} images are listed.")
        if not added.studies:
            raise typer.Exit(Outcome.DECLINED if added.refused else Outcome.NOTHING_FOUND)


@app.command("status")
def set_status(
    context: typer.Context,
    numbers: Numbers,
    *,
    to: Annotated[Reading | None, typer.Option(help="How far they are read.")] = None,
    priority: Annotated[str, typer.Option(help="routine, urgent or emergency.")] = "",
    tag: Annotated[list[str] | None, typer.Option(help="Tags they get, in place of all.")] = None,
    note: Annotated[str | None, typer.Option(help="A note, in place of the former.")] = None,
) -> None:
    """Set status, priority, tags or notes of studies."""
    words = {one.name.lower(): one for one in Priority}
    with plainly(context), opened_shelf() as shelf:
        if priority and priority not in words:
            raise typer.BadParameter(f"There is no priority {priority}.")
        chosen = [one.id for one in _chosen(shelf, numbers)]
        if to is not None:
            shelf.studies.set_status(chosen, to)
        if priority:
            shelf.studies.set_priority(chosen, words[priority])
        for number in chosen:
            if tag is not None:
                shelf.studies.set_tags(number, tag)
            if note is not None:
                shelf.studies.set_notes(number, note)
        for one in _chosen(shelf, numbers):
            typer.echo(f"{one.id}: {one.title}: {one.status}")


@app.command("remove")
def remove_studies(context: typer.Context, numbers: Numbers) -> None:
    """Take studies off the list; their files, notes of readings and copies stay on the disk."""
    with plainly(context), opened_shelf() as shelf:
        chosen = _chosen(shelf, numbers)
        shelf.studies.remove([one.id for one in chosen])
        for one in chosen:
            shelf.audit.note(_author(), "taken off the list", one.uid)
            typer.echo(f"{one.title}: taken off the list; its files are in {one.place}.")


@app.command("erase")
def erase_studies(context: typer.Context, numbers: Numbers, *, yes: Yes = False) -> None:
    """Erase all that is kept of studies, copied files too; files listed in place stay."""
    with plainly(context), opened_shelf() as shelf:
        chosen = _chosen(shelf, numbers)
        names = "; ".join(one.title for one in chosen)
        _sure(f"Erase {names}, with unsaved work and copied files?", yes=yes)
        for one in chosen:
            shelf.erase(one, _author())
            typer.echo(f"{one.title}: erased.")


@app.command("backup")
def back_up_studies(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    *,
    images: Annotated[bool, typer.Option("--images", help="With the copied images.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write all that is kept to one file, and check it."""
    with plainly(context), opened_shelf() as shelf:
        if file.exists() and not force:
            raise Declined(f"{file} is there already; --force replaces it.", code="exists")
        with Bar() as bar:
            made = shelf.back_up(file, bar, with_images=images)
        typer.echo(f"{file}: {made.studies} studies, {len(made.files)} files, checked.")


@app.command("restore")
def restore_studies(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup.")],
    *,
    yes: Yes = False,
) -> None:
    """Put back what a backup holds; the former database is kept aside."""
    with plainly(context), opened_shelf() as shelf:
        if shelf.studies.page(Question(), 0, 1).count:
            _sure("Replace the studies that are listed now?", yes=yes)
        with Bar() as bar:
            aside = shelf.restore(file, _author(), bar)
        typer.echo(f"Restored; the former database is {aside}.")


def _author() -> Author:
    import getpass

    from viewer.settings import load

    return Author(load().settings.reader.name.strip() or getpass.getuser())


def _chosen(shelf: Shelf, numbers: Sequence[int]) -> list[Listed]:
    found = [(number, shelf.studies.get(number)) for number in numbers]
    missing = [str(number) for number, one in found if one is None]
    if missing:
        raise NothingFound(f"There is no study {', '.join(missing)} in the list.")
    return [one for _, one in found if one is not None]


def _sure(question: str, *, yes: bool) -> None:
    if not yes and not (sys.stdin.isatty() and typer.confirm(question)):
        raise Declined(f"{question} Nothing was done; --yes answers it.", code="not_sure")


def _show(shelf: Shelf, question: Question, most: int, *, json: bool) -> None:
    page = shelf.studies.page(question, 0, most)
    if json:
        typer.echo(json_text.dumps([_as_json(one) for one in page.studies], indent=2))
    else:
        _print(page.studies)
        if page.count > len(page.studies):
            tell(f"{page.count - len(page.studies)} more; --most shows them.")
    if not page.studies:
        if not json:
            tell("No study answers this.")
        raise typer.Exit(Outcome.NOTHING_FOUND)


def _as_json(one: Listed) -> dict[str, object]:
    return {
        "number": one.id,
        "study_uid": one.uid,
        "patient_name": one.patient_name,
        "patient_id": one.patient_id,
        "issuer": one.issuer,
        "birth_date": one.birth_date,
        "study_date": one.date,
        "accession": one.accession,
        "description": one.description,
        "modalities": list(one.modalities),
        "images": one.images,
        "status": one.status.value,
        "priority": one.priority.name.lower(),
        "tags": list(one.tags),
        "notes": one.notes,
        "opened_at": one.opened_at,
        "place": str(one.place),
        "held": one.held.value,
        "missing": one.missing,
    }


def _print(studies: Sequence[Listed]) -> None:
    from rich.console import Console
    from rich.table import Table

    heads = ("No.", "Status", "Patient", "ID", "Date", "Modality", "Description", "Images", "Tags")
    table = Table(*heads, box=None)
    for one in studies:
        table.add_row(
            str(one.id), one.status.value, one.patient_name, one.patient_id, one.date,
            " ".join(one.modalities), one.description,
            f"{one.images}{' (missing)' if one.missing else ''}", ", ".join(one.tags),
        )  # fmt: skip
    if studies:
        Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False).print(
            table
        )
