"""Bundles of MONAI, read as text and numbers, and made into model folders of this program.

A bundle names classes (`_target_`) and holds expressions (`$`) that its own library would run.
Here names are words that are looked up in a fixed list, expressions are refused, and the file
with the weights is read as a list of arrays, never unpickled. What the bundle does not say
literally has to be said by whoever brings it.
"""
