"""Improve a model by verdicts, go back, and say whether image crops may be kept to learn from.

Verdicts are gathered on a thread, learned from in a worker process, and what was learned is kept
on a thread again. It is used only if it is better on patients held out.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.keeper import Keeper
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.jobs.job import Lane
from viewer.settings import data_folder
from viewer.store.database import now
from viewer.store.shelf import Shelf

if TYPE_CHECKING:
    from viewer.ai.improving import Improved, Lessons

_NAME = "improve a model"
_NEEDS_BYTES = 700_000_000
CONSENT = (
    "Keep small pieces of image round judged findings on this computer? They are what the network"
    " saw: for a lung nodule two cubes of 24 and 48 mm, without name, ID or date. They let Improve"
    " train the network further. They are pieces of the patient's image all the same: they lie in"
    " the program's database, which is not encrypted, are part of its backups, and go when the"
    " study is erased, or all verdicts or crops are forgotten."
)


# -- what runs in a job ---------------------------------------------------------------------


def lessons_of(shelf: Shelf, own: Path, id_: str, progress: Progress) -> Lessons:
    """Gather the verdicts on one model, and their crops.

    Raises:
        Declined: if there is no such model.
    """
    from viewer.ai.improving import Lessons
    from viewer.ai.registry import Registry

    progress.report(0.0, "verdicts")
    entry, card = Registry(own).usable(id_)
    verdicts = shelf.corrections.of(card.weights_sha256)
    crops = shelf.crops.of(card.weights_sha256)
    return Lessons(verdicts, crops, entry.folder if entry.built_in else None)


def take_in(shelf: Shelf, own: Path, made: Improved, progress: Progress) -> tuple[str, ...]:
    """Keep what was learned, and use it if it is better; return the texts of all in use now.

    Raises:
        Declined: if it cannot be written; then all stays as it was.
    """
    from viewer.ai.tuning.weights import keep_weights

    progress.report(0.0, "what was learned")
    learned = made.learned
    if made.weights and learned.is_better:
        keep_weights(own, made.weights)
    shelf.corrections.learn(learned.weights_sha256, learned.as_json(), use=learned.is_better)
    return shelf.corrections.in_use()


def step_back(
    shelf: Shelf, own: Path, id_: str, progress: Progress
) -> tuple[bool, tuple[str, ...]]:
    """Use what was used before; tell whether there was a step, and what is in use now."""
    from viewer.ai.registry import Registry

    progress.report(0.0, id_)
    _, card = Registry(own).usable(id_)
    return shelf.corrections.go_back(card.weights_sha256), shelf.corrections.in_use()


def in_words(made: Improved) -> str:
    """Say what was learned, and whether it is used."""
    learned = made.learned
    mean, low, high = learned.gain
    used = (
        "It is used from the next reading on."
        if learned.is_better
        else "It is not surely better, so the scores stay as they were."
    )
    trained = f"Its network's {learned.layers} was trained further." if made.weights else ""
    areas = ""
    if learned.before.area is not None and learned.after.area is not None:
        before, after = learned.before.area, learned.after.area
        areas = f"Area under the ROC {before:.3f} before, {after:.3f} after."
    judged = (
        f"On {learned.held_verdicts} verdicts of {learned.held_patients} patients held out the log"
        f" loss falls by {mean:.3f} (95 % interval {low:.3f} to {high:.3f})."
    )
    told = (
        f"Learned from {learned.verdicts} verdicts of {learned.patients} patients.",
        used,
        trained,
        judged,
        areas,
        made.beside,
    )
    return " ".join(part for part in told if part)


def forget_all(shelf: Shelf, own: Path) -> None:
    """Forget all verdicts, crops, and what was learned, with the weights.

    Raises:
        Declined: if something cannot be deleted.
    """
    from viewer.ai.tuning.weights import forget_weights

    shelf.forget_verdicts()
    forget_weights(own)


# -- what a reader does -----------------------------------------------------------------------


def improve(desk: Desk) -> None:
    """Learn from the verdicts on the chosen model, in the background."""
    id_ = _chosen(desk)
    desk.runner.start(
        f"Improve a model: {id_}",
        partial(_what_is_kept, desk.keeper, id_),
        partial(_learn, desk, id_),
        instead_of=_NAME,
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "Nothing was learned."),
    )


def _what_is_kept(keeper: Keeper, id_: str, progress: Progress) -> Lessons:
    """Gather verdicts once all that was saved or undone by now is on the disk."""
    keeper.flush()
    return lessons_of(keeper.shelf, own_models(), id_, progress)


def _learn(desk: Desk, id_: str, lessons: Lessons) -> None:
    from viewer.ai.improving import improved

    desk.runner.start(
        f"Improve a model: {id_}",
        partial(improved, lessons, now()),
        partial(_take, desk, id_),
        lane=Lane.PROCESS if lessons.crops else Lane.THREAD,
        instead_of=_NAME,
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "Nothing was learned."),
        needs_bytes=_NEEDS_BYTES if lessons.crops else 0,
    )


def _take(desk: Desk, id_: str, made: Improved) -> None:
    desk.runner.start(
        f"Improve a model: {id_}",
        partial(take_in, desk.keeper.shelf, own_models(), made),
        partial(_improved, desk, made),
        instead_of=_NAME,
        failed=partial(tell, desk),
        cancelled=partial(desk.session.say, "Nothing was learned."),
    )


def _improved(desk: Desk, made: Improved, texts: tuple[str, ...]) -> None:
    desk.learned.set(texts)
    learned = made.learned
    desk.keeper.note(
        desk.session.reader, f"improved a model: {learned.name}", "", learned.tuned_sha256
    )
    desk.session.say(in_words(made))


def go_back(desk: Desk) -> None:
    """Use the scores of the chosen model as they were before the last improvement."""
    id_ = _chosen(desk)
    desk.runner.start(
        f"Go back: {id_}",
        partial(step_back, desk.keeper.shelf, own_models(), id_),
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


def forget_verdicts(desk: Desk) -> None:
    """Ask, then forget all verdicts and all that was learned."""
    desk.asker.ask_yes(
        "Forget all verdicts",
        "Forget all verdicts that models could learn from, their image crops, and all that was"
        " learned?",
        partial(_forget, desk),
    )


def _forget(desk: Desk) -> None:
    for job in desk.runner.jobs:
        if job.order.instead_of == _NAME:
            job.cancel()  # or what it learned from them would come after all is forgotten
    desk.keeper.write(partial(forget_all, desk.keeper.shelf, own_models()))
    desk.keeper.note(desk.session.reader, "forgot all verdicts on models", "")
    desk.crops.clear()
    desk.learned.set(())
    desk.session.say("All verdicts and all that was learned from them are forgotten.")


def change_consent(desk: Desk) -> None:
    """Ask whether image crops may be kept from now on; or stop, and ask about those kept."""
    if not keeps_crops(desk):
        desk.asker.ask_yes("Keep image crops", CONSENT, partial(_consent, desk, keep=True))
        return
    _consent(desk, keep=False)
    desk.asker.ask_yes(
        "Forget image crops",
        "No more image crops are kept. Delete those that were kept, too?",
        partial(_forget_crops, desk),
    )


def _consent(desk: Desk, *, keep: bool) -> None:
    section = desk.settings.second_reader.changed(keep_crops=keep)
    desk.settings = desk.settings.model_copy(update={"second_reader": section})
    if not keep:
        desk.crops.clear()
    what = "agreed to keep image crops" if keep else "stopped keeping image crops"
    desk.keeper.note(desk.session.reader, what, "")
    desk.session.say(
        "Image crops of judged findings are kept from the next reading on, when results are saved."
        if keep
        else "No more image crops are kept."
    )


def _forget_crops(desk: Desk) -> None:
    desk.keeper.write(desk.keeper.shelf.forget_crops)
    desk.keeper.note(desk.session.reader, "forgot all image crops", "")
    desk.session.say("All image crops are forgotten; verdicts, as numbers, stay.")


def keeps_crops(desk: Desk) -> bool:
    """Tell whether the reader agreed that image crops are kept."""
    return desk.settings.second_reader.keep_crops and desk.settings.second_reader.keep_verdicts


def improved_here(desk: Desk, weights_sha256: str) -> str:
    """Say what of a model is in use that it learned here; empty where it is as it came."""
    for text in desk.learned.value:
        with suppress(ValueError, KeyError, TypeError):
            one = json.loads(text)
            if not weights_sha256 or one["weights_sha256"] != weights_sha256:
                continue
            told = f"Learned from {one['verdicts']} verdicts of {one['patients']} patients."
            trained = str(one.get("tuned_sha256", ""))
            if not trained:
                return told
            return f"{told} Its network was trained further: weights {trained[:12]}."
    return ""


def own_models() -> Path:
    """Return where the reader's own models are kept."""
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
        help="Learn from saved verdicts and image crops; used only if better on patients held out.",
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
        id="models.keep_crops",
        title="Keep image crops to learn from…",
        help="Let small pieces of image round judged findings be kept, to train a network further.",
        menu="Tools/Models",
        run=change_consent,
        checked=keeps_crops,
    ),
    Command(
        id="models.forget_verdicts",
        title="Forget all verdicts…",
        help="Delete the verdicts and crops kept to learn from, and all that was learned.",
        menu="Tools/Models",
        run=forget_verdicts,
    ),
)
