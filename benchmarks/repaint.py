"""How many slices a second are described and painted, against vtkImageReslice on the same.

    python benchmarks/repaint.py [--size 512] [--slices 256]

Every frame is another slice. `plain` has no overlay; `overlay` has labels of two
lungs, five findings with outlines, crosshair and texts. The rival cuts the same
plane with vtkImageReslice and windows it with vtkImageMapToWindowLevelColors.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkImagingColor import vtkImageMapToWindowLevelColors
from vtkmodules.vtkImagingCore import vtkImageReslice

from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding
from viewer.core.geometry import Geometry, Position
from viewer.core.segmentation import Mask, Segment, Segmentation
from viewer.core.study import Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.render.describe import describe
from viewer.render.paint import Painter
from viewer.render.vtk_grid import image_of
from viewer.session.images import OpenImage
from viewer.session.look import Look, Slab, Viewing
from viewer.session.session import Place, Session

SIZES = ((512, 512), (1200, 900))
LUNG_WINDOW = Window(-600, 1500)
FRAME = "1.2.3"
MODEL = Author("benchmark", is_model=True, version="1")


def main() -> None:
    options = _options()
    session = _session(options.slices, options.size)
    print(f"volume {options.slices} x {options.size} x {options.size} int16")
    print(f"{'view':<34}{'screen':>10}{'ms':>8}{'frames/s':>10}")
    for size in SIZES:
        for name, look, overlay in _cases():
            ms = _describe_and_paint(session, look, size, overlay=overlay)
            print(f"{name:<34}{size[0]:>5}x{size[1]:<4}{ms:8.2f}{1000 / ms:10.0f}")
        for viewing in (Viewing.AXIAL, Viewing.SAGITTAL):
            ms = _rival(session, viewing, size)
            name = f"{viewing.value}, vtkImageReslice"
            print(f"{name:<34}{size[0]:>5}x{size[1]:<4}{ms:8.2f}{1000 / ms:10.0f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--slices", type=int, default=256)
    return parser.parse_args()


def _cases() -> list[tuple[str, Look, bool]]:
    looks = {view: Look("ct", view, LUNG_WINDOW) for view in list(Viewing)[:3]}
    axial = looks[Viewing.AXIAL]
    plain = [(f"{view.value}, plain", look, False) for view, look in looks.items()]
    drawn = [(f"{view.value}, overlay", look, True) for view, look in looks.items()]
    slab = replace(axial, slab_mm=10.0, slab=Slab.MAXIMUM)
    crisp = replace(axial, smooth=False)
    return [
        *plain,
        *drawn,
        ("axial, MIP of 10 mm", slab, False),
        ("axial, not smooth", crisp, False),
    ]


def _session(slices: int, size: int) -> Session:
    geometry = Geometry.from_axes(
        (slices, size, size), (0, 0, 0), np.eye(3)[::-1], (1.0, 0.75, 0.75), FRAME
    )
    rng = np.random.default_rng(0)
    sheet = rng.normal(-500, 400, (size, size))
    voxels = np.stack([np.roll(sheet, 3 * n, axis=0) for n in range(slices)]).astype(np.int16)
    volume = Volume(voxels, geometry, "[hnsf'U]", "CT", "ct")
    series = Series("ct", "1.2", "1.1", "CT", SeriesKind.VOLUME, ())
    session = Session(Author("A. Reader"))
    session.show(OpenImage(Study("1.1", Patient(), (series,)), series, volume))
    labels = np.zeros(geometry.shape, dtype=np.uint8)
    labels[:, size // 4 : 3 * size // 4, size // 8 : 3 * size // 8] = 1
    labels[:, size // 4 : 3 * size // 4, 5 * size // 8 : 7 * size // 8] = 2
    segments = (Segment(1, "right", LUNG), Segment(2, "left", LUNG))
    shape = Segmentation("8.1", "lungs", labels, geometry, segments, MODEL, "ct")
    findings = tuple(_finding(geometry, n) for n in range(5))
    session.record.set(replace(session.record.value, findings=findings, segmentations=(shape,)))
    return session


def _finding(geometry: Geometry, number: int) -> Finding:
    """A ball near the middle, so that most slices of the benchmark cut it."""
    x, y, z = (n + 25.0 * (number - 2) for n in geometry.centre)
    grid = Geometry.from_axes(
        (80, 80, 80), (x - 40, y - 40, z - 40), np.eye(3)[::-1], (1, 1, 1), FRAME
    )
    off = np.linalg.norm(np.indices(grid.shape) - 40.0, axis=0)
    return Finding(
        id=f"9.{number}",
        kind=NODULE,
        site=None,
        position=(x, y, z),
        low=(x - 35, y - 35, z - 35),
        high=(x + 35, y + 35, z + 35),
        diameter_mm=70.0,
        volume_mm3=1e5,
        series_key="ct",
        author=MODEL,
        score=0.9,
        mask=Mask(off < 35, grid),
    )


def _places(session: Session, count: int = 40) -> list[Position]:
    """Positions through the middle half of the image, from slice to slice."""
    image = session.images.value.items[0].image
    assert isinstance(image, Volume)
    x, y, z = image.geometry.centre
    return [(x + n - count / 2, y + n - count / 2, z + n - count / 2) for n in range(count)]


def _describe_and_paint(
    session: Session, look: Look, size: tuple[int, int], *, overlay: bool
) -> float:
    session.hanging.set(session.hanging.value.changed(0, lambda _: look))
    session.shown.update(segments=overlay, findings=overlay, crosshair=overlay, texts=overlay)
    painter = Painter()
    screen: NDArray[np.uint8] = np.empty((size[1], size[0], 4), dtype=np.uint8)

    def frame(place: Position) -> None:
        session.place.set(Place(place, FRAME))
        painter.paint(describe(session, 0, size), screen)

    return _median_ms(frame, _places(session))


def _rival(session: Session, viewing: Viewing, size: tuple[int, int]) -> float:
    """Cut and window the same planes with VTK's image filters, in one thread."""
    image = session.images.value.items[0].image
    assert isinstance(image, Volume)
    session.hanging.set(
        session.hanging.value.changed(0, lambda _: Look("ct", viewing, LUNG_WINDOW))
    )
    reslice, colours = vtkImageReslice(), vtkImageMapToWindowLevelColors()
    reslice.SetInputData(image_of(image.voxels, image.geometry))
    reslice.SetOutputDimensionality(2)
    reslice.SetInterpolationModeToLinear()
    reslice.SetNumberOfThreads(1)
    reslice.SetBackgroundLevel(-32768)
    colours.SetInputConnection(reslice.GetOutputPort())
    colours.SetNumberOfThreads(1)
    colours.SetWindow(LUNG_WINDOW.width)
    colours.SetLevel(LUNG_WINDOW.centre)

    def frame(place: Position) -> None:
        session.place.set(Place(place, FRAME))
        plane = describe(session, 0, size).plane
        assert plane is not None
        reslice.SetResliceAxesDirectionCosines(plane.right, plane.down, plane.normal)
        reslice.SetResliceAxesOrigin(*plane.origin)
        reslice.SetOutputSpacing(plane.spacing_mm[1], plane.spacing_mm[0], 1.0)
        reslice.SetOutputOrigin(0, 0, 0)
        reslice.SetOutputExtent(0, size[0] - 1, 0, size[1] - 1, 0, 0)
        colours.Update()

    return _median_ms(frame, _places(session))


def _median_ms(frame: Callable[[Position], None], places: list[Position]) -> float:
    frame(places[0])
    times = []
    for place in places:
        begin = perf_counter()
        frame(place)
        times.append(perf_counter() - begin)
    return 1000 * median(times)


if __name__ == "__main__":
    main()
