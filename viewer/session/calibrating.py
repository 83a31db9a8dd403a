"""Pictures whose pixels the reader has measured: a line on them, and its true length.

A calibration line is a measurement like any other, kept and undone with the rest. While it is
there its picture has the scale that follows from it, and so have the other frames of the same
stored image. Pictures that know their mm in the patient need none and take none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import hypot

from viewer.core import code
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.core.scale import Scale, ScaleKind
from viewer.core.stack import Frame, Stack
from viewer.session.ground import frame_at
from viewer.session.look import Look
from viewer.session.session import Session

LEAST_MM, MOST_MM = 0.01, 5000.0
"""True lengths that a reader may give."""


def why_not(frame: Frame) -> str:
    """Return why a picture cannot be calibrated, in a sentence; empty where it can."""
    scale = own_scale(frame)
    if frame.plane is not None or scale.kind is ScaleKind.PATIENT:
        return "Lengths on this picture are those in the patient already."
    if scale.main_region is not None:
        return "This ultrasound picture is calibrated by its own regions."
    return ""


def own_scale(frame: Frame) -> Scale:
    """Return what the file says of a picture, whatever a reader has calibrated."""
    return frame.scale.before or frame.scale


def scale_from(line: Measurement, own: Scale) -> Scale | None:
    """Return the scale that follows from a line and its true length, if any does."""
    true = line.quantity(code.TRUE_LENGTH)
    (x0, y0, _), (x1, y1, _) = line.points
    rows, columns = own.size
    drawn = hypot((x1 - x0) * columns, (y1 - y0) * rows)
    if true is None or not LEAST_MM <= true.value <= MOST_MM or drawn <= 0:
        return None
    factor = true.value / drawn
    return Scale(
        ScaleKind.CALIBRATED,
        (rows * factor, columns * factor),
        sentence=f"Calibrated by the reader with a line of {true.value:g} mm.",
        detail=" by the reader",
        before=own,
    )


def calibrated(stack: Stack, said: Sequence[Measurement]) -> Stack:
    """Return a stack with the scales that follow from what was said; itself where none changes."""
    lines = [
        one
        for one in said
        if one.kind is MeasurementKind.CALIBRATION and one.series_key == stack.series_key
    ]
    if not lines and all(frame.scale.before is None for frame in stack.frames):
        return stack
    wanted = [_scale(stack, number, lines) for number in range(len(stack.frames))]
    pairs = list(zip(stack.frames, wanted, strict=True))
    if all(frame.scale == scale for frame, scale in pairs):
        return stack
    frames = (
        frame if frame.scale == scale else replace(frame, scale=scale) for frame, scale in pairs
    )
    return replace(stack, frames=tuple(frames))


def _scale(stack: Stack, number: int, lines: Sequence[Measurement]) -> Scale:
    """Return the scale of one frame: that of the last line on it, or on its stored image."""
    frame = stack.frames[number]
    own = own_scale(frame)
    if not lines or why_not(frame):
        return own
    uid = frame.origin.sop_instance_uid
    here = [line for line in lines if frame_at(stack, line.anchor) == number]
    beside = [line for line in lines if uid and line.anchor.sop_instance_uid == uid]
    found = (scale_from(line, own) for line in reversed([*beside, *here]))
    return next((scale for scale in found if scale is not None), own)


def calibrate_images(session: Session) -> None:
    """Give all open pictures the scales that follow from what is said now."""
    said = session.record.value.measurements
    for opened in session.images.value:
        if not isinstance(opened.image, Stack):
            continue
        stack = calibrated(opened.image, said)
        if stack is not opened.image:
            _keep_pans(session, opened.image, stack)
            session.images.set(session.images.value.with_image(replace(opened, image=stack)))


def _keep_pans(session: Session, old: Stack, new: Stack) -> None:
    """Leave each picture where it is on the screen, though its mm are others now."""

    def panned(look: Look) -> Look:
        if look.series_key != old.series_key or look.pan_mm == (0.0, 0.0):
            return look
        number = min(look.frame, len(old.frames) - 1)
        factor = new.frames[number].scale.size[0] / old.frames[number].scale.size[0]
        right, down = look.pan_mm
        return replace(look, pan_mm=(right * factor, down * factor))

    session.hanging.set(session.hanging.value.all_changed(panned))


def follow_calibrations(session: Session) -> None:
    """Keep open pictures calibrated as the record says, from now on."""

    def changed(_new: object, _old: object) -> None:
        calibrate_images(session)

    session.record.changed.connect(changed)
    session.images.changed.connect(changed)
