"""In which ways the values of a series can be given, by what its files say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from viewer.core.study import Notice
from viewer.core.units import Ways
from viewer.io.body import Kind, NoUptake
from viewer.io.picture import Picture
from viewer.io.suv import ways_of
from viewer.io.tracer import tracer_of

_PET = "PT"
_MAY_BE_SUV = {"Bq/ml", "{counts}", "g/ml", "cm2/ml"}


def ways_to_give(modality: str, pictures: Sequence[Picture]) -> tuple[Ways, tuple[Notice, ...]]:
    """Return the ways, and why the usual one is none of them."""
    units = {picture.unit for picture in pictures}
    if modality == _PET and len(units) == 1 and units & _MAY_BE_SUV:
        return _uptakes(pictures[0].path)
    return Ways(), ()


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
