"""`skiagram explain`: maps of what a network's answers hang on, tried before they are shown."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from viewer.console import Bar, NothingFound, plainly
from viewer.io.map_forms import MapForm

app = typer.Typer(add_completion=False)


class How(StrEnum):
    """How the map is made."""

    OCCLUSION = "occlusion"
    GRAD_CAM = "gradcam"
    GRADIENTS = "ig"


@app.command("explain")
def explain_answers(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A folder, ZIP, DICOMDIR or image file.")],
    *,
    model: Annotated[str, typer.Option(help="The id of a network, as `models list` tells it.")],
    out: Annotated[Path, typer.Option(help="The folder to write pictures, maps and JSON to.")],
    method: Annotated[How, typer.Option(help="How the map is made.")] = How.OCCLUSION,
    patch: Annotated[
        int, typer.Option(min=0, max=512, help="Voxels hidden at once, a side; 0 chooses.")
    ] = 0,
    maps: Annotated[
        MapForm, typer.Option("--maps", help="How maps of volumes are written.")
    ] = MapForm.NIFTI,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Show what a network's answers hang on; a map that fails its sanity check is not shown."""
    with plainly(context):
        if not path.exists():
            raise NothingFound(f"There is nothing at {path}.")
        from viewer.ai.explaining.methods import Method
        from viewer.cohort.explaining import Wish, explain_files
        from viewer.settings import data_folder

        wish = Wish(model, Method(method.value), out, data_folder() / "models", patch, force, maps)
        with Bar() as bar:
            told = explain_files([path], wish, bar)
        for one in told:
            where = f" ({out / one.picture})" if one.picture else ""
            typer.echo(f"{one.series}: {one.about}{where}\n  {one.sentence}")
        if not told:
            typer.echo("The model said nothing that could be explained.")
