"""The commands that make new series from old ones: `enhance`, `denoise`, `resample`, `filters`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viewer.console import Bar, NothingFound, Outcome, plainly, show_enhanced
from viewer.core.kernel import Kernel
from viewer.core.recipe import Recipe
from viewer.io.forms import Form

if TYPE_CHECKING:
    from viewer.cohort.enhancing import Wish

app = typer.Typer(add_completion=False)

Place = Annotated[Path, typer.Argument(help="A folder, ZIP, DICOMDIR or image file.")]
Out = Annotated[Path, typer.Option(help="The folder to write into.")]
Chosen = Annotated[str, typer.Option(help="Only this one: a key or UID that `info` told.")]
To = Annotated[Form, typer.Option(help="NIfTI, NRRD or DICOM.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


@app.command("enhance")
def enhance_places(
    context: typer.Context,
    path: Place,
    *,
    out: Out,
    step: Annotated[
        list[str] | None,
        typer.Option(help="A filter such as gaussian:sigma_mm=1.5; several are taken in order."),
    ] = None,
    recipe: Annotated[Path | None, typer.Option(help="A recipe file instead of steps.")] = None,
    like: Annotated[
        Path | None,
        typer.Option(help="Match the histogram of the volume here, before all other steps."),
    ] = None,
    like_series: Annotated[str, typer.Option(help="Which volume to match: a key or UID.")] = "",
    slices: Annotated[str, typer.Option(help="Only these slices, from 1, such as 12-40.")] = "",
    series: Chosen = "",
    to: To = Form.NIFTI,
    force: Force = False,
    json: Json = False,
) -> None:
    """Filter the volumes in PATH into new files; the originals are never changed."""
    with plainly(context):
        place = _existing(path)
        from viewer.cohort import enhancing
        from viewer.cohort.enhancing import Wish, recipe_of, slices_of_words

        asked = recipe_of(step or (), recipe) if step or recipe or not like else Recipe("matched")
        meant = slices_of_words(slices) if slices else None
        if like is not None:
            with Bar() as bar:
                match = enhancing.like(_existing(like), like_series, bar)
            asked = Recipe(asked.name, (match, *asked.steps))
        _make(place, Wish(asked, out, to, force, meant), series, json=json)


@app.command("denoise")
def denoise_places(
    context: typer.Context,
    path: Place,
    *,
    out: Out,
    seed: Annotated[
        int, typer.Option(min=0, help="The random start; the same gives the same.")
    ] = 0,
    steps: Annotated[int, typer.Option(min=10, max=20_000, help="How long it learns.")] = 400,
    series: Chosen = "",
    to: To = Form.NIFTI,
    force: Force = False,
    json: Json = False,
) -> None:
    """Train a small network on each volume in PATH alone and write it with less noise."""
    with plainly(context):
        place = _existing(path)
        from viewer.cohort.enhancing import Training, Wish

        wish = Wish(Recipe("denoised"), out, to, force, training=Training(seed, steps))
        _make(place, wish, series, json=json)


@app.command("resample")
def resample_places(
    context: typer.Context,
    path: Place,
    *,
    out: Out,
    step: Annotated[
        float, typer.Option(min=0, help="Distance between voxels in mm; 0 for the least there is.")
    ] = 0.0,
    kernel: Annotated[Kernel, typer.Option(help="How values between are found.")] = Kernel.SPLINE,
    series: Chosen = "",
    to: To = Form.NIFTI,
    force: Force = False,
    json: Json = False,
) -> None:
    """Interpolate the volumes in PATH to equal steps in all directions, marked as such."""
    with plainly(context):
        place = _existing(path)
        from viewer.cohort.enhancing import Finer, Wish

        wish = Wish(Recipe("interpolated"), out, to, force, finer=Finer(step, kernel))
        _make(place, wish, series, json=json)


@app.command("filters")
def list_filters() -> None:
    """List the filters with their settings, usual values and bounds."""
    from viewer.console import show_filters

    show_filters()


def _make(place: Path, wish: Wish, series: str, *, json: bool) -> None:
    from viewer.cohort.enhancing import enhance

    with Bar() as bar:
        done = enhance([place], wish, series, bar)
    if json:
        typer.echo(done.as_json())
    else:
        show_enhanced(done)
    if not done.made:
        raise typer.Exit(Outcome.DECLINED if done.series else Outcome.NOTHING_FOUND)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise NothingFound(f"There is nothing at {path}.")
    return path
