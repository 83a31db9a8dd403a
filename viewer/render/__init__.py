"""From what is open to pixels, without Qt.

A pure `describe(session, cell, size)` decides once and for all what is on one
view and calls it a `Scene`; `paint(scene)` makes the picture of it by array
code, fast on any machine. Marks, texts and letters stay in the scene as
numbers: the window draws them with its painter, `burn` draws them into a PNG.

Two steps place everything. `cut` decides which slice is seen, on voxel centres
wherever the grid allows, and warns where it does not. `screen` lays the screen
into that slice as a plane in the patient, with fit, zoom, pan, flips and turns;
letters, crosshair, boxes and values all follow from this one plane, so they
cannot disagree.

What is 3D is drawn by VTK off the screen into an array (`space`), which Qt paints
like a slice: it can be grabbed, works over remote displays and needs no OpenGL in
the window. The rays are cast on the CPU through a volume made small (`shrink`).
VTK's CPU ray caster ignores the direction matrix of an image; therefore `vtk_grid`
turns volumes into the patient by the matrix of their prop.
"""
