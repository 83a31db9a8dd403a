"""`skiagram segment` and `skiagram segmenters`: segments made by recipes, for scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viewer.cohort.segment_forms import SegmentForm
from viewer.console import Bar, NothingFound, Outcome, plainly, tell

if TYPE_CHECKING:
    from viewer.cohort.segmenting import Segmented
    from viewer.imaging.enhance.catalogue import Parameter
    from viewer.imaging.segment.operation import Choice

app = typer.Typer(add_completion=False)


@app.command("segment")
def segment_places(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A folder, ZIP, DICOMDIR or image file.")],
    *,
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    do: Annotated[
        str, typer.Option("--do", help="Steps: 'otsu; islands keep_largest; margin mm=3'.")
    ] = "",
    recipe: Annotated[Path | None, typer.Option(help="A recipe file instead of steps.")] = None,
    marks: Annotated[
        Path | None, typer.Option(help="A NIfTI label map on the same grid to begin with.")
    ] = None,
    series: Annotated[str, typer.Option(help="Only this one: a key or UID that `info` told.")] = "",
    form: Annotated[
        SegmentForm, typer.Option("--format", help="SEG for DICOM, else NIfTI, if left out.")
    ] = SegmentForm.AUTO,
    outside: Annotated[
        float | None,
        typer.Option(help="Write a volume too, with this value outside all segments."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
) -> None:
    """Segment the volumes in PATH by a recipe; `skiagram segmenters` lists the steps."""
    with plainly(context):
        if not path.exists():
            raise NothingFound(f"There is nothing at {path}.")
        if do.strip() and recipe is not None:
            raise typer.BadParameter("Give --do or --recipe, not both.")
        from viewer.cohort.segmenting import Wish, recipe_of, segment

        wish = Wish(recipe_of(do, recipe), out, form, marks, outside, force)
        with Bar() as bar:
            done = segment([path], wish, series, bar)
        if json:
            typer.echo(done.as_json())
        else:
            _show(done)
        if not done.made:
            raise typer.Exit(Outcome.DECLINED if done.series else Outcome.NOTHING_FOUND)


@app.command("segmenters")
def list_operations() -> None:
    """List the segmenting operations with their settings, usual values and bounds."""
    from rich.console import Console
    from rich.table import Table

    from viewer.cohort.segmenting import ALL
    from viewer.imaging.segment.operation import COMMON

    table = Table("Operation", "What it does", "Settings (usual, from, to)", box=None)
    for one in ALL:
        needs = ", ".join(sorted(need.value for need in one.needs if need.value != "values"))
        told = f"{one.title}. {one.help}" + (f" Needs: {needs}." if needs else "")
        table.add_row(one.id, told, "\n".join(_said(each) for each in one.parameters))
    table.add_row("(every step)", "", "\n".join(_said(each) for each in COMMON))
    Console(highlight=False, markup=False).print(table)


def _said(parameter: Parameter | Choice) -> str:
    from viewer.imaging.segment.operation import Choice

    if isinstance(parameter, Choice):
        words = " | ".join(word for word, _ in parameter.words)
        return f"{parameter.name}={parameter.usual} ({words})"
    if parameter.switch:
        return f"{parameter.name} (switch)"
    unit = f" {parameter.unit}" if parameter.unit else ""
    bounds = f"{parameter.low:g} to {parameter.high:g}{unit}"
    return f"{parameter.name}={parameter.usual:g} ({bounds})"


def _show(done: Segmented) -> None:
    """Print what was written and found, and say of everything else why not."""
    for one in done.series:
        if not one.files:
            tell(f"{one.title}: {one.sentence} [{one.code}]")
            continue
        typer.echo(f"{one.title}: {one.files[0]}")
        for line in one.done:
            typer.echo(f"  {line}")
        for found in one.segments:
            typer.echo(f"  {found.name}: {found.volume_ml:.4g} ml")
        for notice in one.warnings:
            tell(f"  {notice.sentence}")
    if not done.series:
        tell("There are no images here.")
