"""Anatomy by rules on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viewer.cohort.anatomy_forms import BrainBy, Format, Taken
from viewer.console import Bar, NothingFound, Outcome, plainly, tell

if TYPE_CHECKING:
    from viewer.cohort.anatomy import Outlined

app = typer.Typer(add_completion=False)


@app.command("anatomy")
def outline_places(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A folder, ZIP, DICOMDIR or image file.")],
    *,
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    structures: Annotated[
        str, typer.Option(help="Such as lungs,liver,bone; all that can be found if left out.")
    ] = "all",
    to: Annotated[
        Format, typer.Option("--format", help="What segments are written as.")
    ] = Format.SEG,
    taken: Annotated[
        Taken | None,
        typer.Option("--as", help="What files are that do not tell (NIfTI, NRRD, MetaImage)."),
    ] = None,
    brain_by: Annotated[
        BrainBy | None, typer.Option(help="The brain alone, by this package if it is installed.")
    ] = None,
    series: Annotated[str, typer.Option(help="Only this one: a key or UID that `info` told.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Find organs and tissues in PATH by rules; write segments, and how sure each one is."""
    with plainly(context):
        if not path.exists():
            raise NothingFound(f"There is nothing at {path}.")
        from viewer.cohort.anatomy import Wish, outline
        from viewer.imaging.anatomy.structures import wanted

        wish = Wish(wanted(structures.split(",")), out, to, force, taken, brain_by)
        with Bar() as bar:
            done = outline([path], wish, series, bar)
        if json:
            typer.echo(done.as_json())
        else:
            _show(done)
        if not done.made:
            raise typer.Exit(Outcome.DECLINED if done.series else Outcome.NOTHING_FOUND)


def _show(done: Outlined) -> None:
    """Print what was found of each series, and how sure it is."""
    for one in done.series:
        if not one.files:
            tell(f"{one.title}: {one.sentence} [{one.code}]")
        else:
            typer.echo(f"{one.title}: {', '.join(one.files)}")
        for told in one.structures:
            said = " ".join(told.failed)
            sure = (
                f"{told.volume_ml:9.1f} ml  {told.certainty:4.0%} sure" if told.volume_ml else "-"
            )
            typer.echo(f"  {told.title:<28} {sure}  {said}".rstrip())
        for notice in one.warnings:
            tell(f"  {notice.sentence}")
    if not done.series:
        tell("There are no images here.")
