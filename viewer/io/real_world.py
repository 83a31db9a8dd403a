"""Real-world value maps: from stored values to values with a unit, beside the rescale.

A map (PS3.3 C.7.6.16.2.11) starts from the stored value, not from the rescaled one, and
says its unit; a file, or each frame of it, may have several. Which values are shown:

1. Where the rescale has a unit of its own (HU, Bq/ml ...), its values are shown. A map
   in the same unit that gives other values contradicts it; that is said.
2. Else the values of the map are shown, if there is exactly one, it is a straight line
   that rises, and it holds for all values that can be stored; or if it gives the values of
   the rescale anyway, which then have its unit.
3. Every other map can be chosen by its label. A table counts as the line it follows;
   one that follows none cannot be chosen, nor can a line that falls.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isclose, isfinite

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as Items

from viewer.core.study import Notice
from viewer.core.units import NONE, Way, in_words, spelled_now

_MOST_MAPS = 16
_LONGEST_WORDS = 64
_SAME = 1e-6
RESCALED = "Rescaled values"
_NOTE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class ValueMap:
    """Value = stored * slope + intercept in `unit`, for stored values from `first` to `last`.

    `why_not` tells that it is no such line.
    """

    label: str
    unit: str
    first: int
    last: int
    slope: float = 1.0
    intercept: float = 0.0
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Scaling:
    """How stored values become those that are shown, which others there are, what to say.

    `unit` is empty where nobody names it. The ways start from the values shown; the first
    is how these are given. There are none where there is no choice.
    """

    slope: float
    intercept: float
    unit: str
    ways: tuple[Way, ...] = ()
    notices: tuple[Notice, ...] = ()


def told_maps(sequence: object) -> bytes:
    """Return the maps of a sequence as JSON, to be understood by `maps_in`."""
    if not isinstance(sequence, Items):
        return b""
    maps = [found for item in list(sequence)[:_MOST_MAPS] if (found := _understood(item))]
    fields = [
        (one.label, one.unit, one.first, one.last, one.slope, one.intercept, one.why_not)
        for one in _named_apart(maps)
    ]
    return json.dumps(fields).encode() if fields else b""


def maps_in(told: bytes) -> tuple[ValueMap, ...]:
    """Return the maps that `told_maps` told of."""
    return tuple(ValueMap(*fields) for fields in json.loads(told)) if told else ()


def scaling(
    rescale: Scaling, maps: Sequence[ValueMap], storable: tuple[int, int], *, table: bool = False
) -> Scaling:
    """Return how values are shown, given the rescale of a file and its maps.

    `storable` are the least and the greatest value that its pixels can hold; `table`
    tells that a table, not a rescale, leads to the values, so that no map can be followed.
    """
    if not maps:
        return rescale
    if table:
        sentence = "The file has a value map beside a table of values; the table is followed."
        return replace(rescale, notices=(Notice("value_map", sentence),))
    chosen = _chosen(rescale, maps, storable)
    shown, name, notices = rescale, RESCALED, _contradictions(rescale, maps)
    if chosen is not None:
        shown = Scaling(chosen.slope, chosen.intercept, chosen.unit)
        name = chosen.label
        if not _same_line(chosen, rescale):
            words = in_words(chosen.unit) or "no unit"
            sentence = f"Values are those of the value map {chosen.label} of the file ({words})."
            notices = (*notices, Notice("value_map", sentence))
    others = tuple(_way(one, shown) for one in maps if not _is_shown(one, shown, chosen))
    if chosen is not None and not _same_line(chosen, rescale):
        others = (*others, _rescaled(rescale, shown))
    if not others:
        return replace(shown, notices=notices)
    notices = (*notices, _choice(others, name, shown.unit))
    return replace(shown, ways=(Way(name, shown.unit or NONE), *others), notices=notices)


def _chosen(
    rescale: Scaling, maps: Sequence[ValueMap], storable: tuple[int, int]
) -> ValueMap | None:
    """Return the map whose values are shown, if any."""
    if len(maps) != 1 or maps[0].why_not or rescale.unit:
        return None
    (one,) = maps
    covers = one.first <= storable[0] and storable[1] <= one.last
    return one if covers or _same_line(one, rescale) else None


def _is_shown(one: ValueMap, shown: Scaling, chosen: ValueMap | None) -> bool:
    """Tell whether a map gives the very values that are shown."""
    if one is chosen:
        return True
    return not one.why_not and _same_line(one, shown) and _same_unit(one.unit, shown.unit)


def _contradictions(rescale: Scaling, maps: Sequence[ValueMap]) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            "value_map",
            f"The value map {one.label} of the file contradicts its rescale, which is followed.",
        )
        for one in maps
        if rescale.unit
        and not one.why_not
        and _same_unit(one.unit, rescale.unit)
        and not _same_line(one, rescale)
    )


def _choice(others: Sequence[Way], name: str, unit: str) -> Notice:
    labels = ", ".join(way.name for way in others)
    words = in_words(unit) or "no unit"
    sentence = f"Values are first given as {name} ({words}); there is also: {labels}."
    return Notice("value_maps", sentence)


def _way(one: ValueMap, shown: Scaling) -> Way:
    """Return a map as a way from the values that are shown."""
    unit = one.unit or NONE
    if one.why_not:
        return Way(one.label, unit, why_not=one.why_not)
    factor = one.slope / shown.slope
    return Way(one.label, unit, factor, one.intercept - shown.intercept * factor)


def _rescaled(rescale: Scaling, shown: Scaling) -> Way:
    line = ValueMap(RESCALED, rescale.unit, 0, 0, rescale.slope, rescale.intercept)
    return _way(line, shown)


def _same_line(one: ValueMap, other: Scaling) -> bool:
    slopes = isclose(one.slope, other.slope, rel_tol=_SAME)
    return slopes and isclose(
        one.intercept, other.intercept, rel_tol=_SAME, abs_tol=_SAME * abs(one.slope)
    )


def _same_unit(one: str, other: str) -> bool:
    """Tell whether units are the same; notes in braces need not be."""
    if one == other or not one or not other:
        return one == other
    plain = [_NOTE.sub("", unit) for unit in (one, other)]
    return plain[0] == plain[1] != ""


def _understood(item: Dataset) -> ValueMap | None:
    """Return one item as a map; None where it is not written as it should be."""
    try:
        return _map(item)
    except (TypeError, ValueError, OverflowError):
        return None


def _map(item: Dataset) -> ValueMap | None:
    """Return one item as a map; None where it is for floating point pixels or says no range."""
    first, last = (item.get(f"RealWorldValue{end}ValueMapped") for end in ("First", "Last"))
    if not isinstance(first, int) or not isinstance(last, int):
        return None
    if first > last:  # signed, in a file that does not name the kinds of its elements
        first -= 65_536
    label = _words(item, "LUTLabel") or _words(item, "LUTExplanation") or "Value map"
    plain = ValueMap(label, _unit(item), first, last)
    line = _line(item, first, last)
    if line is None:
        return replace(plain, why_not="it is a table that no straight line follows")
    slope, intercept = line
    if not (isfinite(slope) and isfinite(intercept) and slope > 0):
        return replace(plain, why_not="it is not a line that rises")
    return replace(plain, slope=slope, intercept=intercept)


def _line(item: Dataset, first: int, last: int) -> tuple[float, float] | None:
    """Return slope and intercept, of a table where a line follows it."""
    slope, intercept = item.get("RealWorldValueSlope"), item.get("RealWorldValueIntercept")
    if slope is not None and intercept is not None:
        return float(slope), float(intercept)
    stored = item.get("RealWorldValueLUTData")
    table = np.atleast_1d(np.asarray(stored if stored is not None else [], np.float64))
    if table.size < 2 or table.size != last - first + 1 or not np.isfinite(table).all():
        return None
    step = float(table[-1] - table[0]) / (table.size - 1)
    straight = table[0] + step * np.arange(table.size)
    if np.abs(straight - table).max() > _SAME * max(abs(step), 1e-300):
        return None
    return step, float(table[0]) - step * first


def _unit(item: Dataset) -> str:
    """Return the unit in UCUM; of another scheme its meaning as a note."""
    codes = item.get("MeasurementUnitsCodeSequence")
    if not isinstance(codes, Items) or not len(codes):
        return ""
    value = str(codes[0].get("CodeValue") or codes[0].get("LongCodeValue") or "")
    if codes[0].get("CodingSchemeDesignator") == "UCUM":
        return spelled_now(value)[:_LONGEST_WORDS]
    meaning = _words(codes[0], "CodeMeaning")
    return f"{{{meaning}}}" if meaning else ""


def _words(item: Dataset, keyword: str) -> str:
    return str(item.get(keyword) or "").strip()[:_LONGEST_WORDS]


def _named_apart(maps: Sequence[ValueMap]) -> list[ValueMap]:
    """Number labels that would otherwise be the same."""
    named: list[ValueMap] = []
    for one in maps:
        taken = {other.label for other in named}
        label, number = one.label, 2
        while label in taken:
            label, number = f"{one.label} {number}", number + 1
        named.append(replace(one, label=label))
    return named
