"""Nothing is lost: what was said about a study earlier is offered back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from viewer.commands.desk import Desk
from viewer.commands.keeper import Keeper, parts
from viewer.core.assessment import Assessment
from viewer.core.errors import Declined, Unreadable
from viewer.core.finding import Finding
from viewer.core.progress import Progress
from viewer.core.study import Study
from viewer.session.record import Record
from viewer.session.sealing import left_to_see, parted, with_items
from viewer.session.second_reading import less_others
from viewer.store.drafts import Draft


def offer_earlier_work(desk: Desk, study: Study) -> None:
    """Ask whether what was said about a study in an earlier session shall come back."""
    if parts(desk.session.record.value.of(_keys(study))) != parts(Record()):
        return
    desk.runner.start(
        "Look for earlier work",
        partial(_latest, desk.keeper, study.uid),
        partial(_ask, desk, study),
        failed=lambda failure: desk.session.say(failure.sentence, serious=True),
        belongs_to=study.uid,
        instead_of=f"earlier work {study.uid}",
    )


def _latest(keeper: Keeper, study_uid: str, progress: Progress) -> Draft | None:
    progress.report(0.0, "looking")
    try:
        return keeper.latest(study_uid)
    except Unreadable as why:
        raise Declined(f"Earlier work on this study cannot be read: {why}") from why


def _ask(desk: Desk, study: Study, draft: Draft | None) -> None:
    if draft is None:
        return
    said = Record(
        draft.findings,
        draft.segmentations,
        draft.measurements,
        draft.key_images,
        draft.assessments,
    ).of(_keys(study))
    if parts(said) == parts(Record()):
        return
    if study.uid in desk.keeper.wanted_back:
        desk.keeper.wanted_back.discard(study.uid)
        _bring_back(desk, study, said)
        return
    if study.uid in desk.keeper.offered:
        desk.keeper.offered.discard(study.uid)  # it stands in the list on screen: asked once
        return
    keys, reader = desk.session.sealed_keys(), desk.session.reader
    own = left_to_see(said, keys, reader)
    if parts(own) == parts(Record()):
        _bring_back(desk, study, said)  # nothing but what is put aside anyway: nothing to ask
        return
    left = _left(own, desk.words)
    desk.asker.ask_yes(
        "Earlier work",
        f"On {draft.at[:16].replace('T', ' ')} UTC you left {left} on this study. Bring it back?",
        partial(_bring_back, desk, study, said),
    )


def _left(said: Record, say: Callable[[str], str]) -> str:
    """Return what there is, in words: "2 findings (1 judged), 1 segmentation"."""
    statements: tuple[Finding | Assessment, ...] = (*said.findings, *said.assessments)
    judged = sum(item.status != "proposed" for item in statements)
    counted = (
        (len(statements), "finding"),
        (len(said.segmentations), "segmentation"),
        (len(said.measurements), "measurement"),
        (len(said.key_images), "key image"),
    )
    words = [say(f"{n} {word}{'s' if n != 1 else ''}") for n, word in counted if n]
    if judged:
        words[0] += f" ({say(f'{judged} judged')})"
    return ", ".join(words)


def _bring_back(desk: Desk, study: Study, said: Record) -> None:
    """Put back what was said of these images, and of no others, while they are open.

    What the reader said of them since stays; what models said gives way to the work of before.
    """
    keys = _keys(study)
    if not any(opened.key in keys for opened in desk.session.images.value):
        return
    record, _ = parted(desk.session.record.value, keys, desk.session.reader, Record())
    said = less_others(desk.session, said)
    desk.session.do("Bring back earlier work", with_items(record, said))


def _keys(study: Study) -> frozenset[str]:
    return study.keys
