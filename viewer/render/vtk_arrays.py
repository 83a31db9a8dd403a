"""Between numpy and VTK's arrays, with the types that VTK's own helpers lack."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from vtkmodules.util import numpy_support
from vtkmodules.vtkCommonCore import vtkDataArray, vtkIdTypeArray


def shared(values: NDArray[np.generic]) -> vtkDataArray:
    """Return a VTK array that looks at the same memory and keeps it alive."""
    return numpy_support.numpy_to_vtk(values)  # type: ignore[no-any-return, no-untyped-call]


def numbers(values: NDArray[np.int64]) -> vtkIdTypeArray:
    """Return whole numbers as VTK counts with them, in memory of its own."""
    return numpy_support.numpy_to_vtkIdTypeArray(values, deep=1)  # type: ignore[no-any-return, no-untyped-call]


def values_of(array: vtkDataArray) -> NDArray[np.generic]:
    """Return a view of a VTK array."""
    return np.asarray(numpy_support.vtk_to_numpy(array))  # type: ignore[no-untyped-call]
