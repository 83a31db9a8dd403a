"""Working through the list: next, previous, accept, reject, note, threshold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.core.finding import Finding, Status
from viewer.session.session import Place
from viewer.session.whereabouts import jump


def select(desk: Desk, finding_id: str) -> None:
    """Choose a finding and bring all views of its patient space to its centre."""
    session = desk.session
    finding = session.record.value.finding(finding_id)
    session.selected.set(finding_id if finding else "")
    if finding is None:
        return
    opened = session.images.value.get(finding.series_key)
    if opened is None:
        session.say("The series of this finding is not open.", serious=True)
        return
    session.show_moment_of(opened.key)
    jump(session, Place(finding.position, opened.frame_of_reference_uid))


def judge(desk: Desk, finding_id: str, status: Status, reason: str = "") -> None:
    """Put the reader's verdict on a finding; it can be undone."""
    session = desk.session
    finding = session.record.value.finding(finding_id)
    if finding is None:
        return
    judged = finding.judged(status, session.reader, now(), reason)
    session.do(f"{_VERBS[status]} finding", session.record.value.with_finding(judged))
    _audit(desk, judged, status.value)
    session.say(f"{status.value.capitalize()}: {_named(finding)}. Ctrl+Z takes it back.")


def note(desk: Desk, finding_id: str, text: str) -> None:
    """Write the reader's words beside a finding; the finding counts as edited."""
    session = desk.session
    finding = session.record.value.finding(finding_id)
    if finding is None or finding.note == text.strip():
        return
    edited = replace(finding, note=text.strip()).judged(Status.EDITED, session.reader, now())
    session.do("Edit finding", session.record.value.with_finding(edited))
    _audit(desk, edited, "edited")


def resize(desk: Desk, finding: Finding) -> None:
    """Put a finding whose box the reader has moved in place of its older self."""
    session = desk.session
    edited = finding.judged(Status.EDITED, session.reader, now())
    session.do("Edit finding", session.record.value.with_finding(edited))
    _audit(desk, edited, "edited")


def _audit(desk: Desk, finding: Finding, what: str) -> None:
    listed = desk.session.catalogue.value.find(finding.series_key)
    study_uid = listed[0].uid if listed else ""
    detail = f"{_named(finding)}, proposed by {finding.author}"
    desk.keeper.note(desk.session.reader, f"{what} finding {finding.id}", study_uid, detail)


def set_threshold(desk: Desk, threshold: float) -> None:
    """Hide proposals below a score, at once."""
    desk.session.threshold.set(min(max(threshold, 0.0), 1.0))


def now() -> str:
    """Return the time as the record keeps it: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


_VERBS = {Status.ACCEPTED: "Accept", Status.REJECTED: "Reject", Status.EDITED: "Edit"}


def _named(finding: Finding) -> str:
    return f"{finding.kind.meaning.lower()} of {finding.diameter_mm:.1f} mm"


def _has_visible(desk: Desk) -> bool:
    return bool(desk.session.visible_findings())


def _has_selected(desk: Desk) -> bool:
    return desk.session.record.value.finding(desk.session.selected.value) is not None


def _step(count: int, desk: Desk) -> None:
    visible = [finding.id for finding in desk.session.visible_findings()]
    chosen = desk.session.selected.value
    if chosen in visible:
        number = (visible.index(chosen) + count) % len(visible)
    else:
        number = 0 if count > 0 else len(visible) - 1
    select(desk, visible[number])


def _judge_selected(status: Status, desk: Desk) -> None:
    judge(desk, desk.session.selected.value, status)


def _edit(desk: Desk) -> None:
    finding = desk.session.record.value.finding(desk.session.selected.value)
    if finding is None:
        return
    desk.asker.ask_text(
        "Edit finding",
        "What is it? Drag the corners of its box in a view to change its extent.",
        finding.note,
        partial(note, desk, finding.id),
    )


def _more(change: float, desk: Desk) -> None:
    set_threshold(desk, round(desk.session.threshold.value + change, 2))


COMMANDS: tuple[Command, ...] = (
    Command(
        id="findings.next",
        title="Next finding",
        help="Go to the next finding in every view.",
        menu="Findings",
        key="N",
        run=partial(_step, 1),
        allowed=_has_visible,
        icon="next",
    ),
    Command(
        id="findings.previous",
        title="Previous finding",
        help="Go to the previous finding in every view.",
        menu="Findings",
        key="P",
        run=partial(_step, -1),
        allowed=_has_visible,
        icon="previous",
    ),
    Command(
        id="findings.accept",
        title="Accept finding",
        help="Stand behind the chosen finding.",
        menu="Findings",
        key="A",
        run=partial(_judge_selected, Status.ACCEPTED),
        allowed=_has_selected,
        icon="accept",
    ),
    Command(
        id="findings.reject",
        title="Reject finding",
        help="Say that the chosen finding is none.",
        menu="Findings",
        key="R",
        run=partial(_judge_selected, Status.REJECTED),
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
)
