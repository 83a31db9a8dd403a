"""A VTK window that nobody sees, and its pixels as an array."""

from __future__ import annotations

import os
import sys

import numpy as np
import vtkmodules.vtkRenderingOpenGL2  # registers the OpenGL classes
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingCore import vtkRenderWindow

from viewer.render.vtk_arrays import values_of

_EGL = "vtkEGLRenderWindow"


def offscreen_window() -> vtkRenderWindow:
    """Return a window off the screen; without a display by EGL, or by software alone."""
    window = _made()
    window.SetOffScreenRendering(1)
    window.SetMultiSamples(0)
    window.SetAlphaBitPlanes(1)
    return window


def _made() -> vtkRenderWindow:
    """Ask for EGL where there is no X server, since VTK would complain of that first."""
    headless = sys.platform.startswith("linux") and not os.environ.get("DISPLAY")
    if headless and hasattr(vtkmodules.vtkRenderingOpenGL2, _EGL):
        made: vtkRenderWindow = getattr(vtkmodules.vtkRenderingOpenGL2, _EGL)()
        return made
    return vtkRenderWindow()


def pixels_of(window: vtkRenderWindow, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Draw a window at (width, height) and return (height, width, 4) BGRX."""
    width, height = size
    if tuple(window.GetSize()) != size:
        window.SetSize(width, height)
    window.Render()
    taken = vtkUnsignedCharArray()
    window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, taken, 0)
    rgba = values_of(taken).reshape(height, width, 4)[::-1]
    screen = np.ascontiguousarray(rgba[..., [2, 1, 0, 3]], dtype=np.uint8)
    screen[..., 3] = 255
    return screen
