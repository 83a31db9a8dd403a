"""From what is open to pixels, without Qt.

A pure `describe(session, cell, size)` decides once and for all what is on one
view and calls it a `Scene`; `paint(scene)` makes the picture of it by array
code, fast on any machine. Marks, texts and letters stay in the scene as
numbers: the window draws them with its painter, `key_image` burns them into a
PNG. What is 3D is drawn by VTK (`space`).
"""
