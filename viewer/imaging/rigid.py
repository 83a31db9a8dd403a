"""Two images of one patient brought together by turning and shifting, nothing else.

Motions are 4x4 matrices in LPS mm that take a position in the fixed image to the same anatomy in
the moving one. Images are made smaller in plane first, which is many times faster and loses
little (a few tenths of a millimetre).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial.transform import Rotation

from viewer.core.geometry import Array, Geometry
from viewer.core.progress import Cancelled, Progress
from viewer.imaging.coarse import Coarse, coarsened

if TYPE_CHECKING:
    import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]

STEP_MM = 3.0
_ROUNDS, _BINS, _SAMPLED = 80, 48, 0.4
_SEED = 7


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """A turn and a shift from one image to another."""

    matrix: Array = field(repr=False)
    """4x4: positions of the fixed image to those of the moving one, LPS mm."""
    fit: float
    """Correlation of both images where they were compared: 1 is the same picture."""

    @property
    def degrees(self) -> float:
        """How far it turns."""
        return float(np.degrees(Rotation.from_matrix(self.matrix[:3, :3]).magnitude()))

    def shift_mm(self, position: NDArray[np.float64]) -> float:
        """Return how far it moves a position."""
        there = self.matrix[:3, :3] @ position + self.matrix[:3, 3]
        return float(np.linalg.norm(there - position))


def half_of(matrix: Array) -> Array:
    """Return the motion that, done twice, is this one."""
    turn = Rotation.from_matrix(matrix[:3, :3])
    half = np.eye(4)
    half[:3, :3] = Rotation.from_rotvec(turn.as_rotvec() / 2).as_matrix()
    half[:3, 3] = np.linalg.solve(half[:3, :3] + np.eye(3), matrix[:3, 3])
    return half


def sampled(
    values: NDArray[np.generic],
    geometry: Geometry,
    matrix: Array,
    grid: Geometry,
    *,
    order: Literal[0, 1, 3] = 1,
) -> Values:
    """Return an image on another grid; `matrix` takes positions of the grid to the image's.

    What lies outside the image is NaN.
    """
    back = np.linalg.inv(geometry.affine) @ matrix @ grid.affine
    result = ndimage.affine_transform(
        values.astype(np.float32), back[:3, :3], back[:3, 3], grid.shape,
        order=order, mode="constant", cval=np.nan,
    )  # fmt: skip
    return np.asarray(result, dtype=np.float32)


def aligned(
    fixed: Values,
    fixed_grid: Geometry,
    moving: Values,
    moving_grid: Geometry,
    progress: Progress,
    where: Mask | None = None,
) -> Motion:
    """Find the motion between two images by their mutual information (Mattes 2003).

    Both grids are upright (slices to the head, rows to the back, columns to the left). It starts
    from the middles of what is bright. `where` is a mask on the fixed grid: only there is compared.
    """
    import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

    still, other = coarsened(fixed, fixed_grid, STEP_MM), coarsened(moving, moving_grid, STEP_MM)
    a, b = _image(still.values, still.geometry), _image(other.values, other.geometry)
    start = sitk.CenteredTransformInitializer(
        a, b, sitk.Euler3DTransform(), sitk.CenteredTransformInitializerFilter.MOMENTS
    )
    engine = _engine()
    engine.SetInitialTransform(start, inPlace=False)
    inside = None
    if where is not None:
        soft = coarsened(where.astype(np.float32), fixed_grid, STEP_MM).values
        inside = np.asarray(soft > 0.5)
        engine.SetMetricFixedMask(_image(inside.astype(np.uint8), still.geometry))
    found = _followed(engine, a, b, progress)
    matrix = _matrix(sitk.Euler3DTransform(found.GetNthTransform(0)))
    return Motion(matrix, _fit(still, other, matrix, inside))


def _engine() -> sitk.ImageRegistrationMethod:
    import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

    engine = sitk.ImageRegistrationMethod()
    engine.SetMetricAsMattesMutualInformation(_BINS)
    engine.SetMetricSamplingStrategy(engine.RANDOM)
    engine.SetMetricSamplingPercentage(_SAMPLED, _SEED)
    engine.SetInterpolator(sitk.sitkLinear)
    engine.SetOptimizerAsRegularStepGradientDescent(1.0, 1e-3, _ROUNDS, 0.6, 1e-6)
    engine.SetOptimizerScalesFromPhysicalShift()
    engine.SetShrinkFactorsPerLevel([2, 1])
    engine.SetSmoothingSigmasPerLevel([3.0, 1.0])
    engine.SmoothingSigmasAreSpecifiedInPhysicalUnitsOn()
    engine.SetNumberOfThreads(1)  # the same numbers on every computer
    return engine


def _followed(
    engine: sitk.ImageRegistrationMethod, a: sitk.Image, b: sitk.Image, progress: Progress
) -> sitk.CompositeTransform:
    """Run it, passing its progress on, and break it off when nobody wants its result."""
    import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

    done = [0, 0]

    def step() -> None:
        done[0] += 1
        try:
            progress.report(min(0.98, done[0] / (2 * _ROUNDS)), "bringing both dates together")
        except Cancelled:
            done[1] = 1
            with suppress(RuntimeError):
                engine.StopRegistration()

    engine.AddCommand(sitk.sitkIterationEvent, step)
    try:
        found = engine.Execute(a, b)
    finally:
        engine.RemoveAllCommands()
    if done[1]:
        raise Cancelled
    return sitk.CompositeTransform(found)


def _image(values: NDArray[np.generic], grid: Geometry) -> sitk.Image:
    """Return an image as ITK has it: x along the columns, LPS as here."""
    import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

    image = sitk.GetImageFromArray(np.ascontiguousarray(values))
    image.SetSpacing(tuple(reversed(grid.spacing_mm)))
    image.SetOrigin(grid.origin)
    image.SetDirection(grid.directions[::-1].T.ravel().tolist())
    return image


def _matrix(transform: sitk.Euler3DTransform) -> Array:
    matrix = np.eye(4)
    turn = np.array(transform.GetMatrix()).reshape(3, 3)
    centre = np.array(transform.GetCenter())
    matrix[:3, :3] = turn
    matrix[:3, 3] = np.array(transform.GetTranslation()) + centre - turn @ centre
    return matrix


def _fit(still: Coarse, other: Coarse, matrix: Array, inside: Mask | None) -> float:
    """Return the correlation of both images, where both are known."""
    there = sampled(other.values, other.geometry, matrix, still.geometry)
    known = np.isfinite(there)
    if inside is not None:
        known &= inside
    if np.count_nonzero(known) < 100:
        return 0.0
    both = np.corrcoef(still.values[known], there[known])
    return float(both[0, 1]) if np.isfinite(both[0, 1]) else 0.0
