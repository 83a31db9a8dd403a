"""The grid that a patient is painted on, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.imaging.phantom import skeleton, vessels
from viewer.imaging.phantom.anatomy import Anatomy, Table
from viewer.imaging.phantom.spine import paint_spine
from viewer.imaging.phantom.tissue import fill
from viewer.imaging.phantom.tubes import Tubes, distances, paint

_SLICES = 6


@dataclass(eq=False)
class Canvas:
    """Values in HU, lungs (1 right, 2 left) and airways of a patient on a grid along x, y, z."""

    geometry: Geometry
    anatomy: Anatomy
    soft_mm: float
    values: NDArray[np.float32] = field(init=False, repr=False)
    lungs: NDArray[np.uint8] = field(init=False, repr=False)
    airways: NDArray[np.bool_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.values = np.empty(self.geometry.shape, dtype=np.float32)
        self.lungs = np.zeros(self.geometry.shape, dtype=np.uint8)
        self.airways = np.zeros(self.geometry.shape, dtype=np.bool_)

    @property
    def step(self) -> Table:
        """The distance between voxels along x, y, z, in unscaled mm."""
        return np.array(self.geometry.spacing_mm[::-1]) / self.anatomy.size

    def start(self, slice_: int) -> Table:
        """Return where a slice begins: x, y, z in unscaled mm."""
        return self.geometry.to_patient((slice_, 0, 0)) / self.anatomy.size

    def paint_all(self, blood: Tubes, air: Tubes, progress: Progress) -> None:
        """Paint everything but nodules and noise, a few slices at a time."""
        near = np.empty((_SLICES, *self.geometry.shape[1:]), dtype=np.float32)
        bones, cartilage = skeleton.ribs(self.anatomy)
        blades, flesh = skeleton.shoulder(self.anatomy)
        hard = Tubes.join(
            bones, blades, skeleton.breast_bone(self.anatomy), skeleton.spine_arches(self.anatomy)
        )
        blood = Tubes.join(blood, vessels.great_vessels(), vessels.left_atrium())
        layers = [(flesh, 55.0), (vessels.oesophagus(), 34.0), (blood, 42.0)]
        count = self.geometry.shape[0]
        for first in range(0, count, _SLICES):
            progress.report(first / count, "Painting the thorax")
            stop = min(first + _SLICES, count)
            self._tissue(first, stop)
            for tubes, hu in layers:
                self._tubes(tubes, hu, 0.0, first, stop, near)
            self._airways(air, first, stop, near)
            self._spine(first, stop)
            self._tubes(cartilage, 110.0, 0.0, first, stop, near)
            self._tubes(hard, 720.0, 0.0, first, stop, near)
            paint(self.values[first:stop], near[: stop - first], 240.0, 1.6, self.soft_mm)

    def _lines(self, first: int, stop: int) -> Table:
        return self.anatomy.outlines(self.start(first)[2] + np.arange(stop - first) * self.step[2])

    def _tissue(self, first: int, stop: int) -> None:
        anatomy = self.anatomy
        numbers = np.array([self.soft_mm, anatomy.lung_hu, anatomy.gradient_hu])
        fill(
            self.values[first:stop],
            self.lungs[first:stop],
            self.start(first),
            self.step,
            self._lines(first, stop),
            anatomy.organs,
            anatomy.domes,
            anatomy.lattice,
            numbers,
        )

    def _spine(self, first: int, stop: int) -> None:
        period = np.array([self.anatomy.vertebra_start_mm, skeleton.VERTEBRA_MM])
        paint_spine(
            self.values[first:stop],
            self.start(first),
            self.step,
            self._lines(first, stop),
            self.anatomy.lattice,
            period,
            self.soft_mm,
        )

    def _tubes(
        self,
        tubes: Tubes,
        hu: float,
        inset: float,
        first: int,
        stop: int,
        near: NDArray[np.float32],
    ) -> None:
        part = near[: stop - first]
        distances(tubes, self.start(first), self.step, self.soft_mm + 0.2, part)
        paint(self.values[first:stop], part, hu, inset, self.soft_mm)

    def _airways(self, air: Tubes, first: int, stop: int, near: NDArray[np.float32]) -> None:
        walls = air.wider(0.4, 1.1)
        self._tubes(walls, 25.0, 0.0, first, stop, near)
        self._tubes(air, -985.0, 0.0, first, stop, near)
        np.less(near[: stop - first], 0, out=self.airways[first:stop])
