"""Fewer triangles where a surface is flat, and how far off the result is.

Vertices are taken out one by one (Schroeder, SIGGRAPH 1992) as long as that keeps the surface
closed; what is left lies where it lay. How far off the result is, is measured afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from vtkmodules.vtkCommonCore import vtkCommand
from vtkmodules.vtkFiltersCore import vtkDecimatePro
from vtkmodules.vtkFiltersGeneral import vtkDistancePolyDataFilter

from viewer.core.progress import Cancelled, Part, Progress, Silent
from viewer.imaging.surface import Surface, as_polydata, from_polydata, to_numpy

_MOST = 0.97
"""At most this part of the triangles is taken out."""
_TRIES = 4
"""How often less is taken out, when what was taken moved the surface too far."""

_STRICTER = 6.0
"""By so much, each time: single vertices go further astray than the filter's own measure says."""


@dataclass(frozen=True, slots=True, eq=False)
class Thinned:
    """A surface with fewer triangles, at most `error_mm` away from what it was made of."""

    surface: Surface = field(repr=False)
    error_mm: float
    triangles_before: int


def thinned(made: Surface, error_mm: float, progress: Progress | None = None) -> Thinned:
    """Take triangles out as long as the surface moves by no more than `error_mm`.

    Raises:
        Cancelled: if nobody wants it any more.
    """
    count = len(made.triangles)
    if count < 8 or error_mm <= 0:
        return Thinned(made, 0.0, count)
    allowed_mm = error_mm / 2
    for number in range(_TRIES):
        part = Part(progress or Silent(), number / _TRIES, (number + 1) / _TRIES)
        result = _decimated(made, allowed_mm, part)
        error = largest_distance_mm(made, result)
        if error <= error_mm:
            return Thinned(result, error, count)
        allowed_mm /= _STRICTER
    return Thinned(made, 0.0, count)


def _decimated(made: Surface, error_mm: float, progress: Progress) -> Surface:
    """Take triangles out by VTK's measure of error, which is a guess where edges are long."""
    filter_ = vtkDecimatePro()
    filter_.SetInputData(as_polydata(made))
    filter_.SetTargetReduction(_MOST)
    filter_.PreserveTopologyOn()
    filter_.SplittingOff()
    filter_.BoundaryVertexDeletionOff()
    filter_.SetErrorIsAbsolute(1)
    filter_.SetAbsoluteError(error_mm)
    filter_.AccumulateErrorOn()
    _run(filter_, progress)
    return from_polydata(filter_.GetOutput())


def largest_distance_mm(one: Surface, other: Surface) -> float:
    """Return how far the vertices of one surface are away from another, at most."""
    if not len(one.triangles) or not len(other.triangles):
        return 0.0
    between = vtkDistancePolyDataFilter()
    between.SetInputData(0, as_polydata(one))
    between.SetInputData(1, as_polydata(other))
    between.SignedDistanceOff()
    between.ComputeSecondDistanceOff()
    between.Update()
    found = to_numpy(between.GetOutput().GetPointData().GetArray("Distance"))
    return float(np.asarray(found).max())


def _run(filter_: vtkDecimatePro, progress: Progress) -> None:
    """Let a filter work; between two of its reports it can be stopped."""
    stopped: list[Cancelled] = []

    def tell(*_: object) -> None:
        try:
            progress.report(filter_.GetProgress())
        except Cancelled as why:
            stopped.append(why)
            filter_.SetAbortExecute(1)

    listener: Callable[..., None] = tell
    filter_.AddObserver(vtkCommand.ProgressEvent, listener)
    filter_.Update()
    filter_.RemoveAllObservers()
    if stopped:
        raise stopped[0]
