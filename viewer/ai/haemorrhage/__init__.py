"""Bleeds into the brain on head CT: slices in the brain window, marks, scores, a reader.

The pictures learned from are 8-bit brain-window slices without HU, spacing or direction. A CT
in HU goes through the same window, turned upright, in slices as thick as those, and scaled so
that the head fills the picture as it does there.
"""
