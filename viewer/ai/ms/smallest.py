"""The smallest lesion: 3 mm, as the criteria for multiple sclerosis have it.

A lesion counts from 3 mm across (2010 and 2017 McDonald criteria; MAGNIMS 2016, where it is the
long axis). A slice can be thicker than that, so that one voxel may be "3 mm long": asked for are
3 mm within a slice, and the volume of a ball of 3 mm. By definition, never by what scores best.
"""

from __future__ import annotations

from math import pi

import numpy as np

from viewer.ai.ms.pair import Mask
from viewer.core.geometry import Geometry
from viewer.imaging.extent import axial_diameter_mm

LEAST_MM = 3.0
LEAST_MM3 = pi / 6 * LEAST_MM**3


def is_lesion(inside: Mask, geometry: Geometry) -> bool:
    """Tell whether voxels are as large as the smallest lesion; `geometry` gives their steps."""
    volume_mm3 = float(np.count_nonzero(inside)) * geometry.voxel_volume_mm3
    return volume_mm3 >= LEAST_MM3 and axial_diameter_mm(inside, geometry) >= LEAST_MM
