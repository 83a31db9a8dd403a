"""The surface of a label as triangles in the patient.

Half-way between in and out (flying edges), smoothed by a windowed sinc, and moved out
by what corners lose, so that it holds as much as the voxels do. It is closed, also at
the border of the grid. VTK counts (column, row, slice); only this file does so too.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray, vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkDataArray, vtkIdTypeArray, vtkPoints
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkImageData, vtkPolyData
from vtkmodules.vtkFiltersCore import (
    vtkBinnedDecimation,
    vtkFlyingEdges3D,
    vtkWindowedSincPolyDataFilter,
)

from viewer.core.geometry import Geometry

Vertices = NDArray[np.float32]
Triangles = NDArray[np.int32]

_to_vtk: Callable[[NDArray[np.generic]], vtkDataArray] = numpy_to_vtk
_to_ids: Callable[[NDArray[np.int64], int], vtkIdTypeArray] = numpy_to_vtkIdTypeArray
to_numpy: Callable[[vtkDataArray], NDArray[np.generic]] = vtk_to_numpy


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Triangles (m, 3) between vertices (n, 3) in LPS mm, seen counter-clockwise from outside.

    `normals` (n, 3) point outward, of length one.
    """

    vertices: Vertices = field(repr=False)
    triangles: Triangles = field(repr=False)
    normals: Vertices = field(repr=False)

    @property
    def volume_mm3(self) -> float:
        """The volume that the surface encloses."""
        a, b, c = (self.vertices[self.triangles[:, k]].astype(np.float64) for k in range(3))
        return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)

    @property
    def area_mm2(self) -> float:
        """The area of all triangles."""
        return float(np.linalg.norm(_facets(self.vertices, self.triangles), axis=1).sum() / 2)


def surface(
    labels: NDArray[np.generic],
    geometry: Geometry,
    label: int,
    *,
    smoothing: int = 20,
    most_triangles: int = 300_000,
) -> Surface:
    """Return the smoothed surface of a label; without voxels it has no triangles.

    `smoothing` is the number of passes of a windowed sinc filter (Taubin, ICCV 1996),
    0 for none; thick slices get more. Above `most_triangles` the mesh is made coarser,
    approximately to that.
    """
    return mask_surface(
        labels == label, geometry, smoothing=smoothing, most_triangles=most_triangles
    )


def mask_surface(
    inside: NDArray[np.bool_],
    geometry: Geometry,
    *,
    smoothing: int = 20,
    most_triangles: int | None = None,
) -> Surface:
    """Return the surface of a mask (slice, row, column); see `surface`."""
    used = [np.flatnonzero(inside.any(axis=axes)) for axes in ((1, 2), (0, 2), (0, 1))]
    if len(used[0]) == 0:
        nothing = np.zeros((0, 3), dtype=np.float32)
        return Surface(nothing, nothing.astype(np.int32), nothing)
    low = np.array([line[0] for line in used])
    box = tuple(slice(line[0], line[-1] + 1) for line in used)
    mesh = _flying_edges(np.pad(inside[box], 1), geometry)
    if not smoothing:
        return _in_patient(_coarser(mesh, most_triangles), geometry, low - 1)
    mesh = _coarser(_smooth(mesh, *_how_smooth(geometry, smoothing)), most_triangles)
    volume_mm3 = float(np.count_nonzero(inside[box])) * geometry.voxel_volume_mm3
    return _holding(_in_patient(mesh, geometry, low - 1), volume_mm3, geometry)


def as_polydata(made: Surface) -> vtkPolyData:
    """Return a surface as VTK knows it; nothing of the two is shared."""
    points = vtkPoints()
    points.SetData(_to_vtk(np.array(made.vertices, dtype=np.float32)))
    corners = made.triangles.astype(np.int64)
    cells = vtkCellArray()
    starts = np.arange(0, 3 * len(corners) + 1, 3, dtype=np.int64)
    cells.SetData(_to_ids(starts, 1), _to_ids(corners.ravel(), 1))
    data = vtkPolyData()
    data.SetPoints(points)
    data.SetPolys(cells)
    return data


def from_polydata(data: vtkPolyData) -> Surface:
    """Return triangles of VTK as a surface, in memory of its own; normals are made anew."""
    if not data.GetNumberOfPolys():
        nothing = np.zeros((0, 3), dtype=np.float32)
        return Surface(nothing, nothing.astype(np.int32), nothing)
    vertices, triangles = _points(data).astype(np.float32), np.array(_triangles(data))
    return Surface(vertices, triangles, _normals(vertices, triangles))


def _flying_edges(inside: NDArray[np.bool_], geometry: Geometry) -> vtkPolyData:
    """Return the mesh half-way between in and out, in mm along (column, row, slice)."""
    image = vtkImageData()
    image.SetDimensions(*inside.shape[::-1])
    image.SetSpacing(*geometry.spacing_mm[::-1])
    scalars = inside.astype(np.uint8).ravel()
    image.GetPointData().SetScalars(_to_vtk(scalars))
    edges = vtkFlyingEdges3D()
    edges.SetInputData(image)
    edges.SetValue(0, 0.5)
    edges.ComputeNormalsOff()
    edges.ComputeScalarsOff()
    edges.Update()
    found: vtkPolyData = edges.GetOutput()
    return found


def _how_smooth(geometry: Geometry, passes: int) -> tuple[int, float]:
    """Return passes and pass band: where slices are thick, the steps between them are wider."""
    wider = min(max(geometry.spacing_mm) / min(geometry.spacing_mm), 4.0)
    return round(passes * min(wider, 2.0)), 0.1 / wider


def _smooth(mesh: vtkPolyData, passes: int, band: float) -> vtkPolyData:
    smoother = vtkWindowedSincPolyDataFilter()
    smoother.SetInputData(mesh)
    smoother.SetNumberOfIterations(passes)
    smoother.SetPassBand(band)
    smoother.BoundarySmoothingOff()
    smoother.NonManifoldSmoothingOn()
    smoother.NormalizeCoordinatesOn()
    smoother.Update()
    found: vtkPolyData = smoother.GetOutput()
    return found


def _holding(made: Surface, volume_mm3: float, geometry: Geometry) -> Surface:
    """Move a surface out or in until it holds a volume, by half a voxel at most."""
    most = min(geometry.spacing_mm) / 2
    off, start = 0.0, made
    for _ in range(2):
        if made.area_mm2 == 0:
            return made
        off += (volume_mm3 - made.volume_mm3) / made.area_mm2
        off = min(max(off, -most), most)
        vertices = (start.vertices + start.normals * np.float32(off)).astype(np.float32)
        made = Surface(vertices, start.triangles, start.normals)
    return Surface(made.vertices, made.triangles, _normals(made.vertices, made.triangles))


def _coarser(mesh: vtkPolyData, most: int | None) -> vtkPolyData:
    """Merge vertices in bins so large that about so many triangles are left."""
    count = mesh.GetNumberOfPolys()
    if most is None or count <= most:
        return mesh
    low_x, high_x, low_y, high_y, low_z, high_z = mesh.GetBounds()
    triangles = _triangles(mesh)
    area = float(np.linalg.norm(_facets(_points(mesh), triangles), axis=1).sum() / 2)
    size = math.sqrt(2.2 * area / most)
    decimation = vtkBinnedDecimation()
    decimation.SetInputData(mesh)
    decimation.AutoAdjustNumberOfDivisionsOff()
    decimation.SetNumberOfDivisions(
        *(
            max(2, math.ceil(span / size))
            for span in (high_x - low_x, high_y - low_y, high_z - low_z)
        )
    )
    decimation.SetPointGenerationModeToBinAverages()
    decimation.Update()
    found: vtkPolyData = decimation.GetOutput()
    return found


def _points(mesh: vtkPolyData) -> NDArray[np.float64]:
    return np.asarray(to_numpy(mesh.GetPoints().GetData()), dtype=np.float64)


def _triangles(mesh: vtkPolyData) -> Triangles:
    corners = to_numpy(mesh.GetPolys().GetConnectivityArray())
    return np.asarray(corners, dtype=np.int32).reshape(-1, 3)


def _facets(vertices: NDArray[np.floating], triangles: Triangles) -> NDArray[np.float64]:
    """Return the normal of each triangle, twice as long as the triangle is large."""
    a, b, c = (vertices[triangles[:, k]].astype(np.float64) for k in range(3))
    return np.asarray(np.cross(b - a, c - a))


def _in_patient(mesh: vtkPolyData, geometry: Geometry, start: NDArray[np.integer]) -> Surface:
    """Move a mesh from the grid into the patient; its outside stays outside."""
    places = _points(mesh)[:, ::-1] / np.asarray(geometry.spacing_mm) + start
    vertices = geometry.to_patient(places).astype(np.float32)
    triangles = _triangles(mesh)
    shape = Surface(vertices, triangles, vertices)
    if shape.volume_mm3 < 0:
        triangles = np.ascontiguousarray(triangles[:, ::-1])
    return Surface(vertices, triangles, _normals(vertices, triangles))


def _normals(vertices: Vertices, triangles: Triangles) -> Vertices:
    """Return the mean normal of the triangles round each vertex, large ones counting more."""
    facets = _facets(vertices, triangles)
    normals = np.zeros((len(vertices), 3))
    for axis in range(3):
        for corner in range(3):
            normals[:, axis] += np.bincount(
                triangles[:, corner], facets[:, axis], minlength=len(vertices)
            )
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    return (normals / np.where(lengths > 0, lengths, 1)).astype(np.float32)
