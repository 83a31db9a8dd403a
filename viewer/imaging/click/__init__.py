"""One click, one lesion: nested families of regions round a click, and which member to take.

A click is answered in four steps. `field` cuts blocks of several sizes round it, each coarse
enough to be small. `family` lets regions grow in each block by several rules; each rule gives a
nested family, one whole number per voxel. `features` measures all members of a family at once.
`engine` takes the member that is judged best, and draws its outline on the voxels of the image.
`hover` tells beforehand, within milliseconds, whether a click could work.
"""
