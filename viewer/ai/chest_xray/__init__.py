"""Pneumonia on chest radiographs of children: a network, its rivals, and what it may cheat by.

The two classes of the public set differ in resolution, borders and exposure. So every picture is
first made equal in all of these, and what is left of the difference is measured and told.
"""
