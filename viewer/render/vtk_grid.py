"""The one adapter between our arrays and VTK's images.

VTK counts (i, j, k) = (column, row, slice). The image it gets is a view of our
voxels, no copy; it lies unturned at the origin and is turned into the patient by
the matrix of its prop, because VTK's CPU ray caster does not heed the direction
matrix of an image. World coordinates are LPS millimetres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonDataModel import vtkImageData
from vtkmodules.vtkCommonMath import vtkMatrix4x4

from viewer.core.geometry import Array, Geometry
from viewer.render.vtk_arrays import shared, values_of


def image_of(voxels: NDArray[np.generic], geometry: Geometry) -> vtkImageData:
    """Return a VTK image that looks at these voxels, spaced but neither turned nor moved."""
    slices, rows, columns = geometry.shape
    image = vtkImageData()
    image.SetDimensions(columns, rows, slices)
    image.SetSpacing(*reversed(geometry.spacing_mm))
    image.GetPointData().SetScalars(shared(np.ascontiguousarray(voxels).reshape(-1)))
    return image


def pose_of(geometry: Geometry) -> vtkMatrix4x4:
    """Return the matrix that turns and moves the image of a grid into the patient."""
    pose = np.eye(4)
    pose[:3, :3] = geometry.directions[::-1].T
    pose[:3, 3] = geometry.origin
    matrix = vtkMatrix4x4()
    matrix.DeepCopy(pose.reshape(-1).tolist())
    return matrix


def geometry_of(
    image: vtkImageData, pose: vtkMatrix4x4, frame_of_reference_uid: str = ""
) -> Geometry:
    """Return where an image with such a matrix lies in the patient."""
    turn = _array(pose)
    columns, rows, slices = image.GetDimensions()
    affine = np.eye(4)
    affine[:3, :3] = (turn[:3, :3] * image.GetSpacing())[:, ::-1]
    affine[:3, 3] = turn[:3, :3] @ image.GetOrigin() + turn[:3, 3]
    return Geometry((slices, rows, columns), affine, frame_of_reference_uid)


def voxels_of(image: vtkImageData) -> NDArray[np.generic]:
    """Return a view (slice, row, column) of the values of an image."""
    columns, rows, slices = image.GetDimensions()
    values = values_of(image.GetPointData().GetScalars())
    return np.asarray(values.reshape(slices, rows, columns))


def _array(matrix: vtkMatrix4x4) -> Array:
    return np.array([[matrix.GetElement(r, c) for c in range(4)] for r in range(4)])
