"""Segmentation by classical means: values or masks in, masks or label maps out.

By values: `thresholds` (rules in `levels`), `clusters`. From a start: `growing`, `marching`,
`snake`. From marks: `seeds`, `cut`. By hand: `brush`, `tracing`, `between`. By shape, in mm:
`shape`, `parts`, on the distances of `distance`. `catalogue` lists all that needs no pointer as
`operation`s, whose work is in `runs`; `apply` takes the steps of recipes.

Masks are (slice, row, column) booleans, label maps whole numbers, 0 outside. All work on the
block they are given: who calls crops first, and passes the spacing.
"""
