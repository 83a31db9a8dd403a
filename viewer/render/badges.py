"""The one line of words that says how true a picture is, each with what it means."""

from __future__ import annotations

from viewer.imaging.derivation import DERIVED
from viewer.render.caveats import SYNTHETIC
from viewer.render.scene import Badge
from viewer.session.images import OpenImage
from viewer.session.look import Look, Viewing
from viewer.session.magnification import Magnification
from viewer.session.session import Session

_KNOWN: dict[str, Badge] = {
    SYNTHETIC: Badge("SYNTHETIC", "This picture was computed; it shows no patient.", grave=True),
    "damaged slice": Badge("DAMAGED SLICE", "The file of this slice is damaged.", grave=True),
    "with damaged slices": Badge(
        "DAMAGED SLICE", "The files of some of the slices shown here are damaged.", grave=True
    ),
    "no slice was taken here: interpolated": Badge(
        "NO SLICE HERE", "No slice was taken here; it was made from its neighbours.", grave=True
    ),
    "with invented slices": Badge(
        "WITH MADE-UP SLICES", "Some slices were not taken but made from their neighbours."
    ),
    "neighbour's copy": Badge(
        "NEIGHBOUR'S COPY", "This slice is still loading; its neighbour is shown.", grave=True
    ),
    "sides unknown": Badge(
        "SIDES UNKNOWN", "The file does not say how the patient lay; no side is named.", grave=True
    ),
    "HU at a reader's word": Badge(
        "HU AS TOLD", "A reader said that these values are Hounsfield units; the file does not."
    ),
    "straightened: lengths are true along the path only": Badge(
        "STRAIGHTENED", "Lengths are true along the path only, and straight across it."
    ),
    "stretched: lengths are true along the path, seen from one side": Badge(
        "STRETCHED",
        "Lengths are true along the path and in the direction of its lines, as seen from one side.",
    ),
    "interpolated": Badge(
        "INTERPOLATED", "This plane runs between the voxels; its values are mixed from neighbours."
    ),
    "not calibrated": Badge("NOT CALIBRATED", "Lengths here are not known in millimetres."),
    "No calibration: lengths in pixels": Badge(
        "NOT CALIBRATED", "The file has no calibration; lengths are given in pixels."
    ),
    "mm at the detector, not in the patient": Badge(
        "MM AT DETECTOR", "Lengths are those at the detector; in the patient they are shorter."
    ),
    "mm estimated from the magnification": Badge(
        "MM ESTIMATED", "Lengths are estimated from the magnification that the file gives."
    ),
    "mm on the scanned sheet, not in the patient": Badge(
        "MM ON SHEET", "Lengths are those on the scanned sheet, not in the patient."
    ),
}


def badges(
    opened: OpenImage, look: Look, marks: tuple[str, ...], shown: Magnification | None = None
) -> tuple[Badge, ...]:
    """Return the badges of a view: its warnings, the gravest first, then how it was made."""
    derived = [notice.sentence for notice in opened.notices if notice.code == DERIVED]
    made = [badge_of(mark, derived=mark in derived) for mark in marks]
    made += [
        Badge("LOSSY", notice.sentence)
        for notice in (*opened.notices, *opened.series.notices)
        if notice.code == "lossy"
    ]
    if look.slab_mm > 0 and look.viewing is not Viewing.SPACE:
        words = f"{look.slab.value.upper()} {look.slab_mm:g} mm"
        made.append(Badge(words, f"A slab of {look.slab_mm:g} mm is shown as one picture."))
    if shown is not None and shown.is_true_size and not shown.calibrated:
        made.append(
            Badge("SCREEN NOT CALIBRATED", "The size of the screen is what it says of itself.")
        )
    return tuple({badge.word: badge for badge in reversed(made)}.values())[::-1]


def moved_badges(session: Session, opened: OpenImage) -> tuple[Badge, ...]:
    """Return the badge of a patient space that was brought in line with another by hand."""
    linking, space = session.linking.value, opened.frame_of_reference_uid
    offsets = [pair.offset_mm for pair in linking.pairs if space and space in pair.spaces]
    if not offsets:
        return ()
    mm = max(sum(part * part for part in offset) ** 0.5 for offset in offsets)
    badge = Badge(
        "MOVED", f"This space was brought in line with another by hand, by {mm:.0f} mm.", grave=True
    )
    return (badge,)


def badge_of(mark: str, *, derived: bool = False) -> Badge:
    """Return the badge of a warning; one that is not known is said in its own words."""
    if derived:
        return Badge("DERIVED", mark)
    if mark.startswith("Loading "):
        return Badge(mark.upper(), "Slices are still landing; those not yet there are copies.")
    return _KNOWN.get(mark) or Badge(mark, mark)
