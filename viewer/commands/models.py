"""Models of this computer: list, add from a folder or ZIP, remove, test."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.known_models import KnownModel, KnownModels, Tested
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.jobs.job import Failure, Lane
from viewer.settings import data_folder

if TYPE_CHECKING:
    from viewer.ai.card import Card
    from viewer.ai.external.programs import Program
    from viewer.ai.registry import Entry, Registry
    from viewer.ai.trial import Trial

_LISTING = "list models"
TRUST = (
    "This model is TorchScript: a program that can do anything that you can do on this computer,"
    " such as read, change or delete files of patients. Skiagram cannot check it; it runs it in a"
    " process of its own, which does not hold it back. Say yes only if you know who made it and"
    " trust them. What you say is written into the audit trail. Do you trust this program?"
)
_ADDING = "add a model"


# -- what runs in a job ---------------------------------------------------------------------


def _registry(own: Path) -> Registry:
    from viewer.ai.registry import Registry

    return Registry(own)


def list_models(own: Path, progress: Progress) -> tuple[KnownModel, ...]:
    """Return all models of this computer, the reader's own from a folder."""
    from viewer.ai.external.programs import PROGRAMS

    progress.report(0.0, "models")
    kept = tuple(_known(entry) for entry in _registry(own).entries())
    return (*kept, *(_program(one) for one in PROGRAMS))


def add_model(own: Path, source: Path, trusting: bool, progress: Progress) -> Trial:  # noqa: FBT001 - bound by partial
    """Add a model, in a process of its own; `trusting`, if it may be a TorchScript program.

    Raises:
        Declined, Unreadable: with the reason, if it is not let in.
    """
    return _registry(own).add(source, progress, torchscript=trusting)


def try_model(own: Path, id_: str, progress: Progress) -> Trial:
    """Run the test vector of a model, in a process of its own.

    Raises:
        Declined, Unreadable: with the reason, if it cannot be run.
    """
    return _registry(own).test(id_, progress)


def remove_model(own: Path, id_: str, progress: Progress) -> str:
    """Delete one of the reader's own models.

    Raises:
        Declined: if it comes with the program, or is not there.
    """
    progress.report(0.0, id_)
    _registry(own).remove(id_)
    return id_


def _known(entry: Entry) -> KnownModel:
    from viewer.ai.card_text import accepted, all_figures, badges, key_figures

    card = entry.card
    if card is None:
        return KnownModel(entry.id, entry.built_in, entry.id, problem=entry.problem)
    return KnownModel(
        id=card.id,
        built_in=entry.built_in,
        title=card.title,
        version=card.version,
        intended_use=card.intended_use,
        not_for=card.not_for,
        accepts=accepted(card.accepts),
        licence=card.licence,
        badges=badges(card),
        figures=key_figures(card),
        all_figures=all_figures(card),
        learns=_learns(card, built_in=entry.built_in),
        weights_sha256=card.weights_sha256,
    )


def _learns(card: Card, *, built_in: bool) -> bool:
    """Tell whether a model gives findings with scores, which verdicts can weigh anew."""
    from viewer.ai.readers import READERS

    return any(one.id == card.id and one.finds for one in READERS) if built_in else card.lesions


def _program(program: Program) -> KnownModel:
    return KnownModel(
        id=program.id,
        built_in=False,
        title=program.title,
        intended_use=program.help,
        not_for=program.not_for,
        accepts=", ".join(program.modalities),
        licence=program.licence,
        problem=program.lacking,
        state="not installed" if program.lacking else "installed",
    )


# -- what a reader does -----------------------------------------------------------------------


def refresh(desk: Desk, choose: str = "") -> None:
    """Look into the folders of models; choose one of them."""
    desk.runner.start(
        "Models",
        partial(list_models, _own()),
        partial(_listed, desk, choose),
        instead_of=_LISTING,
        failed=partial(tell, desk),
    )


def _listed(desk: Desk, choose: str, models: tuple[KnownModel, ...]) -> None:
    before = desk.models.value
    told = []
    for model in models:
        old = before.model(model.id)
        same = old is not None and (old.title, old.version) == (model.title, model.version)
        kept = old if same and not model.problem else None
        told.append(
            model if kept is None else replace(model, tested=kept.tested, outcome=kept.outcome)
        )
    chosen = choose or before.chosen
    if chosen not in {model.id for model in models}:
        chosen = models[0].id if models else ""
    desk.models.set(KnownModels(tuple(told), chosen, listed=True))


def choose(desk: Desk, id_: str) -> None:
    """Choose a model of the list."""
    desk.models.set(replace(desk.models.value, chosen=id_))


def add(desk: Desk, source: Path, *, trusting: bool = False) -> None:
    """Check a model of a folder or ZIP in a process of its own, test it and keep it.

    A TorchScript program is asked about first; `trusting` means that it was.
    """
    desk.runner.start(
        f"Add a model: {source.name}",
        partial(add_model, _own(), source, trusting),
        partial(_added, desk, trusting=trusting),
        lane=Lane.PROCESS,
        instead_of=_ADDING,
        failed=partial(_not_added, desk, source),
        cancelled=partial(desk.session.say, "No model was added."),
    )


def _not_added(desk: Desk, source: Path, failure: Failure) -> None:
    if failure.code != "torchscript":
        tell(desk, failure)
        return
    tell(desk, failure)
    desk.asker.ask_yes("Trust a program?", TRUST, partial(_trust, desk, source))


def _trust(desk: Desk, source: Path) -> None:
    desk.keeper.note(desk.session.reader, "said to trust TorchScript", "", source.name)
    add(desk, source, trusting=True)


def _added(desk: Desk, trial: Trial, *, trusting: bool = False) -> None:
    if trusting:
        detail = f"{trial.id} {trial.weights_sha256}"
        desk.keeper.note(desk.session.reader, "added with trust", "", detail)
    desk.session.say(f"The model was added. {trial.in_words}")
    _mark(desk, trial.id, Tested.PASSED, trial.in_words)
    refresh(desk, choose=trial.id)


def test(desk: Desk, id_: str) -> None:
    """Run the test vector of a model in a process of its own."""
    _mark(desk, id_, Tested.RUNNING)
    desk.runner.start(
        f"Test a model: {id_}",
        partial(try_model, _own(), id_),
        partial(_tested, desk),
        lane=Lane.PROCESS,
        instead_of=f"test {id_}",
        failed=partial(_not_tested, desk, id_),
        cancelled=partial(_mark, desk, id_, Tested.NOT_YET),
    )


def _tested(desk: Desk, trial: Trial) -> None:
    tested = Tested.PASSED if trial.passed else Tested.FAILED
    _mark(desk, trial.id, tested, trial.in_words)
    desk.session.say(trial.in_words, serious=not trial.passed)


def _not_tested(desk: Desk, id_: str, failure: Failure) -> None:
    _mark(desk, id_, Tested.FAILED, failure.sentence)
    tell(desk, failure)


def _mark(desk: Desk, id_: str, tested: Tested, outcome: str = "") -> None:
    now = desk.models.value
    models = tuple(
        replace(model, tested=tested, outcome=outcome) if model.id == id_ else model
        for model in now.models
    )
    desk.models.set(replace(now, models=models))


def remove(desk: Desk, id_: str) -> None:
    """Ask, then delete one of the reader's own models."""
    desk.asker.ask_yes(
        "Remove a model",
        f"Remove {id_} from this computer? Results that it made stay.",
        partial(_remove, desk, id_),
    )


def _remove(desk: Desk, id_: str) -> None:
    desk.runner.start(
        f"Remove a model: {id_}",
        partial(remove_model, _own(), id_),
        partial(_removed, desk),
        failed=partial(tell, desk),
    )


def _removed(desk: Desk, id_: str) -> None:
    desk.session.say(f"The model {id_} was removed.")
    refresh(desk)


def _own() -> Path:
    return data_folder() / "models"


# -- commands -----------------------------------------------------------------------------------


def _add_folder(desk: Desk) -> None:
    desk.asker.choose_folder("Add a model from a folder", Path.home(), partial(add, desk))


def _add_file(desk: Desk) -> None:
    def chosen(paths: list[Path]) -> None:
        if paths:
            add(desk, paths[0])

    desk.asker.choose_files("Add a model from a ZIP", Path.home(), chosen)


def _test_chosen(desk: Desk) -> None:
    test(desk, _chosen(desk).id)


def _remove_chosen(desk: Desk) -> None:
    remove(desk, _chosen(desk).id)


def _chosen(desk: Desk) -> KnownModel:
    model = desk.models.value.current
    if model is None:
        raise Declined("Choose a model in the panel Models first.", code="no_such_model")
    return model


def _can_test(desk: Desk) -> bool:
    model = desk.models.value.current
    return model is not None and not model.state and model.tested is not Tested.RUNNING


def _can_remove(desk: Desk) -> bool:
    model = desk.models.value.current
    return model is not None and not model.built_in and not model.state


COMMANDS = (
    Command(
        id="models.add_zip",
        title="Add a model from a ZIP…",
        help="Check a model in a process of its own, run its test, and keep it on this computer.",
        menu="Tools/Models",
        run=_add_file,
    ),
    Command(
        id="models.add_folder",
        title="Add a model from a folder…",
        help="Check a model in a process of its own, run its test, and keep it on this computer.",
        menu="Tools/Models",
        run=_add_folder,
    ),
    Command(
        id="models.test",
        title="Test the model",
        help="Let the chosen model compute the numbers that it came with, and compare.",
        menu="Tools/Models",
        run=_test_chosen,
        allowed=_can_test,
    ),
    Command(
        id="models.remove",
        title="Remove the model…",
        help="Delete the chosen model from this computer; those of the program stay.",
        menu="Tools/Models",
        run=_remove_chosen,
        allowed=_can_remove,
    ),
)
