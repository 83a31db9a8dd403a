"""Arithmetic on voxels: arrays in, arrays out.

What is seen is made here by plain array code: `reslice` cuts a plane out of a
grid, `project` looks through a slab, `tone` turns values into screen pixels,
`orientation` says which plane a reader calls axial. What is measured too:
`statistics`, `histogram`, `contours`, `surface`. `phantom` makes a synthetic
thorax whose truth is known. Nothing here reads a file or knows a screen.

Inner loops are numba kernels, declared through `compiled` alone; `warm`
compiles them all once, so that no window ever waits for a compiler.
"""
