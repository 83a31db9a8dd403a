"""A small cube in the corner whose faces name the sides of the patient."""

from __future__ import annotations

import vtkmodules.vtkRenderingFreeType  # registers the letters of the cube  # noqa: F401
from vtkmodules.vtkRenderingAnnotation import vtkAnnotatedCubeActor
from vtkmodules.vtkRenderingCore import vtkRenderer

from viewer.render.eye import Eye

_CORNER = (0.0, 0.0, 0.16, 0.16)


def cube_renderer() -> vtkRenderer:
    """Return a renderer of its own layer that draws the cube."""
    cube = vtkAnnotatedCubeActor()
    cube.SetXPlusFaceText("L")
    cube.SetXMinusFaceText("R")
    cube.SetYPlusFaceText("P")
    cube.SetYMinusFaceText("A")
    cube.SetZPlusFaceText("H")
    cube.SetZMinusFaceText("F")
    cube.SetXFaceTextRotation(0)
    cube.SetYFaceTextRotation(0)
    cube.SetZFaceTextRotation(-90)
    cube.SetFaceTextScale(0.65)
    cube.SetTextEdgesVisibility(0)
    cube.GetCubeProperty().SetColor(0.55, 0.60, 0.66)
    for face in (
        cube.GetXPlusFaceProperty(),
        cube.GetXMinusFaceProperty(),
        cube.GetYPlusFaceProperty(),
        cube.GetYMinusFaceProperty(),
        cube.GetZPlusFaceProperty(),
        cube.GetZMinusFaceProperty(),
    ):
        face.SetColor(0.08, 0.10, 0.13)
    renderer = vtkRenderer()
    renderer.SetLayer(1)
    renderer.InteractiveOff()
    renderer.SetViewport(*_CORNER)
    renderer.AddActor(cube)
    return renderer


def turn_cube(renderer: vtkRenderer, eye: Eye) -> None:
    """Show the cube from where the eye stands."""
    camera = renderer.GetActiveCamera()
    camera.ParallelProjectionOn()
    camera.SetFocalPoint(0, 0, 0)
    camera.SetPosition(*(5 * part for part in eye.towards))
    camera.SetViewUp(*eye.up)
    camera.SetParallelScale(1.0)
    renderer.ResetCameraClippingRange()
