"""`skiagram statistics` and `skiagram surfaces`: the numbers and surfaces of segments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viewer.console import Bar, NothingFound, plainly, tell
from viewer.io.mesh_forms import MeshForm, Space

if TYPE_CHECKING:
    from viewer.cohort.segment_numbers import Told

app = typer.Typer(add_completion=False)
SegmentFile = Annotated[
    Path, typer.Argument(help="A DICOM SEG, RT structure set, NIfTI or NRRD label map.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]


@app.command("statistics")
def measure_segments(
    context: typer.Context,
    segfile: SegmentFile,
    *,
    out: Annotated[Path, typer.Option(help="The .csv or .json to write.")],
    image: Annotated[
        list[Path] | None, typer.Option(help="Images whose values are measured under segments.")
    ] = None,
    force: Force = False,
) -> None:
    """Measure the segments of SEGFILE: size, shape, place, values; a second table tells slices."""
    with plainly(context):
        _require(segfile, *(image or ()))
        if out.suffix.lower() not in (".csv", ".json"):
            raise typer.BadParameter("--out ends with .csv or .json.")
        from viewer.cohort.segment_numbers import measure_file

        with Bar() as bar:
            told = measure_file(segfile, image or (), out, bar, force=force)
        _show(told)


@app.command("surfaces")
def export_surfaces(
    context: typer.Context,
    segfile: SegmentFile,
    *,
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    form: Annotated[
        MeshForm, typer.Option("--format", help="GLB is in metres with y up, all others in mm.")
    ] = MeshForm.STL,
    space: Annotated[
        Space, typer.Option(help="LPS as in DICOM, or RAS; named in the file.")
    ] = Space.LPS,
    error_mm: Annotated[
        float, typer.Option(min=0, max=10, help="Largest error by which triangles are saved.")
    ] = 0.1,
    image: Annotated[
        Path | None, typer.Option(help="The images that contours (RTSTRUCT) were drawn on.")
    ] = None,
    force: Force = False,
) -> None:
    """Write the surfaces of the segments of SEGFILE for other programs."""
    with plainly(context):
        _require(segfile, *(() if image is None else (image,)))
        from viewer.cohort.segment_numbers import write_surfaces
        from viewer.io.meshes import MeshWish

        stem = segfile.name.partition(".")[0]
        wish = MeshWish(out, stem, form, space, force)
        with Bar() as bar:
            told = write_surfaces(segfile, image, wish, error_mm, bar)
        _show(told)


def _show(told: Told) -> None:
    for line in told.lines:
        typer.echo(line)
    for notice in told.notices:
        tell(notice.sentence)
    for path in told.files:
        typer.echo(f"  {path}")


def _require(*paths: Path) -> None:
    for path in paths:
        if not path.exists():
            raise NothingFound(f"There is nothing at {path}.")
