"""How fast a slice gets from the volume into the pixels of a screen.

    python benchmarks/painting.py

Every figure stands beside a rival or a limit measured in the same run: a plain
copy of the same pixels (the limit), numpy's `take` from a table of all 16-bit
values, and VTK's reslice with its map to colours.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from vtkmodules.util.numpy_support import numpy_to_vtk
from vtkmodules.vtkCommonCore import vtkLookupTable
from vtkmodules.vtkCommonDataModel import vtkImageData
from vtkmodules.vtkImagingCore import vtkImageMapToColors, vtkImageReslice

from viewer.core.geometry import Geometry
from viewer.core.plane import Plane
from viewer.core.window import PRESETS
from viewer.imaging.orientation import Orientation, covering_shape, standard_plane
from viewer.imaging.project import SlabMode, project
from viewer.imaging.reslice import Interpolation, reslice
from viewer.imaging.tone import Overlay, tone

SHAPE = (275, 512, 512)
SPACING_MM = (1.0, 0.7, 0.7)
WINDOW = PRESETS["Lung"]
RUNS = 41


def milliseconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the shortest time of one call, after one that warms up.

    The shortest, because on a busy machine the others tell of its other work.
    """
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


class Ours:
    """Slices by the viewer's own loops."""

    def __init__(self, voxels: np.ndarray, labels: np.ndarray, geometry: Geometry) -> None:
        self.voxels, self.labels, self.geometry = voxels, labels, geometry
        self.colours = np.array([[0, 0, 0, 0], [230, 180, 80, 96]], dtype=np.uint8)

    def paint(
        self, plane: Plane, shape: tuple[int, int], *, overlay: str = ""
    ) -> Callable[[], object]:
        """Return the work of painting one plane into a buffer that is there already."""
        screen = np.empty((*shape, 4), dtype=np.uint8)

        def work() -> None:
            values = reslice(self.voxels, self.geometry, plane, shape)
            overlays = []
            if overlay:
                labels = reslice(
                    self.labels, self.geometry, plane, shape, interpolation=Interpolation.NEAREST
                )
                overlays = [Overlay(labels, self.colours, outline=overlay == "outline")]
            tone(values, WINDOW, overlays=overlays, out=screen)

        return work

    def slab(self, plane: Plane, shape: tuple[int, int]) -> Callable[[], object]:
        """Return the work of painting a slab of 20 mm."""
        return lambda: tone(
            project(
                self.voxels, self.geometry, plane, shape, thickness_mm=20, mode=SlabMode.MAXIMUM
            ),
            WINDOW,
        )


class Vtk:
    """The same slices by vtkImageReslice and vtkImageMapToColors."""

    def __init__(self, voxels: np.ndarray) -> None:
        self.image = vtkImageData()
        self.image.SetDimensions(*voxels.shape[::-1])
        self.image.SetSpacing(*SPACING_MM[::-1])
        self.image.GetPointData().SetScalars(numpy_to_vtk(voxels.ravel()))

    def paint(self, plane: Plane, shape: tuple[int, int]) -> Callable[[], object]:
        """Return the work of painting one plane, on one thread as ours."""
        cut = vtkImageReslice()
        cut.SetInputData(self.image)
        cut.SetOutputDimensionality(2)
        cut.SetInterpolationModeToLinear()
        cut.SetNumberOfThreads(1)
        cut.SetEnableSMP(False)
        cut.SetResliceAxesDirectionCosines(*plane.right, *plane.down, *plane.normal)
        cut.SetResliceAxesOrigin(*plane.origin)
        cut.SetOutputOrigin(0, 0, 0)
        cut.SetOutputSpacing(plane.spacing_mm[1], plane.spacing_mm[0], 1)
        cut.SetOutputExtent(0, shape[1] - 1, 0, shape[0] - 1, 0, 0)
        greys = vtkLookupTable()
        greys.SetRange(WINDOW.low, WINDOW.high)
        greys.SetSaturationRange(0, 0)
        greys.SetValueRange(0, 1)
        greys.Build()
        colours = vtkImageMapToColors()
        colours.SetInputConnection(cut.GetOutputPort())
        colours.SetLookupTable(greys)
        colours.SetOutputFormatToRGBA()
        colours.SetNumberOfThreads(1)
        colours.SetEnableSMP(False)

        def work() -> None:
            cut.Modified()
            colours.Update()

        return work


def scene() -> tuple[np.ndarray, np.ndarray, Geometry]:
    random = np.random.default_rng(0)
    voxels = random.integers(-1000, 600, SHAPE, dtype=np.int16)
    geometry = Geometry.from_axes(SHAPE, (0, 0, 0), np.eye(3)[::-1], SPACING_MM)
    row, column = np.mgrid[:512, :512]
    labels = np.zeros(SHAPE, dtype=np.uint8)
    labels[:] = (row - 256) ** 2 + (column - 256) ** 2 < 150**2
    return voxels, labels, geometry


def tilted() -> Plane:
    normal = np.array([0.1, 0.2, 1])
    right = np.cross([0, 1, 0], normal)
    right = right / np.linalg.norm(right)
    down = np.cross(normal, right) / np.linalg.norm(normal)
    return Plane((0.0, 0.0, 100.0), tuple(right), tuple(down), (0.35, 0.35))


def main() -> None:
    voxels, labels, geometry = scene()
    ours, vtk = Ours(voxels, labels, geometry), Vtk(voxels)
    middle = (100.0, 100.3, 137.0)
    native = standard_plane(geometry, Orientation.AXIAL, middle)
    planes = [
        ("axial 512x512", native, (512, 512)),
        (
            "axial 1024x1024",
            standard_plane(geometry, Orientation.AXIAL, middle, (0.35, 0.35)),
            None,
        ),
        (
            "coronal 786x1024",
            standard_plane(geometry, Orientation.CORONAL, middle, (0.35, 0.35)),
            None,
        ),
        (
            "sagittal 786x1024",
            standard_plane(geometry, Orientation.SAGITTAL, middle, (0.35, 0.35)),
            None,
        ),
        ("oblique 1024x1024", tilted(), (1024, 1024)),
    ]
    table, source = np.arange(65536, dtype=np.uint32), voxels[137].view(np.uint16)
    words = np.empty((512, 512), dtype=np.uint32)
    small = np.empty((512, 512, 4), dtype=np.uint8)
    copies = {side: milliseconds(copy_of(side)) for side in (512, 1024)}
    take = milliseconds(lambda: np.take(table, source, out=words, mode="wrap"))
    window = milliseconds(lambda: tone(voxels[137], WINDOW, out=small))
    print(f"a copy of 512x512 pixels {copies[512]:.3f} ms, of 1024x1024 {copies[1024]:.3f} ms")
    print(f"512x512 through the window: {window:.3f} ms; numpy take {take:.3f} ms, ", end="")
    print(f"{take / window:.1f} times as long")
    titles = ("ms", "/s", "x copy", "outline", "filled", "VTK", "VTK/ours")
    print(f"{'':20}", *(f"{title:>9}" for title in titles))
    for name, plane, wanted in planes:
        shape = wanted or covering_shape(geometry, plane)
        plain = milliseconds(ours.paint(plane, shape))
        outline = milliseconds(ours.paint(plane, shape, overlay="outline"))
        filled = milliseconds(ours.paint(plane, shape, overlay="filled"))
        rival = milliseconds(vtk.paint(plane, shape), 11)
        copy = copies[512 if shape[0] == 512 else 1024]
        figures = (plain, 1000 / plain, plain / copy, outline, filled, rival, rival / plain)
        print(f"{name:20}", *(f"{figure:9.2f}" for figure in figures))
    for name, plane in (("axial", native), ("oblique", tilted())):
        slab = milliseconds(ours.slab(plane, (512, 512)), 9)
        print(f"slab of 20 mm, {name}, 512x512: {slab:.1f} ms")


def copy_of(side: int) -> Callable[[], object]:
    source = np.zeros((side, side, 4), dtype=np.uint8)
    target = np.empty_like(source)
    return lambda: np.copyto(target, source)


if __name__ == "__main__":
    main()
