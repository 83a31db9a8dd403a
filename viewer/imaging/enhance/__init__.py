"""Filters that make a picture easier to read: values in, values out, never the original.

Each works on a `Field` (real-world values, spacing in mm, which voxels are values at
all) and reports its progress. `catalogue` lists them with their parameters, `recipe`
applies several in order, in tiles where memory is short.
"""
