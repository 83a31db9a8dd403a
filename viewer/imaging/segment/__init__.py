"""Segmentation by classical means: values or masks in, masks out.

`thresholds` and `growing` go by values, `seeds` by what was marked, `shape` changes masks
by millimetres, `between` fills in slices. Masks are (slice, row, column) booleans. All
work on the block they are given: who calls crops first, and passes the spacing.
"""
