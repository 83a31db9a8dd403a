"""`skiagram convert-segments`: segments from one file format into another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from viewer.console import Bar, NothingFound, plainly, tell
from viewer.io.segment_forms import OtherGrid, SegmentForm

app = typer.Typer(add_completion=False)


@app.command("convert-segments")
def convert_segment_file(
    context: typer.Context,
    source: Annotated[
        Path,
        typer.Argument(help="A DICOM SEG or RT structure set, or a NIfTI or NRRD label map."),
    ],
    out: Annotated[Path, typer.Argument(help="The file to write.")],
    *,
    to: Annotated[
        SegmentForm | None, typer.Option(help="What it becomes; the name of OUT if left out.")
    ] = None,
    images: Annotated[
        Path | None,
        typer.Option(help="The images they lie on: needed for DICOM, and to read contours."),
    ] = None,
    series: Annotated[
        str, typer.Option(help="Which of the images: a key or UID that `info` told.")
    ] = "",
    other_grid: Annotated[
        OtherGrid,
        typer.Option(help="Where segments were drawn on other voxels than those of the images."),
    ] = OtherGrid.REFUSE,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")] = False,
) -> None:
    """Write the segments of SOURCE in another format, read back and compared; losses are named."""
    with plainly(context):
        for path in (source, *(() if images is None else (images,))):
            if not path.exists():
                raise NothingFound(f"There is nothing at {path}.")
        from viewer.cohort.segment_converting import Wish, convert_segments

        with Bar() as bar:
            done = convert_segments(source, Wish(out, to, images, series, other_grid, force), bar)
        if json:
            typer.echo(done.as_json())
            return
        for notice in done.notices:
            tell(notice.sentence)
        for path in done.files:
            typer.echo(f"{path}: {len(done.segments)} segments")
