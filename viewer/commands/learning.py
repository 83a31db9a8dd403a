"""Learning from corrections: keep verdicts, and offer the cases that would teach most.

What is kept are numbers on this computer: what pushed a score, and whether a person found it
right; and, only if the reader agreed, small pieces of image. `improving` learns from them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.files import open_paths
from viewer.commands.keeper import Keeper
from viewer.commands.telling import tell
from viewer.core.correction import Correction, correction_of, log_odds
from viewer.core.crop import Crop
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding, Status
from viewer.core.progress import Progress
from viewer.core.study import Study
from viewer.session.sealing import Sealing
from viewer.store.shelf import Shelf

_MOST_DRAFTS = 300
_MOST_HELD = 2000


@dataclass(frozen=True, slots=True)
class Case:
    """A study with proposals that nobody has judged: where it lies, and how many there are."""

    study_uid: str
    title: str
    place: Path | None
    open_findings: int


# -- what runs in a job ---------------------------------------------------------------------


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
            crops = {one.id: desk.crops[one.id] for one in said if one.id in desk.crops}
            desk.keeper.write(partial(keep_all, desk.keeper.shelf, study, tuple(said), crops))


def hold_crops(desk: Desk, crops: Sequence[Crop]) -> None:
    """Hold what a network saw until there are verdicts; the oldest go where there are many."""
    desk.crops.update((one.finding_id, one) for one in crops)
    for id_ in list(desk.crops)[: max(0, len(desk.crops) - _MOST_HELD)]:
        del desk.crops[id_]


def keep_all(
    shelf: Shelf,
    study: Study,
    findings: Sequence[Finding],
    crops: Mapping[str, Crop] = MappingProxyType({}),
) -> None:
    """Keep the verdicts on the findings of a study, and forget those that were taken back.

    Raises:
        Declined: if the database cannot be written.
    """
    taught = verdicts_of(study, _as_they_came(shelf, findings))
    shelf.corrections.keep(taught)
    shelf.crops.keep(taught, crops)
    shelf.corrections.withdraw(one.id for one in findings if _is_open(one) and one.history)
    shelf.corrections.settle(one.id for one in findings)


def _as_they_came(shelf: Shelf, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings as their models gave them, before what was learned from verdicts."""
    from viewer.ai.adapting import adaptation_from, as_it_came
    from viewer.ai.explanation import NETWORK

    known = {}
    for text in shelf.corrections.learned():
        with suppress(Unreadable):
            one = adaptation_from(text)
            known[one.name] = one
    came = (as_it_came(one, known, NETWORK) for one in findings)
    return tuple(one for one in came if one is not None)


def _parts(series: object) -> tuple[str, ...]:
    return tuple(part.key for part in getattr(series, "parts", ()))


def load_learned(desk: Desk) -> None:
    """At the start: find out what was learned and is in use."""

    def read(progress: Progress) -> tuple[str, ...]:
        progress.report(0.0, "what was learned")
        return desk.keeper.shelf.corrections.in_use()

    desk.runner.start("What was learned", read, desk.learned.set, failed=partial(tell, desk))


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


_OPEN = "Open"


COMMANDS = (
    Command(
        id="models.next_case",
        title="Most instructive cases…",
        help="List the studies whose open proposals are least certain: judging them teaches most.",
        menu="Tools/Models",
        run=propose_case,
    ),
)
