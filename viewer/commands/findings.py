"""Working through the list: next, previous, accept, reject with a reason, note, threshold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.scrolling import show_frame
from viewer.core.assessment import Assessment
from viewer.core.finding import Finding, Status
from viewer.core.read import ReadKind
from viewer.core.stack import Stack
from viewer.session.agreement import disagreements
from viewer.session.finding_list import Order
from viewer.session.record import Record
from viewer.session.session import Place, Session
from viewer.session.whereabouts import jump
from viewer.session.worked_list import item_of, rows, was_changed


def select(desk: Desk, id_: str) -> None:
    """Choose a line of the list; views go to the centre of a finding, or to the picture meant."""
    session = desk.session
    item = item_of(session, id_)
    session.selected.set(id_ if item else "")
    if isinstance(item, Assessment):
        _show_picture(session, item)
    if not isinstance(item, Finding):
        return
    opened = session.images.value.get(item.series_key)
    if opened is None:
        session.say("The series of this finding is not open.", serious=True)
        return
    if session.listing.value.as_model:
        item = item.as_model_had_it
    session.show_moment_of(opened.key)
    jump(session, Place(item.position, opened.frame_of_reference_uid))


def _show_picture(session: Session, said: Assessment) -> None:
    """Show the picture of a stack that a statement is about, in all views of the stack."""
    if said.picture < 1:
        return
    opened = session.images.value.get(said.series_key)
    if opened is None or not isinstance(opened.image, Stack):
        return
    cells = session.hanging.value.cells
    for cell in [n for n, look in enumerate(cells) if look.series_key == said.series_key]:
        show_frame(session, cell, opened.image, said.picture - 1)


def judge(desk: Desk, id_: str, status: Status, reason: str = "") -> None:
    """Put the reader's verdict on a line of the list; it can be undone."""
    session = desk.session
    item = item_of(session, id_)
    if item is None:
        return
    judged = item.judged(status, session.reader, now(), reason.strip())
    session.do(f"{_VERBS[status]} finding", _with(session.record.value, judged))
    _audit(desk, judged, status.value, reason.strip())
    why = f" ({reason.strip()})" if reason.strip() else ""
    session.say(f"{status.value.capitalize()}: {_named(item)}{why}. Ctrl+Z takes it back.")


def note(desk: Desk, id_: str, text: str) -> None:
    """Write the reader's words beside a line of the list; it counts as edited."""
    session = desk.session
    item = item_of(session, id_)
    if item is None or item.note == text.strip():
        return
    noted = replace(item, note=text.strip())
    edited = noted.judged(Status.EDITED, session.reader, now())
    session.do("Edit finding", _with(session.record.value, edited))
    _audit(desk, edited, "edited")


def resize(desk: Desk, finding: Finding) -> None:
    """Put a finding whose box the reader has moved in place of its older self.

    What the model gave is kept in it.
    """
    session = desk.session
    old = session.record.value.finding(finding.id)
    changed = finding if old is None else finding.edited_from(old)
    edited = changed.judged(Status.EDITED, session.reader, now())
    session.listing.update(as_model=False)
    session.do("Edit finding", session.record.value.with_finding(edited))
    _audit(desk, edited, "edited")


def _with(record: Record, item: Finding | Assessment) -> Record:
    if isinstance(item, Finding):
        return record.with_finding(item)
    return record.with_assessment(item)


def _audit(desk: Desk, item: Finding | Assessment, what: str, reason: str = "") -> None:
    detail = f"{_named(item)}, proposed by {item.author}"
    detail += f", because: {reason}" if reason else ""
    desk.keeper.note(
        desk.session.reader, f"{what} finding {item.id}", _study_uid(desk, item), detail
    )


def _study_uid(desk: Desk, item: Finding | Assessment) -> str:
    listed = desk.session.catalogue.value.find(item.series_key)
    return listed[0].uid if listed else ""


def set_threshold(desk: Desk, threshold: float) -> None:
    """Hide proposals of the chosen model below a score, at once."""
    desk.session.threshold.set(min(max(threshold, 0.0), 1.0))


def now() -> str:
    """Return the time as the record keeps it: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


_VERBS = {Status.ACCEPTED: "Accept", Status.REJECTED: "Reject", Status.EDITED: "Edit"}


def _named(item: Finding | Assessment) -> str:
    if isinstance(item, Assessment):
        kind = item.kind.meaning.lower()
        return kind if item.speaks_for else f"{kind} (below the threshold)"
    return f"{item.kind.meaning.lower()} of {item.diameter_mm:.1f} mm"


def _has_items(desk: Desk) -> bool:
    said = desk.session.record.value
    return bool(said.findings or said.assessments)


def _has_selected(desk: Desk) -> bool:
    return item_of(desk.session, desk.session.selected.value) is not None


def _step(count: int, desk: Desk) -> None:
    _go(desk, [row.id for row in rows(desk.session)], count)


def _step_disagreement(count: int, desk: Desk) -> None:
    ids = list(disagreements(desk.session))
    if not ids:
        desk.session.say("All sources of the list agree.")
        return
    _go(desk, ids, count)
    number = ids.index(desk.session.selected.value) + 1
    desk.session.say(f"Disagreement {number} of {len(ids)}.")


def _go(desk: Desk, ids: list[str], count: int) -> None:
    """Choose the next of these, round and round."""
    if not ids:
        desk.session.say("Nothing in the list reaches its threshold and passes its filters.")
        return
    chosen = desk.session.selected.value
    if chosen in ids:
        number = (ids.index(chosen) + count) % len(ids)
    else:
        number = 0 if count > 0 else len(ids) - 1
    select(desk, ids[number])


def _accept(desk: Desk) -> None:
    judge(desk, desk.session.selected.value, Status.ACCEPTED)


def _reject(desk: Desk) -> None:
    """Reject at once; ask why where that is wanted again, or both reads of the study are kept."""
    item = item_of(desk.session, desk.session.selected.value)
    if item is None:
        return
    uid = _study_uid(desk, item)
    kept = any(
        read.study_uid == uid and read.kind is ReadKind.FIRST for read in desk.session.reads.value
    )
    if item.status is not Status.REJECTED:
        judge(desk, item.id, Status.REJECTED)
    if kept or item.status is Status.REJECTED:
        last = item.history[-1].reason if item.history else ""
        desk.asker.ask_text(
            "Reject finding", "Why is it none?", last, partial(_reason, desk, item.id)
        )


def _reason(desk: Desk, id_: str, reason: str) -> None:
    """Put the reason into the rejection that was just made."""
    item = item_of(desk.session, id_)
    if item is None or item.status is not Status.REJECTED or not reason.strip():
        return
    last = item.history[-1]
    if last.by != desk.session.reader or last.reason == reason.strip():
        return
    desk.session.do(
        "Say why",
        _with(
            desk.session.record.value,
            replace(item, history=(*item.history[:-1], replace(last, reason=reason.strip()))),
        ),
    )
    _audit(desk, item, "said why of rejected", reason.strip())
    desk.session.say(f"Rejected: {_named(item)} ({reason.strip()}). Ctrl+Z takes the reason back.")


def _edit(desk: Desk) -> None:
    item = item_of(desk.session, desk.session.selected.value)
    if item is None:
        return
    desk.asker.ask_text(
        "Edit finding",
        "What is it? Drag the corners of its box in a view to change its extent.",
        item.note,
        partial(note, desk, item.id),
    )


def _more(change: float, desk: Desk) -> None:
    set_threshold(desk, round(desk.session.threshold.value + change, 2))


def _by_risk(desk: Desk) -> None:
    by_risk = desk.session.listing.value.order is Order.RISK
    order = Order.NUMBER if by_risk else Order.RISK
    desk.session.listing.update(order=order, falling=not by_risk)


def _as_model(desk: Desk) -> None:
    listing = desk.session.listing.value
    desk.session.listing.update(as_model=not listing.as_model)


def _compare(desk: Desk) -> None:
    desk.session.listing.update(comparing=not desk.session.listing.value.comparing)


def _was_edited(desk: Desk) -> bool:
    return desk.session.listing.value.as_model or was_changed(desk.session)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="findings.next",
        title="Next finding",
        help="Go to the next finding in every view.",
        menu="Findings",
        key="N",
        run=partial(_step, 1),
        allowed=_has_items,
        icon="next",
    ),
    Command(
        id="findings.previous",
        title="Previous finding",
        help="Go to the previous finding in every view.",
        menu="Findings",
        key="P",
        run=partial(_step, -1),
        allowed=_has_items,
        icon="previous",
    ),
    Command(
        id="findings.accept",
        title="Accept finding",
        help="Stand behind the chosen finding.",
        menu="Findings",
        key="A",
        run=_accept,
        allowed=_has_selected,
        icon="accept",
    ),
    Command(
        id="findings.reject",
        title="Reject finding",
        help="Say that the chosen finding is none; once more to say why.",
        menu="Findings",
        key="R",
        run=_reject,
        allowed=_has_selected,
        icon="reject",
    ),
    Command(
        id="findings.edit",
        title="Edit finding",
        help="Write a note to the chosen finding; drag its box in a view to change its extent.",
        menu="Findings",
        key="E",
        run=_edit,
        allowed=_has_selected,
    ),
    Command(
        id="findings.show_more",
        title="Show more proposals",
        help="Lower the threshold by 0.05.",
        menu="Findings",
        key=",",
        run=partial(_more, -0.05),
    ),
    Command(
        id="findings.show_fewer",
        title="Show fewer proposals",
        help="Raise the threshold by 0.05.",
        menu="Findings",
        key=".",
        run=partial(_more, 0.05),
    ),
    Command(
        id="findings.by_risk",
        title="Findings by risk",
        help="Sort the list by risk: as rated where it was, else by the score.",
        menu="Findings",
        run=_by_risk,
        allowed=_has_items,
        checked=lambda desk: desk.session.listing.value.order is Order.RISK,
    ),
    Command(
        id="findings.as_model",
        title="As the model had it",
        help="Show findings that a person changed where and as large as the model gave them.",
        menu="Findings",
        key="Shift+O",
        run=_as_model,
        allowed=_was_edited,
        checked=lambda desk: desk.session.listing.value.as_model,
    ),
    Command(
        id="findings.compare",
        title="Compare sources",
        help="Tell how the sources of the list agree: you, each model and each version of it.",
        menu="Findings",
        key="Shift+Y",
        run=_compare,
        allowed=_has_items,
        checked=lambda desk: desk.session.listing.value.comparing,
    ),
    Command(
        id="findings.next_disagreement",
        title="Next disagreement",
        help="Go to the next finding that not all sources share: you, each model and version.",
        menu="Findings",
        key="Shift+J",
        run=partial(_step_disagreement, 1),
        allowed=_has_items,
    ),
    Command(
        id="findings.previous_disagreement",
        title="Previous disagreement",
        help="Go to the finding before that not all sources share.",
        menu="Findings",
        key="Ctrl+Shift+J",
        run=partial(_step_disagreement, -1),
        allowed=_has_items,
    ),
)
