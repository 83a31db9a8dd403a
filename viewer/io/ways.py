"""In which ways the values of a series can be given, by what its files say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isclose
from pathlib import Path

from viewer.core.study import Notice
from viewer.core.units import Way, Ways
from viewer.io.body import Kind, NoUptake
from viewer.io.picture import Picture
from viewer.io.suv import deny_unattenuated, ways_of
from viewer.io.tracer import tracer_of

_PET = "PT"
_SAME = 1e-6
_MAY_BE_SUV = {"Bq/ml", "{counts}", "g/ml", "cm2/ml"}


def ways_to_give(modality: str, pictures: Sequence[Picture]) -> tuple[Ways, tuple[Notice, ...]]:
    """Return the ways, and why the usual one is none of them."""
    units = {picture.unit for picture in pictures}
    maps = _mapped(pictures)
    doubts = _doubts(maps, pictures[0].path) if modality == _PET else ()
    if modality != _PET or len(units) != 1 or not units & _MAY_BE_SUV:
        return Ways(maps, maps[0].name if maps else ""), doubts
    ways, why_not = _uptakes(pictures[0].path)
    why_not = (*why_not, *doubts)
    if not ways.known:
        return Ways(maps, maps[0].name if maps else ""), why_not
    taken = {way.name for way in ways.known}
    beside = (replace(way, name=_apart(way.name, taken)) for way in maps[1:])
    return Ways((*ways.known, *beside), ways.shown), why_not


def _mapped(pictures: Sequence[Picture]) -> tuple[Way, ...]:
    """Return the ways by value maps of the files, if these are the same for all pictures."""
    first = pictures[0].ways
    if not any(picture.ways for picture in pictures):
        return ()
    if any(_names(picture.ways) != _names(first) for picture in pictures):
        return ()
    return tuple(
        _shared(way, [picture.ways[number] for picture in pictures])
        for number, way in enumerate(first)
    )


def _is_uptake(way: Way) -> bool:
    return "{SUV" in way.unit and not way.why_not


def _doubts(maps: Sequence[Way], path: Path) -> tuple[Notice, ...]:
    """Return that uptakes which a file gives by a value map are of an uncorrected image, if so."""
    if not any(map(_is_uptake, maps)):
        return ()
    try:
        deny_unattenuated(tracer_of(path))
    except NoUptake as reason:
        return (
            Notice(
                "suv_in_doubt",
                f"Its own value map calls the values SUV, but {reason}: they are no true SUV.",
            ),
        )
    return ()


def _names(ways: Sequence[Way]) -> list[tuple[str, str]]:
    return [(way.name, way.unit) for way in ways]


def _shared(way: Way, of_pictures: Sequence[Way]) -> Way:
    """Return a way that holds for all pictures, or why there is none."""
    for other in of_pictures:
        slopes = isclose(way.slope, other.slope, rel_tol=_SAME)
        if not slopes or not isclose(
            way.intercept, other.intercept, rel_tol=_SAME, abs_tol=_SAME * abs(way.slope)
        ):
            return Way(way.name, way.unit, why_not="it differs from picture to picture")
    return way


def _apart(name: str, taken: set[str]) -> str:
    return f"{name} (map)" if name in taken else name


def _uptakes(path: Path) -> tuple[Ways, tuple[Notice, ...]]:
    """Return the kinds of uptake, and why there is no SUVbw where the file has no other."""
    try:
        ways = ways_of(tracer_of(path))
    except NoUptake as reason:
        return Ways(), (_no_suv(str(reason)),)
    usual = ways.of(Kind.WEIGHT.value)
    if usual is None or not usual.why_not or ways.shown in {kind.value for kind in Kind}:
        return ways, ()
    return ways, (_no_suv(usual.why_not),)


def _no_suv(reason: str) -> Notice:
    return Notice("no_suv", f"No SUV: {reason}.")
