"""The command line: the engine of the window, for scripts and for computers without a screen.

Exit codes: 0 success, 1 failed, 2 wrong usage, 3 nothing found, 4 refused or
declined, 130 stopped by Ctrl+C. No traceback is shown unless `--debug` asks.
Everything heavy is imported where it is used, so that `--help` is quick.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import viewer
from viewer.cli_anatomy import app as anatomy
from viewer.cli_click import app as click
from viewer.cli_convert_segments import app as converting
from viewer.cli_enhance import app as enhancing
from viewer.cli_evaluate import app as evaluating
from viewer.cli_explain import app as explaining
from viewer.cli_models import app as models
from viewer.cli_rating import app as rating
from viewer.cli_reads import app as reads
from viewer.cli_segment import app as segmenting
from viewer.cli_studies import app as studies
from viewer.cli_surfaces import app as surfaces
from viewer.console import (
    Bar,
    NothingFound,
    Outcome,
    plainly,
    show_account,
    show_converted,
    show_findings,
    show_listing,
)
from viewer.core.progress import Part, Progress
from viewer.core.word import Word
from viewer.io.forms import Coding, Form
from viewer.io.map_forms import MapForm

if TYPE_CHECKING:
    from viewer.cohort.review import Review

app = typer.Typer(
    name="skiagram",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A radiology viewer with an AI second reader. Research use; not a medical device.",
    epilog="Exit codes: 0 success, 1 failed, 2 wrong usage, 3 nothing found, "
    "4 refused or declined, 130 stopped by Ctrl+C.",
)
app.add_typer(studies)
app.add_typer(reads)
app.add_typer(click)
app.add_typer(enhancing)
app.add_typer(segmenting)
app.add_typer(anatomy)
app.add_typer(models)
app.add_typer(explaining)
app.add_typer(converting)
app.add_typer(surfaces)
app.add_typer(rating)
app.add_typer(evaluating)

Place = Annotated[Path, typer.Argument(help="A folder, ZIP, DICOMDIR or image file.")]
MaybePlace = Annotated[
    Path | None,
    typer.Argument(help="A folder, ZIP, DICOMDIR or image file; a synthetic sample if left out."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


def main() -> None:
    """Run the command line."""
    app()


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - the shape that typer calls
    if wanted:
        typer.echo(f"skiagram {viewer.__version__}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a defect.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Take what holds for every command; `debug` is read by `plainly`."""


@app.command("open")
def open_window(context: typer.Context, path: MaybePlace = None) -> None:
    """Open the window, on PATH if given."""
    with plainly(context):
        arguments = [] if path is None else [str(_existing(path))]
        from viewer.app import main as start

        raise typer.Exit(start(arguments))


@app.command("review")
def review_places(
    context: typer.Context,
    path: MaybePlace = None,
    *,
    out: Annotated[Path, typer.Option(help="Where the results go.")] = Path("skiagram-results"),
    word: Annotated[
        Word | None,
        typer.Option("--as", help="What files are that do not tell (NIfTI, NRRD, MetaImage)."),
    ] = None,
    malignancy: Annotated[
        bool,
        typer.Option("--malignancy", help="Tell how suspicious readers would rate each nodule."),
    ] = False,
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            help="A model that is to read, may be given again; `all` for every one that can. Left "
            "out: those that are proven, and lung nodules.",
        ),
    ] = None,
    maps: Annotated[
        MapForm, typer.Option("--maps", help="How maps of volumes are written.")
    ] = MapForm.NIFTI,
    learned: Annotated[
        bool,
        typer.Option("--learned", help="Score as models learned from verdicts on this computer."),
    ] = False,
    json: Json = False,
) -> None:
    """Let models read the images in PATH; write report, table, DICOM results and maps."""
    with plainly(context):
        known = None if path is None else _existing(path)
        from viewer.cli_models import what_was_learned
        from viewer.cohort.review import review
        from viewer.render.key_image import draw_key_image
        from viewer.settings import data_folder

        with Bar() as bar:
            place = known or _sample(Part(bar, 0.0, 0.1))
            start = 0.0 if known else 0.1
            part = Part(bar, start, 1.0)
            asked = word is Word.CT_HU
            result = review(
                [place],
                out,
                draw_key_image,
                part,
                own=data_folder() / "models",
                models=tuple(model or ()),
                as_ct=asked,
                malignancy=malignancy,
                maps=maps,
                learned=what_was_learned() if learned else (),
            )
        if json:
            typer.echo(result.account.as_json())
        else:
            _show_review(result)
        raise typer.Exit(_outcome_of_review(result))


@app.command("info")
def list_places(context: typer.Context, path: Place, *, json: Json = False) -> None:
    """List the series in PATH, and every file that was refused with the reason."""
    with plainly(context):
        place = _existing(path)
        from viewer.cohort.listing import listing

        with Bar() as bar:
            found = listing([place], bar)
        if json:
            typer.echo(found.as_json())
        else:
            show_listing(found)
        if not found.series:
            raise typer.Exit(Outcome.DECLINED if found.refused else Outcome.NOTHING_FOUND)


@app.command("pixels")
def save_frame(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="One image file.")],
    *,
    frame: Annotated[int, typer.Option(min=0, help="Which picture; the first is 0.")] = 0,
    out: Annotated[Path, typer.Option(help="The .npy file to write; replaced if it is there.")],
    stored: Annotated[
        bool,
        typer.Option(
            "--stored",
            help="Stored values, of a palette its indices; real-world values if left out.",
        ),
    ] = False,
    unit: Annotated[
        str, typer.Option(help="suvbw, suvlbm, bq/ml ..., a map's label; as shown if left out.")
    ] = "",
) -> None:
    """Save one decoded picture of FILE as an array: (row, column), colour (row, column, 3)."""
    with plainly(context):
        if _existing(file).is_dir():
            raise typer.BadParameter(f"{file} is a folder, not a file.")
        if stored and unit:
            raise typer.BadParameter("Stored values have no unit; leave out --unit or --stored.")
        from viewer.io.pixels import frame_of, save_array

        pixels = frame_of(file, frame, stored=stored, unit=unit)
        save_array(out, pixels)
        typer.echo(f"{out}: {' x '.join(map(str, pixels.shape))} {pixels.dtype.name}")


@app.command("convert")
def convert_places(
    context: typer.Context,
    path: Place,
    *,
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    to: Annotated[Form, typer.Option(help="What series become.")],
    series: Annotated[str, typer.Option(help="Only this one: a key or UID that `info` told.")] = "",
    coding: Annotated[Coding, typer.Option(help="How DICOM stores pixels.")] = Coding.EXPLICIT,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    straighten: Annotated[
        bool,
        typer.Option("--straighten", help="Resample tilted or uneven slices onto a regular grid."),
    ] = False,
    json: Json = False,
) -> None:
    """Write the series in PATH in another form; what cannot be written is named."""
    with plainly(context):
        place = _existing(path)
        from viewer.io.convert import Wish, convert

        with Bar() as bar:
            done = convert([place], Wish(out, to, coding, force, straighten), series, bar)
        if json:
            typer.echo(done.as_json())
        else:
            show_converted(done)
        if not done.made:
            raise typer.Exit(Outcome.DECLINED if done.left_out else Outcome.NOTHING_FOUND)


@app.command("picture")
def draw_in_space(
    context: typer.Context,
    path: Place,
    *,
    out: Annotated[Path, typer.Option(help="The .png to write; replaced if it is there.")] = Path(
        "3d.png"
    ),
    turntable: Annotated[
        Path | None, typer.Option(help="Write a .gif or .mp4 once round the patient instead.")
    ] = None,
    preset: Annotated[str, typer.Option(help="Bone, Skin, Vessels, MIP ...")] = "",
    azimuth: Annotated[float, typer.Option(min=-360, max=360, help="0 front, 90 left.")] = 0.0,
    elevation: Annotated[float, typer.Option(min=-90, max=90, help="90 from the head.")] = 0.0,
    zoom: Annotated[float, typer.Option(min=0.2, max=10)] = 1.0,
    perspective: Annotated[bool, typer.Option("--perspective")] = False,
    remove_bone: Annotated[bool, typer.Option("--remove-bone", help="By rule; check it.")] = False,
    series: Annotated[str, typer.Option(help="A key or UID that `info` told.")] = "",
    size: Annotated[tuple[int, int], typer.Option(help="Width and height.")] = (800, 600),
) -> None:
    """Draw a volume in PATH in 3D, as a picture or as a turntable movie."""
    with plainly(context):
        place = _existing(path)
        from viewer.cohort.pictures import Wish, draw_picture, draw_turntable
        from viewer.render.filming import shoot
        from viewer.session.camera import Camera

        camera = Camera(azimuth, elevation, zoom, perspective=perspective)
        wish = Wish(preset, series, camera, size, remove_bone)
        draw = draw_picture if turntable is None else draw_turntable
        with Bar() as bar:
            title = draw(place, turntable or out, wish, shoot, bar)
        typer.echo(f"{turntable or out}: {title}")


@app.command("selftest")
def prove(context: typer.Context) -> None:
    """Prove that decoding, 3D, the model and saving work on this computer."""
    with plainly(context):
        from viewer.cohort.selftest import proofs, tried

        failed = 0
        for proof in proofs(ball_in_3d):
            result = tried(proof)
            failed += not result.good
            mark = typer.style("✓", fg="green") if result.good else typer.style("✗", fg="red")
            typer.echo(f"{mark} {proof.name}: {result.sentence} ({result.seconds:.1f} s)")
        if failed:
            raise typer.Exit(Outcome.FAILED)


@app.command("warm")
def prepare(context: typer.Context) -> None:
    """Compile what is compiled at first use, so that nobody waits for it later."""
    with plainly(context), Bar() as bar:
        from viewer.imaging.click.ready import ready as ready_to_click
        from viewer.imaging.warm import warm
        from viewer.io.seg_walk import ready

        warm(bar)
        ready_to_click(bar)
        ready()


def ball_in_3d(progress: Progress) -> str:
    """Draw a ball off the screen by volume rendering, as a proof that 3D works here."""
    import numpy as np

    from viewer.cohort.selftest import Wrong
    from viewer.core.geometry import Geometry
    from viewer.core.volume import Volume
    from viewer.render.space import picture
    from viewer.session.transfer import BONE

    progress.report(0.0, "3D")
    away = np.linalg.norm(np.indices((48, 48, 48)) - 23.5, axis=0)
    voxels = np.where(away < 16, 600, -1000).astype(np.int16)
    geometry = Geometry(voxels.shape, np.eye(4)[[2, 1, 0, 3]])
    seen = picture(Volume(voxels, geometry, "[hnsf'U]", "CT", "ball"), BONE, (200, 200))
    lit = float((seen[..., :3].max(axis=2) > 60).mean())
    if not 0.05 < lit < 0.95:
        raise Wrong(f"a ball covers {lit:.0%} of the picture")
    return f"a ball drawn off the screen covers {lit:.0%} of the picture, as it should"


def sample_folder() -> Path:
    """Return where this computer keeps the synthetic sample study."""
    from viewer import settings

    return settings.load().settings.paths.sample or settings.cache_folder() / "sample"


def _sample(progress: Progress) -> Path:
    """Return the sample study, made if need be."""
    from viewer.io.sample import sample_study

    return sample_study(sample_folder(), progress)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise NothingFound(f"There is nothing at {path}.")
    return path


def _show_review(result: Review) -> None:
    for done in result.done:
        typer.echo(f"\n{done.errand.series.title}: {done.reading.author}")
        for stated in done.reading.assessments:
            typer.echo(stated.sentence)
        show_findings(done.reading.shown)
        below = len(done.reading.findings) - len(done.reading.shown)
        if below:
            typer.echo(
                f"Below the threshold {done.reading.threshold:.2f}: {below} more candidates."
            )
    typer.echo("")
    show_account(result.account)
    if result.done:
        typer.echo("\nThese are proposals; nobody has judged them.")
    typer.echo(f"Written in {result.account.seconds:.0f} s:")
    for path in (*(file for done in result.done for file in done.files), result.account_file):
        typer.echo(f"  {path}")


def _outcome_of_review(result: Review) -> Outcome:
    from viewer.cohort.account import Fate

    if Fate.FAILED in result.fates:
        return Outcome.FAILED
    if Fate.READ in result.fates:
        return Outcome.SUCCESS
    nothing = not result.fates and not result.account.refused
    return Outcome.NOTHING_FOUND if nothing else Outcome.DECLINED
