"""How the command line speaks: progress, tables, and one sentence for whatever goes wrong."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from types import TracebackType
from typing import TYPE_CHECKING, Self

import typer

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Cancelled

if TYPE_CHECKING:
    from rich.console import Console

    from viewer.cohort.account import Account
    from viewer.cohort.enhancing import Enhanced
    from viewer.cohort.listing import Listing
    from viewer.core.finding import Finding
    from viewer.io.convert import Converted
    from viewer.store.shelf import Shelf


class Outcome(IntEnum):
    """What the exit code says."""

    SUCCESS = 0
    FAILED = 1
    USAGE = 2
    NOTHING_FOUND = 3
    DECLINED = 4
    STOPPED = 130


class NothingFound(Exception):
    """There is nothing where we were sent."""


@contextmanager
def plainly(context: typer.Context) -> Iterator[None]:
    """Turn whatever is raised into a sentence and an exit code; a traceback only for `--debug`."""
    try:
        yield
    except (typer.Exit, typer.BadParameter, BrokenPipeError):
        raise
    except BaseException as error:
        if context.find_root().params.get("debug"):
            traceback.print_exception(error)
        outcome, sentence = explained(error)
        tell(sentence)
        raise typer.Exit(outcome) from None


def explained(error: BaseException) -> tuple[Outcome, str]:
    """Return what an error means for the exit code and for the user."""
    match error:
        case KeyboardInterrupt() | Cancelled():
            return Outcome.STOPPED, "Stopped; nothing half-written was left behind."
        case NothingFound():
            return Outcome.NOTHING_FOUND, str(error)
        case Declined(code="no_frame"):
            return Outcome.USAGE, str(error)
        case Declined(code="no_series"):
            return Outcome.NOTHING_FOUND, str(error)
        case Declined() | Unreadable():
            return Outcome.DECLINED, str(error)
        case MemoryError():
            return Outcome.FAILED, "The memory of this computer was not enough."
        case OSError(strerror=str(reason)):
            where = f"{error.filename}: " if error.filename else ""
            return Outcome.FAILED, f"{where}{reason}."
        case _:
            return Outcome.FAILED, (
                f"{error} ({type(error).__name__}). "
                "This is a defect of the program; --debug before the command shows where."
            )


def tell(sentence: str) -> None:
    """Say something that is not the result."""
    typer.echo(sentence, err=True)


class Bar:
    """Progress on the error stream: a moving bar for people, a line per tenth for logs."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._moving = sys.stderr.isatty()
        self._tenth = -1
        self._bar = Progress(
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=_console(error=True),
            transient=True,
            disable=not self._moving,
        )
        self._task = self._bar.add_task("", total=1.0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def report(self, done: float, doing: str = "") -> None:
        """Show how far it is."""
        if self._moving:
            self._bar.update(self._task, completed=done, description=doing)
        elif int(done * 10) > self._tenth:
            self._tenth = int(done * 10)
            tell(f"{done:4.0%}  {doing}".rstrip())


def _console(*, error: bool = False) -> Console:
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    return Console(stderr=error, highlight=False, width=None if stream.isatty() else 140)


def show_listing(listing: Listing) -> None:
    """Print what was found and what was refused."""
    from rich.table import Table

    console = _console()
    table = Table("Patient", "Date", "Modality", "Description", "Kind", "Size", "mm", box=None)
    for series in listing.series:
        table.add_row(
            series.patient_name, series.study_date, series.modality, series.title, series.kind,
            " x ".join(map(str, (series.moments, *series.shape)[series.moments == 1 :])),
            " x ".join(f"{step:.3g}" for step in series.spacing_mm or () if step) or "unknown",
        )  # fmt: skip
    if listing.series:
        console.print(table)
    for series in listing.series:
        if series.contents:
            console.print(f"{series.title}: {series.contents}", markup=False, soft_wrap=True)
        for notice in series.warnings:
            console.print(f"{series.title}: {notice.sentence}", markup=False, soft_wrap=True)
    if listing.refused:
        console.print(f"\nNot opened: {len(listing.refused)}")
    for refusal in listing.refused:
        console.print(
            f"  {refusal.path}: {refusal.sentence} [{refusal.code}]", markup=False, soft_wrap=True
        )
    if not listing.series and not listing.refused:
        console.print("There are no images here.")


def show_converted(converted: Converted) -> None:
    """Print what was written, and say of everything else why not."""
    for made in converted.made:
        more = f" and {len(made.files) - 1} more" if len(made.files) > 1 else ""
        typer.echo(f"{made.title}: {made.files[0]}{more}")
        for notice in made.warnings:
            tell(f"  {notice.sentence}")
    for left in converted.left_out:
        tell(f"{left.title}: {left.sentence} [{left.code}]")
    if not converted.made and not converted.left_out:
        tell("There are no images here.")


def show_enhanced(enhanced: Enhanced) -> None:
    """Print what was written and how, and say of everything else why not."""
    for one in enhanced.series:
        if not one.files:
            tell(f"{one.title}: {one.sentence} [{one.code}]")
            continue
        typer.echo(f"{one.title}: {one.files[0]}")
        for line in one.done:
            typer.echo(f"  {line}")
        for notice in one.warnings:
            tell(f"  {notice.sentence}")
    if not enhanced.series:
        tell("There are no images here.")


def show_filters() -> None:
    """Print every filter with its parameters."""
    from rich.table import Table

    from viewer.imaging.enhance.catalogue import FILTERS

    table = Table("Filter", "What it does", "Settings (usual, from, to)", box=None)
    for one in FILTERS:
        settings = [
            f"{each.name}={each.usual:g} ({each.low:g} to {each.high:g} {each.unit})".replace(
                " )", ")"
            )
            for each in one.parameters
            if not each.hidden
        ]
        table.add_row(one.id, f"{one.title}. {one.help}", "\n".join(settings))
    _console().print(table)


def show_findings(findings: tuple[Finding, ...]) -> None:
    """Print findings, the surest first."""
    from rich.table import Table

    table = Table(
        "Rank", "Kind", "Score", "x, y, z in mm (LPS)", "Diameter", "Volume", "Status", box=None
    )
    for rank, finding in enumerate(findings, start=1):
        table.add_row(
            str(rank), finding.kind.meaning,
            "" if finding.score is None else f"{finding.score:.2f}",
            ", ".join(f"{value:.1f}" for value in finding.position),
            f"{finding.diameter_mm:.1f} mm", f"{finding.volume_mm3:.0f} mm³", finding.status,
        )  # fmt: skip
    _console().print(table if findings else "No findings.")


def show_account(account: Account) -> None:
    """Print what became of every series and every file that was not opened."""
    console = _console()
    for series in account.series:
        line = f"{series.description or series.modality}: {series.fate}"
        console.print(f"{line}. {series.sentence}".rstrip(), markup=False, soft_wrap=True)
        for notice in series.warnings:
            console.print(f"  {notice.sentence}", markup=False, soft_wrap=True)
    for refusal in account.refused:
        console.print(f"{refusal.path}: {refusal.sentence}", markup=False, soft_wrap=True)


@contextmanager
def opened_shelf() -> Iterator[Shelf]:
    """Open what is kept on this computer, and let it go in the end."""
    from viewer.settings import data_folder
    from viewer.store.shelf import Shelf

    shelf = Shelf.open(data_folder())
    try:
        for notice in shelf.notices:
            tell(notice.sentence)
        yield shelf
    finally:
        shelf.close()
