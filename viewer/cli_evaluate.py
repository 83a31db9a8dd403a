"""Evaluation on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viewer.console import Bar, NothingFound, plainly, tell
from viewer.imaging.evaluation.wish import Learner, Repeats, Rule, Task, Wish

if TYPE_CHECKING:
    from viewer.imaging.evaluation.result import Evaluation, Figure

app = typer.Typer(add_completion=False)
_PREDICTIONS = (
    "Findings (CSV, JSON, or a folder of `skiagram review`), scores (CSV), or masks; with --learn "
    "a table of features."
)
_TRUTH = "Lesions (CSV or masks), labels (CSV: case, label), or masks."
_OTHER = "Other predictions of the same cases, compared with the first."
_GROUPS = "CSV with a column case; patient, fold, split and any other groups."


@app.command("evaluate")
def evaluate_predictions(
    context: typer.Context,
    predictions: Annotated[Path, typer.Argument(help=_PREDICTIONS)],
    truth: Annotated[Path, typer.Argument(help=_TRUTH)],
    *,
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    task: Annotated[
        Task | None, typer.Option(help="What is judged; told by the files if left out.")
    ] = None,
    groups: Annotated[Path | None, typer.Option(help=_GROUPS)] = None,
    other: Annotated[Path | None, typer.Option("--compare", help=_OTHER)] = None,
    rule: Annotated[Rule, typer.Option(help="When a finding hits a lesion.")] = Rule.CENTRE,
    limit: Annotated[
        float | None, typer.Option(min=0, help="Of the rule: mm for distance, 0 to 1 for iou.")
    ] = None,
    repeats: Annotated[
        Repeats, typer.Option(help="What a further finding on a found lesion counts as.")
    ] = Repeats.FALSE,
    threshold: Annotated[float | None, typer.Option(help="Of scores, for figures at one.")] = None,
    tolerance_mm: Annotated[
        float, typer.Option(min=0, max=100, help="Of surface Dice, in mm.")
    ] = 2.0,
    smallest_mm: Annotated[
        float, typer.Option(min=0, max=100, help="Smaller pieces of masks are no lesions.")
    ] = 0.0,
    sizes: Annotated[str, typer.Option(help="Bounds between sizes, in mm.")] = "6,10,20,40",
    samples: Annotated[
        int, typer.Option(min=10, max=100_000, help="How often patients are drawn.")
    ] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws.")] = 0,
    learner: Annotated[
        Learner | None,
        typer.Option("--learn", help="A model to be learned from a table of features."),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, max=1000, help="Of patients, for --learn.")] = 5,
    held_out: Annotated[
        float | None,
        typer.Option("--hold-out", min=0.01, max=0.99, help="Part put aside instead of folds."),
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Write the page as PDF, too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")] = False,
) -> None:
    """Judge PREDICTIONS by TRUTH: figures with intervals over patients, tables, plots, a page."""
    with plainly(context):
        for path in (predictions, truth, groups, other):
            if path is not None and not path.exists():
                raise NothingFound(f"There is nothing at {path}.")
        wish = Wish(
            predictions=predictions,
            truth=truth,
            task=task,
            groups=groups,
            other=other,
            rule=rule,
            limit=limit,
            repeats=repeats,
            threshold=threshold,
            tolerance_mm=tolerance_mm,
            smallest_mm=smallest_mm,
            sizes_mm=_sizes(sizes),
            samples=samples,
            seed=seed,
            learner=learner,
            folds=folds,
            held_out=held_out,
        )
        from viewer.cohort.evaluation import evaluate
        from viewer.io.evaluation_page import as_json, write_evaluation

        with Bar() as bar:
            result = evaluate(wish, bar)
        files = write_evaluation(result, out, force=force)
        if pdf:
            from viewer.ui.evaluation_pdf import write_pdf

            files = (*files, write_pdf(result, out))
        if json:
            typer.echo(as_json(result))
        else:
            _show(result, files)


def _sizes(text: str) -> tuple[float, ...]:
    try:
        sizes = tuple(float(one) for one in text.split(",") if one.strip())
    except ValueError:
        raise typer.BadParameter("--sizes are numbers in mm, such as 6,10,20.") from None
    if list(sizes) != sorted(set(sizes)) or any(not 0 < one < 10_000 for one in sizes):
        raise typer.BadParameter("--sizes rise and are above 0.")
    return sizes


def _show(result: Evaluation, files: tuple[Path, ...]) -> None:
    typer.echo(f"{result.task}: {result.cases} cases of {result.patients} patients")
    for one in result.figures:
        typer.echo(f"  {one.name:<32} {_told(one)}")
    for notice in result.notices:
        tell(notice)
    for path in files:
        typer.echo(f"  {path}")


def _told(one: Figure) -> str:
    from viewer.io.evaluation_page import in_short

    value = "undefined" if one.value is None else f"{in_short(one.value)} {one.unit}".rstrip()
    interval = "" if one.low is None else f"  ({in_short(one.low)} to {in_short(one.high)})"
    return f"{value}{interval}{f'  of {one.count} {one.of}' if one.of else ''}"
