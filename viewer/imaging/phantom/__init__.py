"""A synthetic thorax whose truth is known: an image like a chest CT, made from a seed.

`anatomy` draws the numbers of a patient, `tissue`, `skeleton`, `vessels`, `trees`
and `spine` say what is where, `canvas` paints it, `nodule` and `site` put nodules
in, `noise` adds what a scanner adds, and `thorax` joins all this.
"""

from viewer.imaging.phantom.nodule import (
    WISHES,
    PhantomNodule,
    Seat,
    Texture,
    Wish,
    random_wishes,
)
from viewer.imaging.phantom.thorax import SHAPE, SPACING_MM, VERSION, Phantom, thorax

__all__ = [
    "SHAPE",
    "SPACING_MM",
    "VERSION",
    "WISHES",
    "Phantom",
    "PhantomNodule",
    "Seat",
    "Texture",
    "Wish",
    "random_wishes",
    "thorax",
]
