"""Learning with few labels: what to do with pictures that nobody has looked at.

`learning` wraps what `networks.training` draws and makes small: `pseudo_labelled` adds pictures
that a first network is sure of, `consistent` asks for the same answer on two views of one
picture. `study` measures the gain, or its absence, on radiographs whose labels are withheld;
docs/semi_supervised.md tells it. Clusters of voxels without any label are in
`imaging.segment.clusters`, and what is unlike the rest in `ai.unlike`.
"""
