"""Learning from corrections: keep verdicts, improve a model's scores by them, go back.

What is kept are numbers on this computer, never images: what pushed a score, and whether a
person found it right. Nothing learned is used unless it is better on patients held out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.files import open_paths
from viewer.commands.keeper import Keeper
from viewer.commands.telling import tell
from viewer.core.correction import Correction, correction_of, log_odds
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding, Status
from viewer.core.progress import Part, Progress
from viewer.core.study import Study
from viewer.session.sealing import Sealing
from viewer.settings import data_folder
from viewer.store.database import now
from viewer.store.shelf import Shelf

if TYPE_CHECKING:
    from viewer.ai.adapting import Adaptation

_MOST_DRAFTS = 300


@dataclass(frozen=True, slots=True)
class Case:
    """A study with proposals that nobody has judged: where it lies, and how many there are."""

    study_uid: str
    title: str
    place: Path | None
    open_findings: int


# -- what runs in a job ---------------------------------------------------------------------


def improve_model(
    shelf: Shelf, own: Path, id_: str, progress: Progress
) -> tuple[Adaptation, tuple[str, ...]]:
    """Learn from the verdicts on one model; use it only if it is better on patients held out.

    Returns:
        What was learned, and the texts of all that is in use now.

    Raises:
        Declined: if there are too few verdicts, or there is no such model.
    """
    from viewer.ai.adapting import adapt
    from viewer.ai.registry import Registry

    progress.report(0.0, "verdicts")
    _, card = Registry(own).usable(id_)
    verdicts = shelf.corrections.of(card.weights_sha256)
    learned = adapt(verdicts, now(), Part(progress, 0.05, 0.95))
    shelf.corrections.learn(card.weights_sha256, learned.as_json(), use=learned.is_better)
    return learned, shelf.corrections.in_use()


def step_back(
    shelf: Shelf, own: Path, id_: str, progress: Progress
) -> tuple[bool, tuple[str, ...]]:
    """Use what was used before; tell whether there was a step, and what is in use now."""
    from viewer.ai.registry import Registry

    progress.report(0.0, id_)
    _, card = Registry(own).usable(id_)
    return shelf.corrections.go_back(card.weights_sha256), shelf.corrections.in_use()


def in_words(learned: Adaptation) -> str:
    """Say what was learned, and whether it is used."""
    mean, low, high = learned.gain
    used = (
        "It is used from the next reading on."
        if learned.is_better
        else "It is not surely better, so the scores stay as they were."
    )
    areas = ""
    if learned.before.area is not None and learned.after.area is not None:
        areas = f", area under the ROC {learned.before.area:.3f} before, {learned.after.area:.3f}"
    return (
        f"Learned from {learned.verdicts} verdicts of {learned.patients} patients; on"
        f" {learned.held_verdicts} of {learned.held_patients} patients held out the log loss"
        f" falls by {mean:.3f} (95 % interval {low:.3f} to {high:.3f}){areas}. {used}"
    )


def teaching_cases(keeper: Keeper, sealing: Sealing, progress: Progress) -> tuple[Case, ...]:
    """Return the studies whose unjudged proposals would teach most, the first one first.

    None of those on which what models found is still hidden.
    """
    from viewer.ai.adapting import informative

    odds: dict[str, list[float]] = {}
    for number, waiting in enumerate(keeper.waiting()[:_MOST_DRAFTS]):
        progress.report(number / _MOST_DRAFTS, "unsaved work")
        if sealing.hides(waiting.study_uid):
            continue
        try:
            draft = keeper.latest(waiting.study_uid)
        except (Declined, Unreadable):
            continue
        if draft is not None:
            odds[waiting.study_uid] = [
                log_odds(one.score or 0.0) for one in draft.findings if _is_open(one)
            ]
    return tuple(_case(keeper, uid, len(odds[uid])) for uid in informative(odds))


def _is_open(finding: Finding) -> bool:
    return finding.author.is_model and finding.status is Status.PROPOSED


def _case(keeper: Keeper, uid: str, count: int) -> Case:
    listed = keeper.shelf.studies.of_uid(uid)
    recent = keeper.shelf.index.of_study(uid)
    if listed:
        return Case(uid, listed[0].title, listed[0].place, count)
    if recent:
        return Case(uid, recent[0].patient_name or recent[0].path.name, recent[0].path, count)
    return Case(uid, uid, None, count)


# -- what a reader does -----------------------------------------------------------------------


def verdicts_of(study: Study, findings: Sequence[Finding]) -> tuple[Correction, ...]:
    """Return what the judged findings of a study teach."""
    patient = patient_mark(study)
    made = (correction_of(finding, patient, study.uid) for finding in findings)
    return tuple(one for one in made if one is not None)


def patient_mark(study: Study) -> str:
    """Return a mark that is the same for all studies of a patient and says nothing else."""
    _, id_, issuer, name = study.identity
    return hashlib.sha256(f"{id_}|{issuer}|{name}".encode()).hexdigest()[:32]


def keep_verdicts(desk: Desk, study_uid: str) -> None:
    """Keep the verdicts of a study whose results were just saved, if the reader lets us."""
    if not desk.settings.second_reader.keep_verdicts:
        return
    for study in desk.session.catalogue.value.studies:
        if study.uid == study_uid:
            keys = {key for series in study.series for key in (series.key, *_parts(series))}
            said = [f for f in desk.session.record.value.findings if f.series_key in keys]
            desk.keeper.write(partial(keep_all, desk.keeper.shelf, study, tuple(said)))


def keep_all(shelf: Shelf, study: Study, findings: Sequence[Finding]) -> None:
    """Keep the verdicts on the findings of a study, and forget those that were taken back.

    Raises:
        Declined: if the database cannot be written.
    """
    shelf.corrections.keep(verdicts_of(study, _as_they_came(shelf, findings)))
    shelf.corrections.withdraw(one.id for one in findings if _is_open(one) and one.history)
    shelf.corrections.settle(one.id for one in findings)


def _as_they_came(shelf: Shelf, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings as their models gave them, before what was learned from verdicts."""
    from viewer.ai.adapting import adaptation_from, as_it_came

    known = {}
    for text in shelf.corrections.learned():
        with suppress(Unreadable):
            one = adaptation_from(text)
            known[one.name] = one
    came = (as_it_came(one, known) for one in findings)
    return tuple(one for one in came if one is not None)


def _parts(series: object) -> tuple[str, ...]:
    return tuple(part.key for part in getattr(series, "parts", ()))


def load_learned(desk: Desk) -> None:
    """At the start: find out what was learned and is in use."""

    def read(progress: Progress) -> tuple[str, ...]:
        progress.report(0.0, "what was learned")
        return desk.keeper.shelf.corrections.in_use()

    desk.runner.start("What was learned", read, desk.learned.set, failed=partial(tell, desk))


def improve(desk: Desk) -> None:
    """Learn from the verdicts on the chosen model, in the background."""
    desk.runner.start(
        f"Improve a model: {_chosen(desk)}",
        partial(_improve_by_what_is_kept, desk.keeper, _chosen(desk)),
        partial(_improved, desk),
        instead_of="improve a model",
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "Nothing was learned."),
    )


def _improve_by_what_is_kept(
    keeper: Keeper, id_: str, progress: Progress
) -> tuple[Adaptation, tuple[str, ...]]:
    """Learn once all that was saved or undone by now is on the disk."""
    keeper.flush()
    return improve_model(keeper.shelf, _own(), id_, progress)


def _improved(desk: Desk, came: tuple[Adaptation, tuple[str, ...]]) -> None:
    learned, texts = came
    desk.learned.set(texts)
    desk.keeper.note(desk.session.reader, f"improved a model: {learned.name}", "")
    desk.session.say(in_words(learned))


def go_back(desk: Desk) -> None:
    """Use the scores of the chosen model as they were before the last improvement."""
    id_ = _chosen(desk)
    desk.runner.start(
        f"Go back: {id_}",
        partial(step_back, desk.keeper.shelf, _own(), id_),
        partial(_went_back, desk, id_),
        failed=partial(tell, desk),
    )


def _went_back(desk: Desk, id_: str, came: tuple[bool, tuple[str, ...]]) -> None:
    stepped, texts = came
    desk.learned.set(texts)
    if not stepped:
        desk.session.say(f"{id_} is as it came; there is nothing to go back to.")
        return
    desk.keeper.note(desk.session.reader, f"went back to an earlier {id_}", "")
    desk.session.say(f"{id_} scores as before its last improvement, from the next reading on.")


def propose_case(desk: Desk) -> None:
    """Offer the studies whose verdicts would teach most, the most doubtful first."""
    desk.runner.start(
        "Most instructive cases",
        partial(teaching_cases, desk.keeper, desk.session.sealing.value),
        partial(_offer, desk),
        instead_of="instructive cases",
        failed=partial(tell, desk),
    )


def _offer(desk: Desk, cases: tuple[Case, ...]) -> None:
    if not cases:
        desk.session.say("There is no study with proposals of a model that wait for a verdict.")
        return

    def answered(answer: str, numbers: tuple[int, ...]) -> None:
        chosen = [cases[number].place for number in numbers]
        if answer == _OPEN:
            open_paths(desk, [place for place in chosen if place is not None])

    desk.asker.offer(
        "Most instructive cases",
        "Verdicts on these studies would teach most: the model is least certain of them.",
        ("Study", "Open proposals"),
        [(case.title, str(case.open_findings)) for case in cases],
        (_OPEN,),
        answered,
    )


def forget_verdicts(desk: Desk) -> None:
    """Ask, then forget all verdicts and all that was learned."""
    desk.asker.ask_yes(
        "Forget all verdicts",
        "Forget all verdicts that models could learn from, and all that was learned?",
        partial(_forget, desk),
    )


def _forget(desk: Desk) -> None:
    desk.keeper.write(desk.keeper.shelf.corrections.forget_all)
    desk.keeper.note(desk.session.reader, "forgot all verdicts on models", "")
    desk.learned.set(())
    desk.session.say("All verdicts and all that was learned from them are forgotten.")


_OPEN = "Open"


def _own() -> Path:
    return data_folder() / "models"


def _chosen(desk: Desk) -> str:
    model = desk.models.value.current
    if model is None:
        raise Declined("Choose a model in the panel Models first.", code="no_such_model")
    return model.id


def _why_not_improve(desk: Desk) -> str:
    """Say why no verdicts can improve the chosen model; empty where they can."""
    model = desk.models.value.current
    if model is None:
        return "Choose a model in the panel Models first."
    if not model.learns:
        return f"{model.title} gives no findings with scores that verdicts could improve."
    return ""


def _why_not_back(desk: Desk) -> str:
    """Say why the chosen model cannot go back; empty where it can."""
    model, reason = desk.models.value.current, _why_not_improve(desk)
    if model is None or reason:
        return reason
    if not any(model.weights_sha256 in text for text in desk.learned.value):
        return f"{model.title} is as it came; there is nothing to go back to."
    return ""


COMMANDS = (
    Command(
        id="models.improve",
        title="Improve the model by my verdicts",
        help="Weigh its scores anew by saved verdicts; used only if better on patients held out.",
        menu="Tools/Models",
        run=improve,
        allowed=lambda desk: not _why_not_improve(desk),
        why=_why_not_improve,
    ),
    Command(
        id="models.go_back",
        title="Go back to the model before",
        help="Use the scores as they were before the last improvement.",
        menu="Tools/Models",
        run=go_back,
        allowed=lambda desk: not _why_not_back(desk),
        why=_why_not_back,
    ),
    Command(
        id="models.next_case",
        title="Most instructive cases…",
        help="List the studies whose open proposals are least certain: judging them teaches most.",
        menu="Tools/Models",
        run=propose_case,
    ),
    Command(
        id="models.forget_verdicts",
        title="Forget all verdicts…",
        help="Delete the verdicts kept to learn from, and all that was learned from them.",
        menu="Tools/Models",
        run=forget_verdicts,
    ),
)
