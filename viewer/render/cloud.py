"""A volume in space: cast on the CPU, so that it is the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence

import vtkmodules.vtkRenderingVolumeOpenGL2  # registers what shows the cast rays  # noqa: F401
from vtkmodules.vtkCommonDataModel import vtkPiecewiseFunction, vtkPlane
from vtkmodules.vtkRenderingCore import vtkColorTransferFunction, vtkVolume
from vtkmodules.vtkRenderingVolume import vtkFixedPointVolumeRayCastMapper

from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.render.parts import HalfSpace
from viewer.render.presets import stored_knots
from viewer.render.vtk_grid import image_of, pose_of
from viewer.session.transfer import Blend, Transfer

_TURNING, _AT_REST = 4.0, 1.0
"""Pixels of the screen per ray."""
_COARSE = 2.0
"""Voxels between two samples while turning."""


class Cloud:
    """One volume as VTK draws it; belongs to the thread of its window."""

    def __init__(self) -> None:
        self.prop = vtkVolume()
        self._mapper = vtkFixedPointVolumeRayCastMapper()
        self._mapper.SetAutoAdjustSampleDistances(0)
        self._mapper.LockSampleDistanceToInputSpacingOff()
        self._mapper.IntermixIntersectingGeometryOn()
        self.prop.SetMapper(self._mapper)
        self.prop.SetVisibility(0)
        self._volume: Volume | None = None
        self._planes: tuple[HalfSpace, ...] = ()
        self._step = 1.0

    def show(self, volume: Volume | None, transfer: Transfer, window: Window) -> None:
        """Show a volume, already small, through a transfer function; None shows nothing."""
        self.prop.SetVisibility(int(volume is not None))
        if volume is not None and volume is not self._volume:
            self._mapper.SetInputData(image_of(volume.voxels, volume.geometry))
            self.prop.SetUserMatrix(pose_of(volume.geometry))
        elif volume is None and self._volume is not None:
            self._mapper.RemoveAllInputs()
        self._volume = volume
        if volume is not None:
            self._colour(volume, transfer, window)

    def clip(self, planes: Sequence[HalfSpace]) -> None:
        """Show only what lies on the inner side of all planes."""
        if tuple(planes) == self._planes:
            return
        self._planes = tuple(planes)
        self._mapper.RemoveAllClippingPlanes()
        for one in planes:
            plane = vtkPlane()
            plane.SetOrigin(*one.through)
            plane.SetNormal(*one.normal)
            self._mapper.AddClippingPlane(plane)

    def interactive(self, *, turning: bool) -> None:
        """Cast few rays while turning, one per pixel at rest."""
        self._mapper.SetImageSampleDistance(_TURNING if turning else _AT_REST)
        if self._volume is not None:
            voxel_mm = min(self._volume.geometry.spacing_mm)
            self._mapper.SetSampleDistance(voxel_mm * (_COARSE if turning else self._step))

    def _colour(self, volume: Volume, transfer: Transfer, window: Window) -> None:
        self._step = transfer.step
        colour, opacity = vtkColorTransferFunction(), vtkPiecewiseFunction()
        for value, red, green, blue, alpha in stored_knots(transfer, volume, window):
            colour.AddRGBPoint(value, red, green, blue)
            opacity.AddPoint(value, alpha)
        look = self.prop.GetProperty()
        look.SetColor(colour)
        look.SetScalarOpacity(opacity)
        look.SetScalarOpacityUnitDistance(1.0)
        look.SetGradientOpacity(_steepness(transfer, volume))
        look.SetDisableGradientOpacity(int(transfer.steepest is None))
        look.SetInterpolationTypeToLinear()
        look.SetShade(int(transfer.shaded))
        look.SetAmbient(0.35)
        look.SetDiffuse(0.75)
        look.SetSpecular(0.15)
        if transfer.blend is Blend.MAXIMUM:
            self._mapper.SetBlendModeToMaximumIntensity()
        else:
            self._mapper.SetBlendModeToComposite()


def _steepness(transfer: Transfer, volume: Volume) -> vtkPiecewiseFunction:
    """Return how opacity fades where values change fast; whole everywhere without a limit."""
    fading = vtkPiecewiseFunction()
    fading.AddPoint(0.0, 1.0)
    if transfer.steepest is not None:
        steepest = transfer.steepest / abs(volume.slope or 1.0)
        fading.AddPoint(0.7 * steepest, 1.0)
        fading.AddPoint(steepest, 0.0)
    return fading
