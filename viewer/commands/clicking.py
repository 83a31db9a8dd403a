"""One-click lesions: click, grow or shrink, take as a finding of the reader, or drop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.findings import now
from viewer.commands.segment_edits import has_volume
from viewer.commands.telling import tell
from viewer.core.author import Author
from viewer.core.code import LESION
from viewer.core.finding import Finding, Reason, Status
from viewer.core.geometry import Position, Shape
from viewer.core.identity import new_uid
from viewer.core.progress import Progress
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume
from viewer.imaging.click.engine import ClickResult, Clicks, segment_click
from viewer.imaging.click.hover import would_work
from viewer.imaging.click.measures import lesion_measures
from viewer.jobs.job import Failure
from viewer.session.clicking import Clicking, Hover
from viewer.session.images import OpenImage
from viewer.session.tools import Tool

_JOB = "one-click lesion"
_HOVER = "hover over a lesion"


# -- clicks ---------------------------------------------------------------------------------


def click(desk: Desk, cell: int, position: Position, *, cut: bool) -> None:
    """Add a click at a place, or cut there; the outline comes from a job, the newest wins."""
    session, clicking = desk.session, desk.session.clicking.value
    found = _volume_in(desk, cell)
    if found is None:
        session.say("One-click lesions need a volume in the view.", serious=True)
        return
    opened, volume = found
    if not volume.geometry.contains(position):
        session.say("That is outside the image.", serious=True)
        return
    if opened.key in desk.loadings or not opened.is_whole:
        session.say("Not all of this series is loaded; click when it is.", serious=True)
        return
    voxel = volume.geometry.nearest(position)
    before = clicking.clicks if clicking.series_key == opened.key else None
    if before is None and clicking.series_key != opened.key and clicking.proposed:
        drop(desk)
    clicks = _with(before, voxel, cut=cut)
    if clicks is None:
        session.say("First click in the lesion, then cut from it.", serious=True)
        return
    session.clicking.set(
        replace(session.clicking.value, series_key=opened.key, clicks=clicks, waiting=True)
    )
    desk.runner.start(
        "One-click lesion",
        partial(_segment, volume, clicks),
        partial(_came, desk, opened.key, clicks),
        failed=partial(_failed, desk),
        instead_of=_JOB,
        belongs_to=opened.study.uid,
    )


def _with(before: Clicks | None, voxel: Shape, *, cut: bool) -> Clicks | None:
    if before is None:
        return None if cut else Clicks((voxel,))
    if cut:
        return replace(before, cuts=(*before.cuts, voxel))
    return replace(before, adds=(*before.adds, voxel))


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    result: ClickResult | None
    why_not: str = ""


def _segment(volume: Volume, clicks: Clicks, progress: Progress) -> _Answer:
    progress.report(0.0, "looking")
    if len(clicks.adds) == 1 and not clicks.cuts:
        why_not = would_work(volume, clicks.adds[0])
        if why_not:
            return _Answer(None, why_not)
    from viewer.ai.click import click_model

    judge = click_model().forest
    return _Answer(segment_click(volume, clicks, volume.modality, judge))


def _came(desk: Desk, key: str, clicks: Clicks, answer: _Answer) -> None:
    session, clicking = desk.session, desk.session.clicking.value
    if clicking.series_key != key or clicking.clicks != clicks:
        return
    if answer.result is None:
        session.clicking.set(clicking.without())
        session.say(f"No lesion was outlined. {answer.why_not}", serious=True)
        return
    session.clicking.set(clicking.found(clicks, answer.result))
    doubt = f" {answer.result.reason}" if answer.result.reason else ""
    session.say(f"+ and - change its size, Enter takes it, Escape drops it.{doubt}")


def _failed(desk: Desk, failure: Failure) -> None:
    desk.session.clicking.set(desk.session.clicking.value.without())
    tell(desk, failure)


def resize(desk: Desk, step: int) -> None:
    """Show the next larger or smaller outline."""
    desk.session.clicking.set(desk.session.clicking.value.sized(step))


def _by(step: int, desk: Desk) -> None:
    resize(desk, step)


def drop(desk: Desk) -> None:
    """Forget the outline that is proposed."""
    _stop(desk)
    desk.session.clicking.set(desk.session.clicking.value.without())


def _stop(desk: Desk) -> None:
    for job in desk.runner.jobs:
        if job.title == "One-click lesion":
            job.cancel()


# -- hovering -------------------------------------------------------------------------------


def hover(desk: Desk, cell: int, position: Position) -> None:
    """Find out whether a click at a place would work; the newest place wins."""
    found = _volume_in(desk, cell)
    if found is None or not found[1].geometry.contains(position):
        leave(desk)
        return
    opened, volume = found
    desk.runner.start(
        "Look under the pointer",
        partial(_probe, volume, cell, position),
        partial(_probed, desk),
        failed=lambda _: None,
        instead_of=_HOVER,
        belongs_to=opened.study.uid,
    )


def _probe(volume: Volume, cell: int, position: Position, _: Progress) -> Hover:
    return Hover(cell, position, would_work(volume, volume.geometry.nearest(position)))


def _probed(desk: Desk, found: Hover) -> None:
    if desk.session.tool.value is Tool.CLICK:
        desk.session.clicking.set(desk.session.clicking.value.hovering(found))


def leave(desk: Desk) -> None:
    """Forget what was under the pointer."""
    if desk.session.clicking.value.hover is not None:
        desk.session.clicking.set(desk.session.clicking.value.hovering(None))


# -- taking ---------------------------------------------------------------------------------


def take(desk: Desk) -> None:
    """Make the outline a finding of the reader, measured; it can be undone."""
    session, clicking = desk.session, desk.session.clicking.value
    opened = session.images.value.get(clicking.series_key)
    volume = opened.image if opened is not None else None
    if not clicking.proposed or opened is None or not isinstance(volume, Volume):
        return
    session.clicking.set(clicking.without())
    desk.runner.start(
        "Measure lesion",
        partial(finding_of, volume, clicking, session.reader),
        partial(_taken, desk),
        failed=partial(tell, desk),
        belongs_to=opened.study.uid,
    )


def finding_of(
    volume: Volume, clicking: Clicking, reader: Author, progress: Progress
) -> Finding | None:
    """Return the outline as a finding that the reader stands behind; None if it is empty."""
    progress.report(0.0, "measuring")
    result, clicks = clicking.result, clicking.clicks
    mask = result.mask(clicking.size) if result is not None else None
    if mask is None or result is None or clicks is None:
        return None
    from viewer.ai.click import click_model

    model = click_model().card.author()
    words = (
        f"Outlined by {len(clicks.adds)} clicks in it and {len(clicks.cuts)} beside it, "
        f"size {clicking.size:+d}; one-click outline chosen by {model.name} {model.version}, "
        f"looked at and taken by the reader."
    )
    finding = lesion_finding(volume, mask, reader.helped_by(str(model)))
    finding = replace(
        finding,
        explanation=(
            Reason("Clicks", float(len(clicks.adds) + len(clicks.cuts))),
            Reason("Size chosen", float(clicking.size)),
            Reason("Expected agreement (Dice)", result.certainty),
        ),
    )
    return finding.judged(Status.ACCEPTED, reader, now(), words)


def lesion_finding(volume: Volume, mask: Mask, author: Author) -> Finding:
    """Return a lesion with its box, longest axial diameter, volume and mean, not yet judged."""
    measures = lesion_measures(volume, mask)
    return Finding(
        id=new_uid(),
        kind=LESION,
        site=None,
        position=measures.centre,
        low=measures.low,
        high=measures.high,
        diameter_mm=measures.diameter_mm,
        volume_mm3=measures.volume_mm3,
        series_key=volume.series_key,
        author=author,
        mean_value=measures.mean,
        unit=volume.unit,
        mask=mask,
    )


def _taken(desk: Desk, finding: Finding | None) -> None:
    session = desk.session
    if finding is None:
        session.say("The outline was empty; nothing was taken.", serious=True)
        return
    opened = session.images.value.get(finding.series_key)
    if opened is None:
        return
    session.do("Outline lesion", session.record.value.with_finding(finding))
    session.selected.set(finding.id)
    desk.keeper.note(
        session.reader,
        f"outlined finding {finding.id}",
        opened.study.uid,
        finding.history[0].reason,
    )
    session.say(
        f"Lesion of {finding.diameter_mm:.1f} mm, {finding.volume_mm3 / 1000:.2f} ml taken. "
        "Ctrl+Z takes it back."
    )


# -- following the window -------------------------------------------------------------------


def follow_tool(desk: Desk) -> None:
    """Take what is proposed when another tool is chosen; forget it when its series is closed."""

    def chosen(new: Tool, old: Tool) -> None:
        if old is Tool.CLICK and new is not Tool.CLICK:
            if desk.session.clicking.value.proposed:
                take(desk)
            else:
                drop(desk)
            leave(desk)

    def closed(*_: object) -> None:
        key = desk.session.clicking.value.series_key
        if key and desk.session.images.value.get(key) is None:
            drop(desk)

    desk.session.tool.changed.connect(chosen)
    desk.session.images.changed.connect(closed)


def _volume_in(desk: Desk, cell: int) -> tuple[OpenImage, Volume] | None:
    opened = desk.session.image_in(cell)
    if opened is None or not isinstance(opened.image, Volume):
        return None
    return opened, opened.image


def _proposed(desk: Desk) -> bool:
    return desk.session.clicking.value.proposed


TAKING: tuple[Command, ...] = (
    Command(
        id="click.tool",
        title="One-click lesion",
        help="Click in a lesion on CT, MR or PET: it is outlined. Click again to add, with Ctrl "
        "or Shift to cut.",
        menu="Segment",
        key="O",
        run=lambda desk: desk.session.tool.set(Tool.CLICK),
        allowed=has_volume,
        checked=lambda desk: desk.session.tool.value is Tool.CLICK,
        icon="tool_click",
    ),
)
"""What takes the tool; it stands beside the other tools."""
COMMANDS: tuple[Command, ...] = (
    Command(
        id="click.larger",
        title="Larger outline",
        help="Let the one-click outline grow; over the lesion the wheel does it too, or +.",
        menu="Segment/One click",
        run=partial(_by, 1),
        allowed=_proposed,
    ),
    Command(
        id="click.smaller",
        title="Smaller outline",
        help="Let the one-click outline shrink; over the lesion the wheel does it too, or -.",
        menu="Segment/One click",
        run=partial(_by, -1),
        allowed=_proposed,
    ),
    Command(
        id="click.take",
        title="Take outline",
        help="Make the one-click outline a finding of yours, measured (Enter).",
        menu="Segment/One click",
        run=take,
        allowed=_proposed,
    ),
    Command(
        id="click.drop",
        title="Drop outline",
        help="Forget the one-click outline (Escape).",
        menu="Segment/One click",
        run=drop,
        allowed=_proposed,
    ),
)
