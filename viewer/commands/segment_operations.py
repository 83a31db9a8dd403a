"""What is done to segments as a whole: set up, tried on screen, done as one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.ai.scribbles import FOREST
from viewer.commands import segment_jobs
from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.segment_edits import (
    group,
    has_volume,
    require_arrived,
    to_paint,
)
from viewer.core.code import TISSUE
from viewer.core.errors import Declined
from viewer.core.geometry import Shape
from viewer.core.progress import Progress
from viewer.core.recipe import Recipe, Setting, Step
from viewer.core.segmentation import Segment, Segmentation, colour_in_turn
from viewer.core.volume import Volume, padded
from viewer.imaging.enhance.catalogue import Parameter
from viewer.imaging.segment.apply import segmented
from viewer.imaging.segment.catalogue import OPERATIONS, operation_of
from viewer.imaging.segment.operation import COMMON, Choice, Gives, Ground, Need, Operation
from viewer.imaging.segment.parts import Labels
from viewer.session.segmenting import Overwrite, Segmenting, kept_labels

ALL: tuple[Operation, ...] = (*OPERATIONS, FOREST)
"""Every operation, that which learns included."""
APART = frozenset({"mixture", "snap", "snake", "two_regions", "walker", "watershed"})
"""What works in libraries that let nobody else run meanwhile: done in a process of its own."""
_HOW = next(one for one in COMMON if one.name == "how")
_PANEL = "operations"


# -- setting up -----------------------------------------------------------------------------


def choose(desk: Desk, id_: str) -> None:
    """Set an operation up as it is usually set, and show its settings."""
    operation_of(Step(id_), ALL)
    now = desk.session.segmenting.value
    desk.session.segmenting.set(replace(now, operation=Step(id_)))
    window = desk.window
    if window is not None and not window.panel_shown(_PANEL):
        window.toggle_panel(_PANEL)


def set_parameter(desk: Desk, name: str, value: Setting) -> None:
    """Set one parameter of the operation; what is beyond its bounds is declined."""
    now = desk.session.segmenting.value
    if now.operation is None:
        return
    step = now.operation.setting(name, value)
    operation_of(step, ALL).settings(step)
    desk.session.segmenting.set(replace(now, operation=step))


def choose_other(desk: Desk, key: str) -> None:
    """Choose the second segment of an operation on two."""
    desk.session.segmenting.set(replace(desk.session.segmenting.value, other=key))


def parameters(operation: Operation) -> tuple[Parameter | Choice, ...]:
    """Return what can be set, with what becomes of the result where it is one mask."""
    common = (_HOW,) if operation.gives is Gives.MASK and _changes(operation) else ()
    return (*operation.parameters, *common)


def _changes(operation: Operation) -> bool:
    return Need.VALUES in operation.needs


# -- doing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """All that a job needs to know of an operation that is set up."""

    step: Step
    label: int
    kept: frozenset[int]
    spare: bool
    volume: Volume | None
    other_label: int = 0
    beside: Segmentation | None = None

    @property
    def operation(self) -> Operation:
        """What is done."""
        return operation_of(self.step, ALL)


def apply(desk: Desk) -> None:
    """Do what is set up to the segment, in a job, as one step.

    Raises:
        Declined: if nothing is set up, or something that it needs is missing.
    """
    segmenting = desk.session.segmenting.value
    if segmenting.operation is None:
        raise Declined("Choose what is to be done first.", code="no_operation")
    target = to_paint(desk, desk.session.hanging.value.active)
    if target is None:
        return
    plan = plan_of(desk, target.segmentation)
    segment_jobs.change(
        desk,
        plan.operation.title,
        target.segmentation,
        partial(changed, plan),
        label=plan.label,
        needs_bytes=needed_bytes(plan, target.segmentation),
        apart=plan.operation.id in APART,
    )


def plan_of(desk: Desk, target: Segmentation) -> Plan:
    """Gather what an operation needs.

    Raises:
        Declined: if a second segment, or the image below, is missing.
    """
    segmenting = desk.session.segmenting.value
    if segmenting.operation is None:
        raise Declined("Choose what is to be done first.", code="no_operation")
    operation = operation_of(segmenting.operation, ALL)
    found = desk.session.images.value.get(target.series_key)
    volume = found.image if found is not None and isinstance(found.image, Volume) else None
    if Need.VALUES in operation.needs and (volume is None or volume.geometry != target.geometry):
        raise Declined(
            "These segments lie on another grid than their image; values cannot be followed.",
            code="other_grid",
        )
    if Need.VALUES in operation.needs:
        require_arrived(found)
    plan = Plan(
        segmenting.operation,
        segmenting.label,
        kept_labels(segmenting, target),
        segmenting.overwrite is Overwrite.NOTHING,
        volume,
    )
    return _with_other(desk, segmenting, target, plan) if Need.OTHER in operation.needs else plan


def _with_other(desk: Desk, segmenting: Segmenting, target: Segmentation, plan: Plan) -> Plan:
    id_, _, label = segmenting.other.rpartition("/")
    other = group(desk, id_)
    if other is None or other.segment(int(label)) is None:
        raise Declined("Choose the second segment first.", code="no_segment")
    if other.id == target.id:
        if int(label) == segmenting.label:
            raise Declined("The second segment must be another one.", code="same_segment")
        return replace(plan, other_label=int(label))
    if other.geometry != target.geometry:
        raise Declined(
            "The second segment lies on another grid; copy it to this group first.",
            code="other_grid",
        )
    return replace(plan, other_label=int(label), beside=other)


def needed_bytes(plan: Plan, target: Segmentation) -> int:
    """Return about how much memory an operation takes."""
    voxels = int(np.prod(target.geometry.shape))
    return voxels * (7 if Need.VALUES in plan.operation.needs else 3)


def changed(plan: Plan, before: Segmentation, progress: Progress) -> Segmentation:
    """Return a group after an operation; locked segments are as they were."""
    progress.report(0.0, plan.operation.title)
    labels = before.label_map.whole().astype(np.uint16)
    beside = None
    if plan.beside is not None:
        beside = np.asarray(plan.beside.label_map.whole() == plan.other_label)
    ground = Ground(
        _values(plan, before.geometry.shape),
        labels,
        before.geometry.spacing_mm,
        segment=plan.label,
        other=0 if beside is not None else plan.other_label,
        beside=beside,
    )
    step = plan.step
    if plan.operation.gives is Gives.MASK:
        step = step.setting("spare", plan.spare)
    made = segmented(ground, Recipe("", (step,)), progress, operations=ALL)
    return with_labels(before, _locked(plan, labels, made))


def _values(plan: Plan, shape: Shape) -> NDArray[np.float32]:
    """Return the values of the image, NaN for padding; zeros that take no room where unwanted."""
    if Need.VALUES not in plan.operation.needs or plan.volume is None:
        return np.broadcast_to(np.zeros((), np.float32), shape)
    values = plan.volume.values()
    nothing = padded(plan.volume.voxels, plan.volume.padding)
    if nothing is not None:
        values[nothing] = np.nan
    return values


def _locked(plan: Plan, before: Labels, after: Labels) -> Labels:
    if not plan.kept:
        return after
    kept = list(plan.kept)
    was, became = np.isin(before, kept), np.isin(after, kept)
    after = np.where(became & ~was, np.uint16(0), after)
    return np.where(was, before, after)


def with_labels(before: Segmentation, labels: Labels) -> Segmentation:
    """Return a group with other labels; labels that are new get a segment of their own."""
    label_map = before.label_map
    if int(labels.max(initial=0)) > np.iinfo(label_map.dtype).max:
        label_map = label_map.widened()
    label_map = label_map.with_whole(labels)
    known = {one.label for one in before.segments}
    new = [int(n) for n in np.flatnonzero(label_map.counts()) if n and int(n) not in known]
    segments = tuple(
        Segment(
            label,
            f"Segment {label}",
            TISSUE,
            colour=colour_in_turn(label),
        )
        for label in new
    )
    return replace(before, label_map=label_map, segments=(*before.segments, *segments))


def toggle_try(desk: Desk) -> None:
    """Show on screen what the operation would make, or no longer."""
    now = desk.session.segmenting.value
    desk.session.segmenting.set(replace(now, tried=not now.tried))


# -- commands -----------------------------------------------------------------------------------


def _has_operation(desk: Desk) -> bool:
    return desk.session.segmenting.value.operation is not None and has_volume(desk)


def _choose(id_: str, desk: Desk) -> None:
    choose(desk, id_)


COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=f"segment.do_{one.id}",
            title=f"{one.title}…",
            help=one.help,
            menu=f"Segment/{one.group}",
            run=partial(_choose, one.id),
            allowed=has_volume,
        )
        for one in ALL
    ),
    Command(
        id="segment.apply",
        title="Do it",
        help="Do what is set up to the segment that is worked on.",
        menu="Segment",
        key="Ctrl+Shift+Return",
        run=apply,
        allowed=_has_operation,
    ),
    Command(
        id="segment.try",
        title="Show what it would do",
        help="Show on screen what is set up would make, before it is done.",
        menu="Segment",
        run=toggle_try,
        allowed=_has_operation,
        checked=lambda desk: desk.session.segmenting.value.tried,
    ),
)
