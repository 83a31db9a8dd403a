"""`skiagram features`: the shape of segments, and how readers would rate nodules of that shape."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from viewer.console import Bar, NothingFound, plainly

app = typer.Typer(add_completion=False)


@app.command("features")
def measure_features(
    context: typer.Context,
    segfile: Annotated[Path, typer.Argument(help="A SEG, RT structure set or label map.")],
    *,
    image: Annotated[Path, typer.Option(help="The chest CT that the segments lie on.")],
    out: Annotated[Path, typer.Option(help="The .csv to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write the shape of lung nodules in SEGFILE as CSV, with the malignancy readers would see."""
    with plainly(context):
        for path in (segfile, image):
            if not path.exists():
                raise NothingFound(f"There is nothing at {path}.")
        from viewer.cohort.nodule_features import features_of_file

        with Bar() as bar:
            rows = features_of_file(segfile, image, out, bar, force=force)
        for row in rows:
            typer.echo(row.in_words)
        typer.echo(f"{out}: {len(rows)} segments")
