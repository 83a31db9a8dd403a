"""`skiagram click`: the lesion round a point, outlined, measured and saved, for scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from viewer.console import Bar, NothingFound, plainly

app = typer.Typer(add_completion=False)
_POINT = "A point as x,y,z in LPS mm: x to the left, y to the back, z to the head."


@app.command("click")
def click_lesion(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A folder, ZIP, DICOMDIR or image file.")],
    *,
    at: Annotated[list[str], typer.Option(help=f"{_POINT} Again for more points in the lesion.")],
    cut: Annotated[list[str] | None, typer.Option(help=f"{_POINT} Not in the lesion.")] = None,
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    series: Annotated[str, typer.Option(help="A key or UID that `info` told.")] = "",
    size: Annotated[int, typer.Option(min=-16, max=16, help="Larger (+) or smaller (-).")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
) -> None:
    """Outline the lesion at a point on CT, MR or PET; nobody has looked at the result."""
    with plainly(context):
        if not path.exists():
            raise NothingFound(f"There is nothing at {path}.")
        from viewer.cohort.clicking import Wish, click, point_of

        points = tuple(point_of(text) for text in at)
        cuts = tuple(point_of(text) for text in cut or ())
        with Bar() as bar:
            done = click([path], Wish(points, cuts, out, series, size, force), bar)
        if json:
            typer.echo(done.as_json())
            return
        typer.echo(
            f"{done.title}: {done.diameter_mm:.1f} mm, {done.volume_mm3 / 1000:.2f} ml, "
            f"certainty {done.certainty:.2f}"
        )
        for sentence in done.warnings:
            typer.echo(sentence)
        for name in done.files:
            typer.echo(f"  {out / name}")
