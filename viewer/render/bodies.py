"""Surfaces in space: organs as translucent skins, findings as balls with their frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
from vtkmodules.vtkFiltersSources import vtkOutlineSource, vtkSphereSource
from vtkmodules.vtkRenderingCore import vtkActor, vtkGlyph3DMapper, vtkMapper, vtkPolyDataMapper

from viewer.core.finding import Finding
from viewer.core.label_map import LabelMap
from viewer.core.progress import Progress
from viewer.core.segmentation import Colour, Segment, Segmentation
from viewer.imaging.segment_statistics import cut_out, has_changed
from viewer.imaging.surface import Surface, mask_surface
from viewer.render.lesions import colour_of
from viewer.render.vtk_arrays import numbers, shared
from viewer.session.session import segment_key

_SMALLEST_MM = 3.0
"""Radius below which a ball could not be seen."""
_MANY, _ROUND, _ROUND_OF_MANY = 100, 24, 12
"""Into how many parts the round of a ball is cut, where there are few and where many."""
_MOST_TRIANGLES = 300_000
"""More than so many of one segment would not turn smoothly; files have all of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A surface in the patient, its colour, and how much it hides (0 to 1); `key` names it."""

    surface: Surface = field(repr=False)
    colour: Colour
    opacity: float = 0.35
    key: str = ""


def bodies_of(
    segmentation: Segmentation, progress: Progress, opacity: float = 0.35
) -> tuple[Body, ...]:
    """Return the surface of each segment that has any voxels; plain work for a job.

    Raises:
        Cancelled: between two segments, if nobody wants them any more.
    """
    bodies = []
    for number, segment in enumerate(segmentation.segments):
        progress.report(number / len(segmentation.segments), f"Surface of {segment.name}")
        body = body_of(segmentation, segment, opacity)
        if body is not None:
            bodies.append(body)
    progress.report(1.0)
    return tuple(bodies)


def body_of(segmentation: Segmentation, segment: Segment, opacity: float = 0.35) -> Body | None:
    """Return the surface of one segment, made in its box alone; None if it has no voxels."""
    cut = cut_out(segmentation.label_map, segmentation.geometry, segment.label)
    if cut is None:
        return None
    made = mask_surface(cut.inside, cut.geometry, most_triangles=_MOST_TRIANGLES)
    return Body(made, segment.colour, opacity, segment_key(segmentation, segment))


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """A segment with its surface in space, None without voxels, and the labels that it is of."""

    segment: Segment
    labels: LabelMap = field(repr=False)
    body: Body | None


def renewed(
    segmentation: Segmentation,
    older: Mapping[int, Skin],
    hand_over: Callable[[Skin], None],
    progress: Progress,
) -> None:
    """Make the surfaces of the segments that changed since older ones; hand each over.

    Raises:
        Cancelled: between two segments, if nobody wants them any more.
    """
    for number, segment in enumerate(segmentation.segments):
        progress.report(number / len(segmentation.segments), f"Surface of {segment.name}")
        hand_over(_renewed(segmentation, segment, older.get(segment.label)))
    progress.report(1.0)


def _renewed(segmentation: Segmentation, segment: Segment, old: Skin | None) -> Skin:
    labels = segmentation.label_map
    if old is None or has_changed(old.labels, labels, segment.label):
        return Skin(segment, labels, body_of(segmentation, segment))
    body = old.body
    if body is not None and body.colour != segment.colour:
        body = replace(body, colour=segment.colour)
    return Skin(segment, labels, body)


def actor_of(body: Body) -> vtkActor:
    """Return a body as VTK draws it."""
    data = vtkPolyData()
    data.SetPoints(_points(body.surface.vertices))
    data.SetPolys(_triangles(body.surface.triangles))
    data.GetPointData().SetNormals(shared(np.ascontiguousarray(body.surface.normals)))
    mapper = vtkPolyDataMapper()
    mapper.SetInputData(data)
    return _actor(mapper, body.colour, body.opacity)


def actors_of(findings: Sequence[Finding], selected: str = "") -> list[vtkActor]:
    """Return a ball for each finding, all as one thing to draw, and a frame round the selected."""
    if not findings:
        return []
    frames = [_frame(finding) for finding in findings if finding.id == selected]
    return [_balls(findings, selected), *frames]


def _balls(findings: Sequence[Finding], selected: str) -> vtkActor:
    """Return balls of one shape, each at its place, as large and in the colour that it needs."""
    radii = [max(finding.diameter_mm / 2, _SMALLEST_MM) for finding in findings]
    colours = [colour_of(finding, selected=finding.id == selected) for finding in findings]
    data = vtkPolyData()
    data.SetPoints(_points(np.array([finding.position for finding in findings])))
    for name, values in (
        ("radius", np.array(radii, np.float32)),
        ("colour", np.array(colours, np.uint8)),
    ):
        array = shared(values)
        array.SetName(name)
        data.GetPointData().AddArray(array)
    shape = vtkSphereSource()
    shape.SetRadius(1.0)
    fineness = _ROUND if len(findings) <= _MANY else _ROUND_OF_MANY
    shape.SetThetaResolution(fineness)
    shape.SetPhiResolution(fineness)
    mapper = vtkGlyph3DMapper()
    mapper.SetInputData(data)
    mapper.SetSourceConnection(shape.GetOutputPort())
    mapper.SetScaleArray("radius")
    mapper.SetScaleModeToScaleByMagnitude()
    mapper.OrientOff()
    mapper.SetScalarModeToUsePointFieldData()
    mapper.SelectColorArray("colour")
    mapper.SetColorModeToDirectScalars()
    return _actor(mapper, (255, 255, 255), 1.0)


def _frame(finding: Finding) -> vtkActor:
    (x0, y0, z0), (x1, y1, z1) = finding.low, finding.high
    source = vtkOutlineSource()
    source.SetBounds(x0, x1, y0, y1, z0, z1)
    mapper = vtkPolyDataMapper()
    mapper.SetInputConnection(source.GetOutputPort())
    return _actor(mapper, colour_of(finding, selected=True), 1.0)


def _actor(mapper: vtkMapper, colour: Colour, opacity: float) -> vtkActor:
    actor = vtkActor()
    actor.SetMapper(mapper)
    look = actor.GetProperty()
    look.SetColor(*(part / 255 for part in colour))
    look.SetOpacity(opacity)
    look.SetAmbient(0.25)
    look.SetDiffuse(0.75)
    return actor


def _points(points: NDArray[np.floating]) -> vtkPoints:
    made = vtkPoints()
    made.SetData(shared(np.ascontiguousarray(points, dtype=np.float32)))
    return made


def _triangles(triangles: NDArray[np.integer]) -> vtkCellArray:
    faces = np.ascontiguousarray(triangles, dtype=np.int64)
    starts = np.arange(0, 3 * len(faces) + 1, 3, dtype=np.int64)
    cells = vtkCellArray()
    cells.SetData(numbers(starts), numbers(faces.reshape(-1)))
    return cells
