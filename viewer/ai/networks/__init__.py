"""Small networks of this program: how they are built, and how their weights are kept.

A card names a shape; from the shape and named weights the very same network is built again,
by torch for training and, from the same numbers, for the engines that compute faster.
"""
