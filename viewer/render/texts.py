"""What stands in the corners: whose image it is, of when, how taken, which slice, how shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from viewer.core.code import NO_UNIT
from viewer.core.plane import side_letters
from viewer.core.stack import Stack
from viewer.core.study import Patient
from viewer.core.technique import Technique
from viewer.core.window import Window
from viewer.imaging.colour_maps import ColourMap
from viewer.render.caveats import sides_known
from viewer.render.cut import Cut
from viewer.render.probe import unit_in_words
from viewer.render.scene import Corner
from viewer.render.technique_words import WORDS
from viewer.session.corner_texts import CornerTexts, Item
from viewer.session.curves import ANGLE_STEP
from viewer.session.images import OpenImage
from viewer.session.look import Look, Viewing
from viewer.session.magnification import Magnification

_SHORT = 6
"""Letters of a number that is left as it is, and of a unit that stands beside it."""

Texts = tuple[tuple[Corner, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What the texts of a view are about."""

    opened: OpenImage
    look: Look
    cut: Cut | None = None
    window: Window | None = None
    magnification: Magnification | None = None
    technique: Technique | None = None


def corner_texts(wanted: CornerTexts, subject: Subject) -> Texts:
    """Return the lines of the four corners, as the reader wants them for such an image."""
    corners = wanted.corners(subject.opened.image.modality)
    return (
        (Corner.TOP_LEFT, _lines(corners.top_left, subject)),
        (Corner.TOP_RIGHT, _lines(corners.top_right, subject)),
        (Corner.BOTTOM_LEFT, _lines(corners.bottom_left, subject)),
        (Corner.BOTTOM_RIGHT, _lines(corners.bottom_right, subject)),
    )


def identity(opened: OpenImage, wanted: CornerTexts | None = None) -> Texts:
    """Return the upper corners alone: patient on the left, study and series on the right."""
    return corner_texts(wanted or CornerTexts(), Subject(opened, Look()))[:2]


def readable_name(name: str) -> str:
    """Return a DICOM person name (PS3.5 6.2.1) as "Family, Given Middle"."""
    family, _, rest = name.partition("=")[0].partition("^")
    given = " ".join(part for part in rest.split("^") if part)
    return ", ".join(part for part in (family.strip(), given.strip()) if part)


def readable_date(date: str) -> str:
    """Return YYYYMMDD as YYYY-MM-DD; anything else as it is."""
    if len(date) == 8 and date.isdigit():
        return f"{date[:4]}-{date[4:6]}-{date[6:]}"
    return date


def position_text(cut: Cut) -> str:
    """Return how far a slice lies from the origin, and towards which side."""
    sign = -1 if cut.along_mm < 0 else 1
    letters = side_letters([sign * part for part in cut.axis])
    return f"{letters} {abs(cut.along_mm):.1f} mm"


def curve_in_words(window: Window, name: str = "") -> str:
    """Return how greys rise where that is not evenly, with the name that a table has."""
    if window.straight:
        return ""
    return f" {window.curve.value} {name}".rstrip() if window.table else f" {window.curve.value}"


def zoom_in_words(shown: Magnification) -> str:
    """Return how large a picture is: 100 % is one pixel of the screen for each of the image."""
    percent = shown.pixels * 100
    digits = 0 if percent >= 10 else 1
    said = f"Zoom {percent:.{digits}f} %"
    if shown.is_true_size:
        return f"{said}, true size" if shown.calibrated else f"{said}, true size?"
    return f"{said}, 1:1" if shown.is_one_to_one else said


def _lines(items: tuple[Item, ...], subject: Subject) -> tuple[str, ...]:
    return _filled(*(line for item in items for line in _said(item, subject)))


def _said(item: Item, subject: Subject) -> tuple[str, ...]:
    say = _OF_IMAGE.get(item)
    if say is not None:
        return say(subject)
    words = WORDS.get(item)
    return () if words is None or subject.technique is None else (words(subject.technique),)


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _name(subject: Subject) -> tuple[str, ...]:
    return (readable_name(subject.opened.study.patient.name),)


def _id(subject: Subject) -> tuple[str, ...]:
    patient = subject.opened.study.patient
    return (f"ID {patient.id}" if patient.id else "",)


def _born(subject: Subject) -> tuple[str, ...]:
    patient: Patient = subject.opened.study.patient
    born = f"* {readable_date(patient.birth_date)}" if patient.birth_date else ""
    return ("  ".join(_filled(born, patient.sex)),)


def _date(subject: Subject) -> tuple[str, ...]:
    return (readable_date(subject.opened.study.date),)


def _study(subject: Subject) -> tuple[str, ...]:
    return (subject.opened.study.description,)


def _series(subject: Subject) -> tuple[str, ...]:
    series = subject.opened.series
    number = f"{series.number}: " if series.number else ""
    return (f"{number}{replace(series, split='').title}",)


def _moment(subject: Subject) -> tuple[str, ...]:
    return (subject.opened.series.split,)


def _slice(subject: Subject) -> tuple[str, ...]:
    cut = subject.cut
    if cut is None:
        return ()
    if isinstance(subject.opened.image, Stack):
        return (f"Frame {cut.number + 1}/{cut.count}",) if cut.count > 1 else ()
    if subject.look.viewing is Viewing.CURVED:
        turned = f"{cut.along}, turned {cut.number * ANGLE_STEP:g}° about the path"
        return turned, f"path of {cut.path_mm:.1f} mm"
    return (f"Slice {cut.number + 1}/{cut.count}",)


def _position(subject: Subject) -> tuple[str, ...]:
    cut = subject.cut
    if cut is None or not cut.in_patient or not sides_known(subject.opened):
        return ()
    return (position_text(cut),)


def _thickness(subject: Subject) -> tuple[str, ...]:
    cut, look = subject.cut, subject.look
    if cut is None or isinstance(subject.opened.image, Stack):
        return ()
    if look.slab_mm > 0:
        return (f"{look.slab.value} of {look.slab_mm:g} mm",)
    return (f"every {cut.step_mm:.3g} mm",)


def _window(subject: Subject) -> tuple[str, ...]:
    opened, cut, window = subject.opened, subject.cut, subject.window
    if cut is None or window is None or _is_colour(subject):
        return ()
    unit = "" if opened.image.unit == NO_UNIT.value else unit_in_words(opened.image.unit)
    named = (name for name, one in opened.windows_at(cut.number) if one == window)
    curve = curve_in_words(window, next(named, ""))
    beside, below = (unit, "") if len(unit) <= _SHORT else ("", unit)
    grey = " ".join(_filled(f"C {_brief(window.centre)}  W {_brief(window.width)}", beside, curve))
    return grey, below


def _how(subject: Subject) -> tuple[str, ...]:
    look = subject.look
    if subject.cut is None:
        return ()
    coloured = look.colour_map is not ColourMap.GREY and not _is_colour(subject)
    return (
        "inverted" if look.inverted else "",
        look.colour_map.value if coloured else "",
        "" if look.smooth else "exact pixels",
    )


def _zoom(subject: Subject) -> tuple[str, ...]:
    shown = subject.magnification
    return () if shown is None else (zoom_in_words(shown),)


def _is_colour(subject: Subject) -> bool:
    image, cut = subject.opened.image, subject.cut
    return (
        cut is not None and isinstance(image, Stack) and image.frames[cut.number].pixels.ndim == 3
    )


def _brief(value: float) -> str:
    """Return a number in a few digits, as those of a window."""
    text = f"{value:g}"
    if len(text) <= _SHORT:
        return text
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


_OF_IMAGE: dict[Item, Callable[[Subject], tuple[str, ...]]] = {
    Item.NAME: _name,
    Item.PATIENT_ID: _id,
    Item.BORN: _born,
    Item.DATE: _date,
    Item.STUDY: _study,
    Item.SERIES: _series,
    Item.MOMENT: _moment,
    Item.SLICE: _slice,
    Item.POSITION: _position,
    Item.THICKNESS: _thickness,
    Item.WINDOW: _window,
    Item.SHOWN: _how,
    Item.ZOOM: _zoom,
}
