"""What stands in the corners: whose image it is, of when, which slice, how it is shown."""

from __future__ import annotations

from dataclasses import replace

from viewer.core.code import NO_UNIT
from viewer.core.plane import side_letters
from viewer.core.stack import Stack
from viewer.core.study import Patient
from viewer.core.window import Window
from viewer.render.caveats import sides_known
from viewer.render.cut import Cut
from viewer.render.probe import unit_in_words
from viewer.render.scene import Corner
from viewer.session.images import OpenImage
from viewer.session.look import Look

_SHORT = 6
"""Letters of a number that is left as it is, and of a unit that stands beside it."""

Texts = tuple[tuple[Corner, tuple[str, ...]], ...]


def identity(opened: OpenImage) -> Texts:
    """Return the upper corners: patient on the left, study and series on the right."""
    return (
        (Corner.TOP_LEFT, _filled(*_patient(opened.study.patient))),
        (Corner.TOP_RIGHT, _filled(*_study(opened))),
    )


def reading(opened: OpenImage, cut: Cut, look: Look, window: Window) -> Texts:
    """Return the lower corners: where it is cut on the left, how it is shown on the right."""
    return (
        (Corner.BOTTOM_LEFT, _filled(*_place(opened, cut, look))),
        (Corner.BOTTOM_RIGHT, _filled(*_shown(opened, cut, look, window))),
    )


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


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _patient(patient: Patient) -> tuple[str, ...]:
    born = f"* {readable_date(patient.birth_date)}" if patient.birth_date else ""
    return (
        readable_name(patient.name),
        f"ID {patient.id}" if patient.id else "",
        "  ".join(_filled(born, patient.sex)),
    )


def _study(opened: OpenImage) -> tuple[str, ...]:
    series = opened.series
    number = f"{series.number}: " if series.number else ""
    whole = replace(series, split="").title
    date = readable_date(opened.study.date)
    return date, opened.study.description, f"{number}{whole}", series.split


def _place(opened: OpenImage, cut: Cut, look: Look) -> tuple[str, ...]:
    place = position_text(cut) if cut.in_patient and sides_known(opened) else ""
    if isinstance(opened.image, Stack):
        return (f"Frame {cut.number + 1}/{cut.count}" if cut.count > 1 else "", place)
    return (f"Slice {cut.number + 1}/{cut.count}", place, _thickness(cut, look))


def position_text(cut: Cut) -> str:
    """Return how far a slice lies from the origin, and towards which side."""
    sign = -1 if cut.along_mm < 0 else 1
    letters = side_letters([sign * part for part in cut.axis])
    return f"{letters} {abs(cut.along_mm):.1f} mm"


def _thickness(cut: Cut, look: Look) -> str:
    if look.slab_mm > 0:
        return f"{look.slab.value} of {look.slab_mm:g} mm"
    return f"every {cut.step_mm:.3g} mm"


def _shown(opened: OpenImage, cut: Cut, look: Look, window: Window) -> tuple[str, ...]:
    unit = "" if opened.image.unit == NO_UNIT.value else unit_in_words(opened.image.unit)
    named = (name for name, one in opened.windows_at(cut.number) if one == window)
    curve = curve_in_words(window, next(named, ""))
    beside, below = (unit, "") if len(unit) <= _SHORT else ("", unit)
    grey = " ".join(_filled(f"C {_brief(window.centre)}  W {_brief(window.width)}", beside, curve))
    colour = isinstance(opened.image, Stack) and opened.image.frames[cut.number].pixels.ndim == 3
    zoom = f"Zoom {look.zoom * 100:.0f} %"
    greys = ("", "") if colour else (grey, below)
    return (*greys, "inverted" if look.inverted else "", zoom)


def _brief(value: float) -> str:
    """Return a number in a few digits, as those of a window."""
    text = f"{value:g}"
    if len(text) <= _SHORT:
        return text
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def curve_in_words(window: Window, name: str = "") -> str:
    """Return how greys rise where that is not evenly, with the name that a table has."""
    if window.straight:
        return ""
    return f" {window.curve.value} {name}".rstrip() if window.table else f" {window.curve.value}"
