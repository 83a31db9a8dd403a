"""What the reader must be warned of in a view; never switched off."""

from __future__ import annotations

import numpy as np

from viewer.core.scale import Scale, ScaleKind
from viewer.core.stack import Stack
from viewer.core.volume import Fidelity
from viewer.imaging.derivation import DERIVED
from viewer.render.cut import Cut
from viewer.session.images import OpenImage

SYNTHETIC = "SYNTHETIC"


def is_synthetic(opened: OpenImage) -> bool:
    """Tell whether an image shows no patient at all."""
    return opened.series.synthetic or opened.image.synthetic


def sides_known(opened: OpenImage) -> bool:
    """Tell whether the file says how the patient lay, so that sides may be named."""
    return all(notice.code != "unknown_orientation" for notice in opened.notices)


def caveats(opened: OpenImage, cut: Cut | None) -> tuple[str, ...]:
    """Return the warnings of a view, the gravest first; without a cut, those of the whole image."""
    marks = [SYNTHETIC] if is_synthetic(opened) else []
    if opened.fidelity is not None:
        stored = cut.stored if cut is not None else range(len(opened.fidelity.quality))
        marks += _fidelity(opened.fidelity, stored)
    marks += [one.sentence for one in opened.notices if one.code == DERIVED]
    if isinstance(opened.image, Stack):
        marks += _frame(opened.image, cut)
    if not sides_known(opened):
        marks.append("sides unknown")
    if any(notice.code == "taken_as_hu" for notice in opened.notices):
        marks.append("HU at a reader's word")
    if cut is not None and not cut.original:
        marks.append("interpolated")
    if cut is not None:
        marks += _scale(cut.scale, opened)
    return tuple(marks)


def _fidelity(fidelity: Fidelity, stored: range) -> list[str]:
    """Say what is not yet, or never will be, original in the slices that are shown."""
    shown = fidelity.quality[stored.start : stored.stop]
    one = len(stored) == 1
    marks = []
    if (shown == Fidelity.DAMAGED).any():
        marks.append("damaged slice" if one else "with damaged slices")
    if (shown == Fidelity.INVENTED).any():
        marks.append("no slice was taken here: interpolated" if one else "with invented slices")
    if one and (shown == Fidelity.NEIGHBOUR).any():
        marks.append("neighbour's copy")
    elif (shown < Fidelity.ORIGINAL).any():
        marks.append(f"Loading {_landed_percent(fidelity)} %")
    return marks


def _landed_percent(fidelity: Fidelity) -> int:
    """Return how much is there, rounded down: 100 only when all is."""
    return int(np.mean(fidelity.quality >= Fidelity.ORIGINAL) * 100)


def _scale(scale: Scale, opened: OpenImage) -> list[str]:
    """Say where lengths are those of, unless they are the patient's."""
    if scale.kind is ScaleKind.REGIONS:
        return [] if scale.main_region else ["not calibrated"]
    if scale.in_patient:
        return []
    if any(notice.code == "no_calibration" for notice in opened.notices):
        return ["No calibration: lengths in pixels"]
    return [_LENGTHS.get(scale.kind, "not calibrated")]


_LENGTHS = {
    ScaleKind.DETECTOR: "mm at the detector, not in the patient",
    ScaleKind.ESTIMATED: "mm estimated from the magnification",
    ScaleKind.SCANNED: "mm on the scanned sheet, not in the patient",
}


def _frame(stack: Stack, cut: Cut | None) -> list[str]:
    marks = [stack.reason] if stack.reason else []
    if cut is not None and stack.frames[cut.number].damage:
        marks.append(stack.frames[cut.number].damage)
    return marks
