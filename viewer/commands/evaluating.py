"""Evaluation in the window: what is compared, the job, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from viewer.commands.desk import Desk
from viewer.commands.telling import tell
from viewer.core.progress import Progress
from viewer.imaging.evaluation.result import Evaluation
from viewer.imaging.evaluation.wish import Learner, Rule, Task, Wish
from viewer.io.evaluation_page import write_evaluation
from viewer.jobs.job import Failure, Job, Lane
from viewer.session.observable import Observable

_JOB = "evaluation"


class Side(StrEnum):
    """What is asked for; the names are those of `Asked`."""

    PREDICTIONS = "predictions"
    TRUTH = "truth"
    OTHER = "other"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader chose so far; with a `learner` predictions are features to learn from."""

    predictions: Path | None = None
    truth: Path | None = None
    other: Path | None = None
    groups: Path | None = None
    task: Task | None = None
    rule: Rule = Rule.CENTRE
    tolerance_mm: float = 2.0
    learner: Learner | None = None
    folds: int = 5

    @property
    def wish(self) -> Wish | None:
        """What is to be evaluated; None while predictions or truth are missing."""
        if self.predictions is None or self.truth is None:
            return None
        return Wish(
            predictions=self.predictions,
            truth=self.truth,
            other=self.other,
            groups=self.groups,
            task=self.task,
            rule=self.rule,
            tolerance_mm=self.tolerance_mm,
            learner=self.learner,
            folds=self.folds,
        )


Work = Callable[[Wish, Progress], Evaluation]
Page = Callable[[Evaluation, Path], Path]
"""Writes an evaluation as one printed page into a folder."""


class Evaluating:
    """Knows what is to be evaluated and what came of it; the work itself is handed over.

    `work` is a function of a module: it runs in a process of its own. `page` writes a PDF.
    """

    def __init__(self, desk: Desk, work: Work, page: Page | None = None) -> None:
        self._desk, self._work, self._page = desk, work, page
        self._job: Job | None = None
        self.asked = Observable(Asked())
        self.running = Observable(False)
        self.result = Observable[Evaluation | None](None)

    def choose_folder(self, side: Side) -> None:
        """Ask for a folder of tables or masks."""
        start = self._start(side)
        self._desk.asker.choose_folder("Choose a folder", start, partial(self.chose, side))

    def choose_file(self, side: Side) -> None:
        """Ask for a table or a single mask."""

        def chose(paths: list[Path]) -> None:
            self.chose(side, paths[0])

        self._desk.asker.choose_files("Choose a table or mask", self._start(side), chose)

    def chose(self, side: Side, path: Path | None) -> None:
        """Take a place, or none."""
        before = self.asked.value
        match side:
            case Side.PREDICTIONS:
                self.asked.set(replace(before, predictions=path))
            case Side.TRUTH:
                self.asked.set(replace(before, truth=path))
            case Side.OTHER:
                self.asked.set(replace(before, other=path))
            case Side.GROUPS:
                self.asked.set(replace(before, groups=path))

    def _start(self, side: Side) -> Path:
        asked = self.asked.value
        own = {
            Side.PREDICTIONS: asked.predictions,
            Side.TRUTH: asked.truth,
            Side.OTHER: asked.other,
            Side.GROUPS: asked.groups,
        }[side]
        near = own or asked.predictions or asked.truth
        return near.parent if near is not None else self._desk.settings.start_folder

    def evaluate(self) -> None:
        """Start the work; what came of an earlier one stays until then."""
        wish = self.asked.value.wish
        if wish is None:
            return
        self.running.set(True)
        self._job = self._desk.runner.start(
            "Evaluate predictions",
            partial(self._work, wish),
            self._came,
            lane=Lane.PROCESS,
            instead_of=_JOB,
            failed=self._failed,
            cancelled=self._ended,
        )

    def stop(self) -> None:
        """Give up what runs."""
        if self._job is not None:
            self._job.cancel()

    def _came(self, result: Evaluation) -> None:
        self._ended()
        self.result.set(result)

    def _failed(self, failure: Failure) -> None:
        self._ended()
        tell(self._desk, failure)

    def _ended(self) -> None:
        self._job = None
        self.running.set(False)

    def export(self) -> None:
        """Ask for a folder and write page, figures, tables and plots there."""
        result = self.result.value
        if result is None:
            return
        self._desk.asker.choose_folder(
            "Write the evaluation into a folder",
            self._start(Side.PREDICTIONS),
            partial(self._export, result),
        )

    def _export(self, result: Evaluation, folder: Path) -> None:
        self._desk.runner.start(
            "Write the evaluation",
            partial(_write, result, folder, self._page),
            lambda files: self._desk.session.say(f"Saved {len(files)} files in {folder}."),
            failed=partial(tell, self._desk),
        )


def _write(
    result: Evaluation, folder: Path, page: Page | None, progress: Progress
) -> tuple[Path, ...]:
    progress.report(0.0, "writing")
    files = write_evaluation(result, folder)
    progress.report(0.5, "writing the PDF")
    return files if page is None else (*files, page(result, folder))
